"""Filling in: save, draft, evidence and what a page shows of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.errors import EvidenceError, InvalidError, NotFoundError
from core.job import Job
from core.model.ledger import EntryState, State
from core.office import (
    attach,
    board,
    evidence,
    files,
    form_value,
    forms,
    measures,
    obligations,
    periods,
    plans,
    progress,
    search,
    units,
)
from core.office.changes import Changes
from core.office.form_value import FormValue
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)
DONE = FormValue(EntryState.DONE, date(2024, 11, 2), text=" 已组织轮训。 ")


@pytest.fixture
def obligation(store: Store) -> int:
    """财政局 in measure 1."""
    return progress.find_obligation(store, None, 1, "财政局").id


def test_a_saved_form_comes_back_and_counts(store: Store, obligation: int) -> None:
    """What was saved is shown, the state follows, the changes name measure and obligation."""
    changes = progress.save(store, obligation, Q4, DONE)

    form = forms.form(store, obligation, Q4, DAY)
    assert changes == Changes(frozenset({1}), frozenset({obligation}))
    today = datetime.now().astimezone().date()
    assert form.value == FormValue(EntryState.DONE, date(2024, 11, 2), text="已组织轮训。", received_on=today)
    assert form.obligation.status.state is State.DONE
    assert (form.saved_at is not None, form.draft) == (True, None)


def test_a_second_save_is_one_transaction_and_prepares_nothing_anew(store: Store, obligation: int) -> None:
    """A PRAGMA makes SQLite forget its prepared statements; a look before the transaction locks the file once more."""
    progress.save(store, obligation, Q4, DONE)
    said: list[str] = []
    store.db.set_trace_callback(said.append)
    progress.save(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="又退回来办。"))
    store.db.set_trace_callback(None)

    assert (said[0], said[-1]) == ("BEGIN", "COMMIT")
    assert not any(statement.startswith(("PRAGMA", "CREATE")) for statement in said)


def test_saving_the_same_again_changes_nothing(store: Store, obligation: int) -> None:
    """No second journal entry for nothing."""
    progress.save(store, obligation, Q4, DONE)

    assert progress.save(store, obligation, Q4, DONE) == Changes()
    assert len(measures.measure_detail(store, None, 1, DAY).history) == 1


def test_history_tells_what_changed(store: Store, obligation: int) -> None:
    """Old and new words of each field."""
    progress.save(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="一"))
    progress.save(store, obligation, Q4, DONE)

    newest = measures.measure_detail(store, None, 1, DAY).history[0]
    assert "第1项 财政局，2024年第四季度" in newest.text
    assert "状态 推进中 → 已完成" in newest.text
    assert "工作进展 一 → 已组织轮训" in newest.text


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (FormValue(), "state"),
        (FormValue(EntryState.DONE), "done_on"),
        (FormValue(EntryState.NOT_APPLICABLE, reason=" "), "reason"),
        (FormValue(EntryState.IN_PROGRESS, part="没有"), "part"),
    ],
)
def test_an_unfinished_form_is_not_saved_but_kept(store: Store, obligation: int, value: FormValue, field: str) -> None:
    """The field is named; the draft comes back; saving forgets it."""
    with pytest.raises(InvalidError) as caught:
        progress.save(store, obligation, Q4, value)
    progress.keep_draft(store, obligation, Q4, value)

    assert caught.value.field == field
    assert [finding.field for finding in form_value.check_value(value)] == [field]
    assert forms.form(store, obligation, Q4, DAY, part=value.part).draft == value
    assert forms.form(store, obligation, Q4, DAY).value is None
    progress.save(store, obligation, Q4, DONE)
    assert forms.form(store, obligation, Q4, DAY).draft is None


def test_a_dropped_draft_is_gone(store: Store, obligation: int) -> None:
    """Given up by the clerk."""
    progress.keep_draft(store, obligation, Q4, FormValue(text="半句"))
    progress.drop_draft(store, obligation, Q4)

    assert forms.form(store, obligation, Q4, DAY).draft is None


def test_the_form_shows_what_was_said_last_time(store: Store, obligation: int) -> None:
    """上期 is the latest earlier period."""
    progress.save(store, obligation, "2024Q2", FormValue(EntryState.IN_PROGRESS, text="旧"))
    progress.save(store, obligation, "2024Q3", FormValue(EntryState.IN_PROGRESS, text="上期"))

    previous = forms.form(store, obligation, Q4, DAY).previous
    assert previous is not None
    assert (previous.period_title, previous.text) == ("2024年第三季度", "上期")


def test_not_applicable_needs_its_reason_and_keeps_it(store: Store, obligation: int) -> None:
    """理由 is saved with the entry."""
    progress.save(store, obligation, Q4, FormValue(EntryState.NOT_APPLICABLE, reason="无执法职能"))

    form = forms.form(store, obligation, Q4, DAY)
    assert form.value is not None
    assert (form.value.reason, form.obligation.status.state) == ("无执法职能", State.NOT_APPLICABLE)


def test_evidence_is_tied_and_shown_with_its_other_uses(store: Store, obligation: int, tmp_path: Path) -> None:
    """The same scan proves two obligations and is stored once."""
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"jpeg")
    other = progress.find_obligation(store, None, 3, "财政局").id

    first = attach.add_evidence(store, obligation, Q4, [scan], Job())
    second = attach.add_evidence(store, other, Q4, [scan], Job())

    assert (first.already, second.already) == ((), ("签到表",))
    shown = forms.form(store, obligation, Q4, DAY).evidence[0]
    assert (shown.title, shown.category, shown.also, shown.missing) == ("签到表", "图片", ("（3）财政局",), False)
    assert next(row for row in board.board(store, None, DAY).rows if row.no == 1).evidence == 1
    assert forms.form(store, obligation, Q4, DAY).obligation.status.state is State.IN_PROGRESS


def test_the_pages_of_a_pdf_are_counted(store: Store, obligation: int, tmp_path: Path) -> None:
    """A scan of several pages says how many; a broken PDF is taken in all the same."""
    from core.office import tables

    good, broken = tmp_path / "表.pdf", tmp_path / "坏.pdf"
    good.write_bytes(tables.table_pdf(store, None, Job())[0])
    broken.write_bytes(b"%PDF-1.4 broken")

    added = attach.add_evidence(store, obligation, Q4, [good, broken], Job())

    assert [row.pages for row in added.rows] == [7, None]


def test_one_bad_file_keeps_all_out(store: Store, obligation: int, tmp_path: Path) -> None:
    """All or none: nothing is tied when the second file is empty."""
    good, empty = tmp_path / "a.pdf", tmp_path / "b.pdf"
    good.write_bytes(b"x")
    empty.touch()

    with pytest.raises(EvidenceError):
        attach.add_evidence(store, obligation, Q4, [good, empty], Job())

    assert forms.form(store, obligation, Q4, DAY).evidence == ()
    assert forms.form(store, obligation, Q4, DAY).value is None


def test_removing_unties_and_reuse_ties_again(store: Store, obligation: int) -> None:
    """The file stays stored for 撤销."""
    added = attach.add_pasted(store, obligation, Q4, "截图.png", b"png")
    number = added.rows[0].id

    attach.remove_evidence(store, obligation, Q4, number)
    assert forms.form(store, obligation, Q4, DAY).evidence == ()
    attach.reuse_evidence(store, obligation, Q4, number)

    assert [row.id for row in forms.form(store, obligation, Q4, DAY).evidence] == [number]


def test_evidence_is_described(store: Store, obligation: int) -> None:
    """Title, number, category, date and pages are kept and journalled."""
    number = attach.add_pasted(store, obligation, Q4, "a.pdf", b"x").rows[0].id

    changes = evidence.describe(
        store, number, title="关于轮训的通知", number="古司〔2024〕9号", category="通知方案",
        proves_on=date(2024, 4, 15), pages=3,
    )  # fmt: skip

    row = forms.form(store, obligation, Q4, DAY).evidence[0]
    assert changes.obligations == {obligation}
    assert (row.title, row.number, row.category, row.proves_on, row.pages) == (
        "关于轮训的通知", "古司〔2024〕9号", "通知方案", date(2024, 4, 15), 3,
    )  # fmt: skip


def test_a_missing_file_is_shown_as_missing(store: Store, obligation: int) -> None:
    """The row stays, in words."""
    row = attach.add_pasted(store, obligation, Q4, "a.pdf", b"x").rows[0]
    row.path.unlink()

    assert forms.form(store, obligation, Q4, DAY).evidence[0].missing
    assert evidence.damaged(store, Job()) == ("佐证材料“a”不见了",)


def test_periods_to_choose_from_are_the_quarters_of_the_plan(store: Store, obligation: int) -> None:
    """From the quarter of the plan's date to that of the date, newest first; those of the file too."""
    progress.save(store, obligation, "2024H1", FormValue(EntryState.IN_PROGRESS))

    keys = [period.key for period in periods.periods(store, None, DAY)]
    assert keys == ["2025Q1", "2024Q4", "2024Q3", "2024Q2", "2024H1"]


