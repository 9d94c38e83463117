"""The dashed place of 佐证材料: files dropped anywhere on the page become evidence of the form that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.file_drop import DropPlace


class DropZone(DropPlace):
    """The dashed place that says where files go; the drop itself is taken by the page, wherever it falls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def show_words(self) -> None:
        """Say that files would be taken here."""
        is_dragging = self.is_dragging()
        self._words.setText("松开即可加入" if is_dragging else "拖入文件，或")
        self.choose.setVisible(not is_dragging)
        self._hint.setVisible(not is_dragging)

    def set_refusal(self, reason: str) -> None:
        """Why nothing can be added; empty when it can."""
        self.choose.setEnabled(not reason)
        self._hint.setText(reason or "截图可按 Ctrl+V 粘贴")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the dashed place asks for files, as its words do."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose.click()
