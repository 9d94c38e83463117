"""A plan edited by hand: rows and entries follow, what leaves stays readable, 勘误 and 调整 are two acts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError, LedgerFileError, NotFoundError
from core.job import Job
from core.model import edit
from core.model.adjustment import Adjusted
from core.model.edit import Edited
from core.model.ledger import EntryState, State
from core.model.plan import Deadline, DeadlineKind, Plan
from core.office import (
    attach,
    board,
    check,
    editing,
    files,
    former,
    forms,
    measures,
    obligations,
    overview,
    plans,
    progress,
    tables,
)
from core.office.changes import Changes
from core.office.editing import EditKind
from core.office.form_value import FormValue
from core.store import journal
from core.store import plans as plan_rows
from core.store.database import Store

DAY = date(2024, 11, 20)
Q4 = "2024Q4"
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已组织轮训。")
CORRECTION, ADJUSTMENT = EditKind.CORRECTION, EditKind.ADJUSTMENT


def plan(store: Store) -> Plan:
    with store.reading() as db:
        return plan_rows.load(db, overview.plan_row(store, None).id)


@pytest.fixture
def edited(store: Store) -> Edited:
    """The plan of 古县, untouched."""
    return edit.begin(plan(store))


def fill(store: Store, no: int, unit: str = "财政局", value: FormValue = BEGUN) -> int:
    key = progress.find_obligation(store, None, no, unit).id
    progress.save(store, key, Q4, value)
    return key


def journal_lines(store: Store) -> list[tuple[str, str]]:
    with store.reading() as db:
        return db.execute("SELECT action, subject FROM journal ORDER BY id").fetchall()[1:]


def test_nothing_changed_writes_nothing(store: Store, edited: Edited) -> None:
    """No entry for nothing, and no basis asked for."""
    assert editing.apply_edit(store, None, edited, kind=ADJUSTMENT) == Changes()
    assert journal_lines(store) == []


def test_a_correction_changes_the_text_and_is_journalled_as_one(store: Store, edited: Edited) -> None:
    """One entry for the one measure, with what was and what is; no adjustment is kept."""
    deadlines = (Deadline(DeadlineKind.BY, date(2025, 6, 30)),)
    e = edit.change_measure(edited, 3, text="改正。", deadline_raw="2025年6月底前", deadlines=deadlines)
    changes = editing.apply_edit(store, None, e, kind=CORRECTION, reason="录入有误")

    assert (changes.measures, changes.plan) == (frozenset({3}), True)
    assert plan(store) == e.plan
    assert journal_lines(store) == [("勘误", "第3项")]
    detail = measures.measure_detail(store, None, 3, DAY)
    assert "具体措施" in detail.history[0].text
    assert "时限 2024-12-31 → 2025-06-30" in detail.history[0].text
    assert "（录入有误）" in detail.history[0].text
    assert detail.adjustments == ()
    assert board.board(store, None, DAY).rows[2].adjusted_from is None


def test_an_adjustment_needs_its_basis(store: Store, edited: Edited) -> None:
    """A changed duty rests on a document; without its 文号 nothing is written."""
    e = edit.change_measure(edited, 3, division_raw="财政局", responsible=("财政局",))
    with pytest.raises(InvalidError) as caught:
        editing.apply_edit(store, None, e, kind=ADJUSTMENT, basis="  ")

    assert caught.value.field == "basis"
    assert plan(store) == edited.plan


def test_an_adjusted_division_keeps_the_old_one(store: Store, edited: Edited) -> None:
    """The obligations follow; who owed it before is readable."""
    e = edit.change_measure(edited, 3, division_raw="财政局", responsible=("财政局",))
    editing.apply_edit(store, None, e, kind=ADJUSTMENT, basis="〔2025〕3号", reason="机构改革")

    (kept,) = editing.adjustments_of(store, None, 3)
    assert (kept.what, kept.basis, kept.reason) == (Adjusted.DIVISION, "〔2025〕3号", "机构改革")
    assert kept.old.responsible == ("各乡镇", "各行政执法单位")
    assert kept.new.phrase == "财政局"
    rows = obligations.list_obligations(store, None, DAY, measure=3)
    assert [row.unit for row in rows] == ["财政局"]
    assert journal_lines(store) == [("调整", "第3项")]


def test_progress_and_evidence_follow_a_measure_through_other_numbers(
    store: Store, edited: Edited, tmp_path: Path
) -> None:
    """A measure before it goes, it moves to another heading: the same row, the same entries."""
    key = fill(store, 9)
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"jpeg")
    attach.add_evidence(store, key, Q4, [scan], Job())

    e = edit.delete_measure(edited, 2)
    e = edit.move_measure(e, 8, after=None, section=1, task=1)
    editing.apply_edit(store, None, e, kind=CORRECTION)

    detail = measures.measure_detail(store, None, 1, DAY)
    assert detail.measure.text == edited.measure(9).text
    assert (detail.measure.section, detail.measure.task) == (1, 1)
    assert [item.name for item in detail.evidence] == ["签到表.jpg"]
    form = forms.form(store, key, Q4, DAY)
    assert form.value is not None
    assert replace(form.value, received_on=None) == BEGUN
    assert form.obligation.measure_no == 1
    assert check.check(store, Job()) == ()


def test_numbers_headings_and_deletions_are_in_the_journal(store: Store, edited: Edited) -> None:
    """Which measure left, which moved, and which have another number now."""
    e = edit.delete_measure(edited, 37)
    e = edit.move_measure(e, 1, after=2, section=1, task=2)
    e = edit.change_section(e, 2, "（二）", "新的标题")
    editing.apply_edit(store, None, e, kind=CORRECTION)

    assert journal_lines(store) == [("勘误", "方案结构"), ("勘误", "第37项删去"), ("勘误", "第2项（原第1项）")]
    with store.reading() as db:
        after = db.execute("SELECT after FROM journal WHERE subject = '方案结构'").fetchone()[0]
    assert "2→1、1→2、38→37" in after
    assert "新的标题" in after
    assert "重点任务" in measures.measure_detail(store, None, 2, DAY).history[0].text


def test_a_renamed_heading_moves_nobody(store: Store, edited: Edited) -> None:
    """But a measure that leaves it at the same time has moved."""
    e = edit.change_task(edited, 1, "1.", "新")
    e = edit.move_measure(e, 2, after=None, section=1, task=2)
    editing.apply_edit(store, None, e, kind=CORRECTION)

    assert journal_lines(store) == [("勘误", "方案结构"), ("勘误", "第2项")]


def test_a_deleted_measure_stays_as_history(store: Store, edited: Edited, tmp_path: Path) -> None:
    """It owes nothing any more; what was said and proved of it is readable; its form is gone."""
    key = fill(store, 2)
    (tmp_path / "通知.pdf").write_bytes(b"%PDF")
    attach.add_evidence(store, key, Q4, [tmp_path / "通知.pdf"], Job())
    editing.apply_edit(store, None, edit.delete_measure(edited, 2), kind=ADJUSTMENT, basis="〔2025〕3号")

    assert [row.no for row in board.board(store, None, DAY).rows] == list(range(1, 38))
    assert board.plans(store)[0].measures == 37
    assert not any(row.id == key for row in obligations.list_obligations(store, None, DAY))
    with pytest.raises(NotFoundError):
        forms.form(store, key, Q4, DAY)
    (gone,) = former.former_measures(store, None)
    assert (gone.no, gone.label, gone.merged_into) == (2, "（2）", None)
    assert [(e.unit, e.state, e.text) for e in gone.entries] == [("财政局", EntryState.IN_PROGRESS, "已组织轮训。")]
    assert [item.name for item in gone.entries[0].evidence] == ["通知.pdf"]
    assert "第2项删去" in gone.history[0].text
    assert "依据 〔2025〕3号" in gone.history[0].text


def test_a_merged_measure_goes_on_in_the_other(store: Store, edited: Edited) -> None:
    """The one that stays keeps its entries; those of the other are in its history."""
    fill(store, 2, value=FormValue(EntryState.IN_PROGRESS, text="第二项的"))
    kept = fill(store, 1, value=FormValue(EntryState.DONE, date(2024, 11, 2), text="第一项的"))
    editing.apply_edit(store, None, edit.merge_measures(edited, 1, 2), kind=CORRECTION)

    detail = measures.measure_detail(store, None, 1, DAY)
    assert detail.measure.text == edited.measure(1).text + edited.measure(2).text
    assert next(row for row in detail.obligations if row.id == kept).status.state is State.DONE
    words = "".join(line.text for line in detail.history)
    assert "原第2项并入第1项" in words
    assert "第二项的" in words
    (gone,) = former.former_measures(store, None)
    assert (gone.no, gone.merged_into) == (2, 1)
    assert gone.entries[0].text == "第二项的"


def test_a_split_measure_owes_twice(store: Store, edited: Edited) -> None:
    """The first half keeps the entries, the second begins anew."""
    fill(store, 1)
    before = len(obligations.list_obligations(store, None, DAY, measure=1))
    editing.apply_edit(store, None, edit.split_measure(edited, 1, 5), kind=CORRECTION)

    rows = board.board(store, None, DAY).rows
    assert [row.total for row in rows[:2]] == [before, before]
    assert [row.status.state for row in rows[:2]] == [State.IN_PROGRESS, State.NOT_STARTED]
    assert [(len(rows), rows[1].label)] == [(39, "")]
    assert journal_lines(store)[-2:] == [("勘误", "第1项"), ("勘误", "增加第2项")]


def test_many_edits_one_after_the_other_keep_the_file_sound(store: Store, edited: Edited) -> None:
    """Numbers that left are free again; nothing runs into another."""
    for _ in range(3):
        e = edit.begin(plan(store))
        e = edit.delete_measure(edit.merge_measures(e, 4, 3), 1)
        e = edit.add_measure(e, 2, text="新增。")
        e = edit.move_section(e, 1, 3)
        editing.apply_edit(store, None, e, kind=CORRECTION)
        assert plan(store) == e.plan
    assert len(former.former_measures(store, None)) == 6
    assert check.check(store, Job()) == ()
    with store.reading() as db:
        assert list(journal.broken(db)) == []
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_effect_is_said_before(store: Store, edited: Edited) -> None:
    """Obligations that appear and go, and entries that would be hidden; nothing is written."""
    fill(store, 2)
    fill(store, 3)
    units = {row.unit for row in obligations.list_obligations(store, None, DAY, measure=2)}
    e = edit.change_measure(edited, 3, responsible=("新设单位", "水利局"), division_raw="新设单位、水利局")
    e = edit.delete_measure(e, 2)

    effect = editing.effect_of(store, None, e)
    assert effect.appear == ((2, "新设单位"),)
    assert {unit for no, unit in effect.gone if no == 2} == units
    assert {unit for no, unit in effect.gone if no == 3} == units - {"水利局"}
    assert [(h.no, h.units, h.entries, h.goes_on_as) for h in effect.hidden] == [
        (2, ("财政局",), 1, None),
        (3, ("财政局",), 1, 2),
    ]
    assert plan(store) == edited.plan
    editing.apply_edit(store, None, e, kind=CORRECTION)
    assert [row.unit for row in obligations.list_obligations(store, None, DAY, measure=2)] == ["新设单位", "水利局"]


def test_an_untouched_plan_has_no_effect(store: Store, edited: Edited) -> None:
    """Also not where only words change."""
    fill(store, 2)
    effect = editing.effect_of(store, None, edit.change_measure(edited, 2, text="新"))

    assert (effect.appear, effect.gone, effect.hidden) == ((), (), ())


def test_entries_for_a_part_follow_its_words_or_are_named(store: Store, edited: Edited) -> None:
    """A scope put right takes its entries along; a part that goes hides them, which is said before."""
    parts = tuple(Deadline(DeadlineKind.BY, date(2024, 12, 31), None, scope) for scope in ("甲", "乙"))
    editing.apply_edit(store, None, edit.change_measure(edited, 1, deadlines=parts), kind=CORRECTION)
    key = fill(store, 1, value=FormValue(EntryState.DONE, date(2024, 11, 2), part="甲"))

    start = edit.begin(plan(store))
    renamed = edit.change_measure(start, 1, deadlines=(replace(parts[0], scope="甲项"), parts[1]))
    assert editing.effect_of(store, None, renamed).hidden == ()
    gone = edit.change_measure(start, 1, deadlines=(parts[1], replace(parts[0], scope="丙"), parts[1]))
    assert [h.entries for h in editing.effect_of(store, None, gone).hidden] == [1]

    editing.apply_edit(store, None, renamed, kind=CORRECTION)
    assert forms.form(store, key, Q4, DAY, part="甲项").value is not None


def test_an_edit_that_breaks_off_leaves_nothing_behind(
    store: Store, edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: rows, obligations and journal stay as they were."""

    def broken(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editing, "refresh_obligations", broken)
    with pytest.raises(LedgerFileError):
        editing.apply_edit(store, None, edit.delete_measure(edited, 1), kind=CORRECTION)

    assert plan(store) == edited.plan
    assert journal_lines(store) == []
    assert len(obligations.list_obligations(store, None, DAY, measure=1)) > 1


