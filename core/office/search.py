"""Search over measures, units, progress and evidence: by words, by numbers, by the letters of their pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from core.office import pinyin, search_index
from core.office.pinyin import Way
from core.office.search_index import Names, Texts
from core.store import evidence, search_rows
from core.store.database import Store
from core.store.search_rows import FoundProgress

_MAX = 8
_CANDIDATES = 400
"""So many records are looked at closely; where all its words are common, a search need not find everything."""
_OF_UNITS = 5000
_PART = 64
_BEFORE, _SNIPPET = 10, 60
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Letters and digits as a Chinese input method may give them."""
_BEGINS = (0, 2)
"""Ranks of what begins with the word."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: ``kind`` is measure, unit, evidence or progress; what is not its own is None.

    ``marks`` are (begin, end) of what was found in ``title``, ``note_marks`` of that in ``note``.
    """

    kind: str
    title: str
    note: str
    measure_no: int | None = None
    unit: str | None = None
    evidence_id: int | None = None
    obligation_id: int | None = None
    period_key: str | None = None
    marks: tuple[Span, ...] = ()
    note_marks: tuple[Span, ...] = ()


class _Question:
    """The words of a search, as patterns over the characters of some texts."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    def over(self, texts: Texts, *others: Texts) -> _Finder:
        alphabet = texts.alphabet.union(*(other.alphabet for other in others))
        return _Finder([pinyin.ways(word, alphabet) for word in self.words])


class _Finder:
    """Every word must be found, by itself or as pinyin."""

    def __init__(self, words: list[tuple[Way, ...]]) -> None:
        self._words = words
        self._by_length = sorted(words, key=lambda ways: -len(ways[0].pattern.pattern))

    def keys(self, texts: Texts, most: int) -> list[int]:
        """Keys of at most so many texts with the longest word, those with the word itself first."""
        return list(islice(dict.fromkeys(texts.find(self._by_length[0])), most))

    def any_key(self, texts: Texts) -> Iterator[int]:
        """Keys of the texts with one of the words, those of the longest word first; a key may come again."""
        for ways in self._by_length:
            yield from texts.find(ways)

    def holds(self, text: str) -> bool:
        return all(any(way.pattern.search(text) for way in ways) for ways in self._words)

    def holds_some(self, text: str) -> bool:
        return any(way.pattern.search(text) for ways in self._words for way in ways)

    def marks(self, text: str) -> tuple[Span, ...]:
        """Where the words stand in a text, each once."""
        found = (next(filter(None, (way.pattern.search(text) for way in ways)), None) for ways in self._words)
        return tuple(sorted({match.span() for match in found if match is not None}))

    def rank(self, *texts: str) -> int:
        """0: a text begins with the first word itself; 1: holds it; 2: begins as pinyin; 3: else."""
        itself, *letters = (way.pattern for way in self._words[0])
        if any(itself.match(text) for text in texts):
            return 0
        if any(itself.search(text) for text in texts):
            return 1
        return 2 if any(pattern.match(text) for text in texts for pattern in letters) else 3


def search(store: Store, plan_key: str | None, text: str, *, fresh: bool = True) -> tuple[Hit, ...]:
    """Up to eight of each kind that hold all words of ``text``; a number finds the measure first.

    Letters stand for pinyin too: first letters, whole syllables, both mixed. One letter alone stands for the beginning
    of a unit's name only. Not ``fresh``: progress and evidence as they were last read (``search_index``).

    Raises NotFoundError for an unknown plan.
    """
    words = text.translate(_FULL_WIDTH).split()
    if not words:
        return ()
    names = search_index.names(store, plan_key)
    question = _Question(words)
    measures, found_units = _measures(names, question, words), _units(names, question)
    # who types the beginning of a unit's name means the unit
    means_unit = not text.strip().isdecimal() and any(mark[0] == 0 for hit in found_units for mark in hit.marks)
    found = (*found_units, *measures) if means_unit else (*measures, *found_units)
    records = search_index.records(store, fresh=fresh)
    if records is None or _is_one_letter(words):
        return found
    progress = _progress(store, names, question, records.progress)
    return (*found, *progress, *_evidence(store, question.over(records.evidence), records.evidence))


def _is_one_letter(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) == 1 and words[0].isascii() and words[0].isalpha()


def _measures(names: Names, question: _Question, words: Sequence[str]) -> list[Hit]:
    if _is_one_letter(words):
        return []
    finder = question.over(names.measure_texts)
    found = [names.measures[at] for at in finder.keys(names.measure_texts, _CANDIDATES)]
    number = int(words[0]) if len(words) == 1 and words[0].isdecimal() else None
    found = [m for m in found if m.no != number and finder.holds(search_index.measure_words(m))]
    found += [m for m in names.measures if m.no == number]
    found.sort(key=lambda m: (m.no != number, finder.rank(m.text, m.division_raw or "", m.label) > 1, m.no))
    hits = []
    for measure in found[:_MAX]:
        title, note = f"{measure.label}{measure.text}", measure.deadline_raw or ""
        marks = finder.marks(title)
        if len(marks) < len(words) and measure.division_raw:
            note = "，".join(part for part in (measure.division_raw, note) if part)
        hits.append(
            Hit("measure", title, note, measure_no=measure.no, marks=marks, note_marks=_noted(finder, marks, note))
        )
    return hits


def _units(names: Names, question: _Question) -> list[Hit]:
    finder = question.over(names.unit_texts)
    found = [names.units[at] for at in finder.keys(names.unit_texts, _CANDIDATES)]
    found = [unit for unit in found if finder.holds(search_index.unit_words(unit))]
    ranked = [(finder.rank(unit.name, *unit.aliases), unit) for unit in found]
    if _is_one_letter(question.words):
        ranked = [(rank, unit) for rank, unit in ranked if rank in _BEGINS]
    ranked.sort(key=lambda pair: pair[0])
    hits = []
    for _, unit in ranked[:_MAX]:
        note = "、".join(name for name in (unit.full_name, *unit.aliases) if name and name != unit.name)
        marks = finder.marks(unit.name)
        hits.append(Hit("unit", unit.name, note, unit=unit.name, marks=marks, note_marks=_noted(finder, marks, note)))
    return hits


def _progress(store: Store, names: Names, question: _Question, texts: Texts) -> list[Hit]:
    """Words may stand in what was said, or name the unit, the measure or the period it was said of."""
    finder = question.over(texts, names.unit_texts)

    def look(keys: Sequence[int]) -> Iterable[Hit]:
        with store.reading() as db:
            rows = search_rows.progress_rows(db, keys)
        for key in keys:
            row = rows.get(key)
            if row is not None and row.plan_id == names.row.id and finder.holds(" ".join((*row.texts, _place(row)))):
                yield _progress_hit(row, finder)

    keys = finder.any_key(texts)
    if len(question.words) > 1:
        keys = chain(_of_units(store, names, question, texts, finder), keys)
    return _looked(keys, look)


def _of_units(store: Store, names: Names, question: _Question, texts: Texts, finder: _Finder) -> Iterator[int]:
    """财政局 培训: the records of the units that a word names, where they hold another of the words."""
    named = question.over(names.unit_texts).any_key(names.unit_texts)
    found = [names.units[at].name for at in islice(named, _MAX)]
    with store.reading() as db:
        keys = search_rows.progress_ids_of_units(db, found, _OF_UNITS)
    return (key for key in keys if finder.holds_some(texts.text(key)))


def _evidence(store: Store, finder: _Finder, texts: Texts) -> list[Hit]:
    def look(keys: Sequence[int]) -> Iterable[Hit]:
        with store.reading() as db:
            items = [item for item in (evidence.find(db, key) for key in keys) if item is not None]
            newest = {item.id: evidence.newest_version(db, item.id) for item in items}
        for item in items:
            note = (item.number or item.name) + ("，旧版本" if newest[item.id] != item.id else "")
            if finder.holds(" ".join((item.title, item.name, item.number or "", item.note))):
                marks = finder.marks(item.title)
                yield Hit(
                    *("evidence", item.title, note),
                    evidence_id=newest[item.id],
                    marks=marks,
                    note_marks=_noted(finder, marks, note),
                )

    return _looked(finder.any_key(texts), look)


def _looked(keys: Iterator[int], look: Callable[[Sequence[int]], Iterable[Hit]]) -> list[Hit]:
    """Read candidates from the file, some at a time, until there are enough."""
    hits: list[Hit] = []
    seen: set[int] = set()
    size = _MAX
    while len(hits) < _MAX and len(seen) < _CANDIDATES and (part := list(islice(keys, size))):
        hits += look([key for key in dict.fromkeys(part) if key not in seen])
        seen.update(part)
        size = _PART
    return hits[:_MAX]


def _progress_hit(row: FoundProgress, finder: _Finder) -> Hit:
    """The part of the text where the words stand, and whose text it is."""
    said = max(row.texts, key=lambda text: len(finder.marks(text)))
    said = " ".join(said.split())
    first = min((begin for begin, _ in finder.marks(said)), default=0)
    cut = max(0, first - _BEFORE) if len(said) > _SNIPPET else 0
    title = f"{'…' if cut else ''}{said[cut : cut + _SNIPPET]}"
    return Hit(
        *("progress", title, _place(row)),
        measure_no=row.number,
        unit=row.unit,
        obligation_id=row.obligation_id,
        period_key=row.period_key,
        marks=finder.marks(title),
        note_marks=finder.marks(_place(row)),
    )


def _place(row: FoundProgress) -> str:
    return f"{row.label}{row.unit}，{row.period_title}"


def _noted(finder: _Finder, marks: Sequence[Span], note: str) -> tuple[Span, ...]:
    """What the note shows of it where the title does not."""
    return () if marks else finder.marks(note)
