"""What stands behind an issued document, row by row, and what of it is another now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from core.ledger.states import counts, order
from core.model.issued import Change, Content, EntryThen, Figure, RowThen
from core.model.ledger import Obligation, Period, Status
from core.office.catalogue_rows import Numbered, numbered
from core.office.form_value import figure
from core.office.overview import Overview, shown_due
from core.office.paper_words import day
from core.store import progress
from core.store.database import Store
from core.store.progress import ProgressRow, ReachedRow

COMPARED = "compared."
"""The beginning of the keys of figures that compare with an earlier document."""
_NONE = "无"
_WORDS = (("text", "工作进展"), ("problems", "存在问题"), ("next_steps", "下一步工作"), ("reason", "理由"))


def content_of(
    store: Store,
    view: Overview,
    figures: Sequence[Figure],
    period: Period | None,
    *,
    unit: str | None = None,
    section: int | None = None,
) -> Content:
    """Figures and the rows of the plan, of one unit or section where the document is about that only."""
    files = numbered(store, view)
    with store.reading() as db:
        reached = progress.reached_of(db, view.row.id)
    sections = {measure.no: measure.section for measure in view.plan.measures}
    rows = tuple(
        _row(view, item, period, files, reached)
        for item in view.obligations
        if unit in (None, item.unit) and section in (None, sections[item.measure])
    )
    return Content(tuple(figures), rows, section)


def changes_of(then: Content, now: Content) -> tuple[Change, ...]:
    """Figures first in the order of the document, then rows in that of the plan."""
    return (*_figure_changes(then.figures, now.figures), *_row_changes(then.rows, now.rows))


# Rows ----------------------------------------------------------------------------------------------------------


def _row(
    view: Overview,
    item: Obligation,
    period: Period | None,
    files: Numbered,
    reached: dict[int, list[ReachedRow]],
) -> RowThen:
    status, measure = view.statuses[item.id], view.measure(item.measure)
    records = _records(view, item, period)
    return RowThen(
        obligation=item.id,
        measure=item.measure,
        label=measure.label or f"（{item.measure}）",
        unit=item.unit,
        state=status.state.title,
        light=_light(status),
        due=shown_due(measure.deadlines, status),
        entries=tuple(_entry(record, reached.get(record.id, ())) for record in records),
        evidence=files.of_records(record.id for record in records),
    )


def _records(view: Overview, item: Obligation, period: Period | None) -> list[ProgressRow]:
    """What counts on the date: of the document's period, and the last of each part, from which the state comes."""
    found = [record for record in view.progress.get(item.id, ()) if counts(record.entry, view.clock)]
    found.sort(key=lambda record: order(record.entry))
    last = {record.part: record.id for record in found}
    return [
        record
        for record in found
        if last[record.part] == record.id or (period is not None and record.period.key == period.key)
    ]


def _light(status: Status) -> str:
    words = [
        word
        for word, is_so in (
            ("逾期", status.overdue),
            ("临近", status.due_soon and not status.overdue),
            ("逾期完成", status.done_late),
            ("本期已落实", status.kept_up),
        )
        if is_so
    ]
    return "，".join(words)


def _entry(record: ProgressRow, reached: Sequence[ReachedRow]) -> EntryThen:
    return EntryThen(
        record=record.id,
        period=record.period.title,
        part=record.part,
        state=record.state.value,
        done_on=record.done_on,
        review=record.review.value,
        text=record.text,
        problems=record.problems,
        next_steps=record.next_steps,
        reason=record.reason,
        reached=tuple((one.target, _value(one)) for one in reached if one.value is not None or one.note),
    )


def _value(one: ReachedRow) -> str:
    number = "" if one.value is None else figure(one.value)
    return "，".join(part for part in (number, one.note.strip()) if part)


# What is another -----------------------------------------------------------------------------------------------


def _figure_changes(then: Sequence[Figure], now: Sequence[Figure]) -> Iterator[Change]:
    """What is said of an earlier document (与上次相比) is no figure of the ledger."""
    old, new = ({one.key: one for one in found if not one.key.startswith(COMPARED)} for found in (then, now))
    for key in dict.fromkeys([*old, *new]):
        was, is_now = old.get(key), new.get(key)
        values = [one.value if one else "" for one in (was, is_now)]
        if values[0] != values[1]:
            named = was or is_now
            yield Change(named.label if named else key, values[0], values[1], _moved(was, is_now), is_figure=True)


def _moved(was: Figure | None, now: Figure | None) -> tuple[int, ...]:
    """The rows that came in or went out; all of them where the same ones are counted otherwise."""
    old, new = (one.obligations if one else () for one in (was, now))
    return tuple(sorted(set(old) ^ set(new))) or tuple(dict.fromkeys([*old, *new]))


def _row_changes(then: Sequence[RowThen], now: Sequence[RowThen]) -> Iterator[Change]:
    old, new = ({one.obligation: one for one in found} for found in (then, now))
    for key in sorted(old.keys() | new.keys(), key=lambda key: ((new.get(key) or old[key]).measure, key)):
        was, is_now = old.get(key), new.get(key)
        if was is None or is_now is None:
            one = was or is_now
            words = _state(one) if one else ""
            yield Change(_label(one, "责任事项"), words if was else "", words if is_now else "", (key,))
            continue
        for what, before, after in _differences(was, is_now):
            yield Change(_label(is_now, what), before, after, (key,))


def _differences(was: RowThen, now: RowThen) -> Iterator[tuple[str, str, str]]:
    yield from _told("状态", _state(was), _state(now))
    yield from _told("完成时限", _day(was.due), _day(now.due))
    old, new = ({(one.period, one.part): one for one in row.entries} for row in (was, now))
    for key in dict.fromkeys([*old, *new]):
        yield from _entry_differences(key, old.get(key), new.get(key))
    yield from _told("佐证材料", "、".join(was.evidence) or _NONE, "、".join(now.evidence) or _NONE)


def _entry_differences(
    key: tuple[str, str | None], was: EntryThen | None, now: EntryThen | None
) -> Iterator[tuple[str, str, str]]:
    where = f"{key[0]}{f'（{key[1]}）' if key[1] else ''}"
    if was is None or now is None:
        yield from _told(f"{where}填报", _entry_words(was), _entry_words(now))
        return
    yield from _told(f"{where}填报状态", _entry_state(was), _entry_state(now))
    yield from _told(f"{where}审核", was.review, now.review)
    for field, word in _WORDS:
        yield from _told(f"{where}{word}", getattr(was, field) or _NONE, getattr(now, field) or _NONE)
    old, new = dict(was.reached), dict(now.reached)
    for target in dict.fromkeys([*old, *new]):
        yield from _told(f"{where}量化指标“{target}”", old.get(target, _NONE), new.get(target, _NONE))


def _told(what: str, before: str, after: str) -> Iterator[tuple[str, str, str]]:
    if before != after:
        yield what, before, after


def _label(row: RowThen | None, what: str) -> str:
    return what if row is None else f"措施{row.label}{row.unit}：{what}"


def _state(row: RowThen) -> str:
    return f"{row.state}，{row.light}" if row.light and row.light != row.state else row.state


def _entry_state(one: EntryThen) -> str:
    return f"{one.state}（{day(one.done_on)}）" if one.done_on else one.state


def _entry_words(one: EntryThen | None) -> str:
    if one is None:
        return ""
    return "，".join(part for part in (_entry_state(one), one.text or one.reason) if part)


def _day(value: date | None) -> str:
    return day(value) if value else _NONE