@pytest.mark.parametrize("field", ["text", "title"])
def test_words_must_be_there(store: Store, edited: Edited, field: str) -> None:
    """A measure and a plan need them; nothing of the edit is written."""
    e = edit.change_measure(edited, 1, label="改")
    e = edit.add_measure(e, 1) if field == "text" else edit.change_document(e, title=" ")
    with pytest.raises(InvalidError) as caught:
        editing.apply_edit(store, None, e, kind=CORRECTION)

    assert caught.value.field == field
    assert plan(store) == edited.plan


def test_an_edit_of_another_state_of_the_plan_is_refused(store: Store, edited: Edited) -> None:
    """It began with a measure that has left meanwhile."""
    editing.apply_edit(store, None, edit.delete_measure(edited, 38), kind=CORRECTION)
    with pytest.raises(InvalidError):
        editing.apply_edit(store, None, edited, kind=CORRECTION)


def test_the_plan_itself_is_edited(store: Store, edited: Edited) -> None:
    """Title, number and date."""
    e = edit.change_document(edited, table_title="新表题", number="古司发〔2024〕9号")
    editing.apply_edit(store, None, e, kind=CORRECTION)

    assert board.plans(store)[0].title == "新表题"
    assert plan(store).document.number == "古司发〔2024〕9号"
    assert journal_lines(store) == [("勘误", "方案结构")]


