"""What a workbook says of itself where nobody looks: the hidden sheet, the defined names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.exchange.read_workbook import Book, Page, shown
from core.exchange.unit_sheet import IDENTITY_SHEET, NAME_PREFIX, ROW_HEAD, SHEET_FORMAT, check_value

_LONGEST_KEY = 20


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it was sent: number of the measure, its obligation, 时限项, mark of the measure's text."""

    number: int
    obligation_id: int
    part: str | None
    mark: str


@dataclass(slots=True)
class Hidden:
    """The words and rows of the hidden sheet; ``is_whole``: its check value holds."""

    words: dict[str, str]
    rows: list[SentRow] = field(default_factory=list)
    is_whole: bool = False


def hidden_in(book: Book) -> Hidden | None:
    """What the hidden sheet of a workbook says, or its defined names where that is gone; None without both."""
    page = book.page(IDENTITY_SHEET) or next((page for page in book.pages if _is_identity(page)), None)
    named = {key.removeprefix(NAME_PREFIX): text for key, text in book.names.items() if key.startswith(NAME_PREFIX)}
    if page is None:
        return Hidden(named) if {"file", "plan", "unit"} <= set(named) else None
    found = Hidden({})
    in_rows = False
    for row in sorted(page.rows):
        cells = page.rows[row]
        if in_rows:
            sent = _sent(cells)
            if sent is not None:
                found.rows.append(sent)
            continue
        first = shown(cells.get(1, ""))
        if (
            first == ROW_HEAD[0]
            and tuple(shown(cells.get(column, "")) for column in range(1, len(ROW_HEAD) + 1)) == ROW_HEAD
        ):
            in_rows = True
        elif first and len(first) <= _LONGEST_KEY:
            found.words[first] = shown(cells.get(2, ""))
    found.is_whole = _is_whole(found)
    return found


def _is_identity(page: Page) -> bool:
    return not page.is_visible and any(SHEET_FORMAT in map(shown, cells.values()) for cells in page.rows.values())


def _sent(cells: Mapping[int, object]) -> SentRow | None:
    number, obligation = _whole(cells.get(2)), _whole(cells.get(3))
    if number is None or obligation is None:
        return None
    part = cells.get(4)
    return SentRow(number, obligation, (shown(part) or None) if part is not None else None, shown(cells.get(5, "")))


def _whole(value: object) -> int | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    text = shown(value)
    return int(text) if text.isdecimal() else None


def _is_whole(found: Hidden) -> bool:
    words = found.words
    if not {"file", "plan", "period", "unit", "version", "check"} <= set(words) or not words["version"].isdecimal():
        return False
    rows = [(row.number, row.obligation_id, row.part) for row in found.rows]
    return words["check"] == check_value(
        words["file"], words["plan"], words["period"], words["unit"], int(words["version"]), rows
    )
