"""版面和文号, 模板 in 发文设置: saved when left, numbers of the year, a template chosen, left and its sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from pytestqt.qtbot import QtBot

from core.model.document_kind import DocumentKind
from core.office import files, issuer, ledger_settings, numbering, own_templates
from core.office.issuer import HeadForm
from gui.context import Context
from gui.pages.archive.own_templates_panel import KINDS, OwnTemplatesPanel
from gui.pages.archive.page import SETTINGS, ArchivePage
from gui.pages.archive.paper_panel import PaperPanel
from gui.pages.archive.settings_panel import SettingsPanel
from tests.gui.recorder import Recorder


@pytest.fixture
def settings(page: ArchivePage) -> SettingsPanel:
    page.show_part(SETTINGS)
    made = page.parts[SETTINGS]
    assert isinstance(made, SettingsPanel)
    return made


@pytest.fixture
def paper(settings: SettingsPanel) -> PaperPanel:
    settings._show_part(1)
    return settings.paper


@pytest.fixture
def templates(settings: SettingsPanel) -> OwnTemplatesPanel:
    settings._show_part(2)
    return settings.templates


def put(panel: PaperPanel, key: str, text: str) -> None:
    panel.fields[key].setText(text)
    panel.fields[key].editingFinished.emit()


def test_head_imprint_and_seal_are_kept(context: Context, paper: PaperPanel) -> None:
    """What stands for an empty field is told in it."""
    assert paper.fields["mark"].placeholderText() == "发文机关加“文件”"
    context.announce(issuer.save(context.store, replace(issuer.load(context.store), body="联席会议办公室")))
    assert paper.fields["mark"].placeholderText() == "联席会议办公室文件"
    put(paper, "copies_to", "县委办公室")
    paper.head.setCurrentIndex(paper.head.findData(HeadForm.PAPER))
    paper.head.activated.emit(1)
    paper.stamped.click()
    put(paper, "letter_copies", "县政府办公室")
    put(paper, "signer", "张喆")
    paper.report_head.setCurrentIndex(paper.report_head.findData(HeadForm.RED))
    paper.report_head.activated.emit(0)

    kept = issuer.load(context.store)
    assert (kept.letter_copies, kept.signer, kept.report_head) == ("县政府办公室", "张喆", HeadForm.RED)
    assert (kept.copies_to, kept.head, kept.stamped, kept.body) == (
        "县委办公室",
        HeadForm.PAPER,
        True,
        "联席会议办公室",
    )
    assert paper.saved.text() == "已保存"
    for field in (*paper.fields.values(), paper.head, paper.stamped):
        assert field.accessibleName()
        assert field.toolTip()


def test_numbers_of_this_year_stand_there_by_word(context: Context, paper: PaperPanel) -> None:
    """A word that two kinds share is one line; what was given elsewhere can be said."""
    assert not any(row.isVisibleTo(paper) for row in paper.number_rows)
    year = date.today().year
    for key in ("circular_number", "report_number"):
        put(paper, key, "古司发")
    assert [row.isVisibleTo(paper) for row in paper.number_rows] == [True, False, False, False]
    assert paper.words[0].text() == f"古司发〔{year}〕已用到"
    paper.last[0].setValue(11)
    paper.last[0].editingFinished.emit()

    assert numbering.next_number(context.store, DocumentKind.CIRCULAR, year) == f"古司发〔{year}〕12号"
    assert paper.last[0].value() == 11
    assert paper.saved.text() == "已保存"


def test_a_template_is_chosen_and_left(
    qtbot: QtBot, context: Context, templates: OwnTemplatesPanel, recorder: Recorder, tmp_path: Path
) -> None:
    """What is to be looked at in it is shown; without {{正文}} it is refused and nothing changes."""
    row = templates.rows[DocumentKind.CIRCULAR]
    good, bad = tmp_path / "红头.docx", tmp_path / "没有正文.docx"
    for path, text in ((good, "{{正文}}"), (bad, "{{标题}}")):
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(path))
    assert row.name.text().startswith("未选择")
    row.choose.click()
    recorder.give(good)
    qtbot.waitUntil(lambda: not context.jobs.is_busy and row.choose.text() == "更换")
    assert row.name.text().startswith("红头.docx")
    assert "可以使用" in recorder.last.headline
    row.choose.click()
    recorder.give(bad)
    qtbot.waitUntil(lambda: "不能用作模板" in recorder.last.headline)
    assert row.name.text().startswith("红头.docx")
    row.leave.click()

    assert own_templates.used_for(context.store, DocumentKind.CIRCULAR) is None
    assert not row.leave.isVisibleTo(templates)


def test_a_sample_is_saved(
    qtbot: QtBot, context: Context, templates: OwnTemplatesPanel, recorder: Recorder, tmp_path: Path
) -> None:
    templates.rows[DocumentKind.REMINDER].sample.click()
    recorder.give(tmp_path / "样例")
    qtbot.waitUntil(lambda: not context.jobs.is_busy and "已保存" in templates.note.text())

    assert own_templates.check_file(tmp_path / "样例.docx").problems == ()
    templates.places.click()
    assert "{{正文}}" in recorder.last.text


def test_a_file_that_is_only_read_says_so(context: Context, paper: PaperPanel, templates: OwnTemplatesPanel) -> None:
    path = context.store.path
    context.store.close()
    context.set_store(files.open_ledger(path, read_only=True))

    assert not paper.head.isEnabled()
    assert paper.fields["mark"].isReadOnly()
    assert "只读" in paper.note.text()
    assert not any(templates.rows[kind].choose.isEnabled() for kind in KINDS)
    context.store.close()


def test_from_a_document_without_its_word_to_the_field(context: Context, page: ArchivePage) -> None:
    """署名 first; where all is filled in there, 通报代字."""
    store = context.store
    ledger_settings.save(store, replace(ledger_settings.load(store), office="古县司法局"))
    value = issuer.Issuer(number="古司函", addressee="县政府", circular_to="各乡镇", contact="李喆")
    context.announce(issuer.save(store, value))
    page.choice.button(SETTINGS).click()
    settings = page.parts[SETTINGS]
    assert isinstance(settings, SettingsPanel)
    assert settings.part.value() == 0  # what is shown is chosen from the beginning
    page.show_settings()
    assert (settings.part.value(), settings.issuer.first_empty()) == (0, settings.issuer.fields["phone"])
    context.announce(issuer.save(store, replace(value, phone="0357-1")))
    page.show_settings()

    assert settings.part.value() == 1
    assert settings.paper.fields["circular_number"].hasFocus()
