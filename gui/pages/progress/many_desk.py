"""同时填报多个单位 on the page: the dialog, and the writing in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.office import many, units
from gui.pages.progress.many_dialog import ManyDialog, Wish
from gui.pages.progress.reading import read_form

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.forms import Form
    from core.office.many import ManyFilled
    from core.office.obligations import ObligationRow
    from gui.context import Context


class ManyDesk(QObject):
    """Asks for the units and the value, writes, and tells what was done."""

    filled = Signal(str)

    def __init__(self, context: Context, before: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._before = before
        self._window = window

    def ask(self, rows: Sequence[ObligationRow], form: Form) -> None:
        """Open the dialog at the measure of a form."""
        self._before()
        groups = [unit for unit in units.units(self._context.store) if unit.is_group and unit.members]
        read = partial(read_form, self._context, part=None, window=self._window)
        dialog = ManyDialog(rows, groups, form, read, partial(self._foresee, form.period.key), self._window)
        dialog.wished.connect(partial(self._fill, form.period.key))
        dialog.open()

    def _foresee(self, period_key: str, wish: Wish) -> ManyFilled:
        store = self._context.store
        return many.fill_effect(store, wish.obligations, period_key, wish.value, overwrite=wish.overwrite)

    def _fill(self, period_key: str, wish: Wish) -> None:
        label = f"正在填报 {len(wish.obligations)} 个单位"
        self._context.jobs.start(label, partial(_fill, self._context.store, period_key, wish), self._on_filled)

    def _on_filled(self, done: ManyFilled) -> None:
        self._context.announce(done.changes)
        if isValid(self):
            skipped = f"，跳过 {len(done.skipped)} 个" if done.skipped else ""
            self.filled.emit(f"已填报 {done.filled} 个单位{skipped}")


def _fill(store: Store, period_key: str, wish: Wish, job: Job) -> ManyFilled:
    """In the worker, on its own connection: one transaction."""
    job.step(0, 1, f"正在填报 {len(wish.obligations)} 个单位")
    own = store.worker()
    try:
        return many.fill_many(own, wish.obligations, period_key, wish.value, overwrite=wish.overwrite)
    finally:
        own.close()
