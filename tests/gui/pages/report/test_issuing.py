"""出具 and 发文登记 in the window: asked once, kept as it was, signed for, compared with now."""

from __future__ import annotations

from datetime import date

import docx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.job import Job
from core.model.document_kind import DocumentKind
from core.model.ledger import EntryState
from core.office import history, issued, own_templates, progress
from core.office.asked import Asked
from core.office.changes import Changes
from core.office.form_value import FormValue
from core.office.issuing import issue, issue_letters
from core.office.overview import overview
from gui.pages.report import issuing
from gui.pages.report.issue_dialog import IssueDialog
from gui.pages.report.issued_dialogs import SignIssuedDialog, WithdrawDialog
from gui.pages.report.page import ReportPage
from tests.gui.pages.conftest import AS_OF, PERIOD, words
from tests.gui.pages.report.conftest import LONG, show


def ask(qtbot: QtBot, page: ReportPage) -> IssueDialog:
    """Press 出具 and wait for what it asks."""
    page.issuing.dialog = None
    page.issue.click()
    qtbot.waitUntil(lambda: page.issuing.dialog is not None)
    return page.issuing.dialog


def have(page: ReportPage, kind: str = "table", **changes: object) -> issued.Issued:
    """A document that was issued before."""
    asked = Asked(page.context.plan_key, AS_OF, PERIOD, **changes)
    made = issue(page.context.store, kind, asked, Job(), formats=("pdf",), issued_on=date(2025, 1, 12))
    page.context.announce(Changes(periods=True))
    return made


def test_a_document_is_issued_and_kept(qtbot, wide_page, monkeypatch) -> None:
    """With its number and date; then it stands below the kinds, and its file can be opened."""
    page = wide_page
    dialog = ask(qtbot, page)
    dialog.day.set_value(date(2025, 1, 12))
    dialog.number.setText("古司发〔2025〕1号")
    dialog.step.click()
    qtbot.waitUntil(page.bar.isVisible)
    (line,) = issued.list_issued(page.context.store)

    assert (line.number, line.issued_on, line.kind.value) == ("古司发〔2025〕1号", date(2025, 1, 12), "table")
    assert "已出具 古司发〔2025〕1号" in page.bar.accessibleName()
    assert page.kinds.issued.head.text() == "已出具 1 份"
    opened = []
    monkeypatch.setattr(page.registers._opener, "open", lambda name, _path, kept: opened.append((name, kept)))
    page.bar.action_chosen.emit("open_issued")
    assert page.stack.currentWidget() is page.register
    assert opened[0][1].is_file()


def test_nothing_is_issued_twice_by_accident(qtbot, wide_page) -> None:
    """A second press while the first is on its way does nothing; an issued one must be ticked to be issued again."""
    page = wide_page
    have(page, number="古司发〔2025〕1号")
    page.issue.click()
    page.issue.click()
    qtbot.waitUntil(lambda: page.issuing.dialog is not None)
    dialog = page.issuing.dialog
    assert not dialog.step.isEnabled()
    assert "已出具过" in dialog.note.accessibleName()

    dialog.again.click()
    assert dialog.step.isEnabled()
    dialog.number.setText("古司发〔2025〕1号")
    dialog.step.click()
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy)
    assert len(issued.list_issued(page.context.store)) == 1


def test_a_used_number_is_told(qtbot, wide_page, recorder) -> None:
    page = wide_page
    have(page, number="古司发〔2025〕1号")
    dialog = ask(qtbot, page)
    dialog.again.click()
    dialog.number.setText("古司发〔2025〕1号")
    dialog.step.click()
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert "古司发〔2025〕1号" in words(recorder.last)
    assert "发文登记没有改动" in words(recorder.last)


def test_a_notice_that_may_not_be_issued_leads_to_the_setting(qtbot, wide_page, recorder) -> None:
    """督办通知单 only where the office has said that it may."""
    page = wide_page
    show(qtbot, page, "notice")
    ask(qtbot, page).step.click()
    qtbot.waitUntil(lambda: bool(recorder.messages), timeout=LONG)
    asked = []
    page.open_settings.connect(lambda: asked.append(True))

    assert "督办通知单" in words(recorder.last)
    next(action for action in recorder.last.actions if action.text == "填写发文设置").on_chosen()
    assert asked


def test_letters_go_to_all_units_in_one_press(qtbot, wide_page, monkeypatch) -> None:
    """Those that have theirs are left out unless it is ticked; nothing late is left to be counted by hand."""
    page = wide_page
    seen = []
    monkeypatch.setattr(issuing, "_issue", lambda _store, _kind, ready, wish, *_: seen.append((ready, wish)) or ())
    monkeypatch.setattr(page.issuing, "_on_issued", lambda _found: None)
    page.context.set_scope(as_of=date(2025, 1, 10))
    show(qtbot, page, "reminder")
    have(page, "reminder", unit="住建局")
    dialog = ask(qtbot, page)
    assert any("个单位各出具一份" in label.text() for label in dialog.findChildren(type(page.title)))
    assert "住建局" not in dialog.units()
    dialog.step.click()
    qtbot.waitUntil(lambda: bool(seen))
    ready, wish = seen[0]
    assert len(wish.units) == len(ready.units) - 1
    assert not wish.again


