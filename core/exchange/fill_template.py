"""Filling a superior's template in place: look, merges, widths, print set-up, formulas and other sheets stay.

A formula is never overwritten, a locked cell never written, a row never given to a measure on a guess; what does not
fit is said.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from core.exchange.fill_row import FillRow, Value
from core.exchange.insert_rows import insert_below
from core.exchange.read_template import open_book
from core.exchange.template import Shape, Template, TemplateColumn, TemplateTable
from core.exchange.template_cells import choice_for, choices_of, fit_height, text_for_cell
from core.exchange.template_columns import RESULTS, TemplateField, speaks_of
from core.exchange.template_grid import Grid
from core.exchange.template_match import match_rows
from core.exchange.template_rows import bottom_of, copy_row, frame_like_header, is_said, set_value, writable
from core.exchange.template_tables import written_below
from core.model.ledger import Period
from core.model.plan import Severity

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_UNITS = (TemplateField.RESPONSIBLE, TemplateField.DIVISION, TemplateField.LEAD)
"""Columns that can name the unit of a row."""
_BETWEEN = re.compile(r"[、，,;；/／\s]+")


@dataclass(frozen=True, slots=True)
class FillNote:
    """Something to know of a filled template: where, in words; ``found`` is what stood there."""

    severity: Severity
    words: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    measure: int | None = None

    def __str__(self) -> str:
        """One line."""
        place = "，".join(part for part in (f"工作表“{self.sheet}”" if self.sheet else "", self.cell) if part)
        found = f"（{self.found}）" if self.found else ""
        return f"{place}：{self.words}{found}" if place else f"{self.words}{found}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template. ``rows``: (sheet, row, number of the measure); ``left_out``: measures without a row."""

    data: bytes
    rows: tuple[tuple[str, int, int], ...]
    left_out: tuple[int, ...]
    notes: tuple[FillNote, ...]


def fill(template: Template, rows: Sequence[FillRow], period: Period, names: Mapping[str, str] | None = None) -> Filled:
    """Fill a template; the file it was read from is not touched. ``names`` leads from names and aliases to units.

    Raises UnreadableError when its bytes cannot be read.
    """
    book = open_book(template.data, template.name)
    filler = _Filler(book, rows, period, names or {})
    tables = [table for table in template.tables if table.column_of(TemplateField.TEXT)]
    listed = [table for table in tables if table.shape is Shape.LISTED]
    empty = [table for table in tables if table.shape is Shape.EMPTY]
    if listed:
        filler.fill_listed(listed)
    elif empty:
        filler.fill_empty(empty[0])
    for table in empty if listed else empty[1:]:
        filler.note(Severity.INFO, "这张表没有填写：已填了另一张", table.sheet)
    if not tables:
        filler.note(Severity.ERROR, "没有认出哪一列是具体措施，没有填写任何内容，请指定各列")
    from openpyxl.workbook.properties import CalcProperties

    book.calculation = book.calculation or CalcProperties()  # other programs leave it out
    book.calculation.fullCalcOnLoad = True
    if book.properties.creator == "openpyxl":  # a template without properties is given none
        book.properties.creator = None
    book.template = False  # an .xltx is saved as a workbook
    buffer = io.BytesIO()
    book.save(buffer)
    return filler.done(buffer.getvalue())


@dataclass(frozen=True, slots=True)
class _Place:
    """A row to fill; ``unit``: whom it names."""

    table: TemplateTable
    row: int
    content: FillRow
    unit: str


