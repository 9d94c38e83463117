"""The pages of a PDF as they are, with the used place framed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.office.review import Box, Place
from gui import theme
from gui.pages.report.page_geometry import GAP, SCREEN
from gui.pages.report.page_view import PageView

_READABLE, _LARGEST = 0.8, 1.3
"""Zoom at which a page is shown at first: below the one 12 pt text cannot be read, above the other it is a poster."""
_EDGE = 12
"""Points left free beside the print."""
_NARROW = 200
Boxes = dict[Place, tuple[Box, ...]]


class PdfView(PageView):
    """``boxes_of`` tells where everything of a page stands; asked once a page, when it is needed."""

    place_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes_of: Callable[[int], Boxes] | None = None
        self._boxes: dict[int, Boxes] = {}
        self._lit: tuple[Place, ...] = ()
        self.setAccessibleName("原件")

    def set_boxes(self, boxes_of: Callable[[int], Boxes]) -> None:
        """Another document."""
        self._boxes_of = boxes_of
        self._boxes.clear()
        self._lit = ()

    def make_readable(self) -> None:
        """Let what is printed, without the margins, fill the width where that can be read; else larger."""
        boxes = [box for page in (1, 2) for found in self._page(page).values() for box in found]
        if not boxes or self.viewport().width() < _NARROW:
            self.fit_width()
            return
        left = min(box.x for box in boxes) - _EDGE
        width = max(box.x + box.width for box in boxes) + _EDGE - left
        self.set_factor(min(max(self.viewport().width() / width / SCREEN, _READABLE), _LARGEST))
        self.horizontalScrollBar().setValue(round(self._rect(0).left() + left * self._geometry.scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first time there is room, look at it from the right distance."""
        was = event.oldSize().width()
        super().resizeEvent(event)
        if was < _NARROW <= self.viewport().width() and self.page_count():
            self.make_readable()

    def light(self, places: Sequence[Place]) -> None:
        """Frame places and bring the first into view."""
        self._lit = tuple(places)
        first = next((box for place in places for box in self._found(place)), None)
        if first is not None:
            self._bring(first)
        elif places and places[0].page:
            self.go_to(places[0].page)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        accent = theme.colour(theme.tokens().accent)
        wash = QColor(accent)
        wash.setAlpha(28)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(wash)
        for place in self._lit:
            for frame in self._frames(self._found(place)):
                painter.drawRect(frame)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not self.page_count():
            return
        place = self._place_at(event.position())
        if place is not None:
            self.place_clicked.emit(place)

    def _found(self, place: Place) -> tuple[Box, ...]:
        if place.page is None:
            return ()
        return self._page(place.page).get(place, ())

    def _page(self, page: int) -> Boxes:
        if page not in self._boxes:
            self._boxes[page] = self._boxes_of(page) if self._boxes_of is not None else {}
        return self._boxes[page]

    def _on_screen(self, box: Box) -> QRectF:
        paper, scale = self._rect(box.page - 1), self._geometry.scale
        return QRectF(paper.left() + box.x * scale, paper.top() + box.y * scale, box.width * scale, box.height * scale)

    def _frames(self, boxes: Sequence[Box]) -> list[QRectF]:
        """One frame around a cell, or around all lines of a paragraph on a page."""
        frames: dict[int, QRectF] = {}
        for box in boxes:
            rect = self._on_screen(box)
            frames[box.page] = frames[box.page].united(rect) if box.page in frames else rect
        return [frame.adjusted(-2, -2, 2, 2) if len(boxes) > 1 else frame for frame in frames.values()]

    def _place_at(self, point: QPointF) -> Place | None:
        for page in self._visible():
            for place, boxes in self._page(page + 1).items():
                if any(self._on_screen(box).contains(point) for box in boxes):
                    return place
        return None

    def _bring(self, box: Box) -> None:
        rect, room = self._on_screen(box), self.viewport().rect()
        bar, sideways = self.verticalScrollBar(), self.horizontalScrollBar()
        if rect.top() < GAP or rect.top() + min(rect.height(), room.height()) > room.height():
            bar.setValue(round(bar.value() + rect.top() - room.height() / 3))
        if rect.left() < 0 or rect.right() > room.width():
            sideways.setValue(round(sideways.value() + rect.left() - GAP))
