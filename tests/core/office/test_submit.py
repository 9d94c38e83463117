"""上报: what units said goes into the superior's template and a package; what must not go does not; it is kept as sent."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import Cancelled, InvalidError, KnownError, LedgerFileError, NotFoundError
from core.exchange.manifest import MANIFEST_NAME, read_manifest
from core.exchange.package import verify
from core.exchange.template import TemplateMapping
from core.exchange.template_columns import TemplateField
from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Severity
from core.office import attach, check, evidence, files, ledger_settings, progress, reviewing, submit, templates, undo
from core.office.form_value import FormValue
from core.office.overview import overview
from core.office.submit_findings import Check, Finding
from core.store.database import Store
from tests.core.exchange import templates as made_templates

Q2 = "2024Q2"
DAY = date(2024, 6, 30)


def key_of(store: Store, no: int, unit: str) -> int:
    return progress.find_obligation(store, None, no, unit).id


def record(
    store: Store, no: int, unit: str, text: str, *, done: date | None = None, files: Sequence[Path] = (), **more: Any
) -> int:
    key = key_of(store, no, unit)
    state = more.pop("state", EntryState.DONE if done else EntryState.IN_PROGRESS)
    progress.save(store, key, Q2, FormValue(state, done, text=text, **more))
    if files:
        attach.add_evidence(store, key, Q2, list(files), Job())
    return key


def file(folder: Path, name: str, content: bytes = b"proof") -> Path:
    path = folder / name
    path.write_bytes(content + name.encode())
    return path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "市级统计表.xlsx"
    path.write_bytes(made_templates.city_with_sums())
    return path


def made(store: Store, template: Path, folder: Path, **options: Any) -> submit.Submitted:
    return submit.submit(store, None, Q2, template, folder, Job(), submit.SubmitOptions(**options))


def sheet_of(found: submit.Submitted) -> Any:
    return openpyxl.load_workbook(found.filled).worksheets[0]


def of(found: Sequence[Finding], wanted: Check) -> list[str]:
    return [one.words for one in found if one.check is wanted]


def test_units_words_are_gathered_measure_by_measure(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "组织培训3场。", problems="师资不足", next_steps="下季度再训")
    record(store, 2, "公安局", "组织自学；", done=date(2024, 6, 20))
    sheet = sheet_of(made(store, template, tmp_path / "out"))
    assert sheet["A5"].value == 2
    assert sheet["F5"].value == "公安局（已完成）：组织自学；\n财政局（推进中）：组织培训3场。"
    assert sheet["G5"].value == "财政局：师资不足。"
    assert sheet["H5"].value == "财政局：下季度再训。"
    assert sheet["F4"].value is None
    assert [sheet.cell(row, 1).value for row in range(4, 42)] == list(range(1, 39))
    assert sheet["A42"].value == "合计"


def test_what_three_units_say_alike_is_said_once(store: Store, template: Path, tmp_path: Path) -> None:
    for unit in ("财政局", "公安局", "司法局"):
        record(store, 2, unit, "已部署")
    assert sheet_of(made(store, template, tmp_path / "out"))["F5"].value == (
        "司法局、公安局、财政局（推进中）：已部署。"
    )


def test_only_this_periods_words_go(store: Store, template: Path, tmp_path: Path) -> None:
    """What was done before is said as done, by its date."""
    progress.save(
        store, key_of(store, 2, "财政局"), "2024Q1", FormValue(EntryState.DONE, date(2024, 3, 1), text="老话")
    )
    assert sheet_of(made(store, template, tmp_path / "out"))["F5"].value == "财政局：已于2024年3月1日完成。"


def test_what_was_sent_back_does_not_go(store: Store, template: Path, tmp_path: Path) -> None:
    key = record(store, 2, "财政局", "空话")
    reviewing.send_back(store, [key], Q2, "请写具体数据")
    found = made(store, template, tmp_path / "out")
    assert sheet_of(found)["F5"].value is None
    assert of(found.findings, Check.SENT_BACK) == ["（2）财政局已退回，还没有更正，没有写入"]


def test_the_package_holds_numbered_evidence_catalogue_and_checksums(
    store: Store, template: Path, tmp_path: Path
) -> None:
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf"), file(tmp_path, "签到表.jpg")])
    record(store, 4, "公安局", "检查", files=[file(tmp_path, "检查记录.docx")])
    out = tmp_path / "out"
    found = made(store, template, out)
    names = {path.relative_to(out).as_posix() for path in found.files}
    day = f"{evidence.today():%Y%m%d}"
    assert {name for name in names if "进展情况报告" not in name} == {
        "2024年第二季度 市级统计表.xlsx",
        "佐证材料/佐证材料目录.xlsx",
        f"佐证材料/2-1-财政局-培训通知-{day}.pdf",
        f"佐证材料/2-2-财政局-签到表-{day}.jpg",
        f"佐证材料/4-1-公安局-检查记录-{day}.docx",
        "上报清单.json",
        "校验清单.txt",
    }
    catalogue = openpyxl.load_workbook(out / "佐证材料" / "佐证材料目录.xlsx").active
    words = {str(cell.value) for row in catalogue.iter_rows() for cell in row if cell.value}
    assert {"2-1", "2-2", "4-1", "培训通知", "检查记录"} <= words
    checked = subprocess.run(["sha256sum", "-c", "校验清单.txt"], cwd=out, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert verify(out, Job()) == ()


def test_a_changed_or_lost_file_of_a_package_is_told(store: Store, template: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(store, template, out)
    (out / MANIFEST_NAME).write_text("{}", encoding="utf-8")
    (out / "2024年第二季度 市级统计表.xlsx").unlink()
    assert set(verify(out, Job())) == {"“上报清单.json”内容被改动过", "“2024年第二季度 市级统计表.xlsx”不见了"}


def test_one_file_that_proves_two_measures_goes_once(store: Store, template: Path, tmp_path: Path) -> None:
    notice = file(tmp_path, "通知.pdf")
    record(store, 2, "财政局", "甲", files=[notice])
    record(store, 4, "公安局", "乙", files=[notice])
    out = tmp_path / "out"
    found = made(store, template, out)
    assert len(list((out / "佐证材料").glob("*.pdf"))) == 1
    manifest = read_manifest((out / MANIFEST_NAME).read_bytes())
    (piece,) = manifest.evidence
    assert (piece.number, piece.measures, piece.units) == ("2-1", (2, 4), ("财政局", "公安局"))
    assert found.findings


def test_the_manifest_says_it_for_a_citys_program(store: Store, template: Path, tmp_path: Path) -> None:
    settings = ledger_settings.load(store)
    from dataclasses import replace

    ledger_settings.save(store, replace(settings, office="古县司法局"))
    record(store, 2, "财政局", "组织培训", done=date(2024, 6, 20))
    made(store, template, tmp_path / "out")
    manifest = read_manifest((tmp_path / "out" / MANIFEST_NAME).read_bytes())
    assert manifest.unit == "古县司法局"
    assert {"古县司法局", "古县"} <= set(manifest.names)
    assert (manifest.period_key, manifest.as_of, len(manifest.measures)) == (Q2, DAY, 38)
    said = manifest.measures[1]
    plan = overview(store, None, DAY).plan
    assert (said.number, said.text) == (2, plan.measures[1].text)
    assert (said.state, said.entry_state, said.progress) == ("推进中", "推进中", "财政局：组织培训。")
    assert [(one.unit, one.state, one.done_on) for one in said.units] == [("财政局", "已完成", date(2024, 6, 20))]
    assert manifest.figures["measures"]["total"] == 38
    listed = {path: digest for path, digest, _, _ in manifest.files}
    for path, digest in listed.items():
        assert hashlib.sha256((tmp_path / "out" / path).read_bytes()).hexdigest() == digest


def test_what_is_marked_secret_never_goes(store: Store, template: Path, tmp_path: Path) -> None:
    """By name, by title, by 文号, at the head of the first page; and words that carry a mark."""
    record(store, 2, "财政局", "正常", files=[file(tmp_path, "机密文件.pdf"), file(tmp_path, "商业秘密保护通知.pdf")])
    record(store, 4, "公安局", "见附件", files=[file(tmp_path, "通知.doc")])
    record(store, 5, "财政局", "秘密★1年 行动部署情况")
    (row,) = [one for one in evidence.evidence_rows(store, range(1, 9)) if one.title == "通知"]
    evidence.describe(
        store, row.id, title="通知", number="绝密〔2024〕1号", category="文件", proves_on=None, pages=None
    )
    pdf = _pdf(tmp_path / "专项方案.pdf", "秘密★1年", "专项行动方案")
    word = _word(tmp_path / "会议纪要.docx", "机密", "会议纪要")
    record(store, 6, "财政局", "有附件", files=[pdf, word])
    out = tmp_path / "out"
    found = made(store, template, out, packing=submit.Packing.FOLDER)
    names = " ".join(path.name for path in out.rglob("*"))
    assert "商业秘密保护通知" in names
    for word_ in ("机密文件", "-通知-", "专项方案", "会议纪要"):
        assert word_ not in names, word_
    everything = b"".join(_unpacked(path) for path in out.rglob("*") if path.is_file())
    assert "行动部署情况".encode() not in everything
    secret = [one for one in found.findings if one.check is Check.SECRET]
    assert len(secret) == 5
    assert all(one.severity is Severity.ERROR for one in secret)
    assert found.findings[: len(secret)] == tuple(secret)


def _unpacked(path: Path) -> bytes:
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".eml":
        mail = message_from_bytes(path.read_bytes(), policy=default)
        return b"".join(part.get_content().encode() for part in mail.walk() if part.get_content_type() == "text/plain")
    return path.read_bytes()


def _pdf(path: Path, *lines: str) -> Path:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path))
    page.setFont("STSong-Light", 14)
    for at, line in enumerate(lines):
        page.drawString(80, 780 - 40 * at, line)
    page.save()
    return path


def _word(path: Path, *lines: str) -> Path:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_the_check_before_says_what_a_superior_would_ask(store: Store, tmp_path: Path) -> None:
    """Done without evidence, dates after the day, figures not given, units without a return, not reviewed."""
    done = record(store, 2, "财政局", "完成", done=date(2024, 6, 1))
    late = record(store, 4, "公安局", "完成", done=date(2024, 7, 5))
    found = submit.submit_findings(store, None, Q2, DAY)
    by = {wanted: [one for one in found if one.check is wanted] for wanted in Check}
    assert [one.obligations for one in by[Check.NO_EVIDENCE]] == [(done,)]
    assert [one.obligations for one in by[Check.DATE]] == [(late,)]
    assert "2024-07-05" in by[Check.DATE][0].words
    assert {one.words.split("应报")[0] for one in by[Check.NOT_RETURNED]} > {"财政局", "公安局", "司法局"}
    assert "北平镇应报 28 项，全部未报" in [one.words for one in by[Check.NOT_RETURNED]]
    assert any(done in one.obligations for one in by[Check.NOT_REVIEWED])
    assert any("各乡镇" in one.words for one in by[Check.INCOMPLETE])
    reviewing.accept(store, [done], Q2)
    attach.add_evidence(store, late, Q2, [file(tmp_path, "证明.pdf")], Job())
    again = submit.submit_findings(store, None, Q2, date(2024, 7, 31))
    assert not [one for one in again if one.check is Check.DATE]


def test_figures_of_targets_that_nobody_gave_are_told(store: Store) -> None:
    from core.office import bundled
    from core.office.enter_plan import enter_plan
    from core.office.form_value import TargetValue

    with store.transaction() as db:
        enter_plan(db, "qinzhou", bundled.load("qinzhou"), bundled.load_units("qinzhou"))
    item = next(one for one in overview(store, "qinzhou", DAY).of_measure(4) if not one.is_group)
    progress.save(store, item.id, Q2, FormValue(EntryState.IN_PROGRESS, text="已组织"))
    found = submit.submit_findings(store, "qinzhou", Q2, DAY)
    (one,) = [one for one in found if one.check is Check.NO_FIGURE]
    assert (one.obligations, "20学时" in one.words) == ((item.id,), True)
    given = FormValue(
        EntryState.IN_PROGRESS, text="已组织", targets=(TargetValue(0, 24.0, ""), TargetValue(1, 48.0, ""))
    )
    progress.save(store, item.id, Q2, given)
    assert not [one for one in submit.submit_findings(store, "qinzhou", Q2, DAY) if one.check is Check.NO_FIGURE]


@pytest.mark.parametrize("text", ["县公安局：专项行动于五月展开，抽调民警三十名。", "一、总体情况", "秘密★1年"])
def test_a_report_that_repeats_marked_words_does_not_go(
    store: Store, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Whoever makes the report may not know of marks."""
    from core.office import reports
    from core.office.asked import Made

    def write(_fmt: str, target: Any, _job: Job) -> None:
        target.write(_word(tmp_path / "报告.docx", "进展情况报告", text).read_bytes())

    monkeypatch.setattr(reports, "progress_report", lambda *_: Made("进展情况报告", write))
    record(store, 2, "财政局", "专项行动于五月展开，抽调民警三十名。", problems="（机密）")
    found = made(store, template, tmp_path / "out")
    went = [path.name for path in found.files if path.suffix == ".docx"]
    assert went == (["进展情况报告.docx"] if "总体" in text else [])
    assert ("进展情况报告引用了带有密级字样的填报文字，没有放入" in of(found.findings, Check.SECRET)) is not bool(went)
    assert sheet_of(found)["F5"].value is None


