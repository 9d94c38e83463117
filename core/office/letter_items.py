"""What a letter is about: in its own words, or where they would fill pages, a list behind it as 附件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from core.model.ledger import Obligation
from core.office.draft import Draft
from core.office.listing import Column, Listing, listing_document, status_words
from core.office.overview import Overview, shown_due
from core.office.paper_words import day
from core.office.report_words import numbers, voices
from core.office.said import Voice, is_marked, records_of
from core.publish.description import Align, PageSetup, TableDocument
from core.publish.table import printed
from core.publish.text_document import TextCell

FEW = 5
"""Items that a letter tells itself: a letter has one page or two."""
_LINES, _CHARACTERS = 12, 28
"""Lines of 3号 that these may take beside address, request and signature."""
_WIDTHS = (18.0, 0.0, 14.0, 34.0, 26.0)
_HEAD = ("措施", "工作内容", "责任", "完成时限", "完成情况")
_COLUMNS = (
    Column("措施", 18.0),
    Column("工作内容", is_centred=False),
    Column("责任", 14.0),
    Column("完成时限", 38.0),
    Column("完成情况", 32.0),
)
_PROMISED = Column("上次填报的下一步工作", 46.0, is_centred=False)


def told(view: Overview, late: Sequence[Obligation], soon: Sequence[Obligation], you: str) -> Told:
    """What a letter says of its items in its own text, None where they fill too many lines for that.

    With what is late stands what the unit promised last.
    """
    found = (
        [f"措施{item_words(view, item)}{_promise(view, item, you)}" for item in late],
        [f"措施{item_words(view, item)}" for item in soon],
    )
    lines = sum(ceil((len(text) + 4) / _CHARACTERS) for texts in found for text in texts)
    return found if len(late) + len(soon) <= FEW and lines <= _LINES else None


Told = tuple[list[str], list[str]] | None


def item_words(view: Overview, item: Obligation) -> str:
    """（22）its text（责任单位，完成时限2024年12月31日，推进中，逾期288天）。"""
    measure, status = view.measure(item.measure), view.statuses[item.id]
    due = shown_due(view.postponed.get(item.id, measure.deadlines), status)
    when = f"完成时限{day(due)}，" if due else ""
    text = measure.text.replace("\n", "").rstrip("。；")
    return f"（{item.measure}）{text}（{item.role.title}，{when}{status_words(status, view.clock.as_of)}）。"


def _promise(view: Overview, item: Obligation, you: str) -> str:
    """What the unit itself said it would do about it, empty where it said nothing."""
    found = _promised(view, item)
    return f"{you}在{found[0]}填报的下一步工作为：{found[1]}" if found else ""


def items_table(draft: Draft, view: Overview, items: Sequence[Obligation]) -> None:
    """A table of obligations: what, in which role, by when, how it stands."""
    rows = (_row(view, item) for item in items)
    cells = ((no, TextCell(text, align=Align.LEFT), role, due, state) for no, text, role, due, state in rows)
    draft.table(_WIDTHS, [_HEAD, *cells])


def named(items: Sequence[Obligation]) -> str:
    """即措施（1）、（4）至（7），清单见附件."""
    return f"即措施{numbers(item.measure for item in items)}，清单见附件"


def items_annex(view: Overview, late: Sequence[Obligation], soon: Sequence[Obligation]) -> TableDocument:
    """The list of a letter, what is late before what is due soon."""
    title = "、".join([*(["逾期"] if late else []), *(["临近时限"] if soon else [])])
    rows = [(_row(view, item), _promised(view, item)) for item in (*late, *soon)]
    has_promises = any(promised for _, promised in rows)
    listing = Listing(
        f"{title}事项清单",
        (f"统计截止日期：{day(view.clock.as_of)}　　共{len(rows)}项",),
        (*_COLUMNS, _PROMISED) if has_promises else _COLUMNS,
        tuple(
            (*row, "".join(f"（{promised[0]}）{promised[1]}" for promised in [said] if promised))
            if has_promises
            else row
            for row, said in rows
        ),
    )
    return replace(listing_document(listing), annex="附件", page=PageSetup())


def _promised(view: Overview, item: Obligation) -> tuple[str, str] | None:
    """Period and words of the last next steps a unit told, None where there are none that may be quoted."""
    found = [record for record in records_of(view, item, None) if record.next_steps.strip() and not is_marked(record)]
    if not found:
        return None
    return found[-1].period.title, voices([Voice((item.unit,), found[-1].next_steps)], alone=True)


def _row(view: Overview, item: Obligation) -> tuple[str, str, str, str, str]:
    measure, status = view.measure(item.measure), view.statuses[item.id]
    due = shown_due(view.postponed.get(item.id, measure.deadlines), status)
    before = view.postponed_from(item, due)
    dated = day(due) if due else measure.deadline_raw or "未明确"
    return (
        f"（{item.measure}）",
        printed(measure.text.replace("\n", "")),
        item.role.title.removesuffix("单位"),
        f"{dated}（原{day(before)}）" if before is not None else dated,
        status_words(status, view.clock.as_of),
    )
