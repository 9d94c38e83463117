"""A laid out chart drawn by ReportLab's graphics: into a PDF, or as a picture for the formats that hold pictures.

The picture is the same drawing, put on a page of its own and rendered: one hand draws both.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.publish.chart import Pattern
from core.publish.chart_layout import Box, LaidChart, Stroke, Words
from core.publish.fonts import Fonts
from core.publish.write_pdf import registered

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

PER_POINT = 300 / 72
"""Pixels of a picture a point: 300 dots an inch, as offices print."""
_STEP = 3.6
"""Between two lines of a hatching."""
_FRAME, _HATCH = 0.6, 0.5
_GREYS = {Pattern.SOLID: 0.25, Pattern.GREY: 0.78}


def drawing(laid: LaidChart, fonts: Fonts) -> Drawing:
    """The chart as a ReportLab drawing, whose y runs upwards."""
    from reportlab.graphics.shapes import Drawing

    made = Drawing(laid.width, laid.height)
    for shape in laid.shapes:
        for part in _drawn(shape, laid.height, fonts):
            made.add(part)
    return made


def draw(laid: LaidChart, fonts: Fonts, canvas: Canvas, x: float, top: float) -> None:
    """Draw a chart whose upper left corner is at (x, top) of the canvas."""
    from reportlab.graphics import renderPDF

    renderPDF.draw(drawing(laid, fonts), canvas, x, top - laid.height)


def png_bytes(laid: LaidChart, fonts: Fonts) -> bytes:
    """The chart as a PNG of 300 dots an inch in greys; the same chart gives the same bytes."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    from core.publish import pages

    page = BytesIO()
    canvas = Canvas(page, pagesize=(laid.width, laid.height), invariant=1)
    draw(laid, fonts, canvas, 0, laid.height)
    canvas.showPage()
    canvas.save()
    raster = pages.render(page.getvalue(), 0, PER_POINT)
    image = Image.frombuffer("RGBA", (raster.width, raster.height), raster.bgra, "raw", "BGRA", raster.stride, 1)
    found = BytesIO()
    image.convert("L").save(found, "PNG", optimize=True, dpi=(300, 300))
    return found.getvalue()


def _drawn(shape: Box | Stroke | Words, height: float, fonts: Fonts) -> Iterator[Any]:
    from reportlab.graphics.shapes import Line, String
    from reportlab.lib.colors import black

    if isinstance(shape, Stroke):
        yield Line(
            shape.x1, height - shape.y1, shape.x2, height - shape.y2, strokeWidth=shape.weight, strokeColor=black
        )
    elif isinstance(shape, Words):
        x = shape.x
        for file, run in fonts.chain(shape.face).runs(shape.text):
            name = registered(file)
            yield String(x, height - shape.base, run, fontName=name, fontSize=shape.size, fillColor=black)
            x += sum((file.width(letter) or 0.0) for letter in run) * shape.size
    else:
        yield from _box(shape, height)


def _box(box: Box, height: float) -> Iterator[Any]:
    from reportlab.graphics.shapes import Line, Rect
    from reportlab.lib.colors import Color, black, white

    grey = _GREYS.get(box.pattern)
    fill = Color(grey, grey, grey) if grey is not None else white
    low = height - box.y - box.height
    # set one by one: the stubs of ReportLab know no keywords here
    area, frame = (Rect(box.x, low, box.width, box.height) for _ in range(2))
    area.fillColor, area.strokeColor = fill, None
    frame.fillColor, frame.strokeColor, frame.strokeWidth = None, black, _FRAME
    yield area
    for x1, y1, x2, y2 in _hatching(box):
        yield Line(box.x + x1, low + y1, box.x + x2, low + y2, strokeWidth=_HATCH, strokeColor=black)
    yield frame


def _hatching(box: Box) -> Iterator[tuple[float, float, float, float]]:
    """Lines inside a box, from its lower left corner."""
    wide, high = box.width, box.height
    if box.pattern is Pattern.LEVEL:
        yield from ((0, at * _STEP, wide, at * _STEP) for at in range(1, int(high / _STEP) + 1) if at * _STEP < high)
    if box.pattern in (Pattern.SLANT, Pattern.CROSS):
        yield from _slant(wide, high)
    if box.pattern is Pattern.CROSS:
        yield from ((wide - x1, y1, wide - x2, y2) for x1, y1, x2, y2 in _slant(wide, high))


def _slant(wide: float, high: float) -> Iterator[tuple[float, float, float, float]]:
    """Lines at 45 degrees, cut at the edges of the box."""
    for at in range(1, int((wide + high) / _STEP) + 1):
        along = at * _STEP
        yield max(along - high, 0.0), min(along, high), min(along, wide), max(along - wide, 0.0)
