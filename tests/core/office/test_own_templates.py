"""本单位模板: kept with the ledger, used for its kind, filled, left, used again."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from core import cli
from core.errors import InvalidError, LedgerFileError, NotFoundError, OutputError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office import documents, files, history, issued, issued_files, issuer, issuing, own_templates
from core.office.asked import Asked
from core.office.to_issue import addressees
from core.recognise.sources import office
from core.store import kept_files
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD

CIRCULAR = DocumentKind.CIRCULAR


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Path]:
    """A Word file of paragraphs, a run for each part of them that is given apart."""

    def write(*paragraphs: str | tuple[str, ...], name: str = "本局红头.docx") -> Path:
        document = docx.Document()
        for one in paragraphs:
            paragraph = document.add_paragraph()
            for part in (one,) if isinstance(one, str) else one:
                paragraph.add_run(part)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return write


def written(store: Store, path: Path, **changes: object) -> list[str]:
    asked = Asked(None, AS_OF, PERIOD, own_template=True, **changes)
    documents.export(store, "circular", asked, "docx", path, Job())
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_kind_is_filled_into_its_template(store, template, tmp_path) -> None:
    """And into the program's own layout where that is asked for; the choice is in the journal."""
    issuer.save(store, replace(issuer.load(store), body="联席会议办公室", circular_to="各乡镇"))
    source = template(
        "联席会议办公室文件", ("{{文", "号}}"), "{{标题}}", "{{主送}}：", "{{正文}}", "{{落款}}", "{{成文日期}}"
    )
    added = own_templates.add_template(store, CIRCULAR, source, Job())
    text = written(store, tmp_path / "通报.docx", number="联办发〔2025〕2号", dated=date(2025, 1, 13))

    assert added.checked.remarks == ()
    assert text[:2] == ["联席会议办公室文件", "联办发〔2025〕2号"]
    assert text[2].replace("\n", "").startswith("关于古县提升行政执法质量")
    assert text[3] == "各乡镇："
    assert "一、报送情况" in text
    assert {"联席会议办公室", "2025年1月13日"} <= set(text)
    assert not any("{{" in line for line in text)
    assert history.journal_page(store, history.JournalFilter()).lines[0].action == "使用本单位模板"


def test_another_one_takes_its_place_and_the_first_can_be_used_again(store, template) -> None:
    first = own_templates.add_template(store, CIRCULAR, template("{{正文}}"), Job()).template
    second = own_templates.add_template(store, CIRCULAR, template("新", "{{正文}}", name="新.docx"), Job()).template
    assert own_templates.used_for(store, CIRCULAR) == second
    assert [one.is_used for one in own_templates.list_templates(store)] == [True, False]
    assert own_templates.use_again(store, first.id).periods
    assert own_templates.used_for(store, CIRCULAR) == replace(first, is_used=True)
    assert own_templates.leave_template(store, CIRCULAR).periods

    assert own_templates.used_for(store, CIRCULAR) is None
    assert len(own_templates.list_templates(store)) == 2


def test_it_goes_with_the_ledger(store, template) -> None:
    """Kept when the file is opened again; among what backups and hand-overs take along."""
    kept = own_templates.add_template(store, CIRCULAR, template("{{正文}}"), Job()).template
    with store.reading() as db:
        assert kept.sha256 in kept_files.hashes(db)
        assert any(file.room == kept_files.TEMPLATE for file in kept_files.everything(db))
    store.close()
    with closing(files.open_ledger(store.path)) as again:
        assert own_templates.path_of(again, kept).is_file()


