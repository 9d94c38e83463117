"""Responsibility and deadline that stand at the end of a measure's own text, cut off it."""

from __future__ import annotations

import re

from core.recognise.deadline import is_deadline
from core.recognise.division_words import FIRST_LEADS, LABELLED, STANDING, VERB
from core.recognise.marks import cut, full_width, opening, outside
from core.recognise.names import is_bare, is_unit
from core.recognise.unit_list import split_units

_ENDS = " \n\t。；，"
_AREAS_ONLY = re.compile(r"^[各省市县区州盟旗乡镇村街道社区级直、]+$")
_LONGEST = 600


def find_inline(text: str) -> tuple[str, str | None, str | None]:
    """(body, responsibility phrase, deadline phrase), each as printed but with full-width marks.

    Cut off are brackets at the end （…负责） ［责任单位：…］ 〔…〕, also several, and the fields from the first
    责任单位：… on. A date among them that has a label or is a whole clause is the deadline phrase.
    """
    body = full_width(text)
    phrases: list[str] = []
    dates: list[str] = []
    while (start := _bracket(body, needs_units=not phrases)) is not None:
        _take(body[start + 1 : len(body.rstrip(_ENDS)) - 1], phrases, dates)
        body = body[:start].rstrip(" \n\t")
    start = _first_field(body)
    if start is not None:
        _take(body[start:], phrases, dates)
        body = body[:start].rstrip(" \n\t，；（〔［【")
    if not phrases and not dates:
        return text, None, None
    return body, "；".join(reversed(phrases)) or None, "；".join(reversed(dates)) or None


def _bracket(text: str, *, needs_units: bool) -> int | None:
    """Where a bracket opens that closes the text and holds units or a deadline, None if none does."""
    end = text.rstrip(_ENDS)
    start = opening(end[-_LONGEST:]) if end and end[-1] in "）〕］】" else None
    if start is None:
        return None
    start += max(len(end) - _LONGEST, 0)
    inner, before = end[start + 1 : -1], end[:start]
    if _speaks_of_units(inner) or (needs_units and _lists_units(inner, before)) or is_deadline(_unlabelled(inner)):
        return start
    return None


def _first_field(text: str) -> int | None:
    """Where the first field of units begins; before a deadline field there must be a mark or a line end."""
    flags = outside(text)
    for label in LABELLED.finditer(text):
        behind_mark = (
            not text[: label.start()].rstrip(" \t") or text[: label.start()].rstrip(" \t")[-1] in "\n，；。、）（〔"
        )
        said = label[0].rstrip()[-1] not in "为是"
        if (
            said
            and (flags[label.end() - 1] or label[0][0] in "【［")
            and (behind_mark or text[label.start()] == "【")
            and label.start() > 0
        ):
            return label.start()
    return None


def _unlabelled(text: str) -> str:
    label = LABELLED.match(text.strip())
    return text.strip()[label.end() :] if label is not None and label["deadline"] else text


def _speaks_of_units(text: str) -> bool:
    """Whether the words are a responsibility phrase: with a label, or with 牵头, 负责, 配合 behind names of units."""
    if any(not label["deadline"] for label in LABELLED.finditer(text)):
        return True
    plain = STANDING.sub("。", FIRST_LEADS.sub("。", text))
    verb = VERB.search(plain)
    if verb is None:
        return False
    listed = re.split(r"[。；]", plain[: verb.start()])[-1].removeprefix("由")
    names = split_units(listed)
    return bool(names) and 2 * sum(map(is_unit, names)) >= len(names)


def _lists_units(text: str, before: str) -> bool:
    """Whether a bracket without any such word holds nothing but units, and is no part of a name: 乡镇（街道）."""
    names = split_units(STANDING.sub("。", FIRST_LEADS.sub("。", text)))
    if (
        not names
        or _AREAS_ONLY.match(text)
        or max(map(len, names)) < 3
        or any(is_bare(name) or not is_unit(name) for name in names)
    ):
        return False
    return before.rstrip()[-1:] in "。；！”）" or not is_unit(re.split(r"[，；。、]", before[-40:])[-1])


def _take(text: str, phrases: list[str], dates: list[str]) -> None:
    """Put the deadline of a phrase to the dates and the rest of it to the phrases."""
    labels = list(LABELLED.finditer(text))
    kept: list[str] = []
    for at, start in enumerate([0, *(label.start() for label in labels)]):
        end = labels[at].start() if at < len(labels) else len(text)
        label = labels[at - 1] if at else None
        if label is not None and label["deadline"]:
            dates.append(text[label.end() : end].strip(_ENDS))
            continue
        kept.append(_without_dates(text[start:end], dates))
    phrase = "；".join(part for part in kept if part)
    if phrase:
        phrases.append(phrase)


_DATED_MATTER = re.compile(r"\d{4}年[^，；。]{0,12}(?:前|底|末)(?:基本|全部|全面)?完成$")
"""应急领域专项监督2024年底前完成: a matter with its date, not a unit."""


def _without_dates(text: str, dates: list[str]) -> str:
    """A field or phrase less the clauses that are dates: 责任单位：B，6月底完成."""
    clauses: list[str] = []
    at = 0
    for clause in cut(text, "，；。、\n"):
        mark = text[at - 1 : at] if at else ""
        at += len(clause) + 1
        if clause.strip() and (is_deadline(clause) or _DATED_MATTER.search(clause)):
            dates.append(clause.strip())
        else:
            clauses.append(mark + clause)
    return "".join(clauses).strip(_ENDS)
