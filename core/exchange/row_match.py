"""Which obligation a row of a returned sheet speaks of: number and text of its measure must not contradict each other.

A row is never given to a measure on a guess: what is not sure is a problem, and a person looks at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.exchange.hidden_identity import SentRow
from core.exchange.returned import KnownObligation, KnownPlan
from core.exchange.unit_sheet import text_mark
from core.model.plan import Severity

_NUMBER = re.compile(r"[（(]?第?(\d{1,4})[)）]?(?:\.0+)?[项条号.．、]?")
_LABEL = re.compile(r"^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}[.．、]|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、.])\s*")
_DROPPED = re.compile(r"[\s\W_]+")
_ALIKE, _NUMBERED_ALIKE, _MARGIN = 0.75, 0.5, 0.15
_SHORTEST = 8
"""So many letters of a measure's beginning, or of a part of it, are enough to know it by if no other has them."""


@dataclass(frozen=True, slots=True)
class Match:
    """The obligation of a row, None where it could not be told; ``what`` is to be said of it, if anything."""

    obligation: KnownObligation | None
    severity: Severity = Severity.INFO
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    obligation: KnownObligation
    texts: frozenset[str]
    """With and without its number, squeezed; the text as it was sent counts too."""
    marks: frozenset[str]
    """``text_mark`` of the measure as it was sent."""

    @property
    def text(self) -> str:
        return squeezed(self.obligation.text)


@lru_cache(maxsize=16_384)
def squeezed(text: str) -> str:
    """A text without blanks and punctuation, half-width: what stays when it is typed or pasted anew."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=16_384)
def _texts(label: str, text: str) -> frozenset[str]:
    """A measure's text as it may be typed, with and without its number."""
    return frozenset((squeezed(text), squeezed(f"{label}{text}")))


