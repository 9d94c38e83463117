"""A text field of several lines with the number of characters below it in a strip of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import labels

LINE = 22
_FOCUS_IN = QEvent.Type.FocusIn
_FOCUS_OUT = QEvent.Type.FocusOut


class _Edit(QTextEdit):
    """Plain text in lines of 22; files and pictures are handed up, they are evidence.

    QPlainTextEdit cannot set the height of its lines.
    """

    pasted = Signal(object)
    """A QMimeData with files or a picture and no text."""
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A dropped file would arrive as its path in the text: the page takes drops, wherever they fall.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.document().setDocumentMargin(0)

    def show_text(self, text: str) -> None:
        """Replace all; the undo history begins anew."""
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        self.set_line_height()
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_line_height(self) -> None:
        """Lines of 22; new lines take it over from the one they are broken off from."""
        form = QTextBlockFormat()
        form.setLineHeight(theme.px(LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files and pictures can be pasted too: they go to the evidence."""
        return is_evidence(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text into the field, all else up."""
        if is_evidence(source):
            self.pasted.emit(source)
            return
        super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field saves it; a menu or another window is no leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextField(QWidget):
    """Line height 22, padding 6/11, count at the lower right, a frame that shows the focus."""

    changed = Signal()
    left = Signal()
    pasted = Signal(object)

    def __init__(self, name: str, *, minimum: int, maximum: int = 0, parent: QWidget | None = None) -> None:
        """``minimum`` and ``maximum`` are heights in pixels of the look; 0 for no maximum."""
        super().__init__(parent)
        self._is_wrong = False
        self.edit = _Edit(self)
        self._count = labels.label("", "note", self)
        self._build(name, minimum, maximum)
        self._connect()
        self._on_text_changed()

    def _build(self, name: str, minimum: int, maximum: int) -> None:
        self.edit.setAccessibleName(name)
        self.edit.setObjectName(name)
        self.edit.setFont(theme.font())
        self.edit.setStyleSheet("QTextEdit { border: none; background: transparent; padding: 0px; }")
        self.edit.setMinimumHeight(theme.px(LINE))
        self.edit.show_text("")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count.setFixedHeight(theme.px(16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(11, 6, 11, 4)
        layout.setSpacing(0)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self._count)
        self.setFocusProxy(self.edit)
        self.setMinimumHeight(theme.px(minimum))
        if maximum:
            self.setMaximumHeight(theme.px(maximum))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.left.connect(self.left)
        self.edit.pasted.connect(self.pasted)
        self.edit.installEventFilter(self)

    def text(self) -> str:
        """The text without blanks around it."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show a text, without announcing it; the undo history begins anew."""
        if text == self.edit.toPlainText():
            return
        self.edit.blockSignals(True)
        self.edit.show_text(text)
        self.edit.blockSignals(False)
        self._show_count()

    def add_text(self, text: str) -> None:
        """Put a text at the end, on a line of its own, as one step of undo."""
        cursor = self.edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f"\n{text}" if self.text() else text)
        self.edit.setTextCursor(cursor)

    def set_enabled(self, is_enabled: bool) -> None:
        """Read-only rather than disabled: its text can still be selected, copied and scrolled."""
        self.edit.setReadOnly(not is_enabled)
        self.update()

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the field that a sentence beside it speaks of."""
        if is_wrong != self._is_wrong:
            self._is_wrong = is_wrong
            self.update()

    def sizeHint(self) -> QSize:
        """As low as it may be; the layout stretches from there. A scroll area takes this for the least height."""
        return QSize(theme.px(320), self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the frame anew when the focus comes or goes."""
        if event.type() in {_FOCUS_IN, _FOCUS_OUT}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole frame is drawn
        """The field's frame in its state."""
        tokens = theme.tokens()
        is_read_only = self.edit.isReadOnly()
        colour, width = (tokens.line if is_read_only else tokens.field_border), 1.0
        if self.edit.hasFocus():
            colour, width = tokens.accent, 2.0
        elif self._is_wrong:
            colour, width = tokens.text, 2.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colour), width))
        painter.setBrush(theme.colour(tokens.ground if is_read_only else tokens.surface))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    @Slot()
    def _on_text_changed(self) -> None:
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        count = len(self.text())
        self._count.setText(f"{count} 字" if count else "")


def is_evidence(source: QMimeData) -> bool:
    """Whether pasted data is evidence: files, or a picture without any text (a cell copied in WPS brings both)."""
    if source.hasUrls():
        return any(url.isLocalFile() for url in source.urls())
    return source.hasImage() and not source.hasFormat("text/plain")
