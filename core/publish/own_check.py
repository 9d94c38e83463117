"""Looking at an office's own Word file before it is used: which places it has, and what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.publish import own_places
from core.publish.own_places import BLOCKS, Place
from core.publish.word_package import WordPackage

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a template. ``problems``: it cannot be used with these; ``remarks``: it can, but look."""

    places: tuple[Place, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def check(data: bytes, name: str) -> Checked:
    """Look for the places of a template before it is used.

    Raises InvalidError (file) for what is no Word document.
    """
    package = WordPackage(data, name)
    places: list[Place] = []
    problems: list[str] = []
    remarks: list[str] = []
    for where, root in _roots(package):
        for paragraph in own_places.paragraphs(root):
            if _is_fallback(paragraph):
                continue
            for word in own_places.names_in(paragraph):
                place = own_places.place_of(word)
                if place is None:
                    remarks.append(f"{where}的“{{{{{word}}}}}”不是可以填写的名称，生成时原样保留")
                    continue
                if place in BLOCKS:
                    problems.extend(_block_problems(paragraph, place, is_seen=place in places))
                places.append(place)
            remarks.extend(_twice(where, paragraph))
            torn = own_places.torn_in(paragraph)
            if torn:
                remarks.append(f"{where}的“{torn}”花括号不成对，生成时原样保留")
    if Place.BODY not in places:
        problems.insert(0, "没有{{正文}}，不知道正文写在哪里")
    return Checked(tuple(dict.fromkeys(places)), tuple(problems), (*remarks, *_lacking(places)))


def _roots(package: WordPackage) -> Iterator[tuple[str, _Element]]:
    yield "正文", package.root
    for path in dict.fromkeys(package.edges().values()):
        yield "页眉页脚", package.tree(path)


def _block_problems(paragraph: _Element, place: Place, *, is_seen: bool) -> Iterator[str]:
    if not own_places.flows(paragraph):
        yield f"{{{{{place}}}}}只能放在正文里，不能放在文本框、页眉或页脚里"
    elif not own_places.is_alone(paragraph):
        yield f"{{{{{place}}}}}要独占一段，同一段里不能有别的内容"
    elif is_seen:
        yield f"{{{{{place}}}}}出现了两次"


def _twice(where: str, paragraph: _Element) -> Iterator[str]:
    """LibreOffice writes a place in a content control of several runs once for each of them."""
    words = own_places.names_in(paragraph)
    for word in dict.fromkeys(words):
        if words.count(word) > 1:
            yield f"{where}的“{{{{{word}}}}}”在同一段里写了{words.count(word)}次，会重复填写"


def _is_fallback(paragraph: _Element) -> bool:
    """The copy of a text box for older programs: told once."""
    return any(one.tag.endswith("}Fallback") for one in paragraph.iterancestors())


def _lacking(places: list[Place]) -> Iterator[str]:
    for place, where in (
        (Place.TITLE, "标题写在正文前"),
        (Place.NUMBER, "文号写在标题前"),
        (Place.SIGNED, "署名写在正文后"),
        (Place.DATED, "成文日期写在正文后"),
    ):
        if place not in places:
            yield f"没有{{{{{place}}}}}，{where}"
