"""In whose name the office writes: kept in the file, so that every document of a ledger is signed alike."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError
from core.model.document_kind import DocumentKind
from core.model.typed import typed
from core.office import ledger_settings
from core.office.changes import Changes
from core.store import journal
from core.store import settings as rows
from core.store.database import Store

_PREFIX = "issuer_"
REPLY_DAYS, MOST_REPLY_DAYS = 5, 60


class HeadForm(StrEnum):
    """What a 通报 or a report has at its head; the value is what the file keeps."""

    RED = "red"
    """发文机关标志 and line, printed in red."""
    PAPER = "paper"
    """Nothing, but the place for them: the sheet has them already (套红纸)."""
    NONE = "none"
    """Neither: the title begins the page, the 文号 stands under it."""


HEAD_FORMS = {HeadForm.RED: "打印红头", HeadForm.PAPER: "留出套红位置", HeadForm.NONE: "不要红头"}
"""What each is called, in the journal and in the window."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """发文机关. What is empty stands in a document as 【待补充：…】.

    ``office``: the office that keeps the ledger (a setting of its own). ``body``: in whose name 函, 通报 and 督办通知单 go
    out where that is another one (会商机制办公室, 专班); ``seal``: whose seal stands for it (代章). ``report_by``: who signs
    reports, empty for the office. ``stamped``: names and dates stand as for a seal (GB/T 9704-2012 §7.3.5.1).
    ``number``, ``circular_number``, ``notice_number``, ``report_number``: 机关代字, as 古司函; year and serial number are
    put behind it (``numbering``). ``head``: 红头 of a 通报, ``mark``: its 发文机关标志, empty for the issuer and 文件;
    ``copies_to``: 抄送, ``printer``: 印发机关 of its 版记, empty for the issuer. ``letter_copies``: 抄送 of 函, empty for
    none. ``report_head``: 红头 of a report, which goes upward and then names its ``signer`` (签发人). ``addressee``: 主送机关 of reports.
    ``circular_to``: of 通报. ``contact``, ``phone``: whom to ask. ``reply_days``: working days that a letter gives for
    its answer. ``may_supervise``: the office may issue 督办通知单.
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
    report_by: str = ""
    circular_number: str = ""
    notice_number: str = ""
    report_number: str = ""
    head: HeadForm = HeadForm.RED
    mark: str = ""
    copies_to: str = ""
    printer: str = ""
    stamped: bool = False
    letter_copies: str = ""
    report_head: HeadForm = HeadForm.NONE
    signer: str = ""

    @property
    def name(self) -> str:
        """In whose name a letter goes out, empty while nobody has said it."""
        return self.body or self.office

    @property
    def report_name(self) -> str:
        """Who signs a report, empty while nobody has said it."""
        return self.report_by or self.office or self.body

    @property
    def report_seal(self) -> str:
        """Whose seal stands under a report."""
        return self.seal if self.report_name == self.body else ""


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
    "report_by": "报告落款",
    "circular_number": "通报代字",
    "notice_number": "督办代字",
    "report_number": "报告代字",
    "head": "通报红头",
    "mark": "发文机关标志",
    "copies_to": "通报抄送",
    "printer": "印发机关",
    "stamped": "落款按盖章排列",
    "letter_copies": "函的抄送",
    "report_head": "报告红头",
    "signer": "签发人",
}
"""What each setting is called, in the journal and in the window."""
_YES_OR_NO = ("may_supervise", "stamped")
_HEADS = {"head": HeadForm.RED, "report_head": HeadForm.NONE}
"""What each is while nobody has said it."""
_GAPS = frozenset({"发文机关", "主送机关", "通报主送机关", "发文字号", "督办编号", "联系人", "联系电话", "签发人"})


def is_setting(gap: str) -> bool:
    """Whether a gap of a document is closed by a setting of the issuer (or 单位名称), not by the plan or its progress."""
    return gap in _GAPS or gap.startswith("发文设置")


def refuse_unauthorised(sender: Issuer, kind: DocumentKind) -> None:
    """A 督办通知单 leaves only an office that may supervise; it can be drafted anyway, for the one that signs it.

    Raises InvalidError (may_supervise).
    """
    if kind is DocumentKind.NOTICE and not sender.may_supervise:
        raise InvalidError(
            "发文设置中没有确认本单位可以签发督办通知单，不能出具。",
            hint="有权签发的，请在“档案，设置”中确认后再出具；没有的，请改发催办函。",
            field="may_supervise",
        )


def load(store: Store) -> Issuer:
    """The issuer of a ledger."""
    with store.reading() as db:
        return of_file(db)


def of_file(db: Connection) -> Issuer:
    """The same inside a running read or write."""
    have = rows.read(db, [f"{_PREFIX}{key}" for key in TITLES])
    words = {key: have.get(f"{_PREFIX}{key}", "") for key in TITLES}
    days = words.pop("reply_days")
    heads = {key: _head(words.pop(key), default) for key, default in _HEADS.items()}
    yes = {key: words.pop(key) == "1" for key in _YES_OR_NO}
    return Issuer(
        office=ledger_settings.of_file(db).office,
        **words,  # type: ignore[arg-type]  # what is no text was taken out
        **yes,  # type: ignore[arg-type]
        reply_days=int(days) if days else REPLY_DAYS,
        **heads,  # type: ignore[arg-type]
    )


def _head(kept: str, default: HeadForm) -> HeadForm:
    return HeadForm(kept) if kept in set(HeadForm) else default


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
    if isinstance(value, HeadForm):
        return HEAD_FORMS[value]
    return str(value) or "无"
