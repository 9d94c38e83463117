"""A laid out text as DOCX, for going on working with it: paragraphs flow, headings are real, annexes are sections.

Lines are 28.95 pt, not 28.99: 22 of them must fit into 225 mm in whole twips. 3号 is set 0.25 pt closer, not 0.21,
for the same reason; lines are justified, so that the characters stand 15.79 pt apart all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from core.job import Job
from core.publish.chart import in_words
from core.publish.chart_layout import LaidChart
from core.publish.fonts import Face, machine_fonts
from core.publish.heads_docx import imprint_xml, red_head_xml
from core.publish.layout import GRID, MM, PAGE_NUMBER_SIZE, Layout
from core.publish.ooxml import (
    ASIAN,
    DECLARATION,
    NAMESPACES,
    mm_twips,
    package,
    page_field,
    picture,
    run,
    run_properties,
    settings,
    styles,
    twips,
)
from core.publish.text_document import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    STYLES,
    TOP,
    Blank,
    Block,
    Graph,
    Paragraph,
    Role,
    Signature,
    Style,
    TextPart,
    TextTable,
    end_of_text,
)
from core.publish.text_layout import (
    BODY_SIZE,
    CELL,
    FOOT_RULE,
    HEAD_GAP,
    HEAD_TOP,
    HEIGHT,
    NOTE_LINE,
    RULE_WIDTH,
    Head,
    LaidDocument,
    LaidImprint,
    LaidText,
)
from core.publish.text_setting import SHORT, signature_lines
from core.publish.text_table import first_stays
from core.publish.write_docx import headers_and_footers, rows_xml, section, table, table_parts
from core.publish.write_pdf import NUMBER_GAP

_LINE = 28.95
"""Line pitch in pt: the standard's 28.99 in whole twips, rounded so that 22 lines fit."""
_CLOSER = -5
"""In twips."""
_TINY = 1.0
_NUMBER_LINE, _NUMBER_DASH = 20.0, 10.7
"""Height of the page number's line and from its top to the middle of its dashes, in pt."""
_ABOVE_NUMBER = 8.5
"""Blank between the text area and the line of the page number, in pt, a little less than it is."""
_RED = '<w:color w:val="CC0000"/>'
_STYLE_IDS = {Role.TITLE: "1", Role.HEADING_1: "2", Role.HEADING_2: "3", Role.HEADING_3: "4"}


class _Place(NamedTuple):
    """Where a paragraph stands: indents of its first line, its left and its right in pt."""

    first: float = 0.0
    left: float = 0.0
    right: float = 0.0


def text_docx_bytes(laid: LaidDocument, job: Job) -> bytes:
    """The whole document; the same layout gives the same bytes.

    Raises Cancelled when the job is cancelled.
    """
    body: list[str] = []
    parts: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    layouts = [part for part in laid.parts if isinstance(part, Layout)]
    if layouts:
        parts.update(headers_and_footers(layouts[0].document.page))
    head = next((part.head for part in laid.parts if isinstance(part, LaidText) and part.head), None)
    parts.update(_text_parts(head))
    has_imprint_page = laid.imprint is not None and laid.imprint.own_page
    imprint = imprint_xml(laid.document.imprint, laid.imprint) if laid.document.imprint and laid.imprint else None
    for place, (part, made) in enumerate(zip(laid.document.parts, laid.parts, strict=True)):
        job.step(place, len(laid.parts), f"正在生成 Word 第{place + 1}部分")
        is_last = place == len(laid.parts) - 1 and not has_imprint_page
        if isinstance(made, Layout) or not isinstance(part, TextPart):
            body.extend(_annex(laid, place, job, is_end=is_last))
            continue
        found = list(_blocks(part, made, pictures))
        if is_last and imprint is not None:
            _put_imprint(found, imprint)
        if part.imprint is not None and made.imprint is not None:
            _put_imprint(found, imprint_xml(part.imprint, made.imprint), has_own_page=made.imprint.own_page)
        end = _section(made)
        if laid.document.on_sheets and made.restarts and place:
            end = end.replace("<w:pgSz ", '<w:type w:val="oddPage"/><w:pgSz ', 1)
        body.extend(found if is_last else _closed(found, end))
        if is_last:
            body.append(end)
    if has_imprint_page and laid.imprint is not None and imprint is not None:
        body.extend(_imprint_page(imprint, laid.imprint))
    parts = {"styles.xml": _styles(), "settings.xml": settings(), **parts}
    return package(laid.document.title, "".join(body), parts, pictures)


