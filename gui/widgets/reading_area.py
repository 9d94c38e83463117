"""Words that are scrolled, also with the keys: Tab comes to them, and a frame shows that the keys go there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

_RING = 2
"""The frame of the keyboard, always there and seen only with the focus."""


class ReadingArea(QScrollArea):
    """Holds ``body`` on the ground of what it lies on; never sideways."""

    def __init__(self, body: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reading")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)
        self.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)  # setting it as the widget fills it

    def in_line(self) -> QHBoxLayout:
        """A layout that lets the words begin where those above them do: the frame stands outside."""
        line = QHBoxLayout()
        line.setContentsMargins(-_RING, 0, -_RING, 0)
        line.addWidget(self)
        return line
