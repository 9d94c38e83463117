"""佐证材料: a file that proves a progress."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Evidence(NamedTuple):
    """One file in the content-addressed folder; ``name`` is the file name it came with, ``size`` in bytes.

    ``replaces`` is the older version whose place this one has taken.
    """

    id: int
    sha256: str
    size: int
    name: str
    title: str
    number: str | None
    category: str
    proves_on: date | None
    received_on: date
    pages: int | None
    replaces: int | None = None
    note: str = ""
