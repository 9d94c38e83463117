"""Sheets that LibreOffice saved anew, as .xlsx, .xls and .ods, come back as they were filled."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.exchange.returned import KnownLedger, ReturnedSheet
from core.exchange.unit_sheet import IDENTITY_SHEET
from core.model.ledger import EntryState
from tests.core.exchange.returns import UNIT, edited, errors, fill, path_of, read, row, said

pytestmark = [pytest.mark.office, pytest.mark.thorough]

FORMATS = ("xlsx", "xls", "ods")


def merge_progress(sheet: Any) -> None:
    sheet.merge_cells("H11:H13")
    for at in (11, 12, 13):
        sheet.cell(at, 6).value = "推进中"
    sheet["H11"] = "三项一并推进"


def no_identity(sheet: Any) -> None:
    book = sheet.parent
    del book[IDENTITY_SHEET]
    for name in list(book.defined_names):
        del book.defined_names[name]


def move(sheet: Any) -> None:
    """The column of states behind all others, an empty column before the first."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for at in range(4, sheet.max_row - 1):
        values = [sheet.cell(at, column).value for column in range(1, 12)]
        values.append(values.pop(5))
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value
    sheet.insert_cols(1)


EDITS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "plain": (),
    "merged": (merge_progress,),
    "no identity": (no_identity,),
    "moved": (move,),
    "hidden rows": (lambda sheet: [sheet.row_dimensions[at].__setattr__("hidden", True) for at in range(5, 12)],),
    "wild words": (
        fill(8, 状态="完成了", 完成日期="2024.6.30", 工作进展="完成"),
        fill(9, 状态="100％", 完成日期="六月底"),
        fill(13, 状态="办结", 完成日期=45473),
        fill(11, 状态="推进中", 工作进展="=1/0"),
        fill(12, 状态="推进中", 工作进展="=1+1"),
    ),
}


@pytest.fixture(scope="module")
def saved(
    soffice: str, filled: bytes, sent: tuple[Path, KnownLedger], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], bytes]:
    """Every edit in every format, and each unit's sheet untouched in each; one call a format."""
    folder = tmp_path_factory.mktemp("office")
    source = folder / "in"
    source.mkdir()
    for name, edits in EDITS.items():
        (source / f"{name}.xlsx").write_bytes(edited(filled, *edits))
    for unit in list(sent[1].plans[0].obligations)[:8]:
        (source / f"@{unit}.xlsx").write_bytes(path_of(sent[0], unit).read_bytes())
    found = {}
    for form in FORMATS:
        out = folder / form
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(out)]
        subprocess.run(
            [*command, *map(str, sorted(source.glob("*.xlsx")))], check=True, capture_output=True, timeout=300
        )
        found |= {(path.stem, form): path.read_bytes() for path in out.iterdir()}
    return found


@pytest.fixture(scope="session")
def soffice() -> str:
    """As everywhere, for the whole session."""
    import shutil

    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.fail("LibreOffice is not installed; leave these tests out with -m 'not office'")
    return found


def values_of(found: ReturnedSheet) -> list[tuple[Any, ...]]:
    return [
        (
            one.obligation_id,
            one.state,
            one.done_on,
            one.progress,
            one.problems,
            one.next_steps,
            one.reason,
            one.evidence,
        )
        for one in found.rows
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["plain", "moved", "hidden rows"])
def test_saved_anew(
    name: str, form: str, saved: dict[tuple[str, str], bytes], filled: bytes, known: KnownLedger
) -> None:
    found = read(saved[name, form], known)
    assert values_of(found) == values_of(read(filled, known))
    assert (found.identity, found.problems) == (read(filled, known).identity, ())


@pytest.mark.parametrize("form", FORMATS)
def test_saved_anew_without_the_hidden_sheet(
    form: str, saved: dict[tuple[str, str], bytes], filled: bytes, known: KnownLedger
) -> None:
    found = read(saved["no identity", form], known)
    assert values_of(found) == values_of(read(filled, known))
    assert found.identity.unit == UNIT
    assert not errors(found)


@pytest.mark.parametrize("form", FORMATS)
def test_merged_and_saved_anew(form: str, saved: dict[tuple[str, str], bytes], known: KnownLedger) -> None:
    found = read(saved["merged", form], known)
    assert [row(found, number).progress for number in (7, 8, 9)] == ["三项一并推进"] * 3
    assert any("合并为一格" in what for what in said(found))


@pytest.mark.parametrize("form", FORMATS)
def test_wild_words_saved_anew(form: str, saved: dict[tuple[str, str], bytes], known: KnownLedger) -> None:
    found = read(saved["wild words", form], known)
    days = [str(row(found, number).done_on) for number in (8, 9, 13)]
    assert days == ["2024-06-30", "2024-06-30", "2024-06-30"]
    assert {row(found, number).state for number in (8, 9, 13)} == {EntryState.DONE}
    one, *more = errors(found)
    assert not more
    assert (one.row, one.found) == (row(found, 11).row, "#DIV/0!")
    assert row(found, 12).progress == "2"


@pytest.mark.parametrize("form", FORMATS)
def test_every_unit_s_sheet_saved_anew_is_known(
    form: str, saved: dict[tuple[str, str], bytes], known: KnownLedger
) -> None:
    for (name, other), data in saved.items():
        if other == form and name.startswith("@"):
            found = read(data, known)
            assert (found.identity.unit, found.is_empty) == (name[1:], True)
            assert found.seen == {one.id for one in known.plans[0].obligations[name[1:]]}
