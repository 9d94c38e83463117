"""Labels by their role in the look; the style sheet gives size and colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gui import icons, theme


def label(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Plain text. ``role``: title (20 bold), head (16 bold), strong, second, note (12), figure (28 bold) or empty."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def rule(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """A thin line of 1 logical pixel."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class IconLabel(QLabel):
    """An icon as a picture; decoration, so it has no accessible name. ``size`` as in the look."""

    def __init__(self, icon: str, size: int = 16, colour: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.set_icon(icon, colour)

    def set_icon(self, icon: str, colour: str = "") -> None:
        """Show another icon."""
        side = theme.px(self._size)
        self.setFixedSize(side, side)
        ratio = self.devicePixelRatioF()
        self.setPixmap(icons.icon(icon, colour).pixmap(self.size(), ratio))
