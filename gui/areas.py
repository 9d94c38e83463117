"""F6: from the list of a page to the navigation, to the top bar and back, past all that Tab would visit on the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_REASON = Qt.FocusReason.ShortcutFocusReason


def main_list(page: QWidget) -> QWidget | None:
    """What the page is there for: the list or table with the most room; None where it has none."""
    views = [
        view
        for view in page.findChildren(QAbstractItemView)
        if view.isVisible() and view.isEnabled() and view.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return max(views, key=lambda view: view.width() * view.height(), default=None)


def next_area(page: QWidget, others: tuple[QWidget, ...]) -> None:
    """Put the keyboard into the next area; from anywhere else in the page into its list first.

    ``others``: what takes the keyboard in the other areas, in their order.
    """
    stops = [stop for stop in (main_list(page), *others) if stop is not None]
    focused = QApplication.focusWidget()
    here = next((at for at, stop in enumerate(stops) if focused is not None and _holds(stop, focused)), -1)
    stops[(here + 1) % len(stops)].setFocus(_REASON)


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)
