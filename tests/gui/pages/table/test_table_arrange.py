"""Which measures are shown, in what order, and what merges: without a screen."""

from __future__ import annotations

from dataclasses import replace

from core.model.ledger import State, Status
from gui.pages.table import arrange
from gui.pages.table.arrange import BY_DUE, Band, Only, Sort, Span, View
from gui.pages.table.columns import head_of
from gui.pages.table.rows import prepare

SECTION, TASK, TEXT, DIVISION, DEADLINE, DUE, STATUS, DONE, EVIDENCE = range(9)


def numbers(arranged):
    return [line.no for line in arranged.lines]


def test_columns_are_the_printed_ones_then_the_computed(table):
    """Printed left, computed right."""
    titles = [column.title for column in table.columns]

    assert titles == ["重点任务", "重点任务", "具体措施", "责任分工", "完成时限", "到期日", "状态", "完成", "佐证"]
    assert (0, 1) == head_of(table.columns, 0) == head_of(table.columns, 1)
    assert head_of(table.columns, 2) == (2, 2)


def test_columns_of_another_plan_are_its_own(two_roles):
    """牵头单位 and 责任单位 stand apart, with what each was printed with; the number has its own column."""
    other = prepare(two_roles)

    assert [c.key for c in other.columns if c.is_printed] == ["no", "text", "lead", "responsible", "deadline"]
    assert tuple(other.rows[3].texts[i] for i in (0, 2, 3)) == ("4", "司法局", "各行政执法部门〔单位〕")
    assert other.rows[3].texts[1].startswith("按照分类分级")


def test_a_plan_without_a_table_of_its_own_gets_the_columns_it_has_content_for(guxian):
    """No columns in the document: sections, tasks, measures, division and deadline are found."""
    document = replace(guxian.plan.document, columns=())

    found = prepare(replace(guxian, plan=replace(guxian.plan, document=document)))

    assert [c.key for c in found.columns if c.is_printed] == ["section", "task", "text", "division", "deadline"]


def test_print_order_merges_sections_tasks_and_phrases_within_a_task(table):
    """Section over its tasks, task over its measures, equal phrases inside one task only."""
    shown = arrange.arrange(table, View())

    assert shown.is_merged
    assert list(range(1, 39)) == numbers(shown)
    assert Span(0, SECTION, 4) in shown.spans
    assert Span(0, TASK, 2) in shown.spans
    assert Span(0, DIVISION, 2) in shown.spans
    assert not [span for span in shown.spans if span.column == DIVISION and span.line == 2]
    assert all(span.column in {SECTION, TASK, DIVISION, DEADLINE} for span in shown.spans)


def test_any_sort_or_filter_unmerges_and_repeats_the_text(table):
    for view in (View(sort=BY_DUE), View(only=Only.TO_VERIFY), View(unit="财政局")):
        shown = arrange.arrange(table, view)

        assert not shown.is_merged
        assert not shown.spans
        assert all(line.texts[SECTION] and line.texts[TASK] for line in shown.lines)


def test_by_due_date_the_earliest_stands_first_and_ties_stay_in_print_order(table):
    shown = arrange.arrange(table, View(sort=BY_DUE))
    days = [line.source.due for line in shown.lines]

    assert days == sorted(days)
    first = [line.no for line in shown.lines if line.source.due == days[3]]
    assert first == sorted(first)


def test_what_has_no_date_stands_last_both_ways(table):
    rows = list(table.rows)
    rows[4] = replace(rows[4], sort_keys=(*rows[4].sort_keys[:DUE], None, *rows[4].sort_keys[DUE + 1 :]))
    holed = replace(table, rows=tuple(rows))

    for descending in (False, True):
        assert numbers(arrange.arrange(holed, View(sort=Sort("due", descending))))[-1] == 5


def test_counts_of_the_states_and_lights(table):
    """Zero counts are there too; a measure may be counted under a state and under a light."""
    rows = list(table.rows)
    states = {
        1: Status(State.DONE),
        2: Status(State.IN_PROGRESS, overdue=True, due_soon=True),
        3: Status(State.ONGOING),
        4: Status(State.WAITING),
    }
    for no, status in states.items():
        rows[no - 1] = replace(rows[no - 1], source=replace(rows[no - 1].source, status=status))
    four = replace(table, rows=tuple(rows[:4]))

    found = arrange.counts(four, View())

    assert [found[only] for only in Only] == [4, 1, 1, 1, 1, 0, 2, 0]


def test_counts_follow_the_other_filters_but_not_the_chip_itself(table):
    view = View(only=Only.DONE, filters={"deadline": frozenset({"2024年6月底前"})})

    assert arrange.counts(table, view)[Only.ALL] == 1


def test_values_of_a_head_come_in_the_order_of_its_sort_with_counts(table):
    found = arrange.values(table, View(), "deadline")

    assert found[0][0] == "2024年6月底前"
    assert len(table.rows) == sum(count for _, count in found)


def test_values_of_a_head_leave_its_own_filter_out(table):
    view = View(filters={"deadline": frozenset({"2024年6月底前"})})

    assert len(arrange.values(table, view, "deadline")) > 1
    assert len(arrange.values(table, view, "task")) == 1


def test_filters_join(table):
    view = View(unit="财政局").with_filter("deadline", frozenset({"2024年6月底前"}))

    assert numbers(arrange.arrange(table, view)) == [4]
    assert not view.without_filters().is_filtered


def test_sections_printed_as_rows_stand_as_bands(two_roles):
    """Only in print order; a band spans all columns."""
    other = prepare(two_roles)

    merged = arrange.arrange(other, View())
    sorted_ = arrange.arrange(other, View(sort=BY_DUE))

    assert sum(isinstance(line, Band) for line in merged.lines) == 6
    assert Span(0, 0, 1, len(other.columns)) in merged.spans
    assert not any(isinstance(line, Band) for line in sorted_.lines)


def test_units_with_most_measures_first(table):
    found = arrange.units(table)

    assert found == sorted(found, key=lambda item: -item[1])
    assert "司法局" in dict(found)
