"""完成时限 understood: the parts of a phrase, each with its date or recurrence and the matter it speaks of.

A date is the last day of the named period. What is not understood is left, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from core.model.plan import Deadline, DeadlineKind
from core.recognise.dates import AFTER_ISSUE, Point, after_issue, points
from core.recognise.deadline_text import in_text
from core.recognise.deadline_words import (
    ABOVE,
    CLAUSE,
    DAY_IN_PERIOD,
    DONE,
    FROM_NOW,
    INSTRUCTED,
    LABEL,
    LEADING,
    LIST,
    NOTHING,
    ONGOING,
    PERIODS,
    THROUGHOUT,
    TRAILING,
    VAGUE,
    VERB,
)
from core.recognise.marks import full_width, squeeze

__all__ = ["DeadlineReading", "in_text", "is_deadline", "understand"]


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """The parts of a phrase in order, and what of it was not understood."""

    parts: tuple[Deadline, ...] = ()
    left: str = ""


@dataclass(slots=True)
class _Draft:
    issued: date | None
    year: int | None
    said: int | None = None
    parts: list[Deadline] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    tails: dict[int, str] = field(default_factory=dict)
    pending: str = ""

    def yearly(self, point: Point) -> bool:
        """Whether a point without a year goes on after one of every year: 每年3月底前…，12月底前…."""
        last = self.parts[-1].recur if self.parts else None
        return (
            point.year is None
            and point.shift is None
            and point.month is not None
            and (last or "").startswith("yearly-")
        )

    def year_of(self, point: Point) -> int | None:
        """The year of a point: said, counted from the document's, or that of the point before."""
        base = self.said if self.said is not None and point.shift != 0 else self.year
        if point.year is not None:
            self.said = point.year
        elif point.shift is not None and self.year is not None:
            return (self.year if point.shift == 0 or self.said is None else self.said) + point.shift
        return point.year if point.year is not None else base


def understand(phrase: str, *, issued: date | None = None, year: int | None = None) -> DeadlineReading:
    """The parts of a deadline phrase.

    ``issued`` is the date of the document, ``year`` the year that a phrase without one (6月底前) means: the
    document's, or that of the column's head.
    """
    text = LABEL.sub("", squeeze(full_width(phrase))).strip('，；。、“”"')
    if not text:
        return DeadlineReading()
    if NOTHING.match(text):
        return DeadlineReading((Deadline(DeadlineKind.UNSPECIFIED),))
    draft = _Draft(issued, year if year is not None else (issued.year if issued else None))
    for clause in CLAUSE.split(text):
        if clause:
            _clause(clause, draft)
    _dates_win(draft)
    _scopes(draft)
    if draft.pending:
        draft.left.append(draft.pending)
    return DeadlineReading(tuple(draft.parts), "，".join(draft.left))


def is_deadline(phrase: str) -> bool:
    """Whether the words are a deadline phrase and nothing else."""
    if len(phrase) > 60:
        return False
    reading = understand(phrase, issued=date(2024, 1, 1))
    return bool(reading.parts) and not reading.left and all(part.scope is None for part in reading.parts)


def _clause(text: str, draft: _Draft) -> None:
    """One clause: dates, else after the issue, recurring, ongoing, on instruction, or vague words, else left."""
    text = FROM_NOW.sub("", text)
    issue = AFTER_ISSUE.search(text)
    if issue is not None:
        _after_issue(text, issue, draft)
        return
    found = list(points(text))
    if found and text.startswith("起", found[0].end) and len(text) > found[0].end + 1:
        _clause(text[found[0].end + 1 :], draft)
        return
    if found and not THROUGHOUT.fullmatch(text):
        _dated(text, found, draft)
        return
    for read in (_recurring, _ongoing, _instructed, _vague):
        if read(text, draft):
            return
    if draft.pending:
        draft.left.append(draft.pending)
    draft.pending = text


def _dated(text: str, found: list[Point], draft: _Draft) -> None:
    """The points of a clause; a list of points (6月、12月底前) shares scope and year."""
    before = text[: found[0].start]
    for at, point in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        between = text[point.end : following.start] if following else text[point.end :]
        listed = following is not None and LIST.match(between) is not None
        tail, head = ("", "") if listed else _divided(between) if following else (between, "")
        _point(point, text, before, draft)
        if following is not None and listed and point.every and not following.every:
            found[at + 1] = replace(following, every=True)
        if not listed:
            _tail(tail, point, draft)
            before = head


def _divided(between: str) -> tuple[str, str]:
    """What stands between two points, as the first one's and the second one's words."""
    first, mark, second = between.partition("、")
    return (first, second) if mark else (between, "")


def _point(point: Point, text: str, before: str, draft: _Draft) -> None:
    scope = _scope(before) or None
    if scope is None and draft.pending:
        scope, draft.pending = draft.pending, ""
    if point.every or draft.yearly(point):
        draft.parts.append(Deadline(DeadlineKind.RECURRING, recur=point.recur, scope=scope))
        return
    day = point.on(draft.year_of(point))
    kind = DeadlineKind.BY if day is not None else DeadlineKind.UNSPECIFIED
    if day is None:
        draft.left.append(text[point.start : point.end])
    if scope is None and draft.parts and draft.parts[-1] == Deadline(DeadlineKind.ONGOING):
        draft.parts.pop()
        kind = DeadlineKind.BY_THEN_ONGOING if day is not None else kind
    draft.parts.append(Deadline(kind, date=day, scope=scope))


