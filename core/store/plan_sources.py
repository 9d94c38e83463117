"""The document that a plan was read from, kept beside the ledger like evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from core.store.evidence_files import Stored

OLD_VERSION = ".旧版本.json"
"""What the name of a former version of the plan itself ends with; it lies among the plan's originals."""


@dataclass(frozen=True, slots=True)
class PlanSource:
    """An original: ``size`` in bytes, ``name`` as it came, ``read_at`` local ISO time."""

    plan_id: int
    sha256: str
    size: int
    name: str
    read_at: str

    @property
    def is_old_version(self) -> bool:
        """Whether it is the plan as it stood before a new version."""
        return self.name.endswith(OLD_VERSION)


def insert(db: Connection, plan_id: int, file: Stored) -> None:
    """Tie a stored file to its plan; the same file once."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    db.execute(
        "INSERT OR IGNORE INTO plan_source (plan_id, sha256, size, name, read_at) VALUES (?, ?, ?, ?, ?)",
        [plan_id, file.sha256, file.size, file.name, now],
    )


def everything(db: Connection) -> tuple[PlanSource, ...]:
    """All originals in the order of their plans."""
    rows = db.execute("SELECT plan_id, sha256, size, name, read_at FROM plan_source ORDER BY plan_id, read_at")
    return tuple(PlanSource(*row) for row in rows)


def of_plan(db: Connection, plan_id: int) -> tuple[PlanSource, ...]:
    """The originals of one plan."""
    return tuple(source for source in everything(db) if source.plan_id == plan_id)
