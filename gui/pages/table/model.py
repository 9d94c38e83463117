"""The table's model: lines prepared beforehand, `data()` only looks them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.pages.table.arrange import Arranged, Band
from gui.pages.table.columns import DONE, DUE, EVIDENCE, TEXT

if TYPE_CHECKING:
    from gui.pages.table.columns import TableColumn
    from gui.pages.table.rows import TableRow

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_HORIZONTAL = Qt.Orientation.Horizontal
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_TOP_RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_RIGHT_KEYS = frozenset({DONE, EVIDENCE})

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TableModel(QAbstractTableModel):
    """Lines of the table as `arrange` made them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[TableColumn, ...] = ()
        self.arranged = Arranged(())

    def show(self, columns: tuple[TableColumn, ...], arranged: Arranged) -> None:
        """Show other lines: a reset, so the view keeps its selection by measure number."""
        self.beginResetModel()
        self.columns = columns
        self.arranged = arranged
        self.endResetModel()

    def refresh(self, arranged: Arranged) -> list[int] | None:
        """Take new content of the same lines; the numbers of those that changed, None if the lines are others."""
        before = self.arranged
        if _shape(before) != _shape(arranged):
            return None
        self.arranged = arranged
        changed = [
            index for index, (old, new) in enumerate(zip(before.lines, arranged.lines, strict=True)) if old != new
        ]
        last = len(self.columns) - 1
        for line in changed:
            self.dataChanged.emit(self.index(line, 0), self.index(line, last))
        return changed

    def row(self, line: int) -> TableRow | None:
        """The measure on a line; None for a section's band and outside."""
        if 0 <= line < len(self.arranged.lines):
            found = self.arranged.lines[line]
            return None if isinstance(found, Band) else found
        return None

    @property
    def measures(self) -> int:
        """How many measures are shown."""
        return sum(not isinstance(line, Band) for line in self.arranged.lines)

    def line_of(self, no: int) -> int | None:
        """The line a measure stands on, None when it is not shown."""
        for line, found in enumerate(self.arranged.lines):
            if not isinstance(found, Band) and found.no == no:
                return line
        return None

    def column_of(self, key: str) -> int:
        """The place of a column; the measure column's for an unknown key, 0 while there are none."""
        places = {column.key: index for index, column in enumerate(self.columns)}
        return places.get(key, places.get(TEXT, 0))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.arranged.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.arranged.lines[index.row()], Band):
            return _NO_FLAGS
        return _FLAGS

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        line = self.arranged.lines[index.row()]
        if isinstance(line, Band):
            return line.text if role in {_DISPLAY, _ACCESSIBLE} and index.column() == 0 else None
        if role == _DISPLAY:
            return line.texts[index.column()]
        if role == _ACCESSIBLE:
            column = self.columns[index.column()]
            notes = f"，{' '.join(line.due_notes)}" if column.key == DUE and line.due_notes else ""
            return f"{column.title}：{line.texts[index.column()] or '无'}{notes}"
        if role == _TOOLTIP:
            return _tip(line, self.columns[index.column()].key)
        if role == _ALIGNMENT:
            return _TOP_RIGHT if self.columns[index.column()].key in _RIGHT_KEYS else _TOP_LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation != _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _TOOLTIP:
            tip = self.columns[section].tip
            return f"{tip}\n单击筛选和排序（Alt+↓）" if tip else "单击筛选和排序（Alt+↓）"
        return None


def _tip(row: TableRow, key: str) -> str | None:
    if key == TEXT and row.source.to_verify:
        return f"待核对：{row.source.note or '请与印发件核对'}"
    if key == DONE:
        late = f"（逾期完成 {row.source.done_late} 个）" if row.source.done_late else ""
        return f"{row.source.total} 个责任事项，已完成 {row.source.done} 个{late}"
    return _due_tip(row) if key == DUE else None


def _due_tip(row: TableRow) -> str | None:
    was = row.source.adjusted_from
    lines = [f"原 {was.isoformat()} 已调整，依据在措施的“调整”里"] if was is not None else []
    if row.dues > 1:
        lines.append(f"这项措施有 {row.dues} 个时限，按 Enter 查看")
    return "\n".join(lines) or None


def _shape(arranged: Arranged) -> tuple[object, ...]:
    lines = tuple(line.text if isinstance(line, Band) else line.no for line in arranged.lines)
    return (lines, arranged.spans)
