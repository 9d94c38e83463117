"""Days of a sample file that the clock would have set: a year that is past is dated as it would have been."""

from __future__ import annotations

from datetime import date
from sqlite3 import Connection


def date_sheets(db: Connection, period_id: int, made: date) -> None:
    """The day on which the sheets of a period were made."""
    db.execute(
        "UPDATE dispatch SET made_at = ? || substr(made_at, 11) WHERE period_id = ?", [made.isoformat(), period_id]
    )


def date_return(db: Connection, period_id: int, unit: str, came: date) -> None:
    """The day on which the sheet of a unit came, and with it what it says."""
    of_unit = "(SELECT id FROM unit WHERE name = ?)"
    db.execute(
        "UPDATE received_file SET received_at = ? || substr(received_at, 11)"
        f" WHERE period_id = ? AND unit_id = {of_unit}",
        [came.isoformat(), period_id, unit],
    )
    db.execute(
        "UPDATE progress SET received_on = ? WHERE period_id = ? AND came_by = '填报表' AND obligation_id IN"
        f" (SELECT id FROM obligation WHERE unit_id = {of_unit})",
        [came.isoformat(), period_id, unit],
    )
