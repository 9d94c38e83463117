"""Files dropped anywhere on a page become evidence of the form that is open; the zone says so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.evidence_desk import EvidenceDesk, local_files
from gui.widgets import button, labels
from gui.widgets.paint import box

_COPY = Qt.DropAction.CopyAction


class DropZone(QWidget):
    """The dashed place that says where files go; the drop itself is taken by the page, wherever it falls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_dragging = False
        self.choose = button.link("选择文件", self)
        self.choose.setToolTip("选择要加入的佐证材料，可多选")
        self._words = QLabel("拖入文件，或", self)
        self._words.setProperty("role", "second")
        self._hint = labels.label("截图可按 Ctrl+V 粘贴", "note", self)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._glyph = labels.IconLabel("upload-simple", 16, parent=self)
        self._build()

    def _build(self) -> None:
        self.setMinimumHeight(theme.px(66))
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addStretch(1)
        for widget in (self._glyph, self._words, self.choose):
            line.addWidget(widget)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self._hint)

    def set_dragging(self, is_dragging: bool) -> None:
        """Say that files would be taken here."""
        if is_dragging == self._is_dragging:
            return
        self._is_dragging = is_dragging
        self._words.setText("松开即可加入" if is_dragging else "拖入文件，或")
        self.choose.setVisible(not is_dragging)
        self._hint.setVisible(not is_dragging)
        self.update()

    def set_refusal(self, reason: str) -> None:
        """Why nothing can be added; empty when it can."""
        self.choose.setEnabled(not reason)
        self._hint.setText(reason or "截图可按 Ctrl+V 粘贴")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the dashed place asks for files, as its words do."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose.click()

    def is_dragging(self) -> bool:
        """Whether files hang over the page."""
        return self._is_dragging

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dashed, or a firm frame while files hang over it."""
        tokens = theme.tokens()
        painter = QPainter(self)
        if self._is_dragging:
            box(painter, self.rect(), fill=tokens.chosen, border=tokens.accent, width=2)
        else:
            box(painter, self.rect(), fill=tokens.ground, border=tokens.field_border, dashed=True)
        painter.end()


class FileDrop(QObject):
    """Watches a page's drag events."""

    def __init__(self, page: QWidget, desk: EvidenceDesk, zone: DropZone) -> None:
        super().__init__(page)
        self._desk = desk
        self._zone = zone
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that bring files; all else goes its way (a ledger file is the window's)."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
            return True
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if isinstance(event, QDragMoveEvent) and self._zone.is_dragging():
            # A copy, never a move: the clerk's own file stays where it is.
            event.setDropAction(_COPY)
            event.accept()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._zone.set_dragging(False)
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        files = local_files(event.mimeData())
        if not files or not self._desk.can_add or all(file.suffix.lower() == ".db" for file in files):
            event.ignore()
            return True
        self._zone.set_dragging(True)
        event.setDropAction(_COPY)
        event.accept()
        return True

    def _drop(self, event: QDropEvent) -> None:
        self._zone.set_dragging(False)
        self._desk.add(local_files(event.mimeData()))
        event.setDropAction(_COPY)
        event.accept()
