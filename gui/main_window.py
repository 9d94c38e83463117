"""The window: frame, pages and the open ledger. It joins them and knows nothing of their insides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from core import settings as settings_file
from core.errors import KnownError, LedgerFileError
from core.office import board, files
from core.office import periods as office_periods
from core.settings import Settings
from gui import messages
from gui.context import Context
from gui.file_commands import FileCommands
from gui.frame import Frame
from gui.import_sheet.host import ImportHost
from gui.messages import Action
from gui.outside_watch import OutsideWatch
from gui.pages import PAGES, PageEntry
from gui.plan_edit.host import EditHost
from gui.restoring import RestoreDesk
from gui.undoing import Undoing
from gui.waiting import WaitingCounts
from gui.ways import Ways
from gui.widgets.stack_turn import turn_to

if TYPE_CHECKING:
    from pathlib import Path

    from core.job import Job
    from core.model.edit import Edited
    from core.office.changes import Changes
    from core.office.files import Care, Store
    from core.office.reading import Imported
    from core.office.second_place import SecondPlace
    from gui.pages.base import Page

_AFTER_PAINT_MS = 250
"""Until the first table is on screen nothing else may take the processor."""
_HOME, _FIRST_WORK = "home", "table"
"""A file in which nothing was filled in opens where its first work is: its table, with what must still be looked at."""
_TITLE_BAR = 40
"""What the frame of the system may take: the status line must not lie below the screen."""
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
        self.restoring = RestoreDesk(context, self.files, self)
        self.undoing = Undoing(context, self.flush, self._current_frame, self)
        self.importing = ImportHost(context, self, self._current_frame)
        self.editing = EditHost(context, self, self._current_frame)
        self.waiting = WaitingCounts(context, self)
        self.ways = Ways(context, self.show_page, self.page, self)
        self.outside = OutsideWatch(context, self)
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

    def _build(self) -> None:
        self.frame = Frame(self.context, self.files, self.entries, self)
        self.frame.page_chosen.connect(self.show_page)
        self.frame.jumped.connect(self.ways.jump)
        self.frame.display_changed.connect(self._on_display_changed)
        self.waiting.show_on(self.frame.navigation)
        self.setCentralWidget(self.frame)

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.files.import_asked.connect(self.importing.choose)
        self.files.blank_begun.connect(self._on_blank_begun)
        self.files.paste_asked.connect(self.importing.paste)
        self.files.undo_asked.connect(self.undoing.undo)
        self.files.redo_asked.connect(self.undoing.redo)
        self.files.restore_asked.connect(self.restoring.restore)
        self.files.mend_asked.connect(self.restoring.mend)
        self.context.changed.connect(self._on_changed)
        self.importing.imported.connect(self._on_imported)
        self.importing.replaced.connect(self._on_replaced)
        self.importing.closed.connect(self._on_sheet_closed)
        self.editing.saved.connect(self._on_plan_edited)
        self.editing.closed.connect(self._on_sheet_closed)

    # -- pages ----------------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Bring a page to the front, making it when it is shown for the first time."""
        if not self.context.has_store:
            return
        self._page_key = key
        self.frame.navigation.choose(key)
        page = self.page(key)
        turn_to(self.frame.stack, page, page.take_keyboard)

    def page(self, key: str) -> Page:
        """A page by its key, made if need be."""
        if key not in self._pages:
            entry = next(entry for entry in self.entries if entry.key == key)
            made = entry.load()(self.context, self.frame.stack)
            self.ways.connect_page(made)
            made.import_asked.connect(self.importing.choose)
            made.paste_asked.connect(self.importing.paste)
            made.new_asked.connect(self.files.new)
            made.practice_asked.connect(self.files.practise)
            made.edit_asked.connect(self.editing.open)
            made.display_changed.connect(self._on_display_changed)
            made.backed_up.connect(self._on_backed_up)
            made.restore_asked.connect(self.files.restore_asked)
            self.frame.stack.addWidget(made)
            self._pages[key] = made
        return self._pages[key]

    @Slot(object)
    def _on_imported(self, imported: Imported) -> None:
        """The new plan is the one that is shown."""
        periods = office_periods.periods(self.context.store, imported.key, self.context.as_of)
        keys = [period.key for period in periods]
        first = None if self.context.period_key in keys else next(iter(keys), None)
        self.context.set_scope(plan_key=imported.key, period_key=first)
        self.show_page("table")
        self.page("table").tell(f"已导入“{imported.plan.title}”，共 {len(imported.plan.measures)} 项措施")

    @Slot(object, str)
    def _on_replaced(self, changes: Changes, key: str) -> None:
        """A new version has taken the place of a plan: it is shown, and the top bar names it."""
        self.context.announce(changes)
        self.context.set_scope(plan_key=key)
        self._load_scope()
        self.show_page("table")
        self.page("table").tell("已换成新版本，填报记录跟着措施走；旧版本在“导出”的“旧版本”里可以查看")

    @Slot(object, object)
    def _on_plan_edited(self, changes: Changes, edited: Edited) -> None:
        """The pages read anew, and the top bar, which names the plan."""
        self.page("table").take_edit(changes, edited)
        self._load_scope()

    @Slot()
    def _on_blank_begun(self) -> None:
        """A plan without measures: they are typed at once."""
        self.show_page("table")
        self.editing.open()

    @Slot()
    def _on_sheet_closed(self) -> None:
        if self.context.has_store:
            self.page(self._page_key).take_keyboard()

    def _current_frame(self) -> Frame:
        return self.frame

    # -- the ledger -----------------------------------------------------------------------------------

    @Slot()
    def _on_ledger_opened(self) -> None:
        if self._page_key == _HOME and self.context.has_store and not board.is_begun(self.context.store):
            self._page_key = _FIRST_WORK
        self._show_ledger()
        if self.isVisible():
            self.look_after()

    def _show_ledger(self) -> None:
        context = self.context
        store = context.store if context.has_store else None
        self.frame.navigation.set_pages_enabled(store is not None)
        self._load_scope()
        if store is None:
            self.frame.status.show_file("", "")
            self.frame.navigation.brand.set_note("")
            self.setWindowTitle("台账")
            self.frame.stack.setCurrentWidget(self.frame.no_ledger)
            return
        reason = "台账以只读方式打开，不能修改" if store.read_only else ""
        self.frame.status.show_file(store.path.name, str(store.path), read_only=reason)
        self.outside.show_place(self.frame.status)
        self.frame.status.show_backup(files.last_backup(store.path))
        self.frame.navigation.brand.set_note("示例，供练习" if context.is_sample else store.path.stem)
        marks = f"{'（示例）' if context.is_sample else ''}{'（只读）' if store.read_only else ''}"
        self.setWindowTitle(f"{store.path.stem}{marks} - 台账")
        self.show_page(self._page_key)

    @Slot()
    def _on_scope_changed(self) -> None:
        self._load_scope()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """The top bar names plans and periods."""
        if changes.plan or changes.periods:
            self._load_scope()

    def _load_scope(self) -> None:
        context = self.context
        if not context.has_store:
            self.frame.top_bar.load((), (), context.as_of)
            return
        plans = board.plans(context.store)
        periods = office_periods.periods(context.store, context.plan_key, context.as_of) if plans else ()
        self.frame.top_bar.load(plans, periods, context.as_of)

    @Slot()
    def after_first_paint(self) -> None:
        """Tell what went wrong while opening; then check and back up the file in the background."""
        self.files.tell_pending()
        self.frame.build_rest()
        self.waiting.release()
        if self.context.has_store:
            self.page(self._page_key).take_keyboard()
        QTimer.singleShot(_AFTER_PAINT_MS, self.look_after)

    @Slot()
    def look_after(self) -> None:
        """Check the open file and back it up, on a connection of the worker's own."""
        if self.context.has_store:
            store = self.context.store
            label = f"正在检查和备份 {store.path.name}"
            work = partial(_look_after, store, self.context.settings)
            self.context.jobs.start(label, work, partial(self._on_looked_after, store.path))

    def _on_looked_after(self, path: Path, end: tuple[Care, SecondPlace | None]) -> None:
        care, place = end
        if place is not None:
            from core.office import second_place

            second_place.remember(self.context.settings, path, place)
            _save(self.context.settings)
        if not self.context.has_store or self.context.store.path != path:
            return
        self._show_backup(path, care)
        if care.problems:
            error = LedgerFileError(
                "台账文件检查出问题。", hint="请先备份整个文件夹，再用最近的备份恢复。", where=care.problems[0]
            )
            messages.show_error(self, error, consequence=f"共 {len(care.problems)} 处，文件没有改动。")

    @Slot()
    def _on_backed_up(self) -> None:
        self._show_backup(self.context.store.path)

    def _show_backup(self, path: Path, care: Care | None = None) -> None:
        """When the last backup was made, and what is not well with it: evidence it lacks, an old second place."""
        from core.office import second_place  # what it needs is not loaded before the first paint
        from core.office.first_words import first_of

        place = second_place.place_of(self.context.settings, path)
        lacking = first_of(care.not_kept, "份没有备份") if care is not None else ""
        self.frame.status.show_backup(
            files.last_backup(path), lacking or second_place.warning(place, datetime.now().astimezone())
        )

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
        for host in (self.importing, self.editing):
            if host.holds_work() and not self._may_close:
                event.ignore()
                host.ask_to_close(self._close_anyway)
                return
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
        if not self._may_close and self._asks_about_unfinished():
            event.ignore()
            return
        self.importing.close_sheet()
        self.editing.close_sheet()
        self.context.jobs.close()
        self.context.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        _save(self.context.settings)
        super().closeEvent(event)

    def _asks_about_unfinished(self) -> bool:
        for key, page in self._pages.items():
            if words := page.unfinished():
                messages.ask(
                    self,
                    "台账",
                    words,
                    [
                        Action("退出", self._close_anyway),
                        Action("回去核对", partial(self.show_page, key), is_primary=True, is_escape=True),
                    ],
                    headline="收到的填报表还没有核对",
                )
                return True
        return False

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

    # -- window ---------------------------------------------------------------------------------------

    def _restore_geometry(self) -> None:
        saved = self.context.settings.geometry
        is_restored = bool(saved) and self.restoreGeometry(QByteArray.fromBase64(saved.encode("ascii")))
        room = self.screen().availableGeometry()
        if is_restored:
            # the screen may be another one now, or its scale
            self.resize(self.size().boundedTo(room.size()))
            return
        self.resize(min(room.width(), 1440), min(room.height() - _TITLE_BAR, 900))
        if room.width() <= _SMALL_SCREEN:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @Slot()
    def _on_display_changed(self) -> None:
        _save(self.context.settings)
        QTimer.singleShot(0, partial(self.after_flush, self.rebuild))

    def rebuild(self) -> None:
        """Make frame and pages anew after a change of size or colours; the ledger stays open."""
        from gui import app

        app.dress(QApplication.instance(), self.context.settings)  # type: ignore[arg-type]
        self._pages.clear()
        self._build()  # the old frame goes when another takes its place
        self._show_ledger()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A ledger or a plan document may be dropped anywhere; pages take what is theirs first."""
        if self.editing.is_open:
            return
        is_ledger = _dropped_ledger(event) is not None and not self.importing.is_open
        if is_ledger or self.importing.takes(event):
            event.setDropAction(Qt.DropAction.CopyAction)  # never a move: the clerk's own file stays where it is
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_ledger(event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if path is not None and not self.importing.is_open:
            QTimer.singleShot(0, partial(self.files.open_path, path))
        elif path is None and self.importing.takes(event):
            self.importing.drop(event)


def _look_after(store: Store, settings: Settings, job: Job) -> tuple[Care, SecondPlace | None]:
    """In the worker: its own connection. What was backed up goes to the second place too."""
    from core.office import second_place

    own = store.worker()
    try:
        care = files.look_after(own, job)
        place = second_place.place_of(settings, own.path)
        if place is None or care.backup is None:
            return care, None
        return care, second_place.copy_there(own.path, care.backup, place, job)
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
