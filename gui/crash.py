"""The last net: what nobody caught goes to the log and to one dialog with details to copy.

An exception in a model's ``data()`` comes again with every cell and every repaint, and one in a worker comes in
the worker's thread. So there is a guard against re-entry, a limit a minute, and the dialog is asked for by a
signal that crosses to the GUI thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler

from core import log

_LOG = logging.getLogger("gui")
_QUIET_SECONDS = 60.0
"""After a dialog the same fault stays silent (but logged) this long."""


def install(app: QObject) -> None:
    """Put the hooks in force; the reporter belongs to the application object."""
    log.open_log()
    _Active.reporter = _Reporter(app)
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    qInstallMessageHandler(_on_qt_message)


def remove() -> None:
    """Take the hooks out again (end of the program, tests)."""
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    qInstallMessageHandler(None)
    _Active.reporter = None


def report(error: BaseException) -> None:
    """Log a fault and show it; may be called from any thread."""
    details = "".join(traceback.format_exception(error)).strip()
    _LOG.error("%s", details)
    if _Active.reporter is not None:
        _Active.reporter.reported.emit(details)


class _Reporter(QObject):
    """Lives in the GUI thread; shows one dialog at a time and the same fault at most once a minute."""

    reported = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._shown_at: dict[str, float] = {}
        self.reported.connect(self._on_reported)

    @Slot(str)
    def _on_reported(self, details: str) -> None:
        now = time.monotonic()
        last_line = details.rsplit("\n", 1)[-1]
        is_fresh = now - self._shown_at.get(last_line, -_QUIET_SECONDS) >= _QUIET_SECONDS
        if self._is_showing or not is_fresh:
            return
        self._shown_at[last_line] = now
        self._is_showing = True
        try:
            from gui import messages

            messages.show_bug(None, details)
        finally:
            self._is_showing = False


class _Active:
    reporter: _Reporter | None = None


def _on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report(error.with_traceback(trace))


def _on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        report(arguments.exc_value)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
