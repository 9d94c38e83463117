"""The window says what others do to the open file, and where it lies."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.office import files
from gui import outside_watch
from gui.context import Context
from gui.outside_watch import OutsideWatch
from gui.status_line import StatusLine
from tests.gui.recorder import Recorder


@pytest.fixture
def context(ledger: Path):
    made = Context()
    yield made
    made.set_store(None)


@pytest.fixture
def watch(context: Context, ledger: Path, qtbot, dressed) -> OutsideWatch:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    made = OutsideWatch(context, window)
    context.set_store(files.open_ledger(ledger))
    made._timer.stop()
    return made


def by_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE measure SET note = 'x' WHERE no = 1")
        db.commit()


def test_another_program_is_told_and_the_pages_read_anew(
    watch: OutsideWatch, recorder: Recorder, qtbot, ledger: Path
) -> None:
    by_another_program(ledger)
    watch.look()
    with qtbot.waitSignal(watch._context.scope_changed):
        watch.look()
    watch.look()
    assert [asked.headline for asked in recorder.messages] == ["台账文件刚被别的程序改动过"]


@pytest.mark.skipif(os.name == "nt", reason="an open file stays where it is there")
def test_a_file_that_is_gone_is_told_once_until_it_is_back(
    watch: OutsideWatch, recorder: Recorder, ledger: Path
) -> None:
    away = ledger.rename(ledger.with_name("别处.db"))
    watch.look()
    watch.look()
    away.rename(ledger)
    watch.look()
    assert len(recorder.messages) == 1
    ledger.rename(away)
    watch.look()
    assert len(recorder.messages) == 2
    assert "不在原处" in recorder.messages[0].headline
    away.rename(ledger)


def test_a_window_that_only_reads_shows_what_the_other_wrote(
    context: Context, watch: OutsideWatch, recorder: Recorder, qtbot, ledger: Path
) -> None:
    writer = context.store
    context._store = None
    context.set_store(files.open_ledger(ledger, read_only=True))
    watch._timer.stop()
    with writer.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('a', '1')")
    watch.look()
    with qtbot.waitSignal(context.scope_changed):
        watch.look()
    assert recorder.messages == []
    writer.close()


def test_a_share_is_said_in_the_status_line(watch: OutsideWatch, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    status = StatusLine()
    qtbot.addWidget(status)
    watch.show_place(status)
    assert status.place.label.text() == ""
    monkeypatch.setattr(outside_watch, "is_on_share", lambda _path: True)
    watch.show_place(status)
    assert status.place.label.text() == "台账在网络盘上"
    assert "备份" in status.place.toolTip()


@pytest.mark.skipif(os.name == "nt", reason="an open file stays where it is there")
def test_what_was_there_before_another_file_came_can_be_saved(
    watch: OutsideWatch, recorder: Recorder, ledger: Path, context: Context
) -> None:
    """From the connection that still holds it, not from the file that came."""
    with context.store.transaction() as db:
        db.execute("INSERT INTO setting VALUES ('a', 'mine')")
    other = ledger.with_name("other.db")
    files.create_ledger(other, "blank").close()
    other.replace(ledger)
    watch.look()
    recorder.press("另存一份")
    recorder.give(ledger.with_name("留.db"))

    assert "已另存" in recorder.last.headline
    with closing(files.open_ledger(ledger.with_name("留.db"))) as saved:
        assert saved.db.execute("SELECT value FROM setting WHERE key = 'a'").fetchone() == ("mine",)
