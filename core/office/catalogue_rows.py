"""佐证材料 in the order of the plan's table, each under its number.

A file is numbered 措施号-序号 (4-2): under the first measure it proves something of, in the order the files came to
that measure. The numbers do not depend on period or date, so that a report of one quarter and the catalogue of the
whole plan call a file by the same number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.exchange.secrecy import mark_in_name
from core.ledger.states import counts
from core.model.evidence import Evidence
from core.model.ledger import Review
from core.office.asked import file_name
from core.office.evidence import EvidenceRow, shown
from core.office.overview import Overview
from core.store import evidence, evidence_damage
from core.store.database import Store

_LONGEST = 60
"""Characters of a title in a file name: three bytes each stay below the 255 that systems take."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A file of the catalogue. ``units``: whose records it proves; ``also``: further measures, by number."""

    number: str
    measure: int
    item: Evidence
    row: EvidenceRow
    units: tuple[str, ...]
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The files of a plan. ``numbers`` by file; ``by_record``: the files of each progress record."""

    numbers: dict[int, str]
    by_record: dict[int, list[int]]

    def of_records(self, record_ids: Iterable[int]) -> tuple[str, ...]:
        """The numbers of the files of some records, each once, in the order of the catalogue."""
        found = {self.numbers[file] for key in record_ids for file in self.by_record.get(key, ())}
        return tuple(sorted(found, key=place))


def is_marked(item: Evidence) -> bool:
    """Whether a file's own words carry a mark of secrecy; its pages are read only where it is handed out."""
    return any(mark_in_name(text) for text in (item.title, item.number, item.name, item.note))


def handed_out_as(number: str, units: Sequence[str], item: Evidence) -> str:
    """The name of a file in a package: 措施号-单位-材料名-日期 (4-2-财政局-培训通知-20241105.pdf), fit for any system."""
    who = units[0] if len(units) == 1 else f"{units[0]}等" if units else "未注明单位"
    parts = (number, who, item.title[:_LONGEST], f"{item.proves_on or item.received_on:%Y%m%d}")
    stem = re.sub(r"\s+", " ", file_name("-".join(parts))).strip(" .")
    return f"{stem}{file_name(Path(item.name).suffix.lower())}"


def place(number: str) -> tuple[int, int]:
    """Where a number stands in the catalogue."""
    measure, _, serial = number.partition("-")
    return int(measure), int(serial)


def numbered(store: Store, view: Overview) -> Numbered:
    """The numbers of all files that prove something of a plan's obligations."""
    with store.reading() as db:
        by_obligation = evidence.by_obligation(db, view.row.id)
        by_record = evidence.by_record(db, view.row.id)
    first: dict[int, int] = {}
    for item in view.obligations:
        for file in by_obligation.get(item.id, ()):
            first[file] = min(item.measure, first.get(file, item.measure))
    serials: dict[int, int] = defaultdict(int)
    numbers: dict[int, str] = {}
    for file in sorted(first):
        serials[first[file]] += 1
        numbers[file] = f"{first[file]}-{serials[first[file]]}"
    return Numbered(numbers, {key: [f for f in files if f in numbers] for key, files in by_record.items()})


def catalogue_rows(
    store: Store, view: Overview, period_key: str | None = None, *, section: int | None = None, unit: str | None = None
) -> tuple[CatalogueRow, ...]:
    """The files behind the records that count on the date, of one period, section or unit if asked.

    What carries a mark of secrecy (密) in its title, 文号, name or note is in no catalogue.
    """
    found = numbered(store, view)
    sections = {measure.no: measure.section for measure in view.plan.measures}
    units: dict[int, dict[str, None]] = defaultdict(dict)
    measures: dict[int, set[int]] = defaultdict(set)
    for item in view.obligations:
        if section not in (None, sections[item.measure]) or unit not in (None, item.unit):
            continue
        for record in view.progress.get(item.id, ()):
            is_asked = period_key in (None, record.period.key) and counts(record.entry, view.clock)
            if not is_asked or record.review is Review.RETURNED:
                continue
            for file in found.by_record.get(record.id, ()):
                units[file][item.unit] = None
                measures[file].add(item.measure)
    with store.reading() as db:
        files = {item.id: item for item in evidence.everything(db) if item.id in units and not is_marked(item)}
        damage = evidence_damage.last(db)
    rows = []
    for key in sorted(files, key=lambda key: place(found.numbers[key])):
        number = found.numbers[key]
        home = place(number)[0]
        rows.append(
            CatalogueRow(
                number=number,
                measure=home,
                item=files[key],
                row=shown(store.path, files[key], damage=damage),
                units=tuple(units[key]),
                also=tuple(sorted(measures[key] - {home})),
            )
        )
    return tuple(rows)
