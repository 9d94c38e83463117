"""Figures by section, task, unit, month and period; the fast way through the rules gives what the rules give."""

from __future__ import annotations

import itertools
import random
from datetime import date
from pathlib import Path

import pytest

from core.ledger.states import measure_status, obligation_status
from core.model.ledger import EntryState, Review, State, Status
from core.office import editing, files, obligations, overview, progress, reviewing, statistics, status
from core.office.form_value import FormValue
from core.office.statistics import MonthDue, measures_with, obligations_with
from core.store.database import Store

AS_OF = date(2025, 1, 10)


def _fill(store: Store, seed: int) -> None:
    """Some dozens of entries of every kind, in any order of periods."""
    dice = random.Random(seed)
    rows = obligations.list_obligations(store, None, AS_OF)
    for row in dice.sample(rows, 40):
        for key, month in dice.sample([("2024Q2", 5), ("2024Q3", 8), ("2024Q4", 12), ("2025Q1", 2)], 2):
            state = dice.choice(list(EntryState))
            day = date(2024 + (month == 2), month, dice.randrange(1, 28)) if state is EntryState.DONE else None
            reason = "职责已划转。" if state is EntryState.NOT_APPLICABLE else ""
            progress.save(store, row.id, key, FormValue(state, day, text="进展。", reason=reason))
            if not dice.randrange(4):
                reviewing.send_back(store, [row.id], key, "请补充")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("as_of", [date(2024, 9, 30), AS_OF, date(2026, 1, 1)])
def test_what_is_read_in_bulk_is_what_the_rules_say_of_each_record(store: Store, seed: int, as_of: date) -> None:
    """States of obligations and measures, rows of lists: the same as from the whole records one by one."""
    _fill(store, seed)
    late = progress.find_obligation(store, None, 1, "财政局").id
    editing.adjust_obligation(store, late, to=date(2025, 3, 31), basis="古办发〔2024〕9号", reason="")

    view = overview.overview(store, None, as_of)

    slow: dict[int, Status] = {}
    for item in view.obligations:
        own = view.postponed.get(item.id, view.measure(item.measure).deadlines)
        entries = [record.entry for record in view.progress.get(item.id, [])]
        slow[item.id] = obligation_status(own, entries, view.clock)
        assert sorted(map(str, view.stories.entries(item.id))) == sorted(map(str, entries))
    assert view.statuses == slow
    for measure in view.plan.measures:
        below = [slow[item.id] for item in view.of_measure(measure.no)]
        assert view.measures[measure.no] == measure_status(measure.deadlines, below, view.clock)
    for row in obligations.list_obligations(store, None, as_of, period="2024Q4"):
        records = view.progress.get(row.id, [])
        counted = {r.done_on for r in records if r.done_on and r.done_on <= as_of and r.review is not Review.RETURNED}
        assert row.done_on is None or row.done_on in counted
        assert row.done_on is not None or row.status.state is not State.DONE
        assert row.review == (records[-1].review if records else None)
        assert row.period_entry == any(r.period.key == "2024Q4" for r in records)
        assert (row.last_entry is None) == (not records)


def test_one_measure_alone_stands_as_it_does_among_all(store: Store) -> None:
    _fill(store, 7)
    whole = overview.overview(store, None, AS_OF)

    for no in (1, 4, 37):
        alone = overview.overview(store, None, AS_OF, measure=no)
        assert alone.measures[no] == whole.measures[no]
        assert alone.statuses == {item.id: whole.statuses[item.id] for item in whole.of_measure(no)}


def test_every_way_of_counting_gives_the_same_figures(store: Store) -> None:
    """Sections and tasks add up to the plan, units to its obligations; `status` says the same; headings do not count."""
    _fill(store, 1)
    found = statistics.statistics(store, None, AS_OF)
    plain = status.plan_status(store, None, AS_OF)

    assert (found.measures, found.obligations) == (plain.measures, plain.obligations)
    assert {u.unit: u.obligations for u in found.units} == dict(plain.units)
    assert found.measures.total == len(found.view.plan.measures) == 38
    for groups in (found.sections, found.tasks):
        for key in found.measures.plain():
            assert sum(g.measures.plain()[key] for g in groups) == found.measures.plain()[key]
            assert sum(g.obligations.plain()[key] for g in groups) == found.obligations.plain()[key]
    for key in found.obligations.plain():
        assert sum(u.obligations.plain()[key] for u in found.units) == found.obligations.plain()[key]


def test_behind_each_figure_stand_its_rows(store: Store) -> None:
    _fill(store, 2)
    found = statistics.statistics(store, None, AS_OF)

    for key, number in found.measures.plain().items():
        assert len(measures_with(found.view, key)) == number
    for key, number in found.obligations.plain().items():
        assert len(obligations_with(found.view, key)) == number
    one = found.units[0]
    assert len(obligations_with(found.view, "overdue", unit=one.unit)) == one.obligations.overdue


def test_the_most_late_unit_stands_first(store: Store) -> None:
    """Equals share the place; collectives and 纪检司法 have none."""
    key = progress.find_obligation(store, None, 1, "财政局").id
    progress.save(store, key, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 1), text="完成。"))
    ranked = [u for u in statistics.statistics(store, None, AS_OF).units if u.ranked]

    late = [u.obligations.overdue for u in ranked]
    assert late == sorted(late, reverse=True)
    assert ranked[0].position == 1
    for before, after in itertools.pairwise(ranked):
        same = (before.obligations.overdue, before.obligations.completion) == (
            after.obligations.overdue,
            after.obligations.completion,
        )
        assert (before.position == after.position) == same


def test_months_hold_the_measures_that_are_due(store: Store) -> None:
    """古县: June and December 2024, December 2025; every month of the span is there."""
    key = progress.find_obligation(store, None, 4, "财政局").id
    editing.adjust_obligation(store, key, to=date(2026, 2, 28), basis="古办发〔2024〕9号", reason="")
    months = statistics.statistics(store, None, AS_OF).months

    filled = {(m.year, m.month): m for m in months if m.measures}
    assert list(filled) == [(2024, 6), (2024, 12), (2025, 12), (2026, 2)]
    assert (months[0].year, months[0].month) == (2024, 4)
    assert len(months) == 23
    assert filled[2024, 6].measures == filled[2026, 2].measures == (4,)
    assert (filled[2024, 6].figures.overdue, filled[2026, 2].figures.overdue) == (1, 0)
    assert all(_adds_up(m) for m in months)


def _adds_up(month: MonthDue) -> bool:
    plain = month.figures.plain()
    states = ("not_started", "in_progress", "done", "ongoing", "waiting", "not_applicable")
    return plain["total"] == len(month.measures) == sum(plain[key] for key in states)


@pytest.mark.parametrize("key", ["dingxi", "hongsibu", "suizhou", "qinzhou"])
def test_every_bundled_plan_has_its_figures(tmp_path: Path, key: str) -> None:
    """Also plans without tasks or sections, and undated ones."""
    with_plan = tmp_path / f"{key}.db"
    store = files.create_ledger(with_plan, key)
    try:
        found = statistics.statistics(store, None, AS_OF, period_key="2024Q4")
    finally:
        store.close()

    assert found.measures.total == len(found.view.plan.measures)
    assert found.returns is not None
    assert sum(m.figures.total for m in found.months) == sum(len(m.measures) for m in found.months)
    assert {"completion", "months", "places"} <= set(found.rules)