@pytest.mark.parametrize("start", ["guxian", "blank"])
def test_a_plan_is_made_by_hand(tmp_path: Path, start: str) -> None:
    """From nothing to measures that units owe; the table can be exported at each stage."""
    with closing(files.create_ledger(tmp_path / "新.db", start)) as store:
        key = plans.create_plan(store, " 我县方案 ", number="〔2025〕1号", issued=date(2025, 1, 10))
        assert key == ("p1" if start == "blank" else "p2")
        assert plans.create_plan(store, "再一个") == ("p2" if start == "blank" else "p3")
        assert board.board(store, key, DAY).rows == ()

        e = edit.begin(board.board(store, key, DAY).plan)
        e = edit.add_task(edit.add_section(e, None, "（一）", "能力"), None, 1, "1.", "培训")
        e = edit.add_measure(e, None, section=1, task=1, text="开展培训，不少于60学时。")
        typed = replace(e.measure(1), division_raw="司法局牵头，各乡镇负责", deadline_raw="6月底前")
        read = editing.reread(typed, e.plan)
        e = edit.change_measure(
            e, 1, division_raw=read.division_raw, lead=read.lead, responsible=read.responsible,
            deadline_raw=read.deadline_raw, deadlines=read.deadlines, targets=read.targets,
        )  # fmt: skip
        editing.apply_edit(store, key, e, kind=CORRECTION)

        row = board.board(store, key, DAY).rows[0]
        assert (row.due, row.section and row.section.title) == (date(2025, 6, 30), "能力")
        assert "司法局" in row.units
        assert tables.export_table(store, key, "xlsx", tmp_path / "表.xlsx", Job()).pages == 1


def test_a_plan_without_a_name_is_refused(store: Store) -> None:
    with pytest.raises(InvalidError):
        plans.create_plan(store, " ")
