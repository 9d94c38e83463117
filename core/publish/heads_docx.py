"""红头 and 版记 as parts of a Word document: paragraphs of the text, and a table at the foot of the page."""

from __future__ import annotations

from collections.abc import Iterator

from core.publish.fonts import Face
from core.publish.layout import GRID, MM
from core.publish.ooxml import ASIAN, mm_twips, run, run_properties, twips
from core.publish.text_document import LEFT, Imprint
from core.publish.text_layout import (
    BODY_SIZE,
    IMPRINT_PITCH,
    IMPRINT_SIZE,
    MARK_TOP,
    RED_LINE_GAP,
    SIGNER,
    WIDTH,
    LaidImprint,
    LaidRedHead,
)

_RED = "CC0000"
_LINE = 28.95
"""The line pitch of ``write_text_docx``."""
_COPIES = "抄送："
_BORDERS = (("top", 8), ("insideH", 6), ("bottom", 8))
"""0.35 mm, 0.25 mm and 0.35 mm in eighths of a point (GB/T 9704-2012 §7.4.1)."""


def red_head_xml(red: LaidRedHead) -> Iterator[str]:
    """The paragraphs over the title: the place of 份号 and 密级, the mark, the 发文字号 over its red line.

    The first is a blank line as high as what stands over the mark: programs drop a blank above at the head of a page.
    """
    yield _paragraph("", line=MARK_TOP * MM)
    mark = ""
    if red.head.is_drawn:
        properties = run_properties(Face.TITLE.value, red.size)
        scale = f'<w:w w:val="{int(red.scale * 100)}"/>' if red.scale < 1 else ""
        properties = properties.replace("<w:sz ", f'<w:color w:val="{_RED}"/>{scale}<w:sz ')
        mark = run(red.head.mark, properties)
    yield _paragraph(mark, line=red.size, align="center")
    yield from (_paragraph("", line=_LINE) for _ in range(2))
    border = ""
    if red.head.is_drawn:
        space = round(RED_LINE_GAP * MM - (GRID - BODY_SIZE) / 2)
        border = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{space}" w:color="{_RED}"/></w:pBdr>'
    number = run(red.head.number, run_properties(Face.BODY.value, BODY_SIZE))
    if red.head.signer is None:
        yield _paragraph(number, line=_LINE, align="center", border=border)
    else:
        yield _with_signer(number, red.head.signer, border)
    yield _paragraph("", line=_LINE)
    yield _paragraph("", line=_LINE + RED_LINE_GAP * MM - (GRID - BODY_SIZE) / 2)


def _with_signer(number: str, signer: str, border: str) -> str:
    """发文字号 at the left, 签发人 at the right edge, one character from both (§7.2.5, §7.2.6)."""
    label, name = (
        run(SIGNER, run_properties(Face.BODY.value, BODY_SIZE)),
        run(signer, run_properties(Face.KAI.value, BODY_SIZE)),
    )
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(WIDTH - BODY_SIZE)}"/></w:tabs>'
    found = _paragraph(f"{number}<w:r><w:tab/></w:r>{label}{name}", line=_LINE, border=border + tab)
    # an indent of the paragraph would make the rule under it shorter, so the blank is a character
    blank = run("　", run_properties(Face.BODY.value, BODY_SIZE))
    return found.replace("</w:pPr>", f"</w:pPr>{blank}", 1)


def imprint_xml(imprint: Imprint, laid: LaidImprint) -> str:
    """A table at the foot of the text area whatever is over it.

    Its place across is reckoned from the sheet: LibreOffice does not let a table float that is as wide as the margins
    it is reckoned from.
    """
    width = twips(WIDTH)
    printed = twips((len(imprint.printed) + 2) * IMPRINT_SIZE)
    grid = (width - printed, printed)
    rows = []
    if imprint.copies:
        copies = f"{_COPIES}{imprint.copies.rstrip('。')}。"
        rows.append(_row([(_words(copies, hanging=len(_COPIES)), width, 2)], sum(laid.inner) or laid.height))
    if imprint.is_ruled:
        cells = [(_words(imprint.printer), grid[0], 1), (_words(imprint.printed, align="right"), grid[1], 1)]
        rows.append(_row(cells, laid.height - sum(laid.inner)))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in _BORDERS
    )
    bordered = f"<w:tblBorders>{borders}</w:tblBorders>" if imprint.is_ruled else ""
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in grid)
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{mm_twips(LEFT)}" w:tblpYSpec="bottom"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'{bordered}<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[tuple[str, int, int]], height: float) -> str:
    """Cells as (paragraph, width in twips, columns)."""
    inner = ""
    for words, width, span in cells:
        grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        inner += (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}<w:vAlign w:val="center"/></w:tcPr>{words}</w:tc>'
        )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/></w:trPr>{inner}</w:tr>'


def _words(text: str, *, align: str = "left", hanging: int = 0) -> str:
    """One character from both edges; ``hanging``: the characters under which a second line does not go."""
    content = run(text, run_properties(Face.BODY.value, IMPRINT_SIZE))
    return _paragraph(content, line=IMPRINT_PITCH, align=align, inset=IMPRINT_SIZE, hanging=hanging * IMPRINT_SIZE)


def _paragraph(
    content: str, *, line: float, align: str = "left", border: str = "", inset: float = 0.0, hanging: float = 0.0
) -> str:
    left, right = twips(inset + hanging), twips(inset)
    indent = f'<w:ind w:left="{left}" w:right="{right}" w:hanging="{twips(hanging)}"/>' if inset else ""
    return (
        f"<w:p><w:pPr>{border}{ASIAN}"
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(line)}" w:lineRule="exact"/>{indent}'
        f'<w:jc w:val="{align}"/></w:pPr>{content}</w:p>'
    )
