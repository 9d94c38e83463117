"""What is drawn on a page of a PDF: characters and ruling lines, upright, in pt from the upper left corner.

PDFium reads the page: it is already there for the preview, takes a tenth of the time of a reader in Python, and is
hardened against damaged files.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
_CHARACTERS, _OBJECTS, _SEGMENTS = 60_000, 60_000, 200_000
"""Most of a page that is looked at: a plan's page has two thousand characters and two hundred lines."""
_DEEPEST = 8
_THIN = 3.0
"""Up to this many pt an area is a line."""
_SHORTEST = 4.0
_WHITE = 250
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Char:
    """A character: its extent along the line, its baseline and its size."""

    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Height of its middle, for telling in which cell it stands."""
        return self.base - 0.35 * self.size


@dataclass(slots=True)
class Rule:
    """A ruling line: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """Everything of a page that reading needs. ``asides`` is text that stands across the rest (a turned page number)."""

    width: float = 0.0
    height: float = 0.0
    characters: list[Char] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    asides: list[Char] = field(default_factory=list)
    has_images: bool = False
    unknown: int = 0


def read_page(document: Any, index: int) -> PageContent:  # noqa: ANN401 - pypdfium2 has no types
    """Read page ``index`` (from 0) of a document of pypdfium2; an unreadable page is empty."""
    from pypdfium2 import raw

    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        return PageContent()
    try:
        return _Reader(raw, page).read()
    finally:
        raw.FPDF_ClosePage(page)