class _Filler:
    """The book that is filled, and what was said of it."""

    def __init__(self, book: Workbook, rows: Sequence[FillRow], period: Period, names: Mapping[str, str]) -> None:
        self._book, self._rows, self._period, self._names = book, rows, period, names
        self._notes: list[FillNote] = []
        self._filled: list[tuple[str, int, int]] = []
        self._last_of: dict[int, int] = {}

    def note(
        self,
        severity: Severity,
        words: str,
        sheet: str = "",
        cell: str = "",
        found: str = "",
        measure: int | None = None,
    ) -> None:
        note = FillNote(severity, words, sheet, cell, found[:60], measure)
        if note not in self._notes:
            self._notes.append(note)

    def done(self, data: bytes) -> Filled:
        have = {number for _, _, number in self._filled}
        left_out = tuple(row.number for row in self._rows if row.number not in have)
        return Filled(data, tuple(self._filled), left_out, tuple(self._notes))

    def fill_listed(self, tables: Sequence[TemplateTable]) -> None:
        """Each row that names a measure of ours gets what was said of it, a row of one unit only what that unit said."""
        places = [(table, row) for table in tables for row in table.listed]
        found = match_rows([self._printed(table, row) for table, row in places], self._rows)
        wanted: dict[int, list[_Place]] = {}
        for (table, row), match in zip(places, found, strict=True):
            if match.row is None:
                text = table.column_of(TemplateField.TEXT)
                at = f"{text.letter}{row}" if text else f"第{row}行"
                self.note(Severity.WARNING, f"没有填写：{match.what}", table.sheet, at, match.text)
                continue
            if match.what:
                self.note(Severity.WARNING, match.what, table.sheet, f"第{row}行", match.text, match.row.number)
            wanted.setdefault(match.row.number, []).extend(self._places(table, row, match.row))
        for rows in wanted.values():
            units = [place.unit for place in rows]
            is_by_unit = len(rows) > 1 and all(units) and len(set(units)) == len(units)
            for place in rows:
                content = self._of_unit(place) if is_by_unit else place.content
                if content is not None:
                    self._write_row(place.table, place.row, content, listed=True)

    def _places(self, table: TemplateTable, row: int, content: FillRow) -> list[_Place]:
        """The row of a measure, or those that its cell spans where each names a unit of its own."""
        sheet = self._book[table.sheet]
        text = table.column_of(TemplateField.TEXT)
        bottom = bottom_of(sheet, row, text.column) if text else row
        for wanted in _UNITS:
            column = table.column_of(wanted)
            if column is None:
                continue
            named = {at: str(sheet.cell(at, column.column).value or "").strip() for at in range(row, bottom + 1)}
            named = {at: name for at, name in named.items() if name}
            if len(named) > 1:
                return [_Place(table, at, content, name) for at, name in named.items()]
            if named:
                return [_Place(table, row, content, named.get(row, ""))]
        return [_Place(table, row, content, "")]

    def _of_unit(self, place: _Place) -> FillRow | None:
        """What the units that a row names say; None where one of them is not known."""
        names = [name for name in _BETWEEN.split(place.unit) if name]
        units = [self._names.get(name) for name in names]
        if not units or any(unit is None for unit in units):
            words = f"第{place.content.number}项分单位列出，这一行的单位没有认出，没有填写"
            self.note(Severity.WARNING, words, place.table.sheet, f"第{place.row}行", place.unit, place.content.number)
            return None
        said = {str(unit): place.content.by_unit.get(str(unit), {}) for unit in units}
        plain = {key: value for key, value in place.content.values.items() if key not in RESULTS}
        results = {key: _of_several(key, {unit: values.get(key) for unit, values in said.items()}) for key in RESULTS}
        return replace(place.content, values={**plain, **results})

    def _printed(self, table: TemplateTable, row: int) -> tuple[str, str]:
        """Number and text as the template prints them."""
        sheet = self._book[table.sheet]
        texts = []
        for wanted in (TemplateField.SEQUENCE, TemplateField.TEXT):
            column = table.column_of(wanted)
            texts.append("" if column is None else str(sheet.cell(row, column.column).value or ""))
        label = table.column_of(TemplateField.LABEL)
        if label is not None:
            texts[0] = str(sheet.cell(row, label.column).value or "") or texts[0]
        return texts[0], texts[1]

    def fill_empty(self, table: TemplateTable) -> None:
        """One row a measure below the header, rows added in the look of the last one where there are too few."""
        sheet = self._book[table.sheet]
        written = written_below(Grid(sheet), table)
        if written is not None:
            words = f"表中第{written}行起有预先写好的内容，各项措施填在它的上面，请核对位置"
            self.note(Severity.WARNING, words, table.sheet, f"第{written}行")
        free = table.last - table.first + 1
        missing = len(self._rows) - free
        rows: Sequence[FillRow] = self._rows
        if missing > 0 and sheet.protection.sheet:
            words = f"工作表有保护，不能加行：只有{free}行可填，后{missing}项措施没有填写"
            self.note(Severity.ERROR, words, table.sheet)
            rows = rows[:free]
        elif missing > 0:
            self._add_rows(sheet, table, missing)
        for at, row in enumerate(rows):
            self._write_row(table, table.first + at, row, listed=False, position=at + 1)

    def _add_rows(self, sheet: Worksheet, table: TemplateTable, count: int) -> None:
        last = table.last
        if sheet.max_row > last:
            insert_below(self._book, sheet, last, count)
            if table.below is not None:
                words = f"可填的行不够，加了{count}行，下面的内容顺次下移"
                self.note(Severity.INFO, words, table.sheet)
        has_row = table.last >= table.first
        for row in range(last + 1, last + count + 1):
            if has_row:
                copy_row(sheet, last, row)
            else:
                frame_like_header(sheet, table, row)

    def _write_row(
        self, table: TemplateTable, row: int, content: FillRow, *, listed: bool, position: int | None = None
    ) -> None:
        sheet = self._book[table.sheet]
        self._filled.append((table.sheet, row, content.number))
        taken: set[TemplateField] = set()
        for column in self._asked(table):
            if len(column.fields) == 1 and column.fields[0] in taken:
                self.note(Severity.INFO, f"“{column.title}”与另一列相同，没有填写", table.sheet, f"{column.letter}列")
                continue
            taken.update(column.fields)
            value = _value(column, content, position)
            if value is None or value == "":
                continue
            if listed and not set(column.fields) & RESULTS and is_said(sheet, row, column):
                continue
            self._put(sheet, row, column, value, content)
        titles = {column.column: column.title for column in table.columns if not column.is_hidden}
        for over in fit_height(sheet, row, list(titles)):
            words = f"第{content.number}项的“{titles[over]}”文字太多，一行放不下，打印出来不全，请加宽这一列"
            self.note(Severity.WARNING, words, table.sheet, f"第{row}行", measure=content.number)

    def _asked(self, table: TemplateTable) -> list[TemplateColumn]:
        """The columns to fill: of several for several spans of time those of this period, before those of none."""
        known = [column for column in table.columns if column.fields]
        named = {column: speaks_of(column.title, self._period) for column in known if RESULTS & set(column.fields)}
        asked = [column for column in known if named.get(column) is not False]
        others = [column for column, is_ours in named.items() if is_ours is False]
        if others and not any(RESULTS & set(column.fields) for column in asked):
            found = "、".join(f"{column.letter}列“{column.title}”" for column in others)
            self.note(Severity.ERROR, f"没有一列是{self._period.title}的，进展没有填写", table.sheet, found=found)
        return sorted(asked, key=lambda column: named.get(column) is not True)

    def _put(self, sheet: Worksheet, row: int, column: TemplateColumn, value: Value, content: FillRow) -> None:
        place = f"{column.letter}{row}"
        cell = writable(sheet, row, column.column)
        if cell is None:
            words = f"这一格与上面的行合并，第{content.number}项的“{column.title}”没有填写"
            self.note(Severity.WARNING, words, sheet.title, place, measure=content.number)
            return
        have = cell.value
        if getattr(cell, "data_type", "") == "f":
            if TemplateField.SEQUENCE not in column.fields:
                words = f"这一格是公式，第{content.number}项的“{column.title}”没有填写"
                self.note(Severity.WARNING, words, sheet.title, place, measure=content.number)
            return
        if sheet.protection.sheet and cell.protection.locked:
            words = f"这一列有保护，“{column.title}”没有填写"
            self.note(Severity.WARNING, words, sheet.title, f"{column.letter}列")
            return
        if column.fields == (TemplateField.STATE,):
            chosen = self._choice(sheet, cell, str(value), column, content)
            if chosen is None:
                return
            value = chosen
        text, cut = text_for_cell(value)
        if cut:
            words = f"第{content.number}项的“{column.title}”超过一格能放的32767个字，后面的没有填写"
            self.note(Severity.ERROR, words, sheet.title, place, measure=content.number)
        if have not in (None, "") and str(have) != str(text) and TemplateField.SEQUENCE not in column.fields:
            self.note(Severity.INFO, "原有文字已替换", sheet.title, place, str(have), content.number)
        set_value(cell, text)

    def _choice(self, sheet: Worksheet, cell: Cell, value: str, column: TemplateColumn, content: FillRow) -> str | None:
        """The state in the words of the template's own list."""
        choices = choices_of(self._book, sheet, cell)
        if not choices:
            return value
        chosen = choice_for(value, choices)
        if chosen is None:
            words = f"“{column.title}”的选项中没有与“{value}”相当的，第{content.number}项没有填写"
            found = "、".join(choices)
            self.note(Severity.WARNING, words, sheet.title, cell.coordinate, found, content.number)
        return chosen


def _of_several(key: TemplateField, said: Mapping[str, Value]) -> Value:
    """One thing that the units of a row say: of one unit as it is, of several each after its name."""
    values = [value for value in said.values() if value not in (None, "")]
    if len(said) == 1 or not values:
        return values[0] if values else None
    if key is TemplateField.STATE:
        return values[0] if len(values) == len(said) and len(set(values)) == 1 else None
    if key is TemplateField.DONE_ON:
        days = [value for value in values if isinstance(value, date)]
        return max(days) if len(days) == len(said) else None
    return "；\n".join(f"{unit}：{value}" for unit, value in said.items() if value not in (None, ""))


def _value(column: TemplateColumn, content: FillRow, position: int | None) -> Value:
    """What a column gets; several things in one column each under its own word."""
    if column.fields == (TemplateField.SEQUENCE,):
        return position
    if len(column.fields) == 1:
        return content.values.get(column.fields[0])
    parts = [(one, content.values.get(one)) for one in column.fields]
    return "\n".join(f"{one.value}：{value}" for one, value in parts if value not in (None, ""))
