"""List views of 进展填报: rows or cards, and a sentence where there is none."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from gui import icons, theme
from gui.widgets.copying_list import CopyingList

_TOGGLE = QItemSelectionModel.SelectionFlag.Toggle
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class SayingList(CopyingList):
    """Scrolls by pixel; an empty list says that it is empty."""

    def __init__(self, glyph: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self._words = words
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)

    def say(self, words: str) -> None:
        """What stands there while there is no row."""
        if words != self._words:
            self._words = words
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line where there is no row."""
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        side = theme.px(32)
        icon = QRect(0, theme.px(40), side, side)
        icon.moveLeft((self.viewport().width() - side) // 2)
        icons.paint(painter, icon, self._glyph, theme.tokens().strong_line)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(theme.tokens().second_text))
        below = QRect(0, icon.bottom() + 8, self.viewport().width(), theme.px(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._words)
        painter.end()


class PickList(SayingList):
    """Several rows can be picked: Ctrl and Shift as everywhere, Space picks the current row or lets it go."""

    def __init__(self, glyph: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(glyph, words, parent)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space alone toggles, Esc lets go of all but the current row; Ctrl with the arrows walks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), _TOGGLE)
            return
        if event.key() == Qt.Key.Key_Escape and len(self.selectionModel().selectedIndexes()) > 1:
            self.selectionModel().select(self.currentIndex(), _ALONE)
            return
        super().keyPressEvent(event)
