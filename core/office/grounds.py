"""What the ledger holds, read once for a whole heap of returns: for the reader, and to compare with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from sqlite3 import Connection

from core.exchange.returned import KnownLedger, KnownObligation, KnownPlan
from core.ledger.returns import is_expected
from core.model.ledger import Obligation, Period, Review
from core.model.plan import Measure, Target
from core.model.units import Register
from core.office.collected import RowKey
from core.office.entry import Place
from core.office.form_value import FormValue, target_values, value_of
from core.office.forms import states_of
from core.office.overview import Overview, overview, statuses_on
from core.office.periods import period_of
from core.store import dispatches, obligations, periods, plans, progress, settings, units
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record says now, and its review."""

    value: FormValue
    review: Review


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation with its measure; ``parts`` and ``only_part`` as in ``Place``."""

    obligation: Obligation
    plan_key: str
    measure: Measure
    measure_id: int
    parts: tuple[str, ...]
    only_part: str | None


@dataclass(slots=True)
class Grounds:
    """The ledger as a look at returns needs it; what belongs to a period is read when it is first asked for."""

    store: Store
    known: KnownLedger
    register: Register
    plan_ids: Mapping[str, int]
    _owed: Mapping[int, Owed]
    _periods: dict[tuple[str, str], Period] = field(default_factory=dict)
    _records: dict[tuple[str, str], dict[RowKey, Standing]] = field(default_factory=dict)
    _drafts: dict[str, set[int]] = field(default_factory=dict)
    _expected: dict[tuple[str, str], dict[str, tuple[int, ...]]] = field(default_factory=dict)
    _views: dict[str, Overview] = field(default_factory=dict)

    def place(self, obligation_id: int, period: Period) -> Place:
        """Where an entry of an obligation goes."""
        owed = self._owed[obligation_id]
        targets = owed.measure.targets
        return Place(owed.obligation, owed.measure_id, period, owed.parts, owed.only_part, targets)

    def owed(self, obligation_id: int) -> Owed:
        """What is known of an obligation, whatever the period."""
        return self._owed[obligation_id]

    def period(self, plan_key: str, key: str) -> Period:
        """A period of a plan.

        Raises InvalidError.
        """
        known = self._periods.get((plan_key, key))
        if known is None:
            known = self._periods[plan_key, key] = period_of(self.store, plan_key, key)
        return known

    def owns(self, obligation_id: int) -> bool:
        """Whether it is an obligation that holds now."""
        return obligation_id in self._owed

    def measure_of(self, obligation_id: int) -> Measure:
        """The measure of an obligation."""
        return self._owed[obligation_id].measure

    def standing(self, plan_key: str, period: Period) -> dict[RowKey, Standing]:
        """The records of a plan in a period."""
        key = plan_key, period.key
        if key not in self._records:
            with self.store.reading() as db:
                rows = progress.of_period(db, self.plan_ids[plan_key], period.key)
                reached = progress.reached_in(db, period.key)
            self._records[key] = {
                RowKey(row.obligation_id, row.part): Standing(
                    value_of(row, target_values(self._targets(row.obligation_id), reached.get(row.id, ()))), row.review
                )
                for row in rows
                if row.obligation_id in self._owed
            }
        return self._records[key]

    def has_draft(self, obligation_id: int, period: Period) -> bool:
        """Whether a form holds something that is not saved yet."""
        if period.key not in self._drafts:
            with self.store.reading() as db:
                self._drafts[period.key] = progress.drafted(db, period.key)
        return obligation_id in self._drafts[period.key]

    def expected(self, plan_key: str, period: Period) -> dict[str, tuple[int, ...]]:
        """What a period expects of each unit (rule 9), collectives left out."""
        key = plan_key, period.key
        if key not in self._expected:
            day = period.first_day - timedelta(days=1)
            view = self._views.get(plan_key)
            if view is None:
                view = self._views[plan_key] = overview(self.store, plan_key, day)
            before = view.statuses if view.clock.as_of == day else statuses_on(view, day)
            found: dict[str, list[int]] = defaultdict(list)
            for item in view.obligations:
                if not item.is_group and is_expected(before[item.id]):
                    found[item.unit].append(item.id)
            self._expected[key] = {unit: tuple(ids) for unit, ids in found.items()}
        return self._expected[key]

    def _targets(self, obligation_id: int) -> tuple[Target, ...]:
        return self._owed[obligation_id].measure.targets


def grounds_of(store: Store) -> Grounds:
    """Read what all returns are compared with."""
    with store.reading() as db:
        register = units.load(db)
        owed: dict[int, Owed] = {}
        known_plans, plan_ids = [], {}
        for row in plans.listing(db):
            plan_ids[row.key] = row.id
            known_plans.append(_plan(db, row.id, row.key, row.title, owed))
        names = {
            name: found.name
            for unit in register.units
            if not unit.is_group
            for name in unit.names
            if (found := register.find(name)) is not None and not found.is_group
        }
        known = KnownLedger(
            settings.everything(db).get("file_id", ""),
            tuple(known_plans),
            periods.listing(db),
            names,
            dispatches.versions(db),
        )
    return Grounds(store, known, register, plan_ids, owed)


def _plan(db: Connection, plan_id: int, key: str, title: str, owed: dict[int, Owed]) -> KnownPlan:
    measures = {measure.no: measure for measure in plans.load(db, plan_id).measures}
    ids = plans.measure_ids(db, plan_id)
    by_unit: dict[str, list[KnownObligation]] = defaultdict(list)
    parts, states = {}, {}
    for no, measure in measures.items():
        deadlines = measure.deadlines
        scopes = tuple(part.scope for part in deadlines if part.scope) if len(deadlines) > 1 else ()
        parts[no] = scopes, deadlines[0].scope if len(deadlines) == 1 else None
        states[no] = states_of(deadlines)
    for item in obligations.of_plan(db, plan_id):
        measure = measures[item.measure]
        scopes, only = parts[measure.no]
        owed[item.id] = Owed(item, key, measure, ids[measure.no], scopes, only)
        if not item.is_group:
            by_unit[item.unit].append(
                KnownObligation(
                    item.id, measure.no, measure.label, measure.text, states[measure.no], scopes, measure.targets
                )
            )
    texts = {measure.no: (measure.label, measure.text) for measure in measures.values()}
    return KnownPlan(key, title, texts, {unit: tuple(found) for unit, found in by_unit.items()})
