"""Files dropped anywhere on a page: one watcher of its drags, one dashed place that says where they go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.paint import box

_COPY = Qt.DropAction.CopyAction
"""A copy, never a move: the clerk's own file stays where it is."""


def local_files(source: QMimeData) -> list[Path]:
    """The files of this machine that were dropped or pasted; web addresses are none."""
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()] if source.hasUrls() else []


class DropPlace(QWidget):
    """Dashed, or a firm frame while files hang over the page; the heirs say it in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_dragging = False

    def is_dragging(self) -> bool:
        """Whether files hang over the page."""
        return self._is_dragging

    def set_dragging(self, is_dragging: bool) -> None:
        """Say that files would be taken."""
        if is_dragging != self._is_dragging:
            self._is_dragging = is_dragging
            self.show_words()
            self.update()

    def show_words(self) -> None:
        """Say what to do, or what letting go does."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        if self._is_dragging:
            box(painter, self.rect(), fill=tokens.chosen, border=tokens.accent, width=2)
        else:
            box(painter, self.rect(), fill=tokens.ground, border=tokens.field_border, dashed=True)
        painter.end()


class FileDrop(QObject):
    """Watches a page's drag events; ``can_take`` is asked each time files come.

    A ledger file alone is the window's: it opens it.
    """

    dropped = Signal(object)
    """A list of paths."""
    entered = Signal()
    """Files hang over the page that would be taken."""

    def __init__(self, page: QWidget, place: DropPlace, can_take: Callable[[], bool]) -> None:
        super().__init__(page)
        self._place = place
        self._can_take = can_take
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that bring files; all else goes its way."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
            return True
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
            return True
        if isinstance(event, QDragMoveEvent) and self._place.is_dragging():
            event.setDropAction(_COPY)
            event.accept()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._place.set_dragging(False)
        return super().eventFilter(watched, event)

    def _taken(self, source: QMimeData) -> list[Path]:
        found = local_files(source)
        is_ledger = all(path.suffix.lower() == ".db" for path in found)
        return found if self._can_take() and not is_ledger else []

    def _enter(self, event: QDragEnterEvent) -> None:
        if not self._taken(event.mimeData()):
            event.ignore()
            return
        self._place.set_dragging(True)
        self.entered.emit()
        event.setDropAction(_COPY)
        event.accept()

    def _drop(self, event: QDropEvent) -> None:
        self._place.set_dragging(False)
        found = self._taken(event.mimeData())
        if not found:
            event.ignore()
            return
        event.setDropAction(_COPY)
        event.accept()
        self.dropped.emit(found)
