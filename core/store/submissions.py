"""上报 in the file: what was sent upward, as it was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a submission; its bytes lie in the content-addressed folder, unless it was only listed."""

    path: str
    sha256: str
    size: int
    kind: str

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One package. ``made_at``: local ISO time; ``sent_on``: the day it went, None while it has not."""

    id: int
    plan_key: str
    period_key: str
    made_at: str
    as_of: date
    name: str
    sent_on: date | None
    sent_by: str
    files: tuple[SentFile, ...]


_SELECT = (
    "SELECT submission.id, plan.key, period.key, made_at, as_of, name, sent_on, sent_by, manifest FROM submission"
    " JOIN plan ON plan.id = plan_id JOIN period ON period.id = period_id"
)


def add(
    db: Connection,
    plan_id: int,
    period_id: int,
    *,
    made_at: str,
    as_of: date,
    name: str,
    sent_by: str,
    files: tuple[SentFile, ...],
) -> int:
    """A package that was made; gives its number."""
    kept = [{"path": one.path, "sha256": one.sha256, "size": one.size, "kind": one.kind} for one in files]
    cursor = db.execute(
        "INSERT INTO submission (plan_id, period_id, made_at, as_of, name, manifest, sent_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            plan_id,
            period_id,
            made_at,
            as_of.isoformat(),
            name,
            json.dumps({"files": kept}, ensure_ascii=False),
            sent_by,
        ),
    )
    return cursor.lastrowid or 0


def of_period(db: Connection, plan_id: int, period_key: str | None = None) -> tuple[SubmissionRow, ...]:
    """The packages of a plan, or of one period of it, the newest first."""
    rows = db.execute(
        f"{_SELECT} WHERE plan_id = ?1 AND (?2 IS NULL OR period.key = ?2) ORDER BY submission.id DESC",
        [plan_id, period_key],
    )
    return tuple(_row(row) for row in rows)


def find(db: Connection, submission_id: int) -> SubmissionRow | None:
    """One package."""
    row = db.execute(f"{_SELECT} WHERE submission.id = ?", [submission_id]).fetchone()
    return None if row is None else _row(row)


def mark_sent(db: Connection, submission_id: int, day: date | None, by: str) -> None:
    """Say when a package went, and who sent it."""
    db.execute(
        "UPDATE submission SET sent_on = ?, sent_by = ? WHERE id = ?",
        [day.isoformat() if day else None, by, submission_id],
    )


def everything(db: Connection) -> tuple[SentFile, ...]:
    """The files of all packages, each content once: they are kept beside the ledger."""
    found: dict[str, SentFile] = {}
    for (text,) in db.execute("SELECT manifest FROM submission ORDER BY id"):
        for one in _files(text):
            found.setdefault(one.sha256, one)
    return tuple(found.values())


def _files(text: str) -> tuple[SentFile, ...]:
    return tuple(
        SentFile(one["path"], one["sha256"], one["size"], one["kind"]) for one in json.loads(text).get("files", [])
    )


def _row(row: tuple[Any, ...]) -> SubmissionRow:
    key, plan, period, made_at, as_of, name, sent_on, sent_by, manifest = row
    day = date.fromisoformat(sent_on) if sent_on else None
    return SubmissionRow(key, plan, period, made_at, date.fromisoformat(as_of), name, day, sent_by, _files(manifest))
