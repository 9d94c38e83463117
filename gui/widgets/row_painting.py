"""What painted lists and tables draw alike: grounds, accent bars, frames."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QScrollArea, QStyle, QStyleOptionViewItem

from gui import theme
from gui.widgets.paint import box

SELECTED = QStyle.StateFlag.State_Selected
HOVERED = QStyle.StateFlag.State_MouseOver
FOCUSED = QStyle.StateFlag.State_HasFocus
_BAR = 3


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Qt's type hints leave the fields of style options out."""
    return cast("QRect", cast("Any", option).rect)


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """The state of an item; see ``rect_of``."""
    return cast("QStyle.StateFlag", cast("Any", option).state)


def clear_ground(area: QScrollArea) -> None:
    """Let the ground below show through: the area fills its widget's ground itself, in the window's grey."""
    area.viewport().setAutoFillBackground(False)
    if area.widget() is not None:
        area.widget().setAutoFillBackground(False)


def paint_row(painter: QPainter, rect: QRect, *, is_chosen: bool, is_hot: bool, has_bar: bool = True) -> None:
    """Ground, line below, and the accent of a chosen row; in high contrast lines instead of a fill."""
    tokens = theme.tokens()
    fill = tokens.hover if is_hot else tokens.surface
    if is_chosen and not tokens.is_high_contrast:
        fill = tokens.chosen
    painter.fillRect(rect, theme.colour(fill))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
    if not is_chosen:
        return
    accent = theme.colour(tokens.accent)
    if tokens.is_high_contrast:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, accent)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, accent)
    if has_bar:
        painter.fillRect(rect.left(), rect.top(), _BAR, rect.height() - 1, accent)


def paint_ring(painter: QPainter, rect: QRect) -> None:
    """The keyboard's frame, inside the row: on its edge the next one would cut it."""
    box(painter, rect.adjusted(0, 0, 0, -1), border=theme.tokens().accent, width=2, radius=0)
