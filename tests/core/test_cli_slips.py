"""Slips of whoever writes a script: told in one Chinese line, never guessed at, never a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import cli


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):
    """Run a command; gives exit code and what stderr says."""

    def _told(*argv: object) -> tuple[int, str]:
        code = cli.main([str(part) for part in argv])
        return code, capsys.readouterr().err

    return _told


@pytest.fixture
def path(told, tmp_path: Path) -> Path:
    """A ledger with 古县's plan."""
    file = tmp_path / "古县.db"
    told("new", file)
    return file


@pytest.mark.parametrize(
    "argv",
    [("status", ""), ("demo", ""), ("new", " "), ("plans", ""), ("read", ""), ("units", "a.db", "--import", "")],
)
def test_an_empty_path_is_bad_use_and_not_the_working_folder(told, argv: tuple[str, ...]) -> None:
    """A variable of a script that was never set."""
    code, err = told(*argv)
    assert code == 2
    assert "没有写路径" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("day", ["20240301", "2024-W09-5", "2024-3-1", "２０２４-03-01", ""])
def test_a_date_has_one_shape(told, path: Path, day: str) -> None:
    """Python would take two of these."""
    code, err = told("status", path, "--as-of", day)
    assert (code, err.count("\n")) == (2, 1)
    assert "应写成 2024-12-31" in err


def test_an_empty_period_is_not_the_quarter_of_today(told, path: Path) -> None:
    """Without --period it would be."""
    code, err = told("record", path, "--measure", 1, "--unit", "司法局", "--state", "推进中", "--period", "")
    assert code == 1
    assert "看不懂报送期" in err


@pytest.mark.parametrize("argv", [("--period", "0001Q1"), ("--period", "0224-06"), ("--done", "0001-01-01")])
def test_a_year_before_ours_is_a_slip(told, path: Path, argv: tuple[str, str]) -> None:
    """There is no day before the first one of the calendar, and no plan of the year 224."""
    code, err = told("record", path, "--measure", 1, "--unit", "司法局", "--state", "已完成", *argv)
    assert code == 1
    assert "年份不对" in err
    assert err.count("\n") == 1


def test_lists_of_arguments_are_parted_as_in_chinese(told, path: Path) -> None:
    """Neither argparse's comma nor its blank."""
    assert "--measure、--unit、--state" in told("record", path)[1]
    assert "未启动、推进中" in told("record", path, "--measure", 1, "--unit", "司法局", "--state", "好")[1]


def test_the_demo_says_that_its_folder_is_a_file(told, tmp_path: Path) -> None:
    """It is no fault of the disk."""
    file = tmp_path / "目录"
    file.write_text("x", encoding="utf-8")
    code, err = told("demo", file)
    assert code == 1
    assert "是文件，不是文件夹" in err


def test_hidden_characters_of_a_pasted_text_do_not_stop_the_sheets(told, path: Path, tmp_path: Path) -> None:
    """Word's line break and a control character from a PDF: a workbook may hold neither."""
    text = "开展自查\x0b完成整改\x01\udcff"
    sent = ("--measure", 1, "--unit", "司法局", "--state", "推进中", "--text", text, "--period", "2024Q1")
    assert told("record", path, *sent) == (0, "")
    assert told("dispatch", path, "--period", "2024Q2", "-o", tmp_path / "下发") == (0, "")
