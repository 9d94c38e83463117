"""What a workbook holds that openpyxl does not write again; told before anything is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile

from core.recognise.sources import limits

_HEAD = 16 * 1024 * 1024
_PARTS = (
    ("xl/cellimages.xml", "嵌入单元格的图片（WPS）"),
    ("xl/activex/", "ActiveX 控件"),
    ("xl/ctrlprops/", "表单控件（按钮、复选框等）"),
    ("xl/embeddings/", "嵌入的对象"),
    ("xl/diagrams/", "SmartArt 图形"),
    ("xl/slicers/", "切片器"),
    ("xl/timelines/", "日程表"),
    ("xl/threadedcomments/", "带回复的批注"),
    ("xl/charts/style", "图表的部分格式"),
)
_SHAPES = re.compile(rb"<(?:xdr:)?(?:sp|cxnSp|grpSp)[ >]")
_VECTORS = (".emf", ".wmf", ".svg")
_EXTENSIONS = (
    (b"conditionalFormattings", "数据条、图标集等扩展的条件格式"),
    (b"sparklineGroups", "迷你图"),
)


def losses_of(data: bytes, name: str) -> tuple[str, ...]:
    """In words, each once; empty where everything stays.

    Raises UnreadableError for a package that is not sound.
    """
    return tuple(dict.fromkeys(_found(limits.open_package(data, name), name)))


def _found(package: ZipFile, name: str) -> Iterator[str]:
    for part in package.namelist():
        lower = part.lower()
        for start, words in _PARTS:
            if lower.startswith(start):
                yield words
        if lower.startswith("xl/media/") and lower.endswith(_VECTORS):
            yield "矢量图片（EMF、WMF、SVG）"
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", lower) and _SHAPES.search(_read(package, part, name)):
            yield "文本框和图形"
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", lower):
            yield from _of_sheet(_read(package, part, name))


def _of_sheet(content: bytes) -> Iterator[str]:
    if b"<legacyDrawingHF" in content:
        yield "页眉页脚中的图片"
    at = content.find(b"<extLst")
    for mark, words in _EXTENSIONS:
        if at >= 0 and mark in content[at:]:
            yield words


def _read(package: ZipFile, part: str, name: str) -> bytes:
    return b"".join(limits.pieces(package, part, name, _HEAD * 2))
