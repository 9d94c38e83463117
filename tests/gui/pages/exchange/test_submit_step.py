"""Step 5: the superior's template, what is still wrong, the package, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from core.exchange.template_columns import TemplateField
from core.model.alignment import Decision
from core.model.ledger import EntryState
from core.office import aligning, bundled, progress, submit, undo
from core.office.form_value import FormValue
from gui.pages.exchange.mapping_dialog import MappingDialog
from gui.pages.exchange.sent_dialogs import FilesDialog, SentDialog
from gui.pages.exchange.step import PERIOD as PERIOD_STEP
from gui.pages.exchange.step import READ_ONLY, SUBMIT
from gui.pages.exchange.submission_lines import SENT
from tests.gui.pages.conftest import PERIOD, words

KEY = Qt.Key
HEADS = ("序号", "重点任务", "具体措施", "责任单位", "完成时限", "进展情况", "存在问题", "下一步打算")
ODD = ("甲", "乙", "丙", "丁")


@pytest.fixture
def idle(qtbot, context):
    """Wait until nothing runs any more."""

    def go() -> None:
        for _ in range(4):
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20000)

    return go


@pytest.fixture
def step(page, idle):
    page.show_step(SUBMIT)
    idle()
    return page.submit_step


@pytest.fixture
def template(tmp_path: Path):
    """A superior's workbook with a title, a header and nothing below it."""

    def make(heads: Sequence[str] = HEADS, name: str = "市局进展情况表.xlsx") -> Path:
        path = tmp_path / "上级" / name
        path.parent.mkdir(exist_ok=True)
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet["A1"] = "提升行政执法质量三年行动进展情况表"
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
        for column, head in enumerate(heads, start=1):
            sheet.cell(3, column).value = head
        book.save(path)
        return path

    return make


@pytest.fixture
def entry(context) -> int:
    """A record that goes up."""
    key = progress.find_obligation(context.store, None, 4, "财政局").id
    progress.save(context.store, key, PERIOD, FormValue(EntryState.IN_PROGRESS, text="检查12次"))
    return key


@pytest.fixture
def made(step, template, entry, idle, tmp_path, page):
    """A package has been made."""
    step.desk.use(template())
    step.side.use_folder(tmp_path / "U盘")
    idle()
    step.make.click()
    idle()
    return tmp_path / "U盘"


def test_without_a_template_the_reason_stands_beside_the_step(step):
    assert not step.make.isEnabled()
    assert step.why.text() == "请先选择上级的模板"


def test_what_was_found_leads_to_the_obligation(qtbot, page, entry, idle):
    page.show_step(SUBMIT)
    idle()
    findings = page.submit_step.findings.list
    found = findings.finding_model.lines
    assert any("未报" in one.words for one in found)
    row = next(at for at, one in enumerate(found) if one.obligations == (entry,))
    findings.setCurrentIndex(findings.finding_model.index(row))
    with qtbot.waitSignal(page.open_obligation) as asked:
        QTest.keyClick(findings, KEY.Key_Return)
    assert asked.args == [entry]


def test_several_obligations_are_offered_by_unit(step, context):
    finding = next(one for one in step.findings.list.finding_model.lines if len(one.obligations) > 20)
    menu = step.findings.menu_of(finding)
    texts = [action.text() for action in menu.actions()]
    assert len(texts) == 21
    assert texts[-1] == f"另有 {len(finding.obligations) - 20} 项"
    assert texts[0].startswith("（")


def test_a_template_says_how_much_of_it_was_recognised(step, template, recorder):
    step.side.choose.click()
    recorder.give(template((*HEADS, "领导批示")))
    assert step.side.template.text() == "市局进展情况表.xlsx"
    assert step.side.read.text() == "认出 8 列，1 列没有认出，不填写"
    assert step.make.isEnabled()


def test_a_file_that_is_no_template_is_told(step, tmp_path, recorder):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"not a workbook")
    step.desk.use(path)
    assert "坏.xlsx" in words(recorder.last)
    assert step.desk.template is None


def test_columns_that_nobody_recognises_are_said_by_hand_and_remembered(page, step, template, idle, context):
    path = template(ODD)
    step.desk.use(path)
    assert step.side.read.text() == "没有认出表头，请指定各列"
    assert step.why.text() == "请先指定模板的各列"

    step.side.columns.click()
    dialog = step.findChild(MappingDialog)
    assert not dialog.step.isEnabled()
    dialog.first.setValue(3)
    dialog.last.setValue(3)
    assert list(dialog.combos) == ["A", "B", "C", "D"]
    choose(dialog, "B", TemplateField.TEXT)
    assert dialog.note.text() == "没有一列是要填写的内容。"
    choose(dialog, "C", TemplateField.PROGRESS)
    assert dialog.note.text() == "将填写 1 列"
    dialog.take()
    idle()

    assert step.side.read.text() == "认出 2 列，2 列没有认出，不填写"
    assert step.make.isEnabled()
    step.desk.forget()
    step.desk.use(path)
    assert step.desk.is_usable


def test_one_meaning_for_two_columns_is_refused_in_the_dialog(step, template):
    step.desk.use(template())
    step.side.columns.click()
    dialog = step.findChild(MappingDialog)
    choose(dialog, "G", TemplateField.PROGRESS)
    assert not dialog.step.isEnabled()
    assert "两列" in dialog.note.text()


