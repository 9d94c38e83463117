"""Rows of a plan's tables → sections, tasks, measures with their phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.model.plan import Column, Severity
from core.recognise import numbers
from core.recognise.blocks import Cell, Paragraph, Place
from core.recognise.cells import Piece, split_bare, split_cell
from core.recognise.columns import DIVISION, named
from core.recognise.division_words import VERB
from core.recognise.found import Found, Heading, Item
from core.recognise.sheet import Row, Sheet
from core.recognise.wording import ends_in_name, is_sentence, phrase, squeeze, tidy

_DECLARED = re.compile(r"[（(]\s*共?\s*(\d{1,4})\s*[项条个件](?:任务|措施|工作|具体措施)?\s*[)）]\s*$")
_REMARK = re.compile(
    r"(注|备注|说明|填表说明|填报说明|填表人|填报人|填报单位|联系人|审核人|制表|单位负责人|合计|总计|共计)\s*[\d：:（(、.]|(合计|总计)$"
)
_LONGEST_TITLE = 80
_KEYS = ("section", "task", "no", "text", *DIVISION, "deadline")


def read_tables(sheets: Sequence[Sheet]) -> Found:
    """Read the sheets of one plan in order."""
    return _Reading(sheets).read()


def heading_of(text: str, place: Place, *, origin: object = None) -> Heading:
    """A title with its number and its declared count (共21项) taken off."""
    text = tidy(text)
    number = numbers.leading(text)
    label, title = (number.label, text[number.end :]) if number else ("", text)
    declared = _DECLARED.search(title)
    if declared:
        title = title[: declared.start()]
    return Heading(label, title.strip(), place, int(declared.group(1)) if declared else None, origin=origin)


class _Reading:
    """The state that goes from row to row and from sheet to sheet."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        first = sheets[0]
        self.sheets = sheets
        self.found = Found("table", first.tables[0].place, first_block=first.first_block)
        self.rows_styles: list[str] = []
        """Styles of the numbers of full-width rows, the outer first."""
        self.row_section: Heading | None = None
        self.row_task: Heading | None = None
        self.headings: dict[str, Heading | None] = {"section": None, "task": None}
        self.last: list[Item] = []
        self.last_values: dict[int, str] = {}
        self.filled: set[int] = set()
        self.completed: dict[int, str] = {}
        """By cell: what a blank or cut cell at the head of a page stands for."""

    def read(self) -> Found:
        largest = max(self.sheets, key=lambda sheet: len(sheet.rows))
        layout = largest.layout
        self.found.columns = tuple(
            Column(key, tidy(title)) for key, title in zip(layout.keys, layout.titles, strict=True) if key in _KEYS
        )
        for sheet in self.sheets:
            self._sheet(sheet)
        self.found.deadline_field = any(item.deadline for item in self.found.items)
        self.found.section_rows = bool(self.rows_styles)
        if self.rows_styles and not layout.at("task"):
            self.found.columns = tuple(
                Column("task" if c.key == "section" else c.key, c.title) for c in self.found.columns
            )
        return self.found

    def _sheet(self, sheet: Sheet) -> None:
        self.sheet, self.layout = sheet, sheet.layout
        self.last_values = {}
        self.filled = _merged_away(sheet)
        self.found.used += sheet.tables
        self.found.above += [cell.text for row in sheet.above for cell in _distinct(row)]
        header = [_line(row) for row in sheet.headers]
        for row in sheet.rows:
            if not _line(row) or _line(row) in header or _is_header_again(row, sheet):
                continue
            if self._heading_row(row) or self._remark(row):
                continue
            self._row(row)

    # --- rows that are no measures ---------------------------------------------------------------

    def _heading_row(self, row: Row) -> bool:
        """A section or task in a row of its own."""
        cell = self._only_cell(row)
        if cell is None or _REMARK.match(cell.text.strip()):
            return False
        number = numbers.leading(cell.text)
        column = row.cells.index(cell)
        wide = cell.column_span > 1 and cell.column_span * 3 >= len(row.cells) * 2
        in_front = column <= min((*self.layout.at("section"), *self.layout.at("task"), *self.layout.at("text")))
        title = len(squeeze(cell.text)) <= _LONGEST_TITLE and not squeeze(cell.text).endswith(("；", "："))
        if not title or not (wide or in_front or (number and not is_sentence(cell.text[:-1]))):
            return False
        if not wide and not number and not (in_front and column not in self.layout.at("text")):
            return False
        if column in self.layout.at("text") and not wide and self._is_measure_style(number):
            return False
        self._set_row_heading(heading_of(cell.text, cell.place, origin=id(cell)), number.style if number else "")
        return True

    def _is_measure_style(self, number: numbers.Number | None) -> bool:
        """A text cell alone in its row whose number goes on from the measure before."""
        before = self.last[-1] if self.last else None
        return number is None or (
            before is not None and (before.style, before.value) == (number.style, number.value - 1)
        )

    def _only_cell(self, row: Row) -> Cell | None:
        """The one cell of a row that says anything; what is merged from above in the outline's columns aside."""
        outline = {*self.layout.at("section"), *self.layout.at("task")}
        cells = [
            cell
            for column, cell in enumerate(row.cells)
            if cell is not None and cell.text.strip() and (row.own[column] or column not in outline)
        ]
        distinct = {id(cell): cell for cell in cells}
        return next(iter(distinct.values())) if len(distinct) == 1 and row.own[row.cells.index(cells[0])] else None

    def _set_row_heading(self, heading: Heading, style: str) -> None:
        if style not in self.rows_styles:
            self.rows_styles.append(style)
        if self.rows_styles.index(style) == 0:
            self.row_section, self.row_task = heading, None
        else:
            self.row_task = heading
        self.headings = {"section": None, "task": None}

    def _remark(self, row: Row) -> bool:
        """注：…, 填表人 and the like under or between the measures."""
        cells = _distinct(row)
        if not _REMARK.match(cells[0].text.strip()) and not (len(cells) == 1 and squeeze(cells[0].text).isdecimal()):
            return False
        self._leave(row)
        return True

    def _leave(self, row: Row) -> None:
        text = " ".join(tidy(cell.text) for cell in _distinct(row))
        self.found.said.append(text)
        self.found.unused.append(Paragraph(text, row.place))

    # --- rows that hold measures -----------------------------------------------------------------

    def _row(self, row: Row) -> None:
        values = self._values(row)
        if self._goes_on(row):
            return
        text_cell = self._text_cell(row)
        if text_cell is None or not text_cell.text.strip():
            self._without_text(row, values)
            return
        column = self.layout.at("text")[0]
        section, task = self._path(row, text_cell)
        if not row.own[column]:
            self._more_of(values)
            return
        own = self._own_number(row)
        pieces = self._pieces(text_cell.text, own)
        self.last = [self._item(piece, own, row, values, section, task) for piece in pieces]
        self.found.items += self.last

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
            places=[cell.place for cell in _distinct(row)],
            section=section,
            task=task,
            value=number.value if number else None,
            style=number.style if number else "",
        )
        for key in DIVISION:
            for column in self.layout.at(key):
                if values[column]:
                    item.division.append((key, tidy(self.layout.titles[column]), phrase(values[column])))
        deadlines = [tidy(values[column]) for column in self.layout.at("deadline") if values[column]]
        item.deadline = "；".join(dict.fromkeys(deadlines)) or None
        for key in ("other", "person", "progress"):
            for column in self.layout.at(key):
                if values[column] and self.layout.titles[column]:
                    item.notes.append(f"{tidy(self.layout.titles[column])}：{tidy(values[column])}")
        return item

    def _values(self, row: Row) -> dict[int, str]:
        """What each column says of a row; what a lost merge left blank is taken from the row before."""
        values = {column: row.text(column).strip() for column in range(len(self.layout.keys))}
        blank = not any(values[column] for key in (*DIVISION, "deadline") for column in self.layout.at(key))
        for column, key in enumerate(self.layout.keys):
            if key not in (*DIVISION, "deadline"):
                continue
            cell = row.cells[column]
            alone = blank or (key == "deadline" and column in self.filled)
            if id(cell) in self.completed:
                values[column] = self.completed[id(cell)]
            elif not values[column] and alone and self._may_inherit(row, column):
                values[column] = self.completed[id(cell)] = self.last_values.get(column, "")
            elif row.is_first and row.own[column] and key in DIVISION:
                values[column] = self.completed[id(cell)] = self._completed(column, key, values[column])
        self.last_values = {column: value or self._kept(column, row) for column, value in values.items()}
        return values

    def _completed(self, column: int, key: str, text: str) -> str:
        """A cell that a page end has cut inside a name: put together, also for the measures before."""
        before = self.last_values.get(column, "")
        if not text or not before or not _is_cut(phrase(before), phrase(text)):
            return text
        whole = f"{before}\n{text}"
        for item in self.found.items:
            item.division = [
                (k, title, phrase(whole) if k == key and said == phrase(before) else said)
                for k, title, said in item.division
            ]
        return whole

    def _kept(self, column: int, row: Row) -> str:
        return self.last_values.get(column, "") if self._may_inherit(row, column) and column in self.filled else ""

    def _may_inherit(self, row: Row, column: int) -> bool:
        """A blank place says nothing where merges are known, but at the head of a page or where they were lost."""
        return row.is_first or not self.sheet.has_spans or column in self.filled

    def _path(self, row: Row, text_cell: Cell) -> tuple[Heading | None, Heading | None]:
        """Section and task of a row."""
        for key in ("section", "task"):
            for column in self.layout.at(key):
                cell = row.cells[column]
                if cell is None or cell is text_cell:
                    self.headings[key] = None
                elif cell.text.strip() and not self._goes_on_above(row, column, key, cell):
                    self._set(key, cell)
        section, task = self.headings["section"], self.headings["task"]
        if self.rows_styles:
            column_heading = task or section
            if not (self.layout.at("section") or self.layout.at("task")):
                return self.row_section, self.row_task
            return self.row_task or self.row_section, column_heading
        return section, task

    def _goes_on_above(self, row: Row, column: int, key: str, cell: Cell) -> bool:
        """The rest of a heading that a page end has cut: no number where the one before has one."""
        current = self.headings[key]
        if current is None or current.origin == id(cell):
            return current is not None
        begins = row.is_first and row.own[column] and current.label and numbers.leading(cell.text) is None
        if not begins or squeeze(cell.text) == squeeze(current.title):
            return False
        current.title = tidy(current.title + cell.text)
        current.origin = id(cell)
        return True

    def _set(self, key: str, cell: Cell) -> None:
        current = self.headings[key]
        heading = heading_of(cell.text, cell.place, origin=id(cell))
        same = current is not None and (
            current.origin == heading.origin or (current.label, current.title) == (heading.label, heading.title)
        )
        if not same:
            self.headings[key] = heading
            if key == "section":
                self.headings["task"] = None

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
        self._path(row, cell)
        before.text = tidy(before.text + cell.text)
        for key in DIVISION:
            for column in self.layout.at(key):
                _continue(before, key, row.text(column))
        if (rest := [row.text(c) for c in self.layout.at("deadline") if row.text(c).strip()]) and before.deadline:
            before.deadline = (
                tidy(before.deadline + rest[0]) if rest[0].strip() not in before.deadline else before.deadline
            )
        before.places += [cell.place for cell in _distinct(row)]
        return True

    def _without_text(self, row: Row, values: dict[int, str]) -> None:
        """A row with a task and its units, but no text: the task is the measure."""
        column = next((c for key in ("task", "section") for c in self.layout.at(key) if row.own[c]), None)
        cell = row.cells[column] if column is not None else None
        named_units = any(values[c] for key in DIVISION for c in self.layout.at(key))
        if cell is None or not cell.text.strip() or not named_units or cell.row_span > 1:
            self._path(row, Cell("", row.place))
            self._leave(row)
            self.found.doubts.append((row.place, Severity.WARNING, "这一行没有措施文字，没有读入。"))
            return
        section, _task = self._path(row, cell)
        self.last = [
            self._item(p, self._own_number(row), row, values, section, None) for p in split_cell(cell.text, is_one=True)
        ]
        self.found.items += self.last


