"""A text filled into an office's own Word file: its red head, styles, headers and text boxes stay as they are.

What a template has no place for is not lost: title, 文号 and 主送 then stand before the body, 附件说明, name and date behind
it, as the program sets them. Annexes get sections of their own, before the 版记 of the template. Of many letters each
fills the template anew, numbered from page 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.job import Job
from core.publish import own_places
from core.publish.breaking import break_title
from core.publish.description import TableDocument
from core.publish.fonts import Face, Fonts
from core.publish.layout import Layout
from core.publish.ooxml import DECLARATION, NAMESPACES
from core.publish.own_look import Look, put
from core.publish.own_places import BLOCKS, Place, W
from core.publish.text_document import Block, Paragraph, Role, Signature, TextDocument, TextPart
from core.publish.text_layout import WIDTH, LaidDocument, LaidText
from core.publish.text_setting import set_text
from core.publish.word_package import R, WordPackage, serialized
from core.publish.write_docx import headers_and_footers, section, table_parts
from core.publish.write_text_docx import Drawn, block_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOWER = frozenset({Place.COPIES, Place.PRINTER, Place.PRINTED})
"""Places of the 版记: annexes come before it."""
_LEFT_OUT = frozenset({Place.ADDRESSEE, Place.SEAL, Place.ANNEXES, Place.TABLES})
"""What a document need not have; anything else that it lacks is marked 【待补充：…】."""
_TWIPS = 20


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
    if not _flows(paragraph):
        yield f"{{{{{place}}}}}只能放在正文里，不能放在文本框、页眉或页脚里"
    elif not own_places.is_alone(paragraph):
        yield f"{{{{{place}}}}}要独占一段，同一段里不能有别的内容"
    elif is_seen:
        yield f"{{{{{place}}}}}出现了两次"


def _flows(paragraph: _Element) -> bool:
    """Whether it is a paragraph of the text itself, also in a cell or a content control."""
    tags = {one.tag.removeprefix(W) for one in paragraph.iterancestors()}
    return "body" in tags and "txbxContent" not in tags


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


# Filling -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Copy:
    """What goes into one copy of the template: the texts of one letter, or a whole report with its annexes."""

    texts: list[tuple[TextPart, LaidText]] = field(default_factory=list)
    tables: list[Layout] = field(default_factory=list)

    @property
    def blocks(self) -> Iterator[Block]:
        """Those of all its texts."""
        return (block for part, _ in self.texts for block in part.blocks)

    def first(self, role: Role) -> str:
        """The text of the first paragraph of a role, empty where there is none."""
        return next((one.text for one in self.blocks if isinstance(one, Paragraph) and one.role is role), "")

    @property
    def signature(self) -> Signature:
        """Name and date."""
        return next((one for one in self.blocks if isinstance(one, Signature)), Signature("", ""))

    @property
    def number(self) -> str:
        """文号, wherever the description has it."""
        part = self.texts[0][0]
        head = part.letterhead or part.red_head
        return head.number if head else self.first(Role.NUMBER_UNDER)


def fill(
    data: bytes, name: str, document: TextDocument, fonts: Fonts, job: Job, *, known: Mapping[Place, str] | None = None
) -> bytes:
    """The template with the document in it; ``known``: what only the office knows (抄送, 印发机关).

    Raises InvalidError (file) for what is no template, Cancelled.
    """
    package = WordPackage(data, name)
    laid = set_text(document, fonts, job)
    filler = _Filler(package, document, fonts, dict(known or {}), job)
    filler.fill(_copies(laid))
    return package.saved()


def _copies(laid: LaidDocument) -> list[_Copy]:
    found: list[_Copy] = []
    for part, made in zip(laid.document.parts, laid.parts, strict=True):
        if isinstance(part, TextPart) and isinstance(made, LaidText):
            if not found or part.restarts or found[-1].tables:
                found.append(_Copy())
            found[-1].texts.append((part, made))
        elif isinstance(part, TableDocument) and isinstance(made, Layout) and found:
            found[-1].tables.append(made)
    return found


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
        self.turned: dict[str, str] = {}

    def fill(self, copies: list[_Copy]) -> None:
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
                _close(holder, last)
            self.body.extend(list(holder))
            if place == len(copies) - 1:
                self.body.append(last)
        self._add_pictures()
        _renumber(self.body)

    def _filled(self, holder: _Element, end: _Element, copy: _Copy, place: int, *, is_many: bool) -> _Element:
        """Fill one copy of the text; gives the section it ends with."""
        values = self._values(copy)
        sections = [*holder.iter(f"{W}sectPr"), end]
        if is_many:
            _begin_anew(sections[0], is_first=place == 0)
        below = next((one for one in holder if _has_any(one, _LOWER)), None)
        at = self._block_places(holder, copy)
        for paragraph in list(own_places.paragraphs(holder)):
            self._inline(paragraph, values)
        for one in sections:
            self._edges(one, values)
        if copy.tables:
            end = self._annexes(holder, end, copy, at if at is not None else below)
        if at is not None and (above := at.getparent()) is not None:
            above.remove(at)
        return end

    # Single words ------------------------------------------------------------------------------------------------

    def _values(self, copy: _Copy) -> dict[Place, str]:
        signed, imprint = copy.signature, self.document.imprint
        part = copy.texts[0][0]
        found = {
            Place.TITLE: copy.first(Role.TITLE),
            Place.NUMBER: copy.number,
            Place.ADDRESSEE: copy.first(Role.ADDRESSEE).removesuffix("："),
            Place.SIGNED: signed.name,
            Place.SEAL: signed.seal,
            Place.DATED: signed.date,
            Place.COPIES: imprint.copies if imprint else "",
            Place.PRINTER: imprint.printer if imprint else "",
            Place.PRINTED: imprint.printed.removesuffix("印发") if imprint else signed.date,
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
        if Place.TITLE in names and is_alone and _flows(paragraph):
            values = {**values, Place.TITLE: self._broken(values[Place.TITLE], paragraph)}

        def value(word: str) -> str | None:
            place = own_places.place_of(word)
            return values.get(place) if place is not None else None

        own_places.fill(paragraph, value)
        own_places.break_texts(paragraph)
        if is_alone and not own_places.text_of(paragraph).strip() and _may_go(paragraph):
            paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]  # it has one: ``_may_go``

    def _broken(self, title: str, paragraph: _Element) -> str:
        """A title in lines that end between words, for the size and the width that the template gives it."""
        size, chain = Look(paragraph, self.styles).size, self.fonts.chain(Face.TITLE)
        width = self._width(paragraph)
        return "\n".join(break_title(title, width, lambda text: chain.width(text, size)))

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
                if path is None or root is None or not _has_any(root, set(Place)):
                    continue
                for paragraph in list(own_places.paragraphs(root)):
                    self._inline(paragraph, values)
                self.added += 1
                added = self.package.add_edge(kind, f"{kind}Filled{self.added}", serialized(root), like=path)
                reference.set(f"{R}id", added)

    # Blocks ------------------------------------------------------------------------------------------------------

    def _block_places(self, holder: _Element, copy: _Copy) -> _Element | None:
        """Put paragraphs in the place of 正文 and 附件; gives the place of the annexes, still to be taken away."""
        at = None
        for paragraph in list(own_places.paragraphs(holder)):
            names = [own_places.place_of(word) for word in own_places.names_in(paragraph)]
            place = names[0] if len(names) == 1 else None
            if place is Place.TABLES:
                at = paragraph
            elif place is Place.BODY:
                _instead(paragraph, self._body(paragraph, copy))
            elif place is Place.ANNEXES:
                look = Look(paragraph, self.styles)
                roles = (Role.ANNEX_FIRST, Role.ANNEX_NEXT)
                lines = [one for one in copy.blocks if isinstance(one, Paragraph) and one.role in roles]
                _instead(paragraph, [look.made(one.text, one.role) for one in lines])
        return at

    def _body(self, paragraph: _Element, copy: _Copy) -> list[_Element]:
        look = Look(paragraph, self.styles)
        width = self._width(paragraph)
        found: list[_Element] = []
        if Place.NUMBER not in self.places and copy.number:
            found += _parsed(block_xml(Paragraph(Role.NUMBER, copy.number), _nothing()))
        for place, (part, made) in enumerate(copy.texts):
            drawn = Drawn(iter(made.tables), iter(made.charts), self.pictures)
            blocks: list[_Element] = []
            for block in part.blocks:
                blocks += self._block(block, look, drawn, width)
            if place and blocks:
                _on_new_page(blocks[0])
            found += blocks
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
        made = _parsed(block_xml(block, drawn, lines=lines))
        for one in made:
            if one.tag == f"{W}tbl":
                _scale(one, min(1.0, width / WIDTH))
        return made

    def _title_lines(self, block: Block, width: float) -> str:
        assert isinstance(block, Paragraph)
        chain = self.fonts.chain(Face.TITLE)
        return "\n".join(break_title(block.text, width, lambda text: chain.width(text, 22.0)))

    def _signature(self, block: Signature) -> list[_Element]:
        """What of name and date has no place of its own."""
        has_name, has_date = Place.SIGNED in self.places, Place.DATED in self.places
        if has_name and has_date:
            return []
        if not has_name and not has_date:
            return _parsed(block_xml(block, _nothing()))
        text = block.date if has_name else block.name
        return _parsed(block_xml(Paragraph(Role.NUMBER, text), _nothing()))

    # Annexes -----------------------------------------------------------------------------------------------------

    def _annexes(self, holder: _Element, end: _Element, copy: _Copy, before: _Element | None) -> _Element:
        """Sections of their own before an element of the text, or at its end; gives the section the text ends with."""
        page = copy.tables[0].document.page
        turned = self._turned_section(section(page), headers_and_footers(page))
        elements: list[_Element] = []
        for place, layout in enumerate(copy.tables):
            elements += _parsed(table_parts(layout, self.job, begins_page=place > 0))
        top = _top(holder, before) if before is not None else None
        if top is None or all(_is_empty(one) for one in [top, *top.itersiblings()]):
            if top is not None:
                for one in [top, *list(top.itersiblings())]:
                    holder.remove(one)
            _close(holder, end)
            holder.extend(elements)
            return turned
        at = list(holder).index(top)
        rest = [found for one in list(holder)[at:] for found in one.iter(f"{W}sectPr")]
        closing = deepcopy(rest[0] if rest else end)
        front = holder.makeelement(f"{W}body")
        front.extend(list(holder)[:at])
        _close(front, closing)
        front.extend(elements)
        _close(front, turned, is_apart=True)
        for one in reversed(list(front)):
            holder.insert(0, one)
        follows = rest[0] if rest else end
        _without(follows, "titlePg", "type", "pgNumType")
        kind = follows.makeelement(f"{W}type")
        kind.set(f"{W}val", "evenPage")
        references = follows.findall(f"{W}headerReference") + follows.findall(f"{W}footerReference")
        follows.insert(len(references), kind)
        return end

    def _turned_section(self, xml: str, parts: Mapping[str, str]) -> _Element:
        """The section of turned pages with its headers and footers in the package."""
        for name, text in parts.items():
            stem = name.removesuffix(".xml")
            if stem not in self.turned:
                kind = stem.rstrip("0123456789")
                self.turned[stem] = self.package.add_edge(kind, f"{kind}Turned{stem[-1]}", text.encode())
        (made,) = _parsed([xml])
        for reference in (*made.iter(f"{W}headerReference"), *made.iter(f"{W}footerReference")):
            reference.set(f"{R}id", self.turned[reference.get(f"{R}id", "")])
        return made

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


def _parsed(xml: Iterable[str]) -> list[_Element]:
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


def _instead(paragraph: _Element, new: list[_Element]) -> None:
    """Elements in the place of a paragraph; the section that ends in it ends in the last of them."""
    parent = paragraph.getparent()
    assert parent is not None
    ends = paragraph.find(f"{W}pPr/{W}sectPr")
    if ends is not None or (not new and not _may_go(paragraph)):
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


def _may_go(paragraph: _Element) -> bool:
    """Whether a paragraph may be taken away: it ends no section, and its cell or box has another one."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    siblings = [one for one in parent if one.tag in (f"{W}p", f"{W}tbl") and one is not paragraph]
    return bool(siblings) and (siblings[-1].tag == f"{W}p" or parent.tag == f"{W}body")


