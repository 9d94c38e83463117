"""催办函, 提示函 and 商请函: to each unit what is late, what is due soon and what it has not sent.

A unit with something late, or that did not report by the cut-off, gets a 催办函, else a 提示函; 纪委监委, 法院 and 检察院
get a 商请函 in either case. A collective that is 待补全 has no address: it is told as a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from core.errors import InvalidError
from core.job import Job
from core.ledger.figures import rules_for
from core.ledger.returns import RULES
from core.model.issued import Figure
from core.model.ledger import Obligation, Period
from core.model.units import Unit, UnitKind
from core.office import issuer, reminders
from core.office.asked import Asked, Made, file_name
from core.office.draft import Draft
from core.office.issuer import Issuer
from core.office.letter_items import items_annex, named, told
from core.office.letter_words import longest, missing_words, needed, request, say_reminders
from core.office.noted import Notes
from core.office.numbering import open_number
from core.office.overview import Overview, overview
from core.office.paper_words import day
from core.office.period_choice import chosen_period
from core.office.report_words import basis
from core.office.returns import Returns, UnitReturn, returns
from core.office.units import all_units, unit_named
from core.publish.description import TableDocument
from core.publish.progress_table import base_title
from core.publish.table import printed
from core.publish.text_document import Imprint, Letterhead, Paragraph, Role, TextDocument, TextPart
from core.publish.write_text import write_text
from core.store.database import Store
from core.store.reminders import ReminderRow

_TITLES = {"商请": "商请推进"}
"""What a title says where the word alone asks for nothing."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What one unit is to be written about. ``missing``: measures of the period without a return."""

    unit: Unit
    late: tuple[Obligation, ...]
    soon: tuple[Obligation, ...]
    missing: tuple[int, ...]
    came: UnitReturn | None
    is_past: bool
    """The cut-off of the period has passed."""

    @property
    def is_urged(self) -> bool:
        """催办, not only 提示."""
        return bool(self.late) or (bool(self.missing) and self.is_past)

    @property
    def word(self) -> str:
        """催办, 提示 or 商请."""
        if self.unit.kind is UnitKind.DISCIPLINE_JUSTICE:
            return "商请"
        return "催办" if self.is_urged else "提示"


