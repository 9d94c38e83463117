"""Sections and tasks of a table: from its columns, from rows of their own, cut by a page end, several in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.recognise import numbers
from core.recognise.blocks import Cell, Place
from core.recognise.columns import Layout
from core.recognise.found import Heading
from core.recognise.sheet_rows import Row
from core.recognise.wording import lines, squeeze, tidy

_DECLARED = re.compile(r"[（(]\s*共?\s*(\d{1,4})\s*[项条个件](?:任务|措施|工作|具体措施)?\s*[)）]\s*$")


def heading_of(text: str, place: Place, *, origin: object = None) -> Heading:
    """A title with its number and its declared count (共21项) taken off."""
    text = tidy(text)
    number = numbers.leading(text)
    label, title = (number.label, text[number.end :]) if number else ("", text)
    declared = _DECLARED.search(title)
    if declared:
        title = title[: declared.start()]
    return Heading(label, title.strip(), place, int(declared.group(1)) if declared else None, origin=origin)


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    style: str


class Path:
    """Where in the outline the rows of a table stand; goes on from sheet to sheet."""

    def __init__(self) -> None:
        """Begin outside of any section."""
        self.styles: list[str] = []
        """Styles of the numbers of full-width rows, the outer first."""
        self._row_section: Heading | None = None
        self._row_task: Heading | None = None
        self._columns: dict[str, Heading | None] = {"section": None, "task": None}
        self._several: list[Heading] = []
        self._lower: set[str] = set()
        self.made: list[Heading] = []
        """Every heading, whether it holds a measure or not."""

    def set_row(self, heading: Heading, style: str) -> None:
        """A full-width row: a section, or a task where its numbers are of a second style."""
        heading.is_row = True
        self.made.append(heading)
        number = numbers.leading(heading.label)
        # a lower level begins with its first number: 三、 after （五） is another section
        is_lower = style in self.styles[1:] or (
            bool(self.styles) and style not in self.styles and (number is None or number.value == 1)
        )
        if style not in self.styles and (is_lower or not self.styles):
            self.styles.append(style)
        if not is_lower:
            self._row_section, self._row_task = heading, None
        else:
            self._row_task = heading
        self._columns = {"section": None, "task": None}

    def set_task(self, heading: Heading) -> None:
        """A task that stands in the column of the texts, in a row of its own."""
        self.made.append(heading)
        self._columns["task"] = heading

    def of(self, row: Row, layout: Layout, text_cell: Cell) -> tuple[Heading | None, Heading | None]:
        """Section and task of a row."""
        for key in ("section", "task"):
            for column in layout.at(key):
                cell = row.cells[column]
                if cell is None or cell is text_cell:
                    self._columns[key] = None
                elif cell.text.strip() and not self._goes_on(row, column, key, cell):
                    self._set(key, cell, layout)
        section, task = self._columns["section"], self._columns["task"]
        if not self.styles:
            return section, task
        if not (layout.at("section") or layout.at("task")):
            return self._row_section, self._row_task
        return self._row_task or self._row_section, task or section

    def several(self, number: int) -> list[Heading]:
        """The headings of one cell for as many measures in the cell beside it; empty where they do not pair."""
        return self._several if len(self._several) == number else []

    def _goes_on(self, row: Row, column: int, key: str, cell: Cell) -> bool:
        """The rest of a heading that a page end has cut: no number where the one before has one."""
        current = self._columns[key]
        if current is None or current.origin == id(cell):
            return current is not None
        begins = row.is_first and row.own[column] and current.label and numbers.leading(cell.text) is None
        if not begins or squeeze(cell.text) == squeeze(current.title):
            return False
        current.title = tidy(current.title + cell.text)
        current.origin = id(cell)
        return True

    def _set(self, key: str, cell: Cell, layout: Layout) -> None:
        titles = _titles(cell.text)
        self._several = []
        if len(titles) == 2 and titles[0].style != titles[1].style and not layout.at("task"):
            # section and task in one cell, one under the other
            for name, title in zip(("section", "task"), titles, strict=True):
                self._set_text(name, title.text, cell, (id(cell), name))
        elif len(titles) > 1 and len({title.style for title in titles}) == 1:
            self._several = [heading_of(title.text, cell.place) for title in titles]
            self._set_text(key, titles[0].text, cell, id(cell))
            self._several[0] = self._columns[key] or self._several[0]
            self.made += self._several[1:]
        elif titles and key == "section" and not layout.at("task") and titles[0].style in self._lower:
            self._set_text("task", cell.text, cell, id(cell))
        else:
            self._set_text(key, cell.text, cell, id(cell))
        self._learn()

    def _learn(self) -> None:
        """The style of tasks that stand under a section of another style: alone in a cell it is a task too."""
        section, task = self._columns["section"], self._columns["task"]
        styles = [numbers.style_of(heading.label) for heading in (section, task) if heading is not None]
        if len(styles) == 2 and styles[0] != styles[1] and styles[1] is not None:
            self._lower.add(styles[1])

    def _set_text(self, key: str, text: str, cell: Cell, origin: object) -> None:
        current = self._columns[key]
        heading = heading_of(text, cell.place, origin=origin)
        if current is not None and (
            current.origin == origin or (current.label, current.title) == (heading.label, heading.title)
        ):
            return
        self._columns[key] = heading
        self.made.append(heading)
        if key == "section":
            self._columns["task"] = None


def _titles(text: str) -> list[_Title]:
    """The numbered titles of a cell, each from the line that its number begins."""
    titles: list[_Title] = []
    for line in lines(text):
        number = numbers.leading(line)
        if number is not None and line[number.end :].strip():
            titles.append(_Title(line, number.style))
        elif titles:
            titles[-1] = _Title(f"{titles[-1].text}\n{line}", titles[-1].style)
        else:
            return []
    return titles
