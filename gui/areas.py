"""The keyboard goes from area to area, past all that Tab would visit on the way.

Alt and a number leads into the list of a page, F6 from there to the navigation, to the top bar and back.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget

from gui.pages.base import Page

_REASON = Qt.FocusReason.ShortcutFocusReason


def main_list(page: QWidget) -> QWidget | None:
    """What the page is there for: the list or table with the most room; None where it has none."""
    found = cast("list[QAbstractItemView]", page.findChildren(QAbstractItemView))
    views = [
        view for view in found if view.isVisible() and view.isEnabled() and view.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return max(views, key=lambda view: view.width() * view.height(), default=None)


def enter(page: Page) -> None:
    """Put the keyboard where the work of a page is; where something is typed in the page it stays there."""
    before = QApplication.focusWidget()
    if isinstance(before, (QLineEdit, QPlainTextEdit)) and page.isAncestorOf(before):
        return
    page.take_keyboard()
    focused = QApplication.focusWidget()
    knows_where = type(page).take_keyboard is not Page.take_keyboard
    stop = focused if knows_where and focused is not None and page.isAncestorOf(focused) else main_list(page)
    if stop is not None:
        stop.clearFocus()  # a widget that has the keyboard would not be told that it came by a key, and show no ring
        stop.setFocus(_REASON)


def next_area(page: Page, others: tuple[QWidget, ...]) -> None:
    """Put the keyboard into the next area; from anywhere else in the page into its list first.

    ``others``: what takes the keyboard in the other areas, in their order.
    """
    focused = QApplication.focusWidget()
    here = next((at for at, stop in enumerate(others) if focused is not None and _holds(stop, focused)), None)
    if here is None:
        enter(page)
        if QApplication.focusWidget() is focused:  # it was there
            others[0].setFocus(_REASON)
    elif here + 1 < len(others):
        others[here + 1].setFocus(_REASON)
    else:
        enter(page)


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)
