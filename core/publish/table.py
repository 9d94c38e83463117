"""方案 → the description of its 重点任务分解表, with exactly the columns the plan was printed with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from core.model.division import printed_division
from core.model.plan import Column, Measure, Plan, Role, Section, Task
from core.publish.description import (
    Align,
    HeaderCell,
    Merge,
    PageNumbers,
    PageSetup,
    TableColumn,
    TableDocument,
    TableRow,
)

_YEAR_RANGE = re.compile(r"(\d{4})\s*年?\s*[-‐‑–—−~～－]+\s*(\d{4})(?=\s*年)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ROLE_PART = r"{title}(?:单位)?[:：]\s*([^；;。]+)"

_WIDTHS = {"section": 29.0, "task": 29.0, "no": 13.0, "division": 37.5, "deadline": 26.0}
"""Widths in mm, whole numbers of 小四 characters (4.23 mm) with 3.4 mm of blank: six, six, two, eight,
five and a little. What is not named gets ``_OTHER`` (seven), and the measures take what is left.
"""
_OTHER, _MEASURE_MIN, _MEASURE_GOOD = 33.2, 50.0, 100.0
_LEAST = 24.8
"""Five characters: the least width of a column where many columns leave the measures too little."""
_CHARACTER, _BLANK = 12 * 25.4 / 72, 3.4
_CENTERED = frozenset({"no", "division", "lead", "responsible", "cooperating", "deadline"})
_MERGED_IN_TASK = frozenset({"division", "lead", "responsible", "cooperating", "deadline"})
_ROLES = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "cooperating": Role.COOPERATING}


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What the clerk may choose: the annex number (None: no 附件 mark) and how pages are numbered."""

    annex_no: int | None = 2
    page_numbers: PageNumbers = PageNumbers.OFFICIAL


def table_document(plan: Plan, options: TableOptions | None = None) -> TableDocument:
    """Describe the official table of a plan.

    Equal neighbours are merged as in the published tables: section, task, and within one task (within one section
    where there are no tasks) equal divisions and equal deadlines.
    """
    options = options or TableOptions()
    columns = _columns(plan)
    rows, sources = _rows(plan, columns)
    return TableDocument(
        title=printed(plan.title),
        columns=columns,
        header=_header(columns),
        rows=rows,
        merges=_merges(columns, rows, sources),
        annex=None if options.annex_no is None else f"附件{options.annex_no}",
        page=replace(PageSetup(), numbers=PageNumbers(options.page_numbers)),
    )


@lru_cache(maxsize=2048)
def printed(text: str | None) -> str:
    """A text as it goes on paper: 2023—2025年 with a 一字线, no control characters, one kind of line end."""
    if not text:
        return ""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _YEAR_RANGE.sub(r"\1—\2", clean)


# Columns ------------------------------------------------------------------------------------------------------


def _columns(plan: Plan) -> tuple[TableColumn, ...]:
    wanted = plan.document.columns or _default_columns(plan)
    return tuple(
        TableColumn(column.key, printed(column.title), width, Align.CENTER if column.key in _CENTERED else Align.LEFT)
        for column, width in zip(wanted, _widths(plan, [column.key for column in wanted]), strict=True)
    )


def _widths(plan: Plan, keys: list[str]) -> list[float]:
    """Widths that fill the text area; where the measures get little, the others give up what makes rows lower."""
    whole = PageSetup().text_width
    best = _shared([_WIDTHS.get(key, _OTHER) for key in keys], keys, whole)
    if "text" not in keys or best[keys.index("text")] >= _MEASURE_GOOD:
        return best
    narrow = [min(_WIDTHS.get(key, _OTHER), _LEAST) for key in keys]
    between = [(a + b) / 2 for a, b in zip(best, narrow, strict=True)]
    candidates = [best, _shared(between, keys, whole), _shared(narrow, keys, whole)]
    return min(candidates, key=lambda widths: _lines(plan, keys, widths))


def _shared(widths: list[float], keys: list[str], whole: float) -> list[float]:
    """The measures take what the others leave, at least 50 mm; the others shrink evenly for it."""
    fixed = sum(width for key, width in zip(keys, widths, strict=True) if key != "text")
    if "text" not in keys:
        return [width * whole / fixed for width in widths]
    rest = max(whole - fixed, _MEASURE_MIN)
    squeeze = (whole - rest) / fixed if fixed else 1.0
    texts = keys.count("text")
    return [rest / texts if key == "text" else width * squeeze for key, width in zip(keys, widths, strict=True)]


