"""F1: one manual a window, brought up at the chapter of the page that asks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.manual.chapters import chapter_of
from gui.manual.window import ManualWindow


def open_manual(page: str, parent: QWidget) -> ManualWindow:
    """Show the chapter of a page (its key, or import, edit, align, version) beside the window it belongs to."""
    window = parent.window()
    made = window.findChild(ManualWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if made is None:
        made = ManualWindow(window, partial(show_keys, window))
    made.show_chapter(chapter_of(page))
    made.show()
    made.raise_()
    made.activateWindow()
    return made


def show_keys(window: QWidget) -> None:
    """Every key on one sheet."""
    from gui.pages import PAGES
    from gui.shortcuts import ShortcutSheet

    ShortcutSheet(PAGES, window).open()
