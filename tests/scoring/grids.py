"""A plan laid out as a table in one of many ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.model.plan import Measure, Plan
from tests.scoring.compare import Answer, answers_of
from tests.scoring.writers import Box, Grid

ROLES = ("lead", "responsible", "cooperating")


@dataclass(frozen=True)
class Look:
    """What a table looks like.

    ``columns`` are (key, printed title), in printed order; ``sections`` as ``column``, ``rows`` or ``counted`` (a row
    with 一 in the number's column and the title in the text's); ``merged``: equal neighbours are one cell, else
    ``blank``, ``again``, ``ditto`` (同上) or ``dropped`` (no cell at all, as some pages paste); ``number``: where the
    measure's number stands.
    """

    columns: tuple[tuple[str, str], ...]
    sections: str = "column"
    merged: str = "merged"
    number: str = "text"
    titles: int = 0
    two_rows: bool = False
    again_every: int = 0
    together: bool = False
    """Measures of one task in one cell where their division and deadline are the same."""
    breaks: bool = False
    """Names under one another instead of between 、."""


@dataclass(frozen=True)
class Laid:
    """A grid with the lines above it and what it should be read as."""

    before: tuple[str, ...]
    grid: Grid
    answers: list[Answer]


def lay(plan: Plan, look: Look) -> Laid:
    """Lay a plan out."""
    if not plan.tasks:
        look = replace(look, columns=tuple(pair for pair in look.columns if pair[0] != "task"))
    rows = [_values(plan, measure, look) for measure in plan.measures]
    if look.together:
        rows = _put_together(rows, look)
    grid: list[list[Box | None]] = [*_header(look)]
    header = [list(row) for row in grid]
    body = _body(plan, rows, look, header)
    grid += body
    title = plan.document.table_title or plan.document.title
    before = (title, "（单位：项）", "填报单位：司法局")[: look.titles] if look.titles else (title,)
    return Laid(before, grid, _answers(plan, look))


def _values(plan: Plan, measure: Measure, look: Look) -> dict[str, str]:
    section = next((s for s in plan.sections if s.no == measure.section), None)
    task = next((t for t in plan.tasks if t.no == measure.task), None)
    between = "\n" if look.breaks else "、"
    label = measure.label if look.number == "text" else ""
    values = {
        "section": f"{section.label}{section.title}" if section else "",
        "task": f"{task.label}{task.title}" if task else "",
        "no": str(measure.no) if look.number == "column" else "",
        "text": f"{label}{' ' if label.isdecimal() else ''}{measure.text}",
        "deadline": measure.deadline_raw or "",
        "note": "",
        "person": "分管领导",
        "division": _prose(measure) if plan.document.columns and "lead" in dict(look.columns) else _phrase(measure),
        "_section": str(measure.section),
        "_task": str(measure.task),
    }
    for role in ROLES:
        values[role] = between.join(getattr(measure, role))
    return values


def _phrase(measure: Measure) -> str:
    """One column: as printed where it was one, else put in words."""
    raw = measure.division_raw or ""
    return raw if raw and "单位：" not in raw else _prose(measure)


def _prose(measure: Measure) -> str:
    if not measure.lead and not measure.cooperating:
        return "、".join(measure.responsible)
    parts = [
        ("、".join(measure.lead), "牵头"),
        ("、".join(measure.responsible), "落实"),
        ("、".join(measure.cooperating), "配合"),
    ]
    return "，".join(f"{names}{verb}" for names, verb in parts if names)


def _put_together(rows: list[dict[str, str]], look: Look) -> list[dict[str, str]]:
    shared = ("_section", "_task", "division", "deadline", *ROLES)
    out: list[dict[str, str]] = []
    for row in rows:
        if out and all(out[-1][key] == row[key] for key in shared):
            out[-1] = {**out[-1], "text": out[-1]["text"] + "\n" + row["text"]}
        else:
            out.append(row)
    return out


def _header(look: Look) -> list[list[Box | None]]:
    if not look.two_rows:
        return [[Box(title) for _, title in look.columns]]
    upper: list[Box | None] = []
    lower: list[Box | None] = []
    roles = [index for index, (key, _) in enumerate(look.columns) if key in ROLES]
    for index, (key, title) in enumerate(look.columns):
        if key not in ROLES:
            upper.append(Box(title, rows=2))
            lower.append(None)
        else:
            upper.append(Box("责任分工", columns=len(roles)) if index == roles[0] else None)
            lower.append(Box(title))
    return [upper, lower]


def _body(
    plan: Plan, rows: list[dict[str, str]], look: Look, header: Sequence[Sequence[Box | None]]
) -> list[list[Box | None]]:
    keys = [key for key, _ in look.columns]
    out: list[list[Box | None]] = []
    block: list[dict[str, str]] = []
    section = ""
    for number, row in enumerate(rows):
        again = look.again_every and number and number % look.again_every == 0
        begins = look.sections != "column" and row["_section"] != section
        if begins or again:
            out += _block(block, keys, look)
            block = []
        if again:
            out += [list(line) for line in header]
        if begins:
            section = row["_section"]
        if begins and look.sections == "counted":
            sign = {
                "no": Box("一二三四五六七八九"[int(section) - 1]),
                "text": Box(row["section"].split("、")[-1].split("）")[-1]),
            }
            out.append([sign.get(key, Box("")) for key in keys])
        elif begins:
            first: list[Box | None] = [Box(row["section"], columns=len(keys))]
            out.append(
                first + [None] * (len(keys) - 1)
                if look.merged == "merged"
                else [Box(row["section"]), *[Box("")] * (len(keys) - 1)]
            )
        block.append(row)
    return out + _block(block, keys, look)


def _block(rows: list[dict[str, str]], keys: list[str], look: Look) -> list[list[Box | None]]:
    """Rows between two full-width ones, equal neighbours merged."""
    grid: list[list[Box | None]] = [[None] * len(keys) for _ in rows]
    for column, key in enumerate(keys):
        top = 0
        while top < len(rows):
            end = top + 1
            while end < len(rows) and key in _MERGES and _same(rows[top], rows[end], key):
                end += 1
            _put(grid, top, end, column, rows[top].get(key, ""), look)
            top = end
    return grid


_MERGES = {"section", "task", "division", "deadline", *ROLES}


def _same(one: dict[str, str], other: dict[str, str], key: str) -> bool:
    if key == "section":
        return one["_section"] == other["_section"]
    if one["_section"] != other["_section"] or one["_task"] != other["_task"]:
        return False
    alike = ("division", "deadline", *ROLES)
    return key == "task" or all(one[each] == other[each] for each in alike)


def _put(grid: list[list[Box | None]], top: int, end: int, column: int, text: str, look: Look) -> None:
    if look.merged == "merged":
        grid[top][column] = Box(text, rows=end - top)
        return
    for row in range(top, end):
        here = {"again": text, "ditto": "同上" if text else ""}.get(look.merged, "")
        if row == top or look.merged != "dropped":
            grid[row][column] = Box(text if row == top else here)


def _answers(plan: Plan, look: Look) -> list[Answer]:
    keys = dict(look.columns)
    gone: dict[str, object] = {}
    if "task" not in keys:
        gone["task"] = None
    if "section" not in keys and look.sections == "column":
        gone["section"] = None
    if "division" not in keys:
        gone |= {role: frozenset() for role in ROLES if role not in keys}
    if "deadline" not in keys:
        gone |= {"deadline": None, "dates": None}
    answers = [replace(answer, **gone) for answer in answers_of(plan)]
    if look.sections == "counted":
        titles = [f"{'一二三四五六七八九'[s.no - 1]}{s.title}" for s in plan.sections]
        pairs = zip(plan.measures, answers, strict=True)
        answers = [replace(answer, section=titles[(measure.section or 1) - 1]) for measure, answer in pairs]
    return answers
