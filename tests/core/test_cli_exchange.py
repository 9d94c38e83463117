"""`collect` on the command line: the contract of its JSON, its exit codes, what it prints."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.cli import main
from core.model.ledger import EntryState
from core.office import files, progress, reviewing
from core.office.form_value import FormValue
from tests.core.office.returned_files import PERIOD, begun, filled, numbers_of

Run = Any


@pytest.fixture
def sheets(ledger: Path, tmp_path: Path) -> dict[str, Path]:
    """The sheets of the fourth quarter by unit."""
    assert main(["dispatch", str(ledger), "--period", PERIOD, "-o", str(tmp_path / "下发")]) == 0
    return {path.name.partition("2024")[0]: path for path in (tmp_path / "下发").glob("*.xlsx")}


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON, and what was said beside it."""
    capsys.readouterr()
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_the_json_is_the_contracts(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = sheets["财政局"]
    good, bad, *rest = numbers_of(path)
    filled(path, {good: begun("办了"), bad: {"状态": "基本完成", "工作进展": "差不多"}})
    code, found, _ = run(capsys, "collect", ledger, path)
    assert code == 0
    assert set(found) == {"written", "files", "missing_units"}
    assert found["written"] is True
    (file,) = found["files"]
    assert set(file) == {"path", "unit", "period", "verdict", "rows", "changed", "unchanged", "conflicts", "problems"}
    assert (file["path"], file["unit"], file["period"], file["verdict"]) == (str(path), "财政局", PERIOD, "partial")
    assert (file["rows"], file["changed"], file["unchanged"]) == (len(rest) + 2, 1, len(rest))
    (problem,) = [one for one in file["problems"] if one["severity"] == "error"]
    assert set(problem) == {"row", "column", "severity", "what"}
    assert (problem["row"], problem["column"]) == (6, "F")
    assert "基本完成" in problem["what"]
    assert "财政局" not in found["missing_units"]
    assert set(found["missing_units"]) == set(sheets) - {"财政局"}


def test_a_dry_run_writes_nothing(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    filled(sheets["财政局"], {numbers_of(sheets["财政局"])[0]: begun()})
    before = ledger.read_bytes()
    code, found, _ = run(capsys, "collect", ledger, sheets["财政局"], "--dry-run")
    assert (code, found["written"], found["files"][0]["changed"]) == (0, False, 1)
    assert ledger.read_bytes() == before


def test_what_was_passed_needs_accept(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheets["财政局"]
    number = numbers_of(path)[0]
    with closing(files.open_ledger(ledger)) as store:
        obligation = progress.find_obligation(store, None, number, "财政局").id
        progress.save(store, obligation, PERIOD, FormValue(EntryState.IN_PROGRESS, text="原来"))
        reviewing.accept(store, [obligation], PERIOD)
    filled(path, {number: begun("后来")})
    _, found, _ = run(capsys, "collect", ledger, path)
    assert found["files"][0]["conflicts"] == [{"measure": number, "field": "工作进展", "have": "原来", "got": "后来"}]
    assert (found["written"], found["files"][0]["changed"]) == (True, 0)
    _, found, _ = run(capsys, "collect", ledger, path)
    assert found["written"] is False
    _, found, _ = run(capsys, "collect", ledger, path, "--accept")
    assert (found["written"], found["files"][0]["changed"]) == (True, 1)
    _, found, _ = run(capsys, "collect", ledger, path, "--accept")
    assert (found["written"], found["files"][0]["verdict"], found["files"][0]["changed"]) == (False, "duplicate", 0)


def test_a_folder_and_a_zip_and_the_second_time(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for unit in ("财政局", "司法局"):
        filled(sheets[unit], {numbers_of(sheets[unit])[0]: begun()})
    folder = tmp_path / "财政"
    folder.mkdir()
    shutil.copy(sheets["财政局"], folder / "新建表格.xlsx")
    pack = shutil.make_archive(
        str(tmp_path / "司法"), "zip", root_dir=sheets["司法局"].parent, base_dir=sheets["司法局"].name
    )
    code, found, _ = run(capsys, "collect", ledger, folder, pack)
    assert code == 0
    assert {(file["path"], file["unit"], file["changed"]) for file in found["files"]} == {
        (str(folder / "新建表格.xlsx"), "财政局", 1),
        (f"{pack}/{sheets['司法局'].name}", "司法局", 1),
    }
    before = ledger.read_bytes()
    code, found, _ = run(capsys, "collect", ledger, folder, pack)
    assert {file["verdict"] for file in found["files"]} == {"duplicate"}
    assert (code, found["written"]) == (0, False)
    assert ledger.read_bytes() == before


def test_exit_code_one_when_nothing_could_be_read(
    ledger: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One line beside the JSON, no traceback; a file that is no sheet among readable ones is told in its place."""
    broken = tmp_path / "损坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    code, found, err = run(capsys, "collect", ledger, broken)
    assert code == 1
    assert found["files"][0]["verdict"] == "rejected"
    assert len(err.strip().splitlines()) == 1
    code, found, err = run(capsys, "collect", ledger, tmp_path / "没有这个.xlsx")
    assert (code, found["files"][0]["verdict"]) == (1, "rejected")
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    code, found, err = run(capsys, "collect", ledger, empty)
    assert (code, found["files"]) == (1, [])
    assert "没有找到" in err


def test_a_sheet_of_another_ledger_is_rejected_with_its_reason(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "别县.db"
    assert main(["new", str(other)]) == 0
    filled(sheets["财政局"], {numbers_of(sheets["财政局"])[0]: begun()})
    code, found, err = run(capsys, "collect", other, sheets["财政局"])
    assert code == 1
    assert found["files"][0]["verdict"] == "rejected"
    assert "另一个台账" in err


def test_a_workbook_that_is_no_sheet_is_told_beside_the_others(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["别的", "表"])
    book.save(tmp_path / "通讯录.xlsx")
    filled(sheets["财政局"], {numbers_of(sheets["财政局"])[0]: begun()})
    code, found, _ = run(capsys, "collect", ledger, sheets["财政局"], tmp_path / "通讯录.xlsx")
    assert code == 0
    assert [file["verdict"] for file in found["files"]] == ["ok", "rejected"]
    code, found, _ = run(capsys, "collect", ledger, sheets["财政局"], tmp_path / "通讯录.xlsx")
    assert [file["verdict"] for file in found["files"]] == ["duplicate", "rejected"]
    assert found["written"] is False


def test_without_json_it_is_told_in_words(
    ledger: Path, sheets: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    filled(sheets["财政局"], {numbers_of(sheets["财政局"])[0]: begun()})
    capsys.readouterr()
    assert main(["collect", str(ledger), str(sheets["财政局"])]) == 0
    out = capsys.readouterr().out
    assert "财政局 2024年第四季度\t可写入\t" in out
    assert "未回收：" in out
    assert out.endswith("已写入台账\n")
