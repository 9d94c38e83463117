"""The body of a report 按上级方案编号: what was done, problems and next steps under the superior's measures.

Each superior measure says what those of ours said that the clerk let answer it. What nothing answers and what nobody
has decided is named; what ours say that answers nothing stands at the end, so that nothing said is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from core.model.issued import Counted, Figure
from core.model.ledger import State
from core.office.catalogue_rows import Numbered, numbered
from core.office.draft import Draft
from core.office.listing import status_words
from core.office.overview import Overview
from core.office.report_words import beginning, ended, late_by, numbers, subject, voices
from core.office.said import Said, Voice
from core.office.superior_order import Gathered, SuperiorOrder, items_of, status_of
from core.publish.text_document import Role
from core.store.database import Store

Words = Mapping[int, Said]
"""What was said of our measures, by number."""


def work(draft: Draft, store: Store, view: Overview, words: Words, period: str, order: SuperiorOrder) -> None:
    """主要做法和成效, section by section of the superior plan."""
    draft.head("主要做法和成效")
    _covered(draft, view, order)
    files = numbered(store, view)
    told: dict[tuple[int, ...], int] = {}
    for title, lines in _by_section(order):
        if title:
            draft.under(title)
        silent = []
        for line in lines:
            if not any(words[no].work for no in line.own):
                silent.append(line.no)
            elif line.own in told:
                draft.say(f"{_subject(line)}{_stands(view, line)}。进展同（{told[line.own]}）。")
            else:
                told[line.own] = line.no
                draft.say(_work(view, line, words, files))
        answered = [line.no for line in lines if line.own]
        _silent(draft, [no for no in silent if no in answered], period)
        _without(draft, lines)
    _others(draft, view, words, order)


def problems(draft: Draft, view: Overview, words: Words, period: str, order: SuperiorOrder) -> None:
    """存在问题: what is late by our dates, and what the units name, under the superior's numbers."""
    draft.head("存在问题")
    late = [line for line in order.answered if status_of(view, line.own).overdue]
    if late:
        days = "、".join(f"（{one.no}）{late_by(status_of(view, one.own), view.clock.as_of) or 0}天" for one in late)
        lead = "一是" if _is_spoken(words, view, _problems) else ""
        draft.say(f"{lead}有{len(late)}项上级措施的对应措施逾期未完成，上级措施编号和逾期天数为：{days}。")
        _note(draft, view, "superior.late", "上级措施：对应措施逾期的", late)
    _spoken(draft, view, words, order, ("二是" if late else "") + "各单位反映的问题：", _problems)
    if not _is_spoken(words, view, _problems):
        draft.say(f"{period}，各单位没有填报存在的问题。{draft.gap('存在问题')}")


def next_steps(draft: Draft, view: Overview, words: Words, period: str, order: SuperiorOrder) -> None:
    """下一步工作: what is due next by our dates, and what the units are going to do."""
    draft.head("下一步工作")
    soon = [line for line in order.answered if status_of(view, line.own).due_soon]
    if soon:
        lead = "一是" if _is_spoken(words, view, _next_steps) else ""
        draft.say(f"{lead}盯紧对应措施临近时限的上级措施{len(soon)}项，即{numbers(one.no for one in soon)}，按期完成。")
        _note(draft, view, "superior.soon", "上级措施：对应措施临近时限的", soon)
    _spoken(draft, view, words, order, ("二是" if soon else "") + "各单位下一步工作安排：", _next_steps)
    if not _is_spoken(words, view, _next_steps):
        draft.say(f"{period}，各单位没有填报下一步工作。{draft.gap('下一步工作')}")


def _problems(said: Said) -> tuple[Voice, ...]:
    return said.problems


def _next_steps(said: Said) -> tuple[Voice, ...]:
    return said.next_steps


def _is_spoken(words: Words, view: Overview, part: Callable[[Said], tuple[Voice, ...]]) -> bool:
    return any(part(words[no]) for no in view.measures)


# Parts of it ---------------------------------------------------------------------------------------------------


def _covered(draft: Draft, view: Overview, order: SuperiorOrder) -> None:
    """How much of the superior plan is answered, and how that stands."""
    answered = order.answered
    name = order.plan.document.title.replace("\n", "")
    draft.say(
        f"以下按上级方案《{name}》的编号编排，括号内为上级措施编号。上级措施共{len(order.lines)}项，"
        f"本级有对应措施的{len(answered)}项：{_states(view, answered)}。"
        f"没有对应措施的{len(order.unanswered)}项，对应关系待确认的{len(order.open)}项。"
    )
    draft.say(
        "注：一项上级措施由本级几项措施落实的，状态按这几项措施的全部责任事项合并计算，时限以本级方案为准；"
        "文字为各单位填报的原文，没有填报的单位不列。",
        Role.NOTE,
    )
    _note(draft, view, "superior.answered", "上级措施：有对应措施的", answered)
    for key, label, lines in (
        ("superior.unanswered", "上级措施：没有对应措施的", order.unanswered),
        ("superior.open", "上级措施：对应关系待确认的", order.open),
    ):
        draft.figures.append(Figure(key, label, str(len(lines)), _RULE, (), counted=Counted.MEASURES))


