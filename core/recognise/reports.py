"""Reports due upward by the plan's own text, where the document says when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.model.plan import RequiredReport
from core.recognise.blocks import Block, Paragraph
from core.recognise.found import Found
from core.recognise.wording import tidy

_SENTENCE = re.compile(r"[^。；]+")
_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:前|之前|以前)")
_REPORT = re.compile(
    r"(?:将|把|形成)(?P<what>[^，。；]{2,40}?)，?(?:报送|上报|报)(?:至|给|到)?(?P<to>(?!告)[^，。；及和与]{2,20}?)(?:汇总|备案|$|，)"
)


def reports_in(blocks: Sequence[Block], found: Found) -> tuple[RequiredReport, ...]:
    """One for each date of a sentence outside the measures that says what goes to whom by when."""
    measures = {id(block) for block in found.used}
    out: list[RequiredReport] = []
    for block in blocks:
        if isinstance(block, Paragraph) and id(block) not in measures:
            for sentence in _SENTENCE.findall(tidy(block.text)):
                out += _reports(sentence)
    return tuple(out)


def _reports(sentence: str) -> list[RequiredReport]:
    report = _REPORT.search(sentence)
    days = list(_DAY.finditer(sentence))
    if report is None or not days:
        return []
    who = re.match(r"([^，]{2,40}?)(?:应|要|须|需|请)?(?:分别)?(?:于|在)", sentence)
    out, year = [], None
    for day in days:
        year = day["year"] or year
        due = f"{int(year):04}-{int(day['month']):02}-{int(day['day']):02}" if year else day.group()
        out.append(RequiredReport(report["what"], who.group(1) if who else None, due, report["to"]))
    return out