def test_what_cannot_be_used_is_refused_in_words(store, template, tmp_path) -> None:
    """No {{正文}}, one that shares its paragraph, no Word file, a table's kind; nothing is kept."""
    (tmp_path / "假.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InvalidError, match="不知道正文写在哪里"):
        own_templates.add_template(store, CIRCULAR, template("{{标题}}"), Job())
    with pytest.raises(InvalidError, match="独占一段"):
        own_templates.add_template(store, CIRCULAR, template("甲{{正文}}"), Job())
    with pytest.raises(InvalidError, match="出现了两次"):
        own_templates.add_template(store, CIRCULAR, template("{{正文}}", "{{正文}}"), Job())
    with pytest.raises(InvalidError, match="损坏"):
        own_templates.add_template(store, CIRCULAR, tmp_path / "假.docx", Job())
    with pytest.raises(InvalidError, match="不用模板"):
        own_templates.add_template(store, DocumentKind.TABLE, template("{{正文}}"), Job())
    with pytest.raises(OutputError, match="读不了"):
        own_templates.check_file(tmp_path / "没有.docx")
    assert own_templates.list_templates(store) == ()


def test_unknown_places_are_told_and_stay(store, template, tmp_path) -> None:
    checked = own_templates.add_template(store, CIRCULAR, template("{{密级}}", "{{正文}}", "{{落款"), Job()).checked

    assert any("{{密级}}" in remark for remark in checked.remarks)
    assert any("不成对" in remark for remark in checked.remarks)
    assert "{{密级}}" in written(store, tmp_path / "通报.docx")


def test_without_a_template_it_says_so(store, tmp_path, template) -> None:
    """Also when its file is gone; a table takes no notice."""
    with pytest.raises(NotFoundError, match="没有本单位模板"):
        written(store, tmp_path / "通报.docx")
    kept = own_templates.add_template(store, CIRCULAR, template("{{正文}}"), Job()).template
    own_templates.path_of(store, kept).unlink()
    with pytest.raises(NotFoundError, match="不见了"):
        written(store, tmp_path / "通报.docx")
    asked = Asked(None, AS_OF, own_template=True)
    assert documents.export(store, "table", asked, "docx", tmp_path / "表.docx", Job()).pages > 0


def test_a_pdf_needs_libreoffice_and_says_the_way_out(store, template, monkeypatch) -> None:
    own_templates.add_template(store, CIRCULAR, template("{{正文}}"), Job())
    monkeypatch.setattr(office, "find_office", lambda: None)
    asked = Asked(None, AS_OF, PERIOD, own_template=True)

    assert not own_templates.can_show()
    with pytest.raises(OutputError, match="LibreOffice") as told:
        documents.make(store, "circular", asked, Job()).write("pdf", io.BytesIO(), Job())
    assert "另存为 PDF" in told.value.hint


def test_a_file_that_is_only_read_takes_no_template(store, template) -> None:
    path = store.path
    store.close()
    with closing(files.open_ledger(path, read_only=True)) as again, pytest.raises(LedgerFileError):
        own_templates.add_template(again, CIRCULAR, template("{{正文}}"), Job())


@pytest.mark.parametrize("kind", own_templates.KINDS)
def test_the_sample_of_a_kind_is_a_template(tmp_path, kind) -> None:
    """Nothing to remark, and every kind of place of a paper is in it."""
    own_templates.save_sample(kind, tmp_path / "样例.docx", Job())
    checked = own_templates.check_file(tmp_path / "样例.docx")

    assert checked.problems == checked.remarks == ()
    assert {own_templates.Place.BODY, own_templates.Place.NUMBER, own_templates.Place.ISSUER} <= set(checked.places)


def test_the_command_line_fills_it_too(store, template, tmp_path, capsys) -> None:
    own_templates.add_template(store, CIRCULAR, template("本局专用", "{{正文}}"), Job())
    store.close()
    target = tmp_path / "通报.docx"
    line = ["export", str(store.path), "circular", "--format", "docx", "-o", str(target), "--period", PERIOD]

    assert cli.main([*line, "--own-template"]) == 0
    assert docx.Document(str(target)).paragraphs[0].text == "本局专用"
    capsys.readouterr()


def test_letters_of_one_press_become_pdf_together(store, template, monkeypatch) -> None:
    """Each kept as PDF and Word with its own number; the office program starts once."""
    started = []

    def convert_all(data: list[bytes], *_: object) -> list[bytes]:
        started.append(len(data))
        return [b"%PDF " + one[-8:] for one in data]

    monkeypatch.setattr(office, "find_office", lambda: "soffice")
    monkeypatch.setattr(office, "convert_all", convert_all)
    own_templates.add_template(store, DocumentKind.REMINDER, template("{{文号}}", "{{正文}}"), Job())
    units = addressees(store, DocumentKind.REMINDER, Asked(None, AS_OF, PERIOD))[:3]
    asked = Asked(None, AS_OF, PERIOD, own_template=True, numbers=tuple((unit, f"{unit}1号") for unit in units))
    found = issuing.issue_letters(store, "reminder", asked, units, Job())

    assert started == [3]
    assert all([file.name.rpartition(".")[2] for file in one.files] == ["pdf", "docx"] for one in found)
    shown = issued_files.pdfs_of(store, found, Job())
    assert [one[:4] for one in shown] == [b"%PDF"] * 3
    for one in found:
        text = docx.Document(str(issued.kept_path(store, one.id, 1))).paragraphs[0].text
        assert text == f"{one.unit}1号"


def test_a_report_has_its_number_and_signer_in_its_template(store, template, tmp_path) -> None:
    """Its own layout shows neither without a head; the place of what is not known says so."""
    issuer.save(store, replace(issuer.load(store), report_number="古司报", signer="张喆"))
    places = template("{{文号}}", "签发人：{{签发人}}", "{{正文}}", "抄送：{{抄送}}")
    own_templates.add_template(store, DocumentKind.REPORT, places, Job())
    for number, shown in (("古司报〔2025〕4号", "古司报〔2025〕4号"), ("", "古司报〔2025〕　　号")):
        asked = Asked(None, AS_OF, PERIOD, own_template=True, number=number)
        documents.export(store, "report", asked, "docx", tmp_path / "报告.docx", Job())
        lines = [paragraph.text for paragraph in docx.Document(str(tmp_path / "报告.docx")).paragraphs]
        assert lines[:2] == [shown, "签发人：张喆"]
        assert not any(line.startswith("抄送") for line in lines)
