"""报告: the kinds at the left, what each can be asked for, and where other pages lead to them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, documents, progress, progress_report
from core.office.changes import Changes
from core.office.documents import KINDS, Made
from core.office.form_value import FormValue
from core.office.overview import overview
from gui.context import Context
from gui.pages.report.page import ReportPage
from tests.gui.pages.conftest import AS_OF, PERIOD, words
from tests.gui.pages.report.conftest import LONG


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[ReportPage]:
    made = ReportPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 680)
    made.show()
    qtbot.waitUntil(lambda: made.view.page_count() > 0, timeout=LONG)
    yield made
    made.close()


def show(qtbot: QtBot, page: ReportPage, kind: str) -> None:
    """Choose a kind and wait for its pages or for the sentence why there are none."""
    page.kinds.choose(kind)
    qtbot.waitUntil(lambda: not page._maker.isActive() and not page.context.jobs.is_busy, timeout=LONG)
    qtbot.waitUntil(lambda: page._made_for is not None and page._made_for[0] == kind, timeout=LONG)
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=LONG)


def with_evidence(context: Context, tmp_path) -> None:
    """One entry with one file."""
    item = overview(context.store, None, AS_OF).obligations[0]
    progress.save(context.store, item.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, text="已部署"))
    (tmp_path / "通知.txt").write_text("佐证", encoding="utf-8")
    attach.add_evidence(context.store, item.id, PERIOD, [tmp_path / "通知.txt"], Job())


def visible_options(page: ReportPage) -> set[str]:
    return {name for name, cell in page.options._cells.items() if cell.isVisible()}


def test_all_kinds_are_listed_in_their_order(page) -> None:
    listed = [page.kinds.view.item(row).text() for row in range(page.kinds.view.count())]

    assert listed == [kind.title for kind in KINDS.values()]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("table", {"section", "page", "annex"}),
        ("progress", {"section", "any_period", "page", "annex", "charts"}),
        ("catalogue", {"any_period", "unit", "page", "annex"}),
        ("ledger", {"unit", "page", "annex"}),
    ],
)
def test_each_kind_shows_its_own_options(qtbot, page, context, tmp_path, kind, options) -> None:
    """And its title; the evidence package belongs to the catalogue."""
    with_evidence(context, tmp_path)
    show(qtbot, page, kind)
    qtbot.waitUntil(lambda: page.view.page_count() > 0)

    assert visible_options(page) == options
    assert page.title.text() == KINDS[kind].title
    assert page.files.isVisible() == (kind == "catalogue")


def test_the_section_reaches_the_pages(qtbot, page) -> None:
    """范围: one section of the plan."""
    page.options.section.setCurrentIndex(5)
    page.options.section.activated.emit(5)
    qtbot.waitUntil(lambda: page.press.made.asked.section == 5)
    qtbot.waitUntil(lambda: page.view.page_count() == 1)

    assert "3 项" in page.options.section.currentText()


def test_the_ledger_begins_with_one_unit(qtbot, page, context) -> None:
    """All of them together are hundreds of pages; another unit makes them anew."""
    show(qtbot, page, "ledger")
    assert page.press.made.asked.unit == page.options.unit.itemData(1)

    page.show_document("ledger", "财政局")
    qtbot.waitUntil(lambda: page.press.made.asked.unit == "财政局")
    assert page.options.unit.currentText() == "财政局"


def test_period_and_date_make_dated_pages_anew(qtbot, page, context) -> None:
    """The statistics table is computed for them; 全部时间 leaves the period out."""
    show(qtbot, page, "progress")
    context.set_scope(period_key="2024Q3")
    qtbot.waitUntil(lambda: page.press.made.asked.period_key == "2024Q3")
    page.options.period.setCurrentIndex(1)
    page.options.period.activated.emit(1)
    qtbot.waitUntil(lambda: page.press.made.asked.period_key is None)
    before = page.press.made
    context.announce(Changes(measures=frozenset({1})))
    qtbot.waitUntil(lambda: page.press.made is not before)


def test_what_cannot_be_made_is_said_in_place_of_the_pages(qtbot, page, recorder) -> None:
    """No evidence yet: a sentence that says where to begin, nothing to print."""
    show(qtbot, page, "catalogue")
    qtbot.waitUntil(lambda: "没有可以列入目录" in page.wait.text())
    page.print.click()

    assert page.view.page_count() == 0
    assert page.press.source is None
    assert not recorder.messages


def test_the_evidence_package(qtbot, page, context, recorder, tmp_path, monkeypatch) -> None:
    """Catalogue and files in one zip; a file that is gone is named on request."""
    with_evidence(context, tmp_path)
    show(qtbot, page, "catalogue")
    qtbot.waitUntil(lambda: page.view.page_count() > 0)
    page.files.click()
    assert recorder.questions[-1].start.name.endswith("佐证材料（2024年第四季度）.zip")
    recorder.give(tmp_path / "包")
    qtbot.waitUntil(page.bar.isVisible)

    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        assert len(archive.namelist()) == 3
    assert "已导出 1 份佐证材料" in page.bar.accessibleName()

    next(path for path in context.store.path.parent.glob("*.佐证材料/*/*") if path.is_file()).unlink()
    page.files.click()
    recorder.give(tmp_path / "包.zip")
    qtbot.waitUntil(lambda: "1 份有问题" in page.bar.accessibleName())
    page.bar.action_chosen.emit("problems")
    assert "不在台账文件夹中" in words(recorder.last)


def test_what_is_missing_stands_before_the_export(qtbot, page, context, recorder, monkeypatch) -> None:
    """Gaps of a document in one line, the whole list on request; gone with another kind."""
    table = progress_report.progress_table

    def with_gaps(store, asked, job) -> Made:
        made = table(store, asked, job)
        return Made(made.name, made.write, ("没有登记成文日期", "没有登记发文字号"))

    monkeypatch.setattr(progress_report, "progress_table", with_gaps)
    show(qtbot, page, "progress")
    qtbot.waitUntil(page.gaps.isVisible)
    assert page.gaps.sentence.text().startswith("待补充 2 处：没有登记成文日期")
    page.gaps.look.click()
    assert "2. 没有登记发文字号" in words(recorder.last)

    show(qtbot, page, "table")
    assert not page.gaps.isVisible()


def test_a_kind_without_options_says_what_it_is_made_for(qtbot, page, monkeypatch) -> None:
    """Rather than an empty row."""
    monkeypatch.setitem(documents.KINDS, "progress", replace(KINDS["progress"], uses=frozenset({"period"})))
    show(qtbot, page, "progress")
    assert "报送期" in page.options.note.text()

    show(qtbot, page, "table")
    assert page.options.note.text() == ""


def test_a_kind_without_excel_has_no_such_button(qtbot, page, context, monkeypatch) -> None:
    monkeypatch.setitem(documents.KINDS, "progress", replace(KINDS["progress"], formats=("docx", "pdf")))
    show(qtbot, page, "progress")

    assert not page.excel.isVisible()
    assert page.word.isVisible()


def test_kinds_by_keyboard(qtbot, page) -> None:
    page.kinds.view.setFocus()
    qtbot.keyClick(page.kinds.view, Qt.Key.Key_Down)

    assert page.kinds.current().key is documents.DocumentKind.PROGRESS


def test_charts_and_comparison_are_asked_for(qtbot, page) -> None:
    """附图 and 与上次相比 reach the document; a kind without them is not asked for them."""
    show(qtbot, page, "report")
    page.options.charts.click()
    page.options.compared.click()
    page.options.brief.click()
    qtbot.waitUntil(lambda: page.press.made is not None and page.press.made.asked.compared)
    qtbot.waitUntil(lambda: page.press.made is not None and page.press.made.asked.brief)
    assert page.press.made.asked.charts

    page.kinds.choose("circular")
    assert not page.asked()[1].charts


def test_letters_for_both_sides_of_the_paper(qtbot, page) -> None:
    """双面打印 is asked for where there are several letters: each begins a sheet of its own."""
    show(qtbot, page, "notice")
    qtbot.waitUntil(lambda: page.view.page_count() > 0)
    before = page.view.page_count()
    page.options.on_sheets.click()
    qtbot.waitUntil(lambda: page.press.made.asked.on_sheets, timeout=LONG)
    assert page.view.page_count() >= before

    unit = page.options.unit
    unit.setCurrentIndex(1)
    unit.activated.emit(1)
    assert not page.options._cells["on_sheets"].isVisible()
    assert not page.asked()[1].on_sheets


def test_a_template_of_the_office_is_chosen_where_one_is_kept(qtbot, page, monkeypatch) -> None:
    """Where nothing here can show it, the pages are ours, it is said, and PDF and paper are left to WPS."""
    from types import SimpleNamespace

    from core.office import own_templates

    monkeypatch.setattr(own_templates, "used_for", lambda *_: SimpleNamespace(name="红头.docx"))
    monkeypatch.setattr(own_templates, "can_show", lambda: False)
    show(qtbot, page, "circular")
    assert page.options._cells["look"].isVisible()
    page.options.look.setCurrentIndex(1)
    page.options.look.activated.emit(1)
    qtbot.waitUntil(page.notes.isVisible)

    assert page.asked()[1].own_template
    assert not page.press.made.asked.own_template
    assert "没有 LibreOffice" in page.notes.sentence.text()
    assert not page.pdf.isEnabled()
    assert "WPS" in page.pdf.toolTip()
    assert page.word.isEnabled()
    assert page.templates.formats(page.asked()[1]) == ("docx",)

    show(qtbot, page, "table")
    assert page.pdf.isEnabled()
    assert not page.asked()[1].own_template


def test_what_was_chosen_for_the_clerk_is_said(qtbot, page, recorder, monkeypatch) -> None:
    """Notes of a document stand below the gaps, all of them on request."""
    page.notes.set_notes(("纪委监委按商请函起草", "法院按商请函起草"))
    page.notes.look.click()

    assert "2 条" in page.notes.sentence.text()
    assert "2. 法院按商请函起草" in words(recorder.last)
