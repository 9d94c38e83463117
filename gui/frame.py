"""What stands around the page: navigation at the left, top bar, status line; and the keys of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.context import Context
from gui.file_commands import FileCommands
from gui.navigation import Navigation
from gui.pages import PageEntry
from gui.status_line import StatusLine
from gui.top_bar import TopBar

if TYPE_CHECKING:
    from gui.menus import FileMenu
    from gui.no_ledger import NoLedger
    from gui.search_popup import SearchPopup

_NARROW = 1200
"""Logical pixels (at the usual size of text) below which the navigation leaves its width to the page: 1366 at 125 %."""

_AREAS = "F6"


class Frame(QWidget):
    """Made anew when size or colours change; the pages live in its ``stack``.

    What the first table does not need is made when it is first asked for.
    """

    page_chosen = Signal(str)
    """Go to a page, by mouse or key."""
    jumped = Signal(object)
    """A search hit was chosen."""
    display_changed = Signal()
    """Size of text or colours were set anew."""

    def __init__(self, context: Context, commands: FileCommands, entries: Sequence[PageEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._commands = commands
        self._entries = entries
        self._menu: FileMenu | None = None
        self._search_popup: SearchPopup | None = None
        self._no_ledger: NoLedger | None = None
        self._build()
        self._build_keys()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.navigation = Navigation(self._entries, self)
        middle.addWidget(self.navigation)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.top_bar = TopBar(self._context, self)
        self.stack = QStackedWidget(self)
        column.addWidget(self.top_bar)
        column.addWidget(self.stack, 1)
        middle.addLayout(column, 1)
        outer.addLayout(middle, 1)
        self.status = StatusLine(self)
        outer.addWidget(self.status)

    def _build_keys(self) -> None:
        commands = self._commands
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.top_bar.search.focus_all),
            ("F1", self.show_manual),
            ("Ctrl+F1", self.show_keys),
            ("Alt+F", self.open_menu),
            ("Ctrl+N", commands.new),
            ("Ctrl+O", commands.open),
            ("Ctrl+I", commands.import_asked.emit),
            ("Ctrl+Shift+I", commands.paste_asked.emit),
            ("Ctrl+Z", commands.undo_asked.emit),
            ("Ctrl+Y", commands.redo_asked.emit),
            ("Ctrl+Shift+Z", commands.redo_asked.emit),
            ("Ctrl+Shift+M", commands.move),
            ("Ctrl+Shift+U", partial(commands.restore_asked.emit, None)),
            ("Ctrl+Shift+O", commands.show_folder),
            ("Ctrl+Shift+L", commands.practise),
            ("Ctrl+Shift+H", self.toggle_contrast),
            ("Ctrl+Q", self.window().close),
        ]
        keys += [(f"Alt+{number}", partial(self._go, page.key)) for number, page in enumerate(self._entries, start=1)]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)
        self._areas = QShortcut(QKeySequence(_AREAS), self)
        self._areas.activated.connect(self.next_area)
        self.stack.currentChanged.connect(self._on_page)

    def _go(self, key: str) -> None:
        """To a page by its key: the keyboard goes along into its list, with its ring."""
        from gui.areas import enter
        from gui.pages.base import Page

        self.page_chosen.emit(key)
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            enter(page)

    @Slot()
    def _on_page(self) -> None:
        """A page that walks through its own parts by F6 keeps the key: twice the same key would do nothing."""
        page = self.stack.currentWidget()
        own = cast("list[QShortcut]", page.findChildren(QShortcut)) if page is not None else []
        self._areas.setEnabled(all(shortcut.key() != self._areas.key() for shortcut in own))

    @Slot()
    def next_area(self) -> None:
        """List, navigation, top bar."""
        from gui.areas import next_area
        from gui.pages.base import Page

        page, here = self.stack.currentWidget(), self.navigation.current()
        if isinstance(page, Page) and here:
            next_area(page, (self.navigation.item(here), self.top_bar.plan))

    def _connect(self) -> None:
        self.navigation.page_chosen.connect(self.page_chosen)
        self.navigation.file_menu_asked.connect(self.open_menu)
        self.navigation.manual_asked.connect(self.show_manual)
        jobs = self._context.jobs
        jobs.started.connect(self.status.show_job)
        jobs.progressed.connect(self.status.show_progress)
        jobs.finished.connect(self.status.hide_job)
        self.status.cancel_asked.connect(jobs.cancel)
        self._context.saved.connect(self.status.show_saved)
        QApplication.instance().focusWindowChanged.connect(self._on_focus_window)  # type: ignore[union-attr]

    @property
    def menu(self) -> FileMenu:
        """The file menu."""
        if self._menu is None:
            from gui.menus import FileMenu

            self._menu = FileMenu(self._commands, self._context, self.display_changed.emit, self)
        return self._menu

    @property
    def search_popup(self) -> SearchPopup:
        """The list under the search field."""
        if self._search_popup is None:
            from gui.search_popup import SearchPopup

            self._search_popup = SearchPopup(self.top_bar.search, self._context, self)
            self._search_popup.jumped.connect(self.jumped)
        return self._search_popup

    @property
    def no_ledger(self) -> NoLedger:
        """What stands in the page's place while no ledger is open."""
        if self._no_ledger is None:
            from gui.no_ledger import NoLedger

            self._no_ledger = NoLedger(self._commands, self.stack)
            self.stack.addWidget(self._no_ledger)
        return self._no_ledger

    def build_rest(self) -> None:
        """Make what the first table did not need."""
        _ = self.menu, self.search_popup

    @Slot()
    def open_menu(self) -> None:
        """Open the file menu beside its item, its first line chosen."""
        item = self.navigation.file_item
        self.menu.ensurePolished()
        corner = item.mapToGlobal(QPoint(item.width() + 4, item.height() - self.menu.sizeHint().height()))
        self.menu.popup(corner)
        self.menu.setActiveAction(self.menu.actions()[0])

    @Slot()
    def show_keys(self) -> None:
        """Ctrl+F1: all keys on one sheet."""
        from gui.shortcuts import ShortcutSheet

        ShortcutSheet(self._entries, self.window()).open()

    @Slot()
    def show_manual(self) -> None:
        """F1: the manual at the chapter of the page that is shown."""
        from gui.manual.opening import open_manual

        open_manual(self.navigation.current() if self._context.has_store else "", self)

    @Slot()
    def _on_focus_window(self) -> None:
        """A dialog has come up: it hears no key of the window, and needs F1 of its own."""
        if isinstance(QApplication.activeWindow(), QDialog):
            from gui.manual.in_dialogs import help_over

            help_over(self.window(), self.navigation.current() if self._context.has_store else "")

    @Slot()
    def toggle_contrast(self) -> None:
        """Light text on black, or back."""
        self._context.settings.high_contrast = not self._context.settings.high_contrast
        self.display_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < theme.px(_NARROW))
        if self._search_popup is not None:
            self._search_popup.hide()
