"""How near a reading comes to its answer: as strict as somebody outside would be.

A measure counts as found when its text is equal after normalising (blanks, half-width marks). Everything else is
counted over the measures of the answer: one that was not found has nothing right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.model.plan import Measure, Plan, Role

FLOORS = {
    "found": 0.98,
    "not invented": 0.98,
    "section": 0.97,
    "task": 0.97,
    "units": 0.97,
    "roles": 0.95,
    "deadline": 0.99,
    "dates": 0.97,
}
_WIDTH = str.maketrans(",;:?!()[]．", "，；：？！（）［］.")

Dates = frozenset[tuple[str, str | None, str | None]]


@dataclass(frozen=True)
class Answer:
    """What a measure should be. ``dates`` None: the answer does not say; ``either``: 配合 and 责任 are the same."""

    text: str
    section: str | None
    task: str | None
    lead: frozenset[str]
    responsible: frozenset[str]
    cooperating: frozenset[str]
    deadline: str | None
    dates: Dates | None = None
    either: bool = False


@dataclass
class Score:
    """Rights and totals by figure; ``misses`` in words."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Sum up."""
        for name, number in other.total.items():
            self.total[name] += number
            self.right[name] += other.right[name]
        self.misses += other.misses

    def rate(self, name: str) -> float:
        """A figure; 1 where there was nothing to get right."""
        return self.right[name] / self.total[name] if self.total[name] else 1.0

    def broken(self) -> list[str]:
        """The figures under their floor."""
        return [f"{name} {self.rate(name):.4f} < {floor}" for name, floor in FLOORS.items() if self.rate(name) < floor]

    def line(self) -> str:
        """All figures on one line."""
        return "  ".join(f"{name} {self.rate(name):.3f}" for name in FLOORS)

    def count(self, name: str, *, right: bool, miss: str = "") -> None:
        """One more of a figure."""
        self.total[name] += 1
        self.right[name] += right
        if not right and miss:
            self.misses.append(f"{name}: {miss}")


def plain(text: str | None) -> str:
    """Text for comparing."""
    return "".join((text or "").split()).translate(_WIDTH)


def heading(text: str | None) -> str:
    """A section or task for comparing: a full stop at its end is no difference."""
    return plain(text).rstrip("。")


def answers_of(plan: Plan) -> list[Answer]:
    """The measures of a bundled plan as answers."""
    sections = {s.no: f"{s.label}{s.title}" for s in plan.sections}
    tasks = {t.no: f"{t.label}{t.title}" for t in plan.tasks}
    dates: dict[str | None, Dates] = defaultdict(frozenset)
    for measure in plan.measures:
        # a composite phrase stands on every row that it covers, whatever part of it the row's measure is
        dates[measure.deadline_raw] |= dates_of(measure)
    return [
        Answer(
            measure.text,
            sections.get(measure.section or 0),
            tasks.get(measure.task or 0),
            frozenset(measure.lead),
            frozenset(measure.responsible),
            frozenset(measure.cooperating),
            measure.deadline_raw,
            dates[measure.deadline_raw] if measure.deadline_raw else dates_of(measure),
        )
        for measure in plan.measures
    ]


def dates_of(measure: Measure) -> Dates:
    """Kind, date and recurrence of every part."""
    return frozenset(
        (part.kind.value, part.date.isoformat() if part.date else None, part.recur) for part in measure.deadlines
    )


def compare(plan: Plan, answers: Iterable[Answer]) -> Score:
    """Score one reading."""
    wanted = list(answers)
    score = Score()
    waiting: dict[str, list[Answer]] = defaultdict(list)
    for answer in wanted:
        waiting[plain(answer.text)].append(answer)
    got = answers_of(plan)
    for measure in got:
        here = waiting.get(plain(measure.text))
        score.count("not invented", right=bool(here), miss=measure.text[:60])
        if here:
            _fields(score, measure, here.pop(0))
    for answer in (answer for rest in waiting.values() for answer in rest):
        _nothing(score, answer)
    return score


def _fields(score: Score, got: Answer, want: Answer) -> None:
    where = want.text[:14]
    score.count("found", right=True)
    score.count(
        "section", right=heading(got.section) == heading(want.section), miss=f"{where}… {got.section} ≠ {want.section}"
    )
    score.count("task", right=heading(got.task) == heading(want.task), miss=f"{where}… {got.task} ≠ {want.task}")
    mine = _names(got.lead | got.responsible | got.cooperating)
    theirs = _names(want.lead | want.responsible | want.cooperating)
    score.count("units", right=mine == theirs, miss=f"{where}… {sorted(mine ^ theirs)}")
    score.count(
        "roles", right=_roles(got, want.either) == _roles(want, want.either), miss=f"{where}… {_roles(got, False)}"
    )
    score.count(
        "deadline", right=plain(got.deadline) == plain(want.deadline), miss=f"{where}… {got.deadline} ≠ {want.deadline}"
    )
    if want.dates is not None:
        miss = f"{where}… {sorted(map(str, (got.dates or frozenset()) ^ want.dates))}"
        score.count("dates", right=got.dates == want.dates, miss=miss)


def _nothing(score: Score, want: Answer) -> None:
    score.count("found", right=False, miss=want.text[:60])
    for name in ("section", "task", "units", "roles", "deadline"):
        score.count(name, right=False)
    if want.dates is not None:
        score.count("dates", right=False)


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in names)


def _roles(answer: Answer, either: bool) -> tuple[frozenset[str], ...]:
    groups = {Role.LEAD: answer.lead, Role.RESPONSIBLE: answer.responsible, Role.COOPERATING: answer.cooperating}
    if either:
        return _names(answer.lead), _names(answer.responsible | answer.cooperating)
    return tuple(_names(groups[role]) for role in Role)
