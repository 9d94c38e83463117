"""The model of the draft table: lines prepared beforehand, `data()` only looks them up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.import_sheet.lines import COLUMNS, Gap, Heading, Line, MeasureLine

_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_HORIZONTAL = Qt.Orientation.Horizontal
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class DraftModel(QAbstractTableModel):
    """Three columns; a heading or a gap stands in the first and runs over all."""

    typed = Signal(int, str)
    """A cell was edited: row and the new words; the column is ``typed_column``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.typed_column = 0

    def show(self, lines: tuple[Line, ...]) -> list[int] | None:
        """Take other lines; the rows that changed when the lines are the same ones, else None after a reset."""
        before = self.lines
        if [_identity(line) for line in before] != [_identity(line) for line in lines]:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return None
        self.lines = lines
        changed = [row for row, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        return changed

    def line(self, row: int) -> Line | None:
        """The line of a row; None outside."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def measure(self, row: int) -> MeasureLine | None:
        """The measure of a row; None for any other line."""
        line = self.line(row)
        return line if isinstance(line, MeasureLine) else None

    def row_of(self, no: int) -> int | None:
        """The row of a measure."""
        for row, line in enumerate(self.lines):
            if isinstance(line, MeasureLine) and line.no == no:
                return row
        return None

    def row_of_gap(self, issue: str) -> int | None:
        """The row of a gap."""
        return next((row for row, line in enumerate(self.lines) if isinstance(line, Gap) and line.issue == issue), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS if isinstance(self.lines[index.row()], Gap) else _EDITABLE

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if not isinstance(line, MeasureLine):
            return line.text if role in {_DISPLAY, _EDIT, _ACCESSIBLE} and column == 0 else None
        if role in {_DISPLAY, _EDIT}:
            return line.texts[column]
        if role == _ACCESSIBLE:
            note = f"，{line.notes[column]}" if line.notes[column] else ""
            return f"{COLUMNS[column][1]}：{line.texts[column] or '空'}{note}"
        if role == _TOOLTIP:
            return _tip(line, column)
        return None

    def setData(self, index: Index, value: object, role: int = _EDIT) -> bool:
        """Hand typed words on: whoever keeps the draft shows new lines afterwards."""
        if role != _EDIT or not index.isValid():
            return False
        self.typed_column = index.column()
        self.typed.emit(index.row(), str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == _HORIZONTAL and role == _DISPLAY and 0 <= section < len(COLUMNS):
            return COLUMNS[section][1]
        return None


def _identity(line: Line) -> object:
    if isinstance(line, Heading):
        return (line.is_task, line.no)
    return line.issue if isinstance(line, Gap) else line.no


def _tip(line: MeasureLine, column: int) -> str | None:
    if COLUMNS[column][0] in line.marked:
        return "请核对：读取时拿不准。改正后，或在问题中点“无误”，就不再提示"
    return None
