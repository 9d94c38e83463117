"""撤出 and 合并 where there are many obligations: what follows and the step itself come from the worker."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from core.model.ledger import EntryState
from core.office import backups, obligations, progress, unit_changes
from core.office.changes import Changes
from core.office.form_value import FormValue
from core.office.register_effect import GroupEffect, Owed
from gui import plan_reader
from gui.pages.units import effect_view, unit_dialogs


@pytest.fixture(autouse=True)
def many(monkeypatch) -> None:
    """Every plan counts as one of many obligations."""
    monkeypatch.setattr(plan_reader, "AT_ONCE", 0)


def test_what_a_leave_takes_away_is_found_in_the_background_once(qtbot, page, dialog, unit, monkeypatch):
    found: list[bool] = []
    effect = unit_changes.leave_effect

    def noted(store, name):
        found.append(threading.current_thread() is not threading.main_thread())
        return effect(store, name)

    monkeypatch.setattr(unit_changes, "leave_effect", noted)
    qtbot.waitUntil(lambda: page.reading is not None)
    page.desk.leave("石壁乡")
    asked = dialog()
    asked.reason.setText("撤乡并镇")
    qtbot.waitUntil(asked.save.isEnabled)
    assert asked.effect.model.rowCount() > 0
    assert found == [True]
    with qtbot.waitSignal(asked.written):
        asked.save.click()
        assert not asked.cancel.isEnabled()

    assert unit("石壁乡").left_on == date.today()


def test_a_merge_and_its_backup_are_the_workers(qtbot, page, dialog, unit, context, monkeypatch):
    unit_changes.save_unit(context.store, None, unit_changes.UnitValue("岳阳镇政府"))
    context.announce(Changes(units=True))
    qtbot.waitUntil(lambda: page.reading is not None and page.reading.line("岳阳镇政府") is not None)
    threads: list[bool] = []
    before = backups.before

    def noted(*asked):
        threads.append(threading.current_thread() is not threading.main_thread())
        return before(*asked)

    monkeypatch.setattr(backups, "before", noted)
    page.desk.merge("岳阳镇政府")
    asked = dialog()
    asked.into.setCurrentIndex(asked.into.findText("岳阳镇"))
    qtbot.waitUntil(asked.save.isEnabled)
    with qtbot.waitSignal(asked.written):
        asked.save.click()

    assert threads == [True]
    assert "岳阳镇政府" in unit("岳阳镇").aliases


def test_a_step_that_cannot_be_done_says_so_and_leaves_the_dialog_open(qtbot, page, dialog, unit, context):
    qtbot.waitUntil(lambda: page.reading is not None)
    page.desk.leave("石壁乡")
    asked = dialog()
    asked.reason.setText("撤乡并镇")
    qtbot.waitUntil(asked.save.isEnabled)
    unit_changes.leave_unit(context.store, "石壁乡", date.today(), "先撤出了")
    asked.save.click()
    qtbot.waitUntil(asked.cancel.isEnabled)

    assert asked.isVisible()
    assert asked.note.text()
    asked.cancel.click()


def test_long_lists_are_cut_and_the_sentence_says_so(page, monkeypatch):
    monkeypatch.setattr(effect_view, "MOST_LINES", 2)
    owed = tuple(Owed("p1", number, "石壁乡") for number in range(1, 4))
    effect = GroupEffect(going=owed)

    assert len(effect_view.owed_of(effect, {})) == 2
    assert "有 3 个责任事项不再需要" in effect_view.sentences(effect)
    assert "下面各列前 2 个。" in effect_view.sentences(effect)


def test_too_many_conflicts_are_settled_by_one_choice(qtbot, page, dialog, unit, context, monkeypatch):
    monkeypatch.setattr(unit_dialogs, "_MOST_CONFLICTS", 0)
    rows = obligations.list_obligations(context.store, None, date.today(), measure=1)[:2]
    for row in rows:
        progress.save(context.store, row.id, "2024Q4", FormValue(EntryState.IN_PROGRESS, text=f"{row.unit}说的。"))
    qtbot.waitUntil(lambda: page.reading is not None)
    page.desk.merge(rows[0].unit, rows[1].unit)
    asked = dialog()
    qtbot.waitUntil(lambda: asked.for_all is not None)
    assert not asked.save.isEnabled()
    asked.for_all.button(rows[1].unit).click()
    assert set(asked.choices().values()) == {rows[1].unit}
    with qtbot.waitSignal(asked.written):
        asked.save.click()

    assert rows[0].unit in unit(rows[1].unit).aliases
