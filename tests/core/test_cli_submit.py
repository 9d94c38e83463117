"""`submit`: the superior's template and the package, without a screen."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from core.cli import main
from core.model.alignment import Decision
from core.office import aligning, files
from tests.core.exchange import templates


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "统计表.xlsx"
    path.write_bytes(templates.city_with_sums())
    return path


def said(*args: object) -> int:
    return main([str(arg) for arg in args])


def test_what_was_recorded_goes_into_the_template(
    ledger: Path, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = tmp_path / "通知.txt"
    proof.write_text("证明", encoding="utf-8")
    more = ("--state", "推进中", "--text", "=开展培训", "--evidence", proof)
    assert said("record", ledger, "--measure", 2, "--unit", "财政局", "--period", "2024Q2", *more) == 0
    capsys.readouterr()
    out = tmp_path / "上报"
    assert said("submit", ledger, "--period", "2024Q2", "--template", template, "-o", out) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(out / "2024年第二季度 统计表.xlsx")
    assert any(line.startswith("请核对\t") and "未报" in line for line in lines)
    sheet = openpyxl.load_workbook(lines[0]).worksheets[0]
    assert sheet["F5"].value == "财政局（推进中）：=开展培训。"
    assert all(Path(line).is_file() for line in lines if "\t" not in line)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("没有.xlsx", None, "找不到模板"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "损坏"),
        ("空.xlsx", b"", "空文件"),
    ],
)
def test_a_template_that_cannot_be_filled_is_one_line(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "上报"
    assert said("submit", ledger, "--period", "2024Q2", "--template", tmp_path / name, "-o", out) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert not out.exists()


def test_bad_use(ledger: Path, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said("submit", ledger, "--template", template, "-o", tmp_path / "x") == 2
    assert said("submit", ledger, "--period", "2024Q9", "--template", template, "-o", tmp_path / "x") == 1
    assert said("submit", ledger, "--period", "2024Q2", "--template", template, "-o", template / "x") == 1
    assert "建不了文件夹" in capsys.readouterr().err


def test_as_a_zip_with_a_day(ledger: Path, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ("--template", template, "-o", tmp_path / "x", "--zip", "--as-of", "2024-05-31")
    assert said("submit", ledger, "--period", "2024Q2", *args) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(".zip")


def test_in_the_superiors_order_only_where_something_was_decided(
    ledger: Path, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence without a decision; the same of a report."""
    order = ("--superior", "dingxi")
    out = tmp_path / "上报"
    assert said("submit", ledger, "--period", "2024Q2", "--template", template, "-o", out, *order) == 1
    assert "还没有确认本级哪项措施落实上级的措施" in capsys.readouterr().err
    assert not out.exists()
    report = tmp_path / "报告.docx"
    assert said("export", ledger, "report", "--format", "docx", "-o", report, *order) == 1
    with closing(files.open_ledger(ledger)) as store:
        aligning.decide(store, "dingxi", [(64, 32)], Decision.ACCEPTED)

    assert said("export", ledger, "report", "--format", "docx", "-o", report, *order) == 0
    assert said("submit", ledger, "--period", "2024Q2", "--template", template, "-o", out, *order) == 0
    sheet = openpyxl.load_workbook(next(out.glob("*.xlsx"))).worksheets[0]
    assert [sheet.cell(row, 1).value for row in (4, 74)] == [1, 71]
