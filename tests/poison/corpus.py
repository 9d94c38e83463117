"""The poison: files made to harm whoever reads them. Each is made when it is asked for; none lies in the repository.

``SECRET`` stands in a file beside them that some try to pull in; ``ADDRESS`` is one that some try to fetch.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.core.recognise.sources.test_bad_input import container
from tests.poison.packing import (
    MAIN,
    cell,
    document,
    of_sheet,
    packed,
    page,
    paragraph,
    pdf,
    png,
    relations,
    rows,
    sheet,
    stream,
    workbook,
)

SECRET = "不该读到的内容"
ADDRESS = "http://127.0.0.1:{port}/毒"
Maker = Callable[["Surroundings"], bytes]
CORPUS: dict[str, Maker] = {}
"""By file name."""


class Surroundings:
    """Where the secret lies, and the port on which somebody listens whether anything is fetched."""

    def __init__(self, secret: str = "/etc/hostname", port: int = 9) -> None:
        self.secret = f"file://{secret}"
        self.path = secret
        self.address = ADDRESS.format(port=port)


def poison(name: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        CORPUS[name] = maker
        return maker

    return keep


def plain(name: str, data: bytes) -> None:
    CORPUS[name] = lambda _: data


def made(name: str, maker: Callable[[], bytes]) -> None:
    CORPUS[name] = lambda _: maker()


# XML ---------------------------------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE z [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)
PARTS = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml")


def _laughing(part: str, head: str) -> bytes:
    good = dict(_parts(workbook()))
    return workbook({part: head + good[part].decode().replace("组织轮训。", "&j;")})


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from ((name, package.read(name)) for name in package.namelist())


for _part in PARTS:
    _word = _part.rsplit("/", 1)[-1].removesuffix(".xml").strip("[]")
    made(f"十亿笑 {_word}.xlsx", lambda part=_part: _laughing(part, LAUGHS))
    made(f"藏在后面的十亿笑 {_word}.xlsx", lambda part=_part: _laughing(part, f"<!--{'　' * 9000}-->{LAUGHS}"))
    made(f"双字节的十亿笑 {_word}.xlsx", lambda part=_part: workbook({
        part: ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + dict(_parts(workbook()))[part].decode()).encode("utf-16")
    }))  # fmt: skip


@poison("外部实体.xlsx")
def _entity(around: Surroundings) -> bytes:
    head = f'<!DOCTYPE z [<!ENTITY j SYSTEM "{around.secret}">]>'
    return workbook({"xl/worksheets/sheet1.xml": head + sheet(rows()).replace("组织轮训。", "&j;")})


@poison("外部实体 藏在后面.xlsx")
def _entity_behind(around: Surroundings) -> bytes:
    head = f'<!--{"x" * 9000}--><!DOCTYPE z [<!ENTITY j SYSTEM "{around.secret}">]>'
    return workbook({"xl/worksheets/sheet1.xml": head + sheet(rows()).replace("组织轮训。", "&j;")})


@poison("外部定义.docx")
def _remote_dtd(around: Surroundings) -> bytes:
    head = f'<!--{"x" * 9000}--><!DOCTYPE z SYSTEM "{around.address}">'
    return document("", {"word/document.xml": head + f"<w:document xmlns:w='w'>{paragraph('一')}</w:document>"})


@poison("嵌入.docx")
def _included(around: Surroundings) -> bytes:
    body = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{around.secret}" parse="text"/>' + paragraph(
        "一"
    )
    return document(body)


# Zips --------------------------------------------------------------------------------------------------------------


@poison("路径.zip")
def _paths(_: Surroundings) -> bytes:
    book = workbook()
    names = [
        "../../逃逸.xlsx", "/逃逸.xlsx", "C:\\逃逸.xlsx", "C:逃逸.xlsx", "\\\\server\\share\\逃逸.xlsx", "a/../../../逃逸.xlsx",
        "..\\..\\逃逸.xlsx", "CON.xlsx", "NUL", "aux.pdf", "尾点.xlsx.", "尾空 .xlsx ", "换\n行.xlsx", "零\x01一.xlsx", "..", ".",
        "a/" * 300 + "深.xlsx", "长" * 20_000 + ".xlsx", "同名.xlsx", "同名.XLSX", "~$锁.xlsx", "-o.xlsx", "$(id).xlsx", "a:b.xlsx",
    ]  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name
            package.writestr(info, book)
        for at, target in enumerate(("/etc/passwd", "../../../../etc/passwd", ".")):
            link = zipfile.ZipInfo(f"链接{at}.xlsx")
            link.create_system, link.external_attr = 3, 0o120777 << 16
            package.writestr(link, target)
    return out.getvalue()


def _nested(levels: int, inside: bytes, name: str = "里面.zip") -> bytes:
    for _ in range(levels):
        inside = packed({name: inside})
    return inside


made("炸弹套炸弹.zip", lambda: _nested(5, packed({f"{at}.xlsx": bytes(4 << 20) for at in range(8)})))
made("套三十层.zip", lambda: _nested(30, b"x"))
made("压得太紧.zip", lambda: packed({"大.xlsx": bytes(90 << 20)}))
made("很多压得紧的.zip", lambda: packed({f"{at}.xlsx": bytes(15 << 20) for at in range(40)}))


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for at in range(65_530):
            package.writestr(str(at), b"")
    return out.getvalue()


made("六万五千项.zip", _many)


def _lying() -> bytes:
    size = 80 << 20
    data = packed({"小.xlsx": b"PK\3\4" + bytes(size - 4)})
    return data.replace(struct.pack("<I", size), struct.pack("<I", 10))


made("大小说谎.zip", _lying)


def _overlapping() -> bytes:
    """Every entry of the directory points at the same packed megabytes."""
    one = packed({"a.xlsx": bytes(12 << 20)})
    start = one.index(b"PK\1\2")
    end = one.index(b"PK\5\6")
    entries = one[start:end] * 60
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 60, 60, len(entries), start, 0)
    return one[:start] + entries + tail


made("重叠.zip", _overlapping)
made("目录断了.zip", lambda: packed({"a.xlsx": workbook()})[:-30])
plain("只有目录尾.zip", struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, 4_000_000_000, 4_000_000_000, 0))

# Workbooks ---------------------------------------------------------------------------------------------------------

made("公式 DDE.xlsx", lambda: of_sheet(
    '<row r="3"><c r="A3"><f>cmd|\'/C calc\'!A0</f><v>2</v></c>'
    '<c r="B3" t="str"><f>WEBSERVICE("http://127.0.0.1/")</f><v>x</v></c>'
    + cell("C3", "=cmd|&apos;/C calc&apos;!A0") + cell("D3", "@SUM(A1)") + cell("E3", "+1+cmd") + "</row>"
))  # fmt: skip


@poison("外部链接.xlsx")
def _linked(around: Surroundings) -> bytes:
    rels = relations(
        ("worksheet", "worksheets/sheet1.xml", ""),
        ("externalLink", "externalLinks/externalLink1.xml", ""),
        ("worksheet", around.address, 'TargetMode="External"'),
    )
    return workbook({
        "xl/_rels/workbook.xml.rels": rels,
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="x" r:id="rId1"/></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("externalLinkPath", around.secret, 'TargetMode="External"')),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("image", around.address, 'TargetMode="External"'), ("drawing", "../../../../../etc/passwd", "")
        ),
    })  # fmt: skip


@poison("关系指到外面.xlsx")
def _outside(around: Surroundings) -> bytes:
    return workbook({"xl/_rels/workbook.xml.rels": relations(("worksheet", f"../../../../../..{around.path}", ""))})


made("关系绕圈.xlsx", lambda: workbook({
    "xl/_rels/workbook.xml.rels": relations(("worksheet", "workbook.xml", "")),
    "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../worksheets/sheet1.xml", "")),
}))  # fmt: skip
made(
    "一万六千列.xlsx",
    lambda: of_sheet("".join(f'<row r="{at}">{"<c><v>1</v></c>" * 16384}</row>' for at in range(3, 60))),
)
made("远角.xlsx", lambda: of_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
made("出界的格.xlsx", lambda: of_sheet(
    '<row r="0"><c r="A0"><v>1</v></c></row><row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>'
    '<row r="-1"><c r="A-1"><v>1</v></c></row>'
))  # fmt: skip
made(
    "百万行.xlsx",
    lambda: of_sheet("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(3, 700_000))),
)
made("共享串炸弹.xlsx", lambda: workbook({
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000">' + "<si><t/></si>" * 2_000_000 + "</sst>"
}))  # fmt: skip
made("一个长串.xlsx", lambda: of_sheet(f'<row r="3">{cell("A3", "长" * 10_000_000)}</row>'))
made(
    "共享串越界.xlsx",
    lambda: of_sheet('<row r="3"><c r="A3" t="s"><v>4294967295</v></c><c r="B3" t="s"><v>-1</v></c></row>'),
)
made("五千个表.xlsx", lambda: workbook(count=5000))
made("合并百万.xlsx", lambda: of_sheet("", "<mergeCells>" + "".join(
    f'<mergeCell ref="A{at}:C{at}"/>' for at in range(3, 300_000)) + '<mergeCell ref="A1:XFD1048576"/></mergeCells>'))  # fmt: skip
made(
    "合并反着.xlsx",
    lambda: of_sheet("", '<mergeCells><mergeCell ref="C5:A1"/><mergeCell ref="A1"/><mergeCell ref=""/></mergeCells>'),
)
made("名称互指.xlsx", lambda: workbook(book="<definedNames>" + "".join(
    f'<definedName name="n{at}">n{(at + 1) % 9000}</definedName>' for at in range(9000)) + "</definedNames>"))  # fmt: skip
made(
    "富文本很深.xlsx",
    lambda: of_sheet(f'<row r="3"><c r="A3" t="inlineStr">{"<is>" * 30_000}{"</is>" * 30_000}</c></row>'),
)
made("样式六万.xlsx", lambda: workbook({
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>' + "".join(
        f'<numFmt numFmtId="{at}" formatCode="{"[" * 300}"/>' for at in range(164, 8000)) + "</numFmts></styleSheet>"
}))  # fmt: skip
made("数字格式回溯.xlsx", lambda: workbook({
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="{"&quot;" * 40_001}"/></numFmts>'
    '<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
}))  # fmt: skip
made("巨图.xlsx", lambda: workbook({
    "xl/worksheets/sheet1.xml": sheet(rows(), '<drawing r:id="rId1"/>'),
    "xl/worksheets/_rels/sheet1.xml.rels": relations(("drawing", "../drawings/drawing1.xml", "")),
    "xl/drawings/drawing1.xml": (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col>'
        '<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="1" cy="1"/><xdr:pic>'
        '<xdr:nvPicPr><xdr:cNvPr id="1" name="a"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId1"/></xdr:blipFill>'
        "<xdr:spPr/></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    ),
    "xl/drawings/_rels/drawing1.xml.rels": relations(("image", "../media/image1.png", "")),
    "xl/media/image1.png": png(50_000, 50_000, zlib.compress(bytes(1 << 20))),
}))  # fmt: skip
made("宏.xlsm", lambda: workbook({"xl/vbaProject.bin": container(("VBA", b"Sub Auto_Open()"))}))


def _old_workbook(*records: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    return container(("Workbook", body))


_BEGIN = (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
made(
    "要八百五十八吉.xls", lambda: _old_workbook(_BEGIN, (0xFC, struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)), (0x0A, b""))
)
made(
    "散开.xls", lambda: _old_workbook(_BEGIN, (0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), (0x0A, b""))
)
made("边角.xls", lambda: _old_workbook(
    _BEGIN, (0x203, struct.pack("<HHHd", 0, 0, 0, 1)), (0x203, struct.pack("<HHHd", 65535, 255, 0, 1)), (0x0A, b"")
))  # fmt: skip
made("记录断了.xls", lambda: container(("Workbook", struct.pack("<HHH", 0x809, 65535, 1))))


def _looping() -> bytes:
    data = bytearray(container(("Workbook", bytes(9000))))
    data[512 + 8 : 512 + 12] = struct.pack("<I", 2)  # a sector whose next one is itself
    return bytes(data)


made("扇区绕圈.xls", _looping)

# Documents ---------------------------------------------------------------------------------------------------------


def _tables(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + paragraph("深") + "</w:tc></w:tr></w:tbl>" * levels


made("表套表八十层.docx", lambda: document(_tables(80)))
made("表套表三千层.docx", lambda: document(_tables(3000)))
made("横跨十亿列.docx", lambda: document(
    f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{paragraph("一")}</w:tc></w:tr>'
    f'<w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr><w:tc>{paragraph("二")}</w:tc></w:tr></w:tbl>'
))  # fmt: skip
made(
    "两千乘两千.docx",
    lambda: document("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 2000 + "</w:tr>") * 400 + "</w:tbl>"),
)
made("样式绕圈.docx", lambda: document(
    '<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>',
    {
        "word/styles.xml": '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>',
        "word/numbering.xml": '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:lvl w:ilvl="0"><w:start w:val="999999999999"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1%2%3%9%9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    },
))  # fmt: skip
made("三十万段.docx", lambda: document(paragraph("一、") * 300_000))
made("域套域.docx", lambda: document("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>"))


@poison("远程模板.docx")
def _template(around: Surroundings) -> bytes:
    field = f'<w:r><w:instrText>INCLUDETEXT "{around.secret}"</w:instrText></w:r>'
    return document(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{field}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        f'<w:altChunk r:id="rId2"/>{paragraph("一")}',
        {
            "word/_rels/document.xml.rels": relations(
                ("attachedTemplate", around.address, 'TargetMode="External"'),
                ("aFChunk", around.secret, 'TargetMode="External"'),
                ("image", around.address, 'TargetMode="External"'),
            )
        },
    )


# Text and pages ----------------------------------------------------------------------------------------------------

plain("空字节.csv", "序号,具体措施\n1,组织\0轮训\n".encode() + bytes(5000))
plain("全是空字节.txt", bytes(100_000))
plain("编码乱了.txt", "序号\t具体措施".encode("gb18030") + "组织轮训".encode() + b"\xff\xfe\xf8\x80" * 500)
plain("无头双字节.csv", "序号,具体措施\n1,组织轮训\n".encode("utf-16-le"))
plain("四字节.txt", "一、加强培训".encode("utf-32"))
made("一行.txt", ("甲" * 15_000_000).encode)
made("三百万行.txt", lambda: "\n".join("一" for _ in range(3_000_000)).encode())
made("括号.txt", ("（" * 200_000 + "一、" * 200_000).encode)
made("序号连着.txt", ("1." * 300_000 + "(1)" * 200_000 + "一二三四五六七八九十" * 50_000).encode)
made("顿号.txt", ("责任单位：" + "、" * 500_000 + "局、" * 200_000).encode)
made("日期.txt", ("2024年" * 200_000 + "底前" * 100_000 + "9" * 500_000 + "年").encode)
made("分隔符.txt", lambda: ("\t" * 200_000 + "\n" + "|" * 200_000 + "\n").encode() * 3)
made("很深.html", ("<table><tr><td>" * 60_000 + "深").encode)
made("跨度.html", "<table><tr><td rowspan=1000000000 colspan=1000000000>一<td>二<tr><td>三</table>".encode)
made("百万标签.html", ("<table>" + "<tr><td>一" * 200_000).encode)
plain("实体.html", b"<table><tr><td>&#x110000;&#99999999999999999999;&" + b"a" * 100_000 + b";<td>x")
made("属性.html", ("<table><tr><td " + "a=1 " * 300_000 + ">一").encode)
plain("假装.docx", b"PK\3\4" + b"\xff" * 5000)


@poison("远程图.rtf")
def _rich(around: Surroundings) -> bytes:
    field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{around.address}" \\d}}{{\fldrslt x}}}}'
    text = rf'{{\field{{\*\fldinst INCLUDETEXT "{around.secret}"}}{{\fldrslt y}}}}'
    return rf"{{\rtf1\ansi {field}{text}\pard 1. a\par}}".encode()


made("很深.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + b"a" + b"}" * 100_000 + b"}")


@poison("远程图.odt")
def _open_document(around: Surroundings) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    frame = f'<draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="{around.address}" xlink:type="simple"/></draw:frame>'
    section = f'<text:section text:name="s"><text:section-source xlink:href="{around.secret}"/></text:section>'
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
        f"<office:text><text:p>一{frame}</text:p>{section}</office:text></office:body></office:document-content>"
    )
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    })  # fmt: skip


# PDF ---------------------------------------------------------------------------------------------------------------

_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
made(
    "页树指自己.pdf",
    lambda: pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>", 3: _ONE, 4: stream(b"")}),
)
made("页树互指.pdf", lambda: pdf({
    1: _CATALOG, 2: b"<</Type/Pages/Kids[5 0 R]/Count 9/Parent 5 0 R>>", 5: b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>",
}))  # fmt: skip
made("页树很深.pdf", lambda: pdf(
    {1: _CATALOG}
    | {at: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (at + 1, at - 1) for at in range(2, 20_000)}
    | {20_000: b"<</Type/Page/Parent 19999 0 R/MediaBox[0 0 9 9]>>"}
))  # fmt: skip
made(
    "页数说谎.pdf",
    lambda: pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", 3: _ONE, 4: stream(b"")}),
)
made("十万页.pdf", lambda: pdf(
    {1: _CATALOG, 2: b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", 3: _ONE, 4: stream(b"")}
))  # fmt: skip
made(
    "表说谎.pdf",
    lambda: pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: _ONE, 4: stream(b"")}, size=2_000_000_000),
)
made(
    "表绕圈.pdf",
    lambda: pdf({1: _CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: _ONE, 4: stream(b"")}, trailer=b"/Prev 9"),
)
made("长度指自己.pdf", lambda: pdf({
    1: _CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: _ONE, 4: b"<</Length 4 0 R>>\nstream\nBT ET\nendstream",
}))  # fmt: skip
made("数组很深.pdf", lambda: page(b"", more=b"/X " + b"[" * 200_000 + b"]" * 200_000))
made("字典很深.pdf", lambda: page(b"", more=b"/X<<" * 100_000 + b">>" * 100_000))
made("内容很深.pdf", lambda: page(b"q " * 500_000 + b"[" * 300_000))
made("无边大的页.pdf", lambda: page(b"0 0 9 9 re f", box=b"[0 0 1e9 1e9]"))
made("反着的页.pdf", lambda: page(b"0 0 9 9 re f", box=b"[900 900 -5 nan]"))
made("套五层的流.pdf", lambda: page(
    b"/F Do", more=b"/XObject<</F 5 0 R>>",
    o5=stream(_deflated(5), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter[" + b"/FlateDecode" * 5 + b"]"),
))  # fmt: skip
made("表单画自己.pdf", lambda: page(
    b"/F Do", more=b"/XObject<</F 5 0 R>>",
    o5=stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"),
))  # fmt: skip
made("字形画自己.pdf", lambda: page(
    b"BT /F 9 Tf (aaaa) Tj ET", more=b"/Font<</F 5 0 R>>",
    o5=b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/FirstChar 97/LastChar 97"
    b"/Widths[9]/Encoding<</Differences[97/a]>>/Resources<</Font<</F 5 0 R>>>>>>",
    o6=stream(b"9 0 d0 BT /F 9 Tf (aaaa) Tj ET"),
))  # fmt: skip
made("坏字体.pdf", lambda: page(
    b"BT /F 9 Tf (aaaa) Tj ET", more=b"/Font<</F 5 0 R>>",
    o5=b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R/FirstChar 0/LastChar 999999999/Widths[1]>>",
    o6=b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 7 0 R>>",
    o7=stream(b"\0\1\0\0\xff\xff" + b"\xff" * 4000),
))  # fmt: skip
made("字码绕圈.pdf", lambda: page(
    b"BT /F 9 Tf <0001> Tj ET", more=b"/Font<</F 5 0 R>>",
    o5=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>",
    o6=stream(b"/CMapName/X def 1 begincodespacerange<00><ff>endcodespacerange 1 beginbfrange <00000000><ffffffff><0000> endbfrange",
              b"/Type/CMap/CMapName/X/UseCMap 6 0 R"),
))  # fmt: skip
made("巨图.pdf", lambda: page(
    b"/I Do", more=b"/XObject<</I 5 0 R>>",
    o5=stream(zlib.compress(bytes(8 << 20), 9),
              b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"),
))  # fmt: skip
made("巨图 JPX.pdf", lambda: page(
    b"/I Do", more=b"/XObject<</I 5 0 R>>",
    o5=stream(b"\xff\x4f\xff\x51\x00\x2f\0\0" + struct.pack(">8I", *(2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0)) + b"\0\3" + b"\7\1\1" * 3,
              b"/Type/XObject/Subtype/Image/Width 2147483647/Height 2147483647/Filter/JPXDecode"),
))  # fmt: skip
made("花样平铺.pdf", lambda: page(
    b"/Pattern cs /P scn 0 0 595 842 re f", more=b"/Pattern<</P 5 0 R>>",
    o5=stream(b"0 0 1 1 re f", b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1e-3 1e-3]/XStep 1e-4/YStep 1e-4"),
))  # fmt: skip
made("十万个字.pdf", lambda: page(
    b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (1. a) Tj " * 100_000 + b"ET", more=b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
))  # fmt: skip
made(
    "十万条线.pdf",
    lambda: page(
        b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % ((at % 595,) * 2 + (at % 842,) * 2) for at in range(100_000))
    ),
)


@poison("动作.pdf")
def _actions(around: Surroundings) -> bytes:
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/Names<</JavaScript<</Names[(a) 6 0 R]>>>>/AA<</WC 5 0 R>>>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O 7 0 R>>>>",
        5: b"<</S/Launch/F(/bin/sh)/Next 7 0 R>>",
        6: b"<</S/JavaScript/JS(app.launchURL)>>",
        7: b"<</S/URI/URI(" + around.address.encode() + b")/Next<</S/GoToR/F(" + around.secret.encode() + b")>>>>",
    })  # fmt: skip


plain("只有头.pdf", b"%PDF-1.7\n")
plain("头在后面.pdf", b"x" * 1000 + b"%PDF-1.4\ntrailer<</Root 1 0 R>>")


def _deflated(times: int) -> bytes:
    data = bytes(40 << 20)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


# Pictures ----------------------------------------------------------------------------------------------------------

made("五万见方.png", lambda: png(50_000, 50_000))
made("真的两万见方.png", lambda: png(20_000, 20_000, zlib.compress(bytes((2501) * 20_000), 9), bits=1, kind=0))
made("零宽.png", lambda: png(0, 4_000_000_000))
plain(
    "巨.bmp",
    b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 2**31 - 1, -(2**31) + 1, 1, 24, 0, 0, 0, 0, 0, 0),
)
plain("巨.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff" + b",\0\0\0\0\xff\xff\xff\xff\0\x08\x02\x44\x01\0;")
plain(
    "绕圈.tif",
    b"II*\0\x08\0\0\0"
    + struct.pack("<H", 2)
    + struct.pack("<HHII", 256, 4, 1, 60_000)
    + struct.pack("<HHII", 257, 4, 1, 60_000)
    + struct.pack("<I", 8),
)
plain(
    "巨.jpg",
    b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1"
    b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0" + b"\0" * 500,
)
plain("巨.webp", b"RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0\x2f\xff\xff\xff\x0f" + bytes(12))


@poison("矢量冒充.png")
def _vector(around: Surroundings) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99999" height="99999">'
        f'<image xlink:href="{around.address}"/><image xlink:href="{around.secret}"/><g id="a"><use xlink:href="#a"/></g></svg>'
    ).encode()


# Our own formats ---------------------------------------------------------------------------------------------------

made("很深.json", lambda: b"[" * 200_000 + b"]" * 200_000)
made(
    "很深的方案.json",
    lambda: b'{"format":"taizhang-plan/1","document":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
)
plain("数字很长.json", b'{"format":"taizhang-plan/1","measures":[{"no":' + b"9" * 100_000 + b"}]}")
plain("无穷.json", b'{"format":"taizhang-plan/1","document":NaN,"sections":Infinity,"measures":[1,null,"a"]}')
made("移交包 清单很深.zip", lambda: packed({"清单.json": b"[" * 200_000}))
made("移交包 清单太大.zip", lambda: packed({"清单.json": b" " * (600 << 20)}))
made("移交包 指到外面.zip", lambda: packed({
    "清单.json": json.dumps({"format": "taizhang-pack/1", "ledger": "../../../../etc/passwd", "files": [{"sha256": "../../逃逸", "path": "/etc/passwd"}]})
}))  # fmt: skip
made("移交包 台账太大.zip", lambda: packed({
    "清单.json": json.dumps({"format": "taizhang-pack/1", "ledger": "a.db", "files": []}), "a.db": bytes(900 << 20),
}))  # fmt: skip
made("移交包 不是台账.zip", lambda: packed({
    "清单.json": json.dumps({"format": "taizhang-pack/1", "ledger": "a.db", "files": []}), "a.db": b"SQLite format 3\0" + bytes(4000),
}))  # fmt: skip
