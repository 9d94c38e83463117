"""撤销 and 重做: whatever was done is taken back whole, and done again whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InvalidError, KnownError
from core.job import Job
from core.model import edit
from core.model.ledger import EntryState
from core.model.plan import Plan
from core.office import (
    attach,
    bundled,
    check,
    editing,
    evidence,
    evidence_versions,
    files,
    freezing,
    ledger_settings,
    many,
    measures,
    objections,
    overview,
    periods,
    plans,
    progress,
    reading,
    reviewing,
    undo,
    unit_changes,
    unit_merge,
    units,
    upward,
)
from core.office.changes import Changes
from core.office.editing import EditKind
from core.office.form_value import FormValue
from core.office.ledger_settings import LedgerSettings
from core.store import journal, undo_log
from core.store import plans as plan_rows
from core.store.database import Store
from tests.examples import examples

Q4 = "2024Q4"
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已组织轮训。")
DONE = FormValue(EntryState.DONE, done_on=date(2024, 11, 2), text="“已”办结，It's done; -- 100%\n第二行")
Dump = dict[str, list[tuple[Any, ...]]]


def dump(store: Store) -> Dump:
    """All rows of all tables that can be taken back; a measure kept for the journal's sake counts as gone."""
    left = "WHERE NOT (no = -id AND id NOT IN (SELECT measure_id FROM obligation))"
    found = {}
    for table in undo_log.covered(store.db):
        where = left if table == "measure" else ""
        found[table] = store.db.execute(f'SELECT rowid, * FROM "{table}" {where} ORDER BY rowid').fetchall()
    return found


def key_of(store: Store, no: int = 1, unit: str = "财政局") -> int:
    return progress.find_obligation(store, None, no, unit).id


def plan_of(store: Store) -> Plan:
    with store.reading() as db:
        return plan_rows.load(db, overview.plan_row(store, None).id)


def actions(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT action FROM journal ORDER BY id")]


class TestOneAct:
    def test_a_saved_form_is_taken_back_and_saved_again(self, store: Store) -> None:
        key, before = key_of(store), dump(store)
        progress.save(store, key, Q4, DONE)
        after = dump(store)

        assert undo.undo(store).obligations == {key}
        assert dump(store) == before
        assert undo.redo(store) == Changes(frozenset({1}), frozenset({key}))
        assert dump(store) == after
        assert actions(store)[-3:] == ["填报进展", "撤销", "重做"]
        assert not list(journal.broken(store.db))

    def test_labels_are_the_words_of_the_journal(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)

        assert undo.undo_label(store) == "填报进展（第1项 财政局，2024年第四季度）"
        assert undo.redo_label(store) is None
        undo.undo(store)
        assert (undo.undo_label(store), undo.redo_label(store)) == (None, "填报进展（第1项 财政局，2024年第四季度）")

    def test_the_entry_of_taking_back_says_what_is_there_again(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)
        progress.save(store, key_of(store), Q4, DONE)
        undo.undo(store)
        entry = journal.of_measure(store.db, plan_rows.measure_ids(store.db, 1)[1])[0]

        assert entry.subject == "填报进展：第1项 财政局，2024年第四季度"
        assert entry.before is not None
        assert entry.after is not None
        assert (entry.before["状态"], entry.after["状态"]) == ("已完成", "推进中")

    def test_a_new_act_ends_what_could_be_done_again(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)
        undo.undo(store)
        progress.save(store, key_of(store, 2, "司法局"), Q4, BEGUN)

        assert undo.redo_label(store) is None
        with pytest.raises(InvalidError, match="没有可以重做"):
            undo.redo(store)

    def test_a_draft_is_no_act(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)
        undo.undo(store)
        progress.keep_draft(store, key_of(store), Q4, FormValue(text="草稿"))

        assert undo.undo_label(store) is None
        assert undo.redo_label(store) is not None

    def test_what_a_worker_wrote_is_taken_back_in_the_window(self, store: Store, tmp_path: Path) -> None:
        before = dump(store)
        scan = tmp_path / "会议纪要.txt"
        scan.write_text("纪要", encoding="utf-8")
        with closing(store.worker()) as own:
            attach.add_evidence(own, key_of(store), Q4, [scan], Job())

        undo.undo(store)

        assert dump(store) == before

    def test_a_failed_act_leaves_no_step(self, store: Store) -> None:
        with pytest.raises(InvalidError):
            units.complete_group(store, "各乡镇", (), whole=True)

        assert undo.undo_label(store) is None

    def test_what_failed_inside_an_act_that_went_on_is_not_in_its_step(self, store: Store) -> None:
        def fail() -> None:
            with store.transaction() as inner:
                inner.execute("UPDATE unit SET kind = '别的'")
                raise InvalidError("不行。")

        before = dump(store)
        with store.transaction() as db:
            db.execute("UPDATE unit SET phone = '0357' WHERE id = 1")
            with pytest.raises(InvalidError):
                fail()
            journal.append(db, "试", "一")
        undo.undo(store)

        assert dump(store) == before

    def test_another_file_begins_with_an_empty_list(self, store: Store, tmp_path: Path) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)
        with closing(files.create_ledger(tmp_path / "二.db")) as other:
            assert undo.undo_label(other) is None

    def test_what_opening_a_file_of_before_adds_is_no_act_of_the_clerk(self, tmp_path: Path) -> None:
        path = tmp_path / "旧.db"
        with closing(files.create_ledger(path, "qinzhou")) as made:
            made.db.execute("DELETE FROM upward_report")
            made.db.commit()
        with closing(files.open_ledger(path)) as again:
            assert again.db.execute("SELECT 1 FROM upward_report").fetchone()
            assert undo.undo_label(again) is None


