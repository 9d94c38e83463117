"""异议: what a unit objects to in a measure, our answer, and what an answer asks us to do next.

采纳 changes nothing of the plan by itself: the deadline is adjusted, the plan edited or the register put right by
the clerk, each with its own entry in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.errors import InvalidError, NotFoundError
from core.model.typed import typed
from core.office.changes import Changes
from core.office.obligations import changes_of, stored_obligation
from core.office.overview import plan_row
from core.store import journal
from core.store import objections as rows
from core.store.database import Store
from core.store.objections import ObjectionRow

KINDS = ("责任单位不符", "时限不合理", "指标不合理", "不属于本单位职责", "其他")
OUTCOMES = ("采纳", "部分采纳", "不采纳")
_REFUSED = OUTCOMES[-1]


class NextStep(Enum):
    """What the clerk has to do after an objection was taken up; the value is the sentence that says so."""

    ADJUST = "请用“调整时限”给这项措施或这个单位改时限，并写明依据。"
    EDIT_DIVISION = "请用“修改方案”改这项措施的责任分工。"
    EDIT_TARGET = "请用“修改方案”改这项措施的量化指标。"
    REGISTER = "这个单位经名单进入这项措施，请到“单位”改名单，或用“修改方案”改责任分工。"
    BY_ANSWER = "请按答复办理。"


@dataclass(frozen=True, slots=True)
class Objection:
    """One 异议. ``answer``, ``outcome`` and ``answered_on`` are None while it is open.

    ``next_step`` is what an outcome of 采纳 or 部分采纳 asks for, None else.
    """

    id: int
    obligation_id: int
    measure_no: int
    unit: str
    kind: str
    text: str
    raised_on: date
    answer: str | None
    outcome: str | None
    answered_on: date | None
    next_step: NextStep | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for our answer."""
        return self.outcome is None


def raise_objection(store: Store, obligation_id: int, *, kind: str, text: str, raised_on: date) -> Changes:
    """Write down what a unit objects to.

    Raises NotFoundError, InvalidError (kind, text).
    """
    obligation, _, measure_id = stored_obligation(store, obligation_id)
    text = _checked(kind, text)
    with store.transaction() as db:
        rows.insert(db, obligation_id, kind=kind, text=text, raised_on=raised_on)
        journal.append(
            db,
            "提出异议",
            f"第{obligation.measure}项 {obligation.unit}",
            measure_id=measure_id,
            after=_raised_words(kind, text, raised_on),
        )
    return changes_of(obligation)


def correct_objection(store: Store, objection_id: int, *, kind: str, text: str, raised_on: date) -> Changes:
    """Put right what was written down; what stood there stays in the journal.

    Raises NotFoundError, InvalidError (kind, text).
    """
    text = _checked(kind, text)
    with store.transaction() as db:
        row = _found(rows.find(db, objection_id))
        if (row.kind, row.text, row.raised_on) == (kind, text, raised_on):
            return Changes()
        rows.rewrite(db, objection_id, kind=kind, text=text, raised_on=raised_on)
        journal.append(
            db,
            "更正异议",
            _subject(row),
            measure_id=row.measure_id,
            before=_raised_words(row.kind, row.text, row.raised_on),
            after=_raised_words(kind, text, raised_on),
        )
    return _changes(row)


def answer_objection(store: Store, objection_id: int, *, outcome: str, answer: str, answered_on: date) -> Changes:
    """Answer an objection, or answer it anew. Nothing of the plan changes; ``Objection.next_step`` says what to do.

    Raises NotFoundError, InvalidError (outcome, answer).
    """
    if outcome not in OUTCOMES:
        raise InvalidError("请选择处理结果。", hint=f"可选：{'、'.join(OUTCOMES)}。", field="outcome")
    answer = typed(answer)
    if not answer:
        raise InvalidError("请写明答复。", field="answer")
    with store.transaction() as db:
        row = _found(rows.find(db, objection_id))
        if (row.outcome, row.answer, row.answered_on) == (outcome, answer, answered_on):
            return Changes()
        rows.answer(db, objection_id, answer=answer, outcome=outcome, answered_on=answered_on)
        before = _answer_words(row.outcome, row.answer, row.answered_on) if row.outcome else None
        after = {"异议": f"{row.kind}：{row.text}"} | _answer_words(outcome, answer, answered_on)
        journal.append(db, "答复异议", _subject(row), measure_id=row.measure_id, before=before, after=after)
    return _changes(row)


def objections(
    store: Store, plan_key: str | None, *, open_only: bool = False, measure_no: int | None = None
) -> tuple[Objection, ...]:
    """The objections to a plan or to one measure of it, open ones first, the oldest first.

    Raises NotFoundError for an unknown plan.
    """
    plan = plan_row(store, plan_key)
    with store.reading() as db:
        found = [_objection(row) for row in rows.of_plan(db, plan.id)]
    wanted = [o for o in found if (o.is_open or not open_only) and measure_no in (None, o.measure_no)]
    return tuple(sorted(wanted, key=lambda o: not o.is_open))


def objections_of(store: Store, obligation_id: int) -> tuple[Objection, ...]:
    """The objections of one unit to one measure, the oldest first."""
    with store.reading() as db:
        return tuple(_objection(row) for row in rows.of_obligation(db, obligation_id))


def next_step(kind: str, outcome: str | None, *, is_via: bool) -> NextStep | None:
    """What an outcome asks for; ``is_via``: the unit is in the measure through a collective."""
    if outcome is None or outcome == _REFUSED:
        return None
    if kind in ("责任单位不符", "不属于本单位职责"):
        return NextStep.REGISTER if is_via else NextStep.EDIT_DIVISION
    return {"时限不合理": NextStep.ADJUST, "指标不合理": NextStep.EDIT_TARGET}.get(kind, NextStep.BY_ANSWER)


def _checked(kind: str, text: str) -> str:
    if kind not in KINDS:
        raise InvalidError("请选择异议的类别。", hint=f"可选：{'、'.join(KINDS)}。", field="kind")
    text = typed(text)
    if not text:
        raise InvalidError("请写明异议的内容。", field="text")
    return text


def _found(row: ObjectionRow | None) -> ObjectionRow:
    if row is None:
        raise NotFoundError("这条异议已不在台账中。")
    return row


def _subject(row: ObjectionRow) -> str:
    return f"第{row.measure_no}项 {row.unit}"


def _changes(row: ObjectionRow) -> Changes:
    return Changes(frozenset({row.measure_no}), frozenset({row.obligation_id}))


def _raised_words(kind: str, text: str, day: date) -> dict[str, str]:
    return {"类别": kind, "内容": text, "提出日期": day.isoformat()}


def _answer_words(outcome: str | None, answer: str | None, day: date | None) -> dict[str, str | None]:
    return {"处理结果": outcome, "答复": answer, "答复日期": day.isoformat() if day else None}


def _objection(row: ObjectionRow) -> Objection:
    return Objection(
        id=row.id,
        obligation_id=row.obligation_id,
        measure_no=row.measure_no,
        unit=row.unit,
        kind=row.kind,
        text=row.text,
        raised_on=row.raised_on,
        answer=row.answer,
        outcome=row.outcome,
        answered_on=row.answered_on,
        next_step=next_step(row.kind, row.outcome, is_via=row.via),
    )
