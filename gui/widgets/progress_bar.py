"""A thin bar of how far something is."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.paint import box

SHOW_JOB_AFTER_MS = 300
"""What is over sooner is not shown."""


class ProgressBar(QWidget):
    """128×6; ``percent`` None is work of unknown length and draws a third in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent: int | None = 0
        self.setFixedSize(128, 6)

    def set_percent(self, percent: int | None) -> None:
        """0 to 100, or None."""
        self._percent = percent
        self.setAccessibleName("进度" if percent is None else f"进度 {percent}%")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        border = tokens.text if tokens.is_high_contrast else ""
        box(painter, self.rect(), fill="" if border else tokens.line, border=border, radius=3)
        share = QRectF(self.rect())
        if self._percent is None:
            share.adjust(self.width() / 3, 0, -self.width() / 3, 0)
        else:
            share.setWidth(self.width() * self._percent / 100)
        if share.width() >= 1:
            box(painter, share, fill=tokens.accent, radius=min(3.0, share.width() / 2))
        painter.end()
