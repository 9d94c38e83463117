"""选用已有: evidence the ledger holds already, to be used for one more obligation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.model.evidence import Evidence
from core.office.evidence import EvidenceRow, evidence_rows
from core.store import evidence
from core.store.database import Store

MOST = 200
"""Rows that are handed out; who looks for more types a word."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Evidence to choose from, the newest first; ``total`` counts what was found, shown or not."""

    rows: tuple[EvidenceRow, ...]
    total: int


def choice(store: Store, words: str = "", *, without: Collection[int] = ()) -> Choice:
    """Evidence whose title, 文号, category, note or file name holds every word; ``without`` those that are there.

    Older versions are left out: what proves something now is the newest one.
    """
    wanted = words.casefold().split()
    with store.reading() as db:
        old = set(evidence.replacements(db))
        found = [
            item.id
            for item in reversed(evidence.everything(db))
            if item.id not in old and item.id not in without and _matches(item, wanted)
        ]
    return Choice(evidence_rows(store, found[:MOST]), len(found))


def _matches(item: Evidence, wanted: list[str]) -> bool:
    said = " ".join((item.title, item.number or "", item.category, item.note, item.name)).casefold()
    return all(word in said for word in wanted)