def number_of(value: object) -> int | None:
    """The number in 措施编号, however it is dressed."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and 0 < value < 10_000 else None
    found = _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", str(value)).split()))
    return int(found[1]) if found else None


class Matcher:
    """Knows the obligations of one unit in one plan, and how they were sent."""

    def __init__(self, plan: KnownPlan, unit: str, sent: Sequence[SentRow] = ()) -> None:
        self._plan = plan
        own = plan.obligations.get(unit, ())
        by_id = {one.id: one for one in own}
        self._gone: dict[int, SentRow] = {row.number: row for row in sent if row.obligation_id not in by_id}
        marks: dict[int, set[str]] = {}
        numbers: dict[int, int] = {}
        for row in sent:
            if row.obligation_id in by_id:
                marks.setdefault(row.obligation_id, set()).add(row.mark)
                numbers[row.number] = row.obligation_id
        self._candidates = [
            _Candidate(
                one,
                _texts(one.label, one.text),
                frozenset(marks.get(one.id, ())),
            )
            for one in own
        ]
        by_obligation = {one.obligation.id: one for one in self._candidates}
        self._by_number = {one.obligation.number: one for one in self._candidates}
        if sent:  # numbers as they went out: the plan may have been read anew since
            self._by_number = {number: by_obligation[id_] for number, id_ in numbers.items()}
            for one in self._candidates:
                if one.obligation.id not in marks:
                    self._by_number.setdefault(one.obligation.number, one)
        self._by_text: dict[str, list[_Candidate]] = {}
        for one in self._candidates:
            for text in one.texts:
                self._by_text.setdefault(text, []).append(one)
        self._is_shuffled = False

    def look_over(self, rows: Iterable[tuple[object, str]]) -> None:
        """Look at all rows first: where the numbers stand in another order than the texts, none can be trusted."""
        pairs = []
        for value, text in rows:
            exact = self._exact(text)
            number = number_of(value)
            if number is not None and len(exact) == 1 and number in self._by_number:
                pairs.append((self._by_number[number].obligation.id, exact[0].obligation.id))
        wrong = [(a, b) for a, b in pairs if a != b]
        self._is_shuffled = len(wrong) > 1 and Counter(a for a, _ in wrong) == Counter(b for _, b in wrong)

    def match(self, value: object, text: str) -> Match:
        """The obligation that number and text of a row mean."""
        number = number_of(value)
        by_number = self._by_number.get(number) if number is not None else None
        exact = self._exact(text)
        if by_number is not None and by_number in exact:
            return Match(by_number.obligation)
        if by_number is not None and text and self._is_as_sent(by_number, text):
            return Match(by_number.obligation, Severity.INFO, "措施文字与下发时相同，台账中后来改过")
        if len(exact) > 1:
            return Match(None, Severity.ERROR, "有几条措施的文字相同，没有编号分不清是哪一条")
        if exact:
            return self._by_exact_text(exact[0], by_number, has_number=bool(str(value or "").strip()))
        if not text:
            return self._by_number_alone(by_number, number)
        return self._by_likeness(by_number, number, text)

    def _exact(self, text: str) -> list[_Candidate]:
        if not text:
            return []
        plain = squeezed(text)
        return self._by_text.get(plain) or self._by_text.get(squeezed(_LABEL.sub("", text))) or []

    @staticmethod
    def _is_as_sent(one: _Candidate, text: str) -> bool:
        if not one.marks:
            return False
        bare = text.removeprefix(one.obligation.label)
        return text_mark(bare) in one.marks or text_mark(_LABEL.sub("", text)) in one.marks

    def _by_exact_text(self, one: _Candidate, by_number: _Candidate | None, *, has_number: bool) -> Match:
        label = one.obligation.number
        if by_number is None:
            said = "措施编号看不懂或不是本单位的" if has_number else "没有措施编号"
            return Match(one.obligation, Severity.INFO, f"{said}，按措施文字认作第 {label} 项")
        if self._is_shuffled:
            what = "几行的措施编号与措施文字互相错位，可能只排序了其中一列，请核对"
            return Match(None, Severity.ERROR, what)
        return Match(one.obligation, Severity.WARNING, f"措施编号与措施文字不符，按文字认作第 {label} 项")

    def _by_number_alone(self, by_number: _Candidate | None, number: int | None) -> Match:
        if by_number is not None:
            return Match(by_number.obligation, Severity.WARNING, "措施文字空着，按编号认")
        if number is None:
            return Match(None, Severity.ERROR, "没有措施编号和措施文字，不知道是哪一项")
        return self._unknown(number)

    def _unknown(self, number: int | None) -> Match:
        if number in self._gone:
            return Match(None, Severity.ERROR, "台账中已没有这一项责任事项")
        if number in self._plan.texts:
            return Match(None, Severity.ERROR, f"第 {number} 项不是本单位的责任事项")
        return Match(None, Severity.ERROR, "没有认出是哪一项措施")

    def _by_likeness(self, by_number: _Candidate | None, number: int | None, text: str) -> Match:
        """An edited text: known by the number if it is still like its measure, else only if it is like no other."""
        plain = squeezed(_LABEL.sub("", text)) or squeezed(text)
        of_others = {
            no: squeezed(words)
            for no, (_, words) in self._plan.texts.items()
            if no not in {one.obligation.number for one in self._candidates}
        }
        others = max((likeness(plain, other) for other in of_others.values()), default=0.0)
        scored = sorted(
            ((likeness(plain, one.text), one.obligation.number, one) for one in self._candidates),
            reverse=True,
            key=lambda each: each[:2],
        )
        best, _, first = scored[0] if scored else (0.0, 0, None)
        second = max([others, *(score for score, _, _ in scored[1:2])])
        if by_number is not None:
            mine = likeness(plain, by_number.text)
            rest = max([others, *(score for score, _, one in scored if one is not by_number)], default=0.0)
            if mine >= _NUMBERED_ALIKE and mine > rest:
                return Match(by_number.obligation, Severity.INFO, "措施文字有改动，按编号认")
            if max(mine, rest) < _NUMBERED_ALIKE:
                what = f"措施文字与第 {number} 项对不上，请核对"
                return Match(None, Severity.ERROR, what)
            return Match(None, Severity.ERROR, "措施编号与措施文字都对不上，没有认出是哪一项")
        if first is not None and best >= _ALIKE and best - second >= _MARGIN:
            what = f"措施编号和文字都有改动，按文字相近认作第 {first.obligation.number} 项"
            return Match(first.obligation, Severity.WARNING, what)
        if others >= 1.0:
            return Match(None, Severity.ERROR, "这条措施不是本单位的责任事项")
        return self._unknown(number)


def likeness(one: str, other: str) -> float:
    """How alike two squeezed texts are, 0 to 1, by their pairs of letters; a long enough piece of a text is like it."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and short in long:
        return 0.95
    pairs, others = _pairs(one), _pairs(other)
    both = sum((pairs & others).values())
    return 2 * both / max(sum(pairs.values()) + sum(others.values()), 1)


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])
