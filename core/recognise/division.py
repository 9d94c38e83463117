"""责任分工 understood: which units lead, are responsible and cooperate, from columns as from prose.

The rules are those of design section 7: only 责任单位 or 责任分工 leaves the lead empty; X牵头，Y落实 makes Y
responsible; 按职责分工负责 makes all responsible; 会同, 配合, 协办 and 参与 cooperate; where the document says that
the first of a list leads it does, collectives never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.model.plan import Role
from core.recognise.deadline import is_deadline
from core.recognise.division_words import FIRST_LEADS, LABELLED, NAMED_ROLE, ROLES, STANDING, VERB
from core.recognise.inline import find_inline
from core.recognise.marks import cut, full_width, outside
from core.recognise.names import is_collective, is_unit
from core.recognise.unit_list import split_units

__all__ = ["DivisionReading", "find_inline", "split_units", "understand"]

_BRACKETS = ("（）", "〔〕", "［］", "【】")
_OBJECT = re.compile(r"[^，；。、\s（）]{1,80}")
_HEAD = re.compile(r"^(?:[，、；。：\s]|并由|由|请|并|同时|其中|[①-⑳]|\d{1,2}[.．、](?!\d))+")
_DUTY = re.compile(r"(?<=.)[（〔［]([^（）〔〕［］]+)[）〕］]$")
_TO_DO = re.compile(
    r"[^，；。]{2,20}?(?:[局委办部厅署院会处科股室站所队]|中心|公司|单位|部门|机关|政府|乡镇|街道)"
    r"((?:要|应|须|需|做好|抓好|加强|提供|保障|制定|推进|统筹|指导|督促|组织|建立|完善|开展|强化|履行|承担).+)$"
)
_GIVER = re.compile(r"(?<!自)由")
_ENDS = " \n\t。；，、"
_CLOSING = ("", "）", "〕", "］", "】")
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class DivisionReading:
    """The units of a phrase by role, in printed order.

    ``standing`` are units said once for all that follow, with ``standing_role``; ``first_leads_from_here`` that the
    document says so of the first named unit from here on. ``deadline`` is a date that stood among the units,
    ``people`` who stands in a field for persons, ``left`` what was not understood.
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    standing_role: Role = Role.RESPONSIBLE
    first_leads_from_here: bool = False
    deadline: str | None = None
    people: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    units: list[tuple[str, Role]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def add(self, text: str, role: Role) -> None:
        """The units of a list; a role in brackets behind a name is its own."""
        for name in split_units(text):
            own = NAMED_ROLE.search(name)
            if is_deadline(name):
                self.dates.append(name)
            elif own is not None and own.start():
                self.units.append((name[: own.start()], Role(own.lastgroup)))
            elif len(plain := self._without_duty(name)) > _LONGEST_NAME and not is_unit(plain):
                self.left.append(plain)
            else:
                self.units.append((plain, role))

    def _without_duty(self, name: str) -> str:
        """县司法局（负责培训）, 县财政局做好经费保障 → the name; what it is to do is left."""
        duty = _DUTY.search(name) or (None if is_unit(name) else _TO_DO.match(name))
        if duty is None or (duty.re is _DUTY and VERB.search(duty[1]) is None):
            return name
        if VERB.fullmatch(duty[1]) is None:
            self.left.append(duty[1])
        return name[: duty.start(1)].rstrip("（〔［")

    def names(self, role: Role) -> tuple[str, ...]:
        """The names of a role; a unit with two roles keeps the stronger."""
        stronger = {name for name, other in self.units if other.rank < role.rank}
        return tuple(dict.fromkeys(name for name, other in self.units if other is role and name not in stronger))


def understand(phrase: str, *, first_leads: bool = False) -> DivisionReading:
    """Units by role. Two columns come as 牵头单位：…；责任单位：…; ``first_leads`` when the document said so before."""
    text, first = _without(FIRST_LEADS, full_width(phrase).strip())
    text, standing = _without(STANDING, text)
    draft = _Draft()
    for role, content in _fields(_unwrapped(text), draft):
        _prose(content, role, draft)
    if (first_leads or first) and not draft.names(Role.LEAD):
        _first_leads(draft)
    return _reading(draft, first, standing)


def _reading(draft: _Draft, first: re.Match[str] | None, standing: re.Match[str] | None) -> DivisionReading:
    names = _standing(standing, draft)
    role = Role.COOPERATING if standing and re.search("配合|参与", standing["duty"]) else Role.RESPONSIBLE
    printed = {name for name, _ in draft.units}
    draft.units.extend((name, role) for name in names if name not in printed)
    return DivisionReading(
        lead=draft.names(Role.LEAD),
        responsible=draft.names(Role.RESPONSIBLE),
        cooperating=draft.names(Role.COOPERATING),
        standing=names,
        standing_role=role,
        first_leads_from_here=first is not None and bool(first["rest"]),
        deadline="，".join(draft.dates) or None,
        people=tuple(draft.people),
        left=tuple(draft.left),
    )


def _without(rule: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text less what the rule matches, with a mark in its place unless a bracket closes there."""
    found = rule.search(text)
    if found is None:
        return text, None
    rest = text[found.end() :]
    return text[: found.start()] + ("" if rest[:1] in _CLOSING else "。") + rest, found


def _standing(found: re.Match[str] | None, draft: _Draft) -> tuple[str, ...]:
    """The standing units, by the fuller name of the same phrase where there is one (各县… for 县…)."""
    if found is None:
        return ()
    printed = [name for name, _ in draft.units]
    return tuple(
        next((full for full in printed if full in {name, "各" + name}), name) for name in split_units(found["units"])
    )


def _unwrapped(text: str) -> str:
    """The text without brackets around the whole of it and without marks at its ends."""
    text = text.strip(_ENDS)
    while len(text) > 2 and text[0] + text[-1] in _BRACKETS and not any(outside(text)):
        if any(outside(text[1:-1])) or text[1:-1].count(text[0]) == text[1:-1].count(text[-1]) == 0:
            text = text[1:-1].strip(_ENDS)
        else:
            break
    return text


def _fields(text: str, draft: _Draft) -> Iterator[tuple[Role, str]]:
    """The fields of a phrase: what stands behind 牵头单位： is read as led; without labels all is responsible."""
    labels = list(LABELLED.finditer(text))
    yield Role.RESPONSIBLE, text[: labels[0].start()] if labels else text
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        content = text[label.end() : end].strip(" \n\t，；。、（〔［")
        kind = next(group for group in (*ROLES, "person", "deadline") if label[group])
        if kind in ROLES:
            yield Role(kind), content
        elif content:
            (draft.people if kind == "person" else draft.dates).append(content)


def _prose(text: str, default: Role, draft: _Draft) -> None:
    for sentence in cut(text, "。；"):
        _sentence(sentence, default, draft)


def _sentence(text: str, default: Role, draft: _Draft) -> None:
    """The lists of one sentence, each with the role of the word behind it.

    Under a label only 牵头 and 配合 are words of their own; 负责 and 落实 keep the label's role.
    """
    flags = outside(text)
    verbs = [verb for verb in VERB.finditer(text) if flags[verb.start()] and flags[verb.end() - 1]]
    start, waiting, joined = 0, "", False
    for at, verb in enumerate(verbs):
        if verb.start() < start:
            continue
        listed = text[start : verb.start()]
        start = _behind(text, verb.end(), verbs[at + 1].start() if at + 1 < len(verbs) else len(text), draft)
        if verb["joining"]:
            waiting, joined = listed, True
            continue
        role = next(Role(group) for group in ROLES if verb[group])
        role = default if role is Role.RESPONSIBLE else role
        _give(waiting if joined else listed, role, draft)
        _give(listed if joined else "", Role.COOPERATING, draft)
        waiting, joined = "", False
    _give(waiting, default, draft)
    _give(text[start:], Role.COOPERATING if joined else default, draft)


def _behind(text: str, at: int, following: int, draft: _Draft) -> int:
    """Where the next list begins: an object of the word (负责培训工作) is left."""
    found = _OBJECT.match(text, at)
    if found is None or following == at or is_unit(text[at : min(found.end(), following)]):
        return at
    draft.left.append(found[0])
    return found.end()


def _give(listed: str, role: Role, draft: _Draft) -> None:
    listed = _HEAD.sub("", listed)
    giver = list(_GIVER.finditer(listed))
    if giver:
        draft.left.append(listed[: giver[-1].start()])
        listed = listed[giver[-1].end() :]
    inner = _unwrapped(listed)
    if inner != listed.strip(_ENDS):
        _sentence(inner, role, draft)
    elif listed:
        draft.add(listed, role)


def _first_leads(draft: _Draft) -> None:
    """The first unit leads unless it is a collective."""
    if draft.units and not is_collective(draft.units[0][0]):
        draft.units[0] = (draft.units[0][0], Role.LEAD)
