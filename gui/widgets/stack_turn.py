"""Another page of a stack: the keyboard goes along where it stood in the one before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget


def turn_to(stack: QStackedWidget, page: QWidget, take_keyboard: Callable[[], None]) -> None:
    """Bring a page to the front; left alone, Qt would hand the keyboard to whatever control comes next."""
    before, focus = stack.currentWidget(), QApplication.focusWidget()
    was_inside = before is not page and before is not None and focus is not None and before.isAncestorOf(focus)
    stack.setCurrentWidget(page)
    if was_inside:
        take_keyboard()
