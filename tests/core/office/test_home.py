"""首页 in one call: figures, parts, and the to-dos with the rows behind them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.model.ledger import EntryState
from core.model.units import UnitKind
from core.office import (
    board,
    due,
    files,
    home,
    objections,
    obligations,
    overview,
    progress,
    reviewing,
    unit_changes,
    units,
)
from core.office.form_value import FormValue
from core.office.home import Home, HomeTodo, Parts, TodoKind
from core.office.unit_changes import UnitValue
from core.office.unit_groups import GroupValue, create_group
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)
IN_TIME = date(2024, 12, 20)


def _home(store: Store, day: date = DAY) -> Home:
    return home.home(store, None, Q4, day)


def _todo(found: Home, kind: TodoKind) -> HomeTodo | None:
    return next((todo for todo in found.todo if todo.kind is kind), None)


def _say(store: Store, no: int, state: EntryState, *, only: int | None = None, done_on: date = IN_TIME) -> list[int]:
    """The same entry for the first units of a measure (all where none is said)."""
    rows = obligations.list_obligations(store, None, DAY, measure=no)[:only]
    reason = "本单位没有这项职责。" if state is EntryState.NOT_APPLICABLE else ""
    value = FormValue(
        state,
        done_on if state is EntryState.DONE else None,
        text="已办理。" if state is not EntryState.NOT_APPLICABLE else "",
        reason=reason,
    )
    for row in rows:
        progress.save(store, row.id, Q4, value)
    return [row.id for row in rows]


def test_figures_are_those_of_every_other_place(store: Store) -> None:
    """The page counts what the table counts; its parts add up to the whole."""
    _say(store, 1, EntryState.DONE)
    _say(store, 2, EntryState.IN_PROGRESS, only=2)
    found = _home(store)

    assert found.statistics.measures == board.board(store, None, DAY).figures
    assert [part.key for part in found.parts] == [1, 2, 3, 4, 5, 6]
    assert sum(part.measures.total for part in found.parts) == 38
    assert found.parts_kind is Parts.SECTION
    assert found.has_progress


def test_overdue_names_its_measures_and_obligations(store: Store) -> None:
    """On the day of the date nothing is late, on the next day it is; the longest is counted in days."""
    on_the_day, after = _home(store, date(2024, 6, 30)), _home(store, date(2024, 7, 1))

    assert _todo(on_the_day, TodoKind.OVERDUE) is None
    assert on_the_day.longest_overdue is None
    late = _todo(after, TodoKind.OVERDUE)
    assert late is not None
    assert late.text == f"{len(late.measures)} 项措施逾期"
    assert late.note == f"涉及 {len(late.obligations)} 个责任事项"
    assert after.longest_overdue == 1
    assert set(late.measures) == {r.no for r in board.board(store, None, date(2024, 7, 1)).rows if r.status.overdue}


def test_this_week_is_monday_to_sunday(store: Store) -> None:
    """2024-12-31 is a Tuesday: due this week from Monday on, not on the Sunday before."""
    assert due.week_of(date(2024, 12, 31)) == (date(2024, 12, 30), date(2025, 1, 5))
    assert _todo(_home(store, date(2024, 12, 29)), TodoKind.WEEK) is None
    found = _todo(_home(store, date(2024, 12, 30)), TodoKind.WEEK)
    assert found is not None
    assert found.text == "13 项措施本周到期"
    assert "12月31日" in found.note


def test_done_things_are_not_due_this_week(store: Store) -> None:
    before = _todo(_home(store, date(2024, 12, 30)), TodoKind.WEEK)
    done = _say(store, 1, EntryState.DONE)
    after = _todo(_home(store, date(2024, 12, 30)), TodoKind.WEEK)

    assert before is not None
    assert after is not None
    assert set(before.obligations) - set(after.obligations) == set(done)


def test_near_dates_of_this_week_are_not_told_twice(store: Store) -> None:
    """What is due this week has its own line; 临近 names what comes later."""
    early = _home(store, date(2024, 12, 16))
    week = _home(store, date(2024, 12, 30))

    soon = _todo(early, TodoKind.DUE_SOON)
    assert soon is not None
    assert soon.text == "13 项措施 12月31日到期"
    assert _todo(early, TodoKind.WEEK) is None
    assert _todo(week, TodoKind.DUE_SOON) is None
    assert week.statistics.measures.due_soon == 13


def test_late_with_one_occurrence_and_near_with_the_next(tmp_path: Path) -> None:
    """红寺堡's yearly 1月底前: on 2025-01-10 the date of 2024 is late, that of 2025 near; no past date is called near."""
    with closing(files.create_ledger(tmp_path / "红寺堡.db", "hongsibu")) as store:
        soon = _todo(home.home(store, None, None, DAY), TodoKind.DUE_SOON)

    assert soon is not None
    assert soon.text == "1 项措施临近时限"