def test_the_board_shows_the_table_and_what_to_look_at(store: Store) -> None:
    """38 rows, printed phrases put right, the list of things to do."""
    view = board.board(store, None, DAY)

    assert len(view.rows) == view.figures.total == 38
    first = view.rows[0]
    assert (first.label, first.division, first.deadline) == ("（1）", "各乡镇、各行政执法单位", "2024年底前")
    assert [todo.kind for todo in view.todo] == ["verify", "incomplete", "members"]
    assert view.todo[0].text == "5 项措施待核对"
    only = board.board(store, None, DAY, unit="工信局").rows
    assert [row.no for row in only] == [28, 29, 30]


def test_a_measure_whole_says_what_was_understood(store: Store) -> None:
    """The notes beside division and deadline."""
    detail = measures.measure_detail(store, None, 4, DAY)

    assert detail.division_note[-1] == "印发件作“各行政执单位”，已按“各行政执法单位”计"
    assert detail.deadline_note == "到期日 2024-06-30"
    assert detail.obligations[0].status.overdue
    with pytest.raises(NotFoundError):
        measures.measure_detail(store, None, 39, DAY)


def test_confirming_a_measure_takes_it_off_the_list(store: Store) -> None:
    """待核对 → checked."""
    plans.confirm_measure(store, None, 7)

    assert board.board(store, None, DAY).todo[0].text == "4 项措施待核对"


