"""Running text cut at its numbers and hung into a tree by use: a style that comes back closes what it stood above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.recognise import numbers
from core.recognise.blocks import Block, Paragraph, Place, Table
from core.recognise.fields import ends_of_phrases, fields_of, is_closed, tail_fields, without_lead_in
from core.recognise.marks import outside
from core.recognise.numbers import Number
from core.recognise.wording import squeeze, tidy

_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?\s*$|附\s*[表录]\s*[\d一二三四五六七八九十]*\s*$")
_END = "。；;！!？?：:）)〕]］】\n\r"
_SHORT = 60
_NEAR = 8
"""Lines that are looked back: a phrase runs over two or three."""
_SAID = re.compile(r"(单位|部门|分工|领导|责任人)\s*[:：]|牵头|负责|配合|落实")


@dataclass(slots=True)
class Node:
    """A numbered item with its text, its fields and what is numbered below it."""

    style: str
    value: int
    label: str
    place: Place
    parent: Node | None = None
    texts: list[str] = field(default_factory=list)
    blocks: list[Paragraph] = field(default_factory=list)
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    closed: bool = False
    """Whether its own responsibility has been said."""

    @property
    def text(self) -> str:
        """Its own text, lines joined."""
        return tidy("\n".join(self.texts))

    @property
    def is_title(self) -> bool:
        """Whether it reads like a heading."""
        text = self.text
        return len(text) <= _SHORT and not any(mark in text.rstrip("。") for mark in "。；：")

    def walk(self) -> Iterator[Node]:
        """Itself and everything below, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def path(self) -> list[Node]:
        """What it hangs under, the outermost first; the root is none."""
        above: list[Node] = []
        node = self.parent
        while node is not None and node.parent is not None:
            above.append(node)
            node = node.parent
        return above[::-1]


@dataclass(slots=True)
class Part:
    """The document itself or one of its annexes. ``loose`` are paragraphs outside of any numbered item."""

    root: Node
    loose: list[Paragraph] = field(default_factory=list)
    first_block: int = 0


def read_parts(blocks: Sequence[Block]) -> list[Part]:
    """The tree of each part of the document."""
    reader = _Reader()
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            reader.table()
        else:
            reader.paragraph(block, index)
    return reader.parts


class _Reader:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._new_part(0)

    def _new_part(self, index: int) -> None:
        self.parts.append(Part(Node("", 0, "", Place()), first_block=index))
        self.current = self.parts[-1].root
        self.last_of: dict[str, int] = {}
        self.depth_of: dict[str, str] = {}

    def table(self) -> None:
        """A table ends the text of an item."""
        self.current = self.parts[-1].root

    def paragraph(self, block: Paragraph, index: int) -> None:
        text = _plain(block.text)
        if _ANNEX.match(squeeze(text)) and not block.number:
            self._new_part(index)
            self.parts[-1].loose.append(block)
            return
        if block.number:
            text = block.number + ("" if block.number.endswith(("）", "、", ".", "．", ")")) else " ") + text
        if self.current.parent is not None and _is_open(self.current.texts) and not block.number:
            # a line break inside of brackets: whatever it begins with, it goes on
            head, rest = _closing(self.current.texts, text)
            if rest is not None:
                self._say(head, block)
                text = rest
        for piece in self._pieces(text) if text else ():
            self._piece(piece, block)

    # --- cutting run-on text -----------------------------------------------------------------

    def _pieces(self, text: str) -> list[str]:
        """A paragraph cut where a new item begins in it."""
        cuts = [0]
        last = dict(self.last_of)
        head = numbers.leading(text)
        if head is not None:
            last[head.style] = head.value
        free = outside(text)
        for start, number in numbers.inside(text):
            within = not free[start - 1] and text[start - 1] not in "）)〕］】”"
            if start <= cuts[-1] or within or not self._follows(number, last):
                continue
            before = text[cuts[-1] : start]
            if _is_over(before, number, last):
                cuts.append(start)
                last[number.style] = number.value
        spans = zip(cuts, [*cuts[1:], len(text)], strict=True)
        return [piece for start, end in spans for piece in _behind_phrases(text[start:end])]

    @staticmethod
    def _follows(number: Number, last: dict[str, int]) -> bool:
        return number.value == 1 or number.value == last.get(number.style, -9) + 1

    # --- the tree ------------------------------------------------------------------------------

    def _piece(self, text: str, block: Paragraph) -> None:
        had_lead_in, text = without_lead_in(text)
        if had_lead_in and not text.strip():
            self.current.blocks.append(block)
            return
        fields = fields_of(text)
        if fields is not None:
            self._fields(fields, block)
            return
        number = numbers.leading(text)
        if number is not None:
            self._open(number, block)
            text = text[number.end :]
        elif block.heading is not None and len(text) <= _SHORT and text == _plain(block.text):
            self._open(Number("", f"标题{block.heading}", self.last_of.get(f"标题{block.heading}", 0) + 1, 0), block)
        elif self._goes_on(text, block):
            return
        elif not self._takes(text, block, had_lead_in=had_lead_in):
            self.parts[-1].loose.append(block)
            return
        self._say(text, block)

    def _takes(self, text: str, block: Paragraph, *, had_lead_in: bool) -> bool:
        """Whether a paragraph without a number belongs to the open item, or is one itself."""
        node = self.current
        if node.parent is None:
            return False
        if not node.closed or _is_phrase(text):
            return True
        closed = is_closed(text) or bool(tail_fields(text)[1])
        if not closed:
            return False
        self.current = self._hang(node if had_lead_in else node.parent, Number("", "", 0, 0), block)
        return True

    def _say(self, text: str, block: Paragraph) -> None:
        node = self.current
        is_inside = _is_open(node.texts) or _is_open([*node.texts, text])
        body, fields = (text, []) if is_inside else tail_fields(text)
        node.texts.append(body)
        node.fields += fields
        node.blocks.append(block)
        node.closed = node.closed or bool(fields) or is_closed(tidy("\n".join(node.texts[-_NEAR:])))

    def _goes_on(self, text: str, block: Paragraph) -> bool:
        """The rest of a field that a full line has cut: 完成时限：…，其余事项2025年 | 底前完成."""
        node = self.current
        if not node.fields or not node.blocks or len(text) > 30 or text.endswith(("：", ":")):
            return False
        key, label, value = node.fields[-1]
        line = node.blocks[-1].text
        if len(line) < 25 or line[-1] in "。；" or not squeeze(line).endswith(squeeze(value)[-6:]):
            return False
        node.fields[-1] = (key, label, value + text)
        node.blocks.append(block)
        return True

    def _fields(self, fields: list[tuple[str, str, str]], block: Paragraph) -> None:
        node = self.current
        if node.parent is None:
            self.parts[-1].loose.append(block)
            return
        node.fields += fields
        node.blocks.append(block)
        node.closed = True

    def _open(self, number: Number, block: Paragraph) -> None:
        self.current = self._hang(self._above(number), number, block)
        self.last_of[number.style] = number.value

    def _above(self, number: Number) -> Node:
        """The node that a number hangs under: its style tells by where it was used before."""
        node: Node | None = self.current
        while node is not None and node.parent is not None:
            if node.style == number.style:
                return node.parent
            node = node.parent
        if number.value == 1 and not (self.current.closed and self._knows(number)):
            return self._holder()
        return self._known(number)

    def _holder(self) -> Node:
        """The open item itself, or what holds it when it has been closed as a measure without a number."""
        node = self.current
        return node.parent if node.label == "" and node.parent is not None and not node.style else node

    def _knows(self, number: Number) -> bool:
        return number.style in self.depth_of and any(
            node.style == self.depth_of[number.style] for node in (*self.current.path(), self.current)
        )

    def _known(self, number: Number) -> Node:
        """Where its style hung before: numbers that run through sections begin anew at their old depth."""
        above = self.depth_of.get(number.style)
        node: Node | None = self.current
        while node is not None:
            if above is not None and node.style == above:
                return node
            node = node.parent
        return self._holder()

    def _hang(self, parent: Node, number: Number, block: Paragraph) -> Node:
        node = Node(number.style, number.value, number.label, block.place, parent)
        parent.children.append(node)
        if number.style:
            self.depth_of.setdefault(number.style, parent.style)
        return node


