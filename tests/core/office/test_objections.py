"""异议: raised, answered, listed while open; taken up, it changes nothing by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.office import bundled, check, enter_plan, forms, measures, objections, obligations, progress
from core.office.changes import Changes
from core.office.objections import NextStep
from core.store import plans as plan_rows
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)
RAISED, ANSWERED = date(2024, 5, 6), date(2024, 5, 20)


@pytest.fixture
def obligation(store: Store) -> int:
    """财政局 in measure 1, through 各行政执法单位."""
    return progress.find_obligation(store, None, 1, "财政局").id


def raise_one(store: Store, obligation: int, kind: str = "时限不合理", text: str = "四季度才有经费。") -> int:
    """The number of a new objection."""
    objections.raise_objection(store, obligation, kind=kind, text=text, raised_on=RAISED)
    return max(o.id for o in objections.objections(store, None))


def history(store: Store, no: int = 1) -> list[str]:
    return [line.text for line in measures.measure_detail(store, None, no, DAY).history]


def test_an_open_objection_is_listed_until_it_is_answered(store: Store, obligation: int) -> None:
    """In the list, on the form, in the row of the obligation; gone from all of them with the answer."""
    changes = objections.raise_objection(
        store, obligation, kind="时限不合理", text=" 四季度才有经费。 ", raised_on=RAISED
    )

    assert changes == Changes(frozenset({1}), frozenset({obligation}))
    (found,) = objections.objections(store, None, open_only=True)
    assert (found.measure_no, found.unit, found.kind, found.text) == (1, "财政局", "时限不合理", "四季度才有经费。")
    assert (found.raised_on, found.is_open, found.next_step) == (RAISED, True, None)
    form = forms.form(store, obligation, Q4, DAY)
    assert (form.objections, form.obligation.objections) == ((found,), 1)
    row = next(r for r in measures.measure_detail(store, None, 1, DAY).obligations if r.id == obligation)
    assert row.objections == 1

    objections.answer_objection(store, found.id, outcome="不采纳", answer="经费已下达。", answered_on=ANSWERED)

    assert objections.objections(store, None, open_only=True) == ()
    answered = objections.objections(store, None)[0]
    assert (answered.outcome, answered.answer, answered.answered_on) == ("不采纳", "经费已下达。", ANSWERED)
    assert answered.next_step is None
    assert forms.form(store, obligation, Q4, DAY).obligation.objections == 0


@pytest.mark.parametrize(
    ("no", "unit", "kind", "outcome", "step"),
    [
        (1, "财政局", "时限不合理", "采纳", NextStep.ADJUST),
        (1, "财政局", "时限不合理", "部分采纳", NextStep.ADJUST),
        (1, "财政局", "时限不合理", "不采纳", None),
        (1, "财政局", "指标不合理", "采纳", NextStep.EDIT_TARGET),
        (1, "财政局", "不属于本单位职责", "采纳", NextStep.REGISTER),
        (28, "工信局", "责任单位不符", "采纳", NextStep.EDIT_DIVISION),
        (28, "工信局", "其他", "采纳", NextStep.BY_ANSWER),
    ],
)
def test_taken_up_it_says_what_to_do_and_changes_nothing_of_the_plan(
    store: Store, no: int, unit: str, kind: str, outcome: str, step: NextStep | None
) -> None:
    """A unit that is in a measure through a collective is a matter of the register, else of the division."""
    key = progress.find_obligation(store, None, no, unit).id
    with store.reading() as db:
        before = plan_rows.load(db, 1)
    number = raise_one(store, key, kind)

    objections.answer_objection(store, number, outcome=outcome, answer="同意。", answered_on=ANSWERED)

    assert objections.objections(store, None)[0].next_step is step
    with store.reading() as db:
        assert plan_rows.load(db, 1) == before
    assert any(row.id == key for row in obligations.list_obligations(store, None, DAY, measure=no))


def test_the_history_tells_of_objection_and_answer(store: Store, obligation: int) -> None:
    """Both with their words; a second answer shows the first."""
    number = raise_one(store, obligation)
    objections.answer_objection(store, number, outcome="不采纳", answer="不同意。", answered_on=ANSWERED)
    objections.answer_objection(store, number, outcome="采纳", answer="同意延期。", answered_on=ANSWERED)

    newest, first, raised = history(store)
    assert raised == "提出异议：第1项 财政局。类别 时限不合理；内容 四季度才有经费；提出日期 2024-05-06"
    assert first.startswith("答复异议：第1项 财政局。")
    assert "处理结果 不采纳" in first
    assert "异议 时限不合理：四季度才有经费" in first
    assert "处理结果 不采纳 → 采纳" in newest
    assert "答复 不同意。 → 同意延期" in newest
    assert check.check(store, Job()) == ()


def test_what_was_written_down_wrongly_is_corrected_and_told(store: Store, obligation: int) -> None:
    """The same again is no change."""
    number = raise_one(store, obligation)
    right: dict[str, Any] = {"kind": "指标不合理", "text": "60学时太多。", "raised_on": RAISED}

    assert objections.correct_objection(store, number, **right) != Changes()
    assert objections.correct_objection(store, number, **right) == Changes()

    (found,) = objections.objections(store, None)
    assert (found.kind, found.text) == ("指标不合理", "60学时太多。")
    assert "类别 时限不合理 → 指标不合理" in history(store)[0]


@pytest.mark.parametrize(
    ("kind", "text", "field"), [("没有这类", "a", "kind"), ("", "a", "kind"), ("其他", "  ", "text")]
)
def test_an_objection_has_a_kind_and_words(store: Store, obligation: int, kind: str, text: str, field: str) -> None:
    """Nothing is written without them."""
    with pytest.raises(InvalidError) as caught:
        objections.raise_objection(store, obligation, kind=kind, text=text, raised_on=RAISED)

    assert caught.value.field == field
    assert objections.objections(store, None) == ()


@pytest.mark.parametrize(("outcome", "answer", "field"), [("也许", "a", "outcome"), ("采纳", " ", "answer")])
def test_an_answer_has_an_outcome_and_words(
    store: Store, obligation: int, outcome: str, answer: str, field: str
) -> None:
    """It stays open without them."""
    number = raise_one(store, obligation)
    with pytest.raises(InvalidError) as caught:
        objections.answer_objection(store, number, outcome=outcome, answer=answer, answered_on=ANSWERED)

    assert caught.value.field == field
    assert objections.objections(store, None)[0].is_open


def test_unknown_ones_are_said_to_be_gone(store: Store) -> None:
    """A stale window."""
    with pytest.raises(NotFoundError):
        objections.raise_objection(store, 10**6, kind="其他", text="a", raised_on=RAISED)
    with pytest.raises(NotFoundError):
        objections.answer_objection(store, 10**6, outcome="采纳", answer="a", answered_on=ANSWERED)


def test_open_ones_come_first_and_those_of_another_plan_are_not_among_them(store: Store, obligation: int) -> None:
    """Each plan has its own; one measure's can be asked for."""
    with store.transaction() as db:
        enter_plan.enter_plan(db, "p2", bundled.load("suizhou"))
    first = raise_one(store, obligation, text="一")
    raise_one(store, progress.find_obligation(store, None, 3, "财政局").id, text="二")
    objections.answer_objection(store, first, outcome="不采纳", answer="否", answered_on=ANSWERED)

    assert [o.text for o in objections.objections(store, None)] == ["二", "一"]
    assert [o.text for o in objections.objections(store, None, measure_no=1)] == ["一"]
    assert objections.objections(store, "p2") == ()
