"""Pages from the web, as pasted or saved: paragraphs and tables with their spans; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.recognise.blocks import Block, Paragraph, Place
from core.recognise.sources.grid import Slot, table_of
from core.recognise.sources.word_xml import local, number

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS = re.compile(r"<(?:!doctype html|html|body|table|p|div|span)\b", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SKIPPED = {
    "script", "style", "head", "title", "noscript", "template", "select", "option", "button", "svg", "del", "s", "rt",
    "iframe", "object",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main", "ul",
    "ol", "dl", "dt", "dd", "blockquote", "pre", "center", "form", "fieldset", "address", "hr", "figure", "td", "th",
    "tr", "tbody", "thead", "tfoot", "caption", "body", "html", "table", "nav", "aside",
}  # fmt: skip
_DEEPEST = 200
_WIDEST = 1000


def looks_like_html(text: str) -> bool:
    """Whether a text is a page: its first sign is a tag of one."""
    head = text.lstrip("\ufeff \t\r\n")[:200]
    found = _SIGNS.search(head)
    return found is not None and head.startswith("<")


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page in order; what it hides is left out."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    return () if root is None else tuple(_Page().read(root))


class _Page:
    """Walks through a page; text between two block elements is a paragraph."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._heading: int | None = None
        self._paragraphs = self._tables = 0

    def read(self, root: _Element) -> Iterator[Block]:
        yield from self._below(root, 0)
        yield from self._closed()

    def _below(self, element: _Element, depth: int) -> Iterator[Block]:
        self._pieces.append(element.text or "")
        count = number(element.get("start"), 1)
        for each in element:
            kind = local(each).casefold()
            if kind and not _is_hidden(each, kind) and depth < _DEEPEST:
                if kind == "li" and local(element).casefold() == "ol":
                    yield from self._closed()
                    self._pieces.append(f"{count}.")
                    count += 1
                yield from self._one(each, kind, depth + 1)
            self._pieces.append(each.tail or "")

    def _one(self, element: _Element, kind: str, depth: int) -> Iterator[Block]:
        if kind == "table" and _is_data(element):
            yield from self._closed()
            self._tables += 1
            yield table_of(_slots(element), Place(table=self._tables))
        elif kind == "br":
            yield from self._closed()
        elif kind in _BLOCKS:
            if kind != "li" and not _is_first_in_item(element):
                yield from self._closed()
            self._heading = int(kind[1]) if re.fullmatch("h[1-6]", kind) else self._heading
            yield from self._below(element, depth)
            yield from self._closed()
            self._heading = None
        else:
            yield from self._below(element, depth)

    def _closed(self) -> Iterator[Block]:
        """The paragraph collected so far."""
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip(" 　")
        self._pieces.clear()
        if text:
            self._paragraphs += 1
            yield Paragraph(text, Place(paragraph=self._paragraphs), heading=self._heading)


def _is_first_in_item(element: _Element) -> bool:
    """Whether an element begins its list item, so that the item's number stays with its text."""
    parent = element.getparent()
    if parent is None or local(parent).casefold() != "li":
        return False
    return parent[0] is element and not (parent.text or "").strip()


def _is_hidden(element: _Element, kind: str) -> bool:
    return kind in _SKIPPED or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_data(table: _Element) -> bool:
    """A table of data: without tables in it and with more than one cell; others only lay out the page."""
    if any(local(each).casefold() == "table" for each in table.iterdescendants()):
        return False
    return sum(1 for each in table.iter("td", "th")) > 1


def _slots(table: _Element) -> list[Slot]:
    """The cells at their places; a row span of 0 reaches down to the end."""
    slots: list[Slot] = []
    rows = [row for row in table.iter("tr") if not _is_hidden(row, "tr")]
    taken: dict[int, int] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            kind = local(cell).casefold()
            if kind not in {"td", "th"} or _is_hidden(cell, kind):
                continue
            while taken.get(column, 0) > at:
                column += 1
            wide = number(cell.get("colspan"), 1, least=1, most=_WIDEST)
            high = number(cell.get("rowspan"), 1, most=65_534) or len(rows) - at
            slots.append(Slot(at, column, _text(cell), high, wide))
            for each in range(column, column + wide):
                taken[each] = at + high
            column += wide
    return slots


def _text(cell: _Element) -> str:
    """The text of a cell, a line a paragraph."""
    lines = [block.text for block in _Page().read(cell) if isinstance(block, Paragraph)]
    return "\n".join(lines)
