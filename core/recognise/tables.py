"""Rows of a plan's tables → sections, tasks, measures with their phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.model.plan import Column, Severity
from core.recognise import numbers
from core.recognise.accounting import account
from core.recognise.blocks import Cell, Paragraph
from core.recognise.cells import Piece, split_bare, split_cell
from core.recognise.columns import DIVISION
from core.recognise.found import Found, Heading, Item
from core.recognise.headings import Path, heading_of
from core.recognise.inline import find_inline
from core.recognise.row_kinds import CHINESE, distinct, is_header_again, is_remark, line_of, only_cell
from core.recognise.sheet import Sheet
from core.recognise.sheet_rows import Row
from core.recognise.values import Values, paired
from core.recognise.wording import ends_in_name, is_sentence, lines, phrase, squeeze, tidy

_LONGEST_TITLE = 80
_KEYS = ("section", "task", "no", "text", *DIVISION, "deadline")


def read_tables(sheets: Sequence[Sheet]) -> Found:
    """Read the sheets of one plan in order."""
    return _Reading(sheets).read()


class _Reading:
    """The state that goes from row to row and from sheet to sheet."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        first = sheets[0]
        self.sheets = sheets
        self.found = Found("table", first.tables[0].place, first_block=first.first_block)
        self.path = Path()
        self.last: list[Item] = []
        self.from_headings: list[tuple[Item, str]] = []
        """Measures whose text is the title in the task's column, with that title."""

    def read(self) -> Found:
        largest = max(self.sheets, key=lambda sheet: len(sheet.rows))
        layout = largest.layout
        self.found.columns = tuple(
            Column(key, tidy(title)) for key, title in zip(layout.keys, layout.titles, strict=True) if key in _KEYS
        )
        for sheet in self.sheets:
            self._sheet(sheet)
        self._drop_headings()
        self._empty_headings()
        self.found.deadline_field = any(item.deadline for item in self.found.items)
        self.found.section_rows = bool(self.path.styles)
        if self.path.styles and not layout.at("task"):
            self._lower_first()
            self.found.columns = tuple(
                Column("task" if c.key == "section" else c.key, c.title) for c in self.found.columns
            )
        account(self.found, [cell.text for sheet in self.sheets for row in sheet.headers for cell in distinct(row)])
        return self.found

    def _drop_headings(self) -> None:
        """A title without a text that has measures of its own further on is no measure: its cell was torn."""
        titles = {squeeze(h.label + h.title) for item in self.found.items for h in (item.task, item.section) if h}
        for item, title in self.from_headings:
            if squeeze(title) in titles:
                self.found.items.remove(item)
                self.found.unused.append(Paragraph(tidy(title), item.places[0]))
                self.found.doubts.append(
                    (item.places[0], Severity.WARNING, f"“{tidy(title)}”这一行没有措施文字，没有读入。")
                )

    def _empty_headings(self) -> None:
        """Sections and tasks that hold no measure are not lost."""
        held = {id(h) for item in self.found.items for h in (item.section, item.task)}
        held |= {id(h.parent) for item in self.found.items for h in (item.section, item.task) if h}
        for heading in self.path.made:
            if id(heading) not in held:
                self.found.unused.append(Paragraph(heading.label + heading.title, heading.place))

    def _lower_first(self) -> None:
        """Before the first full-width row (its own is lost) the column holds tasks as it does after it."""
        for item in self.found.items:
            if item.task is None and item.section is not None and not item.section.is_row:
                item.section, item.task = None, item.section

    def _sheet(self, sheet: Sheet) -> None:
        self.sheet, self.layout = sheet, sheet.layout
        self.values = Values(sheet, self.found)
        self.found.used += sheet.tables
        self.found.used += sheet.titles if sheet.says_titles else []
        self.found.above += [cell.text for row in sheet.above for cell in distinct(row)]
        over = [cell for row in (*sheet.above, *sheet.headers) for cell in distinct(row)]
        self.found.heads += [Paragraph(tidy(cell.text), cell.place) for cell in over]
        header = [line_of(row) for row in sheet.headers]
        for row in sheet.rows:
            if not line_of(row) or line_of(row) in header or is_header_again(row, sheet):
                continue
            if self._heading_row(row) or self._remark(row):
                continue
            self._row(row)

    # --- rows that are no measures ---------------------------------------------------------------

    def _heading_row(self, row: Row) -> bool:
        """A section or task in a row of its own."""
        cell = only_cell(row, self.layout)
        if cell is None:
            return self._counted_row(row)
        if is_remark(row):
            return False
        number = numbers.leading(cell.text)
        column = row.cells.index(cell)
        wide = cell.column_span > 1 and cell.column_span * 3 >= len(row.cells) * 2
        is_bare = number is not None and not cell.text[number.end :].strip()
        if is_bare or (column > max(self.layout.at("text")) and cell.column_span == 1):
            return False
        in_front = column <= min((*self.layout.at("section"), *self.layout.at("task"), *self.layout.at("text")))
        title = len(squeeze(cell.text)) <= _LONGEST_TITLE and not squeeze(cell.text).endswith(("；", "："))
        if not title or not (wide or in_front or (number and not is_sentence(cell.text[:-1]))):
            return False
        if not wide and not number and not (in_front and column not in self.layout.at("text")):
            return False
        if column in self.layout.at("text") and not wide and self._is_measure_style(number):
            return False
        heading = heading_of(cell.text, cell.place, origin=id(cell))
        if column in self.layout.at("text") and not wide and self.layout.at("section"):
            self.path.of(row, self.layout, cell)
            self.path.set_task(heading)
        else:
            self.path.set_row(heading, number.style if number else "")
        return True

    def _counted_row(self, row: Row) -> bool:
        """A section whose number stands in the column of the numbers: 一 | 全面提升…."""
        cells = distinct(row)
        column = next(iter(self.layout.at("no")), None)
        number = row.cells[column] if column is not None else None
        if number is None or len(cells) != 2 or cells[0] is not number or not re.match(CHINESE, number.text.strip()):
            return False
        title = heading_of(cells[1].text, cells[1].place, origin=id(cells[1]))
        title.label = number.text.strip()
        self.path.set_row(title, "一")
        return True

    def _is_measure_style(self, number: numbers.Number | None) -> bool:
        """A text cell alone in its row whose number goes on from the measure before."""
        before = self.last[-1] if self.last else None
        return number is None or (
            before is not None and (before.style, before.value) == (number.style, number.value - 1)
        )

    def _remark(self, row: Row) -> bool:
        """注：…, 填表人 and the like under or between the measures."""
        if not is_remark(row):
            return False
        self._leave(row)
        return True

    def _leave(self, row: Row) -> None:
        text = " ".join(tidy(cell.text) for cell in distinct(row))
        self.found.said.append(text)
        self.found.unused.append(Paragraph(text, row.place))

    # --- rows that hold measures -----------------------------------------------------------------

    def _row(self, row: Row) -> None:
        row = self._put_back(row)
        values = self.values.of(row)
        if self._goes_on(row):
            return
        text_cell = self._text_cell(row)
        if text_cell is None or not text_cell.text.strip():
            self._without_text(row, values)
            return
        column = self.layout.at("text")[0]
        section, task = self.path.of(row, self.layout, text_cell)
        if not row.own[column]:
            self._more_of(values)
            return
        own = self._own_number(row)
        pieces = self._pieces(text_cell.text, own)
        self.last = [self._item(piece, own, row, values, section, task) for piece in pieces]
        self._pair(values)
        self.found.items += self.last

    def _put_back(self, row: Row) -> Row:
        """A row that extraction has moved one cell to the left: the next number stands where the task should."""
        text = self.layout.at("text")[0]
        cell = row.cells[text - 1] if text else None
        before = self.last[-1] if self.last else None
        if cell is None or before is None or before.value is None or self.layout.at("no") or not row.own[text - 1]:
            return row
        number = numbers.leading(cell.text) or numbers.bare_leading(cell.text)
        moved = number is not None and (number.style, number.value) == (before.style, before.value + 1)
        blanks = [column for column in range(text + 1, len(row.cells)) if not row.text(column).strip()]
        if not moved or not blanks or not ends_in_name(phrase(row.text(text))):
            return row
        order = [*range(text - 1), blanks[0], *range(text - 1, blanks[0]), *range(blanks[0] + 1, len(row.cells))]
        self.found.doubts.append((row.place, Severity.WARNING, "这一行各格错位，已按次序移回，请对照原件核对。"))
        return Row(tuple(row.cells[c] for c in order), tuple(row.own[c] for c in order), row.is_first)

    def _pieces(self, text: str, own: numbers.Number | None) -> list[Piece]:
        if own is None and numbers.leading(text) is None:
            bare = split_bare(text, self.last[-1].value if self.last else None)
            if bare is not None:
                return bare
        return split_cell(text, is_one=own is not None)

    def _item(
        self,
        piece: Piece,
        own: numbers.Number | None,
        row: Row,
        values: dict[int, str],
        section: Heading | None,
        task: Heading | None,
    ) -> Item:
        number = own or piece.number
        label = (piece.number or own) if number else None
        item = Item(
            label=label.label if label else "",
            text=tidy(piece.text),
            places=[cell.place for cell in distinct(row)],
            section=section,
            task=task,
            value=number.value if number else None,
            style=number.style if number else "",
        )
        for key in DIVISION:
            for column in self.layout.at(key):
                if values[column]:
                    item.division.append((key, tidy(self.layout.titles[column]), phrase(values[column])))
        dates = [values[column] for column in self.layout.at("deadline") if values[column]]
        deadlines = [tidy("\n".join(dict.fromkeys(lines(text)))) for text in dates]
        item.deadline = "；".join(dict.fromkeys(deadlines)) or None
        if not item.division:
            body, said, when = find_inline(item.text)
            item.text, item.deadline = tidy(body), item.deadline or when
            item.division += [("division", "", said)] if said else []
        for key in ("other", "person", "progress", "text"):
            for column in self.layout.at(key)[key == "text" :]:
                title = tidy(self.layout.titles[column])
                if values[column]:
                    item.notes.append(f"{title}：{tidy(values[column])}" if title else tidy(values[column]))
        return item

    def _pair(self, values: dict[int, str]) -> None:
        """Several measures in one cell: titles, units and dates that stand beside them line by line."""
        number = len(self.last)
        for item, task in zip(self.last, self.path.several(number), strict=False):
            item.task = task if self.layout.at("task") or item.task is not None else None
            item.section = item.section if item.task is not None else task
        for key in (*DIVISION, "deadline"):
            for column in self.layout.at(key):
                parts = paired(values[column], number, is_date=key == "deadline")
                for item, part in zip(self.last, parts or (), strict=False):
                    if key == "deadline":
                        item.deadline = tidy(part)
                    else:
                        title = tidy(self.layout.titles[column])
                        old = (key, title, phrase(values[column]))
                        item.division = [(key, title, phrase(part)) if each == old else each for each in item.division]

    def _text_cell(self, row: Row) -> Cell | None:
        return row.cells[self.layout.at("text")[0]]

    def _own_number(self, row: Row) -> numbers.Number | None:
        """The number in a column of its own, where it belongs to this row alone."""
        for column in self.layout.at("no"):
            cell = row.cells[column]
            if cell is not None and cell.row_span == 1 and cell.text.strip():
                return numbers.bare(cell.text)
        return None

    def _more_of(self, values: dict[int, str]) -> None:
        """A further row beside a text that spans rows: its units and dates belong to the same measures."""
        for item in self.last:
            for key in DIVISION:
                for column in self.layout.at(key):
                    _add(item, key, tidy(self.layout.titles[column]), phrase(values[column]))
            for column in self.layout.at("deadline"):
                more = tidy(values[column])
                if more and more not in (item.deadline or ""):
                    item.deadline = f"{item.deadline}；{more}" if item.deadline else more

    def _goes_on(self, row: Row) -> bool:
        """The rest of a row that a page end has cut: no number where all have one, and no date of its own."""
        if not row.is_first or not self.last:
            return False
        cell = self._text_cell(row)
        before = self.last[-1]
        if cell is None or numbers.leading(cell.text) or self._own_number(row) or split_bare(cell.text, before.value):
            return False
        outline = [c for key in ("section", "task") for c in self.layout.at(key)]
        said = [c for key in (*DIVISION, "deadline") for c in self.layout.at(key)]
        unfinished = not before.text.endswith(("。", "；", "！", "）", "”"))
        others = any(row.text(c).strip() for c in said) or any(row.own[c] and row.text(c).strip() for c in outline)
        numbered = before.value is not None and sum(item.value is None for item in self.found.items) == 0
        if others and not (unfinished and numbered):
            return False
        if not unfinished and not numbered:
            return False
        self.path.of(row, self.layout, cell)
        before.text = tidy(before.text + cell.text)
        for key in DIVISION:
            for column in self.layout.at(key):
                _continue(before, key, row.text(column))
        if (rest := [row.text(c) for c in self.layout.at("deadline") if row.text(c).strip()]) and before.deadline:
            before.deadline = (
                tidy(before.deadline + rest[0]) if rest[0].strip() not in before.deadline else before.deadline
            )
        before.places += [cell.place for cell in distinct(row)]
        return True

    def _without_text(self, row: Row, values: dict[int, str]) -> None:
        """A row with a task and its units, but no text: the task is the measure."""
        column = next((c for key in ("task", "section") for c in self.layout.at(key) if row.own[c]), None)
        cell = row.cells[column] if column is not None else None
        named_units = any(values[c] for key in DIVISION for c in self.layout.at(key))
        if cell is None or not cell.text.strip() or not named_units or cell.row_span > 1:
            self.path.of(row, self.layout, Cell("", row.place))
            self._leave(row)
            self.found.doubts.append((row.place, Severity.WARNING, "这一行没有措施文字，没有读入。"))
            return
        section, _task = self.path.of(row, self.layout, cell)
        self.from_headings.append(
            (self._item(Piece(None, cell.text), self._own_number(row), row, values, section, None), cell.text)
        )
        self.last = [self.from_headings[-1][0]]
        self.found.items += self.last


def _add(item: Item, key: str, title: str, more: str) -> None:
    if not more:
        return
    for number, (old, name, text) in enumerate(item.division):
        if (old, name) == (key, title):
            if more not in text:
                item.division[number] = (old, name, f"{text}、{more}")
            return
    item.division.append((key, title, more))


def _continue(item: Item, key: str, rest: str) -> None:
    if not rest.strip():
        return
    for number, (old, name, text) in enumerate(item.division):
        if old == key and tidy(rest) not in text:
            item.division[number] = (old, name, phrase(f"{text}\n{rest}"))
