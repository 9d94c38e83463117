"""Files dropped anywhere on a page become evidence of the form that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from gui.pages.progress.evidence_desk import EvidenceDesk, local_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from gui.pages.progress.evidence_panel import DropZone

_COPY = Qt.DropAction.CopyAction


class FileDrop(QObject):
    """Watches a page's drag events; ``before`` is called before files are taken in."""

    def __init__(self, page: QWidget, desk: EvidenceDesk, zone: DropZone, before: Callable[[], object]) -> None:
        super().__init__(page)
        self._desk = desk
        self._zone = zone
        self._before = before
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
        self._before()
        self._desk.add(local_files(event.mimeData()))
        event.setDropAction(_COPY)
        event.accept()
