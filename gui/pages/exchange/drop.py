"""Files, folders and zips dropped anywhere on the page are returns; the dashed place says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.paint import box

_COPY = Qt.DropAction.CopyAction
_HINT = "填报表、文件夹、压缩包、扫描件、佐证材料均可"


class DropZone(QWidget):
    """Says where files go, and asks for them; the drop itself is taken by the page, wherever it falls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_dragging = False
        self._words = labels.label("", "strong", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = labels.label("", "note", self)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.files = button.link("选择文件", self)
        self.files.setToolTip("选择收到的文件，可多选")
        self.folder = button.link("选择文件夹", self)
        self.folder.setToolTip("读取一个文件夹里的所有文件，包括下级文件夹")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self._hint)
        layout.addLayout(row)
        self.setMinimumHeight(theme.px(92))
        self.refuse("")

    def refuse(self, why: str) -> None:
        """Why nothing can be read now; empty when it can."""
        for link in (self.files, self.folder):
            link.setEnabled(not why)
        self._hint.setText(why or _HINT)
        self._show_words()

    def set_dragging(self, is_dragging: bool) -> None:
        """Say that files would be taken."""
        if is_dragging != self._is_dragging:
            self._is_dragging = is_dragging
            self._show_words()
            self.update()

    def is_dragging(self) -> bool:
        """Whether files hang over the page."""
        return self._is_dragging

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        if self._is_dragging:
            box(painter, self.rect(), fill=tokens.chosen, border=tokens.accent, width=2)
        else:
            box(painter, self.rect(), fill=tokens.ground, border=tokens.field_border, dashed=True)
        painter.end()

    def _show_words(self) -> None:
        self._words.setText("松开即可读取" if self._is_dragging else "把收到的文件拖到这里")


class PageDrop(QObject):
    """Watches a page's drag events."""

    dropped = Signal(object)
    """A list of paths."""
    entered = Signal()
    """Files hang over the page that would be taken."""

    def __init__(self, page: QWidget, zone: DropZone) -> None:
        super().__init__(page)
        self._zone = zone
        self.can_take = True
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that bring files; a ledger file is the window's."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._drop(event)
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if isinstance(event, QDragMoveEvent) and self._zone.is_dragging():
            # A copy, never a move: what the units sent stays where it is.
            event.setDropAction(_COPY)
            event.accept()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._zone.set_dragging(False)
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not self.can_take or not _returns(event.mimeData()):
            event.ignore()
            return True
        self._zone.set_dragging(True)
        self.entered.emit()
        event.setDropAction(_COPY)
        event.accept()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._zone.set_dragging(False)
        found = _returns(event.mimeData()) if self.can_take else []
        if not found:
            event.ignore()
            return True
        event.setDropAction(_COPY)
        event.accept()
        self.dropped.emit(found)
        return True


def _returns(source: QMimeData) -> list[Path]:
    """The files of this machine that are dropped; none when all are ledgers, and web addresses are none."""
    found = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()] if source.hasUrls() else []
    return [] if all(path.suffix.lower() == ".db" for path in found) else found