def _states(view: Overview, lines: Iterable[Gathered]) -> str:
    counts: dict[State, int] = defaultdict(int)
    for line in lines:
        counts[status_of(view, line.own).state] += 1
    return "、".join(f"{state.title}{counts[state]}项" for state in State if counts[state])


_RULE = "对照上级中已采纳或补充的为有对应措施，只有建议的为待确认，其余为没有对应措施"


def _note(draft: Draft, view: Overview, key: str, label: str, lines: Iterable[Gathered]) -> None:
    """A number of superior measures; behind it stand our obligations."""
    found = tuple(lines)
    own = tuple(sorted({no for line in found for no in line.own}))
    rows = tuple(item.id for item in items_of(view, own))
    draft.figures.append(Figure(key, label, str(len(found)), _RULE, rows, measures=own, counted=Counted.MEASURES))


def _by_section(order: SuperiorOrder) -> list[tuple[str, list[Gathered]]]:
    known = {section.no: section.title for section in order.plan.sections}
    found = [(title, [line for line in order.lines if line.superior.section == no]) for no, title in known.items()]
    rest = [line for line in order.lines if line.superior.section not in known]
    return [*((title, lines) for title, lines in found if lines), *([("", rest)] if rest else [])]


def _subject(line: Gathered) -> str:
    return f"（{line.no}）{beginning(line.superior.text)}"


def _stands(view: Overview, line: Gathered) -> str:
    """（推进中，由本级措施（23）、（24）落实）."""
    return f"（{status_words(status_of(view, line.own), view.clock.as_of)}，由本级措施{numbers(line.own)}落实）"


def _work(view: Overview, line: Gathered, words: Words, files: Numbered) -> str:
    found = [words[no] for no in line.own]
    evidence = dict.fromkeys(files.of_records(record.id for one in found for record in one.records))
    proof = f"（佐证材料：{'、'.join(evidence)}）" if evidence else ""
    said = voices(_together(one.work for one in found), alone=_is_alone(view, line.own))
    return f"{_subject(line)}{_stands(view, line)}。{said}{proof}"


def _together(found: Iterable[Iterable[Voice]]) -> tuple[Voice, ...]:
    """The voices of several measures; equal words once, with all who said them."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for voice in (voice for one in found for voice in one):
        by_text[voice.text].extend(voice.who)
    return tuple(Voice(tuple(dict.fromkeys(who)), text) for text, who in by_text.items())


def _is_alone(view: Overview, own: tuple[int, ...]) -> bool:
    return len({item.unit for item in items_of(view, own)}) <= 1


def _silent(draft: Draft, found: list[int], period: str) -> None:
    if found:
        what = f"{period}上级措施{numbers(found)}的工作进展"
        draft.say(f"{period}，上级措施{numbers(found)}的对应措施在台账中没有工作进展文字。{draft.gap(what)}")


def _without(draft: Draft, lines: Iterable[Gathered]) -> None:
    """Superior measures that nothing answers, and those that wait for the clerk."""
    lines = list(lines)
    nobody = [line.no for line in lines if not line.own and not line.is_open]
    waiting = [line.no for line in lines if line.is_open]
    if nobody:
        draft.say(f"上级措施{numbers(nobody)}没有对应的本级措施。")
    if waiting:
        draft.say(
            f"上级措施{numbers(waiting)}的对应关系还没有确认。{draft.gap(f'上级措施{numbers(waiting)}的对应关系')}"
        )


def _others(draft: Draft, view: Overview, words: Words, order: SuperiorOrder) -> None:
    """What ours say that answer no superior measure, under our own numbers."""
    spoken = [no for no in order.unanswering if words[no].work]
    if not spoken:
        return
    draft.under("本级其他措施")
    draft.say(f"以下{len(spoken)}项不对应上级的措施，括号内为本级措施编号。")
    for no in spoken:
        status = status_words(view.measures[no], view.clock.as_of)
        draft.say(f"{subject(view, no)}（{status}）。{voices(words[no].work, alone=_is_alone(view, (no,)))}")


def _spoken(
    draft: Draft,
    view: Overview,
    words: Words,
    order: SuperiorOrder,
    lead: str,
    part: Callable[[Said], tuple[Voice, ...]],
) -> None:
    """One part of what was said, each word once: under the first superior measure that its own measure answers."""
    told: set[int] = set()
    lines = []
    for line in order.answered:
        own = tuple(no for no in line.own if no not in told and part(words[no]))
        told.update(own)
        if own:
            said = voices(_together(part(words[no]) for no in own), alone=_is_alone(view, own))
            lines.append(f"{_subject(line)}。{said}")
    for no in order.unanswering:
        if part(words[no]):
            said = voices(part(words[no]), alone=_is_alone(view, (no,)))
            lines.append(f"本级措施{subject(view, no)}。{said}")
    if lines:
        draft.say(lead)
        for line_words in lines:
            draft.say(ended(line_words))
