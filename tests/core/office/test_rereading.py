"""What is understood of phrases as a clerk types them."""

from __future__ import annotations

from datetime import date

from core.model.plan import Deadline, DeadlineKind, Document, Measure, Plan
from core.office.editing import reread

ISSUED = date(2024, 4, 12)


def plan(*measures: Measure) -> Plan:
    return Plan(Document("方案", date=ISSUED), measures=measures)


def typed(text: str = "开展培训。", division: str | None = None, deadline: str | None = None) -> Measure:
    return Measure(9, "", None, None, text, division_raw=division, deadline_raw=deadline)


def test_roles_and_dates_are_understood() -> None:
    """A date without a year has that of the document."""
    read = reread(typed("培训不少于60学时。", "财政局牵头，教育局配合", " 6月底前 "), plan())

    assert (read.lead, read.cooperating) == (("财政局",), ("教育局",))
    assert read.deadlines == (Deadline(DeadlineKind.BY, date(2024, 6, 30)),)
    assert read.deadline_raw == "6月底前"
    assert [target.value for target in read.targets] == [60]


def test_a_blank_phrase_means_nothing() -> None:
    """No names, no dates, and None instead of blanks."""
    read = reread(typed(division=" ", deadline=""), plan())

    assert (read.division_raw, read.deadline_raw) == (None, None)
    assert (read.lead, read.responsible, read.cooperating, read.deadlines) == ((), (), (), ())


def test_the_first_unit_leads_where_the_plan_says_so() -> None:
    """Seen from the other measures, whose phrases name no leader."""
    other = Measure(1, "", None, None, "一", ("财政局",), ("教育局",), division_raw="财政局、教育局")

    assert reread(typed(division="水利局、财政局"), plan(other)).lead == ("水利局",)
    assert reread(typed(division="水利局、财政局"), plan()).lead == ()


def test_broken_names_are_repaired_as_in_reading() -> None:
    """By the names of the other measures."""
    other = Measure(1, "", None, None, "一", responsible=("各行政执法单位",), division_raw="各行政执法单位")

    assert reread(typed(division="各行政执单位"), plan(other)).responsible == ("各行政执法单位",)


def test_dates_in_the_text_count_only_without_a_column() -> None:
    """Where the plan has deadlines of its own column, an empty cell is empty."""
    text = "2024年底前完成清理。"
    other = Measure(1, "", None, None, "一", deadline_raw="长期坚持")

    assert [d.date for d in reread(typed(text), plan()).deadlines] == [date(2024, 12, 31)]
    assert reread(typed(text), plan(other)).deadlines == ()


def test_only_what_was_typed_is_read() -> None:
    """The rest keeps what a person may have put right."""
    measure = Measure(9, "", None, None, "一", ("甲局",), division_raw="乙局负责", deadline_raw="2024年底前")
    read = reread(measure, plan(), fields={"deadline"})

    assert read.lead == ("甲局",)
    assert read.deadlines == (Deadline(DeadlineKind.BY, date(2024, 12, 31)),)
