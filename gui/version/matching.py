"""Which old measure goes on in which new one while the clerk looks: pairs, what was looked at, what went into others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.align import versions
from core.align.versions import Difference, Kept
from core.model.plan import Measure, Plan


class Fate(StrEnum):
    """What became of a measure; the value is the word on the screen."""

    SAME = "未变"
    CHANGED = "改动"
    MOVED = "移动"
    CAME = "新增"
    WENT = "删去"
    MERGED = "并入"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: a new measure with the old one it goes on from, or an old one that left.

    ``at``: the new measure an old one went into, or the old one a new one seems to be split off from (``is_hint``).
    """

    old: Measure | None
    new: Measure | None
    kept: Kept | None
    fate: Fate
    is_open: bool
    at: int | None = None
    is_hint: bool = False

    @property
    def key(self) -> tuple[int, int]:
        """Old and new number, 0 for none: by what a line is known again."""
        return (self.old.no if self.old else 0, self.new.no if self.new else 0)


class Matching:
    """The pairs begin as the texts tell; what stayed word for word in its place needs no look."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = old, new
        self._old = {measure.no: measure for measure in old.measures}
        self._new = {measure.no: measure for measure in new.measures}
        self.pairs: dict[int, int] = dict(versions.pairs(old, new))
        self.merged: dict[int, int] = {}
        self._seen: set[tuple[int, int]] = set()
        self.difference: Difference
        self._compare()

    def _compare(self) -> None:
        self.difference = versions.difference(self.old, self.new, self.pairs.items())
        gone = set(self.difference.went)
        kept = {one.new for one in self.difference.kept}
        self.merged = {no: at for no, at in self.merged.items() if no in gone and at in kept}

    def lines(self) -> tuple[Line, ...]:
        """The new version in its order, then what left it."""
        return (*self._new_lines(), *self._gone_lines())

    def _new_lines(self) -> Iterator[Line]:
        by_new = {kept.new: kept for kept in self.difference.kept}
        for measure in self.new.measures:
            kept = by_new.get(measure.no)
            if kept is None:
                at = self.difference.came_from.get(measure.no)
                is_open = (0, measure.no) not in self._seen
                yield Line(None, measure, None, Fate.CAME, is_open, at, is_hint=at is not None)
                continue
            fate = Fate.CHANGED if kept.changed else Fate.MOVED if kept.is_moved else Fate.SAME
            is_open = fate is not Fate.SAME and (kept.old, kept.new) not in self._seen
            yield Line(self._old[kept.old], measure, kept, fate, is_open)

    def _gone_lines(self) -> Iterator[Line]:
        for no in self.difference.went:
            is_open = (no, 0) not in self._seen
            if no in self.merged:
                yield Line(self._old[no], None, None, Fate.MERGED, is_open, self.merged[no])
            else:
                at = self.difference.went_into.get(no)
                yield Line(self._old[no], None, None, Fate.WENT, is_open, at, is_hint=at is not None)

    @property
    def open(self) -> int:
        """How many lines nobody has confirmed."""
        return sum(line.is_open for line in self.lines())

    def confirm(self, line: Line) -> None:
        """The clerk has looked at a line and it is right."""
        self._seen.add(line.key)

    def confirm_all(self) -> None:
        """All lines are right."""
        self._seen.update(line.key for line in self.lines())

    def part(self, line: Line) -> None:
        """The two are not one measure: one left, one came. A merge is taken back."""
        if line.old is None:
            return
        if line.new is not None:
            self.pairs.pop(line.old.no, None)
        self.merged.pop(line.old.no, None)
        self._compare()

    def join(self, old: int, new: int) -> None:
        """An old measure goes on in a new one; whom either stood with before is free again."""
        self.pairs = {one: other for one, other in self.pairs.items() if one != old and other != new}
        self.pairs[old] = new
        self.merged.pop(old, None)
        self._compare()
        self._seen.add((old, new))

    def merge(self, old: int, new: int) -> None:
        """An old measure that left goes on in a new one that another old one goes on in."""
        self.merged[old] = new
        self._compare()
        self._seen.add((old, 0))

    def candidates(self, line: Line) -> tuple[Measure, ...]:
        """Whom a line can be joined with: for a new measure the old ones that left, for an old one those that came."""
        if line.new is not None and line.old is None:
            return tuple(self._old[no] for no in self.difference.went)
        if line.new is None:
            return tuple(self._new[no] for no in self.difference.came)
        return ()

    def heirs(self, line: Line) -> tuple[Measure, ...]:
        """The new measures an old one that left can go into, the one the texts tell first."""
        if line.old is None or line.new is not None:
            return ()
        told = self.difference.went_into.get(line.old.no)
        kept = [self._new[one.new] for one in self.difference.kept]
        return tuple(sorted(kept, key=lambda measure: measure.no != told))
