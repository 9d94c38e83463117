"""进展填报: the form of one obligation and period, saved whole with its journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.ledger import periods as period_rules
from core.ledger.adjusted import in_force
from core.ledger.states import dues
from core.model.ledger import Due, EntryState, Obligation, Period, Review
from core.model.plan import Deadline, DeadlineKind, Measure
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.evidence import Added, EvidenceRow, evidence_rows
from core.office.obligations import ObligationRow, list_obligations
from core.office.overview import clock_of
from core.office.periods import period_of
from core.store import adjustments, evidence, journal, plans, progress
from core.store import obligations as obligation_rows
from core.store.database import Store
from core.store.evidence_files import Stored
from core.store.progress import ProgressRow

_MANY = 1 << 31
"""More measures than any plan has; what SQLite holds as a number ends far above."""


@dataclass(frozen=True, slots=True)
class FormValue:
    """What the form holds. ``part`` names the 时限项 it speaks for, None for all; ``reason`` is for 不涉及."""

    state: EntryState | None = None
    done_on: date | None = None
    part: str | None = None
    text: str = ""
    problems: str = ""
    next_steps: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What keeps a form from being saved, bound to a field of FormValue."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Previous:
    """What the unit said the last time."""

    period_title: str
    state: EntryState
    text: str
    problems: str
    next_steps: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the page needs of one obligation and period.

    ``value`` is what is saved (None: nothing yet), ``draft`` input of last time that could not be saved,
    ``states`` the choices of this obligation, ``parts`` its scopes when it has several deadlines.
    """

    obligation: ObligationRow
    measure: Measure
    period: Period
    value: FormValue | None
    draft: FormValue | None
    review: Review | None
    saved_at: str | None
    evidence: tuple[EvidenceRow, ...]
    previous: Previous | None
    dues: tuple[Due, ...]
    states: tuple[EntryState, ...]
    parts: tuple[str, ...]


def form(store: Store, obligation_id: int, period_key: str, as_of: date, *, part: str | None = None) -> Form:
    """The form of one obligation and period.

    Raises NotFoundError for an obligation that is not there, InvalidError for the period.
    """
    obligation, plan_id, measure_id = _find(store, obligation_id)
    with store.reading() as db:
        plan = plans.load(db, plan_id)
        key, parts = plans.key_of(db, plan_id), plans.scopes_of(db, measure_id)
        records = progress.of_obligation(db, obligation_id)
        adjusted = adjustments.of_plan(db, plan_id)
        kept = progress.draft(db, obligation_id, period_key, part)
    period = period_of(store, key, period_key)
    rows = list_obligations(store, key, as_of, measure=obligation.measure, period=period.key)
    row = next(r for r in rows if r.id == obligation_id)
    measure = next(m for m in plan.measures if m.no == row.measure_no)
    now = _current(records, period, part)
    own = in_force(measure.deadlines, [a for a in adjusted if a.measure == measure.no], obligation_id)
    with store.reading() as db:
        here = [r.id for r in records if r.period.key == period.key]
        files = [item.id for item in evidence.of_progress(db, here)] if here else []
    return Form(
        obligation=row,
        measure=measure,
        period=period,
        value=_value(now) if now else None,
        draft=_value_from(kept) if kept else None,
        review=now.review if now else None,
        saved_at=now.saved_at if now else None,
        evidence=evidence_rows(store, files, of=obligation_id),
        previous=_previous(records, period),
        dues=dues(own, [r.entry for r in records], clock_of(store, plan, as_of, adjusted)),
        states=states_of(measure.deadlines),
        parts=parts,
    )


def states_of(deadlines: Sequence[Deadline]) -> tuple[EntryState, ...]:
    """The choices of the form: 本期已落实 where something goes on, no 已完成 where it never ends."""
    kinds = {part.kind for part in deadlines}
    lasting = kinds & {DeadlineKind.ONGOING, DeadlineKind.BY_THEN_ONGOING, DeadlineKind.RECURRING}
    choices = [EntryState.NOT_STARTED, EntryState.IN_PROGRESS]
    if kinds != {DeadlineKind.ONGOING}:
        choices.append(EntryState.DONE)
    if lasting:
        choices.append(EntryState.KEPT_UP)
    return (*choices, EntryState.NOT_APPLICABLE)


