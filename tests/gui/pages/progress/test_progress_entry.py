"""量化指标, 来源, 异议, several units at once, evidence that is there already, the list on paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Target
from core.office import attach, evidence_choice, files, forms, obligations, progress, reviewing
from core.office.form_value import FormValue, TargetValue
from gui.pages.progress.evidence_model import ALTERED, notes
from gui.pages.progress.many_dialog import ManyDialog
from gui.pages.progress.objection_dialog import AnswerDialog, RaiseDialog
from gui.pages.progress.obligation_list import BY_MEASURE
from gui.pages.progress.page import ProgressPage
from gui.pages.progress.reuse_dialog import ReuseDialog
from gui.pages.progress.target_rows import TargetRow, parse_figure
from gui.pages.progress.unit_checks import UnitChecks
from gui.pages.progress.versions_dialog import VersionsDialog
from gui.widgets.pill import PillKind
from tests.gui.pages.conftest import AS_OF, PERIOD

CTRL = Qt.KeyboardModifier.ControlModifier
RATE = Target("公开率100%", "行政执法决定公开率", "=", 100, "%")
TIMES = Target("每年至少1次", None, ">=", 1, "次", "每年")
WORDS = Target("实现全覆盖", "轮训", None, None, None)

# --- 量化指标 ------------------------------------------------------------------------------------------


@pytest.fixture
def with_targets(qtbot, context, tmp_path: Path):
    """A page on a plan whose one measure has three targets."""
    plan = {
        "format": "taizhang-plan/1",
        "document": {"title": "某县工作方案", "date": "2024-04-12", "columns": []},
        "sections": [],
        "tasks": [],
        "measures": [
            {
                "no": 1,
                "label": "1.",
                "section": None,
                "task": None,
                "text": "公开执法决定。",
                "lead": ["司法局"],
                "division_raw": "司法局",
                "deadline_raw": "2024年底前",
                "deadlines": [{"kind": "by", "date": "2024-12-31", "recur": None, "scope": None}],
                "targets": [
                    {name: getattr(target, name) for name in ("text", "metric", "op", "value", "unit", "period")}
                    for target in (RATE, TIMES, WORDS)
                ],
            }
        ],
        "problems": [],
    }
    file = tmp_path / "方案.json"
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    context.set_store(files.create_ledger(tmp_path / "指标.db", str(file)))
    context.set_scope(period_key=PERIOD)
    page = ProgressPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    yield page
    page.close()


def saved(page) -> FormValue:
    row = obligations.list_obligations(page.context.store, None, AS_OF, period=PERIOD)[0]
    return forms.form(page.context.store, row.id, PERIOD, AS_OF).value


def test_figures_are_saved_beside_what_is_required(qtbot, with_targets) -> None:
    """还差 4% beside 96, 已达到 beside 2; words where nothing can be counted; the state begins by itself."""
    rate, times, words = with_targets.form.fields.targets.rows
    qtbot.keyClicks(rate.field, "96")
    qtbot.keyClicks(times.field, "2")
    qtbot.keyClicks(words.field, "all")
    assert with_targets.flush()

    assert (rate.pill.text(), rate.pill.kind()) == ("还差 4%", PillKind.INCOMPLETE)
    assert (times.pill.text(), words.pill.text()) == ("已达到", "")
    value = saved(with_targets)
    assert value.targets == (TargetValue(0, 96.0), TargetValue(1, 2.0), TargetValue(2, None, "all"))
    assert EntryState.IN_PROGRESS is value.state


def test_letters_are_not_let_into_a_figure(qtbot, with_targets) -> None:
    rate = with_targets.form.fields.targets.rows[0]
    qtbot.keyClicks(rate.field, "x9a6%")

    assert rate.field.text() == "96%"
    assert rate.value() == TargetValue(0, 96.0)


def test_tab_goes_through_the_figures_in_their_order(qtbot, with_targets) -> None:
    """From the state to each figure, then to 工作进展."""
    fields = with_targets.form.fields
    fields.state.button(EntryState.IN_PROGRESS).click()
    fields.targets.rows[0].field.setFocus()
    order = []
    for _ in range(3):
        qtbot.keyClick(with_targets.focusWidget(), Qt.Key.Key_Tab)
        order.append(with_targets.focusWidget())

    assert order == [fields.targets.rows[1].field, fields.targets.rows[2].field, fields.text.edit]


def test_a_note_of_a_sheet_survives_a_new_figure(qtbot, dressed) -> None:
    """What a returned sheet said of a figure is kept while the figure is put right."""
    row = TargetRow(RATE, 0)
    qtbot.addWidget(row)
    row.set_value(TargetValue(0, 90.0, "缺一份"))
    row.field.setText("95")
    assert row.value() == TargetValue(0, 95.0, "缺一份")


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("96", 96.0), ("９６．５", 96.5), ("1,200", 1200.0), ("96%", 96.0), ("-3", -3.0)]
)
def test_figures_are_read_as_an_office_writes_them(text, value) -> None:
    assert parse_figure(text, "%") == value


@pytest.mark.parametrize("text", ["九十六", "1e9", "inf", "nan", "1.2.3", "--5"])
def test_what_is_no_figure_is_refused(text) -> None:
    with pytest.raises(ValueError, match="只填数字"):
        parse_figure(text, "%")


# --- 来源 ---------------------------------------------------------------------------------------------


def test_the_source_is_one_line_until_it_is_changed(qtbot, page, rows, read) -> None:
    """How, who, when; the day of receipt is noted by the ledger itself."""
    source = page.form.fields.source
    page.form.fields.text.add_text("电话报来。")
    page.flush()
    page.refresh()
    today = date.today().isoformat()
    assert source.words.text() == f"填报，{today} 收到"

    source.change.click()
    source.came_by.setCurrentIndex(source.came_by.findData("电话"))
    source.came_by.activated.emit(source.came_by.currentIndex())
    source.said_by.setText("王建平")
    source.said_by.textEdited.emit("王建平")
    source.received_on.setText("2025-1-6")
    source.received_on.textEdited.emit("2025-1-6")
    page.flush()

    value = read(rows[0]).value
    assert (value.came_by, value.said_by, value.received_on) == ("电话", "王建平", date(2025, 1, 6))
    page.list.step(1)
    page.list.step(-1)
    assert source.words.text() == "电话，王建平，2025-01-06 收到"
    assert not source.is_open


def test_noting_the_day_of_receipt_does_not_touch_the_text(qtbot, page) -> None:
    """A blank at the end of what is being typed stays where it is: the field is not filled anew after the save."""
    edit = page.form.fields.text.edit
    qtbot.keyClicks(edit, "abc ")
    page.saver.save_now()
    page.refresh()

    assert edit.toPlainText() == "abc "


def test_a_received_date_that_is_none_is_said(page, rows, read) -> None:
    """It is kept as a draft with its sentence."""
    page.form.fields.text.add_text("已报。")
    page.form.fields.source.received_on.setText("2025-13-1")
    page.form.fields.source.received_on.textEdited.emit("")
    page.flush()

    assert "收到日期：月份应为" in page.form.fields.state_note.text()
    assert read(rows[0]).value is None


# --- 异议 ---------------------------------------------------------------------------------------------


def test_an_objection_is_taken_down_shown_and_answered(page, rows, read, recorder) -> None:
    """Above the form until it is answered; 采纳 says what is to be done next."""
    page.form.head.objection.trigger()
    dialog = page.findChild(RaiseDialog)
    dialog.take()
    assert "请写明异议的内容" in dialog.note.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData("时限不合理"))
    dialog.text.add_text("年底集中换岗，申请顺延。")
    dialog.step.click()
    page.refresh()

    assert "异议（时限不合理" in page.form.notices.objection.text()
    assert page.form.head.objections.text() == "异议记录（1）"
    page.form.notices.objection.links["answer"].click()
    answer = page.findChild(AnswerDialog)
    answer.answer.add_text("同意顺延一个季度。")
    answer.step.click()

    assert read(rows[0]).objections[0].outcome == "采纳"
    assert "调整时限" in recorder.last.text
    assert page.form.notices.objection.text() == ""


# --- what the period asks for ----------------------------------------------------------------------------


def test_what_the_period_still_asks_for_is_said(page, context, rows) -> None:
    """Above the form, until it is there; not for a form that is empty."""
    from core.office import periods

    asks = ("工作进展", "存在问题", "佐证材料")
    first, last = date(2024, 10, 1), date(2024, 12, 31)
    title = "2024年第四季度"
    periods.save_period(
        context.store, context.plan_key, PERIOD, title=title, first_day=first, last_day=last, cut_off=last, asks=asks
    )
    page.show_obligation(rows[1].id)
    assert page.form.notices.asked.text() == ""
    page.form.fields.text.add_text("已部署。")
    page.flush()
    page.refresh()

    assert page.form.notices.asked.text() == "2024年第四季度还应填报：存在问题、佐证材料。"


# --- several units at once ------------------------------------------------------------------------------


@pytest.fixture
def many(qtbot, page, context, rows):
    """The dialog at measure 4: the first unit has an entry, the second one is 通过, all else is empty."""
    page.list.mode.button(BY_MEASURE).click()
    units = page.list.model.rows()
    for row in units[:2]:
        progress.save(context.store, row.id, PERIOD, FormValue(EntryState.IN_PROGRESS, text="原有"))
    context.announce(reviewing.accept(context.store, [units[1].id], PERIOD).changes)
    page.refresh()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.list.view, Qt.Key.Key_M, CTRL)
    return page.findChild(ManyDialog), units


def test_the_dialog_begins_with_those_that_said_nothing(many) -> None:
    """Collectives that are 待补全 are nobody to say something."""
    dialog, units = many
    empty = {row.id for row in units[2:] if not row.is_group}

    assert {row.id for row in dialog.list.units.chosen()} == empty
    assert not dialog.step.isEnabled()
    assert dialog.note.text() == "请选择状态，填写进展。"


def test_what_will_happen_is_told_and_then_happens(qtbot, many, page, read) -> None:
    """n 个单位填报, m 个跳过 with why; one 撤销 takes all back."""
    dialog, units = many
    dialog.links["全选"].click()
    dialog.fields.text.add_text("已参加县级集中轮训。")
    dialog.tell()
    assert f"将填报 {len(units) - 2} 个单位，确定后可以撤销；跳过 2 个" in dialog.effect.text()
    assert "已审核通过 1 个" in dialog.effect.text()
    dialog.step.click()
    qtbot.waitUntil(page.form.undo_bar.isVisible)

    assert read(units[0]).value.text == "原有"
    assert {read(row).value.text for row in units[2:]} == {"已参加县级集中轮训。"}
    page.form.undo_bar.undone.emit()
    assert {read(row).value for row in units[2:]} == {None}


def test_entries_are_written_over_only_where_it_is_said(qtbot, many, page, read) -> None:
    """What is 通过 never."""
    dialog, units = many
    dialog.links["全选"].click()
    dialog.overwrite.setChecked(True)
    dialog.fields.text.add_text("新的")
    dialog.take()
    qtbot.waitUntil(page.form.undo_bar.isVisible)

    assert [read(row).value.text for row in units[:3]] == ["新的", "原有", "新的"]


def test_units_are_chosen_by_collective_and_by_key(qtbot, many) -> None:
    dialog, _ = many
    dialog.links["全不选"].click()
    assert dialog.list.units.chosen() == ()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert len(dialog.list.units.chosen()) == 1
    names = [dialog.group.itemText(i) for i in range(dialog.group.count())]
    dialog.group.setCurrentIndex(names.index("各行政执法单位"))
    dialog.group.activated.emit(dialog.group.currentIndex())

    assert len(dialog.list.units.chosen()) > 10


def test_nothing_is_written_by_closing_the_dialog(many, read) -> None:
    dialog, units = many
    dialog.fields.text.add_text("不写")
    dialog.reject()

    assert {read(row).value for row in units[2:]} == {None}


def test_the_model_of_units_keeps_the_rules_of_models(qtmodeltester, dressed, rows) -> None:
    model = UnitChecks()
    model.reset_rows(rows)
    model.choose([rows[0].id])
    qtmodeltester.check(model)


# --- keys -------------------------------------------------------------------------------------------


def test_states_and_the_text_of_last_time_by_key(qtbot, page, context, rows, read) -> None:
    """Ctrl+2 is the second state, Ctrl+D takes the text of the last period over."""
    progress.save(context.store, rows[0].id, "2024Q3", FormValue(EntryState.IN_PROGRESS, text="上期文字"))
    page.show_obligation(rows[0].id)
    edit = page.form.fields.text.edit
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(edit, Qt.Key.Key_D, CTRL)
    page.flush()

    value = read(rows[0]).value
    assert (value.state, value.text) == (EntryState.IN_PROGRESS, "上期文字")


def test_ctrl_enter_at_the_last_row_says_so(qtbot, page, rows) -> None:
    """And saves what was typed all the same."""
    page.show_obligation(rows[-1].id)
    edit = page.form.fields.text.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "last")
    qtbot.keyClick(edit, Qt.Key.Key_Return, CTRL)
    qtbot.wait(10)

    assert "最后一项" in page.form.undo_bar.accessibleName()
    assert page.form.undo_bar.isVisible()
    assert not page.saver.is_dirty


def test_the_next_unit_by_key(qtbot, page, rows) -> None:
    """Ctrl+PgDn and back; the keyboard stays in its field."""
    edit = page.form.fields.text.edit
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_PageDown, CTRL)
    assert page.list.current().unit != rows[0].unit
    assert edit.hasFocus()
    qtbot.keyClick(edit, Qt.Key.Key_PageUp, CTRL)
    assert page.list.current().unit == rows[0].unit


# --- evidence ---------------------------------------------------------------------------------------


def test_evidence_that_is_there_is_used_again(qtbot, page, context, rows, read, picture, pdf) -> None:
    """Found by a word; what the form has already is not offered."""
    attach.add_evidence(context.store, rows[3].id, PERIOD, [picture, pdf], Job())
    page.evidence.reuse.click()
    dialog = page.findChild(ReuseDialog)
    assert dialog.model.rowCount() == 2
    dialog.search.setText("通知")
    dialog.search.textEdited.emit("通知")
    dialog.take()  # Enter before the list has followed the words chooses nothing yet
    assert dialog.isVisible()
    assert dialog.count.text() == "共 1 件"
    dialog.step.click()

    assert [row.title for row in read(rows[0]).evidence] == ["通知"]
    there = [row.id for row in read(rows[0]).evidence]
    assert [row.title for row in evidence_choice.choice(context.store, without=there).rows] == ["现场照片"]


def test_a_newer_version_takes_the_place(qtbot, page, context, rows, read, recorder, picture, pdf) -> None:
    """Older versions are listed, not offered for use."""
    attach.add_evidence(context.store, rows[0].id, PERIOD, [picture], Job())
    page.show_obligation(rows[1].id)
    page.show_obligation(rows[0].id)
    page.evidence.replacement_asked.emit(page.evidence.current())
    recorder.give(pdf)
    qtbot.waitUntil(lambda: read(rows[0]).evidence[0].replaces is not None)
    qtbot.waitUntil(lambda: "已替换为新版本" in page.evidence.note.text())

    assert [row.title for row in evidence_choice.choice(context.store).rows] == ["现场照片"]
    page.evidence.versions_asked.emit(read(rows[0]).evidence[0])
    assert page.findChild(VersionsDialog) is not None


def test_an_altered_file_is_said_in_words(page, context, rows, read, picture) -> None:
    attach.add_evidence(context.store, rows[0].id, PERIOD, [picture], Job())
    path = read(rows[0]).evidence[0].path
    path.chmod(0o644)
    path.write_bytes(b"x")

    assert notes(read(rows[0]).evidence[0])[1] == ALTERED


# --- on paper ---------------------------------------------------------------------------------------


def test_the_list_is_exported_as_it_is_filtered(qtbot, page, rows, recorder, tmp_path) -> None:
    """What the filter leaves out is not in the file."""
    from openpyxl import load_workbook

    page.title.export_asked.emit("xlsx")
    recorder.give(tmp_path / "清单.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "清单.xlsx").exists() and not page.context.jobs.is_busy)

    cells = [str(cell.value) for line in load_workbook(tmp_path / "清单.xlsx").active.rows for cell in line]
    assert any(f"共{len(rows)}个责任事项" in text for text in cells)
    assert any("财政局" in text for text in cells)
