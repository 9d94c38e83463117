"""The units of the table as Qt's model: searched, sorted, one line a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from gui.widgets.arranged_model import ALIGNED, DISPLAY, RIGHT, SPOKEN, TIP, ArrangedModel, Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.units.reading import UnitLine

LINE = Qt.ItemDataRole.UserRole
_NONE = "未填"


@dataclass(frozen=True, slots=True, eq=False)
class UnitColumn:
    """A column: title, text; ``width`` in logical pixels at the base size, 0 for the rest."""

    title: str
    text: Callable[[UnitLine], str]
    width: int
    is_number: bool = False
    may_lack: bool = False
    """Empty is shown as 未填: something the clerk can fill in."""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


COLUMNS = (
    UnitColumn("单位", lambda line: line.unit.name, 0),
    UnitColumn("简称", lambda line: line.short, 80),
    UnitColumn("联络员", lambda line: line.unit.contact or "", 72, may_lack=True),
    UnitColumn("电话", lambda line: line.unit.phone or "", 124, may_lack=True),
    UnitColumn("责任事项", lambda line: _number(line.total), 80, is_number=True),
    UnitColumn("已完成", lambda line: _number(line.done), 68, is_number=True),
)
TOTAL_AT, DONE_AT = 4, 5
_TITLES = [column.title for column in COLUMNS]


class UnitModel(ArrangedModel["UnitLine"]):
    """Lines that a search leaves, in the order of a column; without one in the register's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ""

    def load(self, lines: Sequence[UnitLine]) -> None:
        """Show other units, searched and sorted as before; units that stay are only told as changed."""
        self.take(lines)

    def search(self, words: str) -> None:
        """Leave the units that hold the words in a name, an alias, their contact or a number."""
        self._words = words.strip().casefold()
        self.arrange()

    def passes(self, row: UnitLine) -> bool:
        return not self._words or self._words in _searched(row)

    def identity(self, row: UnitLine) -> object:
        return row.unit.name

    def titles(self) -> Sequence[str]:
        return _TITLES

    def cell(self, row: UnitLine, column: int) -> str:
        return COLUMNS[column].text(row)

    def is_number(self, column: int) -> bool:
        return COLUMNS[column].is_number

    def line(self, row: int) -> UnitLine | None:
        """The unit of a row."""
        return self.row_at(row)

    def position(self, name: str) -> int:
        """The row of a unit, -1 when it is not shown."""
        return next((row for row, line in enumerate(self.rows()) if line.unit.name == name), -1)

    @property
    def total(self) -> int:
        """How many there are without the search."""
        return len(self.all_rows())

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = COLUMNS[index.column()]
        if role == LINE:
            return line
        if role == DISPLAY:
            return column.text(line) or (_NONE if column.may_lack else "")
        if role == TIP:
            return _tip(line, index.column())
        if role == ALIGNED and column.is_number:
            return int(RIGHT)
        if role == SPOKEN:
            return f"{column.title}：{column.text(line) or _NONE}"
        return None


def _searched(line: UnitLine) -> str:
    unit = line.unit
    parts = (unit.name, unit.full_name, *unit.aliases, unit.contact, unit.phone, unit.mail, unit.kind.value)
    return "\n".join(part for part in parts if part).casefold()


def _tip(line: UnitLine, column: int) -> str:
    unit = line.unit
    if column == len(COLUMNS) - 1 and line.done_late:
        return f"已完成 {line.done}，其中逾期完成 {line.done_late}"
    if column:
        return COLUMNS[column].text(line)
    if unit.left_on is None:
        return unit.full_name or unit.name
    if unit.merged_into:
        return f"{unit.name}，{unit.left_on.isoformat()} 并入{unit.merged_into}"
    return f"{unit.name}，{unit.left_on.isoformat()} 撤出：{unit.left_reason}"
