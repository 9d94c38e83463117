"""催办: the log, the least interval, and who has returned late or without a stamp."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.office import history, ledger_settings, received, reminders, undo
from core.office.ledger_settings import LedgerSettings
from core.store.database import Store
from tests.core.office.returned_files import PERIOD, begun, collected, filled, numbers_of, sent

DAY = date(2025, 1, 6)


def test_a_reminder_is_logged_with_its_answer(store: Store) -> None:
    reminders.remind(
        store, None, PERIOD, ["财政局", "司法局"], way="电话", person="王五", text="请于周五前报送", at=DAY
    )
    one = next(row for row in reminders.reminders(store, None, PERIOD) if row.unit == "财政局")
    assert (one.way, one.person, one.text, one.at) == ("电话", "王五", "请于周五前报送", DAY)
    reminders.answer(store, one.id, "明天报", DAY + timedelta(days=1))
    one = next(row for row in reminders.reminders(store, None, PERIOD) if row.unit == "财政局")
    assert (one.answer, one.promised_on) == ("明天报", date(2025, 1, 7))
    assert any(line.action == "催办" for line in history.history_of_unit(store, "财政局"))
    state = received.received(store, None, PERIOD, DAY)
    (unit,) = [row for row in state.units if row.unit == "财政局"]
    assert (unit.reminders, unit.reminded_on, unit.promised_on) == (1, DAY, date(2025, 1, 7))


def test_not_twice_within_the_least_interval(store: Store) -> None:
    """Unless the clerk says so; the office sets how long it is; nobody is reminded when one is too soon."""
    reminders.remind(store, None, PERIOD, ["财政局"], way="微信", at=DAY)
    with pytest.raises(InvalidError, match=r"财政局（1月6日）"):
        reminders.remind(store, None, PERIOD, ["司法局", "财政局"], way="电话", at=DAY + timedelta(days=1))
    assert len(reminders.reminders(store, None, PERIOD)) == 1
    reminders.remind(store, None, PERIOD, ["财政局"], way="电话", at=DAY + timedelta(days=1), over=True)
    reminders.remind(store, None, PERIOD, ["财政局"], way="函", at=DAY + timedelta(days=3))
    ledger_settings.save(store, LedgerSettings(reminder_days=5))
    assert reminders.too_soon(store, None, PERIOD, ["财政局", "司法局"], at=DAY + timedelta(days=7)) == (
        ("财政局", DAY + timedelta(days=3)),
    )
    assert not reminders.too_soon(store, None, "2024Q3", ["财政局"], at=DAY)


def test_what_is_no_way_and_nobody_is_refused(store: Store) -> None:
    with pytest.raises(InvalidError, match="催办方式"):
        reminders.remind(store, None, PERIOD, ["财政局"], way="飞鸽")
    with pytest.raises(NotFoundError):
        reminders.remind(store, None, PERIOD, ["没有的局"], way="电话")
    with pytest.raises(InvalidError):
        ledger_settings.save(store, LedgerSettings(reminder_days=-1))


def test_a_reminder_can_be_taken_back(store: Store) -> None:
    reminders.remind(store, None, PERIOD, ["财政局"], way="电话", at=DAY)
    undo.undo(store)
    assert not reminders.reminders(store, None, PERIOD)


def test_who_has_returned_who_not_and_who_late(store: Store, tmp_path: Path) -> None:
    """By the day of receipt against the cut-off; the machine's own day is long after 2024."""
    paths = sent(store, tmp_path, "财政局", "司法局", "水利局")
    filled(paths["财政局"], {numbers_of(paths["财政局"])[0]: begun()})
    collected(store, paths["财政局"])
    state = received.received(store, None, PERIOD)
    by_unit = {row.unit: row for row in state.units}
    assert by_unit["财政局"].has_returned
    assert (by_unit["财政局"].returned, by_unit["财政局"].version) == (1, 1)
    assert "财政局" not in state.missing
    assert {"司法局", "水利局"} <= set(state.missing)
    assert "财政局" in state.late
    assert received.received(store, None, PERIOD, date(2024, 12, 1)).late == ("财政局",)
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.4")
    received.add_stamp(store, None, PERIOD, "财政局", scan, Job())
    received.add_stamp(store, None, PERIOD, "财政局", scan, Job())
    (unit,) = [row for row in received.received(store, None, PERIOD).units if row.unit == "财政局"]
    assert len(unit.stamps) == 1


def test_problems_are_open_until_somebody_has_dealt_with_them(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    good, bad, *_ = numbers_of(path)
    filled(path, {good: begun(), bad: {"状态": "看情况"}})
    collected(store, path)
    (unit,) = [row for row in received.received(store, None, PERIOD).units if row.unit == "财政局"]
    assert unit.open_problems == 1
    received.mark_handled(store, unit.sheets[0].id, "已电话核实")
    (unit,) = [row for row in received.received(store, None, PERIOD).units if row.unit == "财政局"]
    assert unit.open_problems == 0
