"""本单位模板 in the file: the Word files that an office wants its documents filled into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from core.model.document_kind import DocumentKind
from core.store.evidence_files import Stored

_SELECT = "SELECT id, kind, name, sha256, size, added_on, is_used FROM own_template"


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template of a kind; its bytes lie in the content-addressed folder. ``is_used``: documents are filled into it."""

    id: int
    kind: DocumentKind
    name: str
    sha256: str
    size: int
    added_on: date
    is_used: bool


def add(db: Connection, kind: DocumentKind, file: Stored, on: date) -> int:
    """A template that is used from now on; the one before stays in the file. Gives its id."""
    leave(db, kind)
    cursor = db.execute(
        "INSERT INTO own_template (kind, name, sha256, size, added_on, is_used) VALUES (?, ?, ?, ?, ?, 1)",
        [kind.value, file.name, file.sha256, file.size, on.isoformat()],
    )
    return cursor.lastrowid or 0


def leave(db: Connection, kind: DocumentKind) -> None:
    """None of a kind is used any more."""
    db.execute("UPDATE own_template SET is_used = 0 WHERE kind = ? AND is_used", [kind.value])


def use(db: Connection, template: OwnTemplate) -> None:
    """An earlier one is used again."""
    leave(db, template.kind)
    db.execute("UPDATE own_template SET is_used = 1 WHERE id = ?", [template.id])


def used(db: Connection, kind: DocumentKind) -> OwnTemplate | None:
    """The one in use for a kind."""
    row = db.execute(f"{_SELECT} WHERE kind = ? AND is_used", [kind.value]).fetchone()
    return None if row is None else _row(row)


def everything(db: Connection) -> tuple[OwnTemplate, ...]:
    """All templates, the newest first."""
    return tuple(_row(row) for row in db.execute(f"{_SELECT} ORDER BY id DESC"))


def _row(row: tuple[Any, ...]) -> OwnTemplate:
    key, kind, name, sha256, size, added_on, is_used = row
    return OwnTemplate(key, DocumentKind(kind), name, sha256, size, date.fromisoformat(added_on), bool(is_used))
