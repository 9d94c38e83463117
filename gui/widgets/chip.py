"""Filter chips: a checkable word with an icon and a count."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui import icons, theme
from gui.widgets.paint import KeyboardFocus, box, is_hot, ring_within

_ICON = 14
_GAP = 6
_PADDING = 12
_CENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Chip(KeyboardFocus, QPushButton):
    """A chip; 28 high. ``icon_colour`` keeps the icon's own colour (a light), else it follows the text."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        count: int | None = None,
        parent: QWidget | None = None,
        *,
        icon_colour: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._glyph = icon
        self._count = count
        self._icon_colour = icon_colour
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_name()

    def set_count(self, count: int | None) -> None:
        """Show another number; zero stays visible, so that the row does not jump."""
        if count != self._count:
            self._count = count
            self._tell_name()
            self.updateGeometry()
            self.update()

    def count(self) -> int | None:
        """The number shown."""
        return self._count

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font())
        width = 2 * _PADDING + metrics.horizontalAdvance(self.text())
        if self._glyph:
            width += theme.px(_ICON) + _GAP
        if self._count is not None:
            width += metrics.horizontalAdvance(str(self._count)) + _GAP
        if self.menu() is not None:
            width += theme.px(12) + _GAP
        return QSize(width, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        chosen = self.isChecked() and self.isEnabled()
        fill = tokens.chosen if chosen else tokens.hover if is_hot(self) else tokens.surface
        if self.isDown():
            fill = tokens.pressed
        border = tokens.accent if chosen or self.shows_ring else tokens.strong_line
        wide = self.shows_ring or (chosen and tokens.is_high_contrast)
        # A radius above half the height makes Qt draw square corners.
        box(painter, self.rect(), fill=fill, border=border, width=2 if wide else 1, radius=self.height() / 2 - 1)
        self._paint_content(painter, chosen=chosen)
        if chosen and self.shows_ring:
            ring_within(painter, self.rect(), self.height() / 2 - 1)
        painter.end()

    def _paint_content(self, painter: QPainter, *, chosen: bool) -> None:
        tokens = theme.tokens()
        ink = tokens.accent if chosen else tokens.text if self.isEnabled() else tokens.disabled_text
        left = _PADDING
        if self._glyph:
            side = theme.px(_ICON)
            own = self._icon_colour or (ink if chosen else tokens.second_text)
            icons.paint(painter, QRect(left, (self.height() - side) // 2, side, side), self._glyph, own)
            left += side + _GAP
        painter.setFont(theme.font())
        metrics = painter.fontMetrics()
        painter.setPen(QColor(ink))
        width = metrics.horizontalAdvance(self.text())
        painter.drawText(QRect(left, 0, width + 2, self.height()), _CENTER, self.text())
        left += width + _GAP
        if self._count is not None:
            painter.setPen(QColor(ink if chosen else tokens.second_text))
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), _CENTER, str(self._count))
            left += metrics.horizontalAdvance(str(self._count)) + _GAP
        if self.menu() is not None:
            side = theme.px(12)
            icons.paint(painter, QRect(left, (self.height() - side) // 2, side, side), "caret-down", ink)

    def _tell_name(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()} {self._count}")