def test_a_package_is_made_and_kept(page, step, made, idle, context, entry):
    (filled,) = [path for path in made.iterdir() if path.suffix == ".xlsx"]
    cells = [str(cell.value) for row in openpyxl.load_workbook(filled).worksheets[0].iter_rows() for cell in row]
    assert any("检查12次" in text for text in cells)
    assert "已生成上报材料" in step.bar.accessibleName()
    (row,) = submit.sent(context.store, None, PERIOD)
    assert [line.row.id for line in step.sent.model.lines()] == [row.id]
    assert page.stepper.buttons[SUBMIT - 1].note() == "已生成 1 次"
    assert undo.undo_label(context.store).startswith("生成上报材料")


def test_the_options_are_kept_to(step, template, entry, idle, tmp_path):
    extra = tmp_path / "报告扫描件.pdf"
    extra.write_bytes(b"%PDF-1.4 x")
    step.desk.use(template())
    step.side.use_folder(tmp_path / "压缩")
    step.side.packing.button(1).setChecked(True)
    step.side.with_evidence.setChecked(False)
    step.side.with_mail.setChecked(False)
    step.side.use_extras([extra])
    assert not step.side.mail.isVisibleTo(step.side)
    step.generate()
    idle()

    assert [path.suffix for path in (tmp_path / "压缩").iterdir()] == [".zip"]
    files = [file.name for file in step.sent.model.lines()[0].row.files]
    assert extra.name in files
    step.side.drop_extras.click()
    assert step.side.extras == ()


def test_a_template_that_went_away_is_told_and_nothing_is_made(step, template, idle, recorder, tmp_path, context):
    path = template()
    step.desk.use(path)
    idle()
    path.unlink()
    step.side.use_folder(tmp_path / "材料")
    step.generate()
    idle()

    assert "没有生成上报材料" in words(recorder.last)
    assert step.make.isVisibleTo(step)
    assert not submit.sent(context.store, None, PERIOD)


def test_the_day_it_went_is_registered(page, step, made, idle, context):
    line = step.sent.model.lines()[0]
    step.sent.table.pressed_link.emit(line, SENT)
    dialog = step.findChild(SentDialog)
    dialog.day.set_value(date(2025, 1, 9))
    dialog.take()
    idle()

    assert submit.sent(context.store, None, PERIOD)[0].sent_on == date(2025, 1, 9)
    assert page.stepper.buttons[SUBMIT - 1].note() == "01-09 上报"


def test_what_was_sent_can_be_put_on_a_stick_again(step, made, idle, recorder, tmp_path):
    dialog = step.sent.show_files(step.sent.model.lines()[0])
    assert isinstance(dialog, FilesDialog)
    assert dialog.links
    dialog.take()
    stick = tmp_path / "另一个U盘"
    stick.mkdir()
    recorder.give(stick)
    idle()

    (folder,) = stick.iterdir()
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(dialog.links)


def test_a_ledger_that_is_only_read_is_checked_and_makes_nothing(page, step, template, context, idle):
    from core.office import files

    path = context.store.path
    context.store.close()
    context._store = None
    context.set_store(files.open_ledger(path, read_only=True))
    context.set_scope(period_key=PERIOD)
    page.show_step(SUBMIT)
    idle()
    step.desk.use(template())
    idle()

    assert not step.make.isEnabled()
    assert step.why.text() == READ_ONLY
    assert step.findings.list.finding_model.rowCount(QModelIndex())


def test_without_a_period_the_step_says_what_to_do(qtbot, step, context):
    context.period_key = None
    step.reload()
    assert step.stack.currentIndex() == 1
    with qtbot.waitSignal(step.go) as went:
        step.empty.buttons[0].click()
    assert went.args == [PERIOD_STEP]


def test_the_models_keep_qt_s_rules(step, made, idle):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    models = (step.findings.list.finding_model, step.sent.model)
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    step.reload()
    idle()
    assert all(tester.model().rowCount(QModelIndex()) for tester in testers)


def test_nothing_scrolls_sideways_on_a_small_screen(page, step, made, idle):
    for width, height in ((1206, 684), (933, 530)):
        page.resize(width, height)
        QApplication.processEvents()
        assert page.width() == width
        assert step.findings.list.horizontalScrollBar().maximum() == 0
        assert step.sent.table.horizontalScrollBar().maximum() == 0
        assert step.make.mapTo(page, QPoint(0, step.make.height())).y() <= height


def choose(dialog: MappingDialog, letter: str, field: TemplateField) -> None:
    combo = dialog.combos[letter]
    combo.setCurrentIndex(combo.findText(field.value))


def test_a_template_of_the_superiors_measures_is_filled_under_its_numbers(
    step, template, entry, idle, tmp_path, context
) -> None:
    """Whose measures are listed is asked once something was decided of 对照上级."""
    assert not step.side.ordering.isVisibleTo(step)
    aligning.decide(context.store, "dingxi", [(5, 4)], Decision.ACCEPTED)
    step.reload()
    idle()
    assert step.side.ordering.isVisibleTo(step)
    step.side.order.setCurrentIndex(step.side.order.findData("dingxi"))
    step.side.order.activated.emit(1)
    step.desk.use(template())
    idle()
    step.side.use_folder(tmp_path / "上级编号")
    step.generate()
    idle()

    sheet = openpyxl.load_workbook(step._made.filled).worksheets[0]
    cells = {sheet.cell(row, 3).value: sheet.cell(row, 6).value for row in range(4, 4 + 71)}
    text = bundled.load("dingxi").measures[4].text
    assert cells[text] == "财政局（推进中）：检查12次。"
    assert sum(value is not None for value in cells.values()) == 1
