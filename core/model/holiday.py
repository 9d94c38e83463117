"""A day on which offices are closed though it is no weekend, or open though it is one."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Holiday(NamedTuple):
    """``name`` of the holiday; ``is_workday``: a day of the weekend that is worked instead (调休上班)."""

    day: date
    name: str
    is_workday: bool = False
