"""The plan that is kept between two readings is never an old one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.office.kept_plan import plan_of
from core.store.database import Store

_CHANGE = "UPDATE measure SET text = 'X' || text WHERE no = 1"


def _text(store: Store) -> str:
    return plan_of(store, 1).measures[0].text


def test_it_is_read_once(store: Store) -> None:
    assert plan_of(store, 1) is plan_of(store, 1)


def test_what_is_written_is_read_anew(store: Store) -> None:
    """By this connection, and by another one."""
    before = _text(store)
    with store.transaction() as db:
        db.execute(_CHANGE)
    assert _text(store) == f"X{before}"
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute(_CHANGE)
    assert _text(store) == f"XX{before}"


def test_what_was_taken_back_is_not_kept(store: Store) -> None:
    """Inside a transaction the change is seen, after its failure it is not."""
    before, seen = _text(store), []

    def fail() -> None:
        with store.transaction() as db:
            db.execute(_CHANGE)
            seen.append(_text(store))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen == [f"X{before}"]
    assert _text(store) == before