def reminder(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `reminder`: to one unit, or to all that there is something to write to, one after another.

    Raises NotFoundError (plan, unit), InvalidError (period; nothing to write), Cancelled.
    """
    view = overview(store, asked.plan_key, asked.as_of)
    period = chosen_period(store, view.row.key, asked.period_key, asked.as_of)
    owed, groups = owing(store, view, period, asked.unit)
    owed = tuple(one for one in owed if asked.wants(one.unit.name))
    if not owed and groups and asked.unit is None:
        raise nobody_known(groups)
    if not owed:
        who = f"“{asked.unit}”" if asked.unit is not None else "各单位"
        raise InvalidError(
            f"截至{day(asked.as_of)}，{who}没有逾期、临近时限或应报未报的事项，不需要发函。",
            hint="请改选单位、报送期或统计日期。",
        )
    sender = issuer.load(store)
    known = reminders.reminders(store, view.row.key, period.key)
    parts: list[TextPart | TableDocument] = []
    gaps: list[str] = []
    figures: list[Figure] = []
    for place, one in enumerate(owed):
        job.step(place, len(owed), f"正在起草致{one.unit.name}的函")
        draft = Draft()
        own = [row for row in known if row.unit == one.unit.name]
        parts.extend(_letter(draft, view, period, one, sender, own, asked))
        gaps.extend(gap for gap in draft.gaps if gap not in gaps)
        _note(view, one, figures)
    if groups and asked.unit is None:
        gaps.append(f"{'、'.join(groups)}待补全成员单位，没有发函对象")
    name = f"{base_title(view.plan)}催办提示函" + (f"（{owed[0].unit.name}）" if asked.unit is not None else "")
    text = TextDocument(name, tuple(parts), on_sheets=asked.on_sheets)
    title, recipient = _on_paper(parts)
    return Made(
        file_name(name),
        partial(write_text, text),
        tuple(gaps),
        tuple(figures),
        title=title,
        recipient=recipient,
        notes=_chosen(owed),
        text=text,
    )


def _note(view: Overview, one: Owed, figures: list[Figure]) -> None:
    """The numbers of a letter with their rows; a group without any is not in it."""
    notes, rules = Notes(view, figures), rules_for(view.clock.soon_days)
    name = one.unit.name
    missing = [item.id for no in one.missing for item in view.of_measure(no) if item.unit == name]
    for key, word, ids, rule in (
        ("late", "逾期未完成的事项", [item.id for item in one.late], rules["overdue"]),
        ("soon", "临近时限的事项", [item.id for item in one.soon], rules["due_soon"]),
        ("missing", "应报未报的事项", missing, RULES["expected"]),
    ):
        if ids:
            notes.obligations(f"{key}:{name}", f"{name}：{word}", ids, rule)


def _on_paper(parts: Sequence[TextPart | TableDocument]) -> tuple[str, str]:
    """Title and 主送 of a single letter, for 发文登记."""
    texts = [part for part in parts if isinstance(part, TextPart) and part.letterhead]
    if len(texts) != 1:
        return "", ""
    words = {block.role: block.text for block in texts[0].blocks if isinstance(block, Paragraph)}
    return words[Role.TITLE], words[Role.ADDRESSEE].removesuffix("：")


def _chosen(owed: Sequence[Owed]) -> tuple[str, ...]:
    """To whom a 商请函 goes in place of a 催办函 or 提示函."""
    asked = [one.unit.name for one in owed if one.word == "商请"]
    return (f"{'、'.join(asked)}是纪检监察、司法机关，发商请函，不发催办函、提示函",) if asked else ()


def nobody_known(groups: Sequence[str]) -> InvalidError:
    """Only collectives whose members nobody has named owe something: there is nobody to write to."""
    return InvalidError(
        f"只有待补全成员的{'、'.join(groups)}有逾期或临近时限的事项，没有发函对象。",
        hint="请先在“单位”中补全成员。",
    )


def owing(
    store: Store, view: Overview, period: Period, unit: str | None = None
) -> tuple[tuple[Owed, ...], tuple[str, ...]]:
    """The units that there is something to write to, in the order of the register, and collectives without address.

    Raises NotFoundError for an unknown unit.
    """
    came = returns(store, view.row.key, period.key, view.clock.as_of, view=view)
    wanted = [unit_named(store, unit)] if unit is not None else list(all_units(store))
    found = [_owed(view, one, came) for one in wanted if not one.is_group]
    owed = tuple(one for one in found if one.late or one.soon or one.missing)
    late = {item.unit for item in view.obligations if item.is_group and _is_lit(view, item)}
    return owed, tuple(sorted(late))


def _is_lit(view: Overview, item: Obligation) -> bool:
    status = view.statuses[item.id]
    return status.overdue or status.due_soon


def _owed(view: Overview, unit: Unit, came: Returns) -> Owed:
    own = [item for item in view.obligations if item.unit == unit.name]
    as_of = view.clock.as_of
    sent = next((one for one in came.units if one.unit == unit.name), None)
    is_asked = as_of >= came.cut_off - timedelta(days=view.clock.soon_days)
    by_id = {item.id: item.measure for item in own}
    missing = tuple(by_id[key] for key in sent.missing if key in by_id) if sent and is_asked else ()
    return Owed(
        unit,
        tuple(item for item in own if view.statuses[item.id].overdue),
        tuple(
            item
            for item in own
            if view.statuses[item.id].due_soon
            and not view.statuses[item.id].overdue
            and view.statuses[item.id].next_due is not None
        ),
        missing,
        sent,
        as_of > came.cut_off,
    )


# The letter ---------------------------------------------------------------------------------------------------


def _letter(
    draft: Draft,
    view: Overview,
    period: Period,
    owed: Owed,
    sender: Issuer,
    known: Sequence[ReminderRow],
    asked: Asked,
) -> Iterator[TextPart | TableDocument]:
    """The letter, and behind it the list of what it is about where that is long."""
    subject = base_title(view.plan)
    you = "贵单位" if owed.word == "商请" else "你单位"
    draft.title(f"关于{_TITLES.get(owed.word, owed.word)}{subject}有关事项的函")
    draft.addressee(owed.unit.full_name or owed.unit.name)
    draft.say(
        f"{basis(view.plan.document)}明确了{you}承担的措施和完成时限。截至{day(view.clock.as_of)}，"
        f"台账显示{you}有以下事项需{needed(owed)}，现函告如下。"
    )
    has_heads = sum(map(bool, (owed.late, owed.soon, owed.missing))) > 1
    words = told(view, owed.late, owed.soon, you)
    late, soon = words or (None, None)
    if owed.late:
        over = "超过时限尚未完成" if owed.word == "商请" else "逾期未完成"
        head, first = f"{over}的事项（{len(owed.late)}项）", f"{you}{over}的有{len(owed.late)}项"
        since = "" if owed.word == "商请" else longest(view, owed.late)
        _tell(draft, owed.late, head if has_heads else "", f"{first}{since}", late)
    if owed.soon:
        head, first = (
            f"临近时限的事项（{len(owed.soon)}项）",
            f"{you}距完成时限不超过{view.clock.soon_days}天的有{len(owed.soon)}项",
        )
        _tell(draft, owed.soon, head if has_heads else "", first, soon)
    if owed.missing and owed.came is not None:
        if has_heads:
            draft.head(f"{period.title}未报送的事项（{len(owed.missing)}项）")
        draft.say(missing_words(view, period, owed, you))
    say_reminders(draft, known, you)
    request(draft, owed, period, sender, you)
    annex = items_annex(view, owed.late, owed.soon) if words is None else None
    draft.annexes([annex.title] if annex else [])
    name = draft.known(sender.name, "发文机关")
    dated = asked.dated or view.clock.as_of
    draft.sign(name, day(dated), sender.seal, is_stamped=sender.stamped)
    number = open_number(draft, sender.number, asked.number_for(owed.unit.name), dated.year, "发文字号")
    copies = Imprint(printed(sender.letter_copies)) if sender.letter_copies else None
    foot = copies if annex is None else None
    yield TextPart(tuple(draft.blocks), Letterhead(name, number), restarts=True, imprint=foot)
    if annex is not None:
        yield annex
        if copies is not None:
            yield TextPart((), imprint=copies)  # behind the annex (GB/T 9704-2012 §7.3.7)


def _tell(draft: Draft, items: Sequence[Obligation], head: str, first: str, words: Sequence[str] | None) -> None:
    """Items of one sort, a paragraph each under their head; by number where they stand in the annex."""
    if head:
        draft.head(head)
    if words is None:
        draft.say(f"{first}，{named(items)}。")
        return
    if not head:
        draft.say(f"{first}：")
    for place, text in enumerate(words, start=1):
        draft.say(f"{place}.{text}" if len(words) > 1 else text)
