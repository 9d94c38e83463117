"""The lines of the draft table: headings, measures, and the gaps in their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.model.edit import Edited
from core.model.plan import Measure
from core.model.units import Register
from core.office.review import deadline_note, division_note, printed_division

TEXT, DIVISION, DEADLINE = "text", "division", "deadline"
COLUMNS = ((TEXT, "具体措施"), (DIVISION, "责任分工"), (DEADLINE, "完成时限"))
_LABEL = re.compile(
    r"[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、|\d{1,3}[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条项]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section (``is_task`` False) or a task, by its number."""

    no: int
    is_task: bool
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing here; ``issue`` is the problem that says so."""

    issue: str
    text: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure: three texts, the notes beneath the last two, and the columns that a problem speaks of."""

    no: int
    texts: tuple[str, str, str]
    notes: tuple[str, str, str]
    marked: frozenset[str] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Whether its text is still to be typed."""
        return bool(self.notes[0])


Line = Heading | Gap | MeasureLine
MISSING = "还没有填写措施内容"


def lines_of(
    edited: Edited, register: Register, gaps: dict[int, Gap], marked: dict[int, frozenset[str]]
) -> tuple[Line, ...]:
    """All lines in order. ``gaps`` and ``marked`` go by the numbers of the edited plan."""
    plan = edited.plan
    found: list[Line] = []
    section: int | None = None
    task: int | None = None
    for measure in plan.measures:
        if measure.no in gaps:
            found.append(gaps[measure.no])
        if measure.section != section:
            section, task = measure.section, None
            found += _section(edited, section)
        if measure.task != task:
            task = measure.task
            found += _task(edited, task)
        found.append(_measure(edited, measure, register, marked.get(measure.no, frozenset())))
    return tuple(found)


def _section(edited: Edited, no: int | None) -> Iterable[Heading]:
    if no is None:
        return ()
    section = edited.plan.sections[no - 1]
    return (Heading(no, False, f"{section.label}{section.title}"),)


def _task(edited: Edited, no: int | None) -> Iterable[Heading]:
    if no is None:
        return ()
    task = edited.plan.tasks[no - 1]
    return (Heading(no, True, f"{task.label}{task.title}"),)


def _measure(edited: Edited, measure: Measure, register: Register, marked: frozenset[str]) -> MeasureLine:
    text = f"{shown_label(measure.label)}{measure.text}"
    notes = (
        "" if measure.text.strip() else MISSING,
        division_note(measure, edited.plan.document, register),
        deadline_note(measure.deadlines, measure.deadline_raw),
    )
    return MeasureLine(measure.no, (text, printed_division(measure), measure.deadline_raw or ""), notes, marked)


def shown_label(label: str) -> str:
    """A label as it stands before the text; a bare number keeps its distance."""
    return f"{label} " if label[-1:].isdigit() else label


def cut_label(text: str, label: str) -> tuple[str, str]:
    """What was typed into a cell as label and text; a label is taken off only where there was one before."""
    text = text.strip()
    if not label:
        return "", text
    if text.startswith(label):
        return label, text[len(label) :].strip()
    found = _LABEL.match(text)
    return (found.group(), text[found.end() :].strip()) if found else ("", text)


def cut_heading(text: str) -> tuple[str, str]:
    """A heading as typed: its label and its title."""
    text = text.strip()
    found = _LABEL.match(text)
    return (found.group(), text[found.end() :].strip()) if found else ("", text)
