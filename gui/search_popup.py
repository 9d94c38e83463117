"""What the search finds, as a list under its field: arrow keys walk, Enter jumps, Esc closes.

The list is a child of the window, not a window of its own: the field keeps the focus, and the input method with it.
"""

from __future__ import annotations

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
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.errors import KnownError
from gui import icons, theme
from gui.context import Context
from gui.widgets import labels
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from core.office.search import Hit

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
HIT = Qt.ItemDataRole.UserRole
_WAIT_MS = 120
_ROW = 44
_SHOWN = 8
_WIDTH = 440
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_KIND_ICONS = {"measure": "table", "unit": "buildings", "evidence": "paperclip"}
_KIND_TITLES = {"measure": "措施", "unit": "单位", "evidence": "佐证"}
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
        painter.setPen(QColor(tokens.text))
        self._line(painter, QRect(left, rect.top() + 3, room, half - 2), hit.title)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(tokens.second_text))
        self._line(painter, QRect(left, rect.top() + half, room, half - 4), hit.note)

    @staticmethod
    def _line(painter: QPainter, room: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)


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
            hits = search.search(self._context.store, self._context.plan_key, text)
        except KnownError as error:
            from gui import messages

            messages.show_error(self, error)
            return
        self.model.set_hits(hits)
        if hits:
            self.list.setCurrentIndex(self.model.index(0))
        self._place()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._jump(index)