def test_an_own_paper_is_kept_in_the_place_of_the_pages(qtbot, wide_page, recorder, tmp_path) -> None:
    """A Word file that was gone on with outside."""
    page = wide_page
    paper = tmp_path / "定稿.docx"
    paper.write_bytes(b"PK own paper")
    dialog = ask(qtbot, page)
    dialog.other.click()
    recorder.give(paper)
    assert dialog.file.text() == "定稿.docx"
    dialog.step.click()
    qtbot.waitUntil(page.bar.isVisible)
    (line,) = issued.list_issued(page.context.store)

    assert line.file_name == "定稿.docx"
    assert issued.kept_path(page.context.store, line.id).read_bytes() == b"PK own paper"


def test_read_only_is_said(qtbot, wide_page, monkeypatch) -> None:
    page = wide_page
    monkeypatch.setattr(type(page.context), "read_only", property(lambda _self: True))
    page.issue.click()

    assert issuing.READ_ONLY in page.bar.accessibleName()


def test_the_register_is_signed_declared_void_and_left(qtbot, wide_page) -> None:
    """签收 with date and name, 作废 with its reason; Esc goes back to the pages."""
    page = wide_page
    line = have(page)
    page.kinds.issued.opened.emit(line)
    assert page.register.current().id == line.id
    assert page.title.text() == "发文登记"
    assert not page.pdf.isVisible()

    page.register.pane.sign.click()
    dialog = page.window().findChild(SignIssuedDialog)
    dialog.day.set_value(date(2025, 1, 13))
    dialog.name.setText("李四")
    dialog.step.click()
    assert (page.register.current().signed_on, page.register.current().signed_by) == (date(2025, 1, 13), "李四")

    page.register.pane.withdraw.click()
    dialog = page.window().findChild(WithdrawDialog)
    assert not dialog.step.isEnabled()
    dialog.reason.setText("数字有误")
    dialog.step.click()
    assert page.register.current().withdrawn_on is not None
    assert not page.register.pane.sign.isEnabled()

    qtbot.keyClick(page.register.table, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not page.register
    assert page.pdf.isVisible()


def test_letters_handed_over_together_are_signed_for_together(qtbot, wide_page) -> None:
    """All selected lines in one dialog and one entry of the journal."""
    page = wide_page
    have(page, "reminder", unit="住建局")
    have(page, "reminder", unit="公安局")
    page.registers.show()
    page.register.table.selectAll()
    page.registers.sign()
    dialog = page.window().findChild(SignIssuedDialog)
    dialog.day.set_value(date(2025, 1, 13))
    dialog.name.setText("李四")
    dialog.step.click()

    found = issued.list_issued(page.context.store)
    assert [(one.signed_on, one.signed_by) for one in found] == [(date(2025, 1, 13), "李四")] * 2
    line = history.journal_page(page.context.store, history.JournalFilter()).lines[0]
    assert line.action == "登记签收"


def test_what_changed_since_opens_its_rows(qtbot, wide_page) -> None:
    """与现在相比: each line shows then and now and opens the measures behind it."""
    page = wide_page
    line = have(page, "report")
    item = overview(page.context.store, None, AS_OF).obligations[0]
    progress.save(page.context.store, item.id, PERIOD, FormValue(EntryState.DONE, date(2024, 11, 2), text="已办结"))
    page.context.announce(Changes(obligations=frozenset({item.id})))
    page.kinds.issued.opened.emit(line)
    pane = page.register.pane
    qtbot.waitUntil(lambda: pane.changes.model().rowCount() > 0, timeout=15_000)
    assert "出具时截至 2025-01-10" in pane.since_note.text()

    shown = []
    page.show_filtered.connect(shown.append)
    changes = [
        pane.changes.model().index(row).data(Qt.ItemDataRole.UserRole + 1)
        for row in range(pane.changes.model().rowCount())
    ]
    pane.changes.opened.emit(next(one for one in changes if not one.is_figure))
    assert shown[0].measures == frozenset({item.measure})


def test_the_same_ledger_has_nothing_changed(qtbot, wide_page) -> None:
    page = wide_page
    page.kinds.issued.opened.emit(have(page))
    qtbot.waitUntil(lambda: "没有变" in page.register.pane.since_note.text(), timeout=15_000)


def test_an_empty_register_says_how_to_begin(qtbot, wide_page) -> None:
    page = wide_page
    page.kinds.issued.all.click()

    assert page.register.empty.isVisible()
    assert not page.register.print.isEnabled()
    page.register.back_here.click()
    assert page.view.isVisible()


def test_a_kept_file_that_is_gone_is_told(qtbot, wide_page, recorder) -> None:
    page = wide_page
    line = have(page)
    issued.kept_path(page.context.store, line.id).unlink()
    page.kinds.issued.opened.emit(line)
    page.register.table.opened.emit(page.register.table.current())

    assert "不在佐证文件夹里" in words(recorder.last)


def test_the_register_goes_out_as_a_list(qtbot, wide_page, recorder, tmp_path) -> None:
    """发文登记表 as Excel."""
    page = wide_page
    have(page, number="古司发〔2025〕1号")
    page.registers.show()
    page.register.export.click()
    recorder.give(tmp_path / "发文登记表.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "发文登记表.xlsx").is_file() and not page.context.jobs.is_busy)
    from openpyxl import load_workbook

    cells = [cell.value for row in load_workbook(tmp_path / "发文登记表.xlsx").active.iter_rows() for cell in row]
    assert "古司发〔2025〕1号" in cells


@pytest.mark.parametrize("kind", ["table", "reminder"])
def test_numbers_come_from_the_settings(qtbot, wide_page, kind) -> None:
    """The next free one is proposed, one after the other for letters."""
    from dataclasses import replace

    from core.office import issuer

    page = wide_page
    issuer.save(page.context.store, replace(issuer.load(page.context.store), number="古司函"))
    if kind != "table":
        show(qtbot, page, kind)
    dialog = ask(qtbot, page)
    year = dialog.day.value().year
    if kind == "table":
        assert dialog.number.text() == ""
    else:
        assert dialog.range.text().startswith(f"古司函〔{year}〕1号—")
        dialog.day.changed.emit(date(2025, 1, 12))
        assert dialog.range.text().startswith("古司函〔2025〕1号—")
    dialog.reject()


def test_kept_pages_are_printed_in_one_job(qtbot, wide_page, monkeypatch) -> None:
    """All that are selected; for both sides of the paper each begins a sheet; what was kept as Word only is said."""
    page = wide_page
    have(page)
    have(page, "reminder", unit="住建局")
    page.registers.show()
    page.register.table.selectAll()
    printed = []
    monkeypatch.setattr(page.press, "print", lambda source, *_: printed.append((len(source.sizes()), source)))
    page.register.pane.print_asked.emit()
    qtbot.waitUntil(lambda: len(printed) == 1)
    pages, source = printed[0]
    assert pages > 8
    assert source.draw(pages - 1, 0.2).width() > 100

    page.options.on_sheets.setChecked(True)
    page.register.pane.print_asked.emit()
    qtbot.waitUntil(lambda: len(printed) == 2)
    assert printed[1][0] >= pages
    page.registers._printing.print(())
    assert "没有留存 PDF 或 Word" in page.bar.accessibleName()


def test_word_files_that_nothing_here_can_show_are_handed_on(qtbot, wide_page, monkeypatch, recorder, tmp_path) -> None:
    """Without LibreOffice: letters just issued become one Word file, of any others copies lie in a folder."""
    page = wide_page
    store = page.context.store
    docx.Document().save(str(tmp_path / "空.docx"))
    template = docx.Document(str(tmp_path / "空.docx"))
    for text in ("本局用笺", "{{文号}}", "{{主送}}：", "{{正文}}"):
        template.add_paragraph(text)
    template.save(str(tmp_path / "模板.docx"))
    own_templates.add_template(store, DocumentKind.REMINDER, tmp_path / "模板.docx", Job())
    monkeypatch.setattr(own_templates, "can_show", lambda: False)
    numbers = (("住建局", "古司函〔2025〕1号"), ("公安局", "古司函〔2025〕2号"))
    asked = Asked(page.context.plan_key, AS_OF, PERIOD, own_template=True, numbers=numbers)
    rows = issue_letters(store, "reminder", asked, ("住建局", "公安局"), Job(), formats=("docx",))

    page.registers._printing.print(rows, is_batch=True)
    assert "只留存了 Word" in recorder.messages[-1].headline
    whole = tmp_path / "合.docx"
    page.registers._printing._write(rows, whole)
    qtbot.waitUntil(lambda: whole.is_file() and not page.context.jobs.is_busy)
    lines = [paragraph.text for paragraph in docx.Document(str(whole)).paragraphs]
    assert [line for line in lines if line in dict(numbers).values()] == [number for _, number in numbers][::-1]

    page.registers._printing.print(rows)
    folder = tmp_path / "打印"
    folder.mkdir()
    page.registers._printing._copy_to(rows, folder)
    qtbot.waitUntil(lambda: "已存 2 份 Word" in page.bar.accessibleName())
    assert [path.name[:14] for path in sorted(folder.iterdir())] == ["01 古司函〔2025〕1号", "02 古司函〔2025〕2号"]