class _Reader:
    """Turns one page so that most of its text stands upright, and collects."""

    def __init__(self, raw: Any, page: Any) -> None:  # noqa: ANN401
        self._raw, self._page = raw, page
        self._content = PageContent(float(raw.FPDF_GetPageWidthF(page)), float(raw.FPDF_GetPageHeightF(page)))
        self._matrix = self._upright()
        self._left = _OBJECTS
        self._segments = _SEGMENTS

    def read(self) -> PageContent:
        self._text()
        self._objects(self._page, _IDENTITY, 0)
        return self._content

    def _upright(self) -> Matrix:
        """From the coordinates of the page to those of the sheet as it is looked at, y downwards."""
        raw, content = self._raw, self._content
        scale = 100
        wide, high = round(content.width * scale), round(content.height * scale)
        points = []
        for x, y in ((0, 0), (1000, 0), (0, 1000)):
            across, down = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(self._page, 0, 0, wide, high, 0, x, y, across, down)
            points.append((across.value / scale, down.value / scale))
        (e, f), (ax, ay), (bx, by) = points
        return ((ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f)

    # --- characters ------------------------------------------------------------------------------

    def _text(self) -> None:
        text_page = self._raw.FPDFText_LoadPage(self._page)
        if not text_page:
            return
        try:
            found = list(self._characters(text_page))
        finally:
            self._raw.FPDFText_ClosePage(text_page)
        turns = Counter(turn for turn, _ in found)
        main = turns.most_common(1)[0][0] if turns else 0
        self._turn(main)
        for turn, (text, corners, origin) in found:
            x0, top, x1, bottom = _box(self._matrix, corners)
            base = _moved(self._matrix, *origin)[1]
            if turn != main:
                self._content.asides.append(Char(text, x0, x1, bottom, bottom - top))
                continue
            size = max(bottom - top, (x1 - x0) * 0.9) if text.strip() else bottom - top
            self._content.characters.append(Char(text, x0, x1, base, size))

    def _characters(self, text_page: Any) -> Iterator[tuple[int, _Raw]]:  # noqa: ANN401
        """Each printed character with its turn in quarters, as it is looked at."""
        raw = self._raw
        rect = raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        a, b, _, _, _, _ = self._matrix
        page_angle = math.atan2(-b, a)
        for index in range(min(raw.FPDFText_CountChars(text_page), _CHARACTERS)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if raw.FPDFText_IsGenerated(text_page, index) == 1 or code in {0x0A, 0x0D, 0x00AD}:
                continue
            if code < 0x20 or code in {0xFFFE, 0xFFFF, 0xFFFD} or 0xE000 <= code < 0xF900:
                self._content.unknown += 1
                code = 0xFFFD
            if not raw.FPDFText_GetLooseCharBox(text_page, index, rect):
                continue
            raw.FPDFText_GetCharOrigin(text_page, index, x, y)
            angle = page_angle - raw.FPDFText_GetCharAngle(text_page, index)  # PDFium counts clockwise
            turn = round(angle / (math.pi / 2)) % 4
            yield turn, (chr(code), (rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value))

    def _turn(self, quarters: int) -> None:
        """Turn the sheet so that text which runs upwards or downwards on it runs to the right."""
        content = self._content
        a, b, c, d, e, f = self._matrix
        if quarters == 1:  # upwards
            self._matrix = (-b, a, -d, c, content.height - f, e)
        elif quarters == 3:  # downwards
            self._matrix = (b, -a, d, -c, f, content.width - e)
        elif quarters == 2:
            self._matrix = (-a, -b, -c, -d, content.width - e, content.height - f)
        if quarters % 2:
            content.width, content.height = content.height, content.width

    # --- lines -----------------------------------------------------------------------------------

    def _objects(self, holder: Any, matrix: Matrix, depth: int) -> None:  # noqa: ANN401
        raw = self._raw
        if depth:
            count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
        else:
            count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
        for index in range(max(count(holder), 0)):
            self._left -= 1
            if self._left < 0:
                return
            item = get(holder, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == _PATH:
                self._path(item, _times(self._own(item), matrix))
            elif kind == _IMAGE:
                self._content.has_images = True
            elif kind == _FORM and depth < _DEEPEST:
                self._objects(item, _times(self._own(item), matrix), depth + 1)

    def _own(self, item: Any) -> Matrix:  # noqa: ANN401
        found = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, found):
            return _IDENTITY
        return (found.a, found.b, found.c, found.d, found.e, found.f)

    def _path(self, item: Any, matrix: Matrix) -> None:  # noqa: ANN401
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(item, fill, stroke):
            return
        is_stroked = bool(stroke.value) and self._is_seen(item, raw.FPDFPageObj_GetStrokeColor)
        is_filled = bool(fill.value) and self._is_seen(item, raw.FPDFPageObj_GetFillColor)
        if not (is_stroked or is_filled):
            return
        matrix = _times(matrix, self._matrix)
        for points, is_closed in self._subpaths(item, matrix):
            x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
            y0, y1 = min(y for _, y in points), max(y for _, y in points)
            if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
                self._line(x0, y0, x1, y1)
            elif is_stroked:
                edges = list(pairwise(points))
                if is_closed:
                    edges.append((points[-1], points[0]))
                for (ax, ay), (bx, by) in edges:
                    if abs(ax - bx) <= 1 or abs(ay - by) <= 1:
                        self._line(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _is_seen(self, item: Any, colour: Any) -> bool:  # noqa: ANN401
        """Whether the colour is neither white nor transparent."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not colour(item, red, green, blue, alpha):
            return True
        return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

    def _subpaths(self, item: Any, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:  # noqa: ANN401
        raw = self._raw
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        is_closed = False
        for index in range(max(raw.FPDFPath_CountSegments(item), 0)):
            self._segments -= 1
            if self._segments < 0:
                break
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == _MOVE_TO and points:
                yield points, is_closed
                points, is_closed = [], False
            if kind in {_LINE_TO, _MOVE_TO} and raw.FPDFPathSegment_GetPoint(segment, x, y):
                points.append(_moved(matrix, x.value, y.value))
            is_closed = is_closed or bool(raw.FPDFPathSegment_GetClose(segment))
        if points:
            yield points, is_closed

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x1 - x0 >= max(_SHORTEST, y1 - y0):
            self._content.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 >= _SHORTEST:
            self._content.vertical.append(Rule((x0 + x1) / 2, y0, y1))


_Raw = tuple[str, tuple[float, float, float, float], tuple[float, float]]


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(matrix: Matrix, corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    ax, ay = _moved(matrix, corners[0], corners[1])
    bx, by = _moved(matrix, corners[2], corners[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does ``first``, then ``second``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
