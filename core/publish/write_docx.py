"""A layout as DOCX, for going on working with it in Word or WPS.

One table a page, each with its header row, because that is what keeps a merged cell's text at the head of every
page in Word, WPS and LibreOffice alike: a vertical merge that runs over a page end shows its text only once, and
LibreOffice knows no page break inside a table. Where the clerk's changes make a table longer than its page, its
header row (tblHeader) is repeated and the next table still begins its own page.

Margins of turned pages (GB/T 9704-2012 §8): Word mirrors only left and right, so top and bottom are both 26 mm and
the header of odd pages and the footer of even pages are made 28 mm deep, which pushes the text there; this follows
the page when pages are added. The page number lies in a text box of the header, different on odd and even pages;
its place is reckoned in ``write_pdf``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.job import Job
from core.publish.breaking import HASH
from core.publish.description import Align, Margins, PageNumbers, PageSetup
from core.publish.fonts import Face
from core.publish.layout import (
    ANNEX_SIZE,
    GRID,
    HEAD_SIZE,
    MM,
    NOTE_PITCH,
    NOTE_SIZE,
    PAD_Y,
    PAGE_NUMBER_SIZE,
    TITLE_SIZE,
    Cell,
    Layout,
)
from core.publish.ooxml import (
    DECLARATION,
    NAMESPACES,
    mm_twips,
    package,
    page_field,
    paragraph,
    run,
    run_properties,
    settings,
    styles,
    turned_box,
    twips,
)

_LATIN, _ASCII = "Times New Roman", re.compile(r'(w:ascii|w:hAnsi)="[^"]*"')
_TINY = 1.0
"""Height in pt of the paragraphs that must stand between two tables."""
_PAD_X, _PAD_X_CENTERED = 1.5, 0.6
"""Blank beside the text in mm: less than the layout counts with, so that no program breaks a line earlier.

Centred cells need none to look at; LibreOffice sets a quarter of a blank between 2024 and 年, whatever the file says.
"""
_EDGE = 10.0
"""From the sheet's edge to header and footer, in mm."""
_NUMBER_GAP, _NUMBER_LINE = 7.0, 20.0
"""Page number: gap to the text area in mm (GB/T 9704-2012 §7.5), height of its line in pt."""
_NUMBER_DASH = 10.7
"""From the top of that line to the middle of its dashes, in pt."""
_BOX = 50.0
"""Length of the text box of the page number, in mm."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def docx_bytes(layouts: Sequence[Layout], job: Job) -> bytes:
    """The whole document: tables one after another, each on a new page; the same layouts give the same bytes.

    Raises Cancelled when the job is cancelled.
    """
    layout, document = layouts[0], layouts[0].document
    body: list[str] = []
    for one in layouts:
        body.extend(table_parts(one, job, begins_page=bool(body)))
    body.extend((paragraph("", line=_TINY), section(document.page)))
    parts = {
        "styles.xml": styles(Face.BODY.value, layout.type.size, Face.TITLE.value, TITLE_SIZE),
        "settings.xml": settings(),
        **headers_and_footers(document.page),
    }
    return package(document.title.replace("\n", ""), "".join(body), parts)


def table_parts(layout: Layout, job: Job, *, begins_page: bool) -> Iterator[str]:
    """The paragraphs and tables of one table document, for the body of a file.

    Raises Cancelled when the job is cancelled.
    """
    yield _head(layout, begins_page=begins_page)
    for index, page in enumerate(layout.pages):
        job.step(index, len(layout.pages), f"正在生成 Word 第{index + 1}页")
        if index:
            yield paragraph("", line=_TINY, begins_page=True)
        header = rows_xml(layout, layout.header, (layout.header_height,), is_header=True)
        yield table(layout, header + rows_xml(layout, page.cells, page.heights, is_header=False))


def _head(layout: Layout, *, begins_page: bool) -> str:
    document, parts = layout.document, []
    if begins_page:
        parts.append(paragraph("", line=_TINY, begins_page=True))
    if document.annex:
        mark = run(document.annex, run_properties(Face.HEAD.value, ANNEX_SIZE))
        parts += [paragraph(mark, line=GRID), paragraph("", line=GRID)]
    if layout.title:
        title = run("\n".join(layout.title), run_properties(Face.TITLE.value, TITLE_SIZE))
        blank = layout.head_height - layout.notes_height - (layout.title_line + len(layout.title)) * GRID
        parts.append(paragraph(title, line=GRID, style="1", align="center", after=blank))
    if document.notes:
        properties = run_properties(Face.BODY.value, NOTE_SIZE)
        parts += [paragraph(run(note, properties), line=NOTE_PITCH) for note in document.notes]
    return "".join(parts)


# Tables -------------------------------------------------------------------------------------------------------


def table(layout: Layout, rows: str) -> str:
    """A table of the layout's columns around rows of ``rows_xml``."""
    widths = _widths(layout)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    pad_x, pad_y = mm_twips(_PAD_X), twips(PAD_Y)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{pad_y}" w:type="dxa"/><w:left w:w="{pad_x}" w:type="dxa"/>'
        f'<w:bottom w:w="{pad_y}" w:type="dxa"/><w:right w:w="{pad_x}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(layout: Layout) -> list[int]:
    edges = [twips(edge) for edge in layout.edges]
    return [right - left for left, right in pairwise(edges)]


