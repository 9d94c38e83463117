"""Editing a plan by hand: numbers, headings, texts and origin hold whatever is done to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidError, NotFoundError
from core.model import edit
from core.model.edit import Edited
from core.model.plan import Deadline, DeadlineKind, Document, Measure, Plan, Section, Target, Task

BY = Deadline(DeadlineKind.BY, date(2024, 12, 31))


def plan_of(*measures: Measure) -> Plan:
    """Two sections, the first with two tasks, the second with one."""
    return Plan(
        Document("方案"),
        (Section(1, "（一）", "甲", 3), Section(2, "（二）", "乙")),
        (Task(1, 1, "1.", "子"), Task(2, 1, "2.", "丑"), Task(3, 2, "3.", "寅")),
        measures,
    )


@pytest.fixture
def e() -> Edited:
    """Four measures: one in each task, two in the last."""
    places = [(1, 1), (1, 2), (2, 3), (2, 3)]
    return edit.begin(
        plan_of(*(Measure(no, f"（{no}）", s, t, f"第{no}项甲。第{no}项乙。") for no, (s, t) in enumerate(places, 1)))
    )


def texts(e: Edited) -> list[str]:
    return [measure.text for measure in e.plan.measures]


def headings(e: Edited) -> list[tuple[int | None, int | None]]:
    return [(measure.section, measure.task) for measure in e.plan.measures]


def test_begin_numbers_through_and_forgets_headings_that_are_not_there() -> None:
    """A draft with gaps becomes 1, 2, 3 …; the origin keeps the numbers it came with."""
    e = edit.begin(
        Plan(
            Document("t"),
            (Section(4, "", "甲"),),
            (Task(7, 4, "", "子"),),
            (Measure(3, "", 4, 7, "一"), Measure(9, "", 5, None, "二")),
        )
    )

    assert e.origin == ((3,), (9,))
    assert (e.plan.sections[0].no, e.plan.tasks[0].no, e.plan.tasks[0].section) == (1, 1, 1)
    assert headings(e) == [(1, 1), (None, None)]


def test_a_changed_measure_keeps_its_place(e: Edited) -> None:
    """Only the named fields change."""
    changed = edit.change_measure(e, 2, text="改", deadlines=(BY,))

    assert texts(changed)[1] == "改"
    assert changed.plan.measures[1].label == "（2）"
    assert changed.origin == e.origin


def test_a_new_measure_stands_under_the_heading_of_the_one_before(e: Edited) -> None:
    """Or as the first of the heading that is named."""
    behind = edit.add_measure(e, 2, text="新")
    first = edit.add_measure(e, None, section=2, task=3, text="新")

    assert (texts(behind)[2], headings(behind)[2], behind.origin[2]) == ("新", (1, 2), ())
    assert (texts(first)[2], headings(first)[2]) == ("新", (2, 3))
    assert [m.no for m in first.plan.measures] == [1, 2, 3, 4, 5]


def test_measures_enter_a_blank_plan_in_the_order_of_its_sections() -> None:
    """A section without measures knows where its first one belongs."""
    e = edit.begin(Plan(Document("t")))
    e = edit.add_section(edit.add_section(e, None, "一、", "甲"), 1, "二、", "乙")
    e = edit.add_measure(e, None, section=2, text="后")
    e = edit.add_measure(e, None, section=1, text="前")

    assert texts(e) == ["前", "后"]


def test_split_gives_division_and_deadline_to_both_and_its_target_to_the_half_that_says_it() -> None:
    """The printed number stays with the first; dates of the text follow their clause."""
    measure = Measure(
        1, "（1）", 1, 1, "培训不少于60学时。应急领域2024年底前完成。", ("司法局",), division_raw="司法局牵头",
        deadlines=(Deadline(DeadlineKind.BY, date(2024, 12, 31), None, "应急领域"),),
        targets=(Target("不少于60学时"),), note="有误",
    )  # fmt: skip
    e = edit.split_measure(edit.begin(plan_of(measure)), 1, measure.text.index("应急"))

    first, second = e.plan.measures
    assert (first.text, second.text) == ("培训不少于60学时。", "应急领域2024年底前完成。")
    assert (first.label, second.label, first.note, second.note) == ("（1）", "", "有误", None)
    assert (first.lead, second.lead) == (("司法局",), ("司法局",))
    assert (first.targets, second.targets) == (measure.targets, ())
    assert (first.deadlines, second.deadlines) == ((), measure.deadlines)
    assert e.origin == ((1,), ())
    assert edit.merge_measures(e, 1, 2).plan.measures == (measure,)


def test_split_keeps_the_deadline_of_a_column_in_both() -> None:
    """The column speaks for the whole row."""
    measure = Measure(1, "", None, None, "一。二。", deadline_raw="应急2024年底前", deadlines=(BY,))
    e = edit.split_measure(edit.begin(plan_of(measure)), 1, 2)

    assert [m.deadlines for m in e.plan.measures] == [(BY,), (BY,)]


@pytest.mark.parametrize("at", [-1, 0, 99])
def test_a_cut_at_an_end_is_refused(e: Edited, at: int) -> None:
    """Both halves need words."""
    with pytest.raises(InvalidError):
        edit.split_measure(e, 1, at)


def test_merge_takes_the_strongest_role_and_all_deadlines() -> None:
    """Texts stand in the order of the plan whichever of the two goes on."""
    a = Measure(
        1, "（1）", 1, 1, "一。", ("财政局",), ("教育局",), division_raw="财政局牵头，教育局负责。", deadlines=(BY,)
    )
    b = Measure(
        2, "（2）", 1, 2, "二。", ("教育局",), ("水利局",), division_raw="教育局牵头，水利局负责", to_verify=True
    )
    e = edit.merge_measures(edit.begin(plan_of(a, b)), 2, 1)

    (merged,) = e.plan.measures
    assert (merged.text, merged.label, merged.task) == ("一。二。", "（2）", 2)
    assert (merged.lead, merged.responsible) == (("财政局", "教育局"), ("水利局",))
    assert merged.division_raw == "财政局牵头，教育局负责；教育局牵头，水利局负责"
    assert (merged.deadlines, merged.to_verify) == ((BY,), True)
    assert e.origin == ((2, 1),)


def test_a_measure_is_not_merged_with_itself(e: Edited) -> None:
    with pytest.raises(InvalidError):
        edit.merge_measures(e, 1, 1)


def test_a_moved_measure_takes_its_new_heading(e: Edited) -> None:
    """Behind another one, or as the first of a heading."""
    behind = edit.move_measure(e, 1, after=4, section=2, task=3)
    first = edit.move_measure(e, 4, after=None, section=1, task=2)
    staying = edit.move_measure(e, 2, after=2, section=1, task=1)

    assert behind.origin == ((2,), (3,), (4,), (1,))
    assert headings(behind)[3] == (2, 3)
    assert first.origin == ((1,), (4,), (2,), (3,))
    assert headings(first)[1] == (1, 2)
    assert (staying.origin, headings(staying)[1]) == (e.origin, (1, 1))


def test_a_task_of_another_section_is_refused(e: Edited) -> None:
    with pytest.raises(InvalidError):
        edit.move_measure(e, 1, after=None, section=1, task=3)


def test_unknown_numbers_are_said(e: Edited) -> None:
    """Nothing is guessed."""
    for act in (
        lambda: edit.change_measure(e, 0, text=""),
        lambda: edit.delete_measure(e, 5),
        lambda: edit.add_measure(e, None, section=3),
        lambda: edit.delete_section(e, 9),
        lambda: edit.add_task(e, 9, 1, "", ""),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_what_a_deleted_section_held_goes_to_its_neighbour(e: Edited) -> None:
    """To the one before, else the one after, else it stands free."""
    second = edit.delete_section(e, 2)
    first = edit.delete_section(e, 1)
    none = edit.delete_section(second, 1)

    assert headings(second) == [(1, 1), (1, 2), (1, 3), (1, 3)]
    assert headings(first) == headings(second)
    assert headings(none) == [(None, 1), (None, 2), (None, 3), (None, 3)]
    assert texts(none) == texts(e)


def test_what_a_deleted_task_held_stays_in_its_section(e: Edited) -> None:
    """The neighbour of the same section, else no task."""
    assert headings(edit.delete_task(e, 2)) == [(1, 1), (1, 1), (2, 2), (2, 2)]
    assert headings(edit.delete_task(e, 3)) == [(1, 1), (1, 2), (2, None), (2, None)]


def test_a_new_task_stands_in_its_section(e: Edited) -> None:
    """Behind the named one; a task of another section names only a direction."""
    assert [t.title for t in edit.add_task(e, 1, 1, "", "新").plan.tasks] == ["子", "新", "丑", "寅"]
    assert [t.title for t in edit.add_task(e, None, 2, "", "新").plan.tasks] == ["子", "丑", "新", "寅"]
    assert [t.title for t in edit.add_task(e, 3, 1, "", "新").plan.tasks] == ["子", "丑", "新", "寅"]
    empty = edit.add_section(e, 1, "", "空")
    added = edit.add_task(empty, None, 2, "", "新")
    assert [(t.section, t.title) for t in added.plan.tasks] == [(1, "子"), (1, "丑"), (2, "新"), (3, "寅")]
    assert headings(added)[3] == (3, 4)


def test_moved_headings_carry_what_stands_below_them(e: Edited) -> None:
    """Tasks and measures keep their order inside."""
    section = edit.move_section(e, 2, None)
    task = edit.move_task(e, 1, after=3, section=2)

    assert section.origin == ((3,), (4,), (1,), (2,))
    assert headings(section) == [(1, 1), (1, 1), (2, 2), (2, 3)]
    assert [s.title for s in section.plan.sections] == ["乙", "甲"]
    assert task.origin == ((2,), (3,), (4,), (1,))
    assert headings(task) == [(1, 1), (2, 2), (2, 2), (2, 3)]


def test_headings_change_their_words(e: Edited) -> None:
    """And nothing else."""
    changed = edit.change_task(edit.change_section(e, 1, "一、", "新"), 3, "(3)", "新")

    assert changed.plan.sections[0] == Section(1, "一、", "新", 3)
    assert changed.plan.tasks[2] == Task(3, 2, "(3)", "新")


def test_the_plan_itself_changes(e: Edited) -> None:
    assert edit.change_document(e, title="新", number="〔2024〕1号").plan.document.number == "〔2024〕1号"


Act = Callable[[Edited, "st.DataObject"], Edited]


def _no(e: Edited, data: st.DataObject) -> int:
    return data.draw(st.integers(1, len(e.plan.measures)))


def _after(e: Edited, data: st.DataObject) -> int | None:
    return data.draw(st.none() | st.integers(1, len(e.plan.measures)))


def _section(e: Edited, data: st.DataObject) -> int | None:
    return data.draw(st.sampled_from([None, *(s.no for s in e.plan.sections)]))


def _task(e: Edited, data: st.DataObject) -> int | None:
    return data.draw(st.sampled_from([None, *(t.no for t in e.plan.tasks)]))


def _cut(e: Edited, data: st.DataObject) -> Edited:
    no = _no(e, data)
    return edit.split_measure(e, no, data.draw(st.integers(0, len(e.measure(no).text))))


ON_PLANS: list[Act] = [
    lambda e, d: edit.add_measure(e, _after(e, d), text="新"),
    lambda e, d: edit.add_measure(e, None, section=_section(e, d), task=_task(e, d), text="新"),
    lambda e, d: edit.add_section(e, _section(e, d), "", "新"),
    lambda e, d: edit.add_task(e, _task(e, d), _section(e, d), "", "新"),
]
ON_SECTIONS: list[Act] = [
    lambda e, d: edit.delete_section(e, _section(e, d) or 1),
    lambda e, d: edit.move_section(e, _section(e, d) or 1, _section(e, d)),
]
ON_TASKS: list[Act] = [
    lambda e, d: edit.delete_task(e, _task(e, d) or 1),
    lambda e, d: edit.move_task(e, _task(e, d) or 1, after=_task(e, d), section=_section(e, d)),
]
ON_MEASURES: list[Act] = [
    _cut,
    lambda e, d: edit.merge_measures(e, _no(e, d), _no(e, d)),
    lambda e, d: edit.move_measure(e, _no(e, d), after=_after(e, d), section=_section(e, d), task=_task(e, d)),
]


def _acts(e: Edited) -> list[Act]:
    acts = list(ON_PLANS)
    acts += ON_SECTIONS if e.plan.sections else []
    acts += ON_TASKS if e.plan.tasks else []
    return acts + (ON_MEASURES if e.plan.measures else [])


@given(st.data(), st.integers(1, 12))
def test_any_sequence_of_operations_leaves_a_whole_plan(data: st.DataObject, steps: int) -> None:
    """Numbers run through, headings are there, a task's measures stand in its section, no letter is lost or twice.

    Deleting is left out: it is the one that loses words, and the one below.
    """
    start = edit.begin(
        plan_of(*(Measure(no, "", s, t, f"第{no}项甲。乙") for no, (s, t) in enumerate([(1, 1), (1, None), (2, 3)], 1)))
    )
    e, new = start, 0
    for _ in range(steps):
        act = data.draw(st.sampled_from(_acts(e)))
        before = e
        try:
            e = act(e, data)
        except InvalidError:
            assert e == before
        new += len(e.plan.measures) > len(before.plan.measures) and act is not _cut
    _assert_whole(e)
    assert sorted("".join(texts(e))) == sorted("".join(texts(start)) + "新" * new)
    assert sorted(no for numbers in e.origin for no in numbers) == [1, 2, 3]


@given(st.data())
def test_deleted_measures_leave_a_whole_plan(data: st.DataObject) -> None:
    """What is deleted is in no origin any more; the others are untouched."""
    e = edit.begin(plan_of(*(Measure(no, "", 1, 1, f"{no}") for no in range(1, 6))))
    kept = {1, 2, 3, 4, 5}
    for _ in range(data.draw(st.integers(1, 5))):
        no = _no(e, data)
        kept -= set(e.origin[no - 1])
        e = edit.delete_measure(e, no)
    _assert_whole(e)
    assert e.origin == tuple((no,) for no in sorted(kept))
    assert texts(e) == [str(no) for no in sorted(kept)]


def _assert_whole(e: Edited) -> None:
    plan = e.plan
    assert [m.no for m in plan.measures] == list(range(1, len(plan.measures) + 1))
    assert [s.no for s in plan.sections] == list(range(1, len(plan.sections) + 1))
    assert [t.no for t in plan.tasks] == list(range(1, len(plan.tasks) + 1))
    assert len(e.origin) == len(plan.measures)
    home = {t.no: t.section for t in plan.tasks}
    sections = {None, *(s.no for s in plan.sections)}
    assert set(home.values()) <= sections
    for measure in plan.measures:
        assert measure.section in sections
        if measure.task is not None:
            assert home[measure.task] in (None, measure.section)
