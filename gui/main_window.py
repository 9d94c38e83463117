"""The window: navigation, top bar, the page, status line. It joins them and knows nothing of their insides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core import settings as settings_file
from core.errors import KnownError, LedgerFileError
from core.office import board, files, progress
from core.settings import Settings
from gui import messages
from gui.context import Context
from gui.file_commands import FileCommands
from gui.messages import Action
from gui.navigation import Navigation
from gui.pages import PAGES, PageEntry
from gui.status_line import StatusLine
from gui.top_bar import TopBar

if TYPE_CHECKING:
    from pathlib import Path

    from core.job import Job
    from core.office.files import Care, Store
    from core.office.search import Hit
    from gui.menus import FileMenu
    from gui.no_ledger import NoLedger
    from gui.pages.base import Page
    from gui.search_popup import SearchPopup

_AFTER_PAINT_MS = 250
"""Until the first table is on screen nothing else may take the processor."""
_SMALL_SCREEN = 1440
"""Logical pixels: on screens up to this width the window starts maximised."""


class MainWindow(QMainWindow):
    """One per process. Pages are made when first shown."""

    def __init__(self, context: Context, pages: Sequence[PageEntry] = PAGES) -> None:
        super().__init__()
        self.entries = tuple(pages)
        self.context = context
        context.setParent(self)
        self.files = FileCommands(context, self.after_flush, self)
        self._pages: dict[str, Page] = {}
        self._page_key = self.entries[0].key
        self._may_close = False
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 540)
        self._build()
        self._connect()
        self._restore_geometry()

    @classmethod
    def made_with(cls, settings: Settings) -> MainWindow:
        """A window with a context of its own."""
        return cls(Context(settings))

    # -- building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        frame = QWidget(self)
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.navigation = Navigation(self.entries, frame)
        middle.addWidget(self.navigation)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.top_bar = TopBar(self.context, frame)
        self.stack = QStackedWidget(frame)
        column.addWidget(self.top_bar)
        column.addWidget(self.stack, 1)
        middle.addLayout(column, 1)
        outer.addLayout(middle, 1)
        self.status = StatusLine(frame)
        outer.addWidget(self.status)
        self._menu: FileMenu | None = None
        self._search_popup: SearchPopup | None = None
        self._no_ledger: NoLedger | None = None
        self._build_keys(frame)
        self._connect_frame()
        self.setCentralWidget(frame)

    # What the first table does not need is made when it is first asked for, at the latest just after that table.

    @property
    def menu(self) -> FileMenu:
        """The file menu."""
        if self._menu is None:
            from gui.menus import FileMenu

            self._menu = FileMenu(self.files, self.context, self._after_display_change, self.centralWidget())
        return self._menu

    @property
    def search_popup(self) -> SearchPopup:
        """The list under the search field."""
        if self._search_popup is None:
            from gui.search_popup import SearchPopup

            self._search_popup = SearchPopup(self.top_bar.search, self.context, self.centralWidget())
            self._search_popup.jumped.connect(self._on_jumped)
        return self._search_popup

    @property
    def no_ledger(self) -> NoLedger:
        """What stands in the page's place while no ledger is open."""
        if self._no_ledger is None:
            from gui.no_ledger import NoLedger

            self._no_ledger = NoLedger(self.files, self.stack)
            self.stack.addWidget(self._no_ledger)
        return self._no_ledger

    def _build_keys(self, frame: QWidget) -> None:
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+K", self.top_bar.search.focus_all),
            ("F1", self._on_keys_asked),
            ("Alt+F", self._on_file_menu_asked),
            ("Ctrl+N", self.files.new),
            ("Ctrl+O", self.files.open),
            ("Ctrl+Shift+M", self.files.move),
            ("Ctrl+Shift+O", self.files.show_folder),
            ("Ctrl+Shift+H", self.toggle_contrast),
            ("Ctrl+Q", self._on_quit_asked),
        ]
        keys += [
            (f"Alt+{number}", partial(self.show_page, page.key)) for number, page in enumerate(self.entries, start=1)
        ]
        for key, do in keys:
            QShortcut(QKeySequence(key), frame).activated.connect(do)

    def _connect_frame(self) -> None:
        self.navigation.page_chosen.connect(self.show_page)
        self.navigation.file_menu_asked.connect(self._on_file_menu_asked)
        self.navigation.keys_asked.connect(self._on_keys_asked)
        jobs = self.context.jobs
        jobs.started.connect(self.status.show_job)
        jobs.progressed.connect(self.status.show_progress)
        jobs.finished.connect(self.status.hide_job)
        self.status.cancel_asked.connect(jobs.cancel)
        self.context.saved.connect(self.status.show_saved)

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)

    # -- pages ----------------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Bring a page to the front, making it when it is shown for the first time."""
        if not self.context.has_store:
            return
        self._page_key = key
        self.navigation.choose(key)
        self.stack.setCurrentWidget(self.page(key))

    def page(self, key: str) -> Page:
        """A page by its key, made if need be."""
        if key not in self._pages:
            entry = next(entry for entry in self.entries if entry.key == key)
            made = entry.load()(self.context, self.stack)
            made.open_page.connect(self.show_page)
            made.open_measure.connect(self.open_measure)
            made.open_obligation.connect(self.open_form)
            self.stack.addWidget(made)
            self._pages[key] = made
        return self._pages[key]

    @Slot(int)
    def open_measure(self, no: int) -> None:
        """Show a measure of the plan on 任务分解."""
        self.show_page("table")
        self.page("table").show_measure(no)

    @Slot(object)
    def open_form(self, obligation_id: int) -> None:
        """Show the form of an obligation on 进展填报."""
        self.show_page("progress")
        self.page("progress").show_obligation(obligation_id)

    @Slot(object)
    def _on_jumped(self, hit: Hit) -> None:
        if hit.kind == "measure" and hit.measure_no is not None:
            self.open_measure(hit.measure_no)
        elif hit.kind == "unit" and hit.unit is not None:
            self.show_page("progress")
            self.page("progress").show_unit(hit.unit)
        elif hit.evidence_id is not None:
            self.show_page("progress")
            self.page("progress").show_evidence(hit.evidence_id)

    # -- the ledger -----------------------------------------------------------------------------------

    @Slot()
    def _on_ledger_opened(self) -> None:
        context = self.context
        store = context.store if context.has_store else None
        self.navigation.set_pages_enabled(store is not None)
        self._load_scope()
        if store is None:
            self.status.show_file("", "")
            self.navigation.brand.set_note("")
            self.setWindowTitle("台账")
            self.stack.setCurrentWidget(self.no_ledger)
            return
        reason = "台账以只读方式打开，不能修改" if store.read_only else ""
        self.status.show_file(store.path.name, str(store.path), read_only=reason)
        self.status.show_backup(files.last_backup(store.path))
        self.navigation.brand.set_note(store.path.stem)
        self.setWindowTitle(f"{store.path.stem}{'（只读）' if store.read_only else ''} - 台账")
        self.show_page(self._page_key)
        if self.isVisible():
            self.look_after()

    @Slot()
    def _on_scope_changed(self) -> None:
        self._load_scope()

    def _load_scope(self) -> None:
        context = self.context
        if not context.has_store:
            self.top_bar.load((), (), context.as_of)
            return
        plans = board.plans(context.store)
        periods = progress.periods(context.store, context.plan_key, context.as_of) if plans else ()
        self.top_bar.load(plans, periods, context.as_of)

    @Slot()
    def after_first_paint(self) -> None:
        """Tell what went wrong while opening; then check and back up the file in the background."""
        self.files.tell_pending()
        _ = self.menu, self.search_popup
        QTimer.singleShot(_AFTER_PAINT_MS, self.look_after)

    @Slot()
    def look_after(self) -> None:
        """Check the open file and back it up, on a connection of the worker's own."""
        if self.context.has_store:
            store = self.context.store
            label = f"正在检查和备份 {store.path.name}"
            self.context.jobs.start(label, partial(_look_after, store), partial(self._on_looked_after, store.path))

    def _on_looked_after(self, path: Path, care: Care) -> None:
        if not self.context.has_store or self.context.store.path != path:
            return
        self.status.show_backup(files.last_backup(path))
        if care.problems:
            error = LedgerFileError(
                "台账文件检查出问题。", hint="请先备份整个文件夹，再用最近的备份恢复。", where=care.problems[0]
            )
            messages.show_error(self, error, consequence=f"共 {len(care.problems)} 处，文件没有改动。")

    # -- leaving --------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Ask every page to save what was typed; the first that cannot is shown."""
        for key, page in self._pages.items():
            try:
                is_saved = page.flush()
            except KnownError as error:
                messages.show_error(self, error)
                is_saved = False
            if not is_saved:
                self.show_page(key)
                return False
        return True

    def after_flush(self, then: Callable[[], None]) -> None:
        """Go on when nothing typed is lost by it; else ask."""
        if self.flush():
            then()
            return
        messages.ask(
            self,
            "台账",
            "填写的内容还不能保存，离开就会丢失。",
            [Action("不保存，离开", then), Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True)],
            headline="有内容没有保存",
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing typed is lost: the pages save first; then jobs are cancelled and waited for."""
        if not self._may_close and not self.flush():
            event.ignore()
            messages.ask(
                self,
                "台账",
                "填写的内容还不能保存，现在退出就会丢失。",
                [
                    Action("不保存，退出", self._close_anyway),
                    Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True),
                ],
                headline="有内容没有保存",
            )
            return
        self.context.jobs.close()
        self.context.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        _save(self.context.settings)
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

    # -- window ---------------------------------------------------------------------------------------

    def _restore_geometry(self) -> None:
        saved = self.context.settings.geometry
        if saved and self.restoreGeometry(QByteArray.fromBase64(saved.encode("ascii"))):
            return
        room = self.screen().availableGeometry()
        self.resize(min(room.width(), 1440), min(room.height(), 900))
        if room.width() <= _SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._search_popup is not None:
            self._search_popup.hide()

    @Slot()
    def _on_file_menu_asked(self) -> None:
        item = self.navigation.file_item
        self.menu.ensurePolished()
        corner = item.mapToGlobal(QPoint(item.width() + 4, item.height() - self.menu.sizeHint().height()))
        self.menu.popup(corner)
        self.menu.setActiveAction(self.menu.actions()[0])

    @Slot()
    def _on_keys_asked(self) -> None:
        from gui.shortcuts import ShortcutSheet

        ShortcutSheet(self.entries, self).open()

    @Slot()
    def toggle_contrast(self) -> None:
        """Light text on black, or back."""
        self.context.settings.high_contrast = not self.context.settings.high_contrast
        self._after_display_change()

    @Slot()
    def _on_quit_asked(self) -> None:
        self.close()

    def _after_display_change(self) -> None:
        _save(self.context.settings)
        QTimer.singleShot(0, partial(self.after_flush, self.rebuild))

    def rebuild(self) -> None:
        """Make frame and pages anew after a change of size or colours; the ledger stays open."""
        from gui import app

        app.dress(QApplication.instance(), self.context.settings)  # type: ignore[arg-type]
        old = self.centralWidget()
        self._pages.clear()
        self._build()
        old.deleteLater()
        self._on_ledger_opened()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A ledger file may be dropped anywhere on the window; pages take what is theirs first."""
        if _dropped_ledger(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_ledger(event)
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, partial(self.files.open_path, path))


def _look_after(store: Store, job: Job) -> Care:
    """In the worker: its own connection."""
    own = store.worker()
    try:
        return files.look_after(own, job)
    finally:
        own.close()


def _dropped_ledger(event: QDropEvent) -> Path | None:
    from pathlib import Path

    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == ".db" else None


def _save(settings: Settings) -> None:
    try:
        settings_file.save(settings)
    except OSError:
        import logging

        logging.getLogger(__name__).warning("settings could not be written", exc_info=True)
