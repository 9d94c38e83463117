"""Searching as one types in a ledger of 100,000 obligations and 1,200,000 records, against three frames of a screen."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from tests.bench import big_ledger

ROUNDS = 5
THREE_FRAMES = 0.05
WORDS = ("培训", "没有这个", "zzzz", "pxsq", "peixunsanqi", "第12单位 培训", "qqqq 培训", "xian", "12")
"""Common and missing, first letters and syllables, two words, a number."""


def pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (the slowest of the words, three frames) a round; the texts have been read in the background."""
    from core.job import Job
    from core.office import files, search, search_index

    ledger = big_ledger.make(folder / "searching" / "大.db", 100_000)
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        search_index.keep(store, search_index.read(store, search_index.search_version(store), Job()))
        return [(max(_seconds(search.search, store, word) for word in WORDS), THREE_FRAMES) for _ in range(ROUNDS)]


def _seconds(ask, store, word: str) -> float:
    begin = time.process_time()
    ask(store, None, word)
    return time.process_time() - begin
