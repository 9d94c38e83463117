"""What the keyboard and a screen reader find in a window: controls Tab does not come to, focus nobody sees, no names.

Tab is really pressed; whether the focus shows is seen in the pixels of the control.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.gallery.faults import Fault, name_of

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
_WHOLES = (QAbstractSpinBox, QLineEdit, QComboBox, QCalendarWidget, QHeaderView, QAbstractItemView)
"""What is inside of them is theirs."""
_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Window}
_KEY = re.compile(r"Ctrl|Alt|Shift|Insert|Delete|F\d|Esc|↑↓")
"""A button of a tool strip leaves the keyboard where it is: its tooltip names its key. So does a list under a field."""
_MOST = 400
_AROUND = 14
"""A field may be framed by what it lies in."""
_TAB = Qt.FocusReason.TabFocusReason


def unreachable(window: QWidget) -> list[Fault]:
    """All such faults of what is visible in ``window``, from the top left; the focus is given back."""
    window.activateWindow()
    before = QApplication.focusWidget()
    controls = _controls(window)
    reached = _walk(window)
    found = [Fault(what, name_of(each), _place(each, window)) for each in controls for what in _wrong(each, reached)]
    found += [Fault("看不见焦点", name_of(each), _place(each, window)) for each in reached if not _shows(each, window)]
    if before is not None:
        before.setFocus()
    return sorted(found, key=lambda fault: (fault.place.y(), fault.place.x()))


def _controls(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.window() is window
        and widget.isEnabled()
        and not _is_part(widget)
        and (isinstance(widget, _CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ]


def _is_part(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, _WHOLES):
            return True
        above = above.parentWidget()
    return isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_")


def _wrong(widget: QWidget, reached: list[QWidget]) -> list[str]:
    seen = QAccessible.queryAccessibleInterface(widget)
    found = []
    if not seen.text(QAccessible.Text.Name).strip():
        found.append("没有名称")
    if seen.role() in _NO_ROLE and not isinstance(widget, QAbstractScrollArea):  # Qt says no more of what scrolls
        found.append(f"没有角色（{seen.role().name}）")
    has_key = widget.focusPolicy() == Qt.FocusPolicy.NoFocus and bool(
        _KEY.search(widget.toolTip() + widget.accessibleDescription())
    )
    if not has_key and widget not in reached and not any(_is_sister(widget, other) for other in reached):
        found.append("Tab 到不了")
    return found


def _is_sister(widget: QWidget, other: QWidget) -> bool:
    """Of choices that exclude each other Tab comes to one; arrows go to the others."""
    if not isinstance(widget, QAbstractButton) or not isinstance(other, QAbstractButton):
        return False
    group = widget.group()
    is_same_group = group is not None and group.exclusive() and group is other.group()
    both_exclude = widget.autoExclusive() or isinstance(widget, QRadioButton)
    return is_same_group or (both_exclude and widget.parent() is other.parent() and other.autoExclusive())


def _walk(window: QWidget) -> list[QWidget]:
    """What Tab comes to, in its order."""
    reached: list[QWidget] = []
    if QApplication.focusWidget() is None or QApplication.focusWidget().window() is not window:
        window.setFocus(_TAB)
    for _ in range(_MOST):
        at = QApplication.focusWidget() or window
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now.window() is not window or now in reached:
            break
        reached.append(now)
    return reached


def _shows(widget: QWidget, window: QWidget) -> bool:
    """Whether anything around the control is drawn otherwise with the focus on it."""
    if isinstance(widget, QAbstractItemView) and not widget.model().rowCount():
        return True
    whole = _whole(widget)
    _bring_into_view(whole, window)
    widget.setFocus(_TAB)
    if not widget.hasFocus():
        return True
    with_focus = _picture(whole, window)
    widget.clearFocus()
    return with_focus != _picture(whole, window)


def _bring_into_view(widget: QWidget, window: QWidget) -> None:
    """Tab does so by itself."""
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _whole(widget: QWidget) -> QWidget:
    above = widget.parentWidget()
    return above if isinstance(above, QAbstractSpinBox | QComboBox) else widget


def _picture(widget: QWidget, window: QWidget) -> QImage:
    place = _place(widget, window).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    return window.grab(place.intersected(window.rect())).toImage()


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())
