"""The units of the table as Qt's model: searched, sorted, one line a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.units.reading import UnitLine

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
LINE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_NONE = "未填"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, eq=False)
class UnitColumn:
    """A column: title, text, sort key; ``width`` in logical pixels at the base size, 0 for the rest."""

    title: str
    text: Callable[[UnitLine], str]
    order: Callable[[UnitLine], Any]
    width: int
    is_number: bool = False
    may_lack: bool = False
    """Empty is shown as 未填: something the clerk can fill in."""


def _contact(line: UnitLine) -> str:
    return line.unit.contact or ""


def _phone(line: UnitLine) -> str:
    return line.unit.phone or ""


def _name(line: UnitLine) -> str:
    return line.unit.name


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


COLUMNS = (
    UnitColumn("单位", _name, _name, 0),
    UnitColumn("简称", lambda line: line.short, lambda line: line.short, 80),
    UnitColumn("联络员", _contact, _contact, 72, may_lack=True),
    UnitColumn("电话", _phone, _phone, 124, may_lack=True),
    UnitColumn("责任事项", lambda line: _number(line.total), lambda line: line.total or 0, 80, is_number=True),
    UnitColumn("已完成", lambda line: _number(line.done), lambda line: line.done or 0, 68, is_number=True),
)


class UnitModel(QAbstractTableModel):
    """Lines that a search leaves, in the order of a column; without one in the register's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[UnitLine, ...] = ()
        self._shown: list[UnitLine] = []
        self._words = ""
        self.sorted_by: int | None = None
        self.is_descending = False

    def load(self, lines: Sequence[UnitLine]) -> None:
        """Show other units, searched and sorted as before; units that stay are only told as changed."""
        names = [line.unit.name for line in self._shown]
        self._all = tuple(lines)
        shown = self._arranged()
        if [line.unit.name for line in shown] == names and shown:
            self._shown = shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def search(self, words: str) -> None:
        """Leave the units that hold the words in a name, an alias, their contact or a number."""
        self._words = words.strip().casefold()
        self._again()

    def order_by(self, column: int | None, *, is_descending: bool = False) -> None:
        """Sort by a column, None for the order of the register."""
        self.sorted_by, self.is_descending = column, is_descending
        self._again()

    def line(self, row: int) -> UnitLine | None:
        """The unit of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def position(self, name: str) -> int:
        """The row of a unit, -1 when it is not shown."""
        return next((row for row, line in enumerate(self._shown) if line.unit.name == name), -1)

    @property
    def total(self) -> int:
        """How many there are without the search."""
        return len(self._all)

    def texts(self, row: int) -> list[str]:
        """The cells of a row as they are copied: what is lacking stays empty."""
        line = self._shown[row]
        return [column.text(line) for column in COLUMNS]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(COLUMNS):
            return COLUMNS[section].title
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = COLUMNS[index.column()]
        if role == LINE:
            return line
        if role == _DISPLAY:
            return column.text(line) or (_NONE if column.may_lack else "")
        if role == _TOOLTIP:
            return _tip(line, index.column())
        if role == _ALIGN and column.is_number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _ACCESSIBLE:
            return f"{column.title}：{column.text(line) or _NONE}"
        return None

    def _again(self) -> None:
        self.beginResetModel()
        self._shown = self._arranged()
        self.endResetModel()

    def _arranged(self) -> list[UnitLine]:
        found = [line for line in self._all if not self._words or self._words in _searched(line)]
        if self.sorted_by is not None:
            found.sort(key=COLUMNS[self.sorted_by].order, reverse=self.is_descending)
        return found


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
