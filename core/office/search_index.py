"""The texts of a file in memory, so that a search takes milliseconds at 100,000 records.

Names (措施, 单位) are read anew after every write; they are few. Texts of progress and evidence are read once, in the
background where they are many, and what they find is read again from the file: an old index misses the last minute,
it never shows what is not there.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from core.job import Job
from core.model.plan import Measure
from core.model.units import Unit
from core.office import pinyin
from core.office.overview import plan_row
from core.office.pinyin import Way
from core.store import plans, search_rows, units
from core.store.database import Store
from core.store.plans import PlanRow

SMALL = 20_000
"""So many texts are read while the clerk types without being felt (about 30 ms)."""
_MUCH = 300_000
"""Characters from which first letters are kept beside the texts."""
_PIECE = 100_000
"""Characters that are worked on at a time: the window is painted in between."""


class Texts:
    """Many texts as one string; ``find`` gives the keys of those that a pattern is found in."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        """``rows``: (key, text) in the order in which they are to be found, by rising or by falling keys."""
        self._sign = -1 if len(rows) > 1 and rows[0][0] > rows[1][0] else 1
        self._keys = array("q", (key for key, _ in rows))
        lowered = [text.lower() for _, text in rows]
        self._starts = array("Q", _starts(lowered))
        self._joined = "\0".join(lowered)
        pieces = [self._joined[at : at + _PIECE] for at in range(0, len(self._joined), _PIECE)]
        self.alphabet = frozenset().union(*map(frozenset, pieces))
        # where there is much, first letters are looked for by str.find, ten times as fast as a pattern
        tables = pinyin.first_letters() if len(self._joined) > _MUCH else ()
        self._letters = [(table, "".join(piece.translate(table) for piece in pieces)) for table in tables]

    def text(self, key: int) -> str:
        """One text in small letters; empty for a key that is not there."""
        row = bisect_left(self._keys, self._sign * key, key=lambda other: self._sign * other)
        if row == len(self._keys) or self._keys[row] != key:
            return ""
        end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self._joined)
        return self._joined[self._starts[row] : end]

    def find(self, ways: Iterable[Way]) -> Iterator[int]:
        """The keys, for one way after the other; a key may come again for the next one.

        By first letters in long texts a place is missed where one character has its usual reading and another not.
        """
        for way in ways:
            if way.word is not None:
                yield from self._rows(partial(self._joined.find, way.word))
            elif len(way.letters) == 1 or not self._letters:
                yield from self._rows(partial(_by_pattern, way.pattern, self._joined))
            else:
                for table, letters in self._letters:
                    wanted = way.letters.translate(table)
                    yield from self._rows(partial(_by_letters, way.pattern, self._joined, letters, wanted))

    def _rows(self, find: Callable[[int], int]) -> Iterator[int]:
        """Keys of the places that ``find`` gives from a place on (-1: none), each once."""
        place = 0
        while (found := find(place)) >= 0:
            row = bisect_right(self._starts, found) - 1
            yield self._keys[row]
            if row + 1 == len(self._starts):
                break
            place = self._starts[row + 1]


@dataclass(frozen=True, slots=True)
class Names:
    """What is few: the measures of one plan and the units that are there."""

    row: PlanRow
    measures: tuple[Measure, ...]
    measure_texts: Texts
    units: tuple[Unit, ...]
    unit_texts: Texts
    asked: tuple[str | None, tuple[int, int]]
    """The plan's key as it was asked for, and the version of the file."""


@dataclass(frozen=True, slots=True)
class Records:
    """What is many."""

    progress: Texts
    evidence: Texts
    version: tuple[int, int]


@dataclass(slots=True)
class _Kept:
    names: Names | None = None
    records: Records | None = None


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


def names(store: Store, plan_key: str | None) -> Names:
    """Measures and units as they are now.

    Raises NotFoundError for an unknown plan.
    """
    kept = _KEPT.setdefault(store, _Kept())
    with store.reading() as db:
        version = search_rows.version(db)
        if kept.names is None or kept.names.asked != (plan_key, version):
            row = plan_row(store, plan_key)
            measures, present = plans.load(db, row.id).measures, units.load(db).present
            kept.names = Names(
                row,
                measures,
                Texts([(at, measure_words(measure)) for at, measure in enumerate(measures)]),
                present,
                Texts([(at, unit_words(unit)) for at, unit in enumerate(present)]),
                (plan_key, version),
            )
    return kept.names


def records(store: Store, *, fresh: bool) -> Records | None:
    """Progress and evidence; not ``fresh``: as they were last read, None when they were not yet."""
    kept = _KEPT.setdefault(store, _Kept())
    if fresh and not is_ready(store):
        keep(store, read(store, search_version(store), Job()))
    return kept.records


def is_ready(store: Store) -> bool:
    """Whether progress and evidence are in memory as they are in the file."""
    kept = _KEPT.get(store)
    return kept is not None and kept.records is not None and kept.records.version == search_version(store)


def is_small(store: Store) -> bool:
    """Whether reading them is not felt."""
    with store.reading() as db:
        return search_rows.amount(db) <= SMALL


def search_version(store: Store) -> tuple[int, int]:
    """What ``read`` is told: the version of the file as the window's own connection counts it."""
    with store.reading() as db:
        return search_rows.version(db)


def read(store: Store, version: tuple[int, int], job: Job) -> Records:
    """Read them, on any connection; ``keep`` puts them in place.

    Raises Cancelled.
    """
    with store.reading() as db:
        job.step(0, 2, "正在准备搜索")
        evidence = Texts(search_rows.evidence_texts(db))
        job.step(1, 2, "正在准备搜索")
        return Records(Texts(search_rows.progress_texts(db)), evidence, version)


def keep(store: Store, found: Records) -> None:
    """Search these from now on."""
    _KEPT.setdefault(store, _Kept()).records = found


def measure_words(measure: Measure) -> str:
    """What a measure is found by."""
    return f"{measure.no} {measure.label} {measure.text} {measure.division_raw or ''}"


def unit_words(unit: Unit) -> str:
    """What a unit is found by."""
    return " ".join((unit.name, unit.full_name or "", *unit.aliases))


def _by_pattern(pattern: re.Pattern[str], joined: str, place: int) -> int:
    match = pattern.search(joined, place)
    return -1 if match is None else match.start()


def _by_letters(pattern: re.Pattern[str], joined: str, letters: str, wanted: str, place: int) -> int:
    """The next place of the pattern among the places of its first letters."""
    while (found := letters.find(wanted, place)) >= 0 and pattern.match(joined, found) is None:
        place = found + 1
    return found


def _starts(texts: Iterable[str]) -> Iterator[int]:
    place = 0
    for text in texts:
        yield place
        place += len(text) + 1
