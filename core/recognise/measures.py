"""Phrases of the measures understood: division, deadline, targets; names of the document repaired together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.job import Job
from core.model.plan import Deadline, Document, Measure, Role
from core.model.units import Register
from core.recognise import deadline as deadlines
from core.recognise import division as divisions
from core.recognise import names as unit_names
from core.recognise import target as targets
from core.recognise.columns import DIVISION
from core.recognise.division import DivisionReading
from core.recognise.division_words import FIRST_LEADS, VERB
from core.recognise.found import Found, Item
from core.recognise.wording import tidy

_LEADS_FIRST = re.compile(r"牵头(?:单位|部门|者)(?:为|是|即)?[^，。；]{0,6}(?:排|列|位)[^，。；]{0,4}(?:第一|首)位?")
"""The same rule the other way round: 牵头部门为排在第一位的部门."""
_YEAR = re.compile(r"(20\d\d)\s*年?")


@dataclass(slots=True)
class Understood:
    """A measure as it will be, without its number; ``standing`` units said in its phrase for all."""

    item: Item
    measure: Measure
    standing: list[tuple[str, Role]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """What of its phrases was not understood."""
    repaired: list[tuple[str, str]] = field(default_factory=list)


def understand_all(found: Found, document: Document, register: Register | None, job: Job) -> list[Understood]:
    """Every measure of a plan in order; a rule said once holds from there on.

    Raises Cancelled.
    """
    said = [tidy(text) for text in found.said]
    first_leads = any(FIRST_LEADS.search(text) or _LEADS_FIRST.search(text) for text in said)
    year = year_of(document)
    out: list[Understood] = []
    for done, item in enumerate(found.items):
        job.step(done, len(found.items), "正在理解责任和时限")
        reading = _division(item, first_leads=first_leads)
        first_leads = first_leads or reading.first_leads_from_here
        out.append(_understood(item, reading, found, document, year))
    _repair(out, register)
    return out


def _understood(item: Item, reading: DivisionReading, found: Found, document: Document, year: int | None) -> Understood:
    text = item.text
    raw = item.deadline or reading.deadline
    parts: tuple[Deadline, ...] = ()
    left = list(reading.left)
    if raw:
        understood = deadlines.understand(raw, issued=document.date, year=year)
        parts = understood.parts
        left += [understood.left] if understood.left else []
    elif not found.deadline_field:
        parts = deadlines.in_text(text, issued=document.date, year=year)
    columns = sum(column.key in DIVISION for column in found.columns)
    measure = Measure(
        no=0,
        label=item.label,
        section=None,
        task=None,
        text=text,
        lead=reading.lead,
        responsible=reading.responsible,
        cooperating=reading.cooperating,
        division_raw=_printed(item, is_labelled=found.kind == "body" or columns > 1),
        deadline_raw=raw,
        deadlines=parts,
        targets=targets.in_text(text),
        source=found.kind,
        note="；".join(item.notes) or None,
    )
    return Understood(item, measure, [(unit, reading.standing_role) for unit in reading.standing], left)


def _division(item: Item, *, first_leads: bool) -> DivisionReading:
    """All columns of a measure as one reading."""
    if len(item.division) == 1 and item.division[0][0] == "division":
        return divisions.understand(item.division[0][2], first_leads=first_leads)
    names: dict[Role, list[str]] = {role: [] for role in Role}
    readings = []
    for key, _, text in item.division:
        role = Role.RESPONSIBLE if key == "division" else Role(key)
        reading = divisions.understand(
            text, first_leads=first_leads and key != "cooperating" and len(item.division) == 1
        )
        plain = VERB.search(text) is None and not reading.lead and not reading.cooperating
        for own, units in (
            (Role.LEAD, reading.lead),
            (role if plain else Role.RESPONSIBLE if role is Role.LEAD else role, reading.responsible),
            (Role.COOPERATING, reading.cooperating),
        ):
            names[own] += units
        readings.append(reading)
    return _merged(names, readings)


def _merged(names: dict[Role, list[str]], readings: list[DivisionReading]) -> DivisionReading:
    lead = tuple(dict.fromkeys(names[Role.LEAD]))
    responsible = tuple(n for n in dict.fromkeys(names[Role.RESPONSIBLE]) if n not in lead)
    cooperating = tuple(n for n in dict.fromkeys(names[Role.COOPERATING]) if n not in lead and n not in responsible)
    return DivisionReading(
        lead=lead,
        responsible=responsible,
        cooperating=cooperating,
        standing=tuple(unit for reading in readings for unit in reading.standing),
        standing_role=readings[0].standing_role if readings else Role.RESPONSIBLE,
        first_leads_from_here=any(reading.first_leads_from_here for reading in readings),
        deadline=next((reading.deadline for reading in readings if reading.deadline), None),
        left=tuple(text for reading in readings for text in reading.left),
    )


def _printed(item: Item, *, is_labelled: bool) -> str | None:
    """The phrase as printed; a column or line that names a role keeps its title where there are several."""
    shown = [(key, title, text) for key, title, text in item.division if text]
    if not shown:
        return None
    if len(shown) == 1 and (not is_labelled or shown[0][0] == "division" or not shown[0][1]):
        return shown[0][2]
    return "；".join(f"{title}：{text}" if title else text for _, title, text in shown)


def _repair(understood: list[Understood], register: Register | None) -> None:
    """Names that are no words, by the other names of the document and the register."""
    counts = Counter(name for each in understood for role in Role for name in each.measure.names(role))
    meant = unit_names.repairs(counts, register)
    for each in understood if meant else ():
        here = [name for role in Role for name in each.measure.names(role) if name in meant]
        if not here:
            continue
        each.repaired = [(name, meant[name]) for name in dict.fromkeys(here)]
        notes = [f"责任分工原件作“{broken}”，按“{name}”计。" for broken, name in each.repaired]
        note = "".join([each.measure.note or "", *notes])
        each.measure = replace(
            each.measure,
            note=note,
            lead=_mended(each.measure.lead, meant),
            responsible=_mended(each.measure.responsible, meant),
            cooperating=_mended(each.measure.cooperating, meant),
        )


def _mended(names: tuple[str, ...], meant: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant.get(name, name) for name in names))


def year_of(document: Document) -> int | None:
    """The year that a date without one means: that of the document."""
    if document.date is not None:
        return document.date.year
    for text in (document.number, document.table_title, document.title):
        match = _YEAR.search(text or "")
        if match:
            return int(match.group(1))
    return None
