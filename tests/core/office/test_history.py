"""操作日志 as it is asked for: by words, action, person, day, measure and unit; in pages; as a workbook; as a chain."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import Cancelled, InvalidError, OutputError
from core.job import Job
from core.model.ledger import EntryState
from core.office import check, history, journal_sheet, ledger_settings, overview, progress, undo
from core.office.form_value import FormValue
from core.office.history import JournalFilter
from core.office.history_words import words
from core.office.ledger_settings import LedgerSettings
from core.store import journal
from core.store.database import Store

Q4 = "2024Q4"
BEGUN = FormValue(EntryState.IN_PROGRESS, text="已组织 100% 轮训_甲。")
DONE = FormValue(EntryState.DONE, done_on=date(2024, 11, 2), text="已组织轮训。")


def key_of(store: Store, no: int, unit: str | None = None) -> int:
    view = overview.overview(store, None, date(2024, 12, 31))
    return next(item.id for item in view.obligations if item.measure == no and unit in (None, item.unit))


@pytest.fixture
def told(store: Store) -> Store:
    """Two entries to the first measure, one to the fourth, and a setting."""
    progress.save(store, key_of(store, 1), Q4, BEGUN)
    progress.save(store, key_of(store, 1), Q4, DONE)
    progress.save(store, key_of(store, 4), Q4, DONE)
    ledger_settings.save(store, LedgerSettings(office="古县司法局"))
    return store


def subjects(store: Store, wanted: JournalFilter) -> list[str]:
    return [line.subject for line in history.journal_page(store, wanted).lines]


class TestFilter:
    def test_everything_the_newest_first(self, told: Store) -> None:
        page = history.journal_page(told, JournalFilter())

        assert [line.id for line in page.lines] == sorted((line.id for line in page.lines), reverse=True)
        assert page.total == len(page.lines)
        assert page.lines[0].action == "修改台账设置"

    def test_pages_add_up_to_the_whole(self, told: Store) -> None:
        whole = history.journal_page(told, JournalFilter())
        parts = [history.journal_page(told, JournalFilter(), offset=at, limit=2) for at in range(0, whole.total, 2)]

        assert tuple(line for part in parts for line in part.lines) == whole.lines
        assert {part.total for part in parts} == {whole.total}

    def test_of_a_measure(self, told: Store) -> None:
        lines = history.journal_page(told, JournalFilter(measure_no=1)).lines

        assert len(lines) == 2
        assert {(line.plan_key, line.measure_no) for line in lines} == {("guxian", 1)}
        assert history.journal_page(told, JournalFilter(measure_no=99)).total == 0

    def test_of_a_unit_but_not_of_one_whose_name_holds_it(self, told: Store) -> None:
        with told.transaction() as db:
            journal.append(db, "修改单位", "县财政局国库股")
        unit = history.journal_page(told, JournalFilter(measure_no=1)).lines[0].subject.split(" ")[1].split("，")[0]

        assert subjects(told, JournalFilter(unit=unit))
        assert all(unit in subject for subject in subjects(told, JournalFilter(unit=unit)))
        assert "县财政局国库股" not in subjects(told, JournalFilter(unit="财政局"))

    def test_words_are_found_wherever_they_stand_and_signs_mean_themselves(self, told: Store) -> None:
        assert len(subjects(told, JournalFilter(words="轮训"))) == 3
        assert len(subjects(told, JournalFilter(words="100% 轮训_甲"))) == 2
        assert subjects(told, JournalFilter(words="100_")) == []
        assert subjects(told, JournalFilter(words="轮训 司法局没有的词")) == []

    def test_a_quotation_mark_is_found_in_what_was_written(self, told: Store) -> None:
        progress.save(told, key_of(told, 5), Q4, FormValue(EntryState.IN_PROGRESS, text='开展"回头看"'))

        assert len(subjects(told, JournalFilter(words='"回头看"'))) == 1

    def test_by_action_person_and_day(self, told: Store) -> None:
        who = history.journal_people(told)
        today = date.fromisoformat(history.journal_page(told, JournalFilter()).lines[0].at[:10])

        assert history.journal_page(told, JournalFilter(action="修改台账设置")).total == 1
        assert history.journal_page(told, JournalFilter(who=who[0])).total > 0
        assert history.journal_page(told, JournalFilter(who="没有这个人")).total == 0
        assert history.journal_page(told, JournalFilter(since=today, until=today)).total > 0
        assert history.journal_page(told, JournalFilter(since=today + timedelta(days=1))).total == 0
        assert history.journal_page(told, JournalFilter(until=today - timedelta(days=1))).total == 0

    def test_the_actions_to_choose_from(self, told: Store) -> None:
        assert set(history.journal_actions(told)) >= {"填报进展", "修改台账设置", "新建台账"}
        last = history.journal_numbers(told, JournalFilter())[0]
        assert history.journal_actions(told, after=last) == ()
        assert history.journal_people(told, after=last) == ()


class TestLines:
    def test_a_line_says_each_field_before_and_after(self, told: Store) -> None:
        line = history.journal_page(told, JournalFilter(measure_no=1)).lines[0]
        changes = {change.field: (change.old, change.new) for change in line.changes}

        assert changes["状态"] == ("推进中", "已完成")
        assert changes["工作进展"] == ("已组织 100% 轮训_甲。", "已组织轮训。")

    def test_what_was_taken_back_names_the_act(self, told: Store) -> None:
        undo.undo(told)
        line = history.journal_page(told, JournalFilter()).lines[0]

        assert (line.action, line.subject) == ("撤销“修改台账设置”", "单位名称")
        undo.redo(told)
        assert history.journal_page(told, JournalFilter()).lines[0].action == "重做“修改台账设置”"

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (None, ""),
            (True, "是"),
            (False, "否"),
            (45.0, "45"),
            (0, "0"),
            (["财政局", "教育局"], "财政局、教育局"),
            ({"甲": 1, "乙": None}, "甲 1"),
        ],
    )
    def test_values_are_said_in_words(self, value: object, said: str) -> None:
        assert words(value) == said

    def test_an_entry_leads_to_its_form_and_period(self, told: Store) -> None:
        line = history.journal_page(told, JournalFilter(measure_no=4)).lines[0]
        place = history.place_of(told, line)

        assert place is not None
        assert (place.measure_no, place.obligation_id, place.period_key) == (4, key_of(told, 4), Q4)

    def test_an_act_about_no_measure_leads_nowhere(self, told: Store) -> None:
        line = history.journal_page(told, JournalFilter(action="修改台账设置")).lines[0]

        assert history.place_of(told, line) is None


class TestSheet:
    def test_it_holds_what_the_filter_leaves(self, told: Store, tmp_path: Path) -> None:
        path = tmp_path / "日志.xlsx"
        made = journal_sheet.export_journal(told, JournalFilter(measure_no=1, words="轮训"), path, Job())

        page = load_workbook(path).active
        assert page is not None
        assert made.lines == 2
        assert "含“轮训”，第1项措施，共2条" in str(page["A2"].value)
        assert [cell.value for cell in page[3]] == ["序号", "时间", "操作人", "操作", "对象", "变动", "原因"]
        assert "状态 推进中 → 已完成" in str(page["F4"].value)
        assert page.max_row == 5

    def test_text_like_a_formula_stays_text(self, told: Store, tmp_path: Path) -> None:
        progress.save(told, key_of(told, 5), Q4, FormValue(EntryState.IN_PROGRESS, text="好"))
        with told.transaction() as db:
            journal.append(db, "=1+1", "=cmd()", after={"=": "=1"})
        path = tmp_path / "日志.xlsx"
        journal_sheet.export_journal(told, JournalFilter(action="=1+1"), path, Job())

        page = load_workbook(path).active
        assert page is not None
        assert [page["D4"].value, page["D4"].data_type, page["E4"].data_type] == ["=1+1", "s", "s"]

    def test_an_empty_list_is_refused_and_a_ledger_never_replaced(self, told: Store, tmp_path: Path) -> None:
        with pytest.raises(InvalidError):
            journal_sheet.export_journal(told, JournalFilter(words="没有这个词"), tmp_path / "日志.xlsx", Job())
        with pytest.raises(OutputError):
            journal_sheet.export_journal(told, JournalFilter(), told.path, Job())
        assert not (tmp_path / "日志.xlsx").exists()

    def test_cancelled_it_leaves_no_file(self, told: Store, tmp_path: Path) -> None:
        job = Job()
        job.cancel()
        with pytest.raises(Cancelled):
            journal_sheet.export_journal(told, JournalFilter(), tmp_path / "日志.xlsx", job)
        assert list(tmp_path.glob("*.xlsx")) == []


class TestCheck:
    def test_a_whole_ledger_has_no_findings(self, told: Store) -> None:
        assert check.findings(told, Job()) == ()

    def test_a_changed_row_breaks_the_chain_and_says_what_to_do(self, told: Store) -> None:
        told.db.execute("DROP TRIGGER journal_keeps_text")
        told.db.execute("UPDATE journal SET subject = '别的' WHERE id = 2")
        told.db.commit()

        finding, guard = check.findings(told, Job())
        assert finding.what == "操作日志第 2 条被改动过"
        assert "留存" in finding.advice
        assert guard.what == "台账文件的结构被改动过（trigger journal_keeps_text）"
        assert check.check(told, Job()) == (finding.what, guard.what)

    def test_it_can_be_cancelled(self, told: Store) -> None:
        job = Job()
        job.cancel()
        with pytest.raises(Cancelled):
            check.findings(told, job)
