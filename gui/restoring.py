"""恢复 from a backup or a package: restored beside the ledger, compared, and put in its place when the clerk says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core import paths
from core.errors import KnownError
from core.office import files
from core.office.first_words import first_of
from gui import crash, messages
from gui.messages import Action

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.restoring import Comparison, Prepared, Ready
    from core.office.safekeeping import Kept
    from gui.context import Context
    from gui.file_commands import FileCommands

_TITLE = "恢复台账"
_FILTER = "备份或移交包 (*.db *.zip)"
_UNTOUCHED = "没有恢复，现在的台账没有改动。"


class RestoreDesk(QObject):
    """Acts on the window's context through its file commands."""

    def __init__(self, context: Context, commands: FileCommands, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._commands = commands
        self._window = window

    @Slot(object)
    def restore(self, source: Path | None) -> None:
        """Restore from a backup or package; None: ask for it first."""
        if source is None:
            self._choose(self.restore, self._start_folder())
            return
        if self._context.has_store and not self._context.read_only:
            self._prepare(source, self._context.store.path)
        else:
            self._ask_new_place(source)

    @Slot(object)
    def mend(self, ledger: Path) -> None:
        """A ledger that cannot be opened: choose one of its backups to take its place."""
        from core.office import backups

        self._choose(lambda source: self._prepare(source, ledger), backups.folder_of(ledger))

    def _choose(self, then: Callable[[Path], None], start: Path) -> None:
        messages.choose_open(self._window, "选择备份或移交包", start, [_FILTER], then)

    def _start_folder(self) -> Path:
        from core.office import backups

        if not self._context.has_store:
            folder = paths.documents_folder()
            return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
        path = self._context.store.path
        found = backups.folder_of(path)
        return found if found.is_dir() else path.parent

    # -- in the place of the ledger -------------------------------------------------------------------

    def _prepare(self, source: Path, ledger: Path) -> None:
        if source.resolve() == ledger.resolve():
            messages.show_info(self._window, _TITLE, "这就是现在打开的台账", "请选择备份或移交包。")
            return
        self._context.jobs.start(
            f"正在恢复 {source.name}", partial(_prepared, source, ledger), self._ask, on_error=self._tell
        )

    def _ask(self, prepared: Prepared) -> None:
        """What would change, and what becomes of the present file."""
        if prepared.comparison.is_other:
            messages.ask(
                self._window,
                _TITLE,
                "不能用它替换现在的台账；可以恢复成另一个文件，再从“文件”菜单打开。",
                [
                    Action("取消", partial(_discard, prepared), is_escape=True),
                    Action("恢复成另一个文件", partial(self._apart, prepared), "file-plus", is_primary=True),
                ],
                headline="这是另一个台账的备份",
                facts=[("备份", prepared.source.name), ("台账", prepared.ledger.name)],
            )
            return
        messages.ask(
            self._window,
            _TITLE,
            "还没有改动。换成这一份以后，现在的台账仍留在备份里，可以再换回来。",
            [
                Action("取消", partial(_discard, prepared), is_escape=True),
                Action("恢复成另一个文件", partial(self._apart, prepared), "file-plus"),
                Action(
                    "换成这一份",
                    partial(self._make_room, prepared),
                    "clock-counter-clockwise",
                    is_primary=True,
                    is_large=True,
                ),
            ],
            headline=f"用“{prepared.source.name}”换下现在的台账？",
            facts=facts(prepared.comparison),
        )

    def _make_room(self, prepared: Prepared) -> None:
        self._context.jobs.start(
            f"正在恢复 {prepared.source.name}",
            partial(_made_room, prepared),
            self._exchange,
            on_error=partial(self._failed, prepared),
            on_cancelled=partial(_discard, prepared),
        )

    def _exchange(self, ready: Ready) -> None:
        self._commands.exchange(ready.prepared.ledger, partial(self._swap, ready))

    def _swap(self, ready: Ready) -> Store:
        from core.office import restoring

        try:
            restoring.swap(ready)
        except KnownError:
            _discard(ready.prepared)
            raise
        store = files.open_ledger(ready.prepared.ledger)
        told = f"换下的台账是“{ready.kept.parent.name}”里的“{ready.kept.name}”。"
        more = f"但{first_of(ready.problems, '份材料')}。" if ready.problems else ""
        messages.show_info(self._window, _TITLE, f"已恢复“{ready.prepared.source.name}”", told + more)
        return store

    # -- as another file ------------------------------------------------------------------------------

    def _apart(self, prepared: Prepared) -> None:
        _discard(prepared)
        self._ask_new_place(prepared.source)

    def _ask_new_place(self, source: Path) -> None:
        folder = self._context.store.path.parent if self._context.has_store else self._start_folder()
        stem = source.stem.split(" ")[0] or "台账"
        start = folder / f"{stem} 恢复.db"
        messages.choose_save(
            self._window,
            "恢复成",
            start,
            [messages.LEDGER_FILTER],
            partial(self._restore_to, source),
            asks_to_replace=False,
        )

    def _restore_to(self, source: Path, target: Path) -> None:
        self._context.jobs.start(
            f"正在恢复到 {target.name}", partial(_restored, source, target), self._on_restored, on_error=self._tell
        )

    def _on_restored(self, kept: Kept) -> None:
        lacking = f"{first_of(kept.problems, '份材料')}。" if kept.problems else ""
        if not self._context.has_store and not lacking:
            self._commands.open_path(kept.path)
            return
        messages.ask(
            self._window,
            _TITLE,
            lacking or "台账完好，材料齐全。",
            [
                Action("以后再说", is_escape=True),
                Action("打开它", partial(self._commands.open_path, kept.path), "folder-open", is_primary=True),
            ],
            headline=f"已恢复成“{kept.path.name}”",
            facts=[("文件", str(kept.path)), ("材料", f"{kept.files} 份")],
        )

    def _failed(self, prepared: Prepared, error: BaseException) -> None:
        _discard(prepared)
        self._tell(error)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence=_UNTOUCHED)
        else:
            crash.report(error)


