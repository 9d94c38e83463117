"""The journal as lines to read."""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from core.model.journal import JournalEntry
from core.store import journal, units
from core.store.database import Store


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act: ``at`` as 2026-11-20 10:42, who, and what in words."""

    at: str
    who: str
    text: str


def history_of(db: Connection, measure_id: int) -> tuple[HistoryLine, ...]:
    """What happened to a measure, the newest first."""
    return tuple(_line(entry) for entry in journal.of_measure(db, measure_id))


def history_of_unit(store: Store, name: str) -> tuple[HistoryLine, ...]:
    """What happened to a unit or collective of the register, under any name it has had, the newest first."""
    with store.reading() as db:
        unit = units.load(db).find(name)
        entries = journal.about_unit(db, unit.names if unit is not None else (name,))
    return tuple(_line(entry) for entry in entries)


def _line(entry: JournalEntry) -> HistoryLine:
    changes = "；".join(_changes(entry.before or {}, entry.after or {}))
    reason = f"（{entry.reason}）" if entry.reason else ""
    text = f"{entry.action}：{entry.subject}{reason}"
    return HistoryLine(entry.at[:16].replace("T", " "), entry.who, f"{text}。{changes}" if changes else text)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    lines = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        lines.append(f"{key} {new}" if old in (None, "") else f"{key} {old} → {new or '无'}")
    return lines
