"""`units`: the register listed, and taken in from a sheet."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core import cli
from core.office import files
from core.office.unit_changes import leave_unit

KEYS = ["name", "kind", "aliases", "group", "members", "incomplete", "contact", "phone", "mail"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run a command; gives exit code, stdout, stderr."""

    def _run(*argv: object) -> tuple[int, str, str]:
        code = cli.main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


@pytest.fixture
def sheet(tmp_path: Path):
    """Make a sheet of rows."""

    def _sheet(*rows: tuple[Any, ...]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        path = tmp_path / "名册.xlsx"
        book.save(path)
        return path

    return _sheet


def test_what_is_clean_is_taken_in_and_problems_say_row_and_column(run, ledger: Path, sheet) -> None:
    path = sheet(
        ("名单",),
        ("单位", "类别", "电话"),
        ("财政局", "部门", 13800138000.0),
        ("县气象局", "垂管", None),
        ("坏局", "局委", None),
        ("司法局",),
    )

    code, out, err = run("units", ledger, "--import", path)

    assert code == 0
    assert out.splitlines() == [
        "读到 3 行：新增 1，修改 1，相同 1；有问题 1",
        "修改\t财政局\t电话 （空） 改为 13800138000",
        "新增\t县气象局",
    ]
    assert err == "工作表“Sheet” 第5行 B列“局委”：不认识的类别，可写：部门、乡镇、垂直管理、纪检司法。\n"
    rows = {row["name"]: row for row in json.loads(run("units", ledger, "--json")[1])}
    assert rows["财政局"]["phone"] == "13800138000"
    assert rows["县气象局"]["kind"] == "垂直管理"
    assert "坏局" not in rows


def test_it_fails_only_when_no_row_could_be_read(run, ledger: Path, sheet) -> None:
    code, out, err = run("units", ledger, "--import", sheet(("单位", "类别"), ("坏局", "局委")))

    assert code == 1
    assert "“局委”" in out
    assert err.count("\n") == 1
    assert "第2行 B列" in err


def test_a_file_that_is_no_register_is_one_line(run, ledger: Path, sheet) -> None:
    code, out, err = run("units", ledger, "--import", sheet(("甲", "乙"), (1, 2)))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "没有找到单位名册" in err


def test_with_json_the_register_follows_and_nothing_else(run, ledger: Path, sheet) -> None:
    code, out, _ = run("units", ledger, "--import", sheet(("单位",), ("县气象局",)), "--json")

    assert code == 0
    assert "县气象局" in {row["name"] for row in json.loads(out)}


def test_units_that_left_are_not_listed_anywhere(run, ledger: Path) -> None:
    with closing(files.open_ledger(ledger)) as store:
        leave_unit(store, "财政局", date(2024, 5, 1), "改革")

    rows = json.loads(run("units", ledger, "--json")[1])

    assert "财政局" not in {row["name"] for row in rows}
    assert all("财政局" not in row["members"] for row in rows)
    assert all([key for key in row if key in KEYS] == KEYS for row in rows)


def test_a_sheet_with_headings_only_says_so(run, ledger: Path, sheet) -> None:
    """Not a code without a word."""
    code, out, err = run("units", ledger, "--import", sheet(("单位", "类别")))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "只有表头" in err
