"""红头 and 版记 of a document as the office has set them: of a 通报, which goes down, and of a report, which goes up."""

from __future__ import annotations

from core.office.asked import Asked
from core.office.draft import Draft
from core.office.issuer import HeadForm, Issuer
from core.office.numbering import open_number
from core.office.paper_words import day
from core.publish.table import printed
from core.publish.text_document import Imprint, RedHead


def circular_head(draft: Draft, sender: Issuer, asked: Asked, name: str) -> RedHead | None:
    """Of a 通报, None where it has none."""
    if sender.head is HeadForm.NONE:
        return None
    return RedHead(_mark(sender, name), circular_number(draft, sender, asked), is_drawn=sender.head is HeadForm.RED)


def circular_number(draft: Draft, sender: Issuer, asked: Asked) -> str:
    """文号 of a 通报, given or open."""
    return open_number(draft, sender.circular_number, asked.number, _year(asked), "发文字号")


def report_head(draft: Draft, sender: Issuer, asked: Asked, name: str) -> RedHead | None:
    """Of a report, None where it has none. It goes upward: 签发人 stands in it (GB/T 9704-2012 §7.2.6)."""
    if sender.report_head is HeadForm.NONE:
        return None
    number = open_number(draft, sender.report_number, asked.number, _year(asked), "发文字号")
    mark = _mark(sender, name) if name == sender.name else printed(f"{name}文件")
    signer = printed(draft.known(sender.signer, "签发人"))
    return RedHead(mark, number, is_drawn=sender.report_head is HeadForm.RED, signer=signer)


def imprint(draft: Draft, sender: Issuer, asked: Asked, name: str, copies: str = "") -> Imprint:
    """版记 at the foot of the last page, with the day it is printed."""
    on = day(asked.dated) if asked.dated else draft.open_date("印发日期", asked.as_of.year)
    return Imprint(printed(copies), printed(sender.printer or name), f"{on}印发")


def _mark(sender: Issuer, name: str) -> str:
    return printed(sender.mark or f"{name}文件")


def _year(asked: Asked) -> int:
    return (asked.dated or asked.as_of).year
