"""调整: a duty changed by a document, with what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from core.model.plan import Deadline


class Adjusted(StrEnum):
    """What of a measure an adjustment changed; the value is the word on the screen and in the file."""

    DEADLINE = "完成时限"
    DIVISION = "责任分工"


@dataclass(frozen=True, slots=True)
class Terms:
    """A deadline or a division as it was or became: the phrase as printed and what is understood of it."""

    phrase: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()


class Adjustment(NamedTuple):
    """One act. ``at`` is local ISO time, ``basis`` the 文号 it rests on.

    With ``unit`` and ``obligation`` it is a 延期 for that unit alone, else it holds for the whole measure.
    ``id`` grows with time.
    """

    id: int
    at: str
    who: str
    measure: int
    unit: str | None
    obligation: int | None
    what: Adjusted
    old: Terms
    new: Terms
    basis: str
    reason: str
