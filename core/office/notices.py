"""督办通知单: one form a unit with what it has not done in time; it goes to nobody the office may not supervise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import ceil

from core.errors import InvalidError
from core.job import Job
from core.ledger.figures import rules_for
from core.model.issued import Figure
from core.model.units import UnitKind
from core.office import issuer
from core.office.asked import Asked, Made, file_name
from core.office.draft import Draft
from core.office.issuer import Issuer
from core.office.letter_items import item_words, items_table
from core.office.letters import Owed, nobody_known, owing
from core.office.noted import Notes
from core.office.numbering import open_number
from core.office.overview import Overview, overview
from core.office.paper_words import day
from core.office.period_choice import chosen_period
from core.office.report_words import basis, numbers
from core.publish.description import Align
from core.publish.progress_table import base_title
from core.publish.table import printed
from core.publish.text_document import TextCell, TextDocument, TextPart, TextTable
from core.publish.write_text import write_text
from core.store.database import Store

_FEW = 3
"""Items that stand in the form itself, where their words leave the signature room on the page."""
_LINES, _LINE = 8, 30
"""Lines that the form has for its items, and about how many characters a line has."""
_WIDTHS = (24.0, 53.0, 24.0, 0.0)
_SIGN, _RESULT, _LEAST_RESULT = 16.0, 45.0, 20.0
"""Heights of the rows to be filled by hand, in mm; the result gives way to longer words above it, at most so far."""
_ROOM, _LINE_HEIGHT = 12, 6.35
"""Lines of source, items and demand that leave the whole of it, and the height of a line in mm."""
_SHORT_NAME = 11
"""Characters of a unit that stand beside 办复时限 on one line."""


def notice(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `notice`: to one unit, or to all with something late, one after another.

    Raises NotFoundError (plan, unit), InvalidError (nothing is late; a unit that may not be supervised), Cancelled.
    """
    view = overview(store, asked.plan_key, asked.as_of)
    period = chosen_period(store, view.row.key, asked.period_key, asked.as_of)
    owed, groups = owing(store, view, period, asked.unit)
    if asked.unit is not None and any(one.unit.kind is UnitKind.DISCIPLINE_JUSTICE for one in owed):
        raise InvalidError(
            f"“{asked.unit}”是纪检监察、司法机关，不适用督办通知单。", hint="请改用“催办函、提示函”，生成商请函。"
        )
    owed = tuple(one for one in owed if asked.wants(one.unit.name))
    late = [one for one in owed if one.late and one.unit.kind is not UnitKind.DISCIPLINE_JUSTICE]
    if not late and groups and asked.unit is None:
        raise nobody_known(groups)
    if not late:
        who = f"“{asked.unit}”" if asked.unit is not None else "各单位"
        raise InvalidError(
            f"截至{day(asked.as_of)}，{who}没有逾期未完成的事项，不需要督办。", hint="请改选单位或统计日期。"
        )
    sender = issuer.load(store)
    parts: list[TextPart] = []
    gaps: list[str] = []
    figures: list[Figure] = []
    for place, one in enumerate(late):
        job.step(place, len(late), f"正在起草致{one.unit.name}的通知单")
        draft = Draft()
        parts.extend(_forms(draft, view, one, sender, asked))
        gaps.extend(gap for gap in draft.gaps if gap not in gaps)
        ids = [item.id for item in one.late]
        rule = rules_for(view.clock.soon_days)["overdue"]
        Notes(view, figures).obligations(f"late:{one.unit.name}", f"{one.unit.name}：逾期未完成的事项", ids, rule)
    if not sender.may_supervise:
        gaps.append("发文设置中没有确认本单位可以签发督办通知单，签发前请核对权限")
    if groups and asked.unit is None:
        gaps.append(f"{'、'.join(groups)}待补全成员单位，没有督办对象")
    name = f"{base_title(view.plan)}督办通知单" + (f"（{late[0].unit.name}）" if asked.unit is not None else "")
    text = TextDocument(name, tuple(parts), on_sheets=asked.on_sheets)
    recipient = (late[0].unit.full_name or late[0].unit.name) if len(late) == 1 else ""
    return Made(
        file_name(name),
        partial(write_text, text),
        tuple(gaps),
        tuple(figures),
        title="督办通知单",
        recipient=recipient,
        text=text,
    )


def _forms(draft: Draft, view: Overview, owed: Owed, sender: Issuer, asked: Asked) -> Iterator[TextPart]:
    """The form on one page; more items than it has room for stand on a page behind it."""
    told = [f"{place}.{item_words(view, item)}" for place, item in enumerate(owed.late, start=1)]
    is_short = len(told) <= _FEW and sum(ceil(len(text) / _LINE) for text in told) <= _LINES
    if is_short:
        items = "\n".join(told)
    else:
        nos = numbers(item.measure for item in owed.late)
        items = f"逾期未完成的措施{len(owed.late)}项，即措施{nos}，工作内容和完成时限见附页。"
    yield _form(draft, view, owed, sender, items, asked)
    if not is_short:
        draft.blocks.clear()
        draft.title("督办事项清单")
        items_table(draft, view, owed.late)
        yield TextPart(tuple(draft.blocks))


def _form(draft: Draft, view: Overview, owed: Owed, sender: Issuer, items: str, asked: Asked) -> TextPart:
    dated = asked.dated or view.clock.as_of
    number = open_number(draft, sender.notice_number, asked.number_for(owed.unit.name), dated.year, "督办编号")
    answer = f"自签收之日起{sender.reply_days}个工作日内"
    name, source = owed.unit.full_name or owed.unit.name, basis(view.plan.document)
    demand = f"请对上述{len(owed.late)}项逾期事项抓紧办理，{answer}书面报告办理情况、逾期原因和预计完成日期。"
    is_long = len(name) > _SHORT_NAME
    addressed = (("承办单位", name), ("办复时限", answer)) if is_long else (("承办单位", name, "办复时限", answer),)
    rows = (
        ("编号", number, "交办时间", day(dated)),
        *addressed,
        ("事项来源", source),
        ("督办事项", items),
        ("督办要求", demand),
        ("联系人", draft.known(sender.contact, "联系人"), "联系电话", draft.known(sender.phone, "联系电话")),
        ("签收", "签收人：　　　　　　　　签收时间：　　　　年　　月　　日"),
        ("办理结果", ""),
    )
    words = (*source.split("\n"), *items.split("\n"), demand, *((name, answer) if is_long else ()))
    over = sum(ceil(len(text) / _LINE) for text in words) + (2 if sender.seal else 0) - _ROOM  # 代章 is a line more
    draft.title("督办通知单")
    result = max(_RESULT - max(over, 0) * _LINE_HEIGHT, _LEAST_RESULT)
    heights = (*(0.0 for _ in rows[2:]), _SIGN, result)
    draft.blocks.append(TextTable(_WIDTHS, tuple(_cells(row) for row in rows), heads=0, least=heights))
    by = draft.known(sender.name, "发文机关")
    draft.sign(by, day(dated), sender.seal, is_stamped=sender.stamped)
    return TextPart(tuple(draft.blocks), restarts=True)


def _cells(row: tuple[str, ...]) -> tuple[TextCell, ...]:
    cells = [TextCell(printed(text)) for text in row]
    if len(row) == len(_WIDTHS):
        return tuple(cells)
    return cells[0], TextCell(printed(row[1]), span=len(_WIDTHS) - 1, align=Align.LEFT)
