"""Editing a draft: each act can be undone, nothing stands in the way that is not told."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from core.errors import InvalidError
from core.model.plan import Severity
from gui.import_sheet.lines import Gap, Heading, MeasureLine, cut_heading, cut_label
from gui.import_sheet.session import Session


def labels(session: Session) -> list[str]:
    return [measure.label for measure in session.plan.measures]


def gap(session: Session):
    return next(issue for issue in session.issues if issue.is_gap)


def test_a_gap_filled_by_hand_gives_blank_measures_that_stand_in_the_way(session: Session) -> None:
    first = session.fill_gap(gap(session))

    assert first == 4
    assert labels(session) == ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"]
    assert session.open_issues(Severity.ERROR) == 0
    assert session.blank == (4, 5)
    assert session.to_do == 2


def test_typed_measures_no_longer_stand_in_the_way(session: Session) -> None:
    session.fill_gap(gap(session))
    for no in (4, 5):
        session.change_cell(no, "text", f"（{no}）补上的措施。")

    assert session.to_do == 0
    assert session.plan.measures[3].text == "补上的措施。"
    assert session.plan.measures[3].section == 1


def test_a_gap_stands_as_a_line_before_the_heading_that_follows_it(session: Session) -> None:
    kinds = [type(line) for line in session.lines()]

    at = kinds.index(Gap)
    assert kinds[at - 1] is MeasureLine
    assert kinds[at + 1] is Heading


def test_undo_goes_back_step_by_step_and_redo_forward(session: Session) -> None:
    session.change_cell(1, "text", "（1）另一句话。")
    session.handle(gap(session))

    session.undo()
    assert not session.is_handled(gap(session))
    session.undo()
    assert session.plan.measures[0].text.startswith("组织第1次培训")
    assert not session.history.is_touched
    session.redo()
    assert session.plan.measures[0].text == "另一句话。"


def test_a_division_and_a_deadline_are_understood_anew(session: Session) -> None:
    session.change_cell(1, "division", "司法局牵头，财政局配合")
    session.change_cell(1, "deadline", "2025年6月底前")

    measure = session.plan.measures[0]
    assert (measure.lead, measure.cooperating) == (("司法局",), ("财政局",))
    assert measure.deadlines[0].date == date(2025, 6, 30)


def test_changing_the_cell_a_doubt_speaks_of_deals_with_it(session: Session) -> None:
    assert session.doubtful == 1

    session.change_cell(2, "division", "各乡镇、各行政执法单位、司法局")

    assert session.doubtful == 0


def test_a_doubt_left_open_makes_its_measure_to_be_verified(session: Session) -> None:
    plan = session.plan_to_import()

    assert [measure.no for measure in plan.measures if measure.to_verify] == [2]
    assert plan.measures[1].note


def test_split_counts_the_label_and_merge_puts_together_again(session: Session) -> None:
    whole = session.plan.measures[0].text
    shown = session.lines()[1].texts[0]

    session.split(1, shown.index("；") + 1)
    assert [m.text for m in session.plan.measures[:2]] == ["组织第1次培训；", "形成台账。"]
    session.merge(1)

    assert session.plan.measures[0].text == whole


def test_a_split_at_the_end_is_refused_with_a_sentence(session: Session, qtbot) -> None:
    with qtbot.waitSignal(session.refused) as told:
        session.split(1, 3)

    assert isinstance(told.args[0], InvalidError)
    assert not session.history.is_touched


def test_moving_over_the_edge_of_a_heading_goes_into_the_next(session: Session) -> None:
    there = session.move(3, 1)

    assert there == 3
    assert labels(session)[2] == "（3）"
    assert session.plan.measures[2].section == 2
    assert session.move(1, -1) is None
    assert session.move(2, -1) == 1
    assert labels(session)[:2] == ["（2）", "（1）"]


def test_chosen_measures_move_to_the_end_of_another_heading(session: Session) -> None:
    session.move_to([1, 2], 2, None)

    assert labels(session) == ["（3）", "（6）", "（7）", "（8）", "（1）", "（2）"]
    assert session.edited.origin == ((3,), (4,), (5,), (6,), (1,), (2,))


def test_places_follow_a_measure_through_all_edits(session: Session) -> None:
    before = session.own_places([4])

    session.delete([1])
    session.move(3, 1)

    assert session.own_places([4]) == before
    assert session.now([4]) == (4,)


def test_a_new_task_begins_with_a_measure_and_takes_those_that_follow(session: Session) -> None:
    session.begin_task(5)

    assert [measure.task for measure in session.plan.measures] == [None, None, None, None, 1, 1]
    assert session.plan.tasks[0].section == 2


def test_a_new_section_takes_the_tasks_that_follow_along(session: Session) -> None:
    session.begin_task(5)
    session.begin_section(4)

    assert [measure.section for measure in session.plan.measures] == [1, 1, 1, 3, 3, 3]
    assert [measure.task for measure in session.plan.measures] == [None, None, None, None, 1, 1]
    assert session.plan.sections[2].title == "新的部分1"
    assert labels(session) == ["（1）", "（2）", "（3）", "（6）", "（7）", "（8）"]


def test_a_section_begun_within_a_task_leaves_the_first_part_where_it_was(session: Session) -> None:
    session.begin_task(4)
    session.begin_section(5)

    assert [measure.section for measure in session.plan.measures] == [1, 1, 1, 2, 3, 3]
    assert [measure.task for measure in session.plan.measures] == [None, None, None, 1, None, None]


def test_headings_can_be_changed_and_deleted(session: Session) -> None:
    session.change_heading(1, "（一）加强学习培训", is_task=False)
    assert (session.plan.sections[0].label, session.plan.sections[0].title) == ("（一）", "加强学习培训")

    session.delete_heading(2, is_task=False)
    assert {measure.section for measure in session.plan.measures} == {1}


def test_the_plan_can_have_another_name(session: Session) -> None:
    session.change_title("全县重点任务")
    session.change_title("")

    assert session.plan.title == "全县重点任务"


@pytest.mark.parametrize(
    ("typed", "label", "expected"),
    [
        ("（3）文字", "（3）", ("（3）", "文字")),
        ("（4）文字", "（3）", ("（4）", "文字")),
        ("文字", "（3）", ("", "文字")),
        ("1 文字", "1", ("1", "文字")),
        ("2024年底前完成", "", ("", "2024年底前完成")),
    ],
)
def test_a_label_is_cut_off_what_was_typed(typed: str, label: str, expected: tuple[str, str]) -> None:
    assert cut_label(typed, label) == expected


def test_a_heading_is_cut_into_label_and_title() -> None:
    assert cut_heading("（一）强化学习") == ("（一）", "强化学习")
    assert cut_heading("强化学习") == ("", "强化学习")


def test_no_walk_of_edits_loses_a_measure_or_its_origin(session: Session) -> None:
    """Moves, new headings and deleted headings keep every text; undoing all comes back to the beginning."""
    walk = Random(7)
    before = sorted(measure.text for measure in session.plan.measures)
    first = session.edited
    for _ in range(120):
        no = walk.randint(1, len(session.plan.measures))
        plan = session.plan
        acts = [
            lambda no=no: session.move(no, 1),
            lambda no=no: session.move(no, -1),
            lambda no=no: session.begin_task(no),
            lambda no=no: session.begin_section(no),
            lambda no=no, plan=plan: session.move_to([no], walk.choice(plan.sections).no, None),
        ]
        if plan.tasks:
            acts.append(lambda plan=plan: session.delete_heading(walk.choice(plan.tasks).no, is_task=True))
        if len(plan.sections) > 1:
            acts.append(lambda plan=plan: session.delete_heading(walk.choice(plan.sections).no, is_task=False))
        walk.choice(acts)()
        assert sorted(measure.text for measure in session.plan.measures) == before
        assert sorted(session.edited.origin) == [(1,), (2,), (3,), (4,), (5,), (6,)]
        session.lines()

    while session.history.is_touched:
        session.undo()
    assert session.edited == first