# Sections -----------------------------------------------------------------------------------------------------


def _imprint_page(imprint: str, laid: LaidImprint) -> Iterator[str]:
    """The page of a 版记, which programs keep an even one; behind a blank page it has no number (§7.5).

    The blank page stands there itself: LibreOffice leaves those out of a PDF that a section would bring along.
    """
    tiny = _paragraph("", line=_TINY)
    yield tiny  # without one before it, LibreOffice takes no new page for a table that floats
    end = _section(LaidText((), ()))
    if laid.after_blank:
        yield _on_new_page(tiny)
        end = end.replace("footer3", "footer6").replace("footer4", "footer6")
    else:
        end = end.replace("footer3", "footer7").replace("footer4", "footer7")
        end = end.replace("<w:pgSz ", '<w:type w:val="evenPage"/><w:pgSz ')
    yield from (imprint, tiny, end)


def _put_imprint(found: list[str], imprint: str, *, has_own_page: bool = False) -> None:
    """版记 behind the paragraphs of a text: on the page of the last one, or on a page more.

    The paragraph that it belongs to is one of its own: LibreOffice would set the date without its indent.
    """
    tiny = _paragraph("", line=_TINY)
    if has_own_page:
        found.append(_on_new_page(tiny) if found else tiny)
    found += [imprint, tiny]


def _annex(laid: LaidDocument, place: int, job: Job, *, is_end: bool) -> Iterator[str]:
    """The paragraphs and tables of an annex; the last of several in a row closes their section.

    ``is_end``: the document ends with it.
    """
    made = laid.parts[place]
    follows = isinstance(laid.parts[place - 1], Layout) if place else False
    if not isinstance(made, Layout):
        return
    yield from table_parts(made, job, begins_page=follows)
    rest = laid.parts[place + 1 :]
    end = section(made.document.page)
    if is_end:
        yield _paragraph("", line=_TINY)
        yield end
    elif not rest or not isinstance(rest[0], Layout):
        yield _paragraph("", line=_TINY, extra=end)


def _closed(found: list[str], end: str) -> list[str]:
    """The paragraphs with the end of their section in the last one."""
    if found and found[-1].endswith("</w:p>"):
        last = found[-1]
        cut = last.rindex("</w:pPr>")
        return [*found[:-1], last[:cut] + end + last[cut:]]
    return [*found, _paragraph("", line=_TINY, extra=end)]


