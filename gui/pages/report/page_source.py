"""Where a page view gets its pages from: the bytes of a PDF, or a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader

from core.errors import EvidenceError, OutputError
from core.publish import foreign_pages, pages

_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation

MAX_PIXELS = 16_000_000
"""One drawn page is never larger than this (64 MB, A4 at 400 dpi): sharpness is bounded by it, not the zoom."""
MAX_PICTURE_EDGE = 4000
"""A picture is decoded to at most this many pixels an edge: enough to read a scan, small enough for memory."""
MAX_FILE = 300 * 1024 * 1024
"""Files above this (bytes) are for the program that made them, not for a preview."""


class PageSource(Protocol):
    """Pages with a size in points (1/72 inch) that can be drawn at a scale in pixels per point, in any thread."""

    def sizes(self) -> tuple[QSizeF, ...]:
        """The size of every page, in points."""
        ...

    def draw(self, page: int, scale: float) -> QImage:
        """Page ``page`` (from 0) at ``scale`` pixels per point."""
        ...


class PdfPages:
    """The pages of a PDF. Opening reads its page sizes, so make it away from the window when it may be large."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._sizes = tuple(QSizeF(width, height) for width, height in pages.page_sizes(pdf))

    def sizes(self) -> tuple[QSizeF, ...]:
        return self._sizes

    def draw(self, page: int, scale: float) -> QImage:
        size = self._sizes[page]
        return pdf_image(self._pdf, page, bounded(size, scale))

    def number_at(self, page: int, x: float, y: float) -> str:
        """The number at a place of a page (pt from the upper left corner), empty for none."""
        from core.publish import page_text

        return page_text.number_at(self._pdf, page, x, y)


class ForeignPages:
    """The pages of a PDF that came from outside, drawn by a bounded child; make it away from the window."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sizes = tuple(QSizeF(width, height) for width, height in foreign_pages.sizes(path))

    def sizes(self) -> tuple[QSizeF, ...]:
        return self._sizes

    def draw(self, page: int, scale: float) -> QImage:
        scale = bounded(self._sizes[page], scale)
        return _image_of(foreign_pages.render(self._path, page, scale, self._path.name))


class ImportedPages(PdfPages):
    """A document that was read for its text already: its sizes are known to be harmless, its drawing is not."""

    def draw(self, page: int, scale: float) -> QImage:
        scale = bounded(self._sizes[page], scale)
        return _image_of(foreign_pages.render(self._pdf, page, scale, "这份文件"))


class JoinedPages:
    """Several PDFs one after the other, as one print job. ``on_sheets``: each begins a new sheet of both sides."""

    def __init__(self, pdfs: Sequence[bytes], *, on_sheets: bool = False) -> None:
        self._pages: list[tuple[PdfPages | None, int]] = []
        sizes: list[QSizeF] = []
        for pdf in pdfs:
            if on_sheets and len(sizes) % 2:
                self._pages.append((None, 0))
                sizes.append(sizes[-1])
            one = PdfPages(pdf)
            self._pages += [(one, at) for at in range(len(one.sizes()))]
            sizes += one.sizes()
        self._sizes = tuple(sizes)

    def sizes(self) -> tuple[QSizeF, ...]:
        return self._sizes

    def draw(self, page: int, scale: float) -> QImage:
        source, at = self._pages[page]
        if source is not None:
            return source.draw(at, scale)
        blank = QImage(1, 1, QImage.Format.Format_RGB32)
        blank.fill(Qt.GlobalColor.white)
        return blank


class PicturePage:
    """A picture as one page, decoded once, turned as its camera says."""

    def __init__(self, path: Path) -> None:
        self._image = read_picture(path, MAX_PICTURE_EDGE)

    def sizes(self) -> tuple[QSizeF, ...]:
        return (QSizeF(self._image.size()),)

    def draw(self, page: int, scale: float) -> QImage:  # noqa: ARG002 - a picture has one page
        if scale >= 1:
            return self._image
        return self._image.scaled(self._image.size() * scale, _KEEP, _SMOOTH)


def pdf_image(pdf: bytes, page: int, scale: float) -> QImage:
    """A page of a PDF as an image that owns its pixels."""
    return _image_of(pages.render(pdf, page, scale))


def _image_of(raster: pages.Raster) -> QImage:
    image = QImage(raster.bgra, raster.width, raster.height, raster.stride, QImage.Format.Format_RGB32)
    return image.copy()  # the raster's memory is gone with its bytes object


def first_page(path: Path, edge: float) -> QImage:
    """The first page of a PDF that came from outside, its longer edge ``edge`` pixels."""
    size = ForeignPages(path).sizes()[0]
    scale = edge / max(size.width(), size.height(), 1.0)
    return _image_of(foreign_pages.render(path, 0, scale, path.name))


def bounded(size: QSizeF, scale: float) -> float:
    """The scale, made smaller where a page would be more than MAX_PIXELS (a plan drawn as one 5 m page)."""
    area = max(size.width() * size.height(), 1.0)
    return min(scale, (MAX_PIXELS / area) ** 0.5)


def read_picture(path: Path, edge: int) -> QImage:
    """Decode a picture so that its longer edge is at most ``edge`` pixels.

    Raises EvidenceError when it is no picture, or larger than can be held.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(QSize(edge, edge), _KEEP))
    image = reader.read()
    if image.isNull():
        raise EvidenceError("这张图片无法显示，", hint="文件可能不完整或过大，请用“打开”查看原文件。", where=path.name)
    return image


def open_file(path: Path) -> PageSource:
    """The pages of an evidence file; for work away from the window.

    Raises EvidenceError where there is nothing to show.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise EvidenceError("文件超过 300 MB，不在这里预览，", hint="请用“打开”查看原文件。", where=path.name)
        if path.suffix.lower() == ".pdf":
            return ForeignPages(path)
    except OutputError as error:
        raise EvidenceError(
            "这份 PDF 无法显示，", hint="它可能加了密码或不完整，请用“打开”查看原文件。", where=path.name
        ) from error
    except OSError as error:
        raise EvidenceError("佐证文件读不到，", hint="请检查文件是否还在、U 盘是否已拔出。", where=path.name) from error
    return PicturePage(path)
