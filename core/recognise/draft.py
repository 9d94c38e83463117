"""A document read → a draft plan with the places of its measures, what was not used, and the problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.job import Job
from core.model.plan import Measure, Plan, Section, Standing, Task
from core.model.units import Register
from core.recognise.blocks import Block, Place, Source, Table
from core.recognise.document import describe
from core.recognise.found import Found
from core.recognise.measures import Understood, understand_all
from core.recognise.nodes import read_parts
from core.recognise.outline import read_list
from core.recognise.problems import Problems
from core.recognise.ragged import rejoined
from core.recognise.sheet import Sheet, read_sheets
from core.recognise.tables import read_tables


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read: a plan, where each of its measures stands, and what of the source is not in it.

    Every block of the source is among ``used``, ``headings`` or ``unused``; a row of a used table that no measure
    was read from stands in ``unused`` as a paragraph with its place.

    ``columns`` tells how the columns of the main table were understood: number of the column, counted from 1, to
    (key, printed title); empty for a list.
    """

    plan: Plan
    places: Mapping[int, tuple[Place, ...]]
    used: tuple[Block, ...] = ()
    headings: tuple[Block, ...] = ()
    unused: tuple[Block, ...] = ()
    columns: Mapping[int, tuple[str, str]] | None = None


def recognise(
    source: Source,
    *,
    register: Register | None = None,
    columns: Mapping[int, str] | None = None,
    job: Job | None = None,
) -> Draft:
    """Read a plan out of the blocks of a document; without any measure the plan is empty and says so.

    ``register``: names that it does not hold are told. ``columns``: what the clerk says of a column of the table,
    counted from 1, by the keys of the contract or ``other``.
    """
    job = job or Job()
    job.step(0, 2, "正在辨认结构")
    blocks, made = rejoined(source.blocks) if source.kind == "text" else (list(source.blocks), {})
    groups, _others = read_sheets(blocks, columns)
    tables = [read_tables(group) for group in groups]
    for table in tables:
        table.used = [part for block in table.used for part in made.get(id(block), [block])]
    job.step(1, 2, "正在辨认结构")
    lists = [found for part in read_parts(source.blocks) if (found := read_list(part)) is not None]
    found, others = _choose(tables, lists)
    draft = _draft(source, found, others, register, job)
    return replace(draft, columns=_columns(groups[tables.index(found)]) if found in tables else {})


def _choose(tables: list[Found], lists: list[Found]) -> tuple[Found, list[Found]]:
    """The larger plan; a table rather than the list that it breaks down."""
    tables = [found for found in tables if found.items]
    table = max(tables, key=lambda found: len(found.items), default=None)
    listed = max(lists, key=lambda found: len(found.items), default=None)
    best = table or listed or Found("table", Place())
    if table is not None and listed is not None and len(table.items) * 2 < len(listed.items):
        best = listed
    others = [found for found in (*tables, *lists) if found is not best and found.items]
    return best, others


def _draft(source: Source, found: Found, others: list[Found], register: Register | None, job: Job) -> Draft:
    read = {id(block) for block in found.used}
    found.said += [*found.above, *(b.text for b in source.blocks if not isinstance(b, Table) and id(b) not in read)]
    document = describe(source, found)
    understood = understand_all(found, document, register, job)
    sections, tasks = found.sections(), found.tasks()
    for item in found.items:
        if item.task is not None and item.task.parent is None:
            item.task.parent = item.section
    numbers = {id(heading): no for headings in (sections, tasks) for no, heading in enumerate(headings, 1)}
    measures = tuple(_measure(no, item, numbers) for no, item in enumerate(understood, 1))
    document = replace(document, standing=_standing(understood))
    headings, unused = _leftovers(source, found)
    problems = Problems(source, found, others, understood, register, unused, headings)
    plan = Plan(
        document=document,
        sections=tuple(Section(no, s.label, s.title, s.declared) for no, s in enumerate(sections, 1)),
        tasks=tuple(Task(no, numbers.get(id(t.parent)), t.label, t.title) for no, t in enumerate(tasks, 1)),
        measures=measures,
        problems=problems.all(),
    )
    places = {no: tuple(item.item.places) for no, item in enumerate(understood, 1)}
    return Draft(plan, places, tuple(found.used), tuple(headings), tuple(unused))


def _measure(no: int, understood: Understood, numbers: Mapping[int, int]) -> Measure:
    section, task = understood.item.section, understood.item.task
    return replace(understood.measure, no=no, section=numbers.get(id(section)), task=numbers.get(id(task)))


def _standing(understood: list[Understood]) -> tuple[Standing, ...]:
    found = dict(pair for each in understood for pair in each.standing)
    return tuple(Standing(unit, role) for unit, role in found.items())


def _leftovers(source: Source, found: Found) -> tuple[list[Block], list[Block]]:
    """Headings and titles; and every other block that no measure was read from."""
    used = {id(block) for block in found.used}
    headings: list[Block] = list(found.heads)
    mine = {id(block) for block in source.blocks}
    unused: list[Block] = [block for block in found.unused if id(block) not in mine]
    begins = [index for index, block in enumerate(source.blocks) if id(block) in used]
    first = max(found.first_block, min(begins, default=0))
    for index, block in enumerate(source.blocks):
        if id(block) in used:
            continue
        if isinstance(block, Table):
            unused.append(block)
        elif block.heading is not None or (index < first and len(block.text) <= 60 and "。" not in block.text):
            headings.append(block)
        else:
            unused.append(block)
    return headings, unused


def _columns(group: list[Sheet]) -> dict[int, tuple[str, str]]:
    layout = max(group, key=lambda sheet: len(sheet.rows)).layout
    return dict(enumerate(zip(layout.keys, layout.titles, strict=True), 1))
