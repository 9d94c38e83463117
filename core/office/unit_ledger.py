"""单位工作台账: what one unit is responsible for, by when, and what it said period after period."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.errors import InvalidError
from core.job import Job
from core.ledger.figures import count
from core.ledger.states import counts, order
from core.model.ledger import EntryState, Obligation, Review
from core.model.units import Unit
from core.office.asked import Asked, Made, file_name
from core.office.catalogue_rows import Numbered, numbered
from core.office.listing import status_words
from core.office.overview import Overview, overview, shown_due
from core.office.paper_words import day, states
from core.office.tables import of_section
from core.office.units import all_units, unit_named
from core.publish.description import Align, TableDocument
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.progress_table import base_title
from core.publish.table import TableOptions
from core.publish.table_document import write_documents
from core.store.database import Store
from core.store.progress import ProgressRow

_COLUMNS = (
    PlainColumn("no", "序号", 3),
    PlainColumn("text", "具体措施", 8, Align.LEFT),
    PlainColumn("role", "责任", 3),
    PlainColumn("deadline", "完成时限", 4),
    PlainColumn("state", "完成情况", 4),
    PlainColumn("period", "报送期", 6),
    PlainColumn("work", "工作进展", 8, Align.LEFT),
    PlainColumn("problems", "存在问题", 4, Align.LEFT),
    PlainColumn("next_steps", "下一步工作", 4, Align.LEFT),
    PlainColumn("evidence", "佐证材料编号", 3),
)
_SHARED = 5
"""The first columns belong to the obligation, the others to one record of it."""
_HIGH = 110
"""Characters of a plan's measures, on an average, from which they stand over their records, not beside them."""
_SILENT = ("", "没有进展记录", "", "", "")


def unit_ledger(store: Store, asked: Asked, job: Job) -> Made:
    """The kind `ledger`: of one unit, or of all that have something to do, one after another.

    Raises NotFoundError (plan, section, unit), InvalidError for a unit without obligations, Cancelled.
    """
    view = overview(store, asked.plan_key, asked.as_of)
    wanted = {measure.no for measure in of_section(view.plan, asked.section).measures}
    by_unit: dict[str, list[Obligation]] = {}
    for item in view.obligations:
        if item.measure in wanted:
            by_unit.setdefault(item.unit, []).append(item)
    units = [unit_named(store, asked.unit)] if asked.unit is not None else _busy(store, by_unit)
    if not units or any(unit.name not in by_unit for unit in units):
        name = units[0].name if units else "方案"
        raise InvalidError(f"“{name}”在所选范围内没有责任事项。", hint="请换一个单位或范围。")
    files = numbered(store, view)
    options = asked.page or TableOptions(annex_no=None)
    documents = []
    for place, unit in enumerate(units):
        job.step(place, len(units), f"正在整理 {unit.name}")
        documents.append(_document(view, unit, by_unit[unit.name], files, options))
    name = f"{units[0].name}工作台账" if asked.unit is not None else f"{base_title(view.plan)}单位工作台账"
    return Made(file_name(name), partial(write_documents, documents))


def _busy(store: Store, by_unit: dict[str, list[Obligation]]) -> list[Unit]:
    """The units with obligations in the order of the register; collectives, which fill in no sheet, come last."""
    found = [unit for unit in all_units(store) if unit.name in by_unit]
    return sorted(found, key=lambda unit: unit.is_group)


def _document(
    view: Overview, unit: Unit, items: list[Obligation], files: Numbered, options: TableOptions
) -> TableDocument:
    is_high = sum(len(measure.text) for measure in view.plan.measures) > _HIGH * len(view.plan.measures)
    rows: list[tuple[str, ...]] = []
    groups: list[object] = []
    for place, item in enumerate(items, start=1):
        found = list(_rows(view, place, item, files))
        if is_high:
            found = [(_heading(found[0]),), *(row[_SHARED:] if any(row[_SHARED:]) else _SILENT for row in found)]
        rows.extend(found)
        groups.extend([item.id] * len(found))
    who = [
        *([f"联络员：{unit.contact}"] if unit.contact else []),
        *([f"电话：{unit.phone}"] if unit.phone else []),
        f"统计截止日期：{day(view.clock.as_of)}",
        states(count(view.statuses[item.id] for item in items), "责任事项"),
    ]
    table = PlainTable(
        title=f"{unit.full_name or unit.name}工作台账",
        sheet=unit.name,
        columns=_COLUMNS[_SHARED:] if is_high else _COLUMNS,
        rows=tuple(rows),
        notes=(f"方案：{base_title(view.plan)}", "　　".join(who)),
        groups=tuple(groups),
        shared=0 if is_high else _SHARED,
    )
    return plain_document(table, options)


def _heading(row: tuple[str, ...]) -> str:
    """What belongs to the obligation in one text over its records: long measures beside them would be torn."""
    place, text, role, deadline, state = row[:_SHARED]
    told = [f"责任：{role}", *([f"完成时限：{deadline}"] if deadline else []), f"完成情况：{state}"]
    return f"{place}　{text}\n　　{'　　'.join(told)}"


def _rows(view: Overview, place: int, item: Obligation, files: Numbered) -> Iterator[tuple[str, ...]]:
    """A row a record, the oldest period first; one row for an obligation nobody has spoken of."""
    measure, status = view.measure(item.measure), view.statuses[item.id]
    head = (
        str(place),
        f"{measure.label}{measure.text}",
        item.role.title.removesuffix("单位"),
        _deadline(view, item),
        status_words(status, view.clock.as_of),
    )
    records = [record for record in view.progress.get(item.id, ()) if counts(record.entry, view.clock)]
    if not records:
        yield (*head, "", "", "", "", "")
    for record in sorted(records, key=lambda one: order(one.entry)):
        numbers = "、".join(files.of_records([record.id]))
        yield (*head, _period(record), _work(record), record.problems.strip(), record.next_steps.strip(), numbers)


def _deadline(view: Overview, item: Obligation) -> str:
    """The printed phrase; where the date was adjusted, the new date with the old one."""
    due = shown_due([due.deadline for due in view.dues(item)], view.statuses[item.id])
    before = view.postponed_from(item, due)
    if before is not None and due is not None:
        return f"{day(due)}（原{day(before)}）"
    return view.measure(item.measure).deadline_raw or (day(due) if due else "")


def _period(record: ProgressRow) -> str:
    """The period with what was said of the state in it, and the date it was done."""
    done = f"（{day(record.done_on)}）" if record.done_on else ""
    sent_back = "，已退回" if record.review is Review.RETURNED else ""
    return f"{record.period.title}\n{record.state.value}{done}{sent_back}"


def _work(record: ProgressRow) -> str:
    text = record.reason if record.state is EntryState.NOT_APPLICABLE and record.reason else record.text
    text = text.strip()
    return f"（{record.part}）{text}" if text and record.part else text
