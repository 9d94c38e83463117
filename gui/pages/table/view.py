"""The table itself: column widths and row heights, merged cells, the frame of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from gui import theme
from gui.pages.table.arrange import Arranged
from gui.pages.table.columns import LEAST_TEXT_WIDTH, LEAST_WIDTHS, REST, TEXT, TableColumn
from gui.pages.table.delegates import CellDelegate
from gui.pages.table.header import TableHeader
from gui.pages.table.layout import Blocks, Heights
from gui.pages.table.model import TableModel
from gui.pages.table.ring import frame, own_boxes
from gui.widgets.row_table import KEYBOARD_REASONS, RowTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.table.rows import TableRow

_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_PIXELS_A_STEP = 24
"""Of one arrow of the scroll bar; the wheel takes three. Qt's own step is a whole row, too far for tall ones."""


class TableView(RowTable):
    """Shows a TableModel; one row a measure."""

    measure_activated = Signal(int)
    """Enter or double click on a measure; carries its number."""
    filter_requested = Signal(int)
    """The head of a column was pressed, by mouse or Alt+Down; carries the column."""
    copy_requested = Signal()
    chosen_changed = Signal()
    """Selection or current row is another."""
    laid_out = Signal()
    """Column edges moved."""
    widened = Signal()
    """The clerk gave a column another width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks = Blocks()
        self.table_model = TableModel(self)
        self.span_lines: dict[tuple[int, int], int] = {}
        self.own_widths: dict[str, int] = {}
        self._laid_out_for: tuple[object, ...] = ()
        self._build()

    def _build(self) -> None:
        self.setModel(self.table_model)
        self.head = TableHeader(self.table_model, self)
        self.setHorizontalHeader(self.head)
        self.cell_delegate = CellDelegate(self)
        self.setItemDelegate(self.cell_delegate)
        self.setAccessibleName("任务分解表")
        self.verticalScrollBar().setSingleStep(theme.px(_PIXELS_A_STEP))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else width and heights chase each other
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.sectionClicked.connect(self.filter_requested)
        self.head.widened.connect(self._on_widened)
        self.head.sectionHandleDoubleClicked.connect(self._on_edge_double_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_chosen)
        self.selectionModel().selectionChanged.connect(self._on_chosen)

    def is_row(self, line: int) -> bool:
        """Whether a measure stands on a line; a section's band cannot be chosen."""
        return self.table_model.row(line) is not None

    def first_column(self) -> int:
        """The cursor begins in the measure column."""
        return self.table_model.column_of(TEXT)

    # what is shown -------------------------------------------------------------------------------

    def show_lines(self, columns: tuple[TableColumn, ...], arranged: Arranged) -> None:
        """Show other lines; selection and current row stay on their measures."""
        current, chosen = self.current_no(), self.chosen_nos()
        self.table_model.show(columns, arranged)
        self._set_spans(arranged)
        self._laid_out_for = ()
        self.lay_out()
        self.choose(chosen, current)

    def refresh_lines(self, arranged: Arranged) -> None:
        """Take new content; only changed lines are painted and measured again, scroll and selection stay."""
        changed = self.table_model.refresh(arranged)
        if changed is None:
            self.show_lines(self.table_model.columns, arranged)
        elif changed:
            self._set_heights()
            self.viewport().update()

    def lay_out(self) -> None:
        """Column widths for the width there is, and row heights if they changed; the row at the top stays there."""
        if not self.isVisible():
            return  # the width is not known yet; ``showEvent`` comes back here
        columns = self.table_model.columns
        widths = self._widths(columns)
        state = (tuple(widths), theme.base(), len(self.table_model.arranged.lines))
        if not columns or state == self._laid_out_for:
            return
        top = self._top_of_view()
        if self._laid_out_for and self._laid_out_for[1] != theme.base():
            self.blocks.clear()
        self._laid_out_for = state
        self.head.set_widths(widths)
        self._set_heights()
        self._put_to_top(top)
        self.laid_out.emit()

    def edge_after(self, keys: Sequence[str]) -> int | None:
        """Right edge, in this widget's pixels, of the last of the columns that are there."""
        found = [index for index, column in enumerate(self.table_model.columns) if column.key in keys]
        if not found:
            return None
        return self.columnViewportPosition(found[-1]) + self.columnWidth(found[-1])

    # choosing ------------------------------------------------------------------------------------

    def current_no(self) -> int | None:
        """Number of the measure the cursor is on."""
        row = self.table_model.row(self.currentIndex().row())
        return row.no if row else None

    def chosen_nos(self) -> list[int]:
        """Numbers of the chosen measures, from top to bottom."""
        return [row.no for row in self.chosen_rows()]

    def chosen_rows(self) -> list[TableRow]:
        """The chosen measures themselves."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for line in lines if (row := self.table_model.row(line))]

    @Slot()
    def activate_current(self) -> None:
        """Open the measure under the cursor."""
        no = self.current_no()
        if no is not None:
            self.measure_activated.emit(no)

    def choose(self, nos: Sequence[int], current: int | None = None) -> None:
        """Select measures by number and put the cursor on one; those not shown are left out."""
        selection = QItemSelection()
        last = max(self.table_model.columnCount() - 1, 0)
        for no in nos:
            line = self.table_model.line_of(no)
            if line is not None:
                selection.select(self.table_model.index(line, 0), self.table_model.index(line, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        line = self.table_model.line_of(current) if current is not None else None
        if line is not None:
            index = self.table_model.index(line, self.table_model.column_of(TEXT))
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)

    def go_to(self, no: int) -> bool:
        """Put cursor and selection on one measure; False when it is not shown."""
        if self.table_model.line_of(no) is None:
            return False
        self.choose([no], no)
        return True

    def step(self, by: int) -> int | None:
        """Move to the next (1) or previous (-1) measure shown; its number, None at the end."""
        no = self.neighbour(by)
        if no is not None:
            self.choose([no], no)
        return no

    def neighbour(self, by: int) -> int | None:
        """The number of the next (1) or previous (-1) measure shown, None at the end."""
        line = self.next_line(self.currentIndex().row(), by)
        row = self.table_model.row(line)
        return None if row is None or line == self.currentIndex().row() else row.no

    # events ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER_KEYS and event.modifiers() in _PLAIN:
            self._show_keyboard_focus(True)
            self.activate_current()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_requested.emit(max(self.currentIndex().column(), 0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in KEYBOARD_REASONS and not self.selectionModel().hasSelection():
            row = self.table_model.row(max(self.currentIndex().row(), self.next_line(-1, 1)))
            if row is not None:
                self.choose([row.no], row.no)
        super().focusInEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.shows_ring:
            painter = QPainter(self.viewport())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.tokens().accent))
            for box in own_boxes(self, self.currentIndex().row()):
                painter.drawRects(frame(box))
            painter.end()

    # inner ----------------------------------------------------------------------------------------

    def is_merged(self, line: int, column: int) -> bool:
        """Whether a cell is part of one that stands over several lines."""
        return (line, column) in self.span_lines

    def _set_spans(self, arranged: Arranged) -> None:
        self.clearSpans()
        self.span_lines = {}
        for span in arranged.spans:
            self.setSpan(span.line, span.column, span.lines, span.columns)
            if span.lines > 1:
                for line in range(span.line, span.line + span.lines):
                    self.span_lines[line, span.column] = span.lines

    def _widths(self, columns: tuple[TableColumn, ...]) -> list[int]:
        widths = [self.own_widths.get(column.key, theme.px(column.width)) for column in columns]
        rest = [index for index, column in enumerate(columns) if column.width == REST]
        if rest:
            widths[rest[0]] = 0
            widths[rest[0]] = max(self.viewport().width() - sum(widths), theme.px(LEAST_TEXT_WIDTH))
        return self._narrowed(columns, widths)

    def _narrowed(self, columns: tuple[TableColumn, ...], widths: list[int]) -> list[int]:
        """What is too much for the window, taken from the columns that can spare it, each its share.

        A width that the clerk has dragged stays.
        """
        lack = sum(widths) - self.viewport().width()
        spare = [
            max(0, width - theme.px(LEAST_WIDTHS.get(column.key, width))) if column.key not in self.own_widths else 0
            for column, width in zip(columns, widths, strict=True)
        ]
        if not 0 < lack <= sum(spare):
            return widths
        taken = [lack * part // sum(spare) for part in spare]
        taken[max(range(len(spare)), key=spare.__getitem__)] += lack - sum(taken)
        return [width - less for width, less in zip(widths, taken, strict=True)]

    def _set_heights(self) -> None:
        widths = [self.columnWidth(column) for column in range(self.table_model.columnCount())]
        header = self.verticalHeader()
        heights = Heights(self.table_model.columns, widths, self.blocks).of(self.table_model.arranged)
        for line, height in enumerate(heights):
            if header.sectionSize(line) != height:
                header.resizeSection(line, height)

    def _top_of_view(self) -> tuple[int, int]:
        line = self.rowAt(0)
        return line, self.rowViewportPosition(line) if line >= 0 else 0

    def _put_to_top(self, top: tuple[int, int]) -> None:
        line, offset = top
        if 0 <= line < self.table_model.rowCount():
            bar = self.verticalScrollBar()
            self.updateGeometries()
            bar.setValue(bar.value() + self.rowViewportPosition(line) - offset)

    def _show_keyboard_focus(self, shown: bool) -> None:
        super()._show_keyboard_focus(shown)
        self._mark_head()

    def _mark_head(self) -> None:
        """Underline the head that Alt+Down would open."""
        self.head.set_marked(self.currentIndex().column() if self.shows_ring else -1)

    def _on_widened(self, column: int, width: int) -> None:
        self.own_widths[self.table_model.columns[column].key] = width
        self.lay_out()
        self.widened.emit()

    def _on_edge_double_clicked(self, column: int) -> None:
        """Back to the width of the look."""
        if self.own_widths.pop(self.table_model.columns[column].key, None) is not None:
            self.lay_out()
            self.widened.emit()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.table_model.row(index.row())
        if row is not None:
            self.measure_activated.emit(row.no)

    def _on_chosen(self) -> None:
        self._mark_head()
        self.viewport().update()
        self.chosen_changed.emit()
