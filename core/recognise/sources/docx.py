"""Word documents (.docx, .docm and what WPS saves as such): paragraphs and tables in order, as they are printed.

The parts are read with lxml straight from the package, by the same hardened parser as everything else: only the
parts that hold text are unpacked, and a document whose pictures or links are broken is read all the same.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import ZipFile

from core.job import Job
from core.recognise.blocks import Block, Paragraph, Place, Source
from core.recognise.sources.errors import damaged
from core.recognise.sources.grid import Slot, table_of
from core.recognise.sources.limits import member, tree
from core.recognise.sources.numbering import Numbering, Styles
from core.recognise.sources.word_xml import attribute, child, children, is_on, local, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "delText", "instrText", "delInstrText", "Fallback", "rt", "sectPr", "tblPr",
    "fldData", "oMathParaPr", "sdtPr", "sdtEndPr",
}  # fmt: skip
"""Elements whose content is not printed, or is printed from another one."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_STEP = 50
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class _Line:
    """A paragraph read: its text, and what hangs on it."""

    text: str = ""
    number: str = ""
    heading: int | None = None
    boxes: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    joins_next: bool = False


def read_docx(package: ZipFile, name: str, job: Job) -> Source:
    """Read a document: its body, then its footnotes and endnotes.

    A break inside a paragraph stays a line break in its text; the paragraphs of a cell are its lines.
    """
    parts = _Parts(package, name)
    body = child(parts.main, "body")
    if body is None:
        raise damaged(name)
    reader = _Reader(parts)
    blocks = tuple(reader.read(body, job))
    return Source(name, "docx", blocks, repairs=reader.repairs())


class _Parts:
    """The parts of the package that hold text, found by their relationships."""

    def __init__(self, package: ZipFile, name: str) -> None:
        self._package, self._name = package, name
        self._names = {each.casefold(): each for each in package.namelist()}
        self._main_path = self._target("_rels/.rels", "", "officeDocument") or "word/document.xml"
        self.main = self._tree(self._main_path)
        if self.main is None:
            raise damaged(name)
        self.styles = Styles(self._related("styles"))
        self.numbering = Numbering(self._related("numbering"), self.styles)
        self.notes = {"footnote": self._related("footnotes"), "endnote": self._related("endnotes")}

    def _related(self, kind: str) -> _Element | None:
        folder, file = posixpath.split(self._main_path)
        path = self._target(f"{folder}/_rels/{file}.rels", folder, kind)
        return self._tree(path or f"{folder}/{kind}.xml")

    def _tree(self, path: str) -> _Element | None:
        found = self._names.get(path.casefold())
        return None if found is None else tree(member(self._package, found, self._name), self._name)

    def _target(self, relations: str, folder: str, kind: str) -> str | None:
        root = self._tree(relations)
        for each in root if root is not None else ():
            if each.get("Type", "").endswith("/" + kind) and each.get("TargetMode") != "External":
                target = each.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                return posixpath.normpath(path)
        return None


