"""The pages of a PDF as they are, with the used place framed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.office.review import Box, Place
from gui import theme
from gui.pages.report.page_geometry import GAP
from gui.pages.report.page_view import PageView

_READABLE = 0.8
"""Least zoom at which a page is shown at first: below it 12 pt text cannot be read."""
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
        """Fit to width where that can be read, else larger."""
        self.fit_width()
        if self.factor() < _READABLE:
            self.set_factor(_READABLE)

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
            for box in self._found(place):
                painter.drawRect(self._on_screen(box))
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
