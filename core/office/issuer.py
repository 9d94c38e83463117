"""In whose name the office writes: kept in the file, so that every document of a ledger is signed alike."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError
from core.model.typed import typed
from core.office import ledger_settings
from core.office.changes import Changes
from core.store import journal
from core.store import settings as rows
from core.store.database import Store

_PREFIX = "issuer_"
REPLY_DAYS, MOST_REPLY_DAYS = 5, 60


@dataclass(frozen=True, slots=True)
class Issuer:
    """发文机关. What is empty stands in a document as 【待补充：…】.

    ``office``: the office that keeps the ledger (a setting of its own). ``body``: in whose name letters go out where
    that is another one (会商机制办公室, 专班); ``seal``: whose seal stands for it (代章). ``number``: 机关代字, as 古司函; year
    and serial number are put behind it, the latter when the document is registered. ``addressee``: 主送机关 of reports. ``circular_to``: of 通报. ``contact``, ``phone``:
    whom to ask. ``reply_days``: working days that a letter gives for its answer. ``may_supervise``: the office may
    issue 督办通知单.
    """

    office: str = ""
    body: str = ""
    seal: str = ""
    number: str = ""
    addressee: str = ""
    circular_to: str = ""
    contact: str = ""
    phone: str = ""
    reply_days: int = REPLY_DAYS
    may_supervise: bool = False

    @property
    def name(self) -> str:
        """In whose name a letter goes out, empty while nobody has said it."""
        return self.body or self.office


TITLES = {
    "body": "发文机关",
    "seal": "代章",
    "number": "发文机关代字",
    "addressee": "报告主送机关",
    "circular_to": "通报主送机关",
    "contact": "联系人",
    "phone": "联系电话",
    "reply_days": "答复期限（工作日）",
    "may_supervise": "可以签发督办通知单",
}
"""What each setting is called, in the journal and in the window."""
_GAPS = frozenset({"发文机关", "主送机关", "通报主送机关", "发文字号", "联系人", "联系电话"})


def is_setting(gap: str) -> bool:
    """Whether a gap of a document is closed by a setting of the issuer (or 单位名称), not by the plan or its progress."""
    return gap in _GAPS or gap.startswith("发文设置")


def load(store: Store) -> Issuer:
    """The issuer of a ledger."""
    with store.reading() as db:
        return of_file(db)


def of_file(db: Connection) -> Issuer:
    """The same inside a running read or write."""
    have = rows.read(db, [f"{_PREFIX}{key}" for key in TITLES])
    words = {key: have.get(f"{_PREFIX}{key}", "") for key in TITLES}
    days = words.pop("reply_days")
    supervises = words.pop("may_supervise") == "1"
    return Issuer(
        office=ledger_settings.of_file(db).office,
        **words,
        reply_days=int(days) if days else REPLY_DAYS,
        may_supervise=supervises,
    )


def save(store: Store, value: Issuer) -> Changes:
    """Keep the issuer; ``office`` is a setting of the ledger and stays as it is.

    Raises InvalidError (reply_days) for a number of days outside 1 to 60.
    """
    if not 1 <= value.reply_days <= MOST_REPLY_DAYS:
        hint = "请填写整数，一般为5。"
        raise InvalidError(f"答复期限应为 1—{MOST_REPLY_DAYS} 个工作日。", hint=hint, field="reply_days")
    words: dict[str, Any] = {f.name: typed(getattr(value, f.name)) for f in fields(Issuer) if f.type == "str"}
    value = replace(value, **words)
    with store.transaction() as db:
        old = of_file(db)
        value = replace(value, office=old.office)
        if value == old:
            return Changes()
        rows.write(db, {f"{_PREFIX}{key}": _kept(getattr(value, key)) for key in TITLES})
        changed = [key for key in TITLES if getattr(old, key) != getattr(value, key)]
        journal.append(
            db,
            "修改发文设置",
            "、".join(TITLES[key] for key in changed),
            before={TITLES[key]: _said(getattr(old, key)) for key in changed},
            after={TITLES[key]: _said(getattr(value, key)) for key in changed},
        )
    return Changes(periods=True)


def _kept(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) or "无"