class _Reader:
    """Walks through the document once, in order, so that numbers count as they are printed."""

    def __init__(self, parts: _Parts) -> None:
        self._parts = parts
        self._notes: list[tuple[str, str]] = []
        self._paragraphs = self._tables = self._hidden = self._covered = 0

    def read(self, body: _Element, job: Job) -> Iterator[Block]:
        elements = list(_flow(body))

        def stepping() -> Iterator[_Element]:
            for done, element in enumerate(elements):
                if done % _STEP == 0:
                    job.step(done, len(elements), "读取文档")
                yield element

        yield from self._blocks(stepping())
        yield from self._footnotes()

    def repairs(self) -> tuple[str, ...]:
        out = []
        if self._hidden:
            out.append(f"文档中有 {self._hidden} 处隐藏文字，没有读取。")
        if self._covered:
            out.append(f"有 {self._covered} 个合并单元格下面压着文字，打印时看不见，没有读取。")
        return tuple(out)

    def _blocks(self, elements: Iterable[_Element]) -> Iterator[Block]:
        """Paragraphs and tables as blocks; text boxes follow the paragraph that they hang on."""
        for item in self._items(elements):
            if isinstance(item, _Line):
                yield from self._paragraph(item)
                for box in item.boxes:
                    yield from self._blocks(_flow(box))
            else:
                yield from self._table(item)

    def _paragraph(self, line: _Line) -> Iterator[Paragraph]:
        text = line.text.strip()
        if text:
            self._paragraphs += 1
            yield Paragraph(text, Place(paragraph=self._paragraphs), line.number, line.heading)

    def _items(self, elements: Iterable[_Element]) -> Iterator[_Line | _Element]:
        """Lines and tables; a paragraph whose end is deleted runs on into the next."""
        open_line: _Line | None = None
        for element in elements:
            if local(element) == "tbl":
                if open_line is not None:
                    yield open_line
                    open_line = None
                yield element
                continue
            line = self._line(element)
            if open_line is not None:
                line = _joined(open_line, line)
            open_line = line if line.joins_next else None
            if open_line is None:
                yield line
        if open_line is not None:
            yield open_line

    def _line(self, element: _Element) -> _Line:
        properties = child(element, "pPr")
        style_key = value(properties, "pStyle") or ""
        line = _Line(joins_next=child(properties, "rPr", "del") is not None)
        pieces: list[str] = []
        self._runs(element, pieces, line)
        line.text = "".join(pieces)
        line.number = self._parts.numbering.label(properties, style_key)
        styles = self._parts.styles
        outline = value(properties, "outlineLvl")
        line.heading = styles.resolved(style_key or styles.default).heading
        if outline is not None:
            level = number(outline, 9)
            line.heading = level + 1 if level < 9 else None
        self._notes += line.notes
        return line

    def _runs(self, element: _Element, pieces: list[str], line: _Line) -> None:
        """Collect the printed text below an element."""
        for each in element:
            kind = local(each)
            if kind in _SKIPPED:
                continue
            if kind == "t":
                pieces.append(each.text or "")
            elif kind in _SIGNS:
                pieces.append("" if attribute(each, "type") in {"page", "column"} else _SIGNS[kind])
            elif kind == "sym":
                pieces.append(_symbol(attribute(each, "char")))
            elif kind == "txbxContent":
                line.boxes.append(each)
            elif kind in {"footnoteReference", "endnoteReference"}:
                line.notes.append((kind.removesuffix("Reference"), attribute(each, "id") or ""))
            elif kind == "r" and is_on(each, "rPr", "vanish"):
                self._hidden += any(local(part) == "t" and (part.text or "").strip() for part in each)
            else:
                self._runs(each, pieces, line)

    def _footnotes(self) -> Iterator[Paragraph]:
        """The notes referred to, in the order of their signs."""
        for kind, key in dict.fromkeys(self._notes):
            for note in children(self._parts.notes.get(kind), kind):
                if attribute(note, "id") == key:
                    for item in self._items(_flow(note)):
                        if isinstance(item, _Line):
                            yield from self._paragraph(item)

    def _table(self, element: _Element) -> Iterator[Block]:
        rows = list(_rows(element))
        if len(rows) == 1 and len(cells := list(_flow(rows[0], "tc"))) == 1:
            yield from self._blocks(_flow(cells[0]))  # a frame around text, no table
            return
        slots = self._slots(rows)
        if any(slot.text for slot in slots):
            self._tables += 1
            yield table_of(slots, Place(table=self._tables))

    def _slots(self, rows: list[_Element]) -> list[Slot]:
        slots: list[Slot] = []
        above: dict[int, Slot] = {}
        for at, row in enumerate(rows):
            column = number(value(row, "trPr", "gridBefore"), 0, most=1000)
            below: dict[int, Slot] = {}
            across: Slot | None = None
            for cell in _flow(row, "tc"):
                properties = child(cell, "tcPr")
                span = number(value(properties, "gridSpan"), 1, least=1, most=1000)
                text = self._text(cell)
                merged = _merge(properties, "vMerge") == "continue" and above.get(column)
                if merged:
                    merged.row_span = at - merged.row + 1
                    self._covered += bool(text)
                    below[column] = merged
                elif across is not None and _merge(properties, "hMerge") == "continue":
                    across.column_span += span
                    self._covered += bool(text)
                else:
                    across = Slot(at, column, text, 1, span)
                    slots.append(across)
                    if _merge(properties, "vMerge") is not None:
                        below[column] = across
                column += span
            above = below
        return slots

    def _text(self, cell: _Element) -> str:
        """The text of a cell, a line a paragraph, numbers in front; a table inside it a line a row."""
        lines: list[str] = []
        for item in self._items(_flow(cell)):
            if isinstance(item, _Line):
                text = item.text.strip()
                lines.append(item.number + text if text else "")
                lines += [self._text(box) for box in item.boxes]
            else:
                for row in _rows(item):
                    parts = (self._text(inner).replace("\n", "") for inner in _flow(row, "tc"))
                    lines.append(" ".join(part for part in parts if part))
        return "\n".join(line for line in lines if line)


_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}


def _flow(container: _Element, *kinds: str) -> Iterator[_Element]:
    """Paragraphs and tables (or elements of those kinds) of a container, also those in content controls."""
    for each in container:
        kind = local(each)
        if kind in (kinds or ("p", "tbl")):
            yield each
        elif kind in _WRAPPERS:
            yield from _flow(each, *kinds)


def _rows(table: _Element) -> Iterator[_Element]:
    """Rows without the deleted ones."""
    return (row for row in _flow(table, "tr") if child(row, "trPr", "del") is None)


def _merge(properties: _Element | None, kind: str) -> str | None:
    """How a cell is merged, restart or continue; None for a cell that is not merged."""
    found = child(properties, kind)
    return None if found is None else attribute(found, "val") or "continue"


def _joined(first: _Line, second: _Line) -> _Line:
    return _Line(
        first.text + second.text,
        first.number or second.number,
        second.heading,
        first.boxes + second.boxes,
        joins_next=second.joins_next,
    )


def _symbol(code: str | None) -> str:
    """A character of a symbol font; those that only the font knows are left out."""
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    return "" if point in _PRIVATE or not 0x20 <= point < 0xD800 else chr(point)
