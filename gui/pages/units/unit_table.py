"""The table of units: head with the order, rows of 36, chosen as rows."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.pages.units.unit_model import COLUMNS, LINE, UnitModel
from gui.widgets.clipboard import copy_rows
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.row_table import RowTable

ROW = 36
_PAD = 12
_ARROW = 12
_MIN_NAME = 132
_GIVE_WAY = (1, 3, 2)
_ROOMY_NAME, _MORE = 220, 100
"""From which width of the name on 简称 gets more than its share, and how much."""
_ELIDE = Qt.TextElideMode.ElideRight
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class UnitHeader(QHeaderView):
    """36 high; a click sorts by the column: up, down, as in the register."""

    def __init__(self, model: UnitModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._hover = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.px(40))
        self.setMouseTracking(True)
        self.setAccessibleName("表头，单击排序")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(ROW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)
        super().leaveEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid() or logicalIndex >= len(COLUMNS):
            return
        tokens = theme.tokens()
        column = COLUMNS[logicalIndex]
        is_last = logicalIndex == len(COLUMNS) - 1
        painter.save()
        is_hot = logicalIndex == self._hover
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.table_head))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour(tokens.text))
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(words, _VCENTER_RIGHT if column.is_number else _VCENTER_LEFT, column.title)
        if self._model.sorted_by == logicalIndex:
            self._paint_arrow(painter, words, is_number=column.is_number, title=column.title)
        if not is_last:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.colour(tokens.line))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.strong_line))
        painter.restore()

    def _paint_arrow(self, painter: QPainter, words: QRect, *, is_number: bool, title: str) -> None:
        side = theme.px(_ARROW)
        width = painter.fontMetrics().horizontalAdvance(title)
        left = words.right() - width - side - 3 if is_number else words.left() + width + 4
        place = QRect(left, (self.height() - side) // 2, side, side)
        icons.paint(painter, place, "arrow-down" if self._model.is_descending else "arrow-up", theme.tokens().accent)

    def _set_hover(self, column: int) -> None:
        if column != self._hover:
            self._hover = column
            self.viewport().update()


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
            paint_ring(painter, QRect(0, rect.top(), rect.right() + 1, rect.height()))
        painter.restore()


class UnitTable(RowTable):
    """Columns take the width there is, the name the rest; never a horizontal scroll bar."""

    current_changed = Signal(object)
    """Another UnitLine is current, None when there is none."""
    selection_changed = Signal()
    removal_asked = Signal()
    """Entf: take the selected ones out of the collective."""

    def __init__(self, model: UnitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.units = model
        self._is_loading = False
        self._scroller = QTimer(self)
        self._scroller.setSingleShot(True)
        self._scroller.setInterval(0)
        self._scroller.timeout.connect(self._show_current)
        self.setModel(model)
        self.setHorizontalHeader(UnitHeader(model, self))
        self.setItemDelegate(UnitDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.verticalHeader().setMinimumSectionSize(theme.px(ROW))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("单位")
        self.horizontalHeader().sectionClicked.connect(self._on_head)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    # --- what is chosen --------------------------------------------------------------------------

    def current_name(self) -> str:
        """The unit the cursor is on, empty for none."""
        line = self.units.line(self.currentIndex().row())
        return line.unit.name if line is not None else ""

    def selected_names(self) -> list[str]:
        """All units that are selected, in the order shown."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (self.units.line(row) for row in rows)
        return [line.unit.name for line in found if line is not None]

    def keeping(self, change: object, *args: object, wanted: str = "") -> None:
        """Change what the model shows and choose again what was chosen, or ``wanted``; else the first row."""
        current, selected = wanted or self.current_name(), [] if wanted else self.selected_names()
        self._is_loading = True
        change(*args)  # type: ignore[operator]
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
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected rows onto the clipboard, as WPS and Excel paste them; several bring the heads along."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        copy_rows([column.title for column in COLUMNS], [self.units.texts(row) for row in rows])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width: the columns of the look, wider where a head needs it, the name what is left.

        Where that is too little, what the form shows as well is left out: first 简称, then 电话, then 联络员.
        """
        metrics = QFontMetrics(theme.font(bold=True))
        fixed = [
            max(theme.px(c.width), metrics.horizontalAdvance(c.title) + 2 * _PAD + (8 if c.is_number else 4))
            if c.width
            else 0
            for c in COLUMNS
        ]
        hidden: set[int] = set()
        for column in _GIVE_WAY:
            if self._room(fixed, hidden) < theme.px(_MIN_NAME):
                hidden.add(column)
        short = _GIVE_WAY[0]
        if short not in hidden:  # a short name is a name too: on a wide screen it is shown whole
            fixed[short] += min(max(self._room(fixed, hidden) - theme.px(_ROOMY_NAME), 0), theme.px(_MORE))
        for column, width in enumerate(fixed):
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, width or max(self._room(fixed, hidden), theme.px(_MIN_NAME) // 2))

    def _room(self, fixed: list[int], hidden: set[int]) -> int:
        return self.viewport().width() - sum(w for column, w in enumerate(fixed) if column not in hidden)

    @Slot(int)
    def _on_head(self, column: int) -> None:
        """Up, down, and back to the register's order; numbers begin with the largest."""
        model = self.units
        first_down = COLUMNS[column].is_number
        if model.sorted_by != column:
            wanted: tuple[int | None, bool] = (column, first_down)
        elif model.is_descending == first_down:
            wanted = (column, not first_down)
        else:
            wanted = (None, False)
        self.sort_by(*wanted)

    def sort_by(self, column: int | None, is_descending: bool = False) -> None:
        """Sort, keeping what is chosen."""
        self.keeping(lambda: self.units.order_by(column, is_descending=is_descending))
        self.horizontalHeader().viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_loading:
            self.current_changed.emit(self.units.line(current.row()))

    @Slot()
    def _on_selection(self) -> None:
        if not self._is_loading:
            self.selection_changed.emit()
