"""Mapped templates of a superior in the file: how a form with that header is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A form as it was mapped once; ``mapping`` as ``core.exchange.template.TemplateMapping.plain`` gives it."""

    signature: str
    name: str
    mapping: dict[str, Any]


def find(db: Connection, signature: str) -> TemplateRow | None:
    """The mapping of a form, None while nobody gave it one."""
    row = db.execute(
        "SELECT signature, name, mapping FROM template_mapping WHERE signature = ?", [signature]
    ).fetchone()
    return None if row is None else TemplateRow(row[0], row[1], json.loads(row[2]))


def write(db: Connection, row: TemplateRow) -> None:
    """Keep a mapping, instead of the one there."""
    db.execute(
        "INSERT INTO template_mapping (signature, name, mapping) VALUES (?, ?, ?)"
        " ON CONFLICT (signature) DO UPDATE SET name = excluded.name, mapping = excluded.mapping",
        [row.signature, row.name, json.dumps(row.mapping, ensure_ascii=False)],
    )


def delete(db: Connection, signature: str) -> None:
    """Forget a mapping."""
    db.execute("DELETE FROM template_mapping WHERE signature = ?", [signature])
