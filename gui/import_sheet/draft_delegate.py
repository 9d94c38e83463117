"""Paints the draft table, and edits its cells in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.import_sheet.cell_editor import CellEditor
from gui.import_sheet.draft_layout import INDENT, PAD_X, PAD_Y, RULE, cell_blocks, heading_block
from gui.import_sheet.lines import COLUMNS, Gap, Heading, MeasureLine
from gui.pages.table.delegates import rect_of, state_of
from gui.pages.table.layout import Block

if TYPE_CHECKING:
    from gui.import_sheet.draft_view import DraftView

_SELECTED = QStyle.StateFlag.State_Selected
_BAR = 3
_ICON = 16
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex
Reader = Callable[[int, str, str], str]
"""(number, column, words) → what is understood of them."""


class DraftDelegate(QStyledItemDelegate):
    """One delegate for all lines."""

    def __init__(self, view: DraftView) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.draft_model
        self.editor: CellEditor | None = None
        self.read: Reader = lambda _no, _column, _words: ""

    # -- painting ------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index.row())
        rect = rect_of(option)
        is_chosen = bool(state_of(option) & _SELECTED)
        self._ground(painter, rect, index, is_chosen=is_chosen)
        if isinstance(line, Heading):
            self._heading(painter, rect, line)
        elif isinstance(line, Gap):
            self._gap(painter, rect, line)
        elif line is not None:
            self._cell(painter, rect, line, index.column())

    def _ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool) -> None:
        tokens = theme.tokens()
        line = self._model.line(index.row())
        fill = tokens.surface
        if isinstance(line, Heading) and not line.is_task:
            fill = tokens.table_head
        if index.row() == self._view.hover_line:
            fill = tokens.hover
        if is_chosen:
            fill = tokens.surface if tokens.is_high_contrast else tokens.chosen
        painter.fillRect(rect, theme.colour(fill))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.line))
        if isinstance(line, MeasureLine) and index.column() < len(COLUMNS) - 1:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
        if is_chosen and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), theme.colour(tokens.accent))
        if is_chosen and tokens.is_high_contrast:
            for top in (rect.top(), rect.bottom() - 1):
                painter.fillRect(rect.left(), top, rect.width(), 2, theme.colour(tokens.accent))

    def _heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        block = heading_block(line, rect.width(), self._view.blocks)
        painter.setPen(theme.colour(theme.tokens().text))
        left = rect.left() + PAD_X + (INDENT if line.is_task else 0)
        block.draw(painter, left, rect.top() + (rect.height() - block.height) // 2)

    def _gap(self, painter: QPainter, rect: QRect, line: Gap) -> None:
        ink = theme.tokens().due_soon
        side = theme.px(_ICON)
        top = rect.top() + (rect.height() - side) // 2
        icons.paint(painter, QRect(rect.left() + PAD_X, top, side, side), "warning-fill", ink.text)
        painter.setPen(theme.colour(ink.text))
        painter.setFont(theme.font())
        painter.drawText(rect.adjusted(PAD_X + side + 4, 0, -PAD_X, 0), _LEFT, line.text)

    def _cell(self, painter: QPainter, rect: QRect, line: MeasureLine, column: int) -> None:
        tokens = theme.tokens()
        text, note = cell_blocks(line, column, rect.width(), self._view.blocks)
        note_text = line.notes[column]
        left, top = rect.left() + PAD_X, rect.top() + PAD_Y
        if COLUMNS[column][0] in line.marked and line.texts[column]:
            mark_words(painter, text, left, top)
        painter.setPen(theme.colour(tokens.text))
        text.draw(painter, left, top)
        if note is not None:
            if column == 0 and line.texts[0]:
                top += text.height
            elif column:
                top += text.height if line.texts[column] else 0
            is_lack = column == 0 or note_text.startswith("没有")
            ink = tokens.due_soon.text if is_lack else tokens.second_text
            painter.setPen(theme.colour(ink))
            note.draw(painter, left, top)

    # -- editing ---------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = self._model.line(index.row())
        column = COLUMNS[index.column()][0]
        title = COLUMNS[index.column()][1] if isinstance(line, MeasureLine) else "标题"
        reader = None
        if isinstance(line, MeasureLine) and index.column():
            no = line.no
            reader = lambda words: self.read(no, column, words)  # noqa: E731 - bound to this cell
        editor = CellEditor(title, reader, parent)
        editor.finished.connect(self._on_finished)
        editor.cancelled.connect(self._on_cancelled)
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.is_filled:
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEditor) and editor.is_changed:
            model.setData(index, editor.words, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.place(rect_of(option).adjusted(0, 0, 0, -RULE))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """The editor speaks for itself; Qt's own rules would end it when a menu opens over it."""
        return QObject.eventFilter(self, editor, event)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.end()
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def finish(self) -> None:
        """Keep what was typed into an open field, and close it."""
        if self.editor is not None:
            self._on_finished(self.editor, QStyledItemDelegate.EndEditHint.NoHint)

    def close_editor(self, editor: CellEditor, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Take a field away without its words."""
        editor.end()
        self.closeEditor.emit(editor, hint)

    @Slot(object, object)
    def _on_finished(self, editor: CellEditor, hint: QStyledItemDelegate.EndEditHint) -> None:
        self.commitData.emit(editor)
        self.close_editor(editor, hint)

    @Slot(object)
    def _on_cancelled(self, editor: CellEditor) -> None:
        self.close_editor(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)


def mark_words(painter: QPainter, block: Block, left: int, top: int) -> None:
    """Doubtful words: amber under each line."""
    ink = theme.tokens().due_soon
    for number in range(block.layout.lineCount()):
        line = block.layout.lineAt(number)
        width = round(line.naturalTextWidth()) + 2
        upper, height = top + round(line.y()), round(line.height())
        painter.fillRect(left - 1, upper, width, height, theme.colour(ink.ground))
        painter.fillRect(left - 1, upper + height - 1, width, 1, theme.colour(ink.text))
