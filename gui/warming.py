"""What the other pages need is imported while the clerk reads the first one: the first click on a page finds it ready.

In a thread: importing takes half a second in all, and the window must not stand still for it. Only modules are
imported there; every widget is made in the window's own thread, when its page is first shown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

from core.office.files import prepare_writing
from gui.pages import PageEntry

_PAUSE = 0.05
"""Seconds between two pages, left to whatever the clerk does."""


class Warming:
    """One run through the pages, then what the first write needs; ``stop`` ends it after the page it is at."""

    def __init__(self, pages: Sequence[PageEntry], last: Callable[[], object] = prepare_writing) -> None:
        self._last = last
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=partial(self._run, tuple(pages)), name="taizhang-warming")

    def start(self) -> None:
        """Begin, once the first page is on screen."""
        self._thread.start()

    def stop(self) -> None:
        """Import nothing more; waits for the page that is being imported."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self, pages: Sequence[PageEntry]) -> None:
        for page in pages:
            if self._stopped.wait(_PAUSE):
                return
            page.load()
        if not self._stopped.is_set():
            self._last()
