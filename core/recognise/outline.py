"""A list as a plan: which numbered items are measures, which are headings. Levels are told by use.

A responsibility field is the better sign: the lowest items that have one are measures; a head task without any below
it that has its own is a measure itself; an item whose neighbours are measures is one too.
"""

from __future__ import annotations

import re
from collections import Counter

from core.model.plan import Severity
from core.recognise.accounting import account
from core.recognise.columns import DIVISION
from core.recognise.division import find_inline
from core.recognise.found import Found, Heading, Item
from core.recognise.headings import heading_of
from core.recognise.nodes import Node, Part
from core.recognise.wording import phrase, tidy

_GENERAL = re.compile(
    r"(目标任务|重点任务|工作任务|主要任务|任务分工|工作措施|重点工作|主要措施|工作举措|任务举措|重点举措|任务清单|主要举措|主要内容|工作内容|具体任务|任务措施)"
)
_NOT_TASKS = re.compile(r"(要求|保障|组织|领导|原则|思想|目标|总则|附则|机制|宣传|意义|背景|依据|说明)")
_LEAD_IN = 30


def read_list(part: Part) -> Found | None:
    """The plan that a part of the document holds as a list; None if there is none."""
    nodes = [node for node in part.root.walk() if node.parent is not None]
    if not nodes:
        return None
    own = {id(node): _split(node) for node in nodes}
    _collapse(nodes, own)
    _hand_down(nodes, own)
    nodes = [node for node in part.root.walk() if node.parent is not None]
    measures = _measures(nodes, own)
    by_field = bool(measures)
    if not measures:
        measures = _by_part(part)
    if not measures:
        return None
    return _found(part, nodes, measures, own, by_field=by_field)


class _Own:
    """A node's text without its responsibility phrase, and the phrases."""

    def __init__(self, body: str, division: list[tuple[str, str, str]], deadline: str | None, notes: list[str]) -> None:
        self.body, self.division, self.deadline, self.notes = body, division, deadline, notes

    @property
    def is_said(self) -> bool:
        """Whether the node has a responsibility or a deadline of its own."""
        return bool(self.division or self.deadline)


def _split(node: Node) -> _Own:
    body, inline, tail = find_inline(node.text)
    division = [(key, label, phrase(value)) for key, label, value in node.fields if key in DIVISION and value]
    if inline:
        division.insert(0, ("division", "", inline))
    deadlines = [tidy(value) for key, _, value in node.fields if key == "deadline" and value]
    deadline = "；".join(dict.fromkeys(deadlines)) or tail
    notes = [f"{label}：{tidy(value)}" for key, label, value in node.fields if key not in (*DIVISION, "deadline")]
    return _Own(tidy(body), division, deadline, notes)


def _collapse(nodes: list[Node], own: dict[int, _Own]) -> None:
    """An item numbered inside whose responsibility stands once at its end is one measure: its text is put together."""
    for node in reversed(nodes):
        children = node.children
        if len(children) < 2 or any(child.children for child in children) or own[id(node)].is_said:
            continue
        said = [child for child in children if own[id(child)].is_said]
        open_text = not node.is_title or own[id(node)].body.endswith(("：", "；", "，"))
        if said == [children[-1]] and (open_text or _siblings_are_leaves(node, own)):
            last = own[id(children[-1])]
            body = own[id(node)].body + "".join(child.label + own[id(child)].body for child in children)
            own[id(node)] = _Own(body, last.division, last.deadline, last.notes)
            node.blocks += [block for child in children for block in child.blocks]
            node.children = []


def _hand_down(nodes: list[Node], own: dict[int, _Own]) -> None:
    """A title with a responsibility over items without any: it is said once for all of them."""
    for node in nodes:
        mine = own[id(node)]
        below = node.children
        is_title = len(mine.body) <= _LEAD_IN and not re.search("[，。；：]", mine.body)
        if not (mine.is_said and is_title and below) or any(
            child.children or own[id(child)].is_said for child in below
        ):
            continue
        for child in below:
            own[id(child)] = _Own(own[id(child)].body, list(mine.division), mine.deadline, list(mine.notes))
        own[id(node)] = _Own(mine.body, [], None, [])


def _siblings_are_leaves(node: Node, own: dict[int, _Own]) -> bool:
    others = [child for child in node.parent.children if child is not node] if node.parent else []
    return bool(others) and sum(not child.children and own[id(child)].is_said for child in others) * 2 > len(others)


def _measures(nodes: list[Node], own: dict[int, _Own]) -> list[Node]:
    """The lowest items with a responsibility, and their neighbours without."""
    said = {id(node) for node in nodes if own[id(node)].is_said}
    above = {id(up) for node in nodes if id(node) in said for up in node.path()}
    lowest = {key for key in said if key not in above}
    kinds = Counter((id(node.parent), node.style) for node in nodes)
    among = Counter((id(node.parent), node.style) for node in nodes if id(node) in lowest)
    out = [
        node
        for node in nodes
        if id(node) in lowest or (id(node) not in above and own[id(node)].body and _is_among(node, kinds, among))
    ]
    return [node for node in out if not any(id(up) in lowest for up in node.path())]


