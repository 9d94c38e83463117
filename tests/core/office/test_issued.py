"""出具 and 发文登记: the paper is kept as it left, its figures with their rows, and what is another since is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Cancelled, Job
from core.model.ledger import EntryState, State
from core.office import (
    documents,
    files,
    history,
    issued,
    issued_register,
    issuer,
    issuing,
    progress,
    reviewing,
    safekeeping,
    undo,
)
from core.office.asked import Asked
from core.office.draft import AT_ISSUE
from core.office.form_value import FormValue
from core.office.listing import export_listing
from core.office.overview import overview
from core.publish import pages
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD, fill

ON = date(2025, 1, 12)
REPORT = Asked(None, AS_OF, PERIOD)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """古县's with progress in every state, made once."""
    folder = tmp_path_factory.mktemp("填好")
    with closing(files.create_ledger(folder / "古县.db")) as store:
        fill(store, folder, most=20, long=False)
    return folder


@pytest.fixture
def filled(source: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(source, tmp_path / "台账")
    with closing(files.open_ledger(tmp_path / "台账" / "古县.db")) as store:
        yield store


def report(store: Store, asked: Asked = REPORT, kind: str = "report", **changes: object) -> issued.Issued:
    """Issued as it was finished outside: nothing is set, what is frozen is the same."""
    paper = store.path.with_name("成稿.docx")
    paper.write_bytes(b"PK finished outside")
    return issuing.issue(store, kind, asked, Job(), **{"files": (paper,), "issued_on": ON} | changes)


# --- 出具 ---------------------------------------------------------------------------------------------


def test_the_paper_is_kept_as_it_left(filled) -> None:
    """PDF and DOCX with the date of issue; what changes later changes neither; a file without its row is none of these."""
    numbered = replace(REPORT, number="古司 [2025] 03号")
    line = issuing.issue(filled, "report", numbered, Job(), issued_on=ON)
    pdf = issued.kept_path(filled, line.id).read_bytes()
    progress.save(filled, 1, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="后来改的"))

    assert [file.name.rpartition(".")[2] for file in line.files] == ["pdf", "docx"]
    assert line.number == "古司〔2025〕3号"
    assert line.title.endswith("2024年第四季度进展情况报告")
    assert (line.period_key, line.as_of, line.issued_on) == (PERIOD, AS_OF, ON)
    assert issued.kept_path(filled, line.id).read_bytes() == pdf
    assert issued.list_issued(filled) == (line,)
    path = filled.path
    filled.close()
    with closing(files.open_ledger(path)) as again:
        assert issued.kept_path(again, line.id).read_bytes() == pdf
        assert issued.list_issued(again) == (line,)


def test_the_date_of_issue_stands_on_the_paper(filled) -> None:
    made = documents.make(filled, "report", replace(REPORT, dated=ON), Job())

    assert AT_ISSUE["成文日期"] not in made.gaps
    assert AT_ISSUE["成文日期"] in documents.make(filled, "report", REPORT, Job()).gaps


def test_a_paper_finished_outside_is_kept_instead(filled, tmp_path) -> None:
    scan = tmp_path / "盖章扫描件.pdf"
    scan.write_bytes(b"%PDF-1.4 stamped")
    line = report(filled, files=(scan,), recipient="古县人民政府", note="已盖章")

    assert [file.name for file in line.files] == ["盖章扫描件.pdf"]
    assert issued.kept_path(filled, line.id).read_bytes() == scan.read_bytes()
    assert (line.recipient, line.note) == ("古县人民政府", "已盖章")
    assert report(filled, again=True).recipient == ""


def test_one_press_issues_a_letter_to_each_unit(filled) -> None:
    """A line, a number and a file each, one entry of the journal; taken back as one."""
    issuer.save(filled, replace(issuer.load(filled), number="古司函"))
    numbers = (("公安局", "古司函〔2025〕1号"), ("财政局", "古司函〔2025〕2号"))
    before = len(history.journal_numbers(filled, history.JournalFilter()))
    lines = issuing.issue_letters(
        filled,
        "reminder",
        replace(REPORT, numbers=numbers),
        ["公安局", "财政局"],
        Job(),
        formats=("pdf",),
        issued_on=ON,
    )

    assert [(line.unit, line.number) for line in lines] == list(numbers)
    assert len({line.digest for line in lines}) == len(lines)
    assert len(history.journal_numbers(filled, history.JournalFilter())) == before + 1
    undo.undo(filled)
    assert issued.list_issued(filled) == ()
    undo.redo(filled)
    assert len(issued.list_issued(filled)) == len(lines)


