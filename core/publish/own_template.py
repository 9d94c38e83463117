"""A text filled into an office's own Word file: its red head, styles, headers and text boxes stay as they are.

What a template has no place for is not lost: title, 文号 and 主送 then stand before the body, 附件说明, name and date behind
it, as the program sets them. Annexes get sections of their own, before the 版记 of the template. Of many letters each
fills the template anew, numbered from page 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from core.job import Job
from core.publish import own_places
from core.publish.breaking import break_title
from core.publish.fonts import Face, Fonts
from core.publish.lines import wide_width
from core.publish.own_annexes import AnnexSections
from core.publish.own_copy import Copy, copies_of
from core.publish.own_look import Look
from core.publish.own_places import Place, W
from core.publish.own_sections import (
    begin_anew,
    end_section,
    instead,
    keep_together,
    may_go,
    parsed,
    renumber,
    scale,
)
from core.publish.text_document import Block, Paragraph, Role, Signature, TextDocument
from core.publish.text_layout import WIDTH
from core.publish.text_setting import set_text
from core.publish.word_package import R, WordPackage, serialized
from core.publish.write_text_docx import Drawn, block_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOWER = frozenset({Place.COPIES, Place.PRINTER, Place.PRINTED})
"""Places of the 版记: annexes come before it."""
_LEFT_OUT = frozenset({Place.ADDRESSEE, Place.SEAL, Place.ANNEXES, Place.TABLES, Place.COPIES})
"""What a document need not have; anything else that it lacks is marked 【待补充：…】."""
_LABELS = {Place.ADDRESSEE: ("：", ":"), Place.COPIES: ("抄送：", "抄送：。", "抄送:", "抄送:。")}
"""What is left of a line whose place is filled with nothing."""
_TWIPS = 20


def fill(
    data: bytes, name: str, document: TextDocument, fonts: Fonts, job: Job, *, known: Mapping[Place, str] | None = None
) -> bytes:
    """The template with the document in it; ``known``: what only the office knows (抄送, 印发机关).

    Raises InvalidError (file) for what is no template, Cancelled.
    """
    package = WordPackage(data, name)
    laid = set_text(document, fonts, job)
    filler = _Filler(package, document, fonts, dict(known or {}), job)
    filler.fill(copies_of(laid))
    return package.saved()


class _Filler:
    """Fills one template."""

    def __init__(
        self, package: WordPackage, document: TextDocument, fonts: Fonts, known: dict[Place, str], job: Job
    ) -> None:
        self.package = package
        self.document = document
        self.fonts = fonts
        self.known = known
        self.job = job
        self.edges = package.edges()
        self.pictures: dict[str, bytes] = {}
        body = package.root.find(f"{W}body")
        assert body is not None
        self.body = body
        self.sections = [deepcopy(one) for one in body.iter(f"{W}sectPr")]
        self.places = {
            place
            for root in (package.root, *(package.tree(path) for path in self.edges.values()))
            for paragraph in own_places.paragraphs(root)
            for word in own_places.names_in(paragraph)
            if (place := own_places.place_of(word)) is not None
        }
        styles = next((path for path in package.files if path.endswith("/styles.xml")), None)
        self.styles = package.tree(styles) if styles else None
        self.added = 0
        self.last: _Element | None = None
        """The last paragraph of the text, which the signature stays with."""
        self.annexes = AnnexSections(package, self.pictures, job)

    def fill(self, copies: list[Copy]) -> None:
        """Put the copies one behind the other into the text of the file."""
        plain = list(self.body)
        end = plain.pop() if plain and plain[-1].tag == f"{W}sectPr" else self.body.makeelement(f"{W}sectPr")
        for one in list(self.body):
            self.body.remove(one)
        for place, copy in enumerate(copies):
            self.job.step(place, len(copies), "正在填入模板")
            holder = self.body.makeelement(f"{W}body")
            holder.extend(deepcopy(plain))
            last = self._filled(holder, deepcopy(end), copy, place, is_many=len(copies) > 1)
            if place < len(copies) - 1:
                end_section(holder, last)
            self.body.extend(list(holder))
            if place == len(copies) - 1:
                self.body.append(last)
        self._add_pictures()
        renumber(self.body)

    def _filled(self, holder: _Element, end: _Element, copy: Copy, place: int, *, is_many: bool) -> _Element:
        """Fill one copy of the text; gives the section it ends with."""
        values = self._values(copy)
        sections = [*holder.iter(f"{W}sectPr"), end]
        if is_many:
            begin_anew(sections[0], is_first=place == 0)
        lower = [one for one in holder if own_places.has_any(one, _LOWER)]
        dated = next((one for one in holder if own_places.has_any(one, {Place.DATED})), None)
        own_places.free_controls(holder)
        at = self._block_places(holder, copy)
        if dated is not None and self.last is not None and self.last.getparent() is holder:
            keep_together(self.last, dated)
        for paragraph in list(own_places.paragraphs(holder)):
            self._inline(paragraph, values)
        for one in sections:
            self._edges(one, values)
        if copy.annexes:
            below = next((one for one in lower if one.getparent() is holder), None)
            end = self.annexes.put(holder, end, copy, at if at is not None else below)
        if at is not None and (above := at.getparent()) is not None:
            if may_go(at):
                above.remove(at)
            else:
                own_places.clear(at)  # a cell without a paragraph is a damaged file
        return end

    # Single words ------------------------------------------------------------------------------------------------

    def _values(self, copy: Copy) -> dict[Place, str]:
        part = copy.part
        signed, imprint = copy.signature, self.document.imprint or part.imprint
        head = part.red_head
        found = {
            Place.TITLE: copy.first(Role.TITLE),
            Place.NUMBER: copy.number or copy.form_number,
            Place.ADDRESSEE: copy.first(Role.ADDRESSEE).removesuffix("："),
            Place.SIGNED: signed.name,
            Place.SEAL: signed.seal,
            Place.DATED: signed.date,
            Place.COPIES: imprint.copies if imprint else "",
            Place.PRINTER: imprint.printer if imprint else "",
            Place.PRINTED: (imprint.printed.removesuffix("印发") if imprint else "") or signed.date,
            Place.SIGNER: (head.signer or "") if head else "",
            Place.ISSUER: part.letterhead.issuer if part.letterhead else signed.name,
        }
        found = {place: text or self.known.get(place, "") for place, text in found.items()}
        return {place: text if text or place in _LEFT_OUT else f"【待补充：{place}】" for place, text in found.items()}

    def _inline(self, paragraph: _Element, values: Mapping[Place, str]) -> None:
        """Fill a paragraph; one whose only place is filled with nothing goes."""
        names = [own_places.place_of(word) for word in own_places.names_in(paragraph)]
        if not names:
            return
        is_alone = own_places.is_alone(paragraph)
        if Place.TITLE in names and is_alone and own_places.flows(paragraph):
            values = {**values, Place.TITLE: self._broken(values[Place.TITLE], paragraph)}

        def value(word: str) -> str | None:
            place = own_places.place_of(word)
            return values.get(place) if place is not None else None

        own_places.fill(paragraph, value)
        own_places.break_texts(paragraph)
        rest = own_places.text_of(paragraph).strip()
        if (is_alone and not rest) or (names[0] is not None and rest in _LABELS.get(names[0], ())):
            self._leave_out(paragraph)

    @staticmethod
    def _leave_out(paragraph: _Element) -> None:
        """A line for something that there is none of goes, with its row where that holds nothing else."""
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        table = row.getparent() if row is not None else None
        if may_go(paragraph):
            paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]  # it has one: ``may_go``
        else:
            own_places.clear(paragraph)
        if row is None or table is None or len(table.findall(f"{W}tr")) == 1:
            return
        if not any(own_places.text_of(one).strip() for one in own_places.paragraphs(row)):
            table.remove(row)

    def _broken(self, title: str, paragraph: _Element) -> str:
        """A title in lines that end between words, for the size and the width that the template gives it."""
        size, chain = Look(paragraph, self.styles).size, self.fonts.chain(Face.TITLE)
        width = self._width(paragraph)
        return "\n".join(break_title(title, width, lambda text: wide_width(chain, text, size)))

    def _width(self, inside: _Element) -> float:
        """The width of the text where something stands, in pt: of its cell, else between the margins."""
        cell = next(inside.iterancestors(f"{W}tc"), None)
        own = cell.find(f"{W}tcPr/{W}tcW") if cell is not None else None
        if own is not None and own.get(f"{W}type") == "dxa":
            return int(own.get(f"{W}w", "0")) / _TWIPS
        for one in self.sections:
            size, margins = one.find(f"{W}pgSz"), one.find(f"{W}pgMar")
            if size is not None and margins is not None:
                left, right = (int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
                return (int(size.get(f"{W}w", "0")) - left - right) / _TWIPS
        return WIDTH

    def _edges(self, of: _Element, values: Mapping[Place, str]) -> None:
        """Headers and footers of a section that have places: a filled one of its own."""
        for kind in ("header", "footer"):
            for reference in of.findall(f"{W}{kind}Reference"):
                path = self.edges.get(reference.get(f"{R}id", ""))
                root = self.package.tree(path) if path else None
                if path is None or root is None or not own_places.has_any(root, set(Place)):
                    continue
                own_places.free_controls(root)
                for paragraph in list(own_places.paragraphs(root)):
                    self._inline(paragraph, values)
                self.added += 1
                added = self.package.add_edge(kind, f"{kind}Filled{self.added}", serialized(root), like=path)
                reference.set(f"{R}id", added)

    # Blocks ------------------------------------------------------------------------------------------------------

    def _block_places(self, holder: _Element, copy: Copy) -> _Element | None:
        """Put paragraphs in the place of 正文 and 附件; gives the place of the annexes, still to be taken away."""
        at = None
        for paragraph in list(own_places.paragraphs(holder)):
            names = [own_places.place_of(word) for word in own_places.names_in(paragraph)]
            place = names[0] if len(names) == 1 else None
            if place is Place.TABLES:
                at = paragraph
            elif place is Place.BODY:
                found = self._body(paragraph, copy)
                self.last = found[-1] if found else None
                instead(paragraph, found)
            elif place is Place.ANNEXES:
                look = Look(paragraph, self.styles)
                roles = (Role.ANNEX_FIRST, Role.ANNEX_NEXT)
                lines = [one for one in copy.blocks if isinstance(one, Paragraph) and one.role in roles]
                instead(paragraph, [look.made(one.text, one.role) for one in lines])
        return at

    def _body(self, paragraph: _Element, copy: Copy) -> list[_Element]:
        look = Look(paragraph, self.styles)
        width = self._width(paragraph)
        found: list[_Element] = []
        if Place.NUMBER not in self.places and copy.number:
            found += parsed(block_xml(Paragraph(Role.NUMBER, copy.number), _nothing()))
        drawn = Drawn(iter(copy.made.tables), iter(copy.made.charts), self.pictures)
        for block in copy.blocks:
            found += self._block(block, look, drawn, width)
        return found

    def _block(self, block: Block, look: Look, drawn: Drawn, width: float) -> list[_Element]:
        """A block where the template has no place of its own for it."""
        role = block.role if isinstance(block, Paragraph) else None
        if isinstance(block, Signature):
            return self._signature(block)
        if (role in _PLACED and _PLACED[role] in self.places) or role is Role.NUMBER_UNDER:
            return []
        if isinstance(block, Paragraph) and role not in (Role.TITLE, Role.ADDRESSEE):
            return [look.made(block.text, block.role)]
        lines = self._title_lines(block, width) if role is Role.TITLE else None
        made = parsed(block_xml(block, drawn, lines=lines))
        for one in made:
            if one.tag == f"{W}tbl":
                scale(one, min(1.0, width / WIDTH))
        return made

    def _title_lines(self, block: Block, width: float) -> str:
        assert isinstance(block, Paragraph)
        chain = self.fonts.chain(Face.TITLE)
        return "\n".join(break_title(block.text, width, lambda text: wide_width(chain, text, 22.0)))

    def _signature(self, block: Signature) -> list[_Element]:
        """What of name and date has no place of its own."""
        has_name, has_date = Place.SIGNED in self.places, Place.DATED in self.places
        if has_name and has_date:
            return []
        if not has_name and not has_date:
            return parsed(block_xml(block, _nothing()))
        text = block.date if has_name else block.name
        return parsed(block_xml(Paragraph(Role.NUMBER, text), _nothing()))

    def _add_pictures(self) -> None:
        """Those of charts, under relations that the template does not have."""
        names = {name.partition(".")[0]: self.package.add_picture(name, data) for name, data in self.pictures.items()}
        for one in self.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            known = names.get(one.get(f"{R}embed", ""))
            if known is not None:
                one.set(f"{R}embed", known)


_PLACED = {
    Role.TITLE: Place.TITLE,
    Role.ADDRESSEE: Place.ADDRESSEE,
    Role.ANNEX_FIRST: Place.ANNEXES,
    Role.ANNEX_NEXT: Place.ANNEXES,
}
"""Paragraphs that a template may have a place for."""


def _nothing() -> Drawn:
    return Drawn(iter(()), iter(()), {})
