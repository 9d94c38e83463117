"""The real pages of a document, one below the other, as they will lie on paper.

Only what is seen is drawn: the pages in the window and one more on either side, in the thread of a Drawer, at the
pixels of the screen. Until a page is there its paper is blank, or shows its last drawing at another zoom.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui import theme
from gui.pages.report.drawing import Drawer, Failure
from gui.pages.report.page_geometry import GAP, MARGIN, PageGeometry
from gui.pages.report.page_source import PageSource

ZOOM_STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0)
_KEPT_PIXELS = 24_000_000
"""About 100 MB of drawn pages."""
_SAME = 0.001
_OLD = 0.0
"""The scale of a drawing of the document as it was before."""
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PageView(QAbstractScrollArea):
    """Shows a PageSource; zoom is a factor of the paper's size, or follows the width."""

    page_changed = Signal(int, int)
    """(page in sight from 1, number of pages); (0, 0) when there is nothing."""
    zoom_changed = Signal(float, bool)
    """(factor, whether it follows the width)."""
    pressed_at = Signal(int, QPointF)
    """A page (from 0) was pressed, at a place in points from its upper left corner."""
    failed = Signal(str)
    """A page could not be drawn; carries the sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: PageSource | None = None
        self._geometry = PageGeometry()
        self._fits_width = True
        self._generation = 0
        self._drawn: dict[int, tuple[float, QPixmap]] = {}
        self._current = 0
        self._drawer = Drawer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # Always there: one that comes and goes would change the width that the zoom follows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("文件预览")
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)

    def _connect(self) -> None:
        self._drawer.drawn.connect(self._on_drawn)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # --- what is shown ---------------------------------------------------------------------------

    def set_source(self, source: PageSource | None, *, keep_place: bool = False) -> None:
        """Show other pages, from the top unless ``keep_place`` (the same document made anew)."""
        place = self.verticalScrollBar().value() if keep_place else 0
        before = self._geometry.sizes
        self._source = source
        factor = self._geometry.factor
        self._geometry = PageGeometry(source.sizes() if source is not None else ())
        self._geometry.factor = factor
        self._generation += 1
        self._forget_drawings(before if keep_place else ())
        self._drawer.drop_all()
        self._current = 0
        self._lay_out()
        self.verticalScrollBar().setValue(place)
        self._tell_page()
        self.viewport().update()

    def _forget_drawings(self, before: tuple[QSizeF, ...]) -> None:
        """Of the same document made anew what stood there stays until it is drawn, so nothing flickers."""
        same = {page for page, pair in enumerate(zip(before, self._geometry.sizes, strict=False)) if pair[0] == pair[1]}
        self._drawn = {page: (_OLD, picture) for page, (_, picture) in self._drawn.items() if page in same}

    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._geometry.sizes)

    def page_sizes(self) -> tuple[QSizeF, ...]:
        """The size of every page, in points."""
        return self._geometry.sizes

    def current_page(self) -> int:
        """The page in sight, from 1; 0 without pages."""
        return self._current

    def factor(self) -> float:
        """The zoom; 1.0 is the size on paper."""
        return self._geometry.factor

    def fits_width(self) -> bool:
        """Whether the zoom follows the width."""
        return self._fits_width

    def is_drawn(self, page: int) -> bool:
        """Whether page ``page`` (from 1) stands there at the zoom and resolution in force."""
        held = self._drawn.get(page - 1)
        return held is not None and abs(held[0] - self._pixels_per_point()) < _SAME

    def close_source(self) -> None:
        """Let go of the pages and wait for the drawing thread."""
        self._source = None
        self._geometry = PageGeometry()
        self._drawer.close()

    # --- moving and zooming ----------------------------------------------------------------------

    @Slot()
    def previous_page(self) -> None:
        """To the page before."""
        self.go_to(self._current - 1)

    @Slot()
    def next_page(self) -> None:
        """To the page after."""
        self.go_to(self._current + 1)

    def go_to(self, page: int) -> None:
        """Put the head of page ``page`` (from 1) at the top; outside the pages, the nearest."""
        if not self._geometry.sizes:
            return
        page = min(max(page, 1), len(self._geometry.sizes))
        self.verticalScrollBar().setValue(round(self._geometry.top(page - 1)) - GAP)
        self._set_current(page)  # the last page may not reach the top

    @Slot()
    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_factor(next((step for step in ZOOM_STEPS if step > self._geometry.factor + _SAME), ZOOM_STEPS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_factor(
            next((step for step in reversed(ZOOM_STEPS) if step < self._geometry.factor - _SAME), ZOOM_STEPS[0])
        )

    @Slot()
    def fit_width(self) -> None:
        """适合宽度: follow the width from now on."""
        self._fits_width = True
        self._rescale()

    def set_factor(self, factor: float) -> None:
        """Zoom to a factor and keep it."""
        self._fits_width = False
        self._rescale(factor)

    # --- geometry --------------------------------------------------------------------------------

    def _pixels_per_point(self) -> float:
        return self._geometry.scale * self.devicePixelRatioF()

    def _rect(self, page: int) -> QRectF:
        """Where a page lies in the viewport."""
        geometry = self._geometry
        size = geometry.sizes[page] * geometry.scale
        room = max(self.viewport().width() - 2 * MARGIN, size.width())
        left = MARGIN + (room - size.width()) / 2 - self.horizontalScrollBar().value()
        return QRectF(QPointF(round(left), round(geometry.top(page) - self.verticalScrollBar().value())), size)

    def _lay_out(self) -> None:
        """Sizes of the scroll bars, after the zoom where it follows the width."""
        geometry, view = self._geometry, self.viewport().size()
        if self._fits_width:
            geometry.fit(view.width())
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(0, round(geometry.height() - view.height())))
        self.horizontalScrollBar().setPageStep(view.width())
        sideways = 0 if self._fits_width else max(0, round(geometry.width() - view.width()))
        self.horizontalScrollBar().setRange(0, sideways)

    def _rescale(self, factor: float | None = None) -> None:
        """Lay out for another zoom; the line at the top of the view stays there."""
        geometry, bar = self._geometry, self.verticalScrollBar()
        if geometry.sizes:
            page = geometry.page_at(bar.value())
            gap = bar.value() - geometry.top(page)  # above the first page it is negative, and no matter of the zoom
            below = max(gap, 0.0) / geometry.scale
            geometry.factor = factor or geometry.factor
            self._lay_out()
            bar.setValue(round(geometry.top(page) + below * geometry.scale + min(gap, 0.0)))
        self.zoom_changed.emit(geometry.factor, self._fits_width)
        self._tell_page()
        self.viewport().update()

    # --- events ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width where it is asked for."""
        super().resizeEvent(event)
        if self._fits_width and self._geometry.sizes:
            self._rescale()
        else:
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have another resolution: what is kept is looked at again when painted."""
        super().changeEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom, the wheel alone scrolls."""
        if event.modifiers() & _CONTROL and event.angleDelta().y():
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was pressed on which page."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        for page in self._visible():
            rect = self._rect(page)
            if rect.contains(place):
                inside, scale = place - rect.topLeft(), self._geometry.scale
                self.pressed_at.emit(page, QPointF(inside.x() / scale, inside.y() / scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys go page by page, + and - zoom, Home and End to the ends."""
        moves = {
            Qt.Key.Key_PageDown: self.next_page,
            Qt.Key.Key_PageUp: self.previous_page,
            Qt.Key.Key_Home: partial(self.go_to, 1),
            Qt.Key.Key_End: partial(self.go_to, len(self._geometry.sizes)),
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        move()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper on its ground; what is not drawn yet is wished for."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = theme.tokens()
        painter.fillRect(event.rect(), theme.colour(tokens.paper_ground))
        visible = self._visible()
        for page in visible:
            rect = self._rect(page)
            # Paper is white in every theme: it shows what the printer will do.
            painter.fillRect(rect, Qt.GlobalColor.white)
            held = self._drawn.get(page)
            if held is not None:
                painter.drawPixmap(rect, held[1], QRectF(held[1].rect()))
            painter.setPen(theme.colour(tokens.strong_line))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus() and self._geometry.sizes:
            painter.setPen(theme.colour(tokens.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()
        self._wish_for(visible)

    # --- drawing ---------------------------------------------------------------------------------

    def _visible(self) -> list[int]:
        above = self.verticalScrollBar().value()
        return self._geometry.between(above, above + self.viewport().height())

    def _wish_for(self, visible: list[int]) -> None:
        """Ask for the pages in sight first (the drawer takes the last wish first), then their neighbours."""
        source = self._source
        if source is None or not visible:
            return
        near = [page for page in (visible[0] - 1, visible[-1] + 1) if 0 <= page < len(self._geometry.sizes)]
        scale = self._pixels_per_point()
        wanted = [page for page in (*near, *reversed(visible)) if not self.is_drawn(page + 1)]
        self._drawer.keep_only({(self._generation, page, scale) for page in wanted})
        for page in wanted:
            self._drawer.wish((self._generation, page, scale), partial(source.draw, page, scale))
        self._forget_far(set(visible) | set(near))

    def _forget_far(self, near: set[int]) -> None:
        """Let the pages go that were scrolled away, the oldest first, once all together are too large."""
        kept = sum(pixmap.width() * pixmap.height() for _, pixmap in self._drawn.values())
        for page in [page for page in self._drawn if page not in near]:
            if kept <= _KEPT_PIXELS:
                return
            _, pixmap = self._drawn.pop(page)
            kept -= pixmap.width() * pixmap.height()

    @Slot(object, object)
    def _on_drawn(self, key: tuple[int, int, float], result: object) -> None:
        generation, page, scale = key
        if generation != self._generation:
            return
        if isinstance(result, QImage):
            self._drawn[page] = (scale, QPixmap.fromImage(result))
        else:
            # Remembered as drawn, else every paint would try again.
            self._drawn[page] = (scale, QPixmap())
            if isinstance(result, Failure):
                self.failed.emit(result.sentence)
        self.viewport().update()

    # --- the page in sight -----------------------------------------------------------------------

    @Slot()
    def _on_scrolled(self) -> None:
        self._tell_page()
        self.viewport().update()

    def _tell_page(self) -> None:
        """The page that holds the line at a third of the height is the one in sight."""
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        self._set_current(self._geometry.page_at(line) + 1 if self._geometry.sizes else 0)

    def _set_current(self, page: int) -> None:
        self._current = page
        self.page_changed.emit(page, len(self._geometry.sizes))
