"""Looking at a finished PDF: how many pages, what they look like, what its properties say.

Any thread may call; PDFium itself is used by one at a time. No window toolkit is needed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.errors import OutputError
from core.pdfium import PDFIUM

_MOST_PAGES = 10_000
"""More than a document has; what says so is no document."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels: ``stride`` bytes a row, four bytes a pixel in the order blue, green, red, alpha."""

    width: int
    height: int
    stride: int
    bgra: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises OutputError when the bytes are no PDF that can be read.
    """
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in pt."""
    with _opened(pdf) as document:
        return tuple(document.get_page_size(index) for index in range(len(document)))


def properties(pdf: bytes) -> dict[str, str]:
    """The document's properties that are not empty: Title, Creator …"""
    with _opened(pdf) as document:
        return dict(document.get_metadata_dict(skip_empty=True))


def render(pdf: bytes, page: int, scale: float) -> Raster:
    """Page ``page`` (from 0) at ``scale`` pixels a point, on white.

    Raises IndexError when there is no such page, OutputError when the bytes are no PDF that can be read.
    """
    from pypdfium2 import raw

    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        bitmap = document[page].render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGRA, fill_color=(255,) * 4)
        return Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with PDFIUM:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                if len(document) > _MOST_PAGES:
                    raise OutputError("这份 PDF 页数太多，不能预览。", hint="请用别的程序打开它。")
                yield document
        except pypdfium2.PdfiumError as error:  # also of a page in it
            raise OutputError("这份 PDF 无法打开预览。", hint="请重新导出一次。") from error