class TestRefusals:
    def test_nothing_to_take_back(self, store: Store) -> None:
        with pytest.raises(InvalidError, match="没有可以撤销"):
            undo.undo(store)

    def test_what_is_no_longer_as_it_was_left_stays(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, BEGUN)
        with closing(store.worker()) as behind:
            behind.db.execute("UPDATE progress SET text = '别的程序改的'")
            behind.db.commit()
        before = dump(store)

        with pytest.raises(InvalidError, match="后来又有变动"):
            undo.undo(store)
        assert dump(store) == before
        assert actions(store)[-1] == "填报进展"

    def test_what_something_else_needs_stays(self, store: Store) -> None:
        key = plans.create_plan(store, "新方案")
        with store.transaction() as db:  # housekeeping of another kind, without a journal entry
            db.execute(
                "INSERT INTO section (plan_id, no, label, title) SELECT id, 1, '一', '甲' FROM plan WHERE key = ?",
                [key],
            )
        before = dump(store)

        with pytest.raises(InvalidError, match="后来又有变动"):
            undo.undo(store)
        assert dump(store) == before

    def test_a_plan_that_the_journal_tells_of_stays(self, store: Store) -> None:
        """Its measures cannot go from entries of the journal, which stay."""
        key = reading.import_plan(store, bundled.load("suizhou"), None, Job()).key
        unit = overview.overview(store, key, date(2024, 12, 1)).obligations[0]
        progress.save(store, unit.id, Q4, BEGUN)
        undo.undo(store)
        before = dump(store)

        with pytest.raises(InvalidError, match="操作日志已记有这个方案的措施"):
            undo.undo(store)
        assert dump(store) == before

    def test_what_a_draft_belongs_to_stays(self, store: Store) -> None:
        key = reading.import_plan(store, bundled.load("suizhou"), None, Job()).key
        unit = overview.overview(store, key, date(2024, 12, 1)).obligations[0]
        progress.keep_draft(store, unit.id, Q4, FormValue(text="草稿"))

        with pytest.raises(InvalidError, match="还有没填完的内容"):
            undo.undo(store)

    def test_an_act_of_too_many_rows_says_that_it_cannot_be_taken_back(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(undo_log, "MOST_ROWS", 100)
        reading.import_plan(store, bundled.load("suizhou"), None, Job())

        assert undo.undo_label(store)
        with pytest.raises(InvalidError, match="不能撤销"):
            undo.undo(store)

    def test_memory_is_bounded(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(undo_log, "MOST_TOTAL", 5)
        for number in range(20):
            progress.save(store, key_of(store), Q4, FormValue(EntryState.IN_PROGRESS, text=str(number)))
        taken = 0
        while undo.undo_label(store):
            undo.undo(store)
            taken += 1

        assert taken == 5


class TestWhole:
    def test_an_imported_plan_goes_and_comes(self, store: Store) -> None:
        before = dump(store)
        reading.import_plan(store, bundled.load("dingxi"), None, Job())
        after = dump(store)

        assert undo.undo(store).plan
        assert dump(store) == before
        undo.redo(store)
        assert dump(store) == after
        assert check.check(store, Job()) == ()

    def test_an_added_measure_that_was_worked_on_goes_from_the_plan_but_not_from_the_journal(
        self, store: Store
    ) -> None:
        old = plan_of(store)
        e = edit.change_measure(edit.add_measure(edit.begin(old), 38, text="新增。"), 39, responsible=("财政局",))
        editing.apply_edit(store, None, e, kind=EditKind.CORRECTION)
        progress.save(store, key_of(store, 39), Q4, BEGUN)
        after = dump(store)
        undo.undo(store)
        undo.undo(store)

        assert plan_of(store) == old
        assert check.check(store, Job()) == ()
        undo.redo(store)
        undo.redo(store)
        assert dump(store) == after

    def test_a_file_of_evidence_stays_and_is_found_again(self, store: Store, tmp_path: Path) -> None:
        scan = tmp_path / "扫描件.pdf"
        scan.write_bytes(b"%PDF-1.4 \x00\xff")
        (row,) = attach.add_evidence(store, key_of(store), Q4, [scan], Job()).rows
        undo.undo(store)
        assert row.path.is_file()
        undo.redo(store)

        (again,) = evidence.evidence_rows(store, [row.id])
        assert not again.missing
        assert again.path.read_bytes() == scan.read_bytes()


def _save(store: Store, data: st.DataObject, _folder: Path) -> None:
    value = data.draw(st.sampled_from((BEGUN, DONE, FormValue(EntryState.NOT_APPLICABLE, reason="无此职责'"))))
    progress.save(store, _some(store, data), data.draw(st.sampled_from(("2024Q3", Q4))), value)


def _add_file(store: Store, data: st.DataObject, folder: Path) -> None:
    file = folder / data.draw(st.sampled_from(("甲.txt", "乙.txt", "丙.png")))
    file.write_bytes(file.name.encode())
    attach.add_evidence(store, _some(store, data), Q4, [file], Job())


def _known_file(store: Store, data: st.DataObject) -> int:
    numbers = [row[0] for row in store.db.execute("SELECT id FROM evidence")]
    if not numbers:
        raise InvalidError("还没有。")
    return data.draw(st.sampled_from(numbers))


def _remove_file(store: Store, data: st.DataObject, _folder: Path) -> None:
    attach.remove_evidence(store, _some(store, data), Q4, _known_file(store, data))


def _describe(store: Store, data: st.DataObject, _folder: Path) -> None:
    evidence.describe(
        store,
        _known_file(store, data),
        title="会议纪要",
        number="〔2024〕7号",
        category="文件",
        proves_on=None,
        pages=3,
    )


def _version(store: Store, data: st.DataObject, folder: Path) -> None:
    file = folder / f"新版{data.draw(st.integers(0, 9))}.txt"
    file.write_bytes(file.name.encode())
    evidence_versions.add_version(store, _known_file(store, data), file, Job())


def _group(store: Store, data: st.DataObject, _folder: Path) -> None:
    members = data.draw(st.lists(st.sampled_from(("岳阳镇", "石壁乡", "北平镇", "财政局")), unique=True))
    units.complete_group(store, "各乡镇", members, whole=data.draw(st.booleans()))


def _postpone(store: Store, data: st.DataObject, _folder: Path) -> None:
    day = date(2025, data.draw(st.integers(1, 12)), 1)
    editing.adjust_obligation(store, _some(store, data), to=day, basis="〔2025〕1号", reason="")


def _edit(store: Store, data: st.DataObject, _folder: Path) -> None:
    e = edit.begin(plan_of(store))
    no = data.draw(st.integers(1, len(e.plan.measures) - 1))
    match data.draw(st.sampled_from(("add", "delete", "merge", "change"))):
        case "add":
            e = edit.change_measure(edit.add_measure(e, no, text="新增。"), no + 1, responsible=("新单位",))
        case "delete":
            e = edit.delete_measure(e, no)
        case "merge":
            e = edit.merge_measures(e, no, no + 1)
        case _:
            e = edit.change_measure(e, no, text=f"改{data.draw(st.integers(0, 99))}。")
    editing.apply_edit(store, None, e, kind=EditKind.ADJUSTMENT, basis="〔2025〕2号")


def _confirm(store: Store, data: st.DataObject, _folder: Path) -> None:
    plans.confirm_measure(store, None, data.draw(st.integers(1, 30)))


def _review(store: Store, data: st.DataObject, _folder: Path) -> None:
    keys = [row[0] for row in store.db.execute("SELECT DISTINCT obligation_id FROM progress")]
    if data.draw(st.booleans()):
        reviewing.accept(store, keys, Q4)
    else:
        reviewing.send_back(store, keys, Q4, "请补充佐证")


def _fill_many(store: Store, data: st.DataObject, _folder: Path) -> None:
    keys = [row[0] for row in store.db.execute("SELECT id FROM obligation WHERE active AND measure_id < 4")]
    many.fill_many(store, keys, Q4, BEGUN, overwrite=data.draw(st.booleans()))


def _object(store: Store, data: st.DataObject, _folder: Path) -> None:
    opened = [row[0] for row in store.db.execute("SELECT id FROM objection WHERE outcome IS NULL")]
    if opened:
        objections.answer_objection(store, opened[0], outcome="采纳", answer="已核", answered_on=date(2024, 11, 9))
    else:
        objections.raise_objection(
            store, _some(store, data), kind="其他", text="不属本单位", raised_on=date(2024, 11, 8)
        )


def _unit(store: Store, data: st.DataObject) -> str:
    return str(data.draw(st.sampled_from(store.db.execute("SELECT name FROM unit WHERE NOT is_group").fetchall()))[0])


def _change_unit(store: Store, data: st.DataObject, _folder: Path) -> None:
    name = _unit(store, data)
    value = unit_changes.UnitValue(data.draw(st.sampled_from((name, "改名局", "新设局"))), phone="0357-1")
    unit_changes.save_unit(store, data.draw(st.sampled_from((name, None))), value)


def _leave(store: Store, data: st.DataObject, _folder: Path) -> None:
    unit_changes.leave_unit(store, _unit(store, data), date(2024, 11, 1), "机构改革")


def _merge(store: Store, data: st.DataObject, _folder: Path) -> None:
    unit_merge.merge_units(store, _unit(store, data), _unit(store, data))


def _period(store: Store, data: st.DataObject, _folder: Path) -> None:
    days = {"first_day": date(2024, 3, 1), "last_day": date(2024, 3, 9), "cut_off": date(2024, 3, 9)}
    periods.save_period(store, None, None, title=data.draw(st.sampled_from(("专项一", "专项二"))), **days)


def _settings(store: Store, data: st.DataObject, _folder: Path) -> None:
    value = LedgerSettings("古县司法局", data.draw(st.integers(1, 60)), cut_off_moves=data.draw(st.booleans()))
    ledger_settings.save(store, value)


def _freeze(store: Store, data: st.DataObject, _folder: Path) -> None:
    freezing.freeze(store, None, Q4, date(2025, 1, 10), again=True)


def _send(store: Store, data: st.DataObject, _folder: Path) -> None:
    reports = upward.upward_reports(store, None)
    if reports:
        upward.mark_sent(store, reports[0].id, date(2024, 11, data.draw(st.integers(1, 30))))
    else:
        upward.save_upward(store, None, None, what="工作总结", due_on=date(2024, 12, 1))


def _some(store: Store, data: st.DataObject) -> int:
    rows = store.db.execute("SELECT id FROM obligation WHERE active ORDER BY id LIMIT 40").fetchall()
    return int(data.draw(st.sampled_from(rows))[0])


ACTS: tuple[Callable[[Store, st.DataObject, Path], None], ...] = (
    *(_save, _save, _add_file, _remove_file, _describe, _version, _group, _postpone, _edit, _confirm),
    *(_review, _fill_many, _object, _change_unit, _leave, _merge, _period, _settings, _freeze, _send),
)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_was_done_all_is_taken_back_and_all_is_done_again(guxian_template: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "古县.db"
        shutil.copyfile(guxian_template, path)
        with closing(files.open_ledger(path)) as store:
            start = dump(store)
            for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=1, max_size=10)):
                with suppress(KnownError):
                    act(store, data, Path(folder))
            end = dump(store)
            while undo.undo_label(store):
                undo.undo(store)
            assert dump(store) == start
            assert measures.measure_detail(store, None, 1, date(2024, 12, 1)).measure.no == 1
            while undo.redo_label(store):
                undo.redo(store)
            assert dump(store) == end
            assert check.check(store, Job()) == ()
