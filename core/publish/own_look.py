"""The look of a place in an office's own Word file, taken over for the paragraphs that are put there.

Body paragraphs look like the paragraph of the place; headings get its face by level (黑体, 楷体), nothing else.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from core.publish.fonts import Face
from core.publish.own_places import SPACE, W
from core.publish.text_document import STYLES, Role

if TYPE_CHECKING:
    from lxml.etree import _Element

_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip
"""Children of pPr in the order of the schema: Word calls a file with another one damaged."""
_RUN_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position", "sz", "szCs")
_LEVELS = {Role.HEADING_1: 0, Role.HEADING_2: 1, Role.HEADING_3: 2}
_SIZE = 32
"""3号 in half points, where nothing says another."""
_MOST_STYLES = 12
_NOTE_LINE = 18.0
"""In pt, of what is set in 小四."""


class Look:
    """How the paragraph of a place and the run it begins in are set; ``styles`` is the tree of styles.xml or None."""

    def __init__(self, paragraph: _Element, styles: _Element | None) -> None:
        """Take the properties over; a section that ends there is not one of them."""
        properties = paragraph.find(f"{W}pPr")
        self.paragraph = _new(f"{W}pPr", paragraph) if properties is None else deepcopy(properties)
        for tag in ("sectPr", "pPrChange", "numPr", "keepNext", "pageBreakBefore"):
            for one in self.paragraph.findall(f"{W}{tag}"):
                self.paragraph.remove(one)
        run = next((one for one in paragraph.iter(f"{W}r") if one.find(f"{W}t") is not None), None)
        found = run.find(f"{W}rPr") if run is not None else None
        self.run = _new(f"{W}rPr", paragraph) if found is None else deepcopy(found)
        self._styles = styles

    @property
    def size(self) -> float:
        """In pt."""
        size = self.run.find(f"{W}sz")
        if size is None:
            size = self._from_style("rPr", "sz")
        value = size.get(f"{W}val", "") if size is not None else ""
        return (int(value) if value.isdecimal() else _SIZE) / 2

    @property
    def is_indented(self) -> bool:
        """Whether the paragraph or its style says something of its first line."""
        indent = self.paragraph.find(f"{W}ind")
        if indent is None:
            indent = self._from_style("pPr", "ind")
        words = ("firstLine", "firstLineChars", "hanging", "hangingChars")
        return indent is not None and any(indent.get(f"{W}{word}") is not None for word in words)

    def _from_style(self, kind: str, tag: str) -> _Element | None:
        """What the paragraph's style or one that it is based on says."""
        if self._styles is None:
            return None
        styles = {one.get(f"{W}styleId"): one for one in self._styles.iter(f"{W}style")}
        named = self.paragraph.find(f"{W}pStyle")
        key = named.get(f"{W}val") if named is not None else _default(self._styles)
        for _ in range(_MOST_STYLES):
            style = styles.get(key)
            if style is None:
                break
            found = style.find(f"{W}{kind}/{W}{tag}")
            if found is not None:
                return found
            based = style.find(f"{W}basedOn")
            key = based.get(f"{W}val") if based is not None else None
        return self._styles.find(f"{W}docDefaults/{W}{kind}Default/{W}{kind}/{W}{tag}")

    def made(self, text: str, role: Role = Role.BODY) -> _Element:
        """A paragraph of the text in this look."""
        style, size = STYLES[role], self.size
        properties, run = deepcopy(self.paragraph), deepcopy(self.run)
        if role in _LEVELS:
            put(properties, "keepNext", {})
            put(properties, "outlineLvl", {"val": str(_LEVELS[role])})
            if style.face is not Face.BODY:
                face = style.face.value
                put(run, "rFonts", dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face), _RUN_ORDER)
        if role is Role.NOTE:
            size = style.size
            for tag in ("sz", "szCs"):
                put(run, tag, {"val": str(round(size * 2))}, _RUN_ORDER)
            put(properties, "ind", {"firstLine": "0", "firstLineChars": "0"})
            put(properties, "spacing", {"before": "0", "after": "0", "line": twips(_NOTE_LINE), "lineRule": "exact"})
        elif role in (Role.ANNEX_FIRST, Role.ANNEX_NEXT):
            hanging = style.left - style.first
            put(properties, "ind", {"left": twips(style.left * size), "hanging": twips(hanging * size)})
        elif not self.is_indented:
            put(
                properties,
                "ind",
                {"firstLine": twips(style.first * size), "firstLineChars": str(round(style.first * 100))},
            )
        paragraph = _new(f"{W}p", properties)
        paragraph.append(properties)
        if text:
            holder = _new(f"{W}r", properties)
            words = _new(f"{W}t", properties)
            words.text = text
            words.set(SPACE, "preserve")
            holder.extend((run, words))
            paragraph.append(holder)
        return paragraph


def twips(points: float) -> str:
    """Points as twentieths of a point, as an attribute."""
    return str(round(points * 20))


def put(properties: _Element, tag: str, values: dict[str, str], order: tuple[str, ...] = _ORDER) -> None:
    """Set one property in its place among the others, instead of an older one."""
    for old in properties.findall(f"{W}{tag}"):
        properties.remove(old)
    new = _new(f"{W}{tag}", properties)
    for key, value in values.items():
        new.set(f"{W}{key}", value)
    behind = set(order[: order.index(tag)])
    at = 0
    for place, one in enumerate(properties, start=1):
        if one.tag.removeprefix(W) in behind:
            at = place
    properties.insert(at, new)


def _default(styles: _Element) -> str | None:
    found = (one for one in styles.iter(f"{W}style") if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default"))
    return next((one.get(f"{W}styleId") for one in found), None)


def _new(tag: str, like: _Element) -> _Element:
    return like.makeelement(tag, nsmap={"w": W[1:-1]})
