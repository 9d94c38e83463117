"""F1 over a dialog: what opens over the window shuts its keys out, so each dialog gets the key when it comes up."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_KEY = QKeySequence("F1")
_OF_PACKAGE = {"periods": "exchange", "plan_edit": "edit", "import_sheet": "import", "version": "version"}
"""Rooms of ``gui`` whose dialogs have a chapter of their own, by the page or sheet it belongs to."""


def page_of(dialog: QWidget, page: str) -> str:
    """The page whose chapter tells of a dialog: that of the room it is made in, else the one below it (``page``)."""
    rooms = type(dialog).__module__.split(".")
    if rooms[:2] == ["gui", "pages"]:
        return rooms[2]
    return _OF_PACKAGE.get(rooms[1], page) if len(rooms) > 1 else page


def help_over(window: QWidget, page: str) -> None:
    """Give F1 to the dialog that has come up over a window, unless it has the key itself."""
    dialog = QApplication.activeWindow()
    if not isinstance(dialog, QDialog) or not _stands_over(dialog, window):
        return
    known = cast("list[QShortcut]", dialog.findChildren(QShortcut))
    if any(shortcut.key() == _KEY for shortcut in known):
        return
    from gui.manual.opening import open_manual

    QShortcut(_KEY, dialog).activated.connect(partial(open_manual, page_of(dialog, page), dialog))


def _stands_over(dialog: QWidget, window: QWidget) -> bool:
    """Whether a dialog belongs to the window; the manual itself needs no help."""
    from gui.manual.window import ManualWindow

    above: QWidget | None = dialog
    while above is not None and above is not window:
        if isinstance(above, ManualWindow):
            return False
        above = above.parentWidget()
    return above is not None
