"""The field in a cell of the draft: the words, and beneath them at once what is understood of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QStyledItemDelegate, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets import labels
from gui.widgets.paint import box

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OWN = _ENTER | {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_KEEPS = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
_HINT = QStyledItemDelegate.EndEditHint
_PAD = 6
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class _Words(QPlainTextEdit):
    """The text; Enter ends, Shift+Enter breaks the line. While a word is being composed no key comes here."""

    ended = Signal(object)
    left = Signal()
    split_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("border: none; padding: 0; background: transparent;")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(False)
        self.document().setDocumentMargin(0)

    def event(self, event: QEvent) -> bool:
        """While a cell is edited its keys are its own, also those that the sheet knows as shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in _ENTER and modifiers & _CONTROL and modifiers & _SHIFT:
            self.split_asked.emit()
        elif key in _ENTER and not modifiers & _SHIFT:
            self.ended.emit(_HINT.NoHint)
        elif key == Qt.Key.Key_Tab:
            self.ended.emit(_HINT.EditNextItem)
        elif key == Qt.Key.Key_Backtab:
            self.ended.emit(_HINT.EditPreviousItem)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS:
            self.ended.emit(_HINT.NoHint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        action = menu.addAction(icons.icon("scissors"), "从光标处拆成两项\tCtrl+Shift+Enter")
        action.triggered.connect(self._on_split)
        menu.popup(event.globalPos())

    @Slot()
    def _on_split(self) -> None:
        self.split_asked.emit()


class CellEditor(QWidget):
    """Lies over its cell and grows downwards with its words."""

    finished = Signal(object, object)
    """The words stand; carries this field and where to go next."""
    cancelled = Signal(object)
    """The words are dropped; carries this field."""
    split_asked = Signal(int)
    """Cut the measure before this character."""

    def __init__(self, title: str, reader: Callable[[str], str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._before = ""
        self._is_over = False
        self.is_filled = False
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, _PAD, 12, _PAD)
        layout.setSpacing(0)
        self.field = _Words(self)
        self.field.setAccessibleName(title)
        layout.addWidget(self.field, 1)
        self.note = labels.label("", "note", self)
        self.note.setWordWrap(True)
        self.note.setVisible(reader is not None)
        layout.addWidget(self.note)
        self.setFocusProxy(self.field)
        self.field.ended.connect(self._on_ended)
        self.field.left.connect(self._on_left)
        self.field.split_asked.connect(self._on_split_asked)
        self.field.textChanged.connect(self._on_typed)

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText().replace("\n", "").strip()

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        return self.words != self._before.strip()

    def end(self) -> None:
        """The field is being closed: losing the focus says nothing any more."""
        self._is_over = True

    def fill(self, words: str) -> None:
        """Begin with these words, the cursor at their end."""
        self._before = words
        self.is_filled = True
        self.field.setPlainText(words)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def tell(self, words: str) -> None:
        """Say something beneath the words."""
        self.note.setText(words)
        self.note.show()
        self._grow()

    def place(self, rect: QRect) -> None:
        """Lie over a cell, as high as the words need."""
        self.setGeometry(rect.adjusted(-1, -1, 1, 1))
        self._grow()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.surface, border=tokens.accent, width=2, radius=2)
        painter.end()

    @Slot(object)
    def _on_ended(self, hint: object) -> None:
        if not self._is_over:
            self._is_over = True
            self.finished.emit(self, hint)

    @Slot()
    def _on_left(self) -> None:
        self._is_over = True
        self.cancelled.emit(self)

    @Slot()
    def _on_split_asked(self) -> None:
        self._is_over = True
        self.split_asked.emit(self.field.textCursor().position())

    @Slot()
    def _on_typed(self) -> None:
        if self._reader is not None:
            self.note.setText(self._reader(self.words))
        self._grow()

    def _grow(self) -> None:
        lines = max(1, int(self.field.document().size().height()))
        metrics = self.field.fontMetrics().lineSpacing()
        needed = lines * max(metrics, theme.px(18)) + 2 * _PAD + 4
        if not self.note.isHidden():
            needed += max(theme.px(16), self.note.heightForWidth(self.width() - 24))
        parent = self.parentWidget()
        top = self.y()
        if parent is not None and top + needed > parent.height():
            top = max(0, parent.height() - needed)
        if needed > self.height() or top != self.y():
            self.setGeometry(self.x(), top, self.width(), max(needed, self.height()))
