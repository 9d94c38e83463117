"""What follows from typing."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from gui.unhurried import Unhurried


def test_what_is_quick_is_done_with_every_letter(dressed) -> None:
    done: list[int] = []
    owner = QObject()
    made = Unhurried(lambda: done.append(1), owner)
    for _ in range(3):
        made.soon()

    assert len(done) == 3
    assert not made.is_waiting


def test_what_took_long_is_done_once_after_the_last_letter(qtbot) -> None:
    done: list[int] = []
    owner = QObject()
    made = Unhurried(lambda: (time.sleep(0.12), done.append(1)), owner)
    made.soon()
    for _ in range(5):
        made.soon()

    assert done == [1]
    assert made.is_waiting
    qtbot.waitUntil(lambda: len(done) == 2)
    assert not made.is_waiting


def test_it_can_be_asked_for_before_its_time(qtbot) -> None:
    """The verb of a dialog looks what follows before it does anything."""
    done: list[int] = []
    owner = QObject()
    made = Unhurried(lambda: (time.sleep(0.12), done.append(1)), owner)
    made.soon()
    made.soon()
    made.now()

    assert done == [1, 1]
    assert not made.is_waiting
