"""与上次相比: the figures of a report beside those of the last one of its kind that was issued, only what is another.

What is compared was frozen when the earlier one was issued; it is not counted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.model.document_kind import DocumentKind
from core.model.issued import Content, Figure, Issued
from core.office.asked import Asked
from core.office.draft import Draft
from core.office.issued_rows import COMPARED
from core.office.noted import Notes
from core.office.overview import Overview
from core.office.paper_words import day
from core.office.report_words import in_marks, numbers
from core.store import issued as rows
from core.store.database import Store

_TOLD = (
    ("total", "总数"),
    ("done", "已完成"),
    ("in_progress", "推进中"),
    ("not_started", "未启动"),
    ("overdue", "逾期"),
    ("done_late", "逾期完成"),
)
_OF = (("measures", "按措施统计"), ("obligations", "按责任事项统计"))
_NONE = "此前没有出具过同类报告，没有写与上次相比"


def earlier(store: Store, kind: DocumentKind, view: Overview) -> Issued | None:
    """The last one of a kind that was issued for an earlier date and is in force."""
    with store.reading() as db:
        found = rows.of_plan(db, view.row.id)
    fitting = [one for one in found if one.kind is kind and one.withdrawn_on is None and one.as_of < view.clock.as_of]
    return max(fitting, key=lambda one: (one.as_of, one.issued_on, one.id), default=None)


def compared(draft: Draft, store: Store, kind: DocumentKind, asked: Asked, view: Overview) -> None:
    """A paragraph about the figures that stand in ``draft`` already, where it is asked for and true."""
    if not asked.compared:
        return
    last = earlier(store, kind, view)
    if last is None:
        draft.gaps.append(_NONE)
        return
    with store.reading() as db:
        then = rows.content(db, last.id)
    old, new = ({one.key: one for one in found} for found in (then.figures, tuple(draft.figures)))
    parts = [f"{word}，{told}" for key, word in _OF if (told := "，".join(_changed(key, old, new)))]
    said_of = "，".join(part for part in (last.number, f"数字统计截至{day(last.as_of)}") if part)
    before = f"与{day(last.issued_on)}出具的{in_marks(last.title)}（{said_of}）相比"
    if not parts:
        draft.say(f"{before}，措施和责任事项的各项数字没有变化。")
        return
    lists = [*_new_ones(draft, view, then, old, new)]
    draft.say(f"{before}：{'；'.join(parts)}。{''.join(lists)}")


def _changed(key: str, old: Mapping[str, Figure], new: Mapping[str, Figure]) -> Iterator[str]:
    for name, word in _TOLD:
        was, now = _number(old, f"{key}.{name}"), _number(new, f"{key}.{name}")
        if was != now:
            yield f"{word}由{was}项{'增加到' if now > was else '减少到'}{now}项"
    rates = [found[f"{key}.completion"].value for found in (old, new) if f"{key}.completion" in found]
    if len(rates) == len((old, new)) and rates[0] != rates[1]:
        yield f"完成率由{rates[0]}变为{rates[1]}"


def _number(found: Mapping[str, Figure], key: str) -> int:
    """What is not printed stood at nothing."""
    return int(found[key].value) if key in found else 0


def _new_ones(
    draft: Draft, view: Overview, then: Content, old: Mapping[str, Figure], new: Mapping[str, Figure]
) -> Iterator[str]:
    """Which measures are done or late now and were not then, where the numbers mean the same measures still."""
    places = {item.id: item.measure for item in view.obligations}
    if any(places.get(row.obligation, row.measure) != row.measure for row in then.rows):
        return
    notes = Notes(view, draft.figures)
    for name, word in (("done", "新完成"), ("overdue", "新出现逾期")):
        found = _added(old.get(f"measures.{name}"), new.get(f"measures.{name}"))
        if found:
            notes.measures(f"{COMPARED}{name}", f"与上次相比：{word}的措施", found, "上次出具的报告中没有、本次有的")
            yield f"{word}的措施{len(found)}项，即措施{numbers(found)}。"
    gone = _added(new.get("measures.done"), old.get("measures.done"))
    if gone:
        yield f"上次计为已完成、本次不计的措施{len(gone)}项，即措施{numbers(gone)}。"


def _added(before: Figure | None, after: Figure | None) -> Sequence[int]:
    had = set(before.measures) if before else set()
    return [no for no in (after.measures if after else ()) if no not in had]
