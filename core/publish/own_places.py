"""Named places ({{标题}}, {{正文}} …) in the XML of an office's own Word file: found and filled.

A place may be split over several runs (Word and WPS split a run wherever spelling or input language changed). Its text
takes the look of the run it begins in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝]*?)\s*[}｝]{2}")
_HALF = re.compile(r"[{｛]{2}[^{}｛｝]{0,12}|[^{}｛｝]{0,12}[}｝]{2}")


class Place(StrEnum):
    """What can stand in double braces; the value is its name."""

    TITLE = "标题"
    NUMBER = "文号"
    ADDRESSEE = "主送"
    BODY = "正文"
    ANNEXES = "附件"
    SIGNED = "落款"
    SEAL = "代章"
    DATED = "成文日期"
    TABLES = "附件正文"
    COPIES = "抄送"
    PRINTER = "印发机关"
    PRINTED = "印发日期"
    ISSUER = "发文机关"
    SIGNER = "签发人"


MEANING = {
    Place.TITLE: "文件标题",
    Place.NUMBER: "发文字号，如 古司函〔2024〕12号",
    Place.ADDRESSEE: "主送机关，不带冒号",
    Place.BODY: "正文，独占一段，一份模板必须有一处",
    Place.ANNEXES: "附件说明（附件：1.……），独占一段",
    Place.SIGNED: "发文机关署名",
    Place.SEAL: "代章说明，如（古县司法局代章）",
    Place.DATED: "成文日期",
    Place.TABLES: "附件的表格从这里开始，独占一段；没有这一处就放在版记前或最后",
    Place.COPIES: "抄送机关",
    Place.PRINTER: "印发机关",
    Place.PRINTED: "印发日期，不带“印发”二字",
    Place.ISSUER: "发文机关名称，用于发文机关标志",
    Place.SIGNER: "签发人姓名，上行文的报告用",
}
"""What each place is filled with, for the list in the window."""
_OTHER_NAMES = {
    "发文字号": Place.NUMBER,
    "主送机关": Place.ADDRESSEE,
    "附件说明": Place.ANNEXES,
    "署名": Place.SIGNED,
    "发文机关署名": Place.SIGNED,
    "日期": Place.DATED,
    "抄送机关": Place.COPIES,
}
BLOCKS = frozenset({Place.BODY, Place.ANNEXES, Place.TABLES})
"""Places that are filled with paragraphs of their own."""


def place_of(name: str) -> Place | None:
    """The place of a name, also by another word for it or with blanks in it (标 题); None for what means nothing."""
    name = "".join(name.split())
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    return Place(name) if name in set(Place) else None


def paragraphs(root: _Element) -> Iterator[_Element]:
    """Every paragraph with its own text: in tables, text boxes, content controls too."""
    yield from root.iter(f"{W}p")


def text_of(paragraph: _Element) -> str:
    """The text of a paragraph without that of text boxes in it."""
    return "".join(node.text or "" for node in _texts(paragraph))


def names_in(paragraph: _Element) -> list[str]:
    """The names of its places, as they are written."""
    return [found[1] for found in _PLACE.finditer(text_of(paragraph))]


def torn_in(paragraph: _Element) -> str:
    """A brace that is not closed or was never opened, with what stands beside it; empty where all are in order."""
    rest = _PLACE.sub("", text_of(paragraph))
    found = _HALF.search(rest)
    return found[0] if found else ""


def is_alone(paragraph: _Element) -> bool:
    """Whether one place is all that a paragraph holds: nothing but its run, no picture and no text box."""
    texts = _PLACE.fullmatch(text_of(paragraph).strip()) is not None
    others = (f"{W}drawing", f"{W}pict", f"{W}object")
    return texts and not any(next(paragraph.iter(tag), None) is not None for tag in others)


def free_controls(root: _Element) -> None:
    """Content controls that hold a place keep what is put there.

    One that is bound to another part of the file would show that part's words again as soon as Word opens it; one that
    shows its placeholder sets it grey and loses it at the first click.
    """
    for control in root.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is None or not has_any(control, set(Place)):
            continue
        is_placeholder = properties.find(f"{W}showingPlcHdr") is not None
        for one in list(properties):
            if one.tag.rpartition("}")[2] in ("showingPlcHdr", "dataBinding"):
                properties.remove(one)
        for style in list(control.iter(f"{W}rStyle")) if is_placeholder else ():
            style.getparent().remove(style)  # type: ignore[union-attr]  # of its run


def flows(paragraph: _Element) -> bool:
    """Whether it is a paragraph of the text itself, also in a cell or a content control."""
    tags = {one.tag.removeprefix(W) for one in paragraph.iterancestors()}
    return "body" in tags and "txbxContent" not in tags


def has_any(root: _Element, places: Iterable[Place]) -> bool:
    """Whether one of the places stands anywhere in it."""
    wanted = set(places)
    return any(place_of(word) in wanted for paragraph in paragraphs(root) for word in names_in(paragraph))


def fill(paragraph: _Element, value: Callable[[str], str | None]) -> bool:
    """Put values in the place of the places; None leaves one as it is. Gives whether anything was filled."""
    nodes = list(_texts(paragraph))
    text = "".join(node.text or "" for node in nodes)
    has_filled = False
    for found in reversed(list(_PLACE.finditer(text))):
        new = value(found[1])
        if new is not None:
            _replace(nodes, found.start(), found.end(), new)
            has_filled = True
    return has_filled


def _texts(paragraph: _Element) -> Iterator[_Element]:
    """Its text nodes, those of paragraphs inside it (text boxes) left out."""
    for node in paragraph.iter(f"{W}t"):
        if next(node.iterancestors(f"{W}p"), None) is paragraph:
            yield node


def _replace(nodes: list[_Element], start: int, end: int, new: str) -> None:
    """Take out the characters from ``start`` to ``end`` of all nodes together; what is new goes into the first."""
    at, is_put = 0, False
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        node.text = text[:first] + ("" if is_put else new) + text[last:]
        node.set(SPACE, "preserve")
        is_put = True


def clear(paragraph: _Element) -> None:
    """Take its text away; what it looks like stays."""
    for node in _texts(paragraph):
        node.text = ""


def break_texts(paragraph: _Element) -> None:
    """Line feeds in filled values become breaks of lines."""
    for node in list(_texts(paragraph)):
        first, *rest = (node.text or "").split("\n")
        if not rest:
            continue
        node.text, after = first, node
        for line in rest:
            for tag, text in (("br", None), ("t", line)):
                new = node.makeelement(f"{W}{tag}")
                if text is not None:
                    new.text = text
                    new.set(SPACE, "preserve")
                after.addnext(new)
                after = new
