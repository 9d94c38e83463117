"""What the columns of units and dates say of a row: own, inherited from a lost merge, cut by a page end."""

from __future__ import annotations

import re

from core.recognise import numbers
from core.recognise.columns import DIVISION
from core.recognise.deadline import is_deadline
from core.recognise.division_words import VERB
from core.recognise.found import Found
from core.recognise.sheet import Sheet
from core.recognise.sheet_rows import Row
from core.recognise.wording import ends_in_name, lines, phrase

_SAID = (*DIVISION, "deadline")
_BETWEEN = re.compile(r"[、，；：。]")


class Values:
    """Reads the rows of one sheet in order."""

    def __init__(self, sheet: Sheet, found: Found) -> None:
        """``found`` holds the measures so far: a cell that a page end has cut is put together there too."""
        self._sheet, self._layout, self._found = sheet, sheet.layout, found
        self._last: dict[int, str] = {}
        self._filled = _merged_away(sheet)
        self._completed: dict[int, str] = {}

    def of(self, row: Row) -> dict[int, str]:
        """The text of each column; what a lost merge left blank is taken from the row before."""
        values = {column: row.text(column).strip() for column in range(len(self._layout.keys))}
        said = [column for key in _SAID for column in self._layout.at(key)]
        is_blank = not any(values[column] for column in said)
        for column in said:
            values[column] = self._value(row, column, values[column], is_blank=is_blank)
        self._last = {column: value or self._kept(column, row) for column, value in values.items()}
        return values

    def _value(self, row: Row, column: int, text: str, *, is_blank: bool) -> str:
        cell, key = row.cells[column], self._layout.keys[column]
        if id(cell) in self._completed:
            return self._completed[id(cell)]
        if not text and (is_blank or (key == "deadline" and column in self._filled)) and self._may(row, column):
            text = self._completed[id(cell)] = self._last.get(column, "")
        elif row.is_first and row.own[column] and key in DIVISION:
            text = self._completed[id(cell)] = self._whole(column, key, text)
        return text

    def _whole(self, column: int, key: str, text: str) -> str:
        """A cell that a page end has cut inside a name: put together, also for the measures before."""
        before = self._last.get(column, "")
        if not text or not before or not _is_cut(phrase(before), phrase(text)):
            return text
        whole = f"{before}\n{text}"
        for item in self._found.items:
            item.division = [
                (k, title, phrase(whole) if k == key and said == phrase(before) else said)
                for k, title, said in item.division
            ]
        return whole

    def _kept(self, column: int, row: Row) -> str:
        return self._last.get(column, "") if self._may(row, column) and column in self._filled else ""

    def _may(self, row: Row, column: int) -> bool:
        """A blank place says nothing where merges are known, but at the head of a page or where they were lost."""
        return row.is_first or not self._sheet.has_spans or column in self._filled


def paired(text: str, number: int, *, is_date: bool) -> list[str] | None:
    """A cell beside several measures that speaks of each in a line of its own; None where it speaks of all."""
    parts = lines(text)
    if number < 2 or len(parts) != number:
        return None
    heads = [numbers.leading(part) for part in parts]
    if all(heads):
        return [part[head.end :] for part, head in zip(parts, heads, strict=True) if head is not None]
    whole = _is_date if is_date else _is_phrase
    return list(parts) if all(whole(part) for part in parts) else None


def _is_date(text: str) -> bool:
    return is_deadline(text) and not text.lstrip().startswith(("并", "前", "底", "完成"))


def _is_phrase(text: str) -> bool:
    """More than one name: roles or a list."""
    return bool(VERB.search(text)) or "、" in text


def _is_cut(before: str, after: str) -> bool:
    """Whether a name was cut: its halves are none, together they are."""
    last, first = _BETWEEN.split(before)[-1], _BETWEEN.split(after, maxsplit=1)[0]
    whole = VERB.search(last) is None and ends_in_name(VERB.sub("", last + first))
    return whole and not ends_in_name(last)


def _merged_away(sheet: Sheet) -> set[int]:
    """Columns whose merges were lost on the way: blank below a value, but never where a new group begins."""
    if sheet.has_spans:
        return set()
    keys = [*sheet.layout.at("task"), *sheet.layout.at("section")]
    groups = [row for no, row in enumerate(sheet.rows) if no == 0 or any(row.text(c).strip() for c in keys[:1])]
    if len(groups) < 2 or len(groups) == len(sheet.rows):
        return set()
    columns = sheet.layout.at("deadline")
    return {column for column in columns if all(row.text(column).strip() for row in groups if _is_data(row, sheet))}


def _is_data(row: Row, sheet: Sheet) -> bool:
    return any(row.text(c).strip() for key in DIVISION for c in sheet.layout.at(key))
