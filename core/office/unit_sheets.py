"""What each unit's sheet of a period holds: the obligations the period expects, and what the ledger knows of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.exchange.unit_sheet import SheetRow, UnitSheet
from core.ledger.returns import is_expected
from core.model.ledger import Obligation, Period
from core.model.units import Register
from core.office import ledger_settings
from core.office.forms import states_of
from core.office.overview import Overview, overview, shown_due, statuses_on
from core.office.own_periods import effective_cut_off
from core.office.periods import period_of
from core.store import plans, progress, settings, units
from core.store.database import Store
from core.store.progress import ProgressRow

PHONE_KEY = "office_phone"


@dataclass(frozen=True, slots=True)
class SheetSet:
    """The sheets of a period, all as version 1, and what gets none."""

    plan_id: int
    plan_key: str
    plan_title: str
    period: Period
    cut_off: date
    sheets: tuple[UnitSheet, ...]
    without: tuple[tuple[str, str], ...]
    """(unit or collective, why it gets no sheet)."""
    register: Register


def unit_sheets(store: Store, plan_key: str | None, period_key: str, *, view: Overview | None = None) -> SheetSet:
    """The sheets of a plan's units for a period (rule 9: what it expects), in the order of the register.

    ``view``: the whole plan as just read for the last day of the period; it is then not read again.

    Raises NotFoundError for an unknown plan, InvalidError for a period that means nothing.
    """
    period = period_of(store, plan_key, period_key)
    now = view or overview(store, plan_key, period.last_day)
    before = statuses_on(now, period.first_day - timedelta(days=1))
    with store.reading() as db:
        register = units.load(db)
        known = settings.everything(db)
        cut_off = effective_cut_off(db, period)
        scopes = {no: plans.scopes_of(db, key) for no, key in plans.measure_ids(db, now.row.id).items()}
    owed: dict[str, list[Obligation]] = defaultdict(list)
    nothing: dict[str, str] = {}
    for item in now.obligations:
        if item.is_group:
            nothing[item.unit] = "名单待补全，不下发"
        elif is_expected(before[item.id]):
            owed[item.unit].append(item)
        else:
            nothing.setdefault(item.unit, "本期没有需要填报的责任事项")
    office = ledger_settings.load(store).office
    sheets = tuple(
        UnitSheet(
            file_id=known.get("file_id", ""),
            plan_key=now.row.key,
            plan_title=now.row.title,
            period=period,
            unit=unit.name,
            version=1,
            rows=tuple(row for item in owed[unit.name] for row in _rows(store, now, item, period, scopes)),
            cut_off=cut_off,
            office=office,
            phone=known.get(PHONE_KEY, ""),
        )
        for unit in register.present
        if unit.name in owed
    )
    without = tuple((name, why) for name, why in nothing.items() if name not in owed)
    return SheetSet(now.row.id, now.row.key, now.row.title, period, cut_off, sheets, without, register)


def _rows(
    store: Store, view: Overview, item: Obligation, period: Period, scopes: Mapping[int, tuple[str, ...]]
) -> list[SheetRow]:
    """One row; one for each part where the period already holds records by part."""
    measure = view.measure(item.measure)
    records = view.progress.get(item.id, [])
    here = {record.part: record for record in records if record.period.key == period.key}
    last = _last(records, period)
    due = shown_due(view.postponed.get(item.id, measure.deadlines), view.statuses[item.id])
    moved = view.postponed_from(item, due)
    plain = SheetRow(
        obligation_id=item.id,
        number=measure.no,
        label=measure.label,
        text=measure.text,
        role=item.role,
        deadline=f"{due}（原{moved}）" if moved and due else measure.deadline_raw or "",
        states=states_of(measure.deadlines),
        targets=tuple(target.text for target in measure.targets),
        parts=scopes.get(measure.no, ()),
        last=last,
    )
    if not here:
        return [plain]
    return [_filled(store, plain, record) for _, record in sorted(here.items(), key=lambda pair: pair[0] or "")]


def _filled(store: Store, row: SheetRow, record: ProgressRow) -> SheetRow:
    with store.reading() as db:
        reached = progress.reached(db, record.id)
    several = len(row.targets) > 1
    words = [
        f"{one.position + 1}. {_figure(one.value)}" if several else _figure(one.value)
        for one in reached
        if one.value is not None  # its note stays in the ledger: read back beside the figure it would be a unit of it
    ]
    return replace(
        row,
        part=record.part,
        state=record.state,
        done_on=record.done_on,
        progress=record.reason or record.text,
        problems=record.problems,
        next_steps=record.next_steps,
        reached="\n".join(words),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _last(records: Sequence[ProgressRow], period: Period) -> str:
    """What was said last before the period: state and text."""
    earlier = [record for record in records if record.period.first_day < period.first_day]
    if not earlier:
        return ""
    record = earlier[-1]
    said = record.text or record.reason
    return f"{record.state.value}：{said}" if said else record.state.value
