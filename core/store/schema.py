"""The schema as a fresh file of this version has it, to hold an open one against."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from sqlite3 import Connection

from sqlite_utils import Database

from core.store.migrations import STEPS


def described(db: Connection) -> dict[str, str]:
    """Each table, index and trigger with the statement that made it, blanks put alike."""
    rows = db.execute(
        "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    return {f"{kind} {name}": "".join(sql.split()) for kind, name, sql in rows}


def fresh() -> dict[str, str]:
    """The same of a file with all steps and nothing in it."""
    with closing(sqlite3.connect(":memory:")) as db:
        STEPS.apply(Database(db))
        return described(db)


def differences(db: Connection) -> tuple[str, ...]:
    """Names of what is missing, added or another than in a fresh file."""
    own, should = described(db), fresh()
    return tuple(sorted(name for name in own.keys() | should.keys() if own.get(name) != should.get(name)))


def foreign(db: Connection) -> tuple[str, ...]:
    """Triggers and views that no version of ours makes: what somebody else put in would act when we write."""
    acting = (name for name in described(db) if name.startswith(("trigger ", "view ")))
    known = fresh()
    return tuple(sorted(name for name in acting if name not in known))
