"""Places of the source, and which measures of the draft were read from them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from core.office.review import Paragraph, Place, Review

_MARKS = re.compile(r"[、，；。：]")
_QUOTED = re.compile(r"“([^“”]+)”")


class Places:
    """Looks up what stands at a place, which measures came from it, and what a problem's words speak of."""

    def __init__(self, review: Review) -> None:
        self._texts: dict[Place, str] = dict(_texts(review))
        self._by_words = {str(place): place for place in reversed(list(self._texts))}
        self.of_measure = review.draft.places
        self._measures: dict[Place, list[int]] = defaultdict(list)
        for no, places in self.of_measure.items():
            for place in places:
                self._measures[place].append(no)
        self._plan = review.draft.plan

    def named(self, words: str) -> Place | None:
        """The place that a problem names (第2页 表1 第3行)."""
        return self._by_words.get(words) or self._nearest(words)

    def text(self, place: Place) -> str:
        """What stands there."""
        return self._texts.get(place, "")

    def measures_at(self, places: Iterable[Place]) -> tuple[int, ...]:
        """The measures that were read from any of the places, in order."""
        return tuple(sorted({no for place in places for no in self._measures.get(place, ())}))

    def holding(self, words: str) -> tuple[Place, ...]:
        """The places of measures in which words stand, as a whole between two marks where there are such."""
        squeezed = _squeezed(words)
        whole = tuple(place for place in self._measures if squeezed in _MARKS.split(_squeezed(self.text(place))))
        return whole or tuple(place for place in self._measures if squeezed in _squeezed(self.text(place)))

    def spoken_of(self, what: str, place: Place | None) -> tuple[tuple[Place, ...], tuple[int, ...]]:
        """The places and the measures a problem is about, by its place and its words.

        A cell that stands over several measures names them all; their labels in the words choose among them.
        """
        here = self.measures_at([place]) if place is not None else ()
        named = tuple(no for no in here if self._is_named(no, what))
        nos = named or here
        quoted = [words for words in _QUOTED.findall(what) if len(words) > 1]
        for words in quoted:
            wide = self.holding(words)
            near = tuple(each for each in wide if set(self._measures[each]) & set(nos))
            found = near if near and named else wide
            if found:
                return found, self.measures_at(found)
        if not nos:
            return ((place,) if place is not None else ()), ()
        return tuple(self.text_place(no) or self.of_measure[no][0] for no in nos), nos

    def text_place(self, no: int) -> Place | None:
        """Where the text of a measure stands."""
        wanted = _squeezed(self._plan.measures[no - 1].text)[:12]
        places = self.of_measure.get(no, ())
        if not wanted:
            return None
        return next((place for place in places if wanted in _squeezed(self._texts.get(place, ""))), None)

    def _is_named(self, no: int, what: str) -> bool:
        label = self._plan.measures[no - 1].label
        return bool(label) and label in what

    def _nearest(self, words: str) -> Place | None:
        """A heading's place may be that of its row only."""
        return next((place for text, place in self._by_words.items() if words and text.startswith(words)), None)


def _texts(review: Review) -> Iterator[tuple[Place, str]]:
    for block in review.source.blocks:
        if isinstance(block, Paragraph):
            yield block.place, f"{block.number}{block.text}"
            continue
        for row in block.rows:
            for cell in row:
                if cell is not None:
                    yield cell.place, cell.text


def _squeezed(text: str) -> str:
    return "".join(text.split())
