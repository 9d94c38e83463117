"""审核 on the page: 通过, 退回 with a reason and 撤回审核, of one form or of several rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.model.ledger import Review
from core.office import reviewing
from gui import messages
from gui.messages import Action
from gui.pages.progress.return_dialog import ReturnDialog

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.forms import Form
    from core.office.obligations import ObligationRow
    from core.office.reviewing import Reviewed
    from gui.context import Context


class ReviewDesk(QObject):
    """Asks what has to be asked, writes, and tells what was done."""

    reviewed = Signal(str, bool)
    """(what was done in words, whether it was the open form, so that the next one may come)."""

    def __init__(self, context: Context, before: Callable[[], bool], window: QWidget) -> None:
        """``before`` writes what was typed; False when that was not possible, and nothing may be reviewed."""
        super().__init__(window)
        self._context = context
        self._before = before
        self._window = window

    # --- one form --------------------------------------------------------------------------------

    def accept(self, form: Form) -> None:
        """通过 what stands in the file, after what was typed went there."""
        if self._before():
            part = form.value.part if form.value is not None else None
            work = partial(reviewing.accept, self._store, [form.obligation.id], form.period.key, part=part)
            self._write(work, f"已通过 {_name(form)}")

    def send_back(self, form: Form) -> None:
        """退回, after the reason was said."""
        if not self._before():
            return
        dialog = self._ask_reason(f"退回 {_name(form)}", f"{form.period.title}。退回后由单位修改，不再计为已完成。")
        dialog.said.connect(partial(self._on_reason, form))
        dialog.open()

    def reopen(self, form: Form) -> None:
        """撤回审核: it waits for review again."""
        part = form.value.part if form.value is not None else None
        work = partial(reviewing.reopen, self._store, [form.obligation.id], form.period.key, part=part)
        self._write(work, f"已撤回 {_name(form)} 的审核结果", goes_on=False)

    def ask_to_change(self, form: Form, then: Callable[[], None]) -> None:
        """What was 通过 is about to be changed."""
        messages.ask(
            self._window,
            "修改已通过的填报",
            "修改后需要重新审核，在此之前报告中不计入“已审核”。",
            [
                Action("不修改", is_escape=True),
                Action("修改", then, "pencil-simple", is_primary=True),
            ],
            headline=f"{_name(form)} 已审核通过",
        )

    # --- several rows ----------------------------------------------------------------------------

    def accept_rows(self, rows: Sequence[ObligationRow]) -> None:
        """通过 of several, after a question that says how many."""
        due = [row for row in rows if row.period_review in {Review.PENDING, Review.RETURNED}]
        if not due or not self._before():
            return
        go = partial(self._accept_rows, due)
        messages.ask(
            self._window,
            "审核",
            f"{_skipped_words(rows, due, Review.ACCEPTED)}通过后仍可退回、撤回或撤销（Ctrl+Z）。",
            [Action("取消", is_escape=True), Action(f"通过 {len(due)} 项", go, "check", is_primary=True)],
            headline=f"通过所选的 {len(due)} 项填报？",
            facts=_facts(due),
        )

    def send_back_rows(self, rows: Sequence[ObligationRow]) -> None:
        """退回 of several, all with the same reason."""
        due = [row for row in rows if row.period_review in {Review.PENDING, Review.ACCEPTED}]
        if not due or not self._before():
            return
        left = _skipped_words(rows, due, Review.RETURNED)
        dialog = self._ask_reason(
            f"退回所选的 {len(due)} 项填报", f"{left}原因写给每一项的责任单位，之后可以撤销（Ctrl+Z）。"
        )
        dialog.said.connect(partial(self._send_back_rows, due))
        dialog.open()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _store(self) -> Store:
        return self._context.store

    def _ask_reason(self, head: str, text: str) -> ReturnDialog:
        return ReturnDialog(head, text, reviewing.last_reasons(self._store), self._window)

    def _on_reason(self, form: Form, reason: str) -> None:
        part = form.value.part if form.value is not None else None
        work = partial(reviewing.send_back, self._store, [form.obligation.id], form.period.key, reason, part=part)
        self._write(work, f"已退回 {_name(form)}")

    def _accept_rows(self, rows: Sequence[ObligationRow]) -> None:
        self._start(rows, "通过", partial(_accept, _ids(rows), self._context.period_key or ""))

    def _send_back_rows(self, rows: Sequence[ObligationRow], reason: str) -> None:
        self._start(rows, "退回", partial(_send_back, _ids(rows), self._context.period_key or "", reason))

    def _start(self, rows: Sequence[ObligationRow], word: str, work: Callable[[Store], Reviewed]) -> None:
        """In the background, one transaction: hundreds of rows with an entry of the journal each take a while."""
        label = f"正在{word} {len(rows)} 项"
        self._context.jobs.start(label, partial(_in_worker, self._store, label, work), partial(self._on_done, word))

    def _on_done(self, word: str, done: Reviewed) -> None:
        self._context.announce(done.changes)
        if isValid(self):  # the page may have been made anew meanwhile
            self.reviewed.emit(f"已{word} {done.reviewed} 项", False)

    def _write(self, work: Callable[[], Reviewed], words: str, *, goes_on: bool = True) -> None:
        try:
            done = work()
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        if not done.reviewed:
            return
        self._context.announce(done.changes)
        self.reviewed.emit(words, goes_on)


def _ids(rows: Sequence[ObligationRow]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _accept(ids: tuple[int, ...], period_key: str, store: Store) -> Reviewed:
    return reviewing.accept(store, ids, period_key)


def _send_back(ids: tuple[int, ...], period_key: str, reason: str, store: Store) -> Reviewed:
    return reviewing.send_back(store, ids, period_key, reason)


def _in_worker(store: Store, label: str, work: Callable[[Store], Reviewed], job: Job) -> Reviewed:
    """On a connection of the worker's own."""
    job.step(0, 1, label)
    own = store.worker()
    try:
        return work(own)
    finally:
        own.close()


def _name(form: Form) -> str:
    return f"{form.obligation.unit}{form.obligation.measure_label}"


def _skipped_words(rows: Sequence[ObligationRow], due: Sequence[ObligationRow], review: Review) -> str:
    """What of the picked rows is left alone, and why."""
    known = {row.id for row in due}
    left = [row for row in rows if row.id not in known]
    same = sum(row.period_review is review for row in left)
    empty = len(left) - same
    said = [f"{same} 项已{review.value}" if same else "", f"{empty} 项本期没有填报" if empty else ""]
    words = "，".join(part for part in said if part)
    return f"另有 {words}，不受影响。" if words else ""


def _facts(rows: Sequence[ObligationRow]) -> tuple[tuple[str, str], ...]:
    """Which they are: the first of them by name."""
    names = [f"{row.unit}{row.measure_label}" for row in rows]
    more = f" 等 {len(names)} 项" if len(names) > 6 else ""
    return (("包括", "、".join(names[:6]) + more),)
