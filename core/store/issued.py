"""发文登记 in the file: what left the office, with its files and what stood behind it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from core.model.document_kind import DocumentKind
from core.model.issued import Content, Counted, EntryThen, Figure, Issued, IssuedFile, RowThen

_FIELDS = (
    "issued.id, issued.kind, plan.key, period.key, issued.as_of, unit.name, number, issued.title, recipient, issued_on, files,"
    " made_at, who, signed_on, signed_by, withdrawn_on, issued.note"
)
_SELECT = (
    f"SELECT {_FIELDS} FROM issued JOIN plan ON plan.id = plan_id LEFT JOIN period ON period.id = period_id"
    " LEFT JOIN unit ON unit.id = unit_id"
)


@dataclass(frozen=True, slots=True)
class NewIssued:
    """A line to be entered."""

    kind: DocumentKind
    plan_id: int
    as_of: date
    number: str
    title: str
    recipient: str
    issued_on: date
    files: tuple[IssuedFile, ...]
    content: Content
    made_at: str
    who: str
    note: str = ""
    period_id: int | None = None
    unit_id: int | None = None


def add(db: Connection, new: NewIssued) -> int:
    """Enter a line; gives its id."""
    cursor = db.execute(
        "INSERT INTO issued (kind, plan_id, period_id, unit_id, as_of, number, title, recipient, issued_on, files,"
        " content, made_at, who, signed_by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)",
        (
            new.kind.value,
            new.plan_id,
            new.period_id,
            new.unit_id,
            new.as_of.isoformat(),
            new.number,
            new.title,
            new.recipient,
            new.issued_on.isoformat(),
            json.dumps([asdict(file) for file in new.files], ensure_ascii=False),
            packed(new.content),
            new.made_at,
            new.who,
            new.note,
        ),
    )
    return cursor.lastrowid or 0


def find(db: Connection, issued_id: int) -> Issued | None:
    """One line."""
    row = db.execute(f"{_SELECT} WHERE issued.id = ?", [issued_id]).fetchone()
    return None if row is None else _issued(row)


def of_plan(db: Connection, plan_id: int | None) -> tuple[Issued, ...]:
    """The lines of a plan, or of all (None), the newest first."""
    rows = db.execute(f"{_SELECT} WHERE ?1 IS NULL OR plan_id = ?1 ORDER BY issued_on DESC, issued.id DESC", [plan_id])
    return tuple(_issued(row) for row in rows)


def numbers(db: Connection) -> tuple[str, ...]:
    """Every 文号 of the register, those of withdrawn lines too."""
    return tuple(row[0] for row in db.execute("SELECT number FROM issued WHERE number <> '' ORDER BY id"))


def content(db: Connection, issued_id: int) -> Content:
    """What stood behind a document when it was issued; nothing where it is not there."""
    row = db.execute("SELECT content FROM issued WHERE id = ?", [issued_id]).fetchone()
    return Content() if row is None else unpacked(row[0])


def sign(db: Connection, issued_id: int, on: date | None, by: str) -> None:
    """签收, or none."""
    db.execute(
        "UPDATE issued SET signed_on = ?, signed_by = ? WHERE id = ?", [on.isoformat() if on else None, by, issued_id]
    )


def withdraw(db: Connection, issued_id: int, on: date | None, note: str) -> None:
    """作废, or not any more."""
    db.execute(
        "UPDATE issued SET withdrawn_on = ?, note = ? WHERE id = ?", [on.isoformat() if on else None, note, issued_id]
    )


def files(db: Connection) -> tuple[IssuedFile, ...]:
    """The files of all lines, each content once: they are kept beside the ledger."""
    found: dict[str, IssuedFile] = {}
    for (text,) in db.execute("SELECT files FROM issued ORDER BY id"):
        for file in _files(text):
            found.setdefault(file.sha256, file)
    return tuple(found.values())


# What stood behind it ------------------------------------------------------------------------------------------


def packed(value: Content) -> bytes:
    """Figures and rows as they are kept."""
    return zlib.compress(json.dumps(asdict(value), ensure_ascii=False, default=str, separators=(",", ":")).encode())


def unpacked(data: bytes) -> Content:
    """The same read back."""
    value = json.loads(zlib.decompress(data))
    figures, rows = (value[key] for key in ("figures", "rows"))
    return Content(tuple(map(_figure, figures)), tuple(map(_then, rows)), value["section"], value.get("superior", ""))


def _figure(one: dict[str, Any]) -> Figure:
    lists = {key: tuple(one.pop(key)) for key in ("obligations", "measures", "base")}
    return Figure(**one | lists | {"counted": Counted(one["counted"])})


def _then(one: dict[str, Any]) -> RowThen:
    entries = tuple(_entry(entry) for entry in one.pop("entries"))
    return RowThen(**one | {"due": _day(one["due"]), "entries": entries, "evidence": tuple(one["evidence"])})


def _entry(one: dict[str, Any]) -> EntryThen:
    reached = tuple((what, value) for what, value in one.pop("reached"))
    return EntryThen(**one | {"done_on": _day(one["done_on"]), "reached": reached})


def _files(text: str) -> tuple[IssuedFile, ...]:
    return tuple(IssuedFile(**one) for one in json.loads(text))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _issued(row: Sequence[Any]) -> Issued:
    key, kind, plan, period, as_of, unit, number, title, recipient, issued_on, kept, made_at, who, *rest = row
    signed_on, signed_by, withdrawn_on, note = rest
    return Issued(
        key,
        DocumentKind(kind),
        plan,
        period,
        date.fromisoformat(as_of),
        unit,
        number,
        title,
        recipient,
        date.fromisoformat(issued_on),
        _files(kept),
        made_at,
        who,
        _day(signed_on),
        signed_by,
        _day(withdrawn_on),
        note,
    )