def facts(found: Comparison) -> list[tuple[str, str]]:
    """A comparison in words, for the box of the question."""
    said = [
        ("备份里", f"最后一次操作 {found.last_then or '无'}"),
        ("现在", f"最后一次操作 {found.last_now}" if found.last_now else "这份台账读不出来"),
    ]
    different = [
        f"{row.label} {row.now} → {row.then}"
        for row in found.rows
        if row.now is not None and row.now != row.then and row.label != "操作日志"
    ]
    if found.rows and found.rows[0].now is not None:
        said.append(("会变的", "，".join(different) or "各项数量都一样"))
    if found.is_newer:
        said.append(("操作日志", "这一份接着现在的台账，没有少什么"))
    elif found.lost:
        more = f" 等 {found.lost} 次操作" if found.lost > len(found.latest) else f"，共 {found.lost} 次操作"
        said.append(("会少掉", "、".join(found.latest) + more))
    elif found.lost == 0:
        said.append(("操作日志", "和现在的一样，没有少什么"))
    elif found.last_now:
        said.append(("操作日志", "两份从某一条起各自不同，请确认要换"))
    return said


def _prepared(source: Path, ledger: Path, job: Job) -> Prepared:
    from core.office import restoring

    return restoring.prepare(source, ledger, job)


def _made_room(prepared: Prepared, job: Job) -> Ready:
    from core.office import restoring

    return restoring.make_room(prepared, job)


def _restored(source: Path, target: Path, job: Job) -> Kept:
    from core.office import safekeeping

    return safekeeping.restore(source, target, job)


def _discard(prepared: Prepared) -> None:
    from core.office import restoring

    restoring.discard(prepared)