def _distinct(row: Row) -> list[Cell]:
    cells = {id(cell): cell for cell in row.cells if cell is not None and cell.text.strip()}
    return list(cells.values())


def _line(row: Row) -> str:
    return "\t".join(squeeze(cell.text) for cell in _distinct(row))


def _is_header_again(row: Row, sheet: Sheet) -> bool:
    """The header once more inside the table, perhaps with other breaks."""
    cells = _distinct(row)
    titles = {squeeze(title) for title in sheet.layout.titles if title}
    return len(cells) >= 2 and all(squeeze(cell.text) in titles or named(cell.text) for cell in cells)


def _merged_away(sheet: Sheet) -> set[int]:
    """Columns whose merges were lost on the way: blank below a value, but never where a new group begins."""
    if sheet.has_spans:
        return set()
    keys = [*sheet.layout.at("task"), *sheet.layout.at("section")]
    groups = [row for number, row in enumerate(sheet.rows) if number == 0 or any(row.text(c).strip() for c in keys[:1])]
    if len(groups) < 2 or len(groups) == len(sheet.rows):
        return set()
    columns = sheet.layout.at("deadline")
    return {column for column in columns if all(row.text(column).strip() for row in groups if _is_data(row, sheet))}


def _is_data(row: Row, sheet: Sheet) -> bool:
    return any(row.text(c).strip() for key in DIVISION for c in sheet.layout.at(key))


def _is_cut(before: str, after: str) -> bool:
    """Whether a name was cut: its halves are none, together they are."""
    last, first = re.split(r"[、，；：。]", before)[-1], re.split(r"[、，；：。]", after, maxsplit=1)[0]
    whole = VERB.search(last) is None and ends_in_name(VERB.sub("", last + first))
    return whole and not ends_in_name(last)


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
