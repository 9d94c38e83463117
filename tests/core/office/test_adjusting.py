"""调整 and 延期: the light follows the new date, the old one stays readable and is no 逾期."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidError, NotFoundError
from core.model import edit
from core.model.ledger import EntryState, Light, State
from core.model.plan import Deadline, DeadlineKind
from core.office import board, editing, forms, measures, obligations, overview, progress, status
from core.office.editing import EditKind
from core.office.form_value import FormValue
from core.store import plans as plan_rows
from core.store.database import Store

OLD, NEW, LATER = date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)
BASIS = "古司发〔2025〕3号"
Q1 = "2025Q1"


def adjust(store: Store, no: int, *parts: Deadline, basis: str = BASIS) -> None:
    """调整 the deadline of a measure."""
    with store.reading() as db:
        plan = plan_rows.load(db, overview.plan_row(store, None).id)
    e = edit.change_measure(edit.begin(plan), no, deadline_raw="新时限", deadlines=parts)
    editing.apply_edit(store, None, e, kind=EditKind.ADJUSTMENT, basis=basis, reason="省厅统一调整")


def by(day: date, scope: str | None = None) -> Deadline:
    return Deadline(DeadlineKind.BY, day, None, scope)


def key_of(store: Store, no: int, unit: str) -> int:
    return progress.find_obligation(store, None, no, unit).id


def row_of(store: Store, no: int, unit: str, as_of: date) -> obligations.ObligationRow:
    rows = obligations.list_obligations(store, None, as_of, measure=no)
    return next(row for row in rows if row.unit == unit)


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        (date(2024, 12, 31), Light.NORMAL),
        (date(2025, 1, 1), Light.NORMAL),
        (date(2025, 2, 28), Light.NORMAL),
        (date(2025, 3, 1), Light.DUE_SOON),
        (date(2025, 3, 30), Light.DUE_SOON),
        (date(2025, 3, 31), Light.DUE_SOON),
        (date(2025, 4, 1), Light.OVERDUE),
    ],
)
def test_the_light_follows_the_new_date(store: Store, as_of: date, light: Light) -> None:
    """Around the old and the new date: not late on the day after the old one, late on the day after the new one."""
    adjust(store, 1, by(NEW))

    row = board.board(store, None, as_of).rows[0]
    assert (row.status.light, row.due, row.adjusted_from, row.deadline) == (light, NEW, OLD, "新时限")
    assert row_of(store, 1, "财政局", as_of).adjusted_from == OLD


@pytest.mark.parametrize(("day", "is_late"), [(NEW, False), (date(2025, 4, 1), True)])
def test_done_by_the_new_date_is_in_time(store: Store, day: date, is_late: bool) -> None:
    """On the date itself in time, the day after late."""
    adjust(store, 1, by(NEW))
    progress.save(store, key_of(store, 1, "财政局"), Q1, FormValue(EntryState.DONE, day))

    found = row_of(store, 1, "财政局", date(2025, 5, 1)).status
    assert (found.state, found.done_late) == (State.DONE, is_late)


def test_figures_follow_around_the_old_date(store: Store) -> None:
    """One measure less is overdue on the day after; none differs on the day before and on the day."""
    days = [date(2024, 12, 30), OLD, date(2025, 1, 1)]
    before = [status.plan_status(store, None, day).measures.overdue for day in days]
    adjust(store, 1, by(NEW))
    after = [status.plan_status(store, None, day).measures.overdue for day in days]

    assert after == [before[0], before[1], before[2] - 1]


def test_the_detail_tells_the_old_date_and_the_basis(store: Store) -> None:
    """Twice adjusted: the date it had at first, the newest basis, both acts."""
    adjust(store, 1, by(NEW))
    adjust(store, 1, by(LATER), basis="〔2025〕8号")

    detail = measures.measure_detail(store, None, 1, OLD)
    assert detail.deadline_note == "到期日 2025-06-30；原 2024-12-31 已调整，依据 〔2025〕8号"
    assert [(a.basis, a.old.deadlines[0].date) for a in detail.adjustments] == [("〔2025〕8号", NEW), (BASIS, OLD)]
    assert detail.adjustments == editing.adjustments_of(store, None, 1)
    assert detail.adjustments[1].old.phrase == "2024年底前"


def test_adjusted_back_is_as_it_was(store: Store) -> None:
    """Nothing to tell beside the date; the acts stay."""
    adjust(store, 1, by(NEW))
    adjust(store, 1, by(OLD))

    assert board.board(store, None, OLD).rows[0].adjusted_from is None
    assert measures.measure_detail(store, None, 1, OLD).deadline_note == "到期日 2024-12-31"
    assert len(editing.adjustments_of(store, None, 1)) == 2


def test_one_of_two_parts_is_adjusted(store: Store) -> None:
    """The other keeps its date and tells no old one."""
    adjust(store, 1, by(date(2024, 6, 30), "甲"), by(OLD, "乙"))
    adjust(store, 2, by(OLD, "甲"), by(LATER, "乙"))
    adjust(store, 2, by(NEW, "甲"), by(LATER, "乙"))

    row = board.board(store, None, date(2025, 1, 5)).rows[1]
    assert (row.due, row.adjusted_from) == (NEW, OLD)


def test_a_lifted_date_stays_readable(store: Store) -> None:
    """2024年底前 became 长期坚持: no date, no 逾期, the old one told."""
    adjust(store, 1, Deadline(DeadlineKind.ONGOING))

    row = board.board(store, None, date(2025, 2, 1)).rows[0]
    assert (row.due, row.adjusted_from, row.status.state, row.status.overdue) == (None, OLD, State.ONGOING, False)
    assert "原 2024-12-31 已调整" in measures.measure_detail(store, None, 1, OLD).deadline_note


@pytest.mark.parametrize(
    ("as_of", "light"),
    [(OLD, Light.DUE_SOON), (date(2025, 1, 1), Light.NORMAL), (NEW, Light.DUE_SOON), (date(2025, 4, 1), Light.OVERDUE)],
)
def test_a_postponement_holds_for_its_unit_alone(store: Store, as_of: date, light: Light) -> None:
    """The others are late on the day after the old date, and so is the measure."""
    changes = editing.adjust_obligation(store, key_of(store, 1, "财政局"), to=NEW, basis=BASIS, reason="系统升级")

    assert changes.measures == {1}
    own, other = row_of(store, 1, "财政局", as_of), row_of(store, 1, "应急管理局", as_of)
    if as_of != OLD:
        assert own.status.light is light
    assert (own.due, own.adjusted_from) == (NEW, OLD)
    assert (other.due, other.adjusted_from, other.status.overdue) == (OLD, None, as_of > OLD)
    row = board.board(store, None, as_of).rows[0]
    assert (row.status.overdue, row.adjusted_from) == (as_of > OLD, None)


def test_a_postponement_is_told_everywhere(store: Store) -> None:
    """Detail, history, form."""
    key = key_of(store, 1, "财政局")
    editing.adjust_obligation(store, key, to=NEW, basis=BASIS, reason="系统升级")

    detail = measures.measure_detail(store, None, 1, OLD)
    assert f"财政局 2024-12-31 延至 2025-03-31，依据 {BASIS}" in detail.deadline_note
    assert "延期：第1项 财政局（系统升级）" in detail.history[0].text
    assert [(a.unit, a.obligation) for a in detail.adjustments] == [("财政局", key)]
    assert forms.form(store, key, Q1, OLD).dues[0].due_on == NEW


def test_the_newest_postponement_holds_also_to_an_earlier_day(store: Store) -> None:
    """A mistyped one is put right by another one."""
    key = key_of(store, 1, "财政局")
    editing.adjust_obligation(store, key, to=LATER, basis=BASIS, reason="")
    editing.adjust_obligation(store, key, to=NEW, basis=BASIS, reason="更正")

    row = row_of(store, 1, "财政局", OLD)
    assert (row.due, row.adjusted_from) == (NEW, OLD)


@pytest.mark.parametrize(("measure", "holds"), [(date(2025, 2, 28), NEW), (LATER, LATER)])
def test_a_measure_adjusted_later_takes_no_time_from_a_unit(store: Store, measure: date, holds: date) -> None:
    """Of the two dates the later one holds for the unit that had been given more."""
    editing.adjust_obligation(store, key_of(store, 1, "财政局"), to=NEW, basis=BASIS, reason="")
    adjust(store, 1, by(measure))

    row = row_of(store, 1, "财政局", OLD)
    assert (row.due, row.adjusted_from) == (holds, OLD)
    assert row_of(store, 1, "应急管理局", OLD).due == measure


def test_an_instruction_gets_its_day_for_one_unit(store: Store) -> None:
    """待部署 until then, by that day after."""
    adjust(store, 1, Deadline(DeadlineKind.ON_INSTRUCTION))
    key = key_of(store, 1, "财政局")
    assert row_of(store, 1, "财政局", NEW).status.state is State.WAITING

    editing.adjust_obligation(store, key, to=NEW, basis=BASIS, reason="")
    assert row_of(store, 1, "财政局", date(2025, 4, 1)).status.overdue


def test_one_part_is_postponed(store: Store) -> None:
    """Which one must be said; the other keeps its date."""
    adjust(store, 1, by(OLD, "甲"), by(LATER, "乙"))
    key = key_of(store, 1, "财政局")
    with pytest.raises(InvalidError) as caught:
        editing.adjust_obligation(store, key, to=NEW, basis=BASIS, reason="")
    assert caught.value.field == "part"

    editing.adjust_obligation(store, key, to=NEW, basis=BASIS, reason="", part="甲")
    dues = forms.form(store, key, Q1, OLD).dues
    assert [due.due_on for due in dues] == [NEW, LATER]


@pytest.mark.parametrize(("basis", "to", "field"), [(" ", NEW, "basis"), (BASIS, OLD, "to")])
def test_a_postponement_needs_basis_and_another_date(store: Store, basis: str, to: date, field: str) -> None:
    """Nothing is written without."""
    with pytest.raises(InvalidError) as caught:
        editing.adjust_obligation(store, key_of(store, 1, "财政局"), to=to, basis=basis, reason="")

    assert caught.value.field == field
    assert editing.adjustments_of(store, None, 1) == ()


def test_what_has_no_date_cannot_be_postponed(store: Store) -> None:
    """长期坚持 has none; an obligation that is not there neither."""
    adjust(store, 1, Deadline(DeadlineKind.ONGOING))
    with pytest.raises(InvalidError):
        editing.adjust_obligation(store, key_of(store, 1, "财政局"), to=NEW, basis=BASIS, reason="")
    with pytest.raises(NotFoundError):
        editing.adjust_obligation(store, 999_999, to=NEW, basis=BASIS, reason="")


def test_recurring_dates_of_an_undated_plan_run_from_where_they_did(store: Store) -> None:
    """Moving the earliest date into another year takes no occurrence away."""
    with store.reading() as db:
        plan = plan_rows.load(db, overview.plan_row(store, None).id)
    e = edit.change_document(edit.begin(plan), date=None)
    for measure in plan.measures[1:]:
        e = edit.change_measure(e, measure.no, deadlines=(Deadline(DeadlineKind.ONGOING),))
    e = edit.change_measure(e, 2, deadlines=(Deadline(DeadlineKind.RECURRING, recur="yearly-02-28"),))
    editing.apply_edit(store, None, e, kind=EditKind.CORRECTION)
    before = row_of(store, 2, "财政局", NEW).status

    adjust(store, 1, by(date(2026, 6, 30)))
    assert row_of(store, 2, "财政局", NEW).status == before
    assert before.overdue