def check_value(value: FormValue, *, parts: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What keeps a value from being saved; empty when it is whole."""
    found = []
    if value.state is None:
        found.append(Finding("state", "请选择状态。"))
    if value.state is EntryState.DONE and value.done_on is None:
        found.append(Finding("done_on", "请填写完成日期。"))
    if value.state is EntryState.NOT_APPLICABLE and not value.reason.strip():
        found.append(Finding("reason", "请说明不涉及的理由。"))
    if value.part is not None and value.part not in parts:
        choice = f"可选：{'、'.join(parts)}。" if parts else "这项措施不分时限项。"
        found.append(Finding("part", f"没有时限项“{value.part}”。{choice}"))
    return tuple(found)


def save(store: Store, obligation_id: int, period_key: str, value: FormValue) -> Changes:
    """Save a form: one record, one journal entry, the draft forgotten.

    Raises InvalidError with the field, LedgerFileError (disk full, read-only).
    """
    return _save(store, obligation_id, period_key, value, files=(), need_date=True)[0]


def record(
    store: Store,
    obligation_id: int,
    period_key: str | None,
    value: FormValue,
    files: Sequence[Path] = (),
) -> Added:
    """Record from the command line, with evidence: all or nothing.

    Without a period: the quarter of the date done, else of today. Without a date 已完成 counts from the first
    day of its period (rule 4).
    """
    today = datetime.now().astimezone().date()
    key = period_key or period_rules.quarter_of(value.done_on or today).key
    stored = evidence_use.store_files(store, files, Job())
    changes, numbers, already = _save(store, obligation_id, key, value, files=stored, need_date=False)
    return Added(evidence_rows(store, numbers, of=obligation_id), tuple(already), changes)


def add_evidence(store: Store, obligation_id: int, period_key: str, files: Sequence[Path], job: Job) -> Added:
    """Take files in for an obligation and period: all or none.

    An obligation without an entry in the period gets one: 推进中.

    Raises EvidenceError, LedgerFileError, Cancelled.
    """
    return _tie(store, obligation_id, period_key, evidence_use.store_files(store, files, job))


def add_pasted(store: Store, obligation_id: int, period_key: str, name: str, data: bytes) -> Added:
    """Take in a pasted picture."""
    return _tie(store, obligation_id, period_key, evidence_use.store_bytes(store, name, data))


def reuse_evidence(store: Store, obligation_id: int, period_key: str, evidence_id: int) -> Added:
    """Tie a file that the ledger already holds (also: undo of a removal)."""
    with store.reading() as db:
        item = evidence.find(db, evidence_id)
    if item is None:
        raise NotFoundError("这份佐证材料已不在台账中。")
    return _tie(store, obligation_id, period_key, (Stored(item.sha256, item.size, item.name),))


def remove_evidence(store: Store, obligation_id: int, period_key: str, evidence_id: int) -> Changes:
    """Untie a file from the obligation's entries of a period; the file stays stored."""
    obligation, _, measure_id = _find(store, obligation_id)
    with store.transaction() as db:
        item = evidence.find(db, evidence_id)
        if item is None:
            raise NotFoundError("这份佐证材料已不在台账中。")
        for row in progress.of_obligation(db, obligation_id):
            if row.period.key == period_key:
                evidence.unlink(db, row.id, evidence_id)
        subject = _subject(obligation, period_key)
        journal.append(db, "移除佐证材料", subject, measure_id=measure_id, before={"佐证材料": item.title})
    return _changed(obligation)


def keep_draft(store: Store, obligation_id: int, period_key: str, value: FormValue) -> None:
    """Keep input that cannot be saved yet."""
    plain: dict[str, Any] = asdict(value)
    plain["done_on"] = value.done_on.isoformat() if value.done_on else None
    with store.transaction() as db:
        progress.keep_draft(db, obligation_id, period_key, value.part, plain)


def drop_draft(store: Store, obligation_id: int, period_key: str, part: str | None = None) -> None:
    """Forget kept input: the clerk gave it up."""
    with store.transaction() as db:
        progress.drop_draft(db, obligation_id, period_key, part)


def find_obligation(store: Store, plan_key: str | None, measure_no: int, unit: str) -> ObligationRow:
    """The obligation of a unit (name or alias) in a measure.

    Raises NotFoundError, naming who owes the measure.
    """
    from core.store import units

    today = datetime.now().astimezone().date()
    rows = list_obligations(store, plan_key, today, measure=measure_no) if abs(measure_no) < _MANY else ()
    if not rows:
        listed = list_obligations(store, plan_key, today)
        last = max((row.measure_no for row in listed), default=0)
        raise NotFoundError(f"方案中没有第 {measure_no} 项措施。", hint=f"措施编号为 1—{last}。")
    with store.reading() as db:
        known = units.load(db).find(unit)
    if known is None:
        raise NotFoundError(f"单位名册中没有“{unit}”。", hint="请用名册中的名称或简称。")
    for row in rows:
        if row.unit == known.name:
            return row
    names = "、".join(row.unit for row in rows)
    raise NotFoundError(f"“{unit}”不是第 {measure_no} 项措施的责任单位。", hint=f"责任单位：{names}。")


def _find(store: Store, obligation_id: int) -> tuple[Obligation, int, int]:
    with store.reading() as db:
        found = obligation_rows.find(db, obligation_id)
    if found is None:
        raise NotFoundError("这个责任事项已不在台账中。")
    return found


def _save(
    store: Store,
    obligation_id: int,
    period_key: str,
    value: FormValue,
    *,
    files: Sequence[Stored],
    need_date: bool,
) -> tuple[Changes, list[int], list[str]]:
    obligation, plan_id, measure_id = _find(store, obligation_id)
    with store.reading() as db:
        plan_key, parts = plans.key_of(db, plan_id), plans.scopes_of(db, measure_id)
        if value.part is not None and value.part == plans.only_scope_of(db, measure_id):
            value = replace(value, part=None)
    for finding in check_value(value, parts=parts):
        if finding.field != "done_on" or need_date:
            raise InvalidError(finding.message, field=finding.field)
    period = period_of(store, plan_key, period_key)
    with store.transaction() as db:
        before = next(
            (
                r
                for r in progress.of_obligation(db, obligation_id)
                if r.period.key == period.key and r.part == value.part
            ),
            None,
        )
        progress.drop_draft(db, obligation_id, period_key, value.part)
        if before is not None and _value(before) == _stripped(value):
            progress_id, changed = before.id, Changes()
        else:
            progress_id = progress.save(
                db, obligation_id, progress.ensure_period(db, period), value.part, _columns(_stripped(value))
            )
            changed = _changed(obligation)
        numbers, already = evidence_use.tie(store, progress_id, files)
        after = _words(_stripped(value)) | ({"佐证材料": [f.name for f in files]} if files else {})
        if changed != Changes() or files:
            journal.append(
                db,
                "填报进展",
                _subject(obligation, period.title),
                measure_id=measure_id,
                before=_words(_value(before)) if before else None,
                after=after,
            )
            changed = _changed(obligation)
    return changed, numbers, already


def _tie(store: Store, obligation_id: int, period_key: str, files: Sequence[Stored]) -> Added:
    obligation, plan_id, measure_id = _find(store, obligation_id)
    with store.reading() as db:
        plan_key = plans.key_of(db, plan_id)
    period = period_of(store, plan_key, period_key)
    with store.transaction() as db:
        row = _current(progress.of_obligation(db, obligation_id), period, None)
        progress_id = (
            row.id
            if row is not None
            else progress.save(
                db,
                obligation_id,
                progress.ensure_period(db, period),
                None,
                _columns(FormValue(EntryState.IN_PROGRESS)),
            )
        )
        numbers, already = evidence_use.tie(store, progress_id, files)
        journal.append(
            db,
            "加入佐证材料",
            _subject(obligation, period.title),
            measure_id=measure_id,
            after={"佐证材料": "、".join(file.name for file in files)},
        )
    return Added(evidence_rows(store, numbers, of=obligation_id), tuple(already), _changed(obligation))


def _current(records: Sequence[ProgressRow], period: Period, part: str | None) -> ProgressRow | None:
    """The record of a period: that of the part if one is named, else the one that speaks for all, else any."""
    here = [record for record in records if record.period.key == period.key]
    if part is not None:
        return next((record for record in here if record.part == part), None)
    return next((record for record in here if record.part is None), here[0] if here else None)


def _previous(records: Sequence[ProgressRow], period: Period) -> Previous | None:
    earlier = [record for record in records if record.period.first_day < period.first_day]
    if not earlier:
        return None
    last = earlier[-1]
    return Previous(last.period.title, last.state, last.text, last.problems, last.next_steps)


def _changed(obligation: Obligation) -> Changes:
    return Changes(measures=frozenset({obligation.measure}), obligations=frozenset({obligation.id}))


def _subject(obligation: Obligation, period: str) -> str:
    return f"第{obligation.measure}项 {obligation.unit}，{period}"


def _stripped(value: FormValue) -> FormValue:
    """As it is kept: a date only where the state has one, a reason only for 不涉及."""
    dated = value.state in (EntryState.DONE, EntryState.KEPT_UP)
    return replace(
        value,
        done_on=value.done_on if dated else None,
        text=value.text.strip(),
        problems=value.problems.strip(),
        next_steps=value.next_steps.strip(),
        reason=value.reason.strip() if value.state is EntryState.NOT_APPLICABLE else "",
    )


def _value(row: ProgressRow) -> FormValue:
    return FormValue(row.state, row.done_on, row.part, row.text, row.problems, row.next_steps, row.reason)


def _value_from(plain: dict[str, Any]) -> FormValue:
    day = plain.get("done_on")
    state = plain.get("state")
    return FormValue(
        state=EntryState(state) if state else None,
        done_on=date.fromisoformat(day) if day else None,
        part=plain.get("part"),
        text=plain.get("text") or "",
        problems=plain.get("problems") or "",
        next_steps=plain.get("next_steps") or "",
        reason=plain.get("reason") or "",
    )


def _columns(value: FormValue) -> dict[str, Any]:
    return {
        "state": value.state,
        "done_on": value.done_on.isoformat() if value.done_on else None,
        "text": value.text,
        "problems": value.problems,
        "next_steps": value.next_steps,
        "reason": value.reason,
    }


def _words(value: FormValue) -> dict[str, Any]:
    """The value under the words of the form, for the journal."""
    words = {
        "状态": value.state.value if value.state else None,
        "完成日期": value.done_on.isoformat() if value.done_on else None,
        "时限项": value.part,
        "工作进展": value.text,
        "存在问题": value.problems,
        "下一步工作": value.next_steps,
        "理由": value.reason,
    }
    return {key: word for key, word in words.items() if word}
