"""The list, and the way through forty forms without the mouse."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from core.model.ledger import EntryState
from core.office import attach, files, forms, obligations, progress
from core.office.form_value import FormValue
from gui.pages.progress.obligation_list import BY_MEASURE
from gui.pages.progress.obligation_model import Naming, ObligationModel
from gui.pages.progress.page import ProgressPage
from tests.gui.pages.conftest import AS_OF, PERIOD


def test_the_model_keeps_the_rules_of_models(qtmodeltester, context, rows) -> None:
    model = ObligationModel()
    qtmodeltester.check(model)
    model.set_rows(rows, AS_OF)
    qtmodeltester.check(model)
    model.set_rows(rows[:3], AS_OF, Naming.UNIT)
    qtmodeltester.check(model)


def test_rows_that_changed_are_told_without_a_reset(qtbot, context, rows) -> None:
    """A write changes lights, not the order: the row one stands on stays."""
    model = ObligationModel()
    model.set_rows(rows, AS_OF)
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.set_rows(list(reversed(rows)), AS_OF)

    assert [row.id for row in rows] == [row.id for row in model.rows()]


def test_overdue_stands_first(page, rows) -> None:
    """The most urgent row is at the top, its pill says by how much."""
    assert rows[0].id == page.list.current().id
    assert "逾期 194 天" in page.list.model.data(page.list.model.index(0), Qt.ItemDataRole.AccessibleTextRole)


def test_counts_follow_what_is_filled(qtbot, page, rows) -> None:
    """本期应填 and 已填 speak of the unit in the list."""
    assert page.list.filled.text() == "已填 0"
    page.form.fields.text.add_text("已部署。")
    page.flush()

    qtbot.waitUntil(lambda: page.list.filled.text() == "已填 1")
    assert page.list.expected.text() == f"本期应填 {len(rows)} 项"


def test_what_was_done_before_is_not_asked_for(qtbot, page, context, rows) -> None:
    """Done in an earlier period: not 应填 in this one."""
    from datetime import date

    value = FormValue(EntryState.DONE, done_on=date(2024, 6, 1))
    context.announce(progress.save(context.store, rows[0].id, "2024Q2", value))

    qtbot.waitUntil(lambda: page.list.expected.text() == f"本期应填 {len(rows) - 1} 项")


def test_by_measure_the_same_obligation_stays(page, rows) -> None:
    """Seen from the other side: all units of the measure, the same one current."""
    page.list.mode.button(BY_MEASURE).click()

    assert rows[0].id == page.list.current().id
    assert len({row.measure_no for row in page.list.model.rows()}) == 1
    assert len(page.list.model.rows()) > 10


def test_the_whole_list_by_keyboard(qtbot, page, read) -> None:
    """All units of one measure: text, F8, text, F8 … the keyboard never leaves the field."""
    page.list.mode.button(BY_MEASURE).click()
    page.list.view.setCurrentIndex(page.list.model.index(0))
    units = page.list.model.rows()
    page.form.fields.text.setFocus()
    for number in range(len(units)):
        assert page.form.fields.text.edit.hasFocus()
        qtbot.keyClicks(page.form.fields.text.edit, f"no. {number}")
        qtbot.keyClick(page.form.fields.text.edit, Qt.Key.Key_F8)
    page.flush()

    assert [f"no. {number}" for number in range(len(units))] == [read(row).value.text for row in units]
    assert not page.title.next.isEnabled()


def test_f7_goes_back_and_stops_at_the_first(qtbot, page, rows) -> None:
    page.list.step(1)
    qtbot.keyClick(page.list.view, Qt.Key.Key_F7)
    qtbot.keyClick(page.list.view, Qt.Key.Key_F7)

    assert rows[0].id == page.list.current().id
    assert page.title.place.text() == f"第 1 项，共 {len(rows)} 项"


def test_tab_walks_the_form_in_its_order(qtbot, page) -> None:
    """State, text, problems, next steps: fields that cannot be used are passed over."""
    page.form.fields.first_field().setFocus()
    page.form.fields.state.button(EntryState.IN_PROGRESS).click()
    passed = []
    for _ in range(6):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        passed.append(page.form.fields.field_of(page.focusWidget()))

    assert [name for name in passed if name != "state"][:3] == ["text", "problems", "next_steps"]


def test_state_by_arrow_keys_saves_only_where_one_stops(qtbot, page, rows, read) -> None:
    """The keys walk over 推进中 and 已完成 on the way to 不涉及; none of these is written."""
    page.saver.set_pause(60_000)
    page.form.fields.state.button(EntryState.NOT_STARTED).setFocus()
    page.form.fields.state.button(EntryState.NOT_STARTED).click()
    for _ in range(3):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Right)

    assert EntryState.NOT_APPLICABLE is page.form.fields.state.value()
    assert read(rows[0]).value is None


@pytest.mark.parametrize("size", [(1190, 690), (790, 520)])
def test_nothing_is_cut_off_in_a_small_window(qtbot, page, size) -> None:
    """The foot of the form stays in sight; what is too wide can be scrolled to."""
    page.resize(*size)
    qtbot.wait(10)
    area, body = page.stack.currentWidget(), page.stack.currentWidget().widget()

    assert body.height() == area.viewport().height()
    assert body.width() >= body.minimumSizeHint().width()
    foot = page.form.foot
    assert page.rect().contains(foot.mapTo(page, foot.rect().bottomLeft()))
    assert page.form.fields.width() >= page.form.fields.minimumSizeHint().width()


def test_a_unit_is_found_by_the_search(page) -> None:
    """The window asks for a unit: its most urgent form opens."""
    page.show_unit("公安局")

    assert page.list.current().unit == "公安局"


def test_evidence_is_found_by_the_search(qtbot, page, context, rows, picture) -> None:
    """The window asks for a file: the form it proves opens, its card is chosen."""
    from core.job import Job

    added = attach.add_evidence(context.store, rows[3].id, PERIOD, [picture], Job())
    page.show_evidence(added.rows[0].id)

    assert rows[3].id == page.list.current().id
    assert page.evidence.current().id == added.rows[0].id


def test_without_a_plan_the_page_says_so(context, page, tmp_path) -> None:
    """An empty ledger shows what to do instead of empty fields."""
    context.set_store(files.create_ledger(tmp_path / "空.db", "blank"))

    assert page.no_plan.isVisible()
    assert page.flush()


def test_another_ledger_forgets_the_input_of_the_last(page, context, rows, ledger, tmp_path) -> None:
    """Nothing typed for one file ever reaches another."""
    page.form.fields.text.add_text("属于第一份台账")
    page.flush()
    context.set_store(files.create_ledger(tmp_path / "二.db"))
    page.flush()

    assert page.form.fields.text.text() == ""
    with closing(files.open_ledger(ledger, read_only=True)) as first:
        assert forms.form(first, rows[0].id, PERIOD, AS_OF).value.text == "属于第一份台账"


def _plan_of_two_parts(folder):
    deadline = {"kind": "by", "recur": None}
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
                "text": "开展专项监督。",
                "lead": ["司法局"],
                "division_raw": "司法局",
                "deadline_raw": "应急领域专项监督2024年底前完成，其余事项2025年底前完成",
                "deadlines": [
                    deadline | {"date": "2024-12-31", "scope": "应急领域专项监督"},
                    deadline | {"date": "2025-12-31", "scope": "其余事项"},
                ],
            }
        ],
        "problems": [],
    }
    file = folder / "方案.json"
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return file


def test_each_part_of_a_deadline_has_its_own_entry(qtbot, context, tmp_path) -> None:
    """Choosing another 时限项 shows what was said of that one; neither writes over the other."""
    context.set_store(files.create_ledger(tmp_path / "两项.db", str(_plan_of_two_parts(tmp_path))))
    context.set_scope(period_key=PERIOD)
    page = ProgressPage(context)
    qtbot.addWidget(page)
    page.show()
    fields = page.form.fields
    assert fields.part.isVisible()

    _choose_part(fields, "应急领域专项监督")
    fields.text.add_text("应急已办")
    _choose_part(fields, "其余事项")
    assert fields.text.text() == ""
    fields.text.add_text("其余在办")
    _choose_part(fields, "应急领域专项监督")

    assert fields.text.text() == "应急已办"
    assert page.flush()
    row = obligations.list_obligations(context.store, None, AS_OF, period=PERIOD)[0]
    texts = {
        part: forms.form(context.store, row.id, PERIOD, AS_OF, part=part).value.text
        for part in forms.form(context.store, row.id, PERIOD, AS_OF).parts
    }
    assert texts == {"应急领域专项监督": "应急已办", "其余事项": "其余在办"}


def _choose_part(fields, scope: str) -> None:
    fields.part.setCurrentIndex(fields.part.findData(scope))
    fields.part.activated.emit(fields.part.currentIndex())


def test_an_opened_form_has_the_keyboard_in_its_first_field(page, rows) -> None:
    """F2 in the table and a jump from the search begin at the state, not at a button above."""
    page.show_obligation(rows[1].id)

    assert page.form.fields.state.isAncestorOf(page.focusWidget())


def test_keys_work_wherever_the_keyboard_is(qtbot, page, rows) -> None:
    """F8 with the keyboard in the navigation beside the page; not while another page is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    beside = QLineEdit(window)
    page.setParent(window)
    window.show()
    page.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    beside.setFocus()

    qtbot.keyClick(beside, Qt.Key.Key_F8)
    assert rows[1].id == page.list.current().id

    page.hide()
    qtbot.keyClick(beside, Qt.Key.Key_F8)
    assert rows[1].id == page.list.current().id
    page.setParent(None)  # the fixture closes it