def rows_xml(layout: Layout, cells: tuple[Cell, ...], heights: tuple[float, ...], *, is_header: bool) -> str:
    """Some rows of cells; the rows of a header are repeated on each page."""
    widths = _widths(layout)
    by_row: list[list[Cell]] = [[] for _ in heights]
    for cell in cells:
        for row in range(cell.first_row, cell.last_row + 1):
            by_row[row].append(cell)
    face, size = (Face.HEAD, HEAD_SIZE) if is_header else (Face.BODY, layout.type.size)
    properties = run_properties(face.value, size)
    rows = []
    for row, height in enumerate(heights):
        inner = "".join(
            _cell(cell, row, sum(widths[cell.first_column : cell.last_column + 1]), properties, layout.type.pitch)
            for cell in sorted(by_row[row], key=lambda cell: cell.first_column)
        )
        header = "<w:tblHeader/>" if is_header else ""
        rows.append(
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>{header}</w:trPr>'
            f"{inner}</w:tr>"
        )
    return "".join(rows)


def _cell(cell: Cell, row: int, width: int, properties: str, pitch: float) -> str:
    is_first = row == cell.first_row
    span = cell.last_column - cell.first_column + 1
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merge = ""
    if cell.last_row > cell.first_row:
        merge = '<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>"
    align = "center" if cell.align is Align.CENTER else "left"
    if HASH.fullmatch(cell.text):
        properties = _in_latin(properties)
    text = run(cell.text, properties) if is_first and cell.text else ""
    vertical = "top" if cell.is_torn else "center"
    pad = mm_twips(_PAD_X_CENTERED)
    margins = (
        f'<w:tcMar><w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tcMar>'
        if cell.align is Align.CENTER
        else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merge}{margins}'
        f'<w:vAlign w:val="{vertical}"/></w:tcPr>'
        f"{paragraph(text, line=pitch, align=align)}</w:tc>"
    )


def _in_latin(properties: str) -> str:
    """A check sum in a face that every system has or knows a double of: another one would break its lines anew."""
    return _ASCII.sub(rf'\1="{_LATIN}"', properties)


# Section ------------------------------------------------------------------------------------------------------


def section(page: PageSetup) -> str:
    """The section of turned pages, its headers and footers by their names."""
    margins = page.odd
    shallow_top = min(page.odd.top, page.even.top)
    shallow_bottom = min(page.odd.bottom, page.even.bottom)
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="even" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        f'<w:pgSz w:w="{mm_twips(page.width)}" w:h="{mm_twips(page.height)}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{mm_twips(shallow_top)}" w:right="{mm_twips(margins.right)}" '
        f'w:bottom="{mm_twips(shallow_bottom)}" w:left="{mm_twips(margins.left)}" '
        f'w:header="{mm_twips(_EDGE)}" w:footer="{mm_twips(_EDGE)}" w:gutter="0"/></w:sectPr>'
    )


def headers_and_footers(page: PageSetup) -> dict[str, str]:
    """Headers and footers of turned pages, odd ones and even ones."""
    parts = {}
    for place, number in ((1, 1), (2, 2)):
        margins = page.margins(number)
        is_official = page.numbers is PageNumbers.OFFICIAL
        header = paragraph(_lying_number(page, number) if is_official else "", line=(margins.top - _EDGE) * MM)
        footer = paragraph("", line=(margins.bottom - _EDGE) * MM) if is_official else _plain_footer(margins)
        parts[f"header{place}.xml"] = f"{DECLARATION}<w:hdr {NAMESPACES}>{header}</w:hdr>"
        parts[f"footer{place}.xml"] = f"{DECLARATION}<w:ftr {NAMESPACES}>{footer}</w:ftr>"
    return parts


def _number_properties() -> str:
    return run_properties(Face.SONG.value, PAGE_NUMBER_SIZE)


def _plain_footer(margins: Margins) -> str:
    """The number upright in the middle, 7 mm below the text area; the rest of the footer is blank."""
    below = (margins.bottom - _EDGE - _NUMBER_GAP) * MM - _NUMBER_LINE
    gap = paragraph("", line=_NUMBER_GAP * MM)
    return gap + paragraph(page_field(_number_properties()), line=_NUMBER_LINE, align="center", after=max(below, 0.0))


def _lying_number(page: PageSetup, number: int) -> str:
    """The box at the left side, one character (14 pt) from a corner of the text area.

    On odd pages its line ends above the lower corner, on even pages it begins below the upper one.
    """
    margins = page.margins(number)
    right = margins.left - _NUMBER_GAP + _NUMBER_DASH / MM
    width = _NUMBER_LINE / MM
    indent = PAGE_NUMBER_SIZE / MM
    top = page.height - margins.bottom - indent - _BOX if number % 2 else margins.top + indent
    content = paragraph(page_field(_number_properties()), line=_NUMBER_LINE, align="right" if number % 2 else "left")
    return turned_box(content, number=number, left=right - width, top=top, width=width, height=_BOX)