def _lines(plan: Plan, keys: list[str], widths: list[float]) -> int:
    """How many lines the rows have altogether, roughly: square characters, nothing merged, no titles."""
    fits = {
        key: max(int((width - _BLANK) / _CHARACTER), 1)
        for key, width in zip(keys, widths, strict=True)
        if key not in {"section", "task"}
    }
    return sum(
        max(-(-len(_cell(key, _NOWHERE, measure, numbered=False)) // count) for key, count in fits.items())
        for measure in plan.measures
    )


def _default_columns(plan: Plan) -> tuple[Column, ...]:
    """The columns of a plan that was no table: those that have something in them."""
    measures = plan.measures
    roles = [key for key, role in _ROLES.items() if any(measure.names(role) for measure in measures)]
    wanted = [
        ("section", "重点任务", bool(plan.sections) and not plan.document.section_rows),
        ("task", "重点任务", bool(plan.tasks)),
        ("text", "具体措施", True),
        ("division", "责任分工", roles in ([], ["responsible"])),
        *((key, role.title, roles != ["responsible"] and key in roles) for key, role in _ROLES.items()),
        ("deadline", "完成时限", any(measure.deadline_raw for measure in measures)),
    ]
    return tuple(Column(key, title) for key, title, is_there in wanted if is_there)


def _header(columns: tuple[TableColumn, ...]) -> tuple[HeaderCell, ...]:
    """Neighbours with one title share a header cell: 重点任务 over section and task."""
    cells: list[HeaderCell] = []
    for title, run in groupby(enumerate(columns), key=lambda item: item[1].title):
        places = [place for place, _ in run]
        cells.append(HeaderCell(title, places[0], places[-1]))
    return tuple(cells)


# Rows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Source:
    """What a row was made from; the measure is None for a full-width section row."""

    measure: Measure | None
    section: Section | None
    task: Task | None

    @property
    def scope(self) -> tuple[str, int | None]:
        """Where equal divisions may merge: the task, or the section where there is no task."""
        if self.task is not None:
            return "task", self.task.no
        return "section", self.section.no if self.section else None


_NOWHERE = _Source(None, None, None)


def _rows(plan: Plan, columns: tuple[TableColumn, ...]) -> tuple[tuple[TableRow, ...], list[_Source]]:
    sections = {section.no: section for section in plan.sections}
    tasks = {task.no: task for task in plan.tasks}
    full_width = plan.document.section_rows and all(column.key != "section" for column in columns)
    numbered = any(column.key == "no" for column in columns)
    rows: list[TableRow] = []
    sources: list[_Source] = []
    last: int | None = None
    for measure in plan.measures:
        task = tasks.get(measure.task) if measure.task is not None else None
        number = measure.section if measure.section is not None else (task.section if task else None)
        section = sections.get(number) if number is not None else None
        if full_width and section is not None and section.no != last:
            rows.append(TableRow((_labelled(section),), full_width=True))
            sources.append(_Source(None, section, None))
        last = section.no if section else None
        source = _Source(measure, section, task)
        rows.append(TableRow(tuple(_cell(column.key, source, measure, numbered=numbered) for column in columns)))
        sources.append(source)
    return tuple(rows), sources


def _labelled(part: Section | Task) -> str:
    return printed(f"{part.label}{part.title}")


def _cell(key: str, source: _Source, measure: Measure, *, numbered: bool) -> str:
    if key == "section":
        return _labelled(source.section) if source.section else ""
    if key == "task":
        return _labelled(source.task) if source.task else ""
    if key == "no":
        return measure.label.strip(" （）().．、") or str(measure.no)
    if key == "text":
        return printed(measure.text if numbered else f"{measure.label}{measure.text}")
    if key == "division":
        return printed(printed_division(measure))
    if key == "deadline":
        return printed(measure.deadline_raw)
    if key in _ROLES:
        return printed(_role_names(measure, _ROLES[key]))
    if key == "target":
        return printed("；".join(target.text for target in measure.targets))
    return ""


def _role_names(measure: Measure, role: Role) -> str:
    """The names of a role as they were printed in their own column, else joined."""
    names = measure.names(role)
    part = re.search(_ROLE_PART.format(title=role.title.removesuffix("单位")), measure.division_raw or "")
    as_printed = part.group(1).strip() if part else ""
    return as_printed if names and all(name in as_printed for name in names) else "、".join(names)


# Merges -------------------------------------------------------------------------------------------------------


def _merges(columns: tuple[TableColumn, ...], rows: tuple[TableRow, ...], sources: list[_Source]) -> tuple[Merge, ...]:
    merges = []
    for place, column in enumerate(columns):
        keys = [_merge_key(column.key, source, row, place) for source, row in zip(sources, rows, strict=True)]
        start = 0
        for _, run in groupby(enumerate(keys), key=lambda item: item[1] if item[1] is not None else item[0]):
            length = len(list(run))
            if length > 1:
                merges.append(Merge(place, start, start + length - 1))
            start += length
    return tuple(merges)


def _merge_key(key: str, source: _Source, row: TableRow, place: int) -> tuple[object, ...] | None:
    """Equal keys of neighbours merge; None never does."""
    if source.measure is None:
        return None
    if key == "section":
        return ("section", source.section.no) if source.section else None
    if key == "task":
        return ("task", source.task.no) if source.task else None
    if key in _MERGED_IN_TASK and row.cells[place]:
        return (*source.scope, row.cells[place])
    return None
