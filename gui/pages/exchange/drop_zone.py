"""The dashed place of 回收: files, folders and zips dropped anywhere on the page are returns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.file_drop import DropPlace

_HINT = "填报表、文件夹、压缩包、扫描件、佐证材料均可"


class DropZone(DropPlace):
    """Says where files go, and asks for them; the drop itself is taken by the page, wherever it falls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.show_words()

    def show_words(self) -> None:
        self._words.setText("松开即可读取" if self.is_dragging() else "把收到的文件拖到这里")
