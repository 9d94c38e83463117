"""会议纪要: the file of a meeting, with the ways to it; a file may be dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.progress.thumbnails import can_preview, type_icon
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.file_drop import local_files

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow

_NONE = "还没有纪要，选择文件或把文件拖到这里"
_GONE = "文件不见了，台账里还有它的登记"


class MinutesRow(QWidget):
    """``dropped`` carries a file that is to be the minutes."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: EvidenceRow | None = None
        self._is_read_only = False
        self.setAcceptDrops(True)
        self.choose = button.secondary("选择文件", "paperclip", self)
        self.show_it = button.secondary("预览", parent=self)
        self.remove = button.ghost("移除", parent=self)
        self.remove.setToolTip("从这次会议移除；文件仍留在台账里")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(labels.label("会议纪要", "strong", self))
        head.addStretch(1)
        for step in (self.remove, self.show_it, self.choose):
            head.addWidget(step)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.glyph = labels.IconLabel("file", 16, parent=self)
        self.name = ElidedLabel("", "second", self)
        line.addWidget(self.glyph)
        line.addWidget(self.name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(line)

    def show_file(self, row: EvidenceRow | None, *, is_read_only: bool) -> None:
        """Show the file, None for none."""
        self.row, self._is_read_only = row, is_read_only
        self.glyph.set_icon(type_icon(row.name) if row is not None else "tray")
        words = _NONE if not is_read_only else "没有纪要"
        if row is not None:
            words = f"{row.name}，{_GONE}" if row.missing else f"{row.name}，{row.received_on.isoformat()} 收到"
        self.name.setText(words)
        self.name.setToolTip(words)
        self.choose.setText("更换文件" if row is not None else "选择文件")
        self.choose.setEnabled(not is_read_only)
        self.show_it.setText("预览" if row is None or can_preview(row.name) else "打开")
        self.show_it.setVisible(row is not None)
        self.show_it.setEnabled(row is not None and not row.missing)
        self.remove.setVisible(row is not None)
        self.remove.setEnabled(not is_read_only)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file that is no ledger."""
        if self._file(event) is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # never a move: the clerk's own file stays where it is
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the file to the panel."""
        file = self._file(event)
        if file is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(file)

    def _file(self, event: QDropEvent) -> Path | None:
        files = local_files(event.mimeData())
        is_one = len(files) == 1 and files[0].suffix.lower() != ".db"
        return files[0] if is_one and not self._is_read_only else None