def _is_among(node: Node, kinds: Counter[tuple[int, str]], among: Counter[tuple[int, str]]) -> bool:
    """An item without responsibility between measures of its own kind."""
    kind = id(node.parent), node.style
    return bool(node.style) and among[kind] * 2 >= kinds[kind] > 1 and not node.children


def _by_part(part: Part) -> list[Node]:
    """Without any responsibility: the lowest items of the parts that are called tasks."""
    tops = [node for node in part.root.children if _GENERAL.search(node.text) and not _NOT_TASKS.search(node.text)]
    leaves = [leaf for top in tops for leaf in top.walk() if not leaf.children and leaf.parent is not part.root]
    return leaves if len(leaves) >= 3 else []


def _found(part: Part, nodes: list[Node], measures: list[Node], own: dict[int, _Own], *, by_field: bool) -> Found:
    found = Found("body", measures[0].place, first_block=part.first_block)
    found.deadline_field = any(own[id(node)].deadline for node in measures)
    levels = _Levels(measures, own)
    inner = {id(node) for measure in measures for node in measure.walk()}
    for node in measures:
        found.items.append(_item(node, own, levels))
        if not own[id(node)].is_said and by_field:
            found.doubts.append((node.place, Severity.WARNING, f"{node.label}没有写明责任单位。"))
    above = {id(up) for node in measures for up in node.path()}
    for node in nodes:
        if id(node) in inner or id(node) in above:
            found.used += node.blocks
        else:
            found.unused += node.blocks
    for node in nodes:
        phrases = "；".join(text for _, _, text in own[id(node)].division)
        if id(node) in above and phrases:
            what = f"{node.label}自己的责任分工“{phrases}”没有读入：其下各项另有责任分工。"
            found.doubts.append((node.place, Severity.INFO, what))
    found.unused += part.loose
    found.said = [block.text for block in part.loose]
    _undivided(found, measures)
    account(found, [])
    return found


def _item(node: Node, own: dict[int, _Own], levels: _Levels) -> Item:
    mine = own[id(node)]
    body = mine.body + "".join(child.label + own[id(child)].body for child in node.walk() if child is not node)
    section, task = levels.of(node)
    return Item(
        label=node.label,
        text=tidy(body),
        places=list(dict.fromkeys(block.place for block in node.blocks)) or [node.place],
        section=section,
        task=task,
        division=list(mine.division),
        deadline=mine.deadline,
        notes=list(mine.notes),
        value=node.value if node.style else None,
        style=node.style,
    )


class _Levels:
    """Which of the items above a measure is its section and which its task."""

    def __init__(self, measures: list[Node], own: dict[int, _Own]) -> None:
        self._own = own
        self._made: dict[int, Heading] = {}
        paths = [node.path() for node in measures]
        self._deepest = max(len(path) for path in paths)
        self._drop = 1 if self._deepest >= 3 or self._is_wrapped(paths) else 0
        self._keep_stops = self._stops(paths)

    def of(self, node: Node) -> tuple[Heading | None, Heading | None]:
        """Section and task of a measure."""
        path = node.path()
        names = path[max(self._drop, self._deepest - 2) :] if len(path) > self._drop else path[:1]
        if not names:
            return None, None
        section = self._heading(names[0])
        if len(names) == 1:
            return section, None
        task = self._heading(names[1])
        task.parent = section
        return section, task

    def _heading(self, node: Node) -> Heading:
        made = self._made.get(id(node))
        if made is None:
            made = heading_of(f"{node.label}{self._own[id(node)].body}", node.place)
            if not self._keep_stops and made.title.count("。") == 1:
                made.title = made.title.removesuffix("。")
            self._made[id(node)] = made
        return made

    def _is_wrapped(self, paths: list[list[Node]]) -> bool:
        """One part called 重点任务 or the like holds nearly everything, in pieces with plain titles: those are the sections."""
        deep = [path for path in paths if len(path) == 2]
        tops = {id(path[0]): path[0] for path in deep}
        if self._deepest != 2 or len(deep) * 5 < len(paths) * 4 or len(tops) != 1:
            return False
        (top,) = tops.values()
        pieces = {id(path[1]): path[1] for path in deep}
        plain = sum(not self._own[id(piece)].body.endswith("。") for piece in pieces.values())
        return bool(_GENERAL.search(top.text)) and len(pieces) > 1 and plain * 2 > len(pieces)

    @staticmethod
    def _stops(paths: list[list[Node]]) -> bool:
        """Whether titles are printed with their full stop."""
        nodes = {id(node): node for path in paths for node in path if node.text}
        deepest = max(map(len, paths)) - 1
        ends = [node.text for node in nodes.values() if len(node.path()) == deepest]
        return sum("。" in text for text in ends) * 2 > len(ends)


def _undivided(found: Found, measures: list[Node]) -> None:
    """An item whose neighbours are divided is its own task, named by its lead-in."""
    above = {id(up): up for node in measures for up in node.path()}
    parents = {id(up.parent) for up in above.values()}
    for node, item in zip(measures, found.items, strict=True):
        divided = id(node.parent) in parents
        lead_in, _, rest = item.text.partition("。")
        if divided and item.task is None and len(lead_in) <= _LEAD_IN and "，" not in lead_in and rest:
            item.task = Heading(item.label, lead_in, node.place, parent=item.section)
