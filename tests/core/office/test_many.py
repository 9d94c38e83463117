"""批量填报: one value for many, in one transaction; what is left alone is named with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidError
from core.job import Job
from core.model.ledger import EntryState, Review, State
from core.model.plan import DeadlineKind
from core.office import bundled, check, enter_plan, forms, many, measures, obligations, progress, reviewing, units
from core.office.changes import Changes
from core.office.form_value import FormValue, TargetValue
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已部署。", came_by="电话", said_by="张三")
DONE = FormValue(EntryState.DONE, date(2024, 11, 2), text="已完成轮训。")


@pytest.fixture
def forty(store: Store) -> tuple[int, ...]:
    """The obligations of measure 1, forty units and more."""
    units.complete_group(store, "各乡镇", [f"第{number}镇" for number in range(1, 22)], whole=True)
    rows = obligations.list_obligations(store, None, DAY, measure=1)
    assert len(rows) >= 40
    return tuple(row.id for row in rows[:40])


def unit_of(store: Store, obligation: int) -> str:
    return forms.form(store, obligation, Q4, DAY).obligation.unit


def journal_length(store: Store) -> int:
    return int(store.db.execute("SELECT count(*) FROM journal").fetchone()[0])


def test_forty_units_are_filled_at_once_with_an_entry_of_the_journal_each(store: Store, forty: tuple[int, ...]) -> None:
    """All the fields, and the journal says that it was 批量填报."""
    before = journal_length(store)

    done = many.fill_many(store, forty, Q4, BEGUN)

    assert (done.filled, done.skipped) == (40, ())
    assert done.changes == Changes(frozenset({1}), frozenset(forty))
    for key in forty:
        value = forms.form(store, key, Q4, DAY).value
        assert value is not None
        assert (value.state, value.text, value.came_by, value.said_by) == (
            EntryState.IN_PROGRESS, "已部署。", "电话", "张三",
        )  # fmt: skip
    assert journal_length(store) == before + 40
    newest = measures.measure_detail(store, None, 1, DAY).history[0].text
    assert "2024年第四季度（批量填报）。" in newest
    assert check.check(store, Job()) == ()


def test_reviewed_entered_and_drafted_ones_are_left_alone_and_named(store: Store, forty: tuple[int, ...]) -> None:
    """Each with its unit and why, as was told before; the others are filled."""
    passed, entered, drafted, gone = forty[0], forty[1], forty[2], 10**6
    for key in (passed, entered):
        progress.save(store, key, Q4, FormValue(EntryState.IN_PROGRESS, text="自己填的"))
    reviewing.accept(store, [passed], Q4)
    progress.keep_draft(store, drafted, Q4, FormValue(text="半句"))

    effect = many.fill_effect(store, [*forty, gone], Q4, DONE)
    done = many.fill_many(store, [*forty, gone], Q4, DONE)

    assert done.filled == 37
    assert (effect.filled, effect.skipped) == (done.filled, done.skipped)
    assert done.skipped == (
        (unit_of(store, passed), "已审核通过"),
        (unit_of(store, entered), "本期已有填报"),
        (unit_of(store, drafted), "有没填完的草稿"),
        ("", "这个责任事项已不在台账中"),
    )
    kept = [forms.form(store, key, Q4, DAY) for key in (passed, entered)]
    assert [form.value.text for form in kept if form.value] == ["自己填的"] * 2
    draft = forms.form(store, drafted, Q4, DAY).draft
    assert draft is not None
    assert draft.text == "半句"


def test_overwriting_takes_entries_and_drafts_but_not_what_was_passed(store: Store, forty: tuple[int, ...]) -> None:
    """What was 退回 waits for review again; the same value again is no change."""
    passed, entered, returned, same = forty[:4]
    for key in (passed, entered, returned):
        progress.save(store, key, Q4, FormValue(EntryState.IN_PROGRESS, text="自己填的"))
    progress.save(store, same, Q4, DONE)
    reviewing.accept(store, [passed], Q4)
    reviewing.send_back(store, [returned], Q4, "太简单")

    effect = many.fill_effect(store, forty, Q4, DONE, overwrite=True)
    assert forms.form(store, entered, Q4, DAY).obligation.status.state is State.IN_PROGRESS
    done = many.fill_many(store, forty, Q4, DONE, overwrite=True)

    assert (effect.filled, effect.skipped) == (done.filled, done.skipped)
    assert done.filled == 38
    assert done.skipped == ((unit_of(store, passed), "已审核通过"), (unit_of(store, same), "填报内容相同"))
    assert forms.form(store, returned, Q4, DAY).review is Review.PENDING
    assert forms.form(store, entered, Q4, DAY).obligation.status.state is State.DONE


def test_done_does_not_fit_what_lasts(store: Store) -> None:
    """长期坚持 is never 已完成; with several measures the measure is named too."""
    with store.transaction() as db:
        enter_plan.enter_plan(db, "p2", bundled.load("qinzhou"))
    kinds = {m.no: {part.kind for part in m.deadlines} for m in bundled.load("qinzhou").measures}
    lasting = next(no for no in kinds if kinds[no] == {DeadlineKind.ONGOING})
    dated = next(no for no in kinds if kinds[no] == {DeadlineKind.BY})
    keys = [obligations.list_obligations(store, "p2", DAY, measure=no)[0] for no in (lasting, dated)]

    done = many.fill_many(store, [row.id for row in keys], Q4, DONE)

    assert done.filled == 1
    assert done.skipped == ((f"第{lasting}项 {keys[0].unit}", "这项措施不能填“已完成”"),)
    assert forms.form(store, keys[0].id, Q4, DAY).value is None


def test_a_value_that_is_not_whole_is_refused_before_anything_is_written(store: Store, forty: tuple[int, ...]) -> None:
    """With its field, as in the form."""
    for value, field in (
        (FormValue(), "state"),
        (FormValue(EntryState.DONE), "done_on"),
        (FormValue(EntryState.NOT_APPLICABLE), "reason"),
    ):
        with pytest.raises(InvalidError) as caught:
            many.fill_many(store, forty, Q4, value)
        assert caught.value.field == field
    assert forms.form(store, forty[0], Q4, DAY).value is None


def test_it_is_whole_or_not_at_all(store: Store, forty: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the fortieth leaves nothing of the others."""
    from core.store import journal

    real, count = journal.append, []

    def append(*args: object, **kwargs: object) -> None:
        count.append(1)
        if len(count) == 40:
            raise OSError(28, "No space left on device")
        real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "append", append)
    with pytest.raises(Exception, match="磁盘"):
        many.fill_many(store, forty, Q4, BEGUN)

    assert not any(forms.form(store, key, Q4, DAY).value for key in forty)


