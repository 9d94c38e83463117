"""Paragraphs, tables and sections of a Word file moved about: what filling an office's own file needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.publish import own_places
from core.publish.ooxml import DECLARATION, NAMESPACES
from core.publish.own_look import put
from core.publish.own_places import Place, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def parsed(xml: Iterable[str]) -> list[_Element]:
    """Elements of the program's own XML, without its styles: a template has others under the same names."""
    from lxml import etree

    root = etree.fromstring(f"{DECLARATION}<w:body {NAMESPACES}>{''.join(xml)}</w:body>".encode())
    for properties in list(root.iter(f"{W}pPr")):
        style = properties.find(f"{W}pStyle")
        if style is not None:
            if style.get(f"{W}val", "a").isdecimal():
                put(properties, "outlineLvl", {"val": str(int(style.get(f"{W}val", "1")) - 1)})
            properties.remove(style)
    return list(root)


def instead(paragraph: _Element, new: list[_Element]) -> None:
    """Elements in the place of a paragraph; the section that ends in it ends in the last of them."""
    parent = paragraph.getparent()
    assert parent is not None
    ends = paragraph.find(f"{W}pPr/{W}sectPr")
    if ends is not None or (not new and not may_go(paragraph)):
        last = paragraph.makeelement(f"{W}p")
        new = [*new, last]
        if ends is not None:
            properties = last.makeelement(f"{W}pPr")
            properties.append(ends)
            last.append(properties)
    at = list(parent).index(paragraph)
    for one in reversed(new):
        parent.insert(at, one)
    parent.remove(paragraph)


def may_go(paragraph: _Element) -> bool:
    """Whether a paragraph may be taken away: it ends no section, and its cell or box has another one."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    siblings = [one for one in parent if one.tag in (f"{W}p", f"{W}tbl") and one is not paragraph]
    return bool(siblings) and (siblings[-1].tag == f"{W}p" or parent.tag == f"{W}body")


def end_section(holder: _Element, end: _Element, *, is_apart: bool = False) -> None:
    """End the section of all that is in the holder; ``is_apart``: in a paragraph of its own, as high as nothing."""
    last = holder[-1] if len(holder) else None
    if is_apart or last is None or last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        last = nothing()
        holder.append(last)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = last.makeelement(f"{W}pPr")
        last.insert(0, properties)
    changes = properties.find(f"{W}pPrChange")
    properties.insert(len(properties) if changes is None else list(properties).index(changes), end)


def nothing() -> _Element:
    """A paragraph as high as nothing."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return parsed([f"<w:p><w:pPr>{spacing}</w:pPr></w:p>"])[0]


def before_empty(holder: _Element, at: int) -> tuple[int, bool]:
    """Where what is put before the element ``at`` may stand: behind the end of a section that only blanks follow.

    The second value says whether it stands there.
    """
    place = at
    while place and is_empty(holder[place - 1]):
        place -= 1
    if place and holder[place - 1].find(f"{W}pPr/{W}sectPr") is not None:
        return place, True
    return at, False


def child_with(holder: _Element, inside: _Element) -> _Element:
    """The element right under the holder that something stands in."""
    while inside.getparent() is not holder:
        parent = inside.getparent()
        assert parent is not None
        inside = parent
    return inside


def is_empty(element: _Element) -> bool:
    """A paragraph without anything to see, or the place of the annexes."""
    if element.tag != f"{W}p" or element.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    names = own_places.names_in(element)
    if names and all(own_places.place_of(word) is Place.TABLES for word in names):
        return True
    shown = (f"{W}drawing", f"{W}pict", f"{W}object")
    return not own_places.text_of(element).strip() and not any(
        next(element.iter(tag), None) is not None for tag in shown
    )


def begin_anew(first: _Element, *, is_first: bool) -> None:
    """Each of many letters is numbered from page 1 and begins a page."""
    without(first, "pgNumType", *(() if is_first else ("type",)))
    number = first.makeelement(f"{W}pgNumType")
    number.set(f"{W}start", "1")
    before = [one for one in first if one.tag.removeprefix(W) in _BEFORE_NUMBER]
    first.insert(list(first).index(before[-1]) + 1 if before else 0, number)


_BEFORE_NUMBER = frozenset(
    {"headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
     "lnNumType"}
)  # fmt: skip
"""What stands before the page number in a section, by the schema."""


def without(of: _Element, *tags: str) -> None:
    for tag in tags:
        for one in of.findall(f"{W}{tag}"):
            of.remove(one)


def on_new_page(element: _Element) -> None:
    properties = element.find(f"{W}pPr")
    if element.tag == f"{W}p" and properties is not None:
        put(properties, "pageBreakBefore", {})


def scale(table: _Element, factor: float) -> None:
    """Make a table as much narrower as the text of the template is."""
    if factor >= 1:
        return
    for tag in ("tblW", "gridCol", "tcW"):
        for one in table.iter(f"{W}{tag}"):
            one.set(f"{W}w", str(round(int(one.get(f"{W}w", "0")) * factor)))


def renumber(body: _Element) -> None:
    """Drawings are numbered anew and bookmarks are named once: a template that is filled often has them many times."""
    for number, one in enumerate(body.iter(_DRAWING), 1):
        one.set("id", str(number))
    names: set[str] = set()
    for one in list(body.iter(f"{W}bookmarkStart")):
        name = one.get(f"{W}name", "")
        if name in names:
            key, parent = one.get(f"{W}id"), one.getparent()
            ends = [each for each in body.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") == key]
            if parent is not None:
                parent.remove(one)
            if ends and (above := ends[-1].getparent()) is not None:
                above.remove(ends[-1])
        names.add(name)


def keep_together(first: _Element | None, last: _Element | None) -> None:
    """Nothing of the paragraphs from one to the other begins a page alone: a signature has a line of the text with it."""
    if first is None or last is None:
        return
    one: _Element | None = first
    while one is not None and one is not last:
        properties = one.find(f"{W}pPr")
        if one.tag == f"{W}p" and properties is None:
            properties = one.makeelement(f"{W}pPr")
            one.insert(0, properties)
        if one.tag == f"{W}p" and properties is not None:
            put(properties, "keepNext", {})
        one = one.getnext()
