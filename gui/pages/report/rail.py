"""The rail of small pages beside the document: pictures of the pages themselves, one is in sight.

Only what is seen is drawn, in the thread of a Drawer; until the picture of a page made anew is there, its old one
stays.
"""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    QSizeF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.report.drawing import Drawer
from gui.pages.report.page_source import PageSource
from gui.widgets.paint import box
from gui.widgets.row_painting import paint_ring

WIDTH = 112
_PICTURE = QSizeF(76, 96)
"""The largest picture of a page, in logical pixels at the base size of text."""
_ABOVE, _NUMBER = 10, 20
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_FINER = 3
_KEPT = 600
"""Pictures kept; at 30 kB each they are no matter, those of a unit ledger of all units would be."""
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """A row a page; what is shown of it is its number."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sizes: tuple[QSizeF, ...] = ()

    def set_sizes(self, sizes: tuple[QSizeF, ...]) -> None:
        self.beginResetModel()
        self.sizes = sizes
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sizes)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if role == _DISPLAY:
            return str(index.row() + 1)
        if role == _SPOKEN:
            return f"第 {index.row() + 1} 页，共 {len(self.sizes)} 页"
        return None


class _Delegate(QStyledItemDelegate):
    """The picture of a page with its number below; the one in sight framed in accent."""

    def __init__(self, rail: PageRail) -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - the page decides
        height = theme.px(_ABOVE) + self._rail.picture_size(index.row()).height() + theme.px(_NUMBER)
        return QSize(theme.px(WIDTH) - 24, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Qt's type hints leave the fields of style options out.
        rect, state = cast("QRect", cast("Any", option).rect), cast("QStyle.StateFlag", cast("Any", option).state)
        tokens = theme.tokens()
        size = self._rail.picture_size(index.row())
        place = QRect(
            rect.left() + (rect.width() - size.width()) // 2,
            rect.top() + theme.px(_ABOVE),
            size.width(),
            size.height(),
        )
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(place, Qt.GlobalColor.white)  # paper is white in every theme
        picture = self._rail.picture(index.row())
        if picture is not None:
            painter.drawPixmap(place, picture)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        frame = tokens.accent if is_current else tokens.field_border if hovered else tokens.strong_line
        thick = 2 if is_current else 1
        box(painter, place.adjusted(-thick, -thick, thick, thick), border=frame, width=thick, radius=0)
        painter.setFont(theme.font(12, bold=is_current))
        painter.setPen(theme.colour(tokens.accent if is_current else tokens.second_text))
        words = QRect(rect.left(), place.bottom() + 3, rect.width(), theme.px(_NUMBER) - 4)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, index.data())
        if is_current and state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, rect)
        painter.restore()


class PageRail(QListView):
    """Shows the pages of a PageSource small; a click or an arrow key goes to one."""

    chosen = Signal(int)
    """Go to this page (from 1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: PageSource | None = None
        self._generation = 0
        self._pictures: dict[int, tuple[tuple[int, float], QPixmap]] = {}
        self._pages = _Pages(self)
        self._drawer = Drawer(self)
        self._build()
        self._drawer.drawn.connect(self._on_drawn)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def _build(self) -> None:
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(self))
        self.setFixedWidth(theme.px(WIDTH))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "rail")
        self.setAccessibleName("缩略图")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(40)

    # --- what is shown ---------------------------------------------------------------------------

    def set_source(self, source: PageSource | None, *, keep_place: bool = False) -> None:
        """Show other pages; ``keep_place``: the same document made anew, its pictures stay until they are drawn."""
        place = self.verticalScrollBar().value() if keep_place else 0
        self._source = source
        self._generation += 1
        self._drawer.drop_all()
        if not keep_place:
            self._pictures.clear()
        with QSignalBlocker(self.selectionModel()):
            self._pages.set_sizes(source.sizes() if source is not None else ())
        self.verticalScrollBar().setValue(place)

    def set_current(self, page: int) -> None:
        """Mark page ``page`` (from 1) as the one in sight."""
        index = self._pages.index(page - 1)
        if index.isValid() and index != self.currentIndex():
            with QSignalBlocker(self.selectionModel()):
                self.setCurrentIndex(index)
            self.scrollTo(index)
            self.viewport().update()

    def current(self) -> int:
        """The page that is marked, from 1; 0 for none."""
        return self.currentIndex().row() + 1

    def close_source(self) -> None:
        """Let go of the pages and wait for the drawing thread."""
        self._source = None
        self._drawer.close()

    # --- pictures --------------------------------------------------------------------------------

    def picture_size(self, page: int) -> QSize:
        """How large the picture of page ``page`` (from 0) is."""
        room = QSizeF(theme.px(round(_PICTURE.width())), theme.px(round(_PICTURE.height())))
        return self._pages.sizes[page].scaled(room, Qt.AspectRatioMode.KeepAspectRatio).toSize()

    def picture(self, page: int) -> QPixmap | None:
        """The picture of page ``page`` (from 0) where there is one, even an old one."""
        held = self._pictures.get(page)
        return held[1] if held is not None else None

    def is_drawn(self, page: int) -> bool:
        """Whether the picture of page ``page`` (from 1) is that of the document shown."""
        held = self._pictures.get(page - 1)
        return held is not None and held[0] == (self._generation, self._scale(page - 1))

    def _scale(self, page: int) -> float:
        return self.picture_size(page).width() * self.devicePixelRatioF() / max(self._pages.sizes[page].width(), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is not drawn yet is wished for, the upper pages last: the drawer takes the last wish first."""
        super().paintEvent(event)
        source = self._source
        if source is None:
            return
        wanted = [page for page in self._in_sight() if not self.is_drawn(page + 1)]
        keys = {page: (self._generation, page, self._scale(page)) for page in wanted}
        self._drawer.keep_only(set(keys.values()))
        for page in reversed(wanted):
            self._drawer.wish(keys[page], partial(_small, source, page, keys[page][2]))

    def _in_sight(self) -> list[int]:
        first = self.indexAt(self.viewport().rect().topLeft())
        found = []
        for page in range(max(first.row(), 0), len(self._pages.sizes)):
            if self.visualRect(self._pages.index(page)).top() > self.viewport().height():
                break
            found.append(page)
        return found

    @Slot(object, object)
    def _on_drawn(self, key: tuple[int, int, float], result: object) -> None:
        generation, page, scale = key
        if generation != self._generation:
            return
        # A failure is remembered as an empty picture, else every paint would try again.
        pixmap = QPixmap.fromImage(result) if isinstance(result, QImage) else QPixmap()
        self._pictures.pop(page, None)
        self._pictures[page] = ((generation, scale), pixmap)
        if len(self._pictures) > _KEPT:
            del self._pictures[next(iter(self._pictures))]
        self.viewport().update()

    # --- choosing --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys go page by page, as in the pages beside; Enter goes into them (see ``activated``)."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._pages.sizes:
            super().keyPressEvent(event)
            return
        row = min(max(self.currentIndex().row() + step, 0), len(self._pages.sizes) - 1)
        self.setCurrentIndex(self._pages.index(row))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row() + 1)


def _small(source: PageSource, page: int, scale: float) -> QImage:
    """A page drawn larger and made smaller: its rules become as thin as its text."""
    large = source.draw(page, scale * _FINER)
    width, height = max(round(large.width() / _FINER), 1), max(round(large.height() / _FINER), 1)
    wide = Qt.AspectRatioMode.IgnoreAspectRatio
    return large.scaled(width, height, wide, Qt.TransformationMode.SmoothTransformation)