def _close(holder: _Element, end: _Element, *, is_apart: bool = False) -> None:
    """End the section of all that is in the holder; ``is_apart``: in a paragraph of its own, as high as nothing."""
    last = holder[-1] if len(holder) else None
    if is_apart or last is None or last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        (last,) = _parsed(
            ['<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>']
        )
        holder.append(last)
    properties = last.find(f"{W}pPr")
    if properties is None:
        properties = last.makeelement(f"{W}pPr")
        last.insert(0, properties)
    changes = properties.find(f"{W}pPrChange")
    properties.insert(len(properties) if changes is None else list(properties).index(changes), end)


def _top(holder: _Element, inside: _Element) -> _Element:
    """The element right under the holder that something stands in."""
    while inside.getparent() is not holder:
        parent = inside.getparent()
        assert parent is not None
        inside = parent
    return inside


def _has_any(root: _Element, places: Iterable[Place]) -> bool:
    wanted = set(places)
    return any(
        own_places.place_of(word) in wanted
        for paragraph in own_places.paragraphs(root)
        for word in own_places.names_in(paragraph)
    )


def _is_empty(element: _Element) -> bool:
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


def _begin_anew(first: _Element, *, is_first: bool) -> None:
    """Each of many letters is numbered from page 1 and begins a page."""
    _without(first, "pgNumType", *(() if is_first else ("type",)))
    number = first.makeelement(f"{W}pgNumType")
    number.set(f"{W}start", "1")
    before = [one for one in first if one.tag.removeprefix(W) in _BEFORE_NUMBER]
    first.insert(list(first).index(before[-1]) + 1 if before else 0, number)


_BEFORE_NUMBER = frozenset(
    {"headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
     "lnNumType"}
)  # fmt: skip
"""What stands before the page number in a section, by the schema."""


def _without(of: _Element, *tags: str) -> None:
    for tag in tags:
        for one in of.findall(f"{W}{tag}"):
            of.remove(one)


def _on_new_page(element: _Element) -> None:
    properties = element.find(f"{W}pPr")
    if element.tag == f"{W}p" and properties is not None:
        put(properties, "pageBreakBefore", {})


def _scale(table: _Element, factor: float) -> None:
    """Make a table as much narrower as the text of the template is."""
    if factor >= 1:
        return
    for tag in ("tblW", "gridCol", "tcW"):
        for one in table.iter(f"{W}{tag}"):
            one.set(f"{W}w", str(round(int(one.get(f"{W}w", "0")) * factor)))


def _renumber(body: _Element) -> None:
    """Drawings are numbered anew and bookmarks are named once: a template that is filled often has them many times."""
    for number, one in enumerate(
        body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"), 1
    ):
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
