"""The draft table: rows chosen whole, cells edited in place, its operations by key and menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from gui import theme
from gui.import_sheet.draft_delegate import DraftDelegate
from gui.import_sheet.draft_layout import PAD_X, RULE, height_of, wanted, widths
from gui.import_sheet.draft_model import DraftModel
from gui.import_sheet.lines import COLUMNS, Gap, Line, MeasureLine
from gui.pages.table.layout import Blocks
from gui.widgets.dragged_widths import DraggedWidths
from gui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from gui.import_sheet.cell_editor import CellEditor

_FLAGS = QItemSelectionModel.SelectionFlag
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HEAD = 32
_STEP = 24
_TRIGGERS = QAbstractItemView.EditTrigger
_ACTION = QAbstractItemView.CursorAction


class _Head(QHeaderView):
    """32 high, bold, a line beneath."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(theme.px(_HEAD))
        self.setMinimumSectionSize(theme.px(48))
        self.setAccessibleName("表头")

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.strong_line))
        if logical < len(COLUMNS) - 1:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=True))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(PAD_X, 0, -PAD_X, 0), left, COLUMNS[logical][1])


class DraftView(RowTable):
    """Shows the lines of a draft."""

    copies_rows = True

    chosen_changed = Signal()
    """Other rows are chosen, by the clerk."""
    gap_activated = Signal(str)
    """Enter or double click on a gap; carries the key of its problem."""
    split_asked = Signal(int, int)
    """Cut a measure: its number, and the character of the cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks = Blocks()
        self.draft_model = DraftModel(self)
        self._laid_out_for: tuple[object, ...] = ()
        self._is_showing = False
        self._build()

    def _build(self) -> None:
        self.setModel(self.draft_model)
        self.cell_delegate = DraftDelegate(self)
        self.setItemDelegate(self.cell_delegate)
        self.setHorizontalHeader(_Head(self))
        self._widths = DraggedWidths(self, lambda: "读到的内容", lambda: wanted(self.viewport().width()))
        self._widths.changed.connect(self.lay_out)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(theme.px(_STEP))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(_TRIGGERS.DoubleClicked | _TRIGGERS.EditKeyPressed | _TRIGGERS.AnyKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("读到的内容")
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_chosen)

    # -- what is shown -------------------------------------------------------------------------------

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show a draft; the chosen measures stay chosen where they are still there."""
        chosen, current = self.chosen_nos(), self.currentIndex().column()
        top = self.verticalScrollBar().value()
        self._is_showing = True
        changed = self.draft_model.show(lines)
        if changed is None:
            self._set_spans()
            self._laid_out_for = ()
            self.lay_out()
            self.verticalScrollBar().setValue(top)
            self.choose(chosen, column=max(current, 0), is_scrolling=False)
        else:
            self._set_heights(changed)
        self._is_showing = False
        self.viewport().update()

    def lay_out(self) -> None:
        """Widths and heights for the room there is, when it is another."""
        if not self.isVisible():
            return
        columns = self._widths.fitted() if self._widths.is_dragged() else widths(self.viewport().width())
        state = (tuple(columns), theme.base(), len(self.draft_model.lines))
        if state == self._laid_out_for:
            return
        self._laid_out_for = state
        self._widths.apply(columns)
        self._set_heights(range(len(self.draft_model.lines)))

    # -- choosing ---------------------------------------------------------------------------------------

    def chosen_nos(self) -> list[int]:
        """Numbers of the chosen measures, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [line.no for row in rows if (line := self.draft_model.measure(row)) is not None]

    def choose(self, nos: Sequence[int], *, column: int = 0, is_scrolling: bool = True) -> None:
        """Choose measures without telling it as the clerk's wish; the first comes into view."""
        self.cell_delegate.finish()
        rows = [row for no in nos if (row := self.draft_model.row_of(no)) is not None]
        self._choose_rows(rows, column, is_scrolling=is_scrolling)

    def choose_gap(self, issue: str, nos: Sequence[int]) -> None:
        """Choose the measures around a gap and bring the gap into view."""
        self.choose(nos)
        row = self.draft_model.row_of_gap(issue)
        if row is not None:
            self.scrollTo(self.draft_model.index(row, 0))

    def edit_cell(self, no: int, column: str) -> None:
        """Open a cell for editing."""
        self.cell_delegate.finish()
        row = self.draft_model.row_of(no)
        if row is None:
            return
        at = [key for key, _ in COLUMNS].index(column)
        self.choose([no], column=at)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit(self.draft_model.index(row, at))

    @property
    def editor(self) -> CellEditor | None:
        """The open field."""
        return self.cell_delegate.editor

    def _choose_rows(self, rows: list[int], column: int, *, is_scrolling: bool) -> None:
        was, self._is_showing = self._is_showing, True
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        for row in rows:
            selection.select(self.draft_model.index(row, 0), self.draft_model.index(row, last))
        self.selectionModel().select(selection, _FLAGS.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(self.draft_model.index(rows[0], column), _FLAGS.NoUpdate)
            if is_scrolling:
                self.scrollTo(self.draft_model.index(rows[-1], column))
                self.scrollTo(self.draft_model.index(rows[0], column))
        self._is_showing = was
        self.viewport().update()

    # -- events ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Tab in an open field goes on cell by cell, over the headings."""
        by = {_ACTION.MoveNext: 1, _ACTION.MovePrevious: -1}.get(action)
        if by is None or self.draft_model.measure(self.currentIndex().row()) is None:
            return super().moveCursor(action, modifiers)
        row, column = self.currentIndex().row(), self.currentIndex().column() + by
        if not 0 <= column < len(COLUMNS):
            column = 0 if by > 0 else len(COLUMNS) - 1
            row += by
            while 0 <= row < self.draft_model.rowCount() and self.draft_model.measure(row) is None:
                row += by
        return self.draft_model.index(row, column)

    def edit(self, index: QModelIndex, *rest: object) -> object:  # type: ignore[override]
        """A heading is edited in its first cell; the editor is told where a cut is wished for."""
        if index.isValid() and not isinstance(self.draft_model.line(index.row()), MeasureLine) and index.column():
            index = self.draft_model.index(index.row(), 0)
        answer = super().edit(index, *rest)
        if self.editor is not None:
            self.editor.split_asked.connect(self._on_split_asked, Qt.ConnectionType.UniqueConnection)
        return answer

    def visualRect(self, index: QModelIndex) -> QRect:  # type: ignore[override]
        rect = super().visualRect(index)
        if index.isValid() and not isinstance(self.draft_model.line(index.row()), MeasureLine):
            rect.setLeft(0)
            rect.setWidth(sum(self.columnWidth(column) for column in range(len(COLUMNS))))
        return rect

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.shows_ring and self.editor is None:
            painter = QPainter(self.viewport())
            rect = self.visualRect(self.currentIndex()).adjusted(0, 0, 0, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.tokens().accent))
            for edge in (
                QRect(rect.left(), rect.top(), rect.width(), 2),
                QRect(rect.left(), rect.bottom() - 1, rect.width(), 2),
                QRect(rect.left(), rect.top(), 2, rect.height()),
                QRect(rect.right() - 1, rect.top(), 2, rect.height()),
            ):
                painter.drawRect(edge)
            painter.end()

    # -- inner -----------------------------------------------------------------------------------------

    def _activate(self, index: QModelIndex) -> None:
        line = self.draft_model.line(index.row())
        if isinstance(line, Gap):
            self.gap_activated.emit(line.issue)
        elif line is not None:
            self.edit(index)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = self.draft_model.line(index.row())
        if isinstance(line, Gap):
            self.gap_activated.emit(line.issue)

    @Slot()
    def _on_chosen(self) -> None:
        self.viewport().update()
        if not self._is_showing:
            self.chosen_changed.emit()

    @Slot(int)
    def _on_split_asked(self, at: int) -> None:
        line = self.draft_model.measure(self.currentIndex().row())
        editor = self.editor
        if editor is None:
            return
        self.cell_delegate.close_editor(editor, DraftDelegate.EndEditHint.RevertModelCache)
        if line is not None and self.currentIndex().column() == 0:
            self.split_asked.emit(line.no, at)

    def _set_spans(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self.draft_model.lines):
            if not isinstance(line, MeasureLine):
                self.setSpan(row, 0, 1, len(COLUMNS))

    def _set_heights(self, rows: Sequence[int]) -> None:
        columns = [self.columnWidth(column) for column in range(len(COLUMNS))]
        header = self.verticalHeader()
        for row in rows:
            height = height_of(self.draft_model.lines[row], columns, self.blocks)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