def _plain(text: str) -> str:
    """Without the marks of Markdown that copied texts carry."""
    return re.sub(r"\*\*", "", re.sub(r"^\s*#+\s+", "", text)).strip()


def _is_open(texts: Sequence[str]) -> bool:
    """Whether a bracket that opens a responsibility phrase has not been closed yet."""
    tail = "".join(texts[-_NEAR:])[-400:]
    opened: list[int] = []
    for at, sign in enumerate(tail):
        if sign in "（(〔[［【":
            opened.append(at)
        elif sign in "）)〕]］】" and opened:
            opened.pop()
    return bool(opened) and bool(_SAID.search(tail[opened[0] :]))


def _closing(texts: Sequence[str], text: str) -> tuple[str, str | None]:
    """The part of a text that closes the open brackets, and what follows; None where a number begins instead."""
    for match in re.finditer(r"[)）〕\]］】][。；]?", text):
        if not _is_open([*texts, text[: match.end()]]):
            return text[: match.end()], text[match.end() :]
    return text, None if numbers.leading(text) else ""


def _behind_phrases(text: str) -> Iterator[str]:
    """What stands behind a closed item in the same paragraph is a piece of its own: 具体措施：…, closing words."""
    start = 0
    for end in ends_of_phrases(text):
        yield text[start:end]
        start = end
    yield text[start:]


def _is_over(before: str, number: Number, last: dict[str, int]) -> bool:
    """Whether what stands before a number inside a paragraph is an item of its own."""
    text = before.strip()
    if text[-1:] in ("第", "照", "据", "按"):
        return False
    if not text or (number.style == "一、" and text[-1] not in _END):
        return False
    if text[-1] in "\n\r" or before[-1:] in "\n\r":
        return text[-1] in _END or _is_heading(text)
    if is_closed(text) or tail_fields(text)[1] or (fields_of(text) is not None):
        return True
    if re.search(r"(措施|举措|任务|如下)[：:]$", text) or _is_heading(text):
        return True
    return number.style in ("一、", "第条") and text[-1] in "。；）)" and number.value <= last.get(number.style, 0) + 1


def _is_phrase(text: str) -> bool:
    """Whether a paragraph is nothing but a responsibility phrase in brackets."""
    return text[:1] in "（(〔[［【" and is_closed(text)


def _is_heading(text: str) -> bool:
    head = numbers.leading(text)
    return head is not None and len(text) <= _SHORT + 30 and not any(mark in text for mark in "。；：:;")
