"""The settings of the ledger and the table of holidays in the window."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from core.office import holidays, ledger_settings
from core.office.ledger_settings import LedgerSettings
from gui.context import Context
from gui.periods.settings_panel import LedgerSettingsPanel


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> LedgerSettingsPanel:
    """On screen, as 档案 shows it."""
    made = LedgerSettingsPanel(context)
    qtbot.addWidget(made)
    made.show()
    return made


def test_settings_are_saved_when_their_field_is_left(context: Context, panel: LedgerSettingsPanel) -> None:
    heard: list[bool] = []
    context.changed.connect(lambda changes: heard.append(changes.periods))

    panel.office.setText(" 古县司法局 ")
    panel.office.editingFinished.emit()
    panel.soon_days.setValue(15)
    panel.soon_days.editingFinished.emit()
    panel.soon_days.editingFinished.emit()

    panel.reminder_days.setValue(5)
    panel.reminder_days.editingFinished.emit()

    assert ledger_settings.load(context.store) == LedgerSettings("古县司法局", 15, reminder_days=5)
    assert heard == [True, True, True]


def test_cut_offs_that_move_bring_the_published_holidays(context: Context, panel: LedgerSettingsPanel) -> None:
    panel.moves.click()

    assert ledger_settings.load(context.store).cut_off_moves
    assert panel.holidays.table.model().rowCount() == len(holidays.published(2025).days)


def test_a_day_is_added_changed_and_deleted(context: Context, panel: LedgerSettingsPanel) -> None:
    editor = panel.holidays
    editor.day.setText("2025-12-31")
    editor.keep.click()
    assert "没有名称" in editor.note.text()

    editor.name.setText("本地放假")
    editor.keep.click()
    assert [(d.day, d.name) for d in holidays.holidays(context.store, 2025)] == [(date(2025, 12, 31), "本地放假")]

    editor.kind.set_value("worked")
    editor.keep.click()
    assert holidays.holidays(context.store, 2025)[0].is_workday

    editor.remove.click()
    assert holidays.holidays(context.store, 2025) == ()
    assert "还没有填写" in editor.table.accessibleDescription()


def test_a_year_without_a_published_arrangement_says_so(context: Context, panel: LedgerSettingsPanel) -> None:
    editor = panel.holidays
    editor.year.setCurrentIndex(editor.year.findData(2025))
    editor.year.activated.emit(editor.year.currentIndex())
    editor.fill.click()
    assert holidays.holidays(context.store, 2025) == holidays.published(2025).days
    assert "国务院办公厅关于2025年部分节假日安排的通知" in editor.fill.toolTip()

    context.set_scope(as_of=date(2030, 1, 1))
    panel.holidays.year.clear()
    panel.reload()
    assert not editor.fill.isEnabled()
    assert "没有2030年的安排" in editor.fill.toolTip()
