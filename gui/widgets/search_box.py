"""A search field: glass at the left, the key that leads to it at the right."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui import icons, theme
from gui.widgets.paint import key_tag


class SearchBox(QLineEdit):
    """32 high. ``key`` (Ctrl+K) is shown while the field is empty; × empties the field once it is not."""

    def __init__(self, words: str, parent: QWidget | None = None, *, key: str = "") -> None:
        super().__init__(parent)
        self._key = key
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setProperty("role", "search")
        self.setTextMargins(theme.px(22), 0, 0, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the ×; Qt reads its picture from a file, which the start need not wait for."""
        self.setClearButtonEnabled(True)
        for clear in cast("list[QToolButton]", self.findChildren(QToolButton)):
            clear.setAccessibleName("清空")
            clear.setToolTip("清空")
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = theme.tokens()
        side = theme.px(16)
        glass = QRect(9, (self.height() - side) // 2, side, side)
        icons.paint(painter, glass, "magnifying-glass", tokens.second_text)
        if self._key and not self.text() and self._has_room():
            font = theme.font(12)
            painter.setFont(font)
            width = QFontMetrics(font).horizontalAdvance(self._key) + 10
            height = theme.px(19)
            rect = QRect(self.width() - width - 9, (self.height() - height) // 2, width, height)
            key_tag(painter, rect, self._key, ink=tokens.second_text, border=tokens.line)
        painter.end()

    def _has_room(self) -> bool:
        words = QFontMetrics(theme.font()).horizontalAdvance(self.placeholderText())
        key = QFontMetrics(theme.font(12)).horizontalAdvance(self._key)
        return self.width() > words + key + theme.px(72)

    def focus_all(self) -> None:
        """Take the focus by keyboard and mark what is there, ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
