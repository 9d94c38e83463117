"""Word's automatic numbers, computed as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.recognise.sources.numerals import written
from core.recognise.sources.word_xml import attribute, child, children, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_CHAIN = 20
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    """One level of a list: where it starts, how it counts, what stands around the number."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it (``w:num``): the counters it shares, its levels and what it starts anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Style:
    """A paragraph style: what it is based on, its heading level (1 the highest), its place in a list."""

    based_on: str = ""
    heading: int | None = None
    list_id: str | None = None
    level: int | None = None


class Styles:
    """Paragraph styles with what they inherit."""

    def __init__(self, root: _Element | None) -> None:
        """Read ``styles.xml``; without it every style is plain."""
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in children(root, "style"):
            key = attribute(element, "styleId") or ""
            self._styles[key] = _read_style(element)
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true", "on"}:
                self.default = key

    def resolved(self, key: str) -> Style:
        """The style with everything it inherits."""
        out = Style()
        for _ in range(_CHAIN):
            style = self._styles.get(key)
            if style is None:
                break
            out.heading = style.heading if out.heading is None else out.heading
            out.list_id = style.list_id if out.list_id is None else out.list_id
            out.level = style.level if out.level is None else out.level
            key = style.based_on
        return out


def _read_style(element: _Element) -> Style:
    properties = child(element, "pPr")
    level = value(properties, "numPr", "ilvl")
    return Style(
        based_on=value(element, "basedOn") or "",
        heading=_heading(value(properties, "outlineLvl"), value(element, "name") or ""),
        list_id=value(properties, "numPr", "numId"),
        level=None if level is None else number(level, 0, most=_LEVELS - 1),
    )


def _heading(outline: str | None, name: str) -> int | None:
    """Level by the outline of the style, else by its name (heading 1, 标题 1)."""
    if outline is not None:
        level = number(outline, 9)
        return level + 1 if level < _LEVELS else None
    found = re.fullmatch(r"(?:heading|标题)\s*([1-9])", name.strip().casefold())
    return int(found[1]) if found else None


class Numbering:
    """Counts through a document: ask for each numbered paragraph once, in order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        """Read ``numbering.xml``; without it nothing is numbered."""
        self._styles = styles
        self._abstracts = {attribute(each, "abstractNumId") or "": each for each in children(root, "abstractNum")}
        self._lists = {attribute(each, "numId") or "": each for each in children(root, "num")}
        self._known: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, properties: _Element | None, style_key: str) -> str:
        """The number of the next paragraph, as printed; empty where it has none."""
        style = self._styles.resolved(style_key or self._styles.default)
        list_id = value(properties, "numPr", "numId")
        own_level = value(properties, "numPr", "ilvl")
        is_by_style = list_id is None
        list_id = style.list_id if list_id is None else list_id
        found = self._list(list_id or "0")
        if found is None:
            return ""
        level = style.level or 0
        if own_level is not None:
            level = number(own_level, 0, most=_LEVELS - 1)
        elif is_by_style:
            level = next((key for key, each in found.levels.items() if each.paragraph_style == style_key), level)
        return self._count(list_id or "", found, level)

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._known:
            element = self._lists.get(list_id)
            self._known[list_id] = None if element is None or list_id == "0" else self._read_list(element)
        return self._known[list_id]

    def _read_list(self, element: _Element) -> _List:
        key = value(element, "abstractNumId") or ""
        key, abstract = self._linked(key)
        levels = {_level_number(each): _read_level(each) for each in children(abstract, "lvl")}
        out = _List(key, levels)
        for override in children(element, "lvlOverride"):
            at = _level_number(override)
            replaced = child(override, "lvl")
            if replaced is not None:
                levels[at] = _read_level(replaced)
            start = value(override, "startOverride")
            if start is not None:
                out.starts[at] = number(start, 1)
        return out

    def _linked(self, key: str) -> tuple[str, _Element | None]:
        """Follow a list that is defined by a numbering style to the list that holds the levels."""
        for _ in range(_CHAIN):
            abstract = self._abstracts.get(key)
            link = value(abstract, "numStyleLink")
            if link is None:
                return key, abstract
            list_id = self._styles.resolved(link).list_id or ""
            key = value(self._lists.get(list_id), "abstractNumId") or ""
        return key, None

    def _count(self, list_id: str, numbered: _List, level: int) -> str:
        counters = self._counters.setdefault(numbered.abstract, {})
        here = numbered.levels.get(level, _Level(style="none"))
        start = here.start
        if level in numbered.starts and (list_id, level) not in self._started:
            counters.pop(level, None)
            start = numbered.starts[level]
        self._started.add((list_id, level))
        counters[level] = counters[level] + 1 if level in counters else start
        for deeper in [each for each in counters if each > level]:
            restart = numbered.levels.get(deeper, _Level()).restart
            if restart is None or (restart <= deeper and level < restart):
                del counters[deeper]
        return _printed(numbered, counters, level)


def _printed(numbered: _List, counters: dict[int, int], level: int) -> str:
    here = numbered.levels.get(level)
    if here is None or here.style == "bullet":
        return ""

    def one(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        part = numbered.levels.get(at, _Level())
        style = "decimal" if here.is_legal and part.style != "none" else part.style
        return written(counters.get(at, part.start), style)

    return _PLACEHOLDER.sub(one, here.text).strip()


def _level_number(element: _Element) -> int:
    return number(attribute(element, "ilvl"), 0, most=_LEVELS - 1)


def _read_level(element: _Element) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        start=number(value(element, "start"), 0 if child(element, "start") is None else 1),
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=None if restart is None else number(restart, 0, most=_LEVELS),
        is_legal=is_on(element, "isLgl"),
        paragraph_style=value(element, "pStyle") or "",
    )