def test_entries_wait_for_review_until_they_are_reviewed(store: Store) -> None:
    rows = _say(store, 1, EntryState.IN_PROGRESS, only=3)
    waiting = _todo(_home(store), TodoKind.REVIEW)
    assert waiting is not None
    assert (waiting.text, waiting.action) == ("3 条进展待审", "审核")
    assert set(waiting.obligations) == set(rows)

    reviewing.accept(store, rows, Q4)

    assert _todo(_home(store), TodoKind.REVIEW) is None


def test_doubtful_measures_and_open_lists(store: Store) -> None:
    """古县's five measures from the body, and the list of townships until it is called whole."""
    found = _home(store)
    verify = _todo(found, TodoKind.VERIFY)
    assert verify is not None
    assert (verify.measures, verify.action) == ((7, 8, 9, 10, 11), "核对")
    assert verify.note.startswith("（7）—（11）")
    open_list = _todo(found, TodoKind.INCOMPLETE)
    assert open_list is not None
    assert (open_list.target, open_list.action) == ("各乡镇", "补全")

    members = next(unit for unit in units.units(store) if unit.name == "各乡镇").members
    units.complete_group(store, "各乡镇", members, whole=True)

    assert _todo(_home(store), TodoKind.INCOMPLETE) is None


def test_names_a_plan_brought_along_are_one_line(tmp_path: Path) -> None:
    """Not one to-do a unit: how many, the first ones by name."""
    with closing(files.create_ledger(tmp_path / "台账.db", "guxian")) as store:
        before = _todo(_home(store), TodoKind.NAMES)
        with store.transaction() as db:
            db.execute("UPDATE unit SET to_verify = 1 WHERE name IN ('财政局', '人社局')")
        after = _todo(_home(store), TodoKind.NAMES)

    assert before is None
    assert after is not None
    assert after.text == "2 个名称认不出"
    assert "财政局" in after.note


def test_a_plan_asks_only_for_the_lists_and_names_it_has(tmp_path: Path) -> None:
    """The register is the file's; what another plan still needs is no to-do here."""
    with closing(files.create_ledger(tmp_path / "台账.db", "guxian")) as store:
        create_group(store, "各工作专班", GroupValue((), (), whole=False))
        unit_changes.save_unit(store, None, UnitValue("某局", UnitKind.DEPARTMENT))
        with store.transaction() as db:
            db.execute("UPDATE unit SET to_verify = 1 WHERE name = '某局'")
        found = _home(store)
        lists = {todo.target for todo in found.todo if todo.kind in {TodoKind.INCOMPLETE, TodoKind.MEMBERS}}

    assert lists == {"各乡镇", "各行政执法单位"}
    assert _todo(found, TodoKind.NAMES) is None


def test_a_unit_that_left_is_among_the_names(tmp_path: Path) -> None:
    """The plan names it and nobody answers."""
    with closing(files.create_ledger(tmp_path / "台账.db", "guxian")) as store:
        unit_changes.leave_unit(store, "人社局", date(2024, 10, 1), "机构改革")
        found = _todo(_home(store), TodoKind.NAMES)

    assert found is not None
    assert (found.text, found.note) == ("1 个名称认不出", "人社局")


def test_an_open_objection_waits_for_an_answer(store: Store) -> None:
    row = obligations.list_obligations(store, None, DAY, measure=3)[0]
    objections.raise_objection(store, row.id, kind="时限不合理", text="时间太紧。", raised_on=date(2025, 1, 6))
    waiting = _todo(_home(store), TodoKind.OBJECTIONS)
    assert waiting is not None
    assert (waiting.text, waiting.note) == ("1 条异议待答复", "最早 1月6日 提出")
    assert waiting.obligations == (row.id,)

    found = objections.objections(store, None)[0]
    objections.answer_objection(store, found.id, outcome="不采纳", answer="按方案办。", answered_on=DAY)

    assert _todo(_home(store), TodoKind.OBJECTIONS) is None


def test_done_without_evidence_is_told(store: Store, tmp_path: Path) -> None:
    """One file on one of two leaves one."""
    from core.job import Job
    from core.office import attach

    rows = _say(store, 1, EntryState.DONE, only=2)
    told = _todo(_home(store), TodoKind.NO_EVIDENCE)
    assert told is not None
    assert set(told.obligations) == set(rows)

    file = tmp_path / "通知.txt"
    file.write_text("通知", encoding="utf-8")
    attach.add_evidence(store, rows[0], Q4, [file], Job())

    told = _todo(_home(store), TodoKind.NO_EVIDENCE)
    assert told is not None
    assert told.obligations == (rows[1],)


