"""Annexes behind a text that was filled into an office's own Word file: sections of their own, before its 版记."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from core.job import Job
from core.publish.fonts import Face
from core.publish.layout import Layout
from core.publish.ooxml import DECLARATION, NAMESPACES
from core.publish.own_copy import Copy
from core.publish.own_places import W
from core.publish.own_sections import (
    before_empty,
    child_with,
    end_section,
    is_empty,
    nothing,
    on_new_page,
    parsed,
    without,
)
from core.publish.text_document import Paragraph, Role, TextPart
from core.publish.text_layout import LaidText
from core.publish.word_package import R, WordPackage
from core.publish.write_docx import headers_and_footers, section, table_parts
from core.publish.write_text_docx import Drawn, block_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLE = re.compile(r'<w:pStyle w:val="[^"]*"/>')


class AnnexSections:
    """Puts them into one file; ``pictures`` takes those of charts."""

    def __init__(self, package: WordPackage, pictures: dict[str, bytes], job: Job) -> None:
        self.package = package
        self.pictures = pictures
        self.job = job
        self.turned: dict[str, str] = {}
        self.blank: dict[str, str] = {}

    def put(self, holder: _Element, end: _Element, copy: Copy, before: _Element | None) -> _Element:
        """Sections of their own before an element of the text, or at its end; gives the section the text ends with."""
        top = child_with(holder, before) if before is not None else None
        if top is None or all(is_empty(one) for one in [top, *top.itersiblings()]):
            if top is not None:
                for one in [top, *list(top.itersiblings())]:
                    holder.remove(one)
            end_section(holder, end)
            *others, (elements, last) = self._runs(copy, end)
            for some, section_of in others:
                holder.extend(some)
                end_section(holder, section_of, is_apart=True)
            holder.extend(elements)
            return last
        at, has_ended = before_empty(holder, list(holder).index(top))
        rest = [found for one in list(holder)[at:] for found in one.iter(f"{W}sectPr")]
        closing = deepcopy(rest[0] if rest else end)
        front = holder.makeelement(f"{W}body")
        front.extend(list(holder)[:at])
        if not has_ended:
            end_section(front, closing)
        for elements, section_of in self._runs(copy, closing):
            front.extend(elements)
            end_section(front, section_of, is_apart=True)
        front.append(nothing())  # without it LibreOffice takes no new page for a table that floats
        for one in reversed(list(front)):
            holder.insert(0, one)
        follows = rest[0] if rest else end
        without(follows, "titlePg", "type", "pgNumType")
        kind = follows.makeelement(f"{W}type")
        kind.set(f"{W}val", "evenPage")
        references = follows.findall(f"{W}headerReference") + follows.findall(f"{W}footerReference")
        follows.insert(len(references), kind)
        self._alone(follows)
        return end

    def _runs(self, copy: Copy, like: _Element) -> list[tuple[list[_Element], _Element]]:
        """Annexes of one kind in a row with the section that they end with; texts stand in one ``like`` the text's."""
        found: list[tuple[list[_Element], _Element]] = []
        for is_table, run in groupby(copy.annexes, key=lambda one: isinstance(one, Layout)):
            elements: list[_Element] = []
            for place, one in enumerate(run):
                new = self._annex(one, begins_page=place > 0)
                if not is_table and place:
                    on_new_page(new[0])
                elements += new
            found.append((elements, self._annex_section(copy, like, is_table=is_table)))
        return found

    def _annex(self, one: Layout | tuple[TextPart, LaidText], *, begins_page: bool) -> list[_Element]:
        if isinstance(one, Layout):
            return parsed(table_parts(one, self.job, begins_page=begins_page))
        part, made = one
        drawn = Drawn(iter(made.tables), iter(made.charts), self.pictures)
        titles = "\n".join(line.text for line in made.pages[0].lines if line.face is Face.TITLE)
        found: list[_Element] = []
        for block in part.blocks:
            is_title = isinstance(block, Paragraph) and block.role is Role.TITLE
            found += parsed(block_xml(block, drawn, lines=titles if is_title else None))
        return found

    def _annex_section(self, copy: Copy, like: _Element, *, is_table: bool) -> _Element:
        if not is_table:
            plain = deepcopy(like)
            without(plain, "titlePg", "type", "pgNumType")
            self._alone(plain)
            return plain
        page = next(one for one in copy.annexes if isinstance(one, Layout)).document.page
        return self._turned_section(section(page), headers_and_footers(page))

    def _alone(self, of: _Element) -> None:
        """A section has no header or footer of the turned pages before it: where it names none, a blank one.

        Even pages have that of the others where the template says nothing of them.
        """
        for kind, tag in (("header", "hdr"), ("footer", "ftr")):
            named = {one.get(f"{W}type"): one.get(f"{R}id", "") for one in of.findall(f"{W}{kind}Reference")}
            for when in ("default", "even"):
                if when in named:
                    continue
                reference = of.makeelement(f"{W}{kind}Reference")
                reference.set(f"{W}type", when)
                reference.set(f"{R}id", named.get("default") or self._blank(kind, tag))
                of.insert(0, reference)

    def _blank(self, kind: str, tag: str) -> str:
        if kind not in self.blank:
            data = f"{DECLARATION}<w:{tag} {NAMESPACES}><w:p/></w:{tag}>"
            self.blank[kind] = self.package.add_edge(kind, f"{kind}Blank1", data.encode())
        return self.blank[kind]

    def _turned_section(self, xml: str, parts: Mapping[str, str]) -> _Element:
        """The section of turned pages with its headers and footers in the package."""
        for name, text in parts.items():
            stem = name.removesuffix(".xml")
            if stem not in self.turned:
                kind = stem.rstrip("0123456789")
                plain = _STYLE.sub("", text)  # for a style that is not there LibreOffice prints an X
                self.turned[stem] = self.package.add_edge(kind, f"{kind}Turned{stem[-1]}", plain.encode())
        (made,) = parsed([xml])
        for reference in (*made.iter(f"{W}headerReference"), *made.iter(f"{W}footerReference")):
            reference.set(f"{R}id", self.turned[reference.get(f"{R}id", "")])
        return made
