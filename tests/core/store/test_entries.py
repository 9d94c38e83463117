"""Records read in bulk for the rules: nothing of what they say is lost on the way."""

from __future__ import annotations

from datetime import date
from itertools import product

from core.model.ledger import Entry, EntryState, Review
from core.office.overview import overview
from core.store import entries
from core.store.database import Store

_DAYS = (None, date(2024, 11, 2))
_PARTS = (None, "应急领域（（1）1、2）")


def test_a_record_of_every_kind_comes_back_whole(store: Store) -> None:
    """State, day, part and review of each, told apart within one text of the file."""
    item = overview(store, None, date(2025, 1, 1)).obligations[0]
    said = list(product(EntryState, _DAYS, _PARTS, Review))
    with store.transaction() as db:
        plan = db.execute("SELECT plan_id FROM measure WHERE no = 1").fetchone()[0]
        for at, (state, day, part, review) in enumerate(said):
            key = 1000 + at
            db.execute(
                "INSERT INTO period (id, key, title, first_day, last_day, cut_off)"
                " VALUES (?, ?, '期', '2024-01-01', '2024-01-31', '2024-01-31')",
                [key, f"x{at}"],
            )
            db.execute(
                "INSERT INTO progress (obligation_id, period_id, part, state, done_on, text, problems, next_steps,"
                " reason, review, saved_at) VALUES (?, ?, ?, ?, ?, '', '', '', '', ?, '2024-02-01T09:00:00')",
                [item.id, key, part or "", state, day.isoformat() if day else None, review],
            )
        found = entries.histories(db, plan)
        known = entries.known_periods(db)

    read = {entries.entry_of(record, known) for record in entries.records_of(found[item.id])}
    assert read == {
        Entry(state, known[1000 + at], day, part, review) for at, (state, day, part, review) in enumerate(said)
    }


def test_equal_stories_are_one_object(store: Store) -> None:
    """A large plan has few different ones: they are kept once."""
    with store.transaction() as db:
        plan = db.execute("SELECT plan_id FROM measure WHERE no = 1").fetchone()[0]
        period = db.execute(
            "INSERT INTO period (key, title, first_day, last_day, cut_off)"
            " VALUES ('y', '期', '2024-01-01', '2024-01-31', '2024-01-31') RETURNING id"
        ).fetchone()[0]
        db.execute(
            "INSERT INTO progress (obligation_id, period_id, part, state, done_on, text, problems, next_steps, reason,"
            " review, saved_at) SELECT id, ?, '', '推进中', NULL, '', '', '', '', '待审', '2024-02-01T09:00:00'"
            " FROM obligation WHERE active",
            [period],
        )
        found = entries.histories(db, plan)

    assert len(found) > 1
    assert len({id(story) for story in found.values()}) == 1
