"""Small drawing work away from the window: pages and thumbnails, the newest wish first.

The job runner is for work the clerk waits for and may cancel; this is for pictures that appear when they are
ready. One thread each, images only (a QImage may be made in any thread, a QPixmap may not).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import KnownError

_LOG = logging.getLogger(__name__)

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Failure:
    """What is handed over instead of a result when the work failed; ``sentence`` is for the clerk."""

    sentence: str


class Drawer(QObject):
    """Does pieces of work one at a time and announces each result by its key."""

    drawn = Signal(object, object)
    """(key, result or Failure), in the thread of the window."""
    _returned = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[Hashable, Work] = {}
        self._at_work: Hashable | None = None
        self._returned.connect(self._on_returned)

    def wish(self, key: Hashable, work: Work) -> None:
        """Ask for a result; a wish already waiting moves to the front, one at work is not repeated."""
        if key == self._at_work:
            return
        self._waiting.pop(key, None)
        self._waiting[key] = work
        self._next()

    def keep_only(self, keys: Collection[Hashable]) -> None:
        """Drop what waits and is not among ``keys``: it has been scrolled away."""
        self._waiting = {key: work for key, work in self._waiting.items() if key in keys}

    def drop_all(self) -> None:
        """Drop everything that waits; the piece at work is still announced."""
        self._waiting.clear()

    def close(self) -> None:
        """Drop everything and wait for the piece at work: its thread is gone afterwards."""
        self._waiting.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is at work."""
        return self._at_work is None and not self._waiting

    def _next(self) -> None:
        if self._at_work is not None or not self._waiting:
            return
        key, work = self._waiting.popitem()
        self._at_work = key
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawer")
        self._pool.submit(self._run, key, work)

    def _run(self, key: Hashable, work: Work) -> None:
        """In the drawing thread: no exception may leave it, it would be lost."""
        result: object
        try:
            result = work()
        except KnownError as error:
            result = Failure(str(error))
        except Exception:  # noqa: BLE001 - files from anywhere; what a decoder raises is not ours to list
            _LOG.info("drawing failed", exc_info=True)
            result = Failure("这一页无法显示，请用“打开”查看原文件。")
        try:
            self._returned.emit(key, result)
        except RuntimeError:  # the window went while we drew
            _LOG.debug("result of %r came too late", key)

    @Slot(object, object)
    def _on_returned(self, key: Hashable, result: object) -> None:
        self._at_work = None
        self.drawn.emit(key, result)
        self._next()
        if self.is_idle() and self._pool is not None:
            self._pool.shutdown(wait=False)  # no thread outlives its work: pages are made anew with every theme
            self._pool = None
