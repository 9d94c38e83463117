"""The table of units: rows of 36, chosen as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.units.unit_model import COLUMNS, LINE, UnitModel
from gui.widgets.column_table import ColumnTable
from gui.widgets.column_widths import Width
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of

ROW = 36
_PAD = 12
_MIN_NAME = 132
_SHORT = 1
_GIVE_WAY = {_SHORT: 3, 3: 2, 2: 1}
_ROOMY_NAME, _MORE = 220, 100
"""From which width of the name on 简称 gets more than its share, and how much."""
_ELIDE = Qt.TextElideMode.ElideRight
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class UnitDelegate(QStyledItemDelegate):
    """One cell; what is lacking in second text, numbers at the right."""

    def __init__(self, view: UnitTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect = rect_of(option)
        column = COLUMNS[index.column()]
        line = index.data(LINE)
        painter.save()
        paint_row(
            painter,
            rect,
            is_chosen=bool(state_of(option) & SELECTED),
            is_hot=index.row() == self._view.hover_line,
            has_bar=index.column() == 0,
        )
        if index.column() < len(COLUMNS) - 1:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(tokens.line))
        is_lacking = column.may_lack and not column.text(line)
        painter.setPen(theme.colour(tokens.second_text if is_lacking else tokens.text))
        painter.setFont(theme.font())
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), _ELIDE, words.width())
        painter.drawText(words, _VCENTER_RIGHT if column.is_number else _VCENTER_LEFT, text)
        if (
            index.column() == len(COLUMNS) - 1
            and self._view.shows_ring
            and index.row() == self._view.currentIndex().row()
        ):
            paint_ring(painter, self._view.row_rect(index.row()))
        painter.restore()


class UnitTable(ColumnTable):
    """Columns take the width there is, the name the rest; never a horizontal scroll bar."""

    current_changed = Signal(object)
    """Another UnitLine is current, None when there is none."""
    selection_changed = Signal()
    removal_asked = Signal()
    """Entf: take the selected ones out of the collective."""
    paste_asked = Signal()
    """Ctrl+V: take in rows from the clipboard."""

    def __init__(self, model: UnitModel, parent: QWidget | None = None) -> None:
        self.units = model
        self._is_loading = False
        super().__init__(model, "单位", parent)
        self._scroller = QTimer(self)
        self._scroller.setSingleShot(True)
        self._scroller.setInterval(0)
        self._scroller.timeout.connect(self._show_current)
        self.setItemDelegate(UnitDelegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("单位")
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    # --- what is chosen --------------------------------------------------------------------------

    def current_name(self) -> str:
        """The unit the cursor is on, empty for none."""
        line = self.units.line(self.currentIndex().row())
        return line.unit.name if line is not None else ""

    def selected_names(self) -> list[str]:
        """All units that are selected, in the order shown."""
        found = (self.units.line(row) for row in self.chosen_lines())
        return [line.unit.name for line in found if line is not None]

    def keeping(self, change: Callable[..., object], *args: object, wanted: str = "") -> None:
        """Change what the model shows and choose again what was chosen, or ``wanted``; else the first row."""
        current, selected = wanted or self.current_name(), [] if wanted else self.selected_names()
        self._is_loading = True
        change(*args)
        self._choose(current, selected)
        self._is_loading = False
        self.current_changed.emit(self.units.line(self.currentIndex().row()))
        self.selection_changed.emit()

    def choose(self, name: str) -> bool:
        """Put the cursor on a unit; False when it is not shown."""
        row = self.units.position(name)
        if row < 0:
            return False
        self.selectRow(row)
        self.scrollTo(self.units.index(row, 0))
        return True

    def _choose(self, current: str, selected: list[str]) -> None:
        row = self.units.position(current) if current else -1
        if row < 0:
            row, selected = 0, []
        flag = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        if not self.units.rowCount():
            model.clear()
            return
        model.setCurrentIndex(self.units.index(row, 0), flag.ClearAndSelect | flag.Rows)
        for name in selected:
            found = self.units.position(name)
            if found >= 0:
                here = self.units.index(found, 0)
                model.select(QItemSelection(here, here), flag.Select | flag.Rows)
        self._scroller.start()  # once the rows have their places

    @Slot()
    def _show_current(self) -> None:
        self.scrollTo(self.currentIndex())

    # --- keys, sizes -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
            return
        super().keyPressEvent(event)

    def copied_cells(self, line: int) -> list[str]:
        """What is lacking stays empty."""
        return self.units.texts(line)

    def wanted(self) -> Sequence[Width]:
        """The columns of the look, wider where a head needs it, the name what is left.

        Where that is too little, what the form shows as well is left out: first 简称, then 电话, then 联络员.
        """
        fixed = [max(theme.px(c.width), self.head.room_of(c.title)) if c.width else 0 for c in COLUMNS]
        # a short name is a name too: on a wide screen it is shown whole
        left = self.viewport().width() - sum(fixed) - theme.px(_ROOMY_NAME)
        fixed[_SHORT] += min(max(left, 0), theme.px(_MORE))
        return [
            Width(width, gives_way=_GIVE_WAY.get(at, 0)) if width else Width(theme.px(_MIN_NAME), share=1)
            for at, width in enumerate(fixed)
        ]

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_loading:
            self.current_changed.emit(self.units.line(current.row()))

    @Slot()
    def _on_selection(self) -> None:
        if not self._is_loading:
            self.selection_changed.emit()
