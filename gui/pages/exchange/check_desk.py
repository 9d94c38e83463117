"""What is done with returns from 核对: each act in the background, on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.office.collected import Collected, CollectedFile, DiffKey, Fate, LooseFile
from gui import messages

if TYPE_CHECKING:
    from core.exchange.returned import Identity
    from core.job import Job
    from core.office.changes import Changes
    from core.office.collect_write import Accepted
    from core.office.files import Store
    from gui.context import Context
    from gui.pages.exchange.checking import Checking

T = TypeVar("T")
NOT_WRITTEN = "没有写入台账。"


class CheckDesk(QObject):
    """Asks core.office; what was written and what was read anew it says by signal."""

    written = Signal(object, str)
    """A write went through: Changes, and what was done."""
    held = Signal(object)
    """The same files read anew: a Collected."""
    busy_changed = Signal(bool)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._running = 0

    @property
    def is_busy(self) -> bool:
        """Whether an act is on its way."""
        return self._running > 0

    # --- acts --------------------------------------------------------------------------------------

    def accept(self, file: CollectedFile, checking: Checking, done: Callable[[], None]) -> None:
        """Write the ticked fields of one return with its papers; ``done`` when it went through."""
        keys = checking.choice(file)
        collected = _part(file, checking)
        words = f"已接受 {file.unit}的填报表，{len(keys)} 处" if keys else f"已确认收到 {file.unit}的填报表"
        self._run(
            f"正在写入 {file.unit}的填报表",
            partial(_accept, collected=collected, choices={file.at: keys}),
            partial(self._on_accepted, words, done),
            consequence=NOT_WRITTEN,
        )

    def send_back(self, file: CollectedFile, checking: Checking, reason: str) -> None:
        """Note that a return goes back whole."""
        self._run(
            f"正在退回 {file.unit}的填报表",
            partial(_send_back, file=file, reason=reason, holder=checking.collected),
            partial(self._on_written, f"已退回 {file.unit}的填报表"),
            consequence=NOT_WRITTEN,
        )

    def correct(self, checking: Checking, file: CollectedFile, row: int, column: str, text: str) -> None:
        """Read a return anew with another text in one of its cells."""
        kept = [fix for fix in file.fixes if (fix[0], fix[1]) != (row, column)]
        fixes = (*kept, (row, column, text))
        self._look_again(checking, file, None, fixes)

    def decide(self, checking: Checking, file: CollectedFile, identity: Identity) -> None:
        """Read a workbook as whose somebody said it is."""
        self._look_again(checking, file, identity, None)

    def _look_again(
        self,
        checking: Checking,
        file: CollectedFile,
        identity: Identity | None,
        fixes: tuple[tuple[int, str, str], ...] | None,
    ) -> None:
        if checking.collected is None:
            return
        work = partial(
            _look_again, collected=checking.collected, at=file.at, identity=identity, fixes=fixes,
            plan_key=self._context.plan_key,
        )  # fmt: skip
        self._run(f"正在重新读取 {file.name}", work, self.held.emit, consequence=NOT_WRITTEN)

    def keep(self, paper: LooseFile, collected: Collected, done: Callable[[int], None]) -> None:
        """Keep a paper in the ledger so that it can be assigned; ``done`` gets its number there."""
        one = replace(collected, files=(), loose=(replace(paper, fate=Fate.TRAY, target=None),), missing=())
        self._run(
            f"正在保存 {paper.name}", partial(_keep, collected=one), partial(_tell, done), consequence=NOT_WRITTEN
        )

    def write(self, label: str, words: str, work: Callable[[Store], Changes]) -> None:
        """Any other write: a function of a store."""
        self._run(label, partial(_write, work=work), partial(self._on_written, words), consequence=NOT_WRITTEN)

    # --- inner -------------------------------------------------------------------------------------

    def _run(
        self, label: str, work: Callable[[Store, Job], T], on_done: Callable[[T], None], *, consequence: str
    ) -> None:
        self._count(1)
        self._context.jobs.start(
            label,
            partial(_with_own, self._context.store, work),
            partial(self._on_done, on_done),
            on_error=partial(self._on_error, consequence),
            on_cancelled=self._on_cancelled,
        )

    def _count(self, by: int) -> None:
        was = self.is_busy
        self._running = max(0, self._running + by)
        if self.is_busy != was:
            self.busy_changed.emit(self.is_busy)

    def _on_done(self, on_done: Callable[[T], None], result: T) -> None:
        if isValid(self):
            self._count(-1)
            on_done(result)

    def _on_error(self, consequence: str, error: BaseException) -> None:
        if not isValid(self):
            return
        self._count(-1)
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence=consequence)
            return
        from gui import crash

        crash.report(error)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._count(-1)

    def _on_accepted(self, words: str, done: Callable[[], None], accepted: Accepted) -> None:
        papers = f"，佐证材料 {accepted.evidence} 份" if accepted.evidence else ""
        done()
        self.written.emit(accepted.changes, f"{words}{papers}")

    def _on_written(self, words: str, changes: Changes) -> None:
        self.written.emit(changes, words)


def _part(file: CollectedFile, checking: Checking) -> Collected:
    """One return with the papers that are taken along; those that are not go to the tray."""
    whole = checking.collected or Collected((), (), ())
    papers = tuple(
        paper if checking.takes(paper) else replace(paper, fate=Fate.TRAY, target=None)
        for paper in checking.papers(file)
    )
    return replace(whole, files=(file,), loose=(*papers, *checking.stamps(file)), missing=())


def _tell(done: Callable[[int], None], number: int) -> None:
    done(number)


# In the worker --------------------------------------------------------------------------------------------------------


def _with_own(store: Store, work: Callable[[Store, Job], T], job: Job) -> T:
    with closing(store.worker()) as own:
        return work(own, job)


def _accept(store: Store, job: Job, *, collected: Collected, choices: dict[int, frozenset[DiffKey]] | None) -> Accepted:
    from core.office.collect_write import accept

    return accept(store, collected, job, choices=choices)


def _send_back(store: Store, job: Job, *, file: CollectedFile, reason: str, holder: object) -> Changes:
    """``holder`` keeps the copies that were looked at while this runs."""
    from core.office.collect_return import send_back

    assert holder is not None
    return send_back(store, file, reason, job)


def _look_again(
    store: Store,
    job: Job,
    *,
    collected: Collected,
    at: int,
    identity: Identity | None,
    fixes: tuple[tuple[int, str, str], ...] | None,
    plan_key: str | None,
) -> Collected:
    from core.office.collect import look_again

    return look_again(store, collected, at, identity, job, plan_key=plan_key, fixes=fixes)


def _keep(store: Store, job: Job, *, collected: Collected) -> int:
    from core.office.collect_write import accept
    from core.office.tray import tray

    accept(store, collected, job)
    digest = collected.loose[0].sha256
    return next(item.id for item in tray(store) if Path(item.path).name.startswith(digest))


def _write(store: Store, job: Job, *, work: Callable[[Store], Changes]) -> Changes:
    job.step(0, 1, "正在写入")
    return work(store)