def _tail(text: str, point: Point, draft: _Draft) -> None:
    """The words behind a point: 完成, 并长期坚持, or what is to be done by then."""
    ongoing = ONGOING.search(text)
    if ongoing is not None and (not text[ongoing.end() :] or DONE.match(text[ongoing.end() :])):
        text = text[: ongoing.start()]
        last = draft.parts[-1]
        plain = point.bare and not text and not point.marked and not ongoing[0].startswith(("并", "且", "后", "同时"))
        if last.kind is DeadlineKind.BY:
            draft.parts[-1] = (
                replace(last, kind=DeadlineKind.ONGOING, date=None)
                if plain
                else replace(last, kind=DeadlineKind.BY_THEN_ONGOING)
            )
    if text and not DONE.match(text):
        draft.tails[len(draft.parts) - 1] = VERB.sub("", text)


def _dates_win(draft: _Draft) -> None:
    """按照全省统一部署，2024年底前完成 is `by`: beside a date, instructions and vague words without a matter fall away."""
    weak = (Deadline(DeadlineKind.ON_INSTRUCTION), Deadline(DeadlineKind.UNSPECIFIED))
    if any(part.date or part.recur for part in draft.parts) and any(part in weak for part in draft.parts):
        kept = [at for at, part in enumerate(draft.parts) if part not in weak]
        draft.tails = {new: draft.tails[old] for new, old in enumerate(kept) if old in draft.tails}
        draft.parts = [draft.parts[at] for at in kept]


def _scopes(draft: _Draft) -> None:
    """Where a phrase has several parts, what stands behind a date is its scope: 2024年底前完成试点，….

    A single part speaks for all of the measure, whatever is said behind it.
    """
    if len(draft.parts) < 2:
        return
    for at, tail in draft.tails.items():
        if draft.parts[at].scope is None:
            draft.parts[at] = replace(draft.parts[at], scope=LEADING.sub("", tail) or None)


def _scope(text: str) -> str:
    """The matter named before or behind a date, without the words that only bind."""
    return TRAILING.sub("", LEADING.sub("", text))


def _after_issue(text: str, issue: re.Match[str], draft: _Draft) -> None:
    day = after_issue(issue, draft.issued)
    kind = DeadlineKind.BY if day is not None else DeadlineKind.UNSPECIFIED
    if day is None:
        draft.left.append(issue[0])
    draft.parts.append(Deadline(kind, date=day, scope=_scope(text[: issue.start()]) or None))


def _recurring(text: str, draft: _Draft) -> bool:
    for period, recur in PERIODS:
        found = period.search(text)
        if found is None:
            continue
        behind = DAY_IN_PERIOD.sub("", text[found.end() :])
        if not (DONE.match(behind) or ONGOING.match(behind) or len(behind) < 20):
            continue
        draft.parts.append(
            Deadline(DeadlineKind.RECURRING, recur=recur, scope=_taken(_scope(text[: found.start()]), draft))
        )
        draft.tails[len(draft.parts) - 1] = "" if DONE.match(behind) else behind
        return True
    return False


def _ongoing(text: str, draft: _Draft) -> bool:
    found = ONGOING.search(text)
    if found is None or (found.end() < len(text) and not DONE.match(text[found.end() :])):
        return False
    scope = _scope(text[: found.start()])
    if DONE.match(scope):
        scope = ""
    last = draft.parts[-1] if draft.parts else None
    if not scope and not draft.pending and last is not None:
        if last.kind is DeadlineKind.BY:
            draft.parts[-1] = replace(last, kind=DeadlineKind.BY_THEN_ONGOING)
        return True
    draft.parts.append(Deadline(DeadlineKind.ONGOING, scope=_taken(scope, draft)))
    return True


def _instructed(text: str, draft: _Draft) -> bool:
    found = INSTRUCTED.search(text)
    if found is None or (found.end() < len(text) and not DONE.match(text[found.end() :])):
        return False
    scope = _scope(text[: found.start()])
    own = found["whose"] is not None and not ABOVE.search(found["whose"])
    kind = DeadlineKind.UNSPECIFIED if own else DeadlineKind.ON_INSTRUCTION
    draft.parts.append(Deadline(kind, scope=_taken(scope, draft)))
    return True


def _vague(text: str, draft: _Draft) -> bool:
    found = VAGUE.fullmatch(text)
    if found is None:
        return False
    draft.parts.append(Deadline(DeadlineKind.UNSPECIFIED, scope=_taken("", draft)))
    return True


def _taken(scope: str, draft: _Draft) -> str | None:
    """The scope, or the clause before that waits for a part of its own."""
    if not scope and draft.pending:
        scope, draft.pending = draft.pending, ""
    return scope or None
