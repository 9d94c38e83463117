"""What the pages share: the open ledger, what the page is computed for (plan, period, date), the worker."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core import settings as settings_file
from core.errors import KnownError
from gui.jobs import JobRunner
from gui.widgets import column_widths

if TYPE_CHECKING:
    from core.office.files import Changes, Store

NOTHING_OPEN = "没有打开的台账文件。"


class Context(QObject):
    """One per window. Pages read it, listen to it and never keep a store of their own."""

    ledger_opened = Signal()
    """Another ledger file is open (or none): reload everything."""
    scope_changed = Signal()
    """Plan, period or date is another: reload what is computed."""
    changed = Signal(object)
    """A write went through; carries core.office's Changes."""
    done = Signal(str)
    """An act that 撤销 takes back went through; carries what was done, in words."""
    saved = Signal(str)
    """The file was written; carries the time as HH:MM."""

    def __init__(self, settings: settings_file.Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings if settings is not None else settings_file.load()
        column_widths.use(self.settings.column_widths)
        self.jobs = JobRunner(self)
        self._store: Store | None = None
        self.plan_key: str | None = None
        self.period_key: str | None = None
        self.as_of: date = date.today()
        self.is_sample = False
        """Whether the open file is a sample (示例台账): it is looked at on its own day."""
        self.held: tuple[object, ...] = ()
        """What was read of returns and is not taken yet, with the ledger and plan it belongs to: it outlives the page,
        which is made anew when colours or sizes change."""

    @property
    def store(self) -> Store:
        """The open ledger.

        Raises KnownError when there is none: ask ``has_store`` first where that can be.
        """
        if self._store is None:
            raise KnownError(NOTHING_OPEN, hint="请先打开或新建台账。")
        return self._store

    @property
    def has_store(self) -> bool:
        """Whether a ledger is open; a count that was put off may come after its closing."""
        return self._store is not None and not self._store.is_closed

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written: a file of another window, of a read-only folder, or no file."""
        return self._store is None or self._store.read_only

    def set_store(self, store: Store | None) -> None:
        """Make a ledger the open one; the one before is closed. Plan and period become its first ones."""
        before = self._store
        self._store = store
        if before is not None and before is not store:
            before.close()
        self._take_day()
        self._choose_first()
        self.ledger_opened.emit()

    def set_scope(
        self, *, plan_key: str | None = None, period_key: str | None = None, as_of: date | None = None
    ) -> None:
        """Compute for another plan, period or date; what is None stays. Silent when nothing changes.

        A period that the plan does not have up to the date gives way to the newest that it has.
        """
        before = (self.plan_key, self.period_key, self.as_of)
        if plan_key is not None and plan_key != self.plan_key:
            self.plan_key = plan_key
        if as_of is not None:
            self.as_of = as_of
        if period_key is not None:
            self.period_key = period_key
        elif (self.plan_key, self.as_of) != (before[0], before[2]):
            self._keep_period()
        if (self.plan_key, self.period_key, self.as_of) != before:
            self.scope_changed.emit()

    def settle_scope(self) -> None:
        """A plan that is not in the file any more (its import was taken back) gives way to the first."""
        from core.office import board

        if self.plan_key not in {plan.key for plan in board.plans(self.store)}:
            self._choose_first()
            self.scope_changed.emit()

    def announce(self, changes: Changes, done: str = "") -> None:
        """Tell all pages once what a write changed, and the status line that it was saved.

        ``done``: what the clerk did, for the bar with 撤销; pages with a bar of their own say it there.
        """
        if changes.plan:
            self.settle_scope()
        if changes.periods:
            self._keep_period()
        self.changed.emit(changes)
        self.saved.emit(datetime.now().strftime("%H:%M"))
        if done:
            self.done.emit(done)

    def _take_day(self) -> None:
        """A sample is looked at on its own day, whatever is opened after it today again."""
        from core.office.sample_mark import sample_day

        day = sample_day(self._store) if self._store is not None else None
        if day is not None or self.is_sample:
            self.as_of = day or date.today()
        self.is_sample = day is not None

    def _choose_first(self) -> None:
        self.plan_key = None
        self.period_key = None
        if self._store is None:
            return
        from core.office import board

        plans = board.plans(self._store)
        if not plans:
            return
        self.plan_key = plans[0].key
        self._keep_period()

    def _keep_period(self) -> None:
        """The chosen period where the plan has it, else the newest that has begun by the date."""
        if self._store is None or self.plan_key is None:
            return
        from core.office import periods as office_periods

        found = office_periods.periods(self._store, self.plan_key, self.as_of)
        begun = [period.key for period in found if period.first_day <= self.as_of] or [p.key for p in found]
        if self.period_key not in [period.key for period in found]:
            self.period_key = begun[0] if begun else None
