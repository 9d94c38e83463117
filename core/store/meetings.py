"""会商机制 in the file: members, meetings, and what a meeting decided on measures. Rows are corrected, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member; ``liaison`` is the 联络员, ``left_on`` the day from which it is none any more."""

    id: int | None
    unit: str
    person: str | None = None
    post: str | None = None
    liaison: str | None = None
    phone: str | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting; ``minutes_id`` is the row of its minutes among the evidence."""

    id: int
    plan_id: int
    held_on: date
    title: str
    place: str
    agenda: str
    present: str
    minutes_id: int | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a meeting decided on a measure; ``measure_no`` is the last number the measure had.

    ``withdrawn``: why it counts no longer, empty while it does.
    """

    id: int
    meeting_id: int
    measure_id: int
    measure_no: int
    text: str
    due_on: date | None
    withdrawn: str


_MEETING = "id, plan_id, held_on, title, place, agenda, present, minutes_id"


def members(db: Connection, plan_id: int) -> tuple[MemberRow, ...]:
    """The members of a plan in their order, also those that have left."""
    rows = db.execute(
        "SELECT id, unit, person, post, liaison, phone, left_on FROM meeting_member WHERE plan_id = ?"
        " ORDER BY position, id",
        [plan_id],
    )
    return tuple(_member(row) for row in rows)


def write_member(db: Connection, plan_id: int, position: int, member: MemberRow) -> int:
    """Add a member, or write one anew where it is; gives its row number."""
    values = [position, member.unit, member.person, member.post, member.liaison, member.phone, _text(member.left_on)]
    if member.id is not None:
        db.execute(
            "UPDATE meeting_member SET position = ?, unit = ?, person = ?, post = ?, liaison = ?, phone = ?, left_on = ?"
            " WHERE id = ?",
            [*values, member.id],
        )
        return member.id
    cursor = db.execute(
        "INSERT INTO meeting_member (position, unit, person, post, liaison, phone, left_on, plan_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [*values, plan_id],
    )
    return cursor.lastrowid or 0


def of_plan(db: Connection, plan_id: int) -> tuple[MeetingRow, ...]:
    """The meetings of a plan, the newest first."""
    rows = db.execute(f"SELECT {_MEETING} FROM meeting WHERE plan_id = ? ORDER BY held_on DESC, id DESC", [plan_id])
    return tuple(_meeting(row) for row in rows)


def find(db: Connection, meeting_id: int) -> MeetingRow | None:
    """One meeting."""
    row = db.execute(f"SELECT {_MEETING} FROM meeting WHERE id = ?", [meeting_id]).fetchone()
    return None if row is None else _meeting(row)


def insert(db: Connection, plan_id: int, *, held_on: date, title: str, place: str, agenda: str, present: str) -> int:
    """Add a meeting; gives its row number."""
    cursor = db.execute(
        "INSERT INTO meeting (plan_id, held_on, title, place, agenda, present) VALUES (?, ?, ?, ?, ?, ?)",
        [plan_id, held_on.isoformat(), title, place, agenda, present],
    )
    return cursor.lastrowid or 0


def rewrite(
    db: Connection, meeting_id: int, *, held_on: date, title: str, place: str, agenda: str, present: str
) -> None:
    """Write a meeting anew."""
    db.execute(
        "UPDATE meeting SET held_on = ?, title = ?, place = ?, agenda = ?, present = ? WHERE id = ?",
        [held_on.isoformat(), title, place, agenda, present, meeting_id],
    )


def of_minutes(db: Connection, evidence_id: int) -> tuple[int, int] | None:
    """(row of the plan, meeting) of the newest meeting whose minutes a file is, None for any other file."""
    row = db.execute(
        "SELECT plan_id, id FROM meeting WHERE minutes_id = ? ORDER BY held_on DESC, id DESC LIMIT 1", [evidence_id]
    ).fetchone()
    return None if row is None else (row[0], row[1])


def set_minutes(db: Connection, meeting_id: int, evidence_id: int | None) -> None:
    """Name the file of the minutes."""
    db.execute("UPDATE meeting SET minutes_id = ? WHERE id = ?", [evidence_id, meeting_id])


def decisions(db: Connection, plan_id: int, measure_id: int | None = None) -> tuple[DecisionRow, ...]:
    """What the meetings of a plan decided, or what they decided on one measure; in the order of each meeting."""
    rows = db.execute(
        "SELECT meeting_decision.id, meeting_id, measure_id, CASE WHEN no > 0 THEN no ELSE coalesce(last_no, no) END,"
        " meeting_decision.text, due_on, withdrawn"
        " FROM meeting_decision JOIN measure ON measure.id = measure_id"
        " WHERE plan_id = ?1 AND (?2 IS NULL OR measure_id = ?2) ORDER BY meeting_id, meeting_decision.position",
        [plan_id, measure_id],
    )
    return tuple(_decision(row) for row in rows)


def write_decision(
    db: Connection,
    meeting_id: int,
    decision_id: int | None,
    *,
    position: int,
    measure_id: int,
    text: str,
    due_on: date | None,
    withdrawn: str,
) -> None:
    """Add a decision, or write one anew."""
    values = [position, measure_id, text, _text(due_on), withdrawn]
    if decision_id is not None:
        db.execute(
            "UPDATE meeting_decision SET position = ?, measure_id = ?, text = ?, due_on = ?, withdrawn = ? WHERE id = ?",
            [*values, decision_id],
        )
        return
    db.execute(
        "INSERT INTO meeting_decision (position, measure_id, text, due_on, withdrawn, meeting_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [*values, meeting_id],
    )


def _member(row: tuple[Any, ...]) -> MemberRow:
    key, unit, person, post, liaison, phone, left_on = row
    return MemberRow(key, unit, person, post, liaison, phone, _day(left_on))


def _decision(row: tuple[Any, ...]) -> DecisionRow:
    key, meeting_id, measure_id, no, text, due_on, withdrawn = row
    return DecisionRow(key, meeting_id, measure_id, no, text, _day(due_on), withdrawn)


def _meeting(row: tuple[Any, ...]) -> MeetingRow:
    key, plan_id, held_on, title, place, agenda, present, minutes_id = row
    return MeetingRow(key, plan_id, date.fromisoformat(held_on), title, place, agenda, present, minutes_id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
