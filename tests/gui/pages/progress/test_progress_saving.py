"""Saving as one goes: what is typed reaches the file, or stays in the window with the reason beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from PySide6.QtCore import Qt

from core.errors import LedgerFileError
from core.model.ledger import EntryState
from core.office import files, progress
from core.office.form_value import FormValue
from gui.pages.progress.saver import Saving
from tests.gui.pages.conftest import AS_OF, PERIOD

TEXT = "已组织培训两次。"


def fields(page):
    return page.form.fields


def choose(page, state: EntryState) -> None:
    """Press a state as the mouse does."""
    fields(page).state.button(state).click()


def test_an_untouched_form_writes_nothing(page, rows, read) -> None:
    """Opening and leaving a form makes no entry."""
    page.list.step(1)

    assert page.flush()
    assert read(rows[0]).value is None


def test_typing_is_saved_after_a_pause(qtbot, page, rows, read) -> None:
    """Nothing has to be pressed; the foot says that and when it was saved."""
    choose(page, EntryState.IN_PROGRESS)
    qtbot.keyClicks(fields(page).text.edit, "abc")
    qtbot.waitUntil(lambda: page.saver.standing.saving is Saving.SAVED)

    value = read(rows[0]).value
    assert (value.state, value.text) == (EntryState.IN_PROGRESS, "abc")
    assert page.form.foot.note.text().startswith("已自动保存 ")


def test_first_words_of_an_empty_form_mean_in_progress(page, rows, read) -> None:
    """A text typed before any state is chosen is 推进中, visibly."""
    fields(page).text.add_text(TEXT)
    page.flush()

    assert EntryState.IN_PROGRESS is fields(page).state.value()
    assert EntryState.IN_PROGRESS is read(rows[0]).value.state


def test_chosen_state_stays_when_words_are_typed(page, rows, read) -> None:
    """Who chose 未启动 and writes why keeps 未启动."""
    choose(page, EntryState.NOT_STARTED)
    fields(page).text.add_text("等待上级部署。")
    page.flush()

    assert EntryState.NOT_STARTED is read(rows[0]).value.state


def test_leaving_a_row_saves_it(page, rows, read) -> None:
    """The next row shows an empty form; coming back shows what was typed."""
    fields(page).text.add_text(TEXT)
    page.list.step(1)

    assert read(rows[0]).value.text == TEXT
    assert fields(page).text.text() == ""

    page.list.step(-1)
    assert fields(page).text.text() == TEXT


def test_hiding_the_page_saves(page, rows, read) -> None:
    """Another page comes: the input goes to the file."""
    fields(page).text.add_text(TEXT)
    page.hide()

    assert read(rows[0]).value.text == TEXT


def test_another_period_saves_to_the_one_typed_for(page, context, rows, read) -> None:
    """The input belongs to the period it was typed in."""
    fields(page).text.add_text(TEXT)
    context.set_scope(period_key="2024Q3")

    assert read(rows[0]).value.text == TEXT
    assert read(rows[0], period="2024Q3").value is None
    assert fields(page).text.text() == ""


def test_done_without_a_date_is_a_draft_with_a_sentence(page, rows, read) -> None:
    """Unfinished input is kept, is no entry, and comes back as it was."""
    choose(page, EntryState.DONE)
    fields(page).text.add_text(TEXT)

    assert page.flush()
    assert "请填写完成日期" in fields(page).date_note.text()
    assert read(rows[0]).value is None
    assert EntryState.DONE is read(rows[0]).draft.state

    page.list.step(1)
    assert "草稿" in page.list.model.data(page.list.model.index(0), Qt.ItemDataRole.AccessibleTextRole)

    page.list.step(-1)
    assert EntryState.DONE is fields(page).state.value()
    assert fields(page).text.text() == TEXT
    assert "请填写完成日期" in fields(page).date_note.text()


def test_the_draft_becomes_an_entry_when_the_date_is_there(page, rows, read) -> None:
    """The sentence goes, the draft too."""
    choose(page, EntryState.DONE)
    page.flush()
    fields(page).done_on.setFocus()
    fields(page).done_on.setText("2024.11.2")
    fields(page).done_on.commit()
    page.flush()

    assert date(2024, 11, 2) == read(rows[0]).value.done_on
    assert read(rows[0]).draft is None
    assert "到期日" in fields(page).date_note.text()


def test_a_date_that_is_none_is_said_and_kept(qtbot, page) -> None:
    """2024.13.5 stays in the field with its sentence, also after a look at another row."""
    choose(page, EntryState.DONE)
    fields(page).done_on.setFocus()
    qtbot.keyClicks(fields(page).done_on, "2024.13.5")
    page.flush()

    assert "月份应为 1—12" in fields(page).date_note.text()

    page.list.step(1)
    page.list.step(-1)
    assert fields(page).done_on.text() == "2024.13.5"
    assert "月份应为 1—12" in fields(page).date_note.text()


def test_not_applicable_needs_its_reason(page, rows, read) -> None:
    """The reason field appears, with its sentence until it is filled."""
    assert not fields(page).reason.isVisible()

    choose(page, EntryState.NOT_APPLICABLE)
    page.flush()

    assert fields(page).reason.isVisible()
    assert "理由" in fields(page).reason_note.text()

    fields(page).reason.setText("本单位没有执法权。")
    fields(page).reason.textEdited.emit("本单位没有执法权。")
    page.flush()
    assert read(rows[0]).value.reason == "本单位没有执法权。"


def test_a_locked_file_keeps_the_input(page, context, rows, read) -> None:
    """Neither entry nor draft can be written: the window keeps it, says so, and saves when it can."""
    context.store.db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(context.store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        fields(page).text.add_text(TEXT)

        assert not page.flush()
        assert "没有保存" in page.form.foot.note.text()
        assert "填写的内容还在这里" in page.form.foot.note.text()
        assert page.form.foot.retry.isVisible()
        other.rollback()

    page.form.foot.retry.click()
    assert read(rows[0]).value.text == TEXT
    assert "已自动保存" in page.form.foot.note.text()


def test_input_that_could_not_be_saved_survives_a_walk(page, context, rows, read, monkeypatch) -> None:
    """Its row is marked, it stands there when one comes back, and flush tells that it is not safe."""

    def refuse(*_args: object, **_more: object) -> None:
        raise LedgerFileError("磁盘空间已满，没有保存。", hint="请腾出空间后再保存，已填内容仍在。")

    with monkeypatch.context() as full:
        full.setattr(progress, "save", refuse)
        fields(page).text.add_text(TEXT)
        page.list.step(1)

        assert fields(page).text.text() == ""
        assert page.list.model.data(page.list.model.index(0), Qt.ItemDataRole.AccessibleTextRole).endswith("未保存")
        assert not page.flush()
        assert page.form.foot.note.text().startswith("（4）财政局（2024年第四季度）：")
        page.list.step(-1)
        assert fields(page).text.text() == TEXT

    assert page.flush()
    assert read(rows[0]).value.text == TEXT


def test_input_held_elsewhere_is_saved_with_the_next_flush(page, rows, read, monkeypatch) -> None:
    """Also when the form it belongs to is no longer open."""

    def refuse(*_args: object, **_more: object) -> None:
        raise LedgerFileError("磁盘空间已满，没有保存。")

    with monkeypatch.context() as full:
        full.setattr(progress, "save", refuse)
        fields(page).text.add_text(TEXT)
        page.list.step(1)
        assert not page.flush()

    page.form.foot.retry.click()
    assert page.form.foot.note.text() == "本期尚未填报"
    assert read(rows[0]).value.text == TEXT


def test_ctrl_s_saves_at_once(qtbot, page, rows, read) -> None:
    """Without waiting for the pause."""
    page.saver.set_pause(60_000)
    choose(page, EntryState.IN_PROGRESS)
    fields(page).text.setFocus()
    qtbot.keyClick(fields(page).text.edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert EntryState.IN_PROGRESS is read(rows[0]).value.state


def test_undo_goes_back_to_what_was_saved_before(page, rows, read, context) -> None:
    """撤销 shows and saves the value before the last save."""
    progress.save(context.store, rows[0].id, PERIOD, FormValue(EntryState.IN_PROGRESS, text="甲"))
    page.show_obligation(rows[0].id)
    fields(page).text.set_text("")
    fields(page).text.add_text("乙")
    page.flush()
    assert page.form.foot.undo.isEnabled()

    page.form.foot.undo.click()

    assert fields(page).text.text() == "甲"
    assert read(rows[0]).value.text == "甲"
    assert page.form.undo_bar.isVisible()

    page.form.undo_bar.undone.emit()
    assert fields(page).text.text() == "乙"


def test_a_read_only_file_says_why(qtbot, context, page, rows) -> None:
    """Fields cannot be changed, the reason stands in words."""
    path = context.store.path
    context.set_store(files.open_ledger(path, read_only=True))

    assert not fields(page).state.isEnabled()
    assert fields(page).text.edit.isReadOnly()
    assert "只读" in page.form.foot.note.text()
    assert not page.evidence.zone.choose.isEnabled()
    assert page.flush()


def test_an_entry_made_elsewhere_is_shown(page, context, rows, qtbot) -> None:
    """Another page writes: the open form follows when nothing is typed into it."""
    context.announce(progress.save(context.store, rows[0].id, PERIOD, FormValue(EntryState.IN_PROGRESS, text="外来")))

    qtbot.waitUntil(lambda: fields(page).text.text() == "外来")


def test_what_is_being_typed_is_not_overwritten_by_another_write(page, context, rows, qtbot) -> None:
    """A write elsewhere does not touch a field somebody is in."""
    page.saver.set_pause(60_000)
    fields(page).text.add_text(TEXT)
    context.announce(progress.save(context.store, rows[1].id, PERIOD, FormValue(EntryState.IN_PROGRESS)))
    qtbot.wait(20)

    assert fields(page).text.text() == TEXT


def test_the_same_value_is_not_written_twice(page, context, rows, read) -> None:
    """Saving again without a change leaves the time of saving as it was."""
    fields(page).text.add_text(TEXT)
    page.flush()
    before = read(rows[0]).saved_at
    page.flush()

    assert before == read(rows[0]).saved_at


def test_previous_text_is_taken_over_behind_what_is_there(page, context, rows, read) -> None:
    """沿用上期文字 adds, and the keyboard stands in the field."""
    progress.save(context.store, rows[0].id, "2024Q3", FormValue(EntryState.IN_PROGRESS, text="上期文字"))
    page.show_obligation(rows[0].id)

    assert "2024年第三季度：推进中" in fields(page).previous.text()
    fields(page).use_previous.click()
    page.flush()
    assert read(rows[0]).value.text == "上期文字"


def test_as_of_is_the_windows(page) -> None:
    """The light counts to the date of the top bar, never to today."""
    assert page.context.as_of == AS_OF
    assert "逾期 194 天" in page.form.head.light.text()


def test_typing_without_a_pause_is_saved_too(qtbot, page, rows, read) -> None:
    """A window that is killed, or a power cut, takes no more than the last seconds."""
    page.saver.set_pause(80, longest=160)
    for _ in range(40):
        qtbot.keyClicks(fields(page).text.edit, "a")
        qtbot.wait(20)  # never as long as the pause
        if read(rows[0]).value is not None:
            break

    assert read(rows[0]).value is not None
    assert EntryState.IN_PROGRESS is read(rows[0]).value.state