def _section(made: LaidText) -> str:
    references = "".join(
        f'<w:{kind}Reference w:type="{when}" r:id="{kind}{number}"/>'
        for when, number in (("default", 3), ("even", 4))
        for kind in ("header", "footer")
    )
    first = ""
    if made.head:
        references += (
            '<w:headerReference w:type="first" r:id="header5"/><w:footerReference w:type="first" r:id="footer5"/>'
        )
        first = "<w:titlePg/>"
    start = '<w:pgNumType w:start="1"/>' if made.restarts else ""
    above = HEAD_TOP if made.head else 15.0
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{mm_twips(PAGE_WIDTH)}" w:h="{mm_twips(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{mm_twips(TOP)}" w:right="{mm_twips(RIGHT)}" w:bottom="{mm_twips(BOTTOM)}" '
        f'w:left="{mm_twips(LEFT)}" w:header="{mm_twips(above)}" w:footer="{mm_twips(FOOT_RULE)}" '
        f'w:gutter="0"/>{start}{first}</w:sectPr>'
    )


def _text_parts(head: Head | None) -> dict[str, str]:
    """Headers and footers of portrait pages: 3 odd, 4 even, 5 the first page of a letter."""
    number = page_field(run_properties(Face.SONG.value, PAGE_NUMBER_SIZE))
    odd = _paragraph(number, line=_NUMBER_LINE, align="right", place=_Place(right=PAGE_NUMBER_SIZE))
    even = _paragraph(number, line=_NUMBER_LINE, align="left", place=_Place(left=PAGE_NUMBER_SIZE))
    below = (BOTTOM - NUMBER_GAP - FOOT_RULE) * MM - (_NUMBER_LINE - _NUMBER_DASH)
    odd, even = (number_line + _paragraph("", line=below) for number_line in (odd, even))
    empty = _paragraph("", line=_TINY)
    inner = {"header3": empty, "header4": empty, "footer3": odd, "footer4": even}
    # 6 and 7: the page of a 版记, without a number and with one; LibreOffice forgets what is between text and footer
    # where a section begins on an even page, so that blank is part of the footer there
    inner |= {"footer6": empty, "footer7": _paragraph("", line=_ABOVE_NUMBER) + even}
    if head is not None:
        inner["header5"], inner["footer5"] = _letterhead(head), _letter_foot()
    return {
        f"{name}.xml": f"{DECLARATION}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
        for name, content in inner.items()
        for tag in ("hdr" if name.startswith("header") else "ftr",)
    }


def _letterhead(head: Head) -> str:
    """The issuer over its double rule; a blank paragraph under it puts the text where it begins."""
    properties = run_properties(Face.TITLE.value, head.size).replace("<w:sz ", f"{_RED}<w:sz ")
    beyond = (RULE_WIDTH - PAGE_WIDTH) / 2 * MM
    place = _Place(left=LEFT * MM * -1 - beyond, right=RIGHT * MM * -1 - beyond)
    border = _rule("bottom", "thickThinSmallGap", HEAD_GAP * MM)
    issuer = _paragraph(
        run(head.letterhead.issuer, properties), line=head.size, align="center", place=place, border=border
    )
    gap = TOP * MM + head.below - head.rule
    return issuer + _paragraph("", line=max(gap, _TINY))


def _letter_foot() -> str:
    beyond = (RULE_WIDTH - PAGE_WIDTH) / 2 * MM
    place = _Place(left=LEFT * MM * -1 - beyond, right=RIGHT * MM * -1 - beyond)
    return _paragraph("", line=_TINY, place=place, border=_rule("top", "thinThickSmallGap", 0.0))


def _rule(side: str, kind: str, space: float) -> str:
    return f'<w:pBdr><w:{side} w:val="{kind}" w:sz="24" w:space="{round(space)}" w:color="CC0000"/></w:pBdr>'


# Blocks -------------------------------------------------------------------------------------------------------


def _blocks(part: TextPart, made: LaidText, pictures: dict[str, bytes]) -> Iterator[str]:
    """``pictures`` takes those of the charts."""
    drawn = Drawn(iter(made.tables), iter(made.charts), pictures)
    titles = "\n".join(line.text for line in made.pages[0].lines if line.face is Face.TITLE)
    blocks: list[Block] = list(part.blocks)
    if part.letterhead and part.letterhead.number:
        blocks = [Paragraph(Role.NUMBER, part.letterhead.number), Blank(2), *blocks]
    if made.red_head is not None:
        yield from red_head_xml(made.red_head)
    end = end_of_text(tuple(blocks))
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        stays = place >= end or isinstance(after, TextTable | Graph)
        is_title = isinstance(block, Paragraph) and block.role is Role.TITLE
        found = block_xml(block, drawn, stays=stays, lines=titles if is_title else None)
        yield from (_on_new_page(xml) for xml in found) if place == made.forced else found


def _on_new_page(paragraph: str) -> str:
    return paragraph.replace("<w:widowControl", "<w:pageBreakBefore/><w:widowControl", 1)


class Drawn(NamedTuple):
    """What of a part is laid out already, taken block by block; ``pictures`` takes those of the charts."""

    tables: Iterator[Layout]
    charts: Iterator[LaidChart]
    pictures: dict[str, bytes]


def block_xml(block: Block, drawn: Drawn, *, stays: bool = False, lines: str | None = None) -> Iterator[str]:
    """A block as paragraphs and tables; ``stays``: on the page of the next one, ``lines``: a title as it is broken."""
    if isinstance(block, Blank):
        yield from (_paragraph("", line=_LINE, stays=stays) for _ in range(block.lines))
    elif isinstance(block, Signature):
        yield from _signature(block)
    elif isinstance(block, TextTable):
        yield _small_table(next(drawn.tables))
        yield _paragraph("", line=_AFTER_TABLE)
    elif isinstance(block, Graph):
        yield _picture(next(drawn.charts), drawn.pictures)
    else:
        # a long paragraph that stays with the next one is moved to a new page as a whole by some programs
        yield _text(block, stays=stays and len(block.text) <= SHORT, lines=lines)


_AFTER_TABLE = 6.0


def _text(block: Paragraph, *, stays: bool, lines: str | None = None) -> str:
    """``lines``: a title as it is broken."""
    style = STYLES[block.role]
    place = _Place(first=style.first * CELL - style.left * CELL, left=style.left * CELL)
    return _paragraph(
        run(block.text if lines is None else lines, _properties(style)),
        line=NOTE_LINE if style.size < BODY_SIZE else _LINE,
        style=_STYLE_IDS.get(block.role, "a"),
        align=style.align,
        place=place,
        after=GRID if block.role is Role.TITLE else 0.0,
        stays=stays or style.level is not None,
    )


def _picture(chart: LaidChart, pictures: dict[str, bytes]) -> str:
    """A chart in a paragraph whose line is as high as it is."""
    from core.publish.chart_drawing import png_bytes

    number = len(pictures) + 1
    name = f"image{number}.png"
    pictures[name] = png_bytes(chart, machine_fonts())
    shown = picture(name, number=number, words=in_words(chart.chart), width=chart.width, height=chart.height)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="a"/>{ASIAN}<w:spacing w:before="0" w:after="{twips(_AFTER_TABLE)}" w:line="240"'
        f' w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>{shown}</w:p>'
    )


