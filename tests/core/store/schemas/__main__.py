"""Files of every version that was ever released, built step by step.

A step's file holds what the step changed in the schema, frozen when it was released, and a few rows for it; so the rows
of a table are as old as the table. `python -m tests.core.store.schemas` begins the file of a released step that has
none; its rows are added by hand. A file that is there is never written again: it is what offices have on their disks.
"""

from __future__ import annotations

import sqlite3
import textwrap
from contextlib import closing
from pathlib import Path
from unittest import mock

from sqlite_utils import Database

from core.store import migrations, opening
from core.store.migrations import STEPS
from core.store.steps import STEP_NAMES

HERE = Path(__file__).parent
FILE, OTHER = "附件".encode(), "新件".encode()
"""What lies beside a file: the contents of its evidence."""
RELEASED = STEP_NAMES[: STEP_NAMES.index("m0019_seals") + 1]
"""Steps that are on the disks of offices; those after them may still change."""


def text_of(step: str) -> str:
    """What a step changed, and its rows."""
    return (HERE / f"{step}.sql").read_text("utf-8")


def build(db: sqlite3.Connection, last: str) -> None:
    """Make the file as a version with the steps up to ``last`` left it, in an empty one."""
    db.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    for number, step in enumerate(RELEASED[: RELEASED.index(last) + 1], 1):
        db.executescript(text_of(step))
        db.execute(
            "INSERT INTO _sqlite_migrations VALUES (?, 'taizhang', ?, '2026-11-21 18:11:40+00:00')", [number, step]
        )
    db.commit()


def main() -> None:
    """Begin what is lacking."""
    run = migrations._run
    with closing(sqlite3.connect(":memory:")) as db:
        for place, step in enumerate(RELEASED):
            after = STEP_NAMES[place + 1] if step != STEP_NAMES[-1] else None
            with mock.patch.object(migrations, "_run", side_effect=run) as asked:
                STEPS.apply(Database(db), stop_before=after)
            path = HERE / f"{step}.sql"
            if not path.exists():
                path.write_text(textwrap.dedent(asked.call_args.args[1]).lstrip("\n"), "utf-8")
                print(path.name)


if __name__ == "__main__":
    main()
