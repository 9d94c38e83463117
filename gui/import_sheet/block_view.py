"""The source as paragraphs and tables on paper; only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from core.office.review import Place, Review
from gui import icons, theme
from gui.import_sheet.source_layout import (
    HEADING,
    MARGIN,
    UNUSED,
    Builder,
    CellBox,
    ParagraphBox,
    SourceLayout,
    StripBox,
    TableBox,
    cell_corner,
    cell_words,
    cells_of,
    words_of,
)
from gui.pages.table.layout import Blocks
from gui.widgets.paint import box as rounded

_BAR = 3
_UNREAD = "没有读入方案"


class BlockView(QAbstractScrollArea):
    """Shows the blocks of a review; what is lit is framed."""

    place_clicked = Signal(object)
    """The Place under the mouse."""
    moved = Signal(object)
    """The Place at the top of the view, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._gaps: Mapping[Place, str] = {}
        self._lit: frozenset[Place] = frozenset()
        self._words = Blocks()
        self._layout = SourceLayout(0)
        self._laid_out_for: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("原件")
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_review(self, review: Review, gaps: Mapping[Place, str]) -> None:
        """Show a source from its top; ``gaps`` say before which place numbers are missing."""
        self._review = review
        self._gaps = gaps
        self._laid_out_for = ()
        self.lay_out()
        self.verticalScrollBar().setValue(0)
        self._on_scrolled()

    def set_gaps(self, gaps: Mapping[Place, str]) -> None:
        """Other gaps: some were filled."""
        if gaps != self._gaps:
            self._gaps = gaps
            self._laid_out_for = ()
            self.lay_out()

    def light(self, places: Sequence[Place]) -> None:
        """Frame places and bring the first into view."""
        self._lit = frozenset(places)
        rects = [rect for place in places if (rect := self._layout.by_place.get(place)) is not None]
        if rects:
            self._bring(rects[0])
        self.viewport().update()

    def previous_page(self) -> None:
        """A screen up."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - self.viewport().height() + 40)

    def next_page(self) -> None:
        """A screen down."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.viewport().height() - 40)

    def lay_out(self) -> None:
        """Work out the paper for the width there is."""
        review = self._review
        state = (id(review), self.viewport().width(), theme.base(), id(self._gaps))
        if review is None or state == self._laid_out_for or self.viewport().width() < 40:
            return
        if self._laid_out_for and self._laid_out_for[2] != theme.base():
            self._words.clear()
        self._laid_out_for = state
        self._layout = Builder(review, self._gaps, self._words, self.viewport().width()).build()
        self._set_bars()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
        self._set_bars()
        self.light(sorted(self._lit, key=str))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        x = round(event.position().x()) + self.horizontalScrollBar().value()
        y = round(event.position().y()) + self.verticalScrollBar().value()
        place = self._layout.place_at(x, y)
        if place is not None:
            self.place_clicked.emit(place)

    def viewportEvent(self, event: QEvent) -> bool:
        """What the bar beside a paragraph means; the whole text where a cell is one line high."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            x = event.pos().x() + self.horizontalScrollBar().value()
            y = event.pos().y() + self.verticalScrollBar().value()
            QToolTip.showText(event.globalPos(), self._tip(x, y), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, x: int, y: int) -> str:
        for each in self._layout.between(y, y):
            if isinstance(each, StripBox) or not each.rect.top() <= y <= each.rect.bottom():
                continue
            if isinstance(each, ParagraphBox):
                return _UNREAD if each.kind == UNUSED else ""
            cell = next((cell for cell in cells_of(each, y, y) if cell.rect.contains(x, y)), None)
            if cell is not None and not self._layout.is_exact:
                return cell.text
            return _UNREAD if each.is_unused else ""
        return ""

    # -- drawing --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = theme.tokens()
        painter.fillRect(event.rect(), theme.colour(tokens.paper_ground))
        dx, dy = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.translate(-dx, -dy)
        paper = QRect(MARGIN, MARGIN, self._layout.width - 2 * MARGIN, self._layout.height - 2 * MARGIN)
        painter.fillRect(paper, theme.colour(tokens.surface))
        painter.setPen(theme.colour(tokens.strong_line))
        painter.drawRect(paper.adjusted(0, 0, -1, -1))
        upper, lower = dy, dy + self.viewport().height()
        for each in self._layout.between(upper, lower):
            if isinstance(each, ParagraphBox):
                self._paragraph(painter, each)
            elif isinstance(each, StripBox):
                self._strip(painter, each)
            else:
                self._table(painter, each, upper, lower)
        self._frame_lit(painter)
        painter.resetTransform()
        if self.hasFocus() and self._review is not None:
            painter.setPen(theme.colour(tokens.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paragraph(self, painter: QPainter, each: ParagraphBox) -> None:
        tokens = theme.tokens()
        if each.place in self._lit:
            painter.fillRect(each.rect.adjusted(-4, -3, 4, 3), theme.colour(tokens.chosen))
        if each.kind == UNUSED:
            bar = QRect(each.rect.left() - 8, each.rect.top(), _BAR, each.rect.height())
            painter.fillRect(bar, theme.colour(tokens.due_soon.text))
        painter.setPen(theme.colour(tokens.second_text if each.kind == HEADING else tokens.text))
        words_of(self._words, each.text, each.rect.width(), each.kind).draw(painter, each.rect.left(), each.rect.top())

    def _strip(self, painter: QPainter, each: StripBox) -> None:
        ink = theme.tokens().due_soon
        rounded(painter, each.rect, fill=ink.ground, border=ink.text, radius=2, dashed=True)
        painter.setFont(theme.font())
        side = theme.px(16)
        width = painter.fontMetrics().horizontalAdvance(each.text) + side + 6
        left = each.rect.left() + max(8, (each.rect.width() - width) // 2)
        icon = QRect(left, each.rect.top() + (each.rect.height() - side) // 2, side, side)
        icons.paint(painter, icon, "warning-fill", ink.text)
        painter.setPen(theme.colour(ink.text))
        words = each.rect.adjusted(left - each.rect.left() + side + 6, 0, -8, 0)
        shown = painter.fontMetrics().elidedText(each.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _table(self, painter: QPainter, table: TableBox, upper: int, lower: int) -> None:
        tokens = theme.tokens()
        if table.is_unused:
            bar = QRect(table.rect.left() - 8, table.rect.top(), _BAR, table.rect.height())
            painter.fillRect(bar, theme.colour(tokens.due_soon.text))
        for cell in cells_of(table, upper, lower):
            self._cell(painter, cell)

    def _cell(self, painter: QPainter, cell: CellBox) -> None:
        tokens = theme.tokens()
        if cell.place in self._lit:
            painter.fillRect(cell.rect, theme.colour(tokens.chosen))
        painter.setPen(theme.colour(tokens.field_border))
        painter.drawRect(cell.rect)
        if not cell.text:
            return
        painter.setPen(theme.colour(tokens.text))
        if not self._layout.is_exact:
            painter.setFont(theme.font())
            inner = cell.rect.adjusted(6, 0, -6, 0)
            text = painter.fontMetrics().elidedText(
                cell.text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            return
        block = cell_words(self._words, cell.text, cell.rect.width())
        block.draw(painter, *cell_corner(cell.rect, block.height))

    def _frame_lit(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour(theme.tokens().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in self._lit:
            rect = self._layout.by_place.get(place)
            if rect is not None:
                grown = rect.adjusted(-4, -3, 4, 3) if place.paragraph and not place.row else rect
                painter.drawRect(grown)

    # -- inner ---------------------------------------------------------------------------------------

    def _set_bars(self) -> None:
        view = self.viewport().size()
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(0, self._layout.height - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, self._layout.width - view.width()))

    def _bring(self, rect: QRect) -> None:
        """Put a rectangle at a third of the height unless it is in sight; sideways as little as need be."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if rect.top() < bar.value() or rect.top() + min(rect.height(), room) > bar.value() + room:
            bar.setValue(rect.top() - room // 3)
        sideways = self.horizontalScrollBar()
        if rect.right() > sideways.value() + self.viewport().width() or rect.left() < sideways.value():
            sideways.setValue(rect.left() - MARGIN)

    def _on_scrolled(self) -> None:
        y = self.verticalScrollBar().value() + self.viewport().height() // 4
        for each in self._layout.between(y, y + self.viewport().height()):
            if not isinstance(each, StripBox):
                self.moved.emit(each.place)
                break
        else:
            self.moved.emit(None)
        self.viewport().update()
