"""What can be seen to be wrong in a window without eyes: words cut off, controls outside, bars sideways."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

_SLACK = 1
"""Logical pixels: metrics are whole numbers, what is drawn need not be."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with which control, where in the window (logical pixels)."""

    what: str
    who: str
    place: QRect

    def __str__(self) -> str:
        at = self.place
        return f"{self.what}：{self.who}（{at.x()}，{at.y()}，{at.width()}×{at.height()}）"


def faults(window: QWidget) -> list[Fault]:
    """All of them, from the top left."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.window() is not window:
            continue
        what = _sideways(widget) or _cut_words(widget) or _outside(widget)
        if what:
            found.append(Fault(what, name_of(widget), QRect(widget.mapTo(window, QPoint()), widget.size())))
    return sorted(found, key=lambda fault: (fault.place.y(), fault.place.x()))


def _sideways(widget: QWidget) -> str:
    is_bar = isinstance(widget, QScrollBar) and widget.orientation() == Qt.Orientation.Horizontal
    return "横向滚动条" if is_bar and widget.maximum() > widget.minimum() else ""


def _cut_words(widget: QWidget) -> str:
    """A label or button narrower than its one line; what shortens its words itself (a tooltip holds them) may be."""
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            room = widget.heightForWidth(widget.width())
            return "字被截去" if room > widget.height() + _SLACK and _is_plain(widget) else ""
        return "字被截去" if _needs(widget) > widget.width() + _SLACK and _is_plain(widget) else ""
    if isinstance(widget, QAbstractButton) and widget.text() and not widget.toolTip():
        return "字被截去" if widget.minimumSizeHint().width() > widget.width() + _SLACK else ""
    if isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
        margins = widget.textMargins()
        room = widget.width() - margins.left() - margins.right()
        return "提示字被截去" if QFontMetrics(widget.font()).horizontalAdvance(widget.placeholderText()) > room else ""
    return ""


def _is_plain(label: QLabel) -> bool:
    return bool(label.text()) and type(label).minimumSizeHint is QLabel.minimumSizeHint


def _needs(label: QLabel) -> int:
    return label.sizeHint().width() if label.pixmap().isNull() else 0


def _outside(widget: QWidget) -> str:
    """A control that its parent cuts; what scrolls may be anywhere."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or not isinstance(widget, QAbstractButton | QLineEdit):
        return ""
    if _scrolls(widget):
        return ""
    seen = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    return "" if seen.contains(widget.geometry()) else "控件超出边框"


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea | QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def name_of(widget: QWidget) -> str:
    """How a control is called in a list of faults."""
    said = widget.accessibleName() or getattr(widget, "text", lambda: "")() or widget.objectName()
    return f"{type(widget).__name__} “{said}”" if isinstance(said, str) and said else type(widget).__name__
