"""What the search reads: progress and evidence in bulk, and again one by one."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

MOST = 100_000
"""So many records, the newest, are searched: twelve years of a county with 40 units and 50 measures."""


class FoundProgress(NamedTuple):
    """A record with where it stands; ``number`` is that of its measure."""

    id: int
    obligation_id: int
    plan_id: int
    number: int
    label: str
    unit: str
    period_key: str
    period_title: str
    text: str
    problems: str
    rest: str
    """Next steps and reason."""

    @property
    def texts(self) -> tuple[str, str, str]:
        """All that was said."""
        return self.text, self.problems, self.rest


def version(db: Connection) -> tuple[int, int]:
    """Another value after every write, of this connection or of any other."""
    return db.execute("PRAGMA data_version").fetchone()[0], db.total_changes


def amount(db: Connection) -> int:
    """How many texts there are, about; asked in no time."""
    (progress,) = db.execute("SELECT max(id) FROM progress").fetchone()
    (evidence,) = db.execute("SELECT max(id) FROM evidence").fetchone()
    return (progress or 0) + (evidence or 0)


def progress_texts(db: Connection) -> list[tuple[int, str]]:
    """(row, all its words) of the newest records that say something, the newest first."""
    rows = db.execute(
        "SELECT id, text || char(10) || problems || char(10) || next_steps || char(10) || reason FROM progress"
        " WHERE text <> '' OR problems <> '' OR next_steps <> '' OR reason <> '' ORDER BY id DESC LIMIT ?",
        [MOST],
    )
    return rows.fetchall()


def evidence_texts(db: Connection) -> list[tuple[int, str]]:
    """(row, its title, file name, 文号 and note), the newest first."""
    rows = db.execute(
        "SELECT id, title || char(10) || name || char(10) || coalesce(number, '') || char(10) || note FROM evidence"
        " ORDER BY id DESC LIMIT ?",
        [MOST],
    )
    return rows.fetchall()


def progress_rows(db: Connection, ids: Sequence[int]) -> dict[int, FoundProgress]:
    """Records of obligations that hold, with where they stand."""
    marks = ", ".join("?" * len(ids))
    rows = db.execute(
        "SELECT progress.id, obligation_id, plan_id, measure.no, measure.label, unit.name, period.key, period.title,"
        " progress.text, problems, next_steps || char(10) || progress.reason FROM progress"
        " JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
        " JOIN unit ON unit.id = unit_id JOIN period ON period.id = period_id"
        f" WHERE progress.id IN ({marks}) AND obligation.active AND measure.last_no IS NULL",
        list(ids),
    )
    return {row[0]: FoundProgress(*row) for row in rows}


def progress_ids_of_units(db: Connection, names: Sequence[str], most: int) -> list[int]:
    """Rows of the newest records of some units."""
    marks = ", ".join("?" * len(names))
    rows = db.execute(
        "SELECT progress.id FROM unit JOIN obligation ON obligation.unit_id = unit.id"
        f" JOIN progress ON obligation_id = obligation.id WHERE unit.name IN ({marks}) ORDER BY progress.id DESC LIMIT ?",
        [*names, most],
    )
    return [key for (key,) in rows]
