"""Kinds of periods, and whose they are."""

from __future__ import annotations

from datetime import date

import pytest

from core.ledger import periods
from core.ledger.periods import PeriodKind, is_of_plan, kind_of, own_key
from core.ledger.upward import wanted_reports
from core.model.ledger import Period
from core.model.plan import Document, Plan, RequiredReport


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("2024-02", PeriodKind.MONTH),
        ("2024Q4", PeriodKind.QUARTER),
        ("2024H1", PeriodKind.HALF_YEAR),
        ("2024", PeriodKind.YEAR),
        ("中期", PeriodKind.MIDTERM),
        ("终期@p2", PeriodKind.FINAL),
        ("自定1", PeriodKind.NAMED),
        ("报送1@qinzhou", PeriodKind.NAMED),
    ],
)
def test_the_kind_follows_from_the_key(key: str, kind: PeriodKind) -> None:
    assert kind_of(key) is kind


def test_february_of_a_leap_year_and_the_end_of_a_year() -> None:
    assert periods.parse("2024-02").last_day == date(2024, 2, 29)
    assert periods.parse("2025-02").last_day == date(2025, 2, 28)
    assert (periods.parse("2024Q4").last_day, periods.parse("2025Q1").first_day) == (
        date(2024, 12, 31),
        date(2025, 1, 1),
    )


def test_midterm_belongs_to_one_plan_and_quarters_to_all() -> None:
    assert own_key("中期", "guxian", is_first=True) == "中期"
    assert own_key("中期", "p2", is_first=False) == "中期@p2"
    assert is_of_plan("中期", "guxian", is_first=True)
    assert not is_of_plan("中期", "p2", is_first=False)
    assert is_of_plan("中期@p2", "p2", is_first=False)
    assert not is_of_plan("中期@p2", "guxian", is_first=True)
    assert is_of_plan("2024Q2", "p2", is_first=False)


def _plan(*reports: tuple[str, str | None]) -> Plan:
    wanted = tuple(RequiredReport(what, None, due, "市司法局") for what, due in reports)
    return Plan(Document("方案", date=date(2024, 4, 2), required_reports=wanted))


def test_a_midterm_report_closes_the_midterm_of_its_plan() -> None:
    found = wanted_reports(_plan(("中期情况报告", "2024-08-15"), ("终期情况报告", "2025-08-15")), "p1", is_first=True)

    assert [one.period for one in found] == [
        Period("中期", "中期", date(2024, 4, 2), date(2024, 8, 15), date(2024, 8, 15)),
        Period("终期", "终期", date(2024, 4, 2), date(2025, 8, 15), date(2025, 8, 15)),
    ]


def test_other_reports_follow_one_another_and_two_of_one_day_share_a_period() -> None:
    found = wanted_reports(
        _plan(("工作总结", "2024-12-31"), ("经验材料", "2024-12-31"), ("工作总结", "2025-12-31")), "p2", is_first=False
    )
    first, same, last = (one.period for one in found)

    assert first == same
    assert first is not None
    assert last is not None
    assert (first.key, first.first_day, first.cut_off) == ("报送1@p2", date(2024, 4, 2), date(2024, 12, 31))
    assert (last.first_day, last.cut_off) == (date(2025, 1, 1), date(2025, 12, 31))
    assert first.title != last.title


def test_what_is_no_date_stays_in_the_words_of_the_print() -> None:
    (found,) = wanted_reports(_plan(("开展情况报告", "按照任务节点")), "p1", is_first=True)

    assert (found.due_on, found.due_text, found.period) == (None, "按照任务节点", None)