def test_a_period_is_asked_for_near_its_cut_off(store: Store) -> None:
    """Not three weeks before, but on the day and after it; the words say which."""
    assert _todo(_home(store, date(2024, 12, 10)), TodoKind.RETURNS) is None
    on_the_day = _todo(_home(store, date(2024, 12, 31)), TodoKind.RETURNS)
    after = _todo(_home(store, date(2025, 1, 5)), TodoKind.RETURNS)

    assert on_the_day is not None
    assert on_the_day.text == "2024年第四季度报送今日截止"
    assert after is not None
    assert after.text == "2024年第四季度报送已截止 5 天"
    assert after.obligations


def test_what_came_back_is_no_longer_asked_for(store: Store) -> None:
    """By the day it was received, whatever the day of typing."""
    row = next(row for row in obligations.list_obligations(store, None, DAY, measure=1) if not row.is_group)
    before = _todo(_home(store), TodoKind.RETURNS)
    value = FormValue(EntryState.IN_PROGRESS, text="正在办理。", received_on=date(2025, 1, 4))
    progress.save(store, row.id, Q4, value)
    after = _todo(_home(store), TodoKind.RETURNS)

    assert before is not None
    assert after is not None
    assert set(before.obligations) - set(after.obligations) == {row.id}


def test_not_applicable_is_part_of_the_sum(store: Store) -> None:
    """Every unit says 不涉及: the measure is neither done nor open, the six states still add up."""
    _say(store, 3, EntryState.NOT_APPLICABLE)
    figures = _home(store).statistics.measures

    assert figures.not_applicable == 1
    states = ("done", "in_progress", "not_started", "ongoing", "waiting", "not_applicable")
    assert sum(getattr(figures, key) for key in states) == figures.total == 38


@pytest.mark.parametrize("key", ["dingxi", "hongsibu", "suizhou", "qinzhou"])
def test_every_bundled_plan_has_parts_that_add_up(key: str, tmp_path: Path) -> None:
    """Plans without tasks or sections, with recurring dates, with reports due upward."""
    with closing(files.create_ledger(tmp_path / f"{key}.db", key)) as store:
        found = home.home(store, None, None, date(2024, 8, 1))

        assert found.parts
        assert sum(part.measures.total for part in found.parts) == found.statistics.measures.total
        assert {no for part in found.parts for no in part.numbers} == set(found.statistics.view.measures)
        assert found.returns is None


def test_the_next_report_due_upward(tmp_path: Path) -> None:
    """钦州 reports by 2024-08-15 and 2025-08-15: the next one is named with its date, then how late it is."""
    with closing(files.create_ledger(tmp_path / "钦州.db", "qinzhou")) as store:
        before = _todo(home.home(store, None, None, date(2024, 8, 1)), TodoKind.REPORT)
        after = _todo(home.home(store, None, None, date(2024, 8, 20)), TodoKind.REPORT)
        early = _todo(home.home(store, None, None, date(2024, 5, 1)), TodoKind.REPORT)

    assert before is not None
    assert before.note == "8月15日前上报"
    assert before.action == "生成"
    assert after is not None
    assert after.note == "应于8月15日前上报，已过 5 天"
    assert early is None


def test_numbers_in_a_note() -> None:
    """Few by name, neighbours as a run, many counted."""
    assert home.named([6, 22]) == "（6）（22）"
    assert home.named([7, 8, 9, 10, 11]) == "（7）—（11）"
    assert home.named([1, 3, 5, 7, 9]) == "（1）（3）（5）（7）等 5 项"


def test_a_file_is_begun_with_its_first_entry(store: Store) -> None:
    """By this the window knows whether to open 首页 or the table."""
    assert not board.is_begun(store)
    _say(store, 1, EntryState.IN_PROGRESS, only=1)
    assert board.is_begun(store)


def test_size_counts_the_obligations_of_the_plan(store: Store) -> None:
    assert overview.size(store, None) == len(obligations.list_obligations(store, None, DAY))


def test_a_plan_without_sections_has_tasks_or_stands_as_one(store: Store) -> None:
    """And measures outside of all sections are a bar of their own."""
    found = _home(store).statistics

    by_task, kind = home._parts(replace(found, sections=()))
    assert (len(by_task), kind) == (20, Parts.TASK)
    whole, kind = home._parts(replace(found, sections=(), tasks=()))
    assert ([part.title for part in whole], kind) == (["全部措施"], Parts.PLAN)
    assert whole[0].measures == found.measures
    rest, kind = home._parts(replace(found, sections=found.sections[:5]))
    assert kind is Parts.SECTION
    assert rest[-1].title == "未分部分的措施"
    assert rest[-1].numbers == found.sections[5].numbers
    assert sum(part.measures.total for part in rest) == 38
