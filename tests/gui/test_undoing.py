"""Ctrl+Z in the window: the last act goes back, fields keep their own undo, the menu names the act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core import settings
from core.job import Job
from core.model.ledger import EntryState
from core.office import board, bundled, forms, progress, reading
from core.office.form_value import FormValue
from gui.context import Context
from gui.main_window import MainWindow
from gui.widgets.undo_bar import UndoBar
from tests.gui.fake_pages import FAKE_PAGES, FakePage

FOOT = 72
"""The foot of a page with its buttons, and the margin under it."""
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Q4 = "2024Q4"


@pytest.fixture
def window(qtbot, dressed, ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow(Context(settings.load()), FAKE_PAGES)
    qtbot.addWidget(made)
    made.files.open_first(ledger)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.frame.navigation.setFocus()
    yield made
    made._may_close = True
    made.close()
    made.context.set_store(None)


def fill(window: MainWindow) -> int:
    key = progress.find_obligation(window.context.store, None, 1, "财政局").id
    progress.save(window.context.store, key, Q4, FormValue(EntryState.IN_PROGRESS, text="已培训。"))
    return key


def text_of(window: MainWindow, key: int) -> str | None:
    value = forms.form(window.context.store, key, Q4, window.context.as_of).value
    return value.text if value is not None else None


def test_ctrl_z_and_ctrl_y(window, qtbot):
    key = fill(window)
    told: list[object] = []
    window.context.changed.connect(told.append)

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert text_of(window, key) is None
    assert told[0].obligations == {key}
    assert window.undoing._bar.accessibleName().startswith("已撤销：填报进展（第1项 财政局")
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert text_of(window, key) == "已培训。"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert text_of(window, key) == "已培训。"


def test_the_bar_takes_the_taking_back_back(window, qtbot):
    key = fill(window)
    window.undoing.undo()
    window.undoing._bar.undone.emit()

    assert text_of(window, key) == "已培训。"


def test_a_field_with_the_keyboard_keeps_its_own_undo(window, qtbot):
    key = fill(window)
    page = window.page("table")
    assert isinstance(page, FakePage)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "ab")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CTRL)

    assert page.field.text() == ""
    assert text_of(window, key) == "已培训。"


def test_what_is_typed_is_saved_first_and_stays_where_it_cannot_be(window, qtbot):
    key = fill(window)
    page = window.page("table")
    page.can_save = False
    window.undoing.undo()

    assert page.flushed
    assert text_of(window, key) == "已培训。"


def test_nothing_to_take_back_is_said(window):
    window.undoing.undo()

    assert window.undoing._bar.accessibleName() == "没有可以撤销的操作"


def test_the_menu_names_the_act(window):
    fill(window)
    menu = window.frame.menu
    menu.aboutToShow.emit()
    assert menu.undo.text().startswith("撤销：填报进展（第1项 财政局")
    assert menu.undo.isEnabled()
    assert (menu.redo.text(), menu.redo.isEnabled()) == ("重做", False)
    window.undoing.undo()
    menu.aboutToShow.emit()

    assert (menu.undo.text(), menu.undo.isEnabled()) == ("撤销", False)
    assert menu.redo.text().startswith("重做：填报进展")


def test_a_plan_that_goes_again_gives_way_to_the_first(window):
    imported = reading.import_plan(window.context.store, bundled.load("suizhou"), None, Job())
    window.context.set_scope(plan_key=imported.key)
    window.undoing.undo()

    assert window.context.plan_key == "guxian"
    assert [plan.key for plan in board.plans(window.context.store)] == ["guxian"]


def test_a_refusal_is_told_in_a_sentence(window, recorder):
    key = fill(window)
    window.context.store.db.execute("UPDATE progress SET text = 'x' WHERE obligation_id = ?", [key])
    window.context.store.db.commit()
    window.undoing.undo()

    assert "不能撤销" in recorder.last.headline + recorder.last.text


def test_only_one_bar_is_shown_and_it_offers_what_can_still_be_done(window, qtbot):
    """What a page offers to take back is taken back by the key; what the key offers to do again goes with the next act."""
    key = fill(window)
    of_page = UndoBar(window.frame.stack)
    of_page.offer("已填报", "撤销")
    assert of_page.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.undoing._bar.isVisible()
    assert not of_page.isVisible()
    changes = progress.save(window.context.store, key, Q4, FormValue(EntryState.IN_PROGRESS, text="又填。"))
    window.context.announce(changes)
    assert not window.undoing._bar.isVisible()


def test_what_was_done_offers_the_way_back(window):
    """Pages without a bar of their own say it here: 作废, 已核对, 停用."""
    from core.office.changes import Changes

    key = fill(window)
    window.context.announce(Changes(obligations=frozenset({key})), "已作废：古司函〔2025〕3号")
    bar = window.undoing._bar

    assert bar.isVisible()
    assert bar.accessibleName() == "已作废：古司函〔2025〕3号"
    assert bar.geometry().bottom() < window.frame.status.y() - FOOT
    bar.undone.emit()
    assert text_of(window, key) is None
