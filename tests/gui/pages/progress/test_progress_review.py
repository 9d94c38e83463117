"""审核 on the page: 通过, 退回, what was 通过 is not changed in silence, several at once, what waits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from core.model.ledger import EntryState, Review
from core.office import files, progress, reviewing
from core.office.form_value import FormValue
from gui.pages.progress.list_filter import ListFilter
from gui.pages.progress.many_dialog import ManyDialog
from gui.pages.progress.return_dialog import ReturnDialog
from tests.gui.pages.conftest import PERIOD, words

BEGUN = FormValue(EntryState.IN_PROGRESS, text="已部署。")
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def filled(page, context, rows):
    """The first six rows have an entry; the first one is open."""
    for row in rows[:6]:
        context.announce(progress.save(context.store, row.id, PERIOD, BEGUN))
    page.show_obligation(rows[0].id)
    page.refresh()
    return page


def pick(page, *numbers: int) -> None:
    for number in numbers:
        index = page.list.model.index(number)
        page.list.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def test_accepting_goes_on_to_the_next_that_waits(qtbot, filled, rows, read) -> None:
    """F9 again and again; the row that is 退回 is passed over, at the last one it is said."""
    reviewing.send_back(filled.context.store, [rows[1].id], PERIOD, "缺签到表")
    filled.refresh()
    qtbot.keyClick(filled.list.view, Qt.Key.Key_F9)

    assert read(rows[0]).review is Review.ACCEPTED
    assert filled.list.current().id == rows[2].id
    for _ in range(4):
        qtbot.keyClick(filled.list.view, Qt.Key.Key_F9)
    assert [read(row).review for row in rows[2:6]] == [Review.ACCEPTED] * 4
    assert "没有待审的了" in filled.form.undo_bar.accessibleName()
    assert filled.list.pending.text() == "待审 0"


def test_accepting_by_its_button_keeps_the_keyboard_on_it(qtbot, filled, rows, read) -> None:
    """通过 is grey while what was accepted is still shown: Qt would hand the keyboard out of the form."""
    accept = filled.form.foot.accept
    accept.setFocus()
    for row in rows[:3]:
        assert accept.hasFocus()
        qtbot.keyClick(accept, Qt.Key.Key_Space)
        assert read(row).review is Review.ACCEPTED
    assert accept.hasFocus()
    assert filled.list.current().id == rows[3].id


def test_what_was_typed_is_reviewed_with_the_rest(filled, rows, read) -> None:
    """Text that is not saved yet goes to the file before it is 通过."""
    filled.saver.set_pause(60_000)
    filled.form.fields.text.add_text("又补充一句。")
    filled.form.foot.accept.click()

    form = read(rows[0])
    assert (form.value.text, form.review) == ("已部署。\n又补充一句。", Review.ACCEPTED)


def test_an_empty_form_cannot_be_reviewed_and_says_why(filled, rows) -> None:
    filled.show_obligation(rows[8].id)

    assert not filled.form.foot.accept.isEnabled()
    assert not filled.form.foot.back.isEnabled()
    assert "不能审核" in filled.form.foot.accept.toolTip()


def test_returning_asks_for_the_reason_and_shows_it_above_the_form(qtbot, filled, rows, read) -> None:
    """The reasons used last are offered by key; without one 退回 cannot be pressed."""
    reviewing.send_back(filled.context.store, [rows[5].id], PERIOD, "缺会议纪要。")
    qtbot.keyClick(filled.list.view, Qt.Key.Key_F9, SHIFT)
    dialog = filled.findChild(ReturnDialog)
    assert not dialog.step.isEnabled()
    assert "缺会议纪要" in dialog.offers[0].text()

    dialog.offers[0].click()
    dialog.step.click()
    assert (read(rows[0]).review, read(rows[0]).review_reason) == (Review.RETURNED, "缺会议纪要。")

    filled.show_obligation(rows[0].id)
    assert filled.form.head.review.text() == "退回"
    assert filled.form.notices.review.text().startswith("退回：缺会议纪要。")


def test_the_corrected_entry_waits_again_and_keeps_the_reason_in_sight(filled, rows, read) -> None:
    reviewing.send_back(filled.context.store, [rows[0].id], PERIOD, "缺签到表")
    filled.refresh()
    filled.form.fields.text.add_text("已补签到表。")
    filled.flush()
    filled.refresh()

    assert read(rows[0]).review is Review.PENDING
    assert filled.form.head.review.text() == "待审"
    assert "上次退回：缺签到表" in filled.form.notices.review.text()


def test_what_was_accepted_asks_before_the_first_change(qtbot, filled, rows, read, recorder) -> None:
    """A letter typed asks; 不修改 is the harmless answer, 修改 lets it be changed, and it waits for review again."""
    filled.form.foot.accept.click()
    filled.show_obligation(rows[0].id)
    edit = filled.form.fields.text.edit
    assert edit.isReadOnly()

    qtbot.keyClick(edit, Qt.Key.Key_A)
    assert "修改后需要重新审核" in words(recorder.last)
    assert [a.text for a in recorder.last.actions if a.is_escape] == ["不修改"]
    recorder.press("不修改")
    assert edit.isReadOnly()
    assert edit.toPlainText() == "已部署。"

    qtbot.keyClick(edit, Qt.Key.Key_F2)
    recorder.press("修改")
    filled.form.fields.text.add_text("更正。")
    filled.flush()
    assert (read(rows[0]).value.text, read(rows[0]).review) == ("已部署。\n更正。", Review.PENDING)


def test_the_keyboard_reaches_an_accepted_form(qtbot, filled, rows) -> None:
    """F6 from the list: its text takes the keyboard, though it can only be read."""
    reviewing.accept(filled.context.store, [rows[0].id], PERIOD)
    filled.refresh()
    filled.list.view.setFocus()
    qtbot.keyClick(filled.list.view, Qt.Key.Key_F6)

    assert filled.form.fields.text.edit.hasFocus()


def test_a_review_can_be_taken_back(filled, rows, read) -> None:
    """By 撤销 of the bar, and later by 撤回审核结果."""
    filled.form.foot.accept.click()
    filled.form.undo_bar.undone.emit()
    assert read(rows[0]).review is Review.PENDING

    reviewing.accept(filled.context.store, [rows[0].id], PERIOD)
    filled.show_obligation(rows[0].id)
    filled.refresh()
    filled.form.head.reopen.trigger()
    assert read(rows[0]).review is Review.PENDING


def test_the_bar_takes_back_only_what_it_speaks_of(filled, context, rows) -> None:
    """Something else was done since: 撤销 of the bar would take that back, so the bar goes."""
    filled.form.foot.accept.click()
    assert filled.form.undo_bar.isVisible()
    context.announce(progress.save(context.store, rows[7].id, PERIOD, BEGUN))
    filled.refresh()

    assert not filled.form.undo_bar.isVisible()


def test_several_rows_are_accepted_after_a_question_that_says_how_many(qtbot, filled, rows, read, recorder) -> None:
    """What has no entry, and what is 通过 already, is told and left alone."""
    reviewing.accept(filled.context.store, [rows[1].id], PERIOD)
    filled.refresh()
    pick(filled, 1, 2, 3, 9)
    assert filled.list.picked_strip.count.text() == "已选 5 项"

    filled.list.picked_strip.accept.click()
    assert recorder.last.headline == "通过所选的 3 项填报？"
    assert "1 项已通过，1 项本期没有填报" in recorder.last.text
    assert read(rows[2]).review is Review.PENDING

    recorder.press("通过 3 项")
    qtbot.waitUntil(lambda: filled.form.undo_bar.accessibleName() == "已通过 3 项")
    assert [read(row).review for row in rows[:4]] == [Review.ACCEPTED] * 4
    assert read(rows[9]).value is None


def test_several_rows_are_returned_with_one_reason(qtbot, filled, rows, read) -> None:
    pick(filled, 1, 2)
    filled.list.picked_strip.back.click()
    dialog = filled.findChild(ReturnDialog)
    dialog.reason.add_text("请补充佐证材料。")
    dialog.step.click()

    qtbot.waitUntil(lambda: filled.form.undo_bar.accessibleName() == "已退回 3 项")
    assert {read(row).review_reason for row in rows[:3]} == {"请补充佐证材料。"}


def test_rows_are_picked_by_keyboard(qtbot, filled) -> None:
    """Ctrl with the arrows walks, Space picks and lets go; a plain arrow starts anew."""
    view = filled.list.view
    view.setFocus()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, CTRL)
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(filled.list.picked()) == 3
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(filled.list.picked()) == 2
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert len(filled.list.picked()) == 1
    assert not filled.list.picked_strip.isVisible()


def test_picked_rows_are_copied_as_cells(qtbot, filled) -> None:
    """As WPS and Excel take them: unit, measure, date, state in columns of their own."""
    view = filled.list.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)

    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["单位", "措施", "到期日", "状态", "提醒", "审核"]
    assert [line[0] for line in lines[1:]] == [row.unit for row in filled.list.picked()]
    assert len(lines) == 3


def test_saving_with_ctrl_enter_picks_nothing(qtbot, filled, rows) -> None:
    """The keys that are down do not reach the list: one row is chosen, the next one."""
    filled.form.fields.text.setFocus()
    qtbot.keyClick(filled.form.fields.text.edit, Qt.Key.Key_Return, CTRL)

    assert filled.list.current().id == rows[1].id
    assert [row.id for row in filled.list.picked()] == [rows[1].id]


def test_what_waits_is_listed_over_all_units(page, context, rows) -> None:
    """首页 asks for it: the list leaves all else out, and names unit and measure."""
    other = next(row for row in page.list.rows() if row.unit != rows[0].unit)
    for row in (rows[0], other):
        progress.save(context.store, row.id, PERIOD, BEGUN)
    context.announce(reviewing.accept(context.store, [], PERIOD).changes)
    page.show_pending()

    assert {row.id for row in page.list.model.rows()} == {rows[0].id, other.id}
    assert page.list.group.currentText() == "全部单位"
    shown = [page.list.model.data(page.list.model.index(i)) for i in range(2)]
    assert any(text.startswith(other.unit) for text in shown)


def test_what_waits_in_another_period_is_found(page, context, rows) -> None:
    """Nothing waits in the period in force: the page goes to the one that has it."""
    progress.save(context.store, rows[0].id, "2024Q3", BEGUN)
    page.show_pending()

    assert context.period_key == "2024Q3"
    assert page.list.current().id == rows[0].id


def test_a_unit_is_shown_whatever_was_listed_before(page) -> None:
    """After 待审 over all units, a unit from 首页 or the search brings its own list."""
    page.show_pending()
    page.show_unit("公安局")

    assert {row.unit for row in page.list.model.rows()} == {"公安局"}
    assert page.list.group.currentText() == "公安局"
    assert page.list.filter.currentText().startswith("全部")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(ListFilter.PENDING, 4), (ListFilter.RETURNED, 1), (ListFilter.UNFILLED, -6), (ListFilter.ALL, 0)],
)
def test_filters_say_their_numbers_and_keep_to_them(filled, rows, chosen, expected) -> None:
    reviewing.accept(filled.context.store, [rows[0].id], PERIOD)
    reviewing.send_back(filled.context.store, [rows[1].id], PERIOD, "缺签到表")
    filled.refresh()
    index = list(ListFilter).index(chosen)
    filled.list.filter.setCurrentIndex(index)
    number = expected if expected > 0 else len(rows) + expected

    assert filled.list.model.rowCount() == number
    assert filled.list.filter.itemText(index) == f"{chosen.value} {number}"


def test_a_row_stays_in_its_filter_while_one_walks(qtbot, filled) -> None:
    """What was just 通过 can be gone back to with F7; choosing the filter again leaves it out."""
    filled.list.filter.setCurrentIndex(list(ListFilter).index(ListFilter.PENDING))
    qtbot.keyClick(filled.list.view, Qt.Key.Key_F9)

    assert filled.list.model.rowCount() == 6
    assert filled.list.filter.currentText() == "待审 5"
    filled.list.filter.setCurrentIndex(0)
    filled.list.filter.setCurrentIndex(list(ListFilter).index(ListFilter.PENDING))
    assert filled.list.model.rowCount() == 5


def test_an_empty_filter_says_so(page) -> None:
    """No row, no form; several units can be filled in all the same."""
    page.list.filter.setCurrentIndex(list(ListFilter).index(ListFilter.RETURNED))

    assert page.list.current() is None
    assert not page.form.isVisible()
    page.title.many.click()
    assert page.findChild(ManyDialog) is not None


def test_a_read_only_ledger_reviews_nothing(filled, context, rows, recorder) -> None:
    context.set_store(files.open_ledger(context.store.path, read_only=True))
    filled.show_obligation(rows[0].id)
    pick(filled, 1, 2)

    assert not filled.form.foot.accept.isVisible()
    assert not filled.list.picked_strip.accept.isEnabled()
    assert not filled.title.many.isEnabled()
    filled.review.on_accept_key()
    assert recorder.messages == []