def test_a_lost_file_is_told_and_the_package_made(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf")])
    (row,) = evidence.evidence_rows(store, [1])
    row.path.unlink()
    found = made(store, template, tmp_path / "out")
    assert of(found.findings, Check.LOST_FILE) == ["佐证材料“培训通知”不见了，没有放入"]


def test_the_mail_draft_holds_template_and_evidence(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf")])
    found = made(store, template, tmp_path / "out", to="shi@example.cn")
    (path,) = found.drafts
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", "shi@example.cn")
    assert "2024年第二季度" in mail["Subject"]
    parts = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert parts["2024年第二季度 市级统计表.xlsx"] == found.filled.read_bytes()
    with zipfile.ZipFile(io.BytesIO(parts["佐证材料.zip"])) as archive:
        assert any("培训通知" in name for name in archive.namelist())


def test_too_much_for_one_mail_is_dealt_out(store: Store, template: Path, tmp_path: Path) -> None:
    """Each part opens by itself and no mail is over the limit; what fits in none is told."""
    import os

    limit = 1 << 20
    big = [file(tmp_path, f"材料{at}.bin", os.urandom(300_000)) for at in range(6)]
    record(store, 2, "财政局", "组织培训", files=[*big, file(tmp_path, "录像.mp4", os.urandom(1_500_000))])
    found = made(store, template, tmp_path / "out", mail_limit=limit)
    assert len(found.parts) >= 3
    assert len(found.drafts) == len(found.parts) + 1
    assert all(path.stat().st_size <= limit for path in found.drafts)
    seen = set()
    for path in found.parts:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            seen |= set(archive.namelist())
    assert sum("材料" in name and name.endswith(".bin") for name in seen) == 6
    assert any("录像" in one and "U盘" in one for one in of(found.findings, Check.PACKAGE))
    assert any("录像" in path.name for path in found.files)


def test_as_one_zip(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf")])
    found = made(store, template, tmp_path / "out", packing=submit.Packing.ZIP, with_mail=False)
    (path,) = found.files
    assert path == found.filled
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert verify(folder, Job()) == ()


def test_what_was_sent_is_kept_as_it_was(store: Store, template: Path, tmp_path: Path, ledger: Path) -> None:
    """Also when the package is gone and the entries are others: opened anew, swept, checked."""
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf")])
    out = tmp_path / "out"
    found = made(store, template, out)
    original = {path.relative_to(out).as_posix(): path.read_bytes() for path in found.files}
    record(store, 2, "财政局", "改过的话")
    (row,) = submit.sent(store, None, Q2)
    assert (row.id, row.as_of, row.sent_on) == (found.id, DAY, None)
    store.close()
    with closing(files.open_ledger(ledger)) as again:
        (row,) = submit.sent(again, None)
        kept = {one.path: submit.kept_file(again, one).read_bytes() for one in row.files}
        assert kept == original
        assert check.check(again, Job()) == ()
        stick = tmp_path / "U盘"
        written = submit.put_on_stick(again, row.id, stick, Job())
        assert {path.relative_to(written).as_posix(): path.read_bytes() for path in written.rglob("*.*")} == original


def test_a_kept_file_that_was_changed_is_found(store: Store, template: Path, tmp_path: Path) -> None:
    made(store, template, tmp_path / "out")
    (row,) = submit.sent(store, None)
    submit.kept_file(store, row.files[0]).write_bytes(b"other")
    assert any("上报材料" in words for words in check.check(store, Job()))
    with pytest.raises(KnownError, match="改动过"):
        submit.put_on_stick(store, row.id, tmp_path / "U盘", Job())


def test_the_day_it_went_is_noted_and_can_be_taken_back(store: Store, template: Path, tmp_path: Path) -> None:
    key = made(store, template, tmp_path / "out").id
    submit.mark_sent(store, key, date(2024, 7, 2))
    assert submit.sent(store, None)[0].sent_on == date(2024, 7, 2)
    undo.undo(store)
    assert submit.sent(store, None)[0].sent_on is None
    with pytest.raises(NotFoundError):
        submit.mark_sent(store, 99, date(2024, 7, 2))


def test_made_again_what_others_changed_is_moved_aside(store: Store, template: Path, tmp_path: Path) -> None:
    """A file of ours is replaced or goes; one that a clerk has edited, or that was there before us, stays."""
    notice = file(tmp_path, "培训通知.pdf")
    key = record(store, 2, "财政局", "组织培训", files=[notice])
    out = tmp_path / "out"
    first = made(store, template, out)
    first.filled.write_bytes(b"edited by hand")
    (out / "别的.txt").write_text("mine", encoding="utf-8")
    attach.remove_evidence(store, key, Q2, 1)
    second = made(store, template, out)
    assert [path.read_bytes() for path in second.aside] == [b"edited by hand"]
    assert (out / "别的.txt").exists()
    assert not list((out / "佐证材料").glob("*.pdf"))
    assert verify(out, Job()) == ()


def test_further_files_go_along_but_no_ledger_and_nothing_secret(
    store: Store, template: Path, tmp_path: Path, ledger: Path
) -> None:
    extras = (file(tmp_path, "盖章扫描件.pdf"), file(tmp_path, "密件.pdf"), ledger)
    found = made(store, template, tmp_path / "out", extras=extras)
    assert [path.name for path in found.files if path.parent.name == "随附材料"] == ["盖章扫描件.pdf"]
    assert of(found.findings, Check.SECRET) == ["随附材料“密件.pdf”带有密级字样“密件”，没有放入"]


def test_a_template_nobody_understands_is_mapped_once(store: Store, tmp_path: Path) -> None:
    """Next period the same form, with another title, is read as it was mapped."""
    record(store, 2, "财政局", "组织培训")
    path = tmp_path / "怪表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["第二季度"])
    book.active.append(["甲", "乙", "丙", "丁"])
    book.save(path)
    with pytest.raises(InvalidError, match="没有认出"):
        made(store, path, tmp_path / "out")
    template = templates.open_template(store, path)
    fields = {"A": (TemplateField.SEQUENCE,), "B": (TemplateField.TEXT,), "D": (TemplateField.PROGRESS,)}
    mapping = TemplateMapping("Sheet", (2, 2), fields)
    with pytest.raises(InvalidError):
        templates.remember_mapping(store, template, TemplateMapping("Sheet", (2, 2), {"A": (TemplateField.TEXT,)}))
    templates.remember_mapping(store, template, mapping)
    book.active["A1"] = "第三季度"
    book.save(path)
    assert sheet_of(made(store, path, tmp_path / "out"))["D4"].value == "财政局（推进中）：组织培训。"
    assert store.db.execute("SELECT action FROM journal WHERE subject = '怪表.xlsx'").fetchone() == ("指定模板的列",)
    templates.forget_mapping(store, template)
    assert templates.mapping_of(store, template) is None


def test_the_template_itself_is_not_touched(store: Store, template: Path, tmp_path: Path) -> None:
    before = template.read_bytes()
    made(store, template, tmp_path / "out")
    assert template.read_bytes() == before


def test_a_template_that_lies_in_the_folder_itself_stays(store: Store, template: Path, tmp_path: Path) -> None:
    """Also one named after the period, and one that is the last package's own table."""
    named = tmp_path / "2024年第二季度统计表.xlsx"
    named.write_bytes(template.read_bytes())
    found = made(store, named, tmp_path)
    assert found.filled.name == "2024年第二季度统计表（已填）.xlsx"
    assert named.read_bytes() == template.read_bytes()
    before = found.filled.read_bytes()
    again = made(store, found.filled, tmp_path)
    assert found.filled.read_bytes() == before
    assert again.filled != found.filled


def test_cancelled_or_read_only_nothing_is_there(store: Store, template: Path, tmp_path: Path, ledger: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        submit.submit(store, None, Q2, template, tmp_path / "out", job)
    assert not (tmp_path / "out").exists()
    assert submit.sent(store, None) == ()
    with closing(files.open_ledger(ledger, read_only=True)) as reader, pytest.raises(LedgerFileError):
        submit.submit(reader, None, Q2, template, tmp_path / "out", Job())


def test_the_journal_says_what_was_made(store: Store, template: Path, tmp_path: Path) -> None:
    made(store, template, tmp_path / "out")
    action, after = store.db.execute("SELECT action, after FROM journal ORDER BY id DESC").fetchone()
    assert action == "生成上报材料"
    assert json.loads(after)["报送期"] == "2024年第二季度"


def test_as_of_is_the_end_of_the_period_unless_said(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "完成", done=date(2024, 7, 5))
    opened = submit.prepare(store, None, Q2, template, Job())
    assert opened.content.as_of == DAY
    later = submit.prepare(store, None, Q2, template, Job(), as_of=date(2024, 8, 1))
    assert [one.state for one in later.measures[:2]] == ["未启动", "推进中"]


def test_drafts_of_a_package_before_go(store: Store, template: Path, tmp_path: Path) -> None:
    """A second mail of then does not belong to the first of now; other files there stay."""
    import os

    big = [file(tmp_path, f"材料{at}.bin", os.urandom(400_000)) for at in range(3)]
    record(store, 2, "财政局", "组织培训", files=big)
    out = tmp_path / "out"
    assert len(made(store, template, out, mail_limit=1 << 20).drafts) > 1
    (out / "邮件草稿" / "备忘.txt").write_text("mine", encoding="utf-8")
    second = made(store, template, out)
    assert {path.name for path in (out / "邮件草稿").iterdir()} == {"上报邮件.eml", "佐证材料.zip", "备忘.txt"}
    assert len(second.drafts) == 1


def test_large_further_files_go_in_a_part_of_their_own(store: Store, template: Path, tmp_path: Path) -> None:
    import os

    scan = file(tmp_path, "盖章扫描件.pdf", os.urandom(740_000))
    found = made(store, template, tmp_path / "out", mail_limit=1 << 20, extras=(scan,))
    assert all(path.stat().st_size <= 1 << 20 for path in found.drafts)
    with zipfile.ZipFile(found.parts[0]) as archive:
        assert archive.namelist() == ["随附材料/盖章扫描件.pdf"]


def test_without_evidence_where_a_superior_wants_none(store: Store, template: Path, tmp_path: Path) -> None:
    record(store, 2, "财政局", "组织培训", files=[file(tmp_path, "培训通知.pdf")])
    out = tmp_path / "out"
    found = made(store, template, out, with_evidence=False)
    assert not (out / "佐证材料").exists()
    assert read_manifest((out / MANIFEST_NAME).read_bytes()).evidence == ()
    assert verify(out, Job()) == ()
    assert found.parts == ()


def test_the_evidence_column_names_the_numbers_of_the_package(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["序号", "具体措施", "工作进展", "佐证材料"])
    book.save(path)
    files_ = [file(tmp_path, "培训通知.pdf"), file(tmp_path, "机密方案.pdf")]
    record(store, 2, "财政局", "组织培训", files=files_)
    assert sheet_of(made(store, path, tmp_path / "out"))["D3"].value == "2-1 培训通知"