def test_no_number_is_given_twice(filled) -> None:
    """Not to two papers, not after the first was withdrawn, not in another bracket; nothing is kept then."""
    first = report(filled, replace(REPORT, number="古司〔2025〕3号"))
    issued.withdraw(filled, first.id, ON, "数字有误")
    with pytest.raises(InvalidError, match="文号") as told:
        report(filled, replace(REPORT, number="古司[2025]3号"))

    assert told.value.field == "number"
    assert len(issued.list_issued(filled)) == 1


def test_nothing_is_issued_twice_by_accident(filled) -> None:
    """The same plan and period: only where it is said; a withdrawn one does not count."""
    line = report(filled)
    with pytest.raises(InvalidError, match="已于 2025-01-12 出具") as told:
        report(filled)
    assert told.value.field == "again"
    assert issued.already(filled, "report", REPORT) == (line,)

    assert report(filled, again=True).id != line.id
    for one in issued.list_issued(filled):
        issued.withdraw(filled, one.id, ON, "重出")
    assert issued.already(filled, "report", REPORT) == ()
    assert report(filled)


def test_a_cancelled_issue_leaves_no_line(filled) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        issuing.issue(filled, "report", REPORT, job)

    assert issued.list_issued(filled) == ()


# --- 签收, 作废, 登记表 ------------------------------------------------------------------------------------


def test_who_signed_for_it_and_when(filled) -> None:
    line = report(filled)
    issued.sign_for(filled, line.id, date(2025, 1, 14), "李喆")
    assert (issued.find(filled, line.id).signed_on, issued.find(filled, line.id).signed_by) == (
        date(2025, 1, 14),
        "李喆",
    )

    with pytest.raises(InvalidError, match="早于发文日期"):
        issued.sign_for(filled, line.id, date(2025, 1, 1), "李喆")
    issued.sign_for(filled, line.id, None)
    assert issued.find(filled, line.id) == line
    with pytest.raises(NotFoundError):
        issued.sign_for(filled, 99, ON, "李喆")


def test_a_withdrawn_line_stays_with_its_reason(filled) -> None:
    line = report(filled)
    with pytest.raises(InvalidError, match="作废原因"):
        issued.withdraw(filled, line.id, ON, " ")
    issued.withdraw(filled, line.id, ON, "数字有误")

    found = issued.find(filled, line.id)
    assert (found.withdrawn_on, found.note) == (ON, "作废：数字有误")
    assert issued.kept_path(filled, line.id).exists()


def test_the_register_is_a_table_in_three_formats(filled, tmp_path) -> None:
    first = report(filled, replace(REPORT, number="古司〔2025〕3号"))
    issued.sign_for(filled, first.id, ON, "王某")
    issuing.issue_letters(filled, "reminder", REPORT, ["公安局"], Job(), formats=("pdf",), issued_on=ON)
    table = issued_register.register_table(filled)

    assert table.title == "发文登记表"
    assert [row[2:4] for row in table.rows] == [("进展情况报告", "古司〔2025〕3号"), ("函", "")]
    assert table.rows[0][6] == "2025年1月12日，王某"
    assert "应签收未签收1份" in table.notes[-1]
    for fmt in ("xlsx", "pdf", "docx"):
        export_listing(table, fmt, tmp_path / f"登记.{fmt}", Job())
    assert pages.page_count((tmp_path / "登记.pdf").read_bytes()) == 1


# --- 与现在相比 --------------------------------------------------------------------------------------------


def test_nothing_changed_is_no_change(filled) -> None:
    for kind in ("report", "final", "circular", "progress"):
        line = report(filled, Asked(None, AS_OF, None if kind == "final" else PERIOD), kind)
        assert issued.changed_since(filled, line.id) == (), kind


