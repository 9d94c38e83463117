"""Check boxes and radio buttons of the look, as widgets and for delegates."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from gui import icons, theme
from gui.widgets.paint import KeyboardFocus, box

SIDE = 16
_GAP = 8


def paint_check(painter: QPainter, rect: QRect, *, is_checked: bool, is_enabled: bool = True) -> None:
    """Draw a check box of 16 in a rectangle of any size, centred."""
    tokens = theme.tokens()
    square = QRect(0, 0, SIDE, SIDE)
    square.moveCenter(rect.center())
    if not is_checked:
        fill = tokens.surface if is_enabled else tokens.ground
        box(painter, square, fill=fill, border=tokens.field_border if is_enabled else tokens.line, radius=3)
        return
    box(painter, square, fill=tokens.accent if is_enabled else tokens.disabled_text, radius=3)
    icons.paint(painter, square.adjusted(2, 2, -2, -2), "check-bold", tokens.on_accent)


def _paint_radio(painter: QPainter, square: QRect, *, is_checked: bool, is_enabled: bool) -> None:
    tokens = theme.tokens()
    ink = tokens.accent if is_checked else tokens.field_border
    if not is_enabled:
        ink = tokens.line
    box(painter, square, fill=tokens.surface, border=ink, width=1.5 if is_checked else 1, radius=SIDE / 2 - 0.5)
    if is_checked:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawEllipse(QRectF(square).center(), 4, 4)


class _Drawn(KeyboardFocus):
    """What the two share: a mark of 16, words at its right."""

    def _size(self, button: QAbstractButton) -> QSize:
        metrics = QFontMetrics(theme.font())
        words = metrics.horizontalAdvance(button.text())
        return QSize(2 + SIDE + (_GAP + words + 2 if button.text() else 2), max(theme.px(24), metrics.height()))

    def _paint(self, button: QAbstractButton, *, is_round: bool) -> None:
        painter = QPainter(button)
        tokens = theme.tokens()
        square = QRect(QPoint(2, (button.height() - SIDE) // 2), QSize(SIDE, SIDE))
        if is_round:
            _paint_radio(painter, square, is_checked=button.isChecked(), is_enabled=button.isEnabled())
        else:
            paint_check(painter, square, is_checked=button.isChecked(), is_enabled=button.isEnabled())
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text if button.isEnabled() else tokens.disabled_text))
        words = QRect(square.right() + 1 + _GAP, 0, button.width(), button.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.text())
        if self.shows_ring:
            box(painter, button.rect(), border=tokens.accent, width=2, radius=4)
        painter.end()


class CheckBox(_Drawn, QCheckBox):
    """A check box."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)

    def sizeHint(self) -> QSize:
        return self._size(self)

    def minimumSizeHint(self) -> QSize:
        return self._size(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._paint(self, is_round=False)


class RadioButton(_Drawn, QRadioButton):
    """A radio button."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)

    def sizeHint(self) -> QSize:
        return self._size(self)

    def minimumSizeHint(self) -> QSize:
        return self._size(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._paint(self, is_round=True)
