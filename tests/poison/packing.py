"""Zips, workbooks and documents put together by hand, so that every byte can be wrong on purpose."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}</Types>'
)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TITLES = ("序号", "重点任务", "具体措施", "责任单位", "完成时限", "进展情况")
"""A header that every reader of tables knows."""


def packed(parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """(type's last word, target, more attributes) each."""
    each = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}" {more}/>'
        for at, (kind, target, more) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELS}">{each}</Relationships>'


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(more: str = "") -> str:
    """A header, a line, and what is put behind."""
    head = "".join(cell(f"{letter}1", title) for letter, title in zip("ABCDEF", TITLES, strict=True))
    line = "".join(
        cell(f"{letter}2", text)
        for letter, text in zip("ABCDE", ("1", "加强培训", "组织轮训。", "财政局", "2024年底前"), strict=True)
    )
    return f'<row r="1">{head}</row><row r="2">{line}</row>{more}'


def sheet(inside: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{inside}</sheetData>{after}</worksheet>'


def workbook(changed: dict[str, bytes | str] | None = None, *, count: int = 1, book: str = "") -> bytes:
    """An .xlsx of one sheet (or of ``count`` with the same part), with parts changed or added."""
    sheets = "".join(f'<sheet name="表{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, count + 1))
    types = (
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET}sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}styles+xml"/>'
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(types),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{book}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml", ""),
            ("sharedStrings", "sharedStrings.xml", ""),
            ("styles", "styles.xml", ""),
        ),
        "xl/worksheets/sheet1.xml": sheet(rows()),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
    }
    return packed(parts | (changed or {}))


def of_sheet(more: str, after: str = "") -> bytes:
    """An .xlsx whose sheet has more rows, or something behind them."""
    return workbook({"xl/worksheets/sheet1.xml": sheet(rows(more), after)})


def document(body: str, changed: dict[str, bytes | str] | None = None) -> bytes:
    """A .docx with this body."""
    types = f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT}"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(types),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>',
    }
    return packed(parts | (changed or {}))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def png(width: int, height: int, data: bytes = b"", bits: int = 8, kind: int = 2) -> bytes:
    """A PNG that says it has this size; ``data``: its packed pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf(objects: dict[int, bytes], *, root: int = 1, trailer: bytes = b"", size: int | None = None) -> bytes:
    """A PDF of numbered objects with a right table of their places."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    most = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % most
    out += b"".join(
        b"%010d 00000 n \n" % places[at] if at in places else b"0000000000 65535 f \n" for at in range(1, most)
    )
    out += b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size or most, root, trailer, start)
    return bytes(out)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (head, len(data), data)


def page(content: bytes, *, more: bytes = b"", box: bytes = b"[0 0 595 842]", **objects: bytes) -> bytes:
    """A PDF of one page; ``objects`` o5, o6 … are further ones."""
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox %b/Contents 4 0 R/Resources<<%b>>>>" % (box, more),
        4: stream(content),
    }
    return pdf(made | {int(name[1:]): body for name, body in objects.items()})
