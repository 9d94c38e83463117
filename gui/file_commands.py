"""The commands of a ledger file: new, open, recent, move, show its folder; and the first start."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core import paths
from core import settings as settings_file
from core.errors import KnownError
from core.office import files
from gui import messages
from gui.context import Context
from gui.messages import Action

if TYPE_CHECKING:
    from core.office.files import Store
    from gui.plan_edit.new_plan import NewPlan
    from gui.practice import Practice

_UNCHANGED = "原来的文件没有改动。"


class FileCommands(QObject):
    """Acts on the window's context. ``may_leave`` asks the pages to save what was typed; False keeps the file."""

    recent_changed = Signal()
    import_asked = Signal()
    """Choose a document and import its plan."""
    blank_begun = Signal()
    """A ledger with a plan without measures is open: they are to be typed."""
    paste_asked = Signal()
    """Import the plan that was copied from a page or a sheet."""
    restore_asked = Signal(object)
    """Restore from a backup or package: its path, or None to choose one."""
    mend_asked = Signal(object)
    """A ledger (its path) that cannot be opened: put one of its backups in its place."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, context: Context, may_leave: Callable[[Callable[[], None]], None], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._may_leave = may_leave
        self._to_tell: list[Callable[[], None]] = []
        self._waiting: Callable[[], None] | None = None
        self._practice: Practice | None = None

    def open_first(self, path: Path | None) -> None:
        """What the program starts with: the path given, else the last file, else 古县's new one.

        Where that fails the window stays without a ledger and says why once it is on screen.
        """
        first = path or next(iter(self.recent()), None)
        if first is not None:
            self._try(partial(files.open_ledger, first), first)
        else:
            first = files.default_ledger()
            self._try(partial(files.open_or_create, first), first)
        if not self._context.has_store:
            self._context.set_store(None)

    def tell_pending(self) -> None:
        """Show what could not be told before the window was on screen."""
        told, self._to_tell = self._to_tell, []
        for tell in told:
            tell()

    def recent(self) -> list[Path]:
        """Files opened before that still exist, the last one first."""
        return [Path(name) for name in self._context.settings.recent if Path(name).is_file()]

    @Slot()
    def new(self) -> None:
        """Ask where, then make a ledger with a bundled plan, or with one that is typed by hand."""
        from gui.new_ledger import NewLedgerDialog

        dialog = NewLedgerDialog(self._window)
        dialog.bundled_chosen.connect(self._ask_place)
        dialog.blank_chosen.connect(self._ask_title)
        dialog.open()

    @Slot()
    def open(self) -> None:
        """Ask for a file and open it."""
        messages.choose_open(self._window, "打开台账", self._folder(), [messages.LEDGER_FILTER], self.open_path)

    @Slot()
    def practise(self) -> None:
        """Make or open the sample to practise on."""
        from gui.practice import Practice

        if self._practice is None:
            self._practice = Practice(self._context, self, self._window)
        self._practice.start()

    @Slot()
    def move(self) -> None:
        """Ask where to, then move the file with its evidence."""
        if self._context.read_only:
            return
        self._context_free(self._ask_target)

    @Slot()
    def show_folder(self) -> None:
        """Open the folder of the ledger file in the system's file manager."""
        if self._context.has_store:
            show_in_folder(self._context.store.path)

    def open_path(self, path: Path) -> None:
        """Open a file in place of the one that is open."""
        if self._context.has_store and not self._context.read_only and _same(self._context.store.path, path):
            return
        self._when_idle(partial(self._try, partial(files.open_ledger, path), path))

    def exchange(self, path: Path, do: Callable[[], Store]) -> None:
        """Leave the open ledger and take the one that ``do`` puts in its place at ``path``.

        Where that fails, what stands at ``path`` is opened again.
        """
        self._when_idle(partial(self._exchange, path, do))

    def _exchange(self, path: Path, do: Callable[[], Store]) -> None:
        self._context.set_store(None)
        try:
            store = do()
        except KnownError as error:
            self._try(partial(files.open_ledger, path), path)
            self._tell(partial(messages.show_error, self._window, error, consequence="没有恢复。"))
        else:
            self._take(store)

    def _context_free(self, then: Callable[[], None]) -> None:
        """Go on once what was typed is saved and no job is using the file."""
        if self._context.jobs.is_busy:
            messages.show_info(self._window, "台账", "有工作正在进行", "等它完成或先取消，再移动文件。")
            return
        self._may_leave(then)

    def _when_idle(self, then: Callable[[], None]) -> None:
        """Leave the ledger once its running job (a backup, evidence coming in) has ended; it is short or can be cancelled."""
        jobs = self._context.jobs
        if not jobs.is_busy:
            self._may_leave(then)
            return
        self._waiting = partial(self._may_leave, then)
        jobs.finished.connect(self._on_idle, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _on_idle(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    @Slot(str)
    def _ask_place(self, plan: str) -> None:
        from core.office import bundled

        start = _free_name(self._folder() / f"{bundled.TITLES.get(plan, '新台账')}.db")
        messages.choose_save(
            self._window,
            "新建台账",
            start,
            [messages.LEDGER_FILTER],
            partial(self._create, plan),
            asks_to_replace=False,
        )

    def _create(self, plan: str, path: Path) -> None:
        self._when_idle(partial(self._try, partial(files.create_ledger, path, plan), path))

    @Slot()
    def _ask_title(self) -> None:
        from gui.plan_edit.new_plan import NewPlanDialog

        dialog = NewPlanDialog(self._window)
        dialog.named.connect(self._ask_blank_place)
        dialog.open()

    @Slot(object)
    def _ask_blank_place(self, plan: NewPlan) -> None:
        from gui.plan_edit.new_plan import file_name

        start = _free_name(self._folder() / f"{file_name(plan.title)}.db")
        messages.choose_save(
            self._window,
            "新建台账",
            start,
            [messages.LEDGER_FILTER],
            partial(self._create_blank, plan),
            asks_to_replace=False,
        )

    def _create_blank(self, plan: NewPlan, path: Path) -> None:
        self._when_idle(partial(self._begin_blank, plan, path))

    def _begin_blank(self, plan: NewPlan, path: Path) -> None:
        """The pages read the new file when it is taken; then its measures can be typed."""
        from gui.plan_edit.new_plan import blank_ledger

        before = self._context.store if self._context.has_store else None
        self._try(partial(blank_ledger, plan, path), path)
        if self._context.has_store and self._context.store is not before:
            self.blank_begun.emit()

    def _ask_target(self) -> None:
        messages.choose_save(
            self._window,
            "移动台账文件",
            self._context.store.path,
            [messages.LEDGER_FILTER],
            self._move_to,
            asks_to_replace=False,
        )

    def _move_to(self, target: Path) -> None:
        """Evidence may be gigabytes: copied in the background, with 取消; only the last step holds the window."""
        from core.office import moving

        source = self._context.store.path
        if _same(source, target):
            return
        self._context.jobs.start(
            f"正在移动 {source.name}",
            partial(moving.prepare_move, source, target),
            partial(self._finish_move, target),
            on_error=self._tell_unmoved,
        )

    def _finish_move(self, target: Path, _copied: object) -> None:
        self._may_leave(partial(self._end_move, target))

    def _end_move(self, target: Path) -> None:
        from core.office import moving, second_place

        source = self._context.store.path
        try:
            moved = moving.finish_move(self._context.store, target)
        except KnownError as error:
            self._tell_unmoved(error)
            return
        second_place.follow(self._context.settings, source, moved.path)
        self._take(moved)

    def _tell_unmoved(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            raise error
        messages.show_error(self._window, error, consequence="文件没有移动。")

    def _try(self, opened: Callable[[], Store], path: Path) -> None:
        """Open, and on failure say why; a file of another window, or one that may only be read, can be read."""
        try:
            store = opened()
        except files.LockedError as error:
            self._tell(partial(self._tell_locked, error, path))
        except KnownError as error:
            self._tell(partial(self._tell_failed, error, path))
        else:
            self._take(store)

    def _take(self, store: Store) -> None:
        self._context.settings.remember(store.path)
        self._save_settings()
        self._context.set_store(store)
        self.recent_changed.emit()

    def _tell(self, tell: Callable[[], None]) -> None:
        if self._window.isVisible():
            tell()
        else:
            self._to_tell.append(tell)

    def _tell_locked(self, error: files.LockedError, path: Path) -> None:
        facts = [("文件", str(path))]
        if error.holder is not None:
            facts += [("使用人", error.holder.name), ("从", error.holder.since)]
        facts.append(("怎么办", "可以只读打开，或等对方关闭后再打开。"))
        messages.ask(
            self._window,
            "打开台账",
            "同一个台账一次只能在一个窗口里修改，以免互相覆盖。",
            [
                Action("取消", is_escape=True),
                Action("只读打开", partial(self._open_for_reading, path), "lock-simple", is_primary=True),
            ],
            headline=f"“{path.name}”正在使用中",
            facts=facts,
        )

    def _tell_failed(self, error: KnownError, path: Path) -> None:
        actions = [Action("关闭", is_escape=True)]
        can_mend = path.is_file() and files.has_backups(path)
        if isinstance(error.__cause__, OSError) and path.is_file():
            actions.append(Action("只读打开", partial(self._open_for_reading, path), "lock-simple"))
        actions.append(Action("打开其他文件", self.open, "folder-open", is_primary=not can_mend))
        if can_mend:  # it looks first and asks again before anything is exchanged
            mend = partial(self.mend_asked.emit, path)
            actions.append(Action("从备份恢复", mend, "clock-counter-clockwise", is_primary=True))
        messages.show_error(self._window, error, consequence=_UNCHANGED, actions=actions)

    def _open_for_reading(self, path: Path) -> None:
        try:
            store = files.open_ledger(path, read_only=True)
        except KnownError as error:
            messages.show_error(self._window, error, consequence=_UNCHANGED)
        else:
            self._take(store)

    def _save_settings(self) -> None:
        """Remembering a file is a comfort: where it cannot be written the ledger is opened all the same."""
        try:
            settings_file.save(self._context.settings)
        except OSError as error:
            _log_unsaved(error)

    def _folder(self) -> Path:
        if self._context.has_store:
            return self._context.store.path.parent
        folder = paths.documents_folder()
        # Before the first ledger the folder is not there yet, and a file dialog would show the working directory.
        return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)


def show_in_folder(file: Path) -> None:
    """Show a file in the system's file manager; on Windows it is selected there."""
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(["explorer", "/select,", str(file)])
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _free_name(path: Path) -> Path:
    """The path, or the same with a number where something is there already."""
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}{number}")
        number += 1
    return free


def _log_unsaved(error: OSError) -> None:
    import logging

    logging.getLogger(__name__).warning("settings could not be written: %s", error)