def test_a_part_and_a_target_that_a_measure_has_not_leave_it_alone(store: Store, forty: tuple[int, ...]) -> None:
    """Said with the reason; nothing is written in a neighbouring place instead."""
    part = FormValue(EntryState.IN_PROGRESS, part="应急领域")
    target = FormValue(EntryState.IN_PROGRESS, targets=(TargetValue(7, 1.0),))

    assert {why for _, why in many.fill_many(store, forty, Q4, part).skipped} == {"没有时限项“应急领域”"}
    assert {why for _, why in many.fill_many(store, forty, Q4, target).skipped} == {"没有这项量化指标"}


def test_obligations_of_two_plans_of_one_file_are_filled_together(store: Store) -> None:
    """Everything goes by the number of the obligation."""
    with store.transaction() as db:
        enter_plan.enter_plan(db, "p2", bundled.load("qinzhou"))
    ours = obligations.list_obligations(store, None, DAY)[0].id
    theirs = next(
        row.id for row in obligations.list_obligations(store, "p2", DAY) if row.status.state is State.NOT_STARTED
    )

    assert many.fill_many(store, [ours, theirs], Q4, BEGUN).filled == 2
    assert len(reviewing.to_review(store, None)) == len(reviewing.to_review(store, "p2")) == 1
    assert reviewing.accept(store, [ours, theirs], Q4).reviewed == 2