@pytest.mark.parametrize(
    ("key", "field"), [(Qt.Key.Key_2, "text"), (Qt.Key.Key_3, "done_on"), (Qt.Key.Key_4, "reason")]
)
def test_a_state_chosen_from_the_list_brings_the_keyboard_to_what_it_asks(qtbot, page, key, field) -> None:
    """Else the words typed next would go to the list."""
    page.window().activateWindow()
    page.list.view.setFocus()
    qtbot.waitUntil(page.list.view.hasFocus)
    qtbot.keyClick(page.list.view, key, Qt.KeyboardModifier.ControlModifier)

    assert page.form.fields.field_of(page.focusWidget()) == field


def test_a_state_chosen_in_the_text_asks_for_what_it_lacks_only(qtbot, page) -> None:
    """已完成 without its date goes there; with it the words go on."""
    page.window().activateWindow()
    fields = page.form.fields
    fields.text.edit.setFocus()
    qtbot.waitUntil(fields.text.edit.hasFocus)
    qtbot.keyClick(fields.text.edit, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert fields.field_of(page.focusWidget()) == "text"
    qtbot.keyClick(fields.text.edit, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert fields.field_of(page.focusWidget()) == "done_on"
    qtbot.keyClicks(fields.done_on, "2024-12-01")
    fields.text.edit.setFocus()
    qtbot.keyClick(fields.text.edit, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert fields.field_of(page.focusWidget()) == "text"


def test_a_date_that_is_not_asked_for_any_more_is_not_missing(qtbot, page) -> None:
    """已完成 without its date, then 未启动 after all."""
    fields = page.form.fields
    fields.state.choose(3)
    page.flush()
    assert "请填写完成日期" in fields.date_note.text()
    fields.state.choose(1)

    assert "完成日期" not in fields.date_note.text()


def test_the_reason_is_as_wide_as_the_texts(qtbot, page) -> None:
    """An empty sentence beside it takes no room; once it is said, the field gives way."""
    fields = page.form.fields
    fields.state.choose(4)
    qtbot.waitUntil(lambda: fields.reason.width() == fields.text.width())
    page.flush()

    assert fields.reason_note.isVisible()
    qtbot.waitUntil(lambda: fields.reason.width() < fields.text.width())
