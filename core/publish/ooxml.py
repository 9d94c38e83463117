"""Small parts of a Word document as XML text, and the package around them.

The package is put together here instead of from python-docx's template, which brings 164 styles with theme fonts
(WPS reports them as 缺失字体), an English and Japanese language setting, a thumbnail and another program's name.
python-docx reads the result; the tests hold it to that. Lengths: mm and pt in, twips and EMU out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import groupby
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from core.publish.layout import MM

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EAST = re.compile(r'w:eastAsia="([^"]*)"')
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LAST_PLAIN = 0xFFFF
_WIDER_FACES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "宋体"}
_NUMBERED = re.compile(r"\d*\.xml$")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every part: a package says nothing about when it was made."""
_EMU = 36000
ASIAN = (
    '<w:kinsoku/><w:overflowPunct w:val="0"/><w:topLinePunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
)
"""Blanks between Chinese and digits, and marks hanging over the edge, would break lines otherwise than laid out.

On every paragraph: LibreOffice does not take it from a style.
"""


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def mm_twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return twips(mm * MM)


def run_properties(face: str, size: float) -> str:
    """Face and size of a run, the face for all scripts so that no theme font comes in."""
    name = quoteattr(face)
    half = round(size * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name} w:hint="eastAsia"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )


def run(text: str, properties: str) -> str:
    """A run of text, or some where characters are of another face (``face_for``); line feeds become breaks."""
    face = _EAST.search(properties)
    if face is None or _is_common(text):
        return _run(text, properties)
    pieces = groupby(text, key=lambda letter: face_for(letter, face[1]))
    return "".join(_run("".join(piece), properties.replace(face[0], f'w:eastAsia="{own}"')) for own, piece in pieces)


def _run(text: str, properties: str) -> str:
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{inner}</w:r>"


def face_for(letter: str, face: str) -> str:
    """The face a character is written in: another one where the official face lacks it.

    The GB2312 faces and 小标宋 have 6,763 characters, Windows' own 仿宋, 楷体 and 宋体 those of GBK; beyond are only the
    faces for names of persons and places. Programs pick one themselves, but not all of them, and not the same.
    """
    if not _IDEOGRAPH.match(letter) or _is_common(letter):
        return face
    if ord(letter) > _LAST_PLAIN:
        return "SimSun-ExtB"
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return "宋体"
    return _WIDER_FACES.get(face, face)


def _is_common(text: str) -> bool:
    """Whether all of it is in GB2312."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def page_field(properties: str) -> str:
    """The number of the page between dashes."""
    return "".join(
        (
            run("— ", properties),
            f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>',
            f'<w:r>{properties}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>',
            f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>',
            run("1", properties),
            f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>',
            run(" —", properties),
        )
    )


def paragraph(
    content: str,
    *,
    line: float,
    style: str = "a",
    align: str = "left",
    before: float = 0.0,
    after: float = 0.0,
    begins_page: bool = False,
) -> str:
    """A paragraph of exactly ``line`` pt a line, with ``before`` and ``after`` pt of blank."""
    page_break = "<w:pageBreakBefore/>" if begins_page else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page_break}{ASIAN}'
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{twips(line)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{content}</w:p>'
    )


def turned_box(content: str, *, number: int, left: float, top: float, width: float, height: float) -> str:
    """A run with a text box whose text runs from top to bottom, ``left`` and ``top`` mm from the edges of the sheet.

    Newer programs take the drawing, older ones the VML beside it.
    """
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    x, y, cx, cy = (round(value * _EMU) for value in (left, top, width, height))
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="页码{number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f'<wps:txbx>{inner}</wps:txbx><wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" '
        'bIns="0" anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing>"
    )
    place = (
        f"position:absolute;margin-left:{left * MM:.2f}pt;margin-top:{top * MM:.2f}pt;width:{width * MM:.2f}pt;"
        f"height:{height * MM:.2f}pt;z-index:1;mso-position-horizontal-relative:page;"
        "mso-position-vertical-relative:page"
    )
    old = (
        f'<w:pict><v:rect style="{place}" filled="f" stroked="f">'
        f'<v:textbox style="layout-flow:vertical" inset="0,0,0,0">{inner}</v:textbox></v:rect></w:pict>'
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def styles(face: str, size: float, title_face: str, title_size: float) -> str:
    """Body style and a real heading style, without any theme font."""
    body, title = run_properties(face, size), run_properties(title_face, title_size)
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>"
        f"{body.replace('</w:rPr>', language)}</w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{ASIAN}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{ASIAN}</w:pPr>{body}</w:style>"
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        f'<w:next w:val="a"/><w:qFormat/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{title}</w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="t"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>'
    )


def settings() -> str:
    """Different headers on odd and even pages, Chinese rules, the layout of Word 2013 and later."""
    compat = "http://schemas.microsoft.com/office/word"
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{compat}" w:val="15"/></w:compat></w:settings>'
    )


def picture(name: str, *, number: int, words: str, width: float, height: float) -> str:
    """A run with the picture ``name`` of the package in the line of text, ``width`` and ``height`` in pt.

    ``words``: what it shows, for those who cannot see it.
    """
    cx, cy = (round(points / MM * _EMU) for points in (width, height))
    frame = (
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
    shown = quoteattr(words)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="附图{number}" descr={shown}/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{name.partition(".")[0]}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f"<pic:spPr>{frame}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def package(
    title: str, document: str, parts: dict[str, str], pictures: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """The .docx: the document's body and the parts named in it; the title is its only property.

    ``pictures``: PNG files by name, as ``picture`` shows them.
    """
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations(
            [
                ("officeDocument", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
        ),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{document}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            [(name.removesuffix(".xml"), f"{_OFFICE}/relationships/{_kind(name)}", name) for name in parts]
            + [(name.partition(".")[0], f"{_OFFICE}/relationships/image", f"media/{name}") for name in pictures]
        ),
        **{f"word/{name}": text for name, text in parts.items()},
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
        for name, data in pictures.items():
            archive.writestr(zipfile.ZipInfo(f"word/media/{name}", _LONG_AGO), data)
    return buffer.getvalue()


def _kind(name: str) -> str:
    """What a part is: header1.xml is a header."""
    return _NUMBERED.sub("", name)


def _content_types(parts: dict[str, str]) -> str:
    types = f"{_PACKAGE}/content-types"
    own = [("/word/document.xml", f"{_WORD}.document.main+xml")]
    own += [(f"/word/{name}", f"{_WORD}.{_kind(name)}+xml") for name in parts]
    own += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in own)
    return (
        f'{DECLARATION}<Types xmlns="{types}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(relations: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
