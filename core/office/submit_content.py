"""What a period says upward: for each measure its state and the words of its units, gathered once for template,
manifest and checks. What is marked 密 is left out here, so that it can be in none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.exchange.secrecy import mark_in_name, mark_in_text, mark_on_page
from core.job import Job
from core.model.evidence import Evidence
from core.model.ledger import Obligation, Period, Review
from core.office.catalogue_rows import numbered, place
from core.office.overview import Overview, overview
from core.office.periods import period_of
from core.store import evidence, evidence_files, progress
from core.store.database import Store
from core.store.progress import ProgressRow, ReachedRow


@dataclass(frozen=True, slots=True)
class Said:
    """One record of the period: of which obligation, what was reached of the targets, its evidence.

    ``mark``: the mark of secrecy its words carry; they then go nowhere.
    """

    obligation: Obligation
    record: ProgressRow
    reached: tuple[ReachedRow, ...]
    evidence: tuple[Evidence, ...]
    mark: str | None

    @property
    def goes(self) -> bool:
        """Whether it goes upward: neither sent back nor marked."""
        return self.record.review is not Review.RETURNED and self.mark is None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that goes: its number in the package, what it proves, where its bytes lie."""

    number: str
    item: Evidence
    path: Path
    measures: tuple[int, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All of it. ``secret``: evidence that carries a mark, with the mark; ``lost``: files that are not there."""

    view: Overview
    period: Period
    as_of: date
    said: tuple[Said, ...]
    pieces: tuple[Piece, ...]
    secret: tuple[tuple[Evidence, str], ...]
    lost: tuple[Evidence, ...]

    @property
    def by_obligation(self) -> dict[int, list[Said]]:
        """The records of each obligation."""
        found: dict[int, list[Said]] = defaultdict(list)
        for one in self.said:
            found[one.obligation.id].append(one)
        return found


def content_of(store: Store, plan_key: str | None, period_key: str, as_of: date, job: Job) -> Content:
    """Gather a period's words and files.

    Raises NotFoundError for the plan, InvalidError for the period, Cancelled.
    """
    view = overview(store, plan_key, as_of)
    period = period_of(store, view.row.key, period_key)
    said = tuple(_said(store, view, period))
    pieces, secret, lost = _pieces(store, said, numbered(store, view).numbers, job)
    return Content(view, period, as_of, said, pieces, secret, lost)


def _said(store: Store, view: Overview, period: Period) -> Iterator[Said]:
    with store.reading() as db:
        for item in _in_order(view):
            for record in view.progress.get(item.id, []):
                if record.period.key == period.key:
                    words = (record.text, record.problems, record.next_steps, record.reason)
                    mark = next((mark for text in words if (mark := mark_in_text(text))), None)
                    files = evidence.of_progress(db, [record.id])
                    yield Said(item, record, progress.reached(db, record.id), files, mark)


def _in_order(view: Overview) -> Iterator[Obligation]:
    """Measure by measure, in each the strongest role first."""
    for measure in view.plan.measures:
        yield from sorted(view.of_measure(measure.no), key=lambda item: item.role.rank)


def _pieces(
    store: Store, said: Iterable[Said], numbers: Mapping[int, str], job: Job
) -> tuple[tuple[Piece, ...], tuple[tuple[Evidence, str], ...], tuple[Evidence, ...]]:
    uses: dict[int, list[Obligation]] = defaultdict(list)
    items: dict[int, Evidence] = {}
    for one in said:
        if one.goes:
            for item in one.evidence:
                items[item.id] = item
                uses[item.id].append(one.obligation)
    pieces, secret, lost = [], [], []
    for at, (key, item) in enumerate(items.items()):
        job.step(at, len(items), f"正在核对 {item.title}")
        path = evidence_files.path_of(store.path, item.sha256, item.name)
        if evidence_files.glance(path) is None:
            lost.append(item)
            continue
        mark = mark_of(item, path)
        if mark is not None:
            secret.append((item, mark))
            continue
        measures = tuple(dict.fromkeys(use.measure for use in uses[key]))
        units = tuple(dict.fromkeys(use.unit for use in uses[key]))
        pieces.append(Piece(numbers[key], item, path, measures, units))
    return tuple(sorted(pieces, key=lambda piece: place(piece.number))), tuple(secret), tuple(lost)


def mark_of(item: Evidence, path: Path) -> str | None:
    """The mark of secrecy of a piece of evidence: in its title, 文号, name, note, or at the head of its first page."""
    for text in (item.title, item.number, item.name, item.note):
        mark = mark_in_name(text)
        if mark is not None:
            return mark
    return mark_on_page(path)