def test_what_changed_is_told_figure_by_figure_and_row_by_row(filled) -> None:
    """A new entry, other words, a review, a state: each named with before and after and the rows behind it."""
    view = overview(filled, None, AS_OF)
    silent = next(item for item in view.obligations if item.id not in view.progress)
    spoken = next(item for item in view.obligations if view.progress.get(item.id, ()))
    line = report(filled)
    progress.save(filled, silent.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="补报"))
    reviewing.send_back(filled, [spoken.id], view.progress[spoken.id][-1].period.key, "没有附材料")
    found = issued.changed_since(filled, line.id)

    label = f"措施{view.measure(silent.measure).label}{silent.unit}"
    states = next(change for change in found if change.label == f"{label}：状态")
    assert states.then.startswith("未启动")
    assert states.now.startswith("推进中")
    assert states.rows == (silent.id,)
    assert any(change.label == f"{label}：2024年第四季度填报" and "补报" in change.now for change in found)
    assert any("审核" in change.label and change.now == "退回" and change.rows == (spoken.id,) for change in found)
    returned = next(change for change in found if change.label == "2024年第四季度：已报")
    assert returned.is_figure
    assert int(returned.now) == int(returned.then) + 1
    assert returned.rows == (silent.id,)


def test_what_is_filled_for_a_later_period_changes_no_figure_of_the_day(filled) -> None:
    """An entry of the next year waits for its review: what was accepted on the day stays so."""
    view = overview(filled, None, AS_OF)
    done = next(key for key, status in view.statuses.items() if status.state is State.DONE and view.progress[key])
    reviewing.accept(filled, [done], view.progress[done][-1].period.key)
    line = report(filled)
    progress.save(filled, done, "2026Q1", FormValue(state=EntryState.IN_PROGRESS, text="又有进展"))

    assert issued.changed_since(filled, line.id) == ()


def test_a_later_date_shows_what_came_with_time(filled) -> None:
    """Nothing was typed; half a year on more is late."""
    line = report(filled)
    later = issued.changed_since(filled, line.id, date(2026, 1, 10))

    assert issued.changed_since(filled, line.id) == ()
    assert any(change.label == "措施：逾期" and int(change.now) > int(change.then) for change in later)


def test_a_letter_compares_its_own_unit_only(filled) -> None:
    line = issuing.issue_letters(filled, "reminder", REPORT, ["公安局"], Job(), formats=("pdf",), issued_on=ON)[0]
    view = overview(filled, None, AS_OF)
    other = next(item for item in view.obligations if item.unit != "公安局" and item.id not in view.progress)
    progress.save(filled, other.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="补报"))

    assert issued.changed_since(filled, line.id) == ()
    assert {row.unit for row in issued.content(filled, line.id).rows} == {"公安局"}


# --- 与上次相比 --------------------------------------------------------------------------------------------


def said(store: Store, **changes: object) -> tuple[list[str], tuple[str, ...]]:
    made = documents.make(store, "report", replace(REPORT, compared=True, **changes), Job())
    texts = [getattr(block, "text", "") for block in made.text.parts[0].blocks]
    return [text for text in texts if "相比" in text], made.gaps


def test_a_new_report_says_what_is_another_than_in_the_last(filled) -> None:
    """From what was frozen; a measure done since is named; without an earlier one nothing is said but the gap."""
    told, gaps = said(filled)
    assert told == []
    assert "此前没有出具过同类报告，没有写与上次相比" in gaps

    before = replace(REPORT, as_of=date(2024, 12, 31), number="古司〔2025〕3号")
    report(filled, before)
    for item in overview(filled, None, AS_OF).of_measure(2):
        value = FormValue(state=EntryState.DONE, done_on=date(2025, 1, 8), text="已完成")
        progress.save(filled, item.id, "2025Q1", value)
    told, _ = said(filled)

    assert len(told) == 1
    assert told[0].startswith("与2025年1月12日出具的《")
    assert "（古司〔2025〕3号，数字统计截至2024年12月31日）相比：" in told[0]
    assert "已完成由2项增加到3项" in told[0]
    assert "新完成的措施1项，即措施（2）。" in told[0]
    again = report(filled, replace(REPORT, compared=True), again=True)
    assert issued.changed_since(filled, again.id) == ()


# --- with the ledger ---------------------------------------------------------------------------------------


def test_a_backup_takes_the_papers_along(filled, tmp_path) -> None:
    line = report(filled)
    kept = safekeeping.back_up_to(filled, tmp_path / "备份", Job())

    assert kept.problems == ()
    with closing(files.open_ledger(kept.path, read_only=True)) as copy:
        assert issued.kept_path(copy, line.id).read_bytes() == issued.kept_path(filled, line.id).read_bytes()
