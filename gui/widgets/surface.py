"""A plain ground with lines at chosen edges: navigation, top bar, status line."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme


class Surface(QWidget):
    """Fills itself with the surface colour; ``edges`` names the sides with a line: left, top, right, bottom."""

    def __init__(self, edges: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges = edges.split()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        painter.fillRect(self.rect(), QColor(tokens.surface))
        line = QColor(tokens.line)
        width, height = self.width(), self.height()
        for edge in self._edges:
            if edge in {"left", "right"}:
                painter.fillRect(0 if edge == "left" else width - 1, 0, 1, height, line)
            else:
                painter.fillRect(0, 0 if edge == "top" else height - 1, width, 1, line)
        painter.end()
