"""The last net: logged with its trace, shown once, never in a loop."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType

from core import log
from gui import crash

pytestmark = pytest.mark.expected_log


@pytest.fixture
def net(dressed):
    """The hooks in force, and out again; the root logger as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    crash.install(dressed)
    yield
    crash.remove()
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers, root.level = handlers, level


def _fail(words: str = "坏了") -> ValueError:
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


def test_fault_is_shown_with_its_trace_and_logged(net, recorder):
    """The dialog offers the details to copy; the log has the same."""
    error = _fail()
    sys.excepthook(type(error), error, error.__traceback__)

    assert recorder.last.headline == "程序出了一个错误"
    assert "ValueError: 坏了" in recorder.last.details
    assert "ValueError: 坏了" in log.log_file().read_text(encoding="utf-8")


def test_same_fault_is_shown_once_a_minute(net, recorder):
    """A model that fails for every cell must not bring a dialog for every cell."""
    for _ in range(50):
        crash.report(_fail())

    assert len(recorder.messages) == 1


def test_another_fault_is_shown(net, recorder):
    """The limit is by fault."""
    crash.report(_fail("一"))
    crash.report(_fail("二"))

    assert len(recorder.messages) == 2


def test_fault_of_a_thread_is_shown_from_the_gui_thread(net, recorder, qtbot):
    """A worker's fault crosses by a queued signal."""
    seen = []
    recorder.show = lambda _parent, message: seen.append((threading.current_thread(), message))  # type: ignore[method-assign]

    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(seen))

    assert seen[0][0] is threading.main_thread()


def test_interrupt_is_no_fault(net, recorder, capsys):
    """Ctrl+C in a terminal ends the program as usual."""
    error = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, error, None)

    assert not recorder.messages


def test_words_of_qt_go_to_the_log(net):
    """Qt's own complaints are kept."""
    crash._on_qt_message(QtMsgType.QtWarningMsg, None, "QLayout: nothing")

    assert "Qt: QLayout: nothing" in log.log_file().read_text(encoding="utf-8")


def test_large_log_is_set_aside(dressed, net):
    """One old log is kept."""
    crash.remove()
    log.log_file().write_text("x" * 1_100_000, encoding="utf-8")
    crash.install(dressed)

    assert not log.log_file().exists() or log.log_file().stat().st_size < 1_000
    assert log.log_file().with_suffix(".old.log").exists()
