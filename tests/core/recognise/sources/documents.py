"""Documents that the tests make themselves; the words are those of no real plan."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core.job import Job
from core.recognise.blocks import Block, Paragraph, Source, Table
from core.recognise.sources import read_source

FONT = Path(__file__).parents[4] / "resources" / "fonts" / "TaizhangHei.ttf"
ROWS = (
    ("序号", "重点任务", "具体措施", "责任单位", "完成时限"),
    ("1", "（一）加强培训", "每年组织一次集中培训，覆盖全体执法人员。", "司法局、各乡镇", "2024年6月底前"),
    ("2", "", "编写办案手册，印发到每一个执法单位和每一名执法人员手中。", "司法局", "长期坚持"),
    ("3", "（二）规范检查", "推行检查计划备案，减少重复检查。", "各行政执法单位", "2025年底前"),
)
WIDTHS = (30.0, 80.0, 180.0, 90.0, 90.0)


def read(path: Path) -> Source:
    return read_source(path, Job())


def table(source: Source, at: int = 0) -> Table:
    return [block for block in source.blocks if isinstance(block, Table)][at]


def paragraphs(source: Source) -> list[Paragraph]:
    return [block for block in source.blocks if isinstance(block, Paragraph)]


def texts(block: Block) -> list[list[str | None]]:
    assert isinstance(block, Table)
    return [[None if cell is None else cell.text for cell in row] for row in block.rows]


def printed(source: Source) -> list[str]:
    return [each.number + each.text for each in paragraphs(source)]


# --- Word ----------------------------------------------------------------------------------------


def xml(text: str):
    """An element given as <w:…>…</w:…>, its namespace put in."""
    return parse_xml(text.replace(">", f" {nsdecls('w')}>", 1))


def save_docx(path: Path, change: Callable | None = None) -> Path:
    document = Document()
    if change is not None:
        change(document)
    document.save(path)
    return path


def numbered_docx(path: Path, levels: str, uses: Sequence[tuple[int, int, str]], nums: str = "") -> Path:
    """A document of numbered paragraphs: (list, level, text); ``nums`` adds lists to the first one."""
    document = Document()
    numbering = document.part.numbering_part.element
    for each in list(numbering):
        numbering.remove(each)
    numbering.append(xml(f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'))
    for each in ['<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>', *([nums] if nums else [])]:
        numbering.append(xml(each))
    for number, level, text in uses:
        paragraph = document.add_paragraph(text)
        if number:
            properties = paragraph._p.get_or_add_pPr()
            inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
            properties.append(xml(f"<w:numPr>{inner}</w:numPr>"))
    document.save(path)
    return path


def level(at: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def body_docx(path: Path, body: str) -> Path:
    """A document whose body is given as WordprocessingML."""
    document = Document()
    element = document.element.body
    wrapped = xml(f"<w:body>{body}</w:body>")
    for at, each in enumerate(list(wrapped)):
        element.insert(at, each)
    document.save(path)
    return path


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def changed_package(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """The same package with parts replaced, added, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = changes.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name in set(changes) - set(old.namelist()):
            if changes[name] is not None:
                new.writestr(name, changes[name] or b"")
    return target


# --- PDF -----------------------------------------------------------------------------------------


class Pdf:
    """A page to draw on, from the upper left corner."""

    def __init__(self, size: tuple[float, float] = A4, **options) -> None:
        self.buffer = io.BytesIO()
        if "Test" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("Test", str(FONT)))
        self.canvas = Canvas(self.buffer, pagesize=size, **options)
        self.size = size

    def text(self, x: float, y: float, text: str, size: float = 12.0) -> None:
        self.canvas.setFont("Test", size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def lines(self, x: float, y: float, lines: Iterable[str], size: float = 12.0, pitch: float = 18.0) -> None:
        for at, line in enumerate(lines):
            self.text(x, y + at * pitch, line, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def page(self) -> None:
        self.canvas.showPage()

    def save(self, path: Path) -> Path:
        self.canvas.save()
        path.write_bytes(self.buffer.getvalue())
        return path

    def table(
        self, x: float, y: float, rows: Sequence[Sequence[str | None]], widths: Sequence[float] = WIDTHS
    ) -> float:
        """Draw a ruled table with wrapped cells; None goes on with the cell above. Gives the foot."""
        size, pitch = 10.0, 14.0
        lefts = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
        top = y
        for at, row in enumerate(rows):
            wrapped = [_wrapped(cell or "", width - 8, size) for cell, width in zip(row, widths, strict=True)]
            height = max(map(len, wrapped)) * pitch + 8
            for column, lines in enumerate(wrapped):
                self.lines(lefts[column] + 4, top + 14, lines, size, pitch)
                if row[column] is not None:
                    self.line(lefts[column], top, lefts[column + 1], top)
            for left in lefts:
                self.line(left, top, left, top + height)
            top += height
            if at == len(rows) - 1:
                self.line(lefts[0], top, lefts[-1], top)
        return top


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for sign in text:
        line = lines[-1] + sign
        if sum(size if ord(each) > 0x2000 else size * 0.56 for each in line) > width:
            lines.append(sign)
        else:
            lines[-1] = line
    return lines


def merged_rows() -> list[list[str | None]]:
    return [
        [cell or None if column == 1 and at else cell for column, cell in enumerate(row)] for at, row in enumerate(ROWS)
    ]


def table_pdf(path: Path, pages: int = 1, size: tuple[float, float] = A4) -> Path:
    pdf = Pdf(size)
    for number in range(1, pages + 1):
        pdf.text(200, 60, "任务分解表", 16)
        pdf.table(60, 90, merged_rows())
        pdf.text(280, size[1] - 40, f"— {number} —", 10)
        pdf.page()
    return pdf.save(path)


LANDSCAPE = landscape(A4)
