"""What people write into the cells of a sheet, and what is read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange import values
from core.ledger.periods import parse
from core.model.ledger import EntryState, Period
from core.model.plan import Target

Q4 = parse("2024Q4")
Q1 = parse("2024Q1")
LATE = Period("2024Q4", "2024年第四季度", date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 10))
PLAIN = (EntryState.NOT_STARTED, EntryState.IN_PROGRESS, EntryState.DONE, EntryState.NOT_APPLICABLE)
LASTING = (EntryState.NOT_STARTED, EntryState.IN_PROGRESS, EntryState.KEPT_UP, EntryState.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("已完成", EntryState.DONE),
        ("完成了", EntryState.DONE),
        (" 已 完成。", EntryState.DONE),
        ("100％", EntryState.DONE),
        (1.0, EntryState.DONE),
        ("正在推进", EntryState.IN_PROGRESS),
        ("未开展", EntryState.NOT_STARTED),
        ("不涉及本单位", EntryState.NOT_APPLICABLE),
    ],
)
def test_a_state_in_other_words_is_read_and_said(written, read):
    found = values.state(written, PLAIN)
    assert (found.value, found.problem) == (read, None)
    assert (found.note is None) == (written == read.value)


@pytest.mark.parametrize("written", ["基本完成", "部分完成", "未完成", "0", "逾期", "见附件"])
def test_a_state_that_could_mean_two_things_is_a_problem_with_the_choices(written):
    found = values.state(written, PLAIN)
    assert found.value is None
    assert found.raw == written
    assert "未启动、推进中、已完成、不涉及" in (found.problem or "")


def test_a_state_that_the_measure_does_not_have_is_a_problem():
    assert "不能选“本期已落实”" in (values.state("长期坚持", PLAIN).problem or "")


def test_completed_is_kept_up_where_nothing_ever_ends():
    assert values.state("已完成", LASTING).value is EntryState.KEPT_UP
    assert values.state("已完成", LASTING).note == "按“本期已落实”读"


@pytest.mark.parametrize("written", [None, "", "  ", "/", "——", "无"])
def test_an_empty_cell_is_nothing_and_no_problem(written):
    for found in (values.state(written, PLAIN), values.day(written, Q4)):
        assert (found.value, found.problem, found.note) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "read", "note"),
    [
        (date(2024, 12, 20), date(2024, 12, 20), None),
        (datetime(2024, 12, 20, 9, 30), date(2024, 12, 20), None),
        (45646, date(2024, 12, 20), None),
        ("45646", date(2024, 12, 20), None),
        (20241220.0, date(2024, 12, 20), None),
        ("2024-12-20", date(2024, 12, 20), None),
        ("2024/6/30", date(2024, 6, 30), None),
        ("2024.6.30", date(2024, 6, 30), None),
        ("2024.06.30.", date(2024, 6, 30), None),
        ("２０２４．６．３０", date(2024, 6, 30), None),
        ("2024年6月30日", date(2024, 6, 30), None),
        ("2024-06-30 00:00:00", date(2024, 6, 30), None),
        ("20240630", date(2024, 6, 30), None),
        ("24.6.30", date(2024, 6, 30), "年份按2024年读"),
        ("六月底", date(2024, 6, 30), "按2024-06-30读"),
        ("6月30日", date(2024, 6, 30), "按2024-06-30读"),
        ("6.30", date(2024, 6, 30), "没有写年，按2024年读"),
        ("2024年6月", date(2024, 6, 30), "没有写日，按6月30日读"),
        ("2024.2", date(2024, 2, 29), "没有写日，按2月29日读"),
        ("2024年底", date(2024, 12, 31), "按2024-12-31读"),
        ("二〇二四年六月三十日", date(2024, 6, 30), None),
        ("2024年6月30日前", date(2024, 6, 30), "按2024-06-30读"),
    ],
)
def test_a_date_is_read_however_it_is_written(written, read, note):
    found = values.day(written, Q4)
    assert (found.value, found.problem, found.note) == (read, None, note)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2024.13.5", "没有 13 月"),
        ("2023-02-29", "没有 29 日"),
        ("2024年13月", "没有 13 月"),
        ("224.6.30", "四位数"),
        ("1024-06-30", "1024年不对"),
        ("2024.6.1-6.30", "看不懂这个日期"),
        ("2024年", "只写了年份"),
        ("2024年度", "只写了年份"),
        (2024, "只写了年份"),
        ("已完成", "看不懂这个日期"),
        ("每年6月底", "看不懂这个日期"),
        (0, "看不懂这个日期"),
        (7.5, "看不懂这个日期"),
    ],
)
def test_a_date_that_is_none_is_a_problem_and_keeps_its_text(written, says):
    found = values.day(written, Q4)
    assert found.value is None
    assert says in (found.problem or "")
    assert found.raw == (written if isinstance(written, str) else f"{written:g}")


@pytest.mark.parametrize(
    ("written", "period", "read"),
    [
        ("12月20日", Q1, date(2023, 12, 20)),
        ("1月5日", LATE, date(2025, 1, 5)),
        ("1月11日", LATE, date(2024, 1, 11)),
        ("12.20", LATE, date(2024, 12, 20)),
    ],
)
def test_a_date_without_a_year_is_the_last_one_before_the_cut_off(written, period, read):
    assert values.day(written, period).value == read


@pytest.mark.parametrize(
    ("written", "target", "read"),
    [
        ("96", Target("公开率100%", value=100, unit="%"), 96),
        ("96％", Target("公开率100%", value=100, unit="%"), 96),
        (0.96, Target("公开率100%", value=100, unit="%"), 96),
        ("62学时", Target("不少于60学时", value=60, unit="学时"), 62),
        ("2000万", Target("投入2000万元", value=2000, unit="万元"), 2000),
        ("2000万", Target("投入", value=20_000_000, unit="元"), 20_000_000),
        ("1,200人次", Target("1200人次", value=1200, unit="人次"), 1200),
        ("两次", Target("每年2次", value=2, unit="次"), 2),
    ],
)
def test_a_figure_is_read_in_the_unit_of_its_target(written, target, read):
    (found,) = values.figures(written, (target,))
    assert (found.value, found.problem) == (read, None)


@pytest.mark.parametrize(
    "written", ["约60学时", "60余", "很多", "3/4", "60至70", "2024.6.30", "60.5.1", "60 70", "60\n70"]
)
def test_a_figure_that_is_not_exact_is_a_problem(written):
    (found,) = values.figures(written, (Target("不少于60学时", value=60, unit="学时"),))
    assert found.value is None
    assert found.problem


def test_several_targets_are_read_line_by_line():
    targets = (Target("60学时", value=60, unit="学时"), Target("公开率100%", value=100, unit="%"))
    found = values.figures("1. 62\n②100%", targets)
    assert [one.value for one in found] == [62, 100]
    assert all("逐行" in (one.problem or "") for one in values.figures("62", targets))
    assert [one.value for one in values.figures("2. 98", targets)] == [None, 98]
    for written in ("1. 62\n其余见附件", "1. 62\n3. 5", "1. 62\n1. 63"):
        assert all("逐行" in (one.problem or "") for one in values.figures(written, targets)), written


def test_a_figure_in_another_unit_is_said():
    (found,) = values.figures("62课时", (Target("不少于60学时", value=60, unit="学时"),))
    assert (found.value, found.note) == (62, "单位写作“课时”，按62学时读")


@given(st.one_of(st.none(), st.text(max_size=30), st.floats(allow_nan=False), st.integers(), st.booleans(), st.dates()))
def test_whatever_stands_in_a_cell_is_read_empty_or_a_problem(value):
    """Nothing raises, and nothing that was written becomes nothing without a word."""
    for found in (values.state(value, PLAIN), values.day(value, Q4), *values.figures(value, (Target("60", value=60),))):
        assert found.value is not None or found.problem or values.is_blank(value)


@pytest.mark.parametrize("written", ["两千万元", "2千万", "2万五千", "一百二十", "一二次", "三四十"])
def test_a_figure_is_never_read_by_its_beginning_only(written: str) -> None:
    (found,) = values.figures(written, (Target("不少于2000万元", value=2000, unit="万元"),))
    assert (found.value, found.problem) == (None, "看不懂这个数字")
