"""Small helpers of widgets that paint themselves: crisp rounded boxes, and a ring for keyboard focus only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui import theme

RADIUS = 6
PILL_RADIUS = 4
_MOUSE = Qt.FocusReason.MouseFocusReason
_POPUP = Qt.FocusReason.PopupFocusReason
_WINDOW = Qt.FocusReason.ActiveWindowFocusReason


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: str = "",
    border: str = "",
    width: float = 1,
    radius: float = RADIUS,
    dashed: bool = False,
) -> None:
    """Draw a rounded box whose border lies wholly inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(rect)
    if border:
        half = width / 2
        inner.adjust(half, half, -half, -half)
        pen = QPen(QColor(border), width)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def ring_within(painter: QPainter, rect: QRect, radius: float) -> None:
    """The keyboard's frame inside something chosen: in high contrast its own edge has the colour of a frame already."""
    tokens = theme.tokens()
    if tokens.is_high_contrast:
        box(painter, rect.adjusted(4, 4, -4, -4), border=tokens.text, width=2, radius=max(radius - 4, 1))


def key_tag(painter: QPainter, rect: QRect, text: str, *, ink: str, border: str) -> None:
    """Draw the name of a key in its little frame (Ctrl+K, F7); the painter's font is used."""
    box(painter, rect, border=border, radius=3)
    painter.setPen(QColor(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class KeyboardFocus:
    """Mixin of buttons: knows whether the focus came by keyboard (or by program), so that a click draws no ring."""

    _shows_ring = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came; coming back from another window or a menu changes nothing."""
        if event.reason() not in {_POPUP, _WINDOW}:
            self._shows_ring = event.reason() != _MOUSE
        super().focusInEvent(event)  # type: ignore[misc]

    @property
    def shows_ring(self) -> bool:
        """Whether to draw the focus ring now."""
        return self._shows_ring and self.hasFocus()  # type: ignore[attr-defined]


def is_hot(button: QAbstractButton) -> bool:
    """Whether the pointer is on an enabled button."""
    return button.isEnabled() and button.underMouse()


def name(widget: QWidget, accessible: str, tip: str = "") -> None:
    """Give a widget its accessible name and, where the word is not plain, a tooltip."""
    widget.setAccessibleName(accessible)
    if tip:
        widget.setToolTip(tip)
