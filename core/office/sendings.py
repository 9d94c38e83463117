"""What 下发 would do now: each unit's sheet against the one it was given, and who gets none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import InvalidError
from core.exchange.unit_sheet import content_mark
from core.office.dispatch import Sending, cover_list, sending_of
from core.office.listing import Listing
from core.office.overview import Overview
from core.office.unit_sheets import unit_sheets
from core.store import dispatches
from core.store.database import Store
from core.store.dispatches import DispatchRow


@dataclass(frozen=True, slots=True)
class UnitSending:
    """A unit that gets a sheet: ``rows`` on it, ``last`` the one it was given, ``contact`` as in the register."""

    unit: str
    rows: int
    sending: Sending
    last: DispatchRow | None
    contact: str
    phone: str

    @property
    def version(self) -> int:
        """The version its sheet would have."""
        return 1 if self.last is None else self.last.version + (self.sending is Sending.CHANGED)


@dataclass(frozen=True, slots=True)
class Sendings:
    """Of a plan and period, in the order of the register. ``without``: (unit or collective, why it gets none)."""

    units: tuple[UnitSending, ...]
    without: tuple[tuple[str, str], ...]

    @property
    def given(self) -> int:
        """How many units have been given a sheet."""
        return sum(one.last is not None for one in self.units)


def sendings(store: Store, plan_key: str | None, period_key: str, *, view: Overview | None = None) -> Sendings:
    """Nothing is written. ``view``: as in ``unit_sheets``.

    Raises NotFoundError for an unknown plan, InvalidError for a period that means nothing.
    """
    found = unit_sheets(store, plan_key, period_key, view=view)
    with store.reading() as db:
        known = dispatches.newest(db, found.plan_id, found.period.key)
    units = []
    for sheet in found.sheets:
        last, unit = known.get(sheet.unit), found.register.find(sheet.unit)
        sending = sending_of(content_mark(sheet), last)
        contact, phone = (unit.contact or "", unit.phone or "") if unit is not None else ("", "")
        units.append(UnitSending(sheet.unit, len(sheet.rows), sending, last, contact, phone))
    return Sendings(tuple(units), found.without)


def cover_of(store: Store, plan_key: str | None, period_key: str) -> Listing:
    """下发清单 of all units that were given a sheet, with who signed for it.

    Raises NotFoundError, InvalidError (also when nothing was given to anybody).
    """
    found = unit_sheets(store, plan_key, period_key)
    with store.reading() as db:
        known = dispatches.newest(db, found.plan_id, found.period.key)
    sheets = [replace(sheet, version=known[sheet.unit].version) for sheet in found.sheets if sheet.unit in known]
    if not sheets:
        raise InvalidError(f"{found.period.title}还没有下发填报表。", hint="请先生成填报表。")
    cover = cover_list(found, sheets)
    rows = zip(cover.rows, sheets, strict=True)
    return replace(cover, rows=tuple((*row[:-2], *_signed(known[sheet.unit])) for row, sheet in rows))


def _signed(row: DispatchRow) -> tuple[str, str]:
    return row.signed_by or "", row.signed_on.isoformat() if row.signed_on else ""
