"""What the search finds, as a list under its field: arrow keys walk, Enter jumps, Esc closes.

The list is a child of the window, not a window of its own: the field keeps the focus, and the input method with it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.errors import KnownError
from gui import icons, theme
from gui.context import Context
from gui.widgets import labels
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.search import Hit
    from core.office.search_index import Records

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
HIT = Qt.ItemDataRole.UserRole
_WAIT_MS = 120
_ROW = 44
_SHOWN = 9
_OF_A_KIND = 4
"""Rows of one kind where other kinds were found too."""
_WIDTH = 440
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_KIND_ICONS = {"measure": "table", "unit": "buildings", "evidence": "paperclip", "progress": "note-pencil"}
_KIND_TITLES = {"measure": "措施", "unit": "单位", "evidence": "佐证", "progress": "进展"}
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """The hits of the last question."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: tuple[Hit, ...]) -> None:
        """Show the hits of a new question."""
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == _DISPLAY:
            return hit.title
        if role == _ACCESSIBLE:
            return f"{_KIND_TITLES.get(hit.kind, '')} {hit.title}，{hit.note}"
        return hit if role == HIT else None


class _HitDelegate(QStyledItemDelegate):
    """Icon of the kind, title, and under it where it stands."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        hit = index.data(HIT)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if is_current:
            painter.fillRect(rect, QColor(tokens.chosen))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        side = theme.px(16)
        glyph = QRect(rect.left() + 14, rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, glyph, _KIND_ICONS.get(hit.kind, "file"), tokens.second_text)
        left = glyph.right() + 11
        room = rect.right() - left - 12
        half = rect.height() // 2
        painter.setFont(theme.font())
        upper, lower = QRect(left, rect.top() + 3, room, half - 2), QRect(left, rect.top() + half, room, half - 4)
        if not hit.note:
            upper = QRect(left, rect.top(), room, rect.height())
        self._line(painter, upper, hit.title, hit.marks, tokens.text)
        painter.setFont(theme.font(12))
        self._line(painter, lower, hit.note, hit.note_marks, tokens.second_text)

    @staticmethod
    def _line(painter: QPainter, room: QRect, text: str, marks: Sequence[tuple[int, int]], ink: str) -> None:
        """A text, cut where the room ends; what was found in it stands out by colour and weight."""
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        kept = len(shown) if shown == text else len(shown) - 1
        plain = painter.font()
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.save()
        painter.setClipRect(room)
        left = room.left()
        for begin, end, is_found in _parts(marks, kept, len(shown)):
            painter.setFont(bold if is_found else plain)
            painter.setPen(QColor(theme.tokens().accent if is_found else ink))
            part = shown[begin:end]
            painter.drawText(QRect(left, room.top(), room.right() - left + 1, room.height()), _LEFT, part)
            left += painter.fontMetrics().horizontalAdvance(part)
        painter.restore()


def _parts(marks: Sequence[tuple[int, int]], kept: int, length: int) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, found) of the parts of a text of which the first ``kept`` characters are its own."""
    place = 0
    for mark in marks:
        begin, end = max(mark[0], place), min(mark[1], kept)
        if begin >= end:
            continue
        if begin > place:
            yield place, begin, False
        yield begin, end, True
        place = end
    if place < length:
        yield place, length, False


def shown_hits(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in their order, of each kind only some where there are several kinds."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(hit)
    most = _OF_A_KIND if len(by_kind) > 1 else len(hits)
    return tuple(hit for found in by_kind.values() for hit in found[:most])


class SearchPopup(QFrame):
    """Belongs to a search field; ``jumped`` carries the hit that was chosen."""

    jumped = Signal(object)

    def __init__(self, field: SearchBox, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setProperty("role", "popup")
        self.setAccessibleName("搜索结果")
        self._field = field
        self._context = context
        self.model = HitModel(self)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_asked)
        field.textChanged.connect(self._on_typed)
        field.installEventFilter(self)
        self.list.clicked.connect(self._on_clicked)
        self._reading: Store | None = None
        field.setToolTip("名称、编号、文号、填报的文字，或拼音首字母（czj 即财政局）")
        self.hide()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 5, 1, 5)
        layout.setSpacing(0)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("搜索结果")
        self.list.setAccessibleDescription("↑↓ 选择，回车打开")
        self.nothing = labels.label("没有找到，换一个词再试", "second", self)
        self.nothing.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keys of the field that belong to the list; leaving the field closes it."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.FocusIn and self._field.text().strip():
            self._timer.start()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event.key())
        return False

    def _take_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            if self.isVisible():
                self.hide()
            else:
                self._field.clear()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._timer.isActive():
                self._timer.stop()
                self._on_asked()
            self._jump(self.list.currentIndex())
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is None or not self.isVisible() or not self.model.rowCount():
            return False
        row = (self.list.currentIndex().row() + step) % self.model.rowCount()
        self.list.setCurrentIndex(self.model.index(row))
        return True

    def _place(self) -> None:
        rows = min(self.model.rowCount(), _SHOWN)
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0)
        height = rows * theme.px(_ROW) + 14 if rows else self.nothing.sizeHint().height() + 10
        width = min(theme.px(_WIDTH), self._ground.width() - 32)
        corner = self._field.mapTo(self._ground, QPoint(self._field.width(), self._field.height() + 4))
        self.setGeometry(corner.x() - width, corner.y(), width, height)
        self.raise_()
        self.show()

    def _jump(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        hit = index.data(HIT)
        self.hide()
        self._field.clear()
        self.jumped.emit(hit)

    @Slot()
    def _on_typed(self) -> None:
        if self._field.text().strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.hide()

    @Slot()
    def _on_asked(self) -> None:
        from core.office import search

        text = self._field.text().strip()
        if not text or not self._context.has_store or not self._field.hasFocus():
            return
        try:
            is_fresh = self._prepare()
            hits = shown_hits(search.search(self._context.store, self._context.plan_key, text, fresh=is_fresh))
        except KnownError as error:
            from gui import messages

            messages.show_error(self, error)
            return
        self.model.set_hits(hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0))
        self._place()

    def _prepare(self) -> bool:
        """Whether all texts can be searched as they are now; where reading them takes long, begin in the background."""
        from core.office import search_index

        store = self._context.store
        if search_index.is_ready(store) or search_index.is_small(store):
            return True
        if self._reading is not store:
            self._reading = store
            work = partial(_read, store, search_index.search_version(store))
            self._context.jobs.start("正在准备搜索", work, partial(self._on_read, store), on_error=self._on_read_error)
        return False

    def _on_read(self, store: Store, found: Records) -> None:
        from core.office import search_index

        search_index.keep(store, found)
        if not isValid(self):
            return
        self._reading = None
        if self._context.has_store and self._context.store is store and self.isVisible():
            self._on_asked()

    def _on_read_error(self, error: BaseException) -> None:
        """Measures and units are found all the same; the next search tries again."""
        logging.getLogger(__name__).info("texts could not be read for the search: %s", error)
        if isValid(self):
            self._reading = None

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._jump(index)


def _read(store: Store, version: tuple[int, int], job: Job) -> Records:
    """In the worker, on its own connection."""
    from core.office import search_index

    own = store.worker(read_only=True)
    try:
        return search_index.read(own, version, job)
    finally:
        own.close()
