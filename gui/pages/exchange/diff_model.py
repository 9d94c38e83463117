"""The table 核对: 措施 项目 原来 收到 接受."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.office.collected import DiffKey
from gui.pages.exchange.diff_lines import BLANK, DiffLine, together, words_of

MEASURE, FIELD, HAVE, GOT, TAKE = range(5)
TITLES = ("措施", "项目", "原来", "收到", "接受")
LINE = Qt.ItemDataRole.UserRole
_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class DiffModel(QAbstractTableModel):
    """Lines and which of them are ticked."""

    choice_changed = Signal()
    """Other fields are ticked, by the clerk."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[DiffLine, ...] = ()
        self._chosen: frozenset[DiffKey] = frozenset()
        self.is_fixed = False
        """Nothing may be ticked: the ledger is read only."""

    def show(self, lines: Sequence[DiffLine], chosen: Iterable[DiffKey], *, is_fixed: bool = False) -> None:
        """Show another return."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self._chosen = frozenset(chosen)
        self.is_fixed = is_fixed
        self.endResetModel()

    def chosen(self) -> frozenset[DiffKey]:
        """The fields to be accepted."""
        return self._chosen

    def line(self, row: int) -> DiffLine | None:
        """The line of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def is_chosen(self, row: int) -> bool:
        """Whether a line is ticked."""
        return self.lines[row].key in self._chosen

    def toggle(self, row: int) -> None:
        """Tick a line or not, with what goes along with it."""
        line = self.line(row)
        if line is not None and not self.is_fixed:
            keys = together(self.lines, line.key)
            self._choose(self._chosen - keys if line.key in self._chosen else self._chosen | keys)

    def choose_all(self, keys: Iterable[DiffKey] | None = None) -> None:
        """Tick all lines, or just these."""
        if not self.is_fixed:
            self._choose(frozenset(line.key for line in self.lines) if keys is None else frozenset(keys))

    def tick(self) -> Qt.CheckState:
        """All, some or none."""
        ticked = sum(line.key in self._chosen for line in self.lines)
        if not ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if ticked == len(self.lines) else Qt.CheckState.PartiallyChecked

    def _choose(self, keys: frozenset[DiffKey]) -> None:
        if keys == self._chosen:
            return
        self._chosen = keys
        if self.lines:
            self.dataChanged.emit(self.index(0, TAKE), self.index(len(self.lines) - 1, TAKE), [_CHECK])
        self.choice_changed.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(TITLES):
            return TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and index.column() == TAKE and not self.is_fixed:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        if role != _CHECK or not index.isValid() or index.column() != TAKE or self.is_fixed:
            return False
        if (Qt.CheckState(value) == Qt.CheckState.Checked) != self.is_chosen(index.row()):
            self.toggle(index.row())
        return True

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = index.column()
        if role == LINE:
            return line
        if role == _CHECK and column == TAKE:
            return (Qt.CheckState.Checked if self.is_chosen(index.row()) else Qt.CheckState.Unchecked).value
        if role == _SPOKEN:
            return words_of(line) if column != TAKE else f"{words_of(line)}，接受"
        if role == _DISPLAY:
            return _texts(line)[column]
        if role == _TIP:
            return line.title if column == MEASURE else line.note or None if column == TAKE else None
        return None


def _texts(line: DiffLine) -> tuple[str, ...]:
    return line.title, line.diff.title, line.diff.have or BLANK, line.diff.got or BLANK, ""
