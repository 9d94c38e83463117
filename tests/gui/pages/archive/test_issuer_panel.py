"""发文设置 in 档案: saved when a field is left, taken back by Ctrl+Z, read-only in words; the way there from 报告."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.office import files, history, issuer, ledger_settings
from core.office.issuer import Issuer
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages.archive.issuer_panel import IssuerPanel
from gui.pages.archive.page import SETTINGS, ArchivePage
from gui.pages.archive.settings_panel import SettingsPanel
from gui.pages.report.page import ReportPage


def panel_of(page: object) -> IssuerPanel:
    assert isinstance(page, ArchivePage)
    made = page.parts[SETTINGS]
    assert isinstance(made, SettingsPanel)
    return made.issuer


@pytest.fixture
def panel(page: ArchivePage) -> IssuerPanel:
    page.show_part(SETTINGS)
    return panel_of(page)


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    made._may_close = True
    made.close()
    context.set_store(None)


def put(panel: IssuerPanel, key: str, text: str) -> None:
    panel.fields[key].setText(text)
    panel.fields[key].editingFinished.emit()


def test_each_setting_is_saved_when_its_field_is_left(context: Context, panel: IssuerPanel) -> None:
    """And journalled once; leaving a field as it was writes nothing."""
    values = {
        "body": "联席会议办公室",
        "seal": "古县司法局",
        "number": "古司函",
        "addressee": "古县人民政府",
        "circular_to": "各乡镇人民政府",
        "contact": "李喆",
        "phone": "0357-8320000",
    }
    for key, text in values.items():
        put(panel, key, f" {text} ")
    panel.reply_days.setValue(7)
    panel.reply_days.editingFinished.emit()
    panel.may_supervise.click()
    count = history.journal_page(context.store, history.JournalFilter()).total
    panel.fields["phone"].editingFinished.emit()

    assert issuer.load(context.store) == Issuer(**values, reply_days=7, may_supervise=True)
    assert panel.fields["phone"].text() == "0357-8320000"
    assert panel.saved.text() == "已保存"
    assert history.journal_page(context.store, history.JournalFilter()).total == count


def test_the_name_of_the_office_stands_where_no_other_is_set(context: Context, panel: IssuerPanel) -> None:
    assert panel.fields["body"].placeholderText() == "同单位名称"
    value = replace(ledger_settings.load(context.store), office="古县司法局")
    context.announce(ledger_settings.save(context.store, value))

    assert panel.fields["body"].placeholderText() == "古县司法局"
    put(panel, "body", "联席会议办公室")
    assert panel.saved.text() == "已保存"
    assert not panel.note.isVisible()


def test_every_field_has_name_and_explanation(panel: IssuerPanel) -> None:
    for field in (*panel.fields.values(), panel.reply_days, panel.may_supervise):
        assert field.accessibleName()
        assert field.toolTip()


def test_a_file_that_is_only_read_says_so(context: Context, panel: IssuerPanel) -> None:
    path = context.store.path
    context.store.close()
    context.set_store(files.open_ledger(path, read_only=True))
    put(panel, "contact", "李喆")

    assert panel.fields["contact"].isReadOnly()
    assert not panel.may_supervise.isEnabled()
    assert "只读" in panel.note.text()
    assert issuer.load(context.store).contact == ""
    context.store.close()


def test_a_setting_is_taken_back_with_all_that_shows_it(window: MainWindow, context: Context) -> None:
    window.ways.open_settings()
    panel = panel_of(window.page("archive"))
    put(panel, "contact", "李喆")
    window.undoing.undo()

    assert issuer.load(context.store).contact == ""
    assert panel.fields["contact"].text() == ""
    assert panel.saved.text() == ""
    window.undoing.redo()
    assert panel.fields["contact"].text() == "李喆"


def test_what_is_typed_and_not_left_is_kept_with_the_window(window: MainWindow, context: Context) -> None:
    window.ways.open_settings()
    page = window.page("archive")
    panel_of(page).fields["contact"].setText("李喆")

    assert page.flush()
    assert issuer.load(context.store).contact == "李喆"


def test_from_a_gap_of_a_document_to_its_setting(qtbot: QtBot, window: MainWindow, context: Context) -> None:
    """The keyboard stands in the first empty field, 单位名称 before all; what is filled in is no gap any more."""
    window.show_page("report")
    report = window.page("report")
    assert isinstance(report, ReportPage)
    report.show_document("reminder")
    qtbot.waitUntil(report.gaps.fill.isVisible)
    qtbot.mouseClick(report.gaps.fill, Qt.MouseButton.LeftButton)

    page = window.page("archive")
    assert isinstance(page, ArchivePage)
    assert page.isVisible()
    assert page.choice.value() == SETTINGS
    panel = panel_of(page)
    settings = page.parts[SETTINGS]
    assert isinstance(settings, SettingsPanel)
    assert window.focusWidget() is settings.ledger.office

    office = replace(ledger_settings.load(context.store), office="古县司法局")
    context.announce(ledger_settings.save(context.store, office))
    window.ways.open_settings()
    assert window.focusWidget() is panel.fields["number"]
    for key, text in (("number", "古司函"), ("contact", "李喆"), ("phone", "0357-8320000")):
        put(panel, key, text)
    window.show_page("report")
    qtbot.waitUntil(lambda: not report.gaps.fill.isVisible() and not context.jobs.is_busy)
    assert report.gaps.isVisible()
    assert "发文顺序号" in report.gaps.sentence.text()


def test_all_fields_are_seen_at_once_in_the_usual_window(qtbot: QtBot, page: ArchivePage, panel: IssuerPanel) -> None:
    """At 1366 × 768; a smaller one scrolls to the field that has the keyboard."""
    settings = page.parts[SETTINGS]
    assert isinstance(settings, SettingsPanel)
    bar = settings._documents.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)

    page.resize(900, 500)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    settings.ledger.office.setText("古县司法局")
    for key in ("number", "addressee", "circular_to", "contact"):
        panel.fields[key].setText("已填")
    page.show_settings()
    phone = panel.fields["phone"]
    assert (
        settings._documents.viewport()
        .rect()
        .contains(phone.mapTo(settings._documents.viewport(), phone.rect().center()))
    )
