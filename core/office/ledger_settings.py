"""What an office sets for its ledger; kept in the file, so that window, command line and documents agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from sqlite3 import Connection

from core.errors import InvalidError
from core.ledger.states import SOON_DAYS
from core.office.changes import Changes
from core.store import journal
from core.store import settings as rows
from core.store.database import Store

MOST_SOON_DAYS = 365
REMINDER_DAYS, MOST_REMINDER_DAYS = 2, 60


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """``office``: the name of the office that keeps the ledger, empty while nobody has said it.

    ``soon_days``: 临近 begins so many days before a date. ``cut_off_moves``: a cut-off on a holiday or a weekend
    moves on to the next working day. ``reminder_days``: a unit is not reminded again within so many days.
    """

    office: str = ""
    soon_days: int = SOON_DAYS
    cut_off_moves: bool = False
    reminder_days: int = REMINDER_DAYS


def load(store: Store) -> LedgerSettings:
    """The settings of a ledger."""
    with store.reading() as db:
        return of_file(db)


def of_file(db: Connection) -> LedgerSettings:
    """The same inside a running read or write."""
    have = rows.read(db, ("office", "soon_days", "cut_off_moves", "reminder_days"))
    plain = LedgerSettings()
    return LedgerSettings(
        have.get("office", plain.office),
        int(have.get("soon_days", plain.soon_days)),
        have.get("cut_off_moves", "0") == "1",
        int(have.get("reminder_days", plain.reminder_days)),
    )


def save(store: Store, value: LedgerSettings) -> Changes:
    """Keep settings; where cut-offs begin to move, published holidays fill the years without any.

    Raises InvalidError (soon_days, reminder_days) for a number of days outside 0 to 365, 0 to 60.
    """
    if not 0 <= value.soon_days <= MOST_SOON_DAYS:
        raise InvalidError(f"临近天数应为 0—{MOST_SOON_DAYS}。", hint="请填写整数，一般为30。", field="soon_days")
    if not 0 <= value.reminder_days <= MOST_REMINDER_DAYS:
        hint = "请填写整数，一般为2。"
        raise InvalidError(f"催办间隔应为 0—{MOST_REMINDER_DAYS} 天。", hint=hint, field="reminder_days")
    value = replace(value, office=value.office.strip())
    with store.transaction() as db:
        old = of_file(db)
        if old == value:
            return Changes()
        rows.write(
            db,
            {
                "office": value.office,
                "soon_days": str(value.soon_days),
                "cut_off_moves": str(int(value.cut_off_moves)),
                "reminder_days": str(value.reminder_days),
            },
        )
        before, after = _words(old), _words(value)
        changed = [key for key in before if before[key] != after[key]]
        journal.append(
            db,
            "修改台账设置",
            "、".join(changed),
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
        if value.cut_off_moves and not old.cut_off_moves:
            from core.office.holidays import fill_empty_years

            fill_empty_years(db)
    return Changes(periods=True)


def _words(value: LedgerSettings) -> dict[str, str]:
    return {
        "单位名称": value.office,
        "临近天数": f"{value.soon_days}天",
        "截止日遇节假日顺延": "是" if value.cut_off_moves else "否",
        "催办间隔": f"{value.reminder_days}天",
    }