def _signature(block: Signature) -> Iterator[str]:
    properties = _properties(STYLES[Role.BODY])
    yield _paragraph("", line=_LINE, stays=True)
    lines = signature_lines(block)
    for place, (text, left) in enumerate(lines):
        # room beyond the edge: a word processor that sets digits wider would break the date
        room = _Place(left=left, right=-2 * CELL)
        yield _paragraph(run(text, properties), line=_LINE, place=room, stays=place < len(lines) - 1)


_PLAIN = '<w:pStyle w:val="a"/>'


def _small_table(layout: Layout) -> str:
    header = rows_xml(layout, layout.header, (layout.header_height,), is_header=True) if layout.header else ""
    page = layout.pages[0]
    rows = rows_xml(layout, page.cells, page.heights, is_header=False)
    if header and first_stays(page.heights, HEIGHT / 2):
        first = rows.index("</w:tr>")
        header, begin = (part.replace(_PLAIN, f"{_PLAIN}<w:keepNext/>") for part in (header, rows[:first]))
        rows = begin + rows[first:]
    return table(layout, header + rows)


def _properties(style: Style) -> str:
    properties = run_properties(style.face.value, style.size)
    if style.size != BODY_SIZE:
        return properties
    return properties.replace("<w:sz ", f'<w:spacing w:val="{_CLOSER}"/><w:sz ')


def _paragraph(
    content: str,
    *,
    line: float,
    style: str = "a",
    align: str = "left",
    place: _Place = _Place(),  # noqa: B008 - a constant
    after: float = 0.0,
    border: str = "",
    stays: bool = False,
    extra: str = "",
) -> str:
    first = f'w:firstLine="{twips(place.first)}"' if place.first >= 0 else f'w:hanging="{twips(-place.first)}"'
    indent = f'<w:ind w:left="{twips(place.left)}" w:right="{twips(place.right)}" {first}/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if stays else ""}<w:widowControl w:val="0"/>'
        f'{border}{ASIAN}<w:spacing w:before="0" w:after="{twips(after)}" w:line="{twips(line)}" w:lineRule="exact"/>'
        f'{indent}<w:jc w:val="{align}"/>{extra}</w:pPr>{content}</w:p>'
    )


def _styles() -> str:
    """The body's style and a heading style for each level."""
    title = STYLES[Role.TITLE]
    plain = styles(Face.BODY.value, BODY_SIZE, title.face.value, title.size)
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="heading {key}"/><w:basedOn w:val="a"/>'
        f'<w:next w:val="a"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="{int(key) - 1}"/></w:pPr>'
        f"{_properties(STYLES[role])}</w:style>"
        for role, key in _STYLE_IDS.items()
        if role is not Role.TITLE
    )
    return plain.replace("</w:styles>", f"{headings}</w:styles>")
