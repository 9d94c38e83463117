"""The unit register as JSON ("taizhang-units/1"): text ↔ units, in the shape `units --json` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from core.errors import InvalidError
from core.model.units import Unit, UnitKind

FORMAT = "taizhang-units/1"


def loads(text: str) -> tuple[Unit, ...]:
    """Read a register.

    Raises InvalidError when the text is no register of this format.
    """
    try:
        raw = json.loads(text)
        if raw["format"] != FORMAT:
            raise ValueError(raw["format"])
        return tuple(_unit(row) for row in raw["units"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidError(f"单位名册读不懂：{error}。") from error


def plain(units: Iterable[Unit]) -> list[dict[str, Any]]:
    """The units as plain values, keys in the order of the contract, which knows no full name and no exceptions."""
    return [
        {
            "name": unit.name,
            "kind": unit.kind.value,
            "aliases": list(unit.aliases),
            "group": unit.is_group,
            "members": list(unit.members),
            "incomplete": unit.incomplete,
            "to_verify": unit.to_verify,
            "contact": unit.contact,
            "phone": unit.phone,
            "mail": unit.mail,
        }
        for unit in units
    ]


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        name=row["name"],
        kind=UnitKind(row.get("kind") or UnitKind.DEPARTMENT),
        aliases=tuple(row.get("aliases", ())),
        is_group=bool(row.get("group", False)),
        members=tuple(row.get("members", ())),
        incomplete=bool(row.get("incomplete", False)),
        to_verify=bool(row.get("to_verify", False)),
        contact=row.get("contact"),
        phone=row.get("phone"),
        mail=row.get("mail"),
        full_name=row.get("full_name"),
    )