def test_completing_a_group_says_before_what_it_does(store: Store) -> None:
    """各乡镇 gets its townships: obligations appear, its own goes."""
    names = ["北平镇", "岳阳镇", "旧县镇"]
    effect = units.group_effect(store, "各乡镇", names, whole=True)
    before = len(obligations.list_obligations(store, None, DAY))

    units.complete_group(store, "各乡镇", names, whole=True)

    rows = obligations.list_obligations(store, None, DAY)
    assert effect.new_units == ("岳阳镇", "旧县镇")
    assert len(rows) == before + effect.appear - effect.gone
    assert (effect.appear, effect.gone) == (2 * effect.gone, effect.gone)
    assert not any(row.is_group for row in rows)
    with pytest.raises(InvalidError):
        units.complete_group(store, "各乡镇", [], whole=True)
    with pytest.raises(NotFoundError):
        units.complete_group(store, "各县", ["a"], whole=True)


def test_search_finds_measures_units_and_evidence(store: Store, obligation: int) -> None:
    """Words, a number, an alias, a title."""
    attach.add_pasted(store, obligation, Q4, "轮训通知.pdf", b"x")

    assert {hit.kind for hit in search.search(store, None, "轮训")} == {"measure", "evidence"}
    assert search.search(store, None, "7")[0].measure_no == 7
    assert [hit.unit for hit in search.search(store, None, "生态环境局古县") if hit.kind == "unit"] == [
        "市生态环境局古县分局"
    ]
    assert search.search(store, None, " ") == ()


def test_looking_after_makes_a_backup(store: Store) -> None:
    """After the first paint: checked and backed up."""
    care = files.look_after(store, Job())

    assert care.problems == ()
    assert care.backup is not None
    assert care.backup.exists()
    assert files.last_backup(store.path) is not None


def test_done_late_is_counted_beside_done(store: Store, obligation: int) -> None:
    """逾期完成 is told apart in the row of the table, in the drawer and in the row of the obligation."""
    other = progress.find_obligation(store, None, 1, "人社局").id
    progress.save(store, obligation, Q4, FormValue(EntryState.DONE, date(2025, 1, 1)))
    progress.save(store, other, Q4, FormValue(EntryState.DONE, date(2024, 12, 31)))

    row, detail = board.board(store, None, DAY).rows[0], measures.measure_detail(store, None, 1, DAY)
    assert (row.done, row.done_late) == (detail.done, detail.done_late) == (2, 1)
    late = {found.unit for found in detail.obligations if found.status.done_late}
    assert late == {"财政局"}
    assert forms.form(store, obligation, Q4, DAY).obligation.status.done_late
    assert not forms.form(store, other, Q4, DAY).obligation.status.done_late
