"""The left pane of 核对: the returns in their groups, and below them what nobody has placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.pages.exchange.check_lines import CheckLine, spoken
from gui.pages.exchange.checking import Stand
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW, HEAD = 36, 32
LINE = Qt.ItemDataRole.UserRole
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ROOT = QModelIndex()
_PAD, _ICON, _GAP = 16, 16, 12
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ICONS = {Stand.FAULTY: "warning-fill", Stand.OPEN: "circle", Stand.DONE: "check-circle-fill"}
Index = QModelIndex | QPersistentModelIndex


class CheckListModel(QAbstractListModel):
    """Lines in order; heads cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[CheckLine, ...] = ()

    def load(self, lines: Sequence[CheckLine]) -> None:
        """Show other lines; where only notes differ nothing is torn down."""
        is_same = [(line.key, line.is_head) for line in lines] == [(line.key, line.is_head) for line in self.lines]
        if is_same:
            self.lines = tuple(lines)
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> CheckLine | None:
        """The line of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def position(self, key: str) -> int:
        """The row of a return or unit, -1 when it is not there."""
        return next((at for at, line in enumerate(self.lines) if not line.is_head and line.key == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE:
            return line
        if role == _DISPLAY:
            return line.title
        if role == _TIP:
            return line.file.path if line.file is not None else None
        return spoken(line) if role == _SPOKEN else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: CheckList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._view.list_model.line(index.row())
        return QSize(theme.px(120), theme.px(HEAD if line is not None and line.is_head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.list_model.line(index.row())
        if line is None:
            return
        rect, state = rect_of(option), state_of(option)
        painter.save()
        if line.is_head:
            paint_head(painter, rect, line.title, line.count or 0, is_first=index.row() == 0)
        else:
            is_chosen = bool(state & SELECTED)
            paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
            _paint_words(painter, rect, line)
            if is_chosen and state & FOCUSED:
                paint_ring(painter, rect)
        painter.restore()


def paint_head(painter: QPainter, rect: QRect, title: str, count: int, *, is_first: bool) -> None:
    """The head of a group: its word, and how many at the right."""
    tokens = theme.tokens()
    painter.fillRect(rect, theme.colour(tokens.table_head))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
    if is_first:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour(tokens.line))
    painter.setFont(theme.font(13))
    painter.setPen(theme.colour(tokens.second_text))
    room = rect.adjusted(_PAD, 0, -_PAD, 0)
    painter.drawText(room, _LEFT, title)
    painter.drawText(room, _RIGHT, str(count))


def _paint_words(painter: QPainter, rect: QRect, line: CheckLine) -> None:
    """Icon, unit, and what is said of it; the unit gives way last."""
    tokens = theme.tokens()
    side = theme.px(_ICON)
    inks = {Stand.FAULTY: tokens.due_soon.text, Stand.DONE: tokens.done.text}
    glyph = _ICONS.get(line.stand, "circle-dashed") if line.stand is not None else "circle-dashed"
    ink = inks.get(line.stand, tokens.second_text) if line.stand is not None else tokens.second_text
    left = rect.left() + _PAD
    icons.paint(painter, QRect(left, rect.top() + (rect.height() - side) // 2, side, side), glyph, ink)
    words = rect.adjusted(_PAD + side + _GAP, 0, -_PAD, 0)
    painter.setFont(theme.font())
    name = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, words.width())
    painter.setPen(theme.colour(tokens.text))
    painter.drawText(words, _LEFT, name)
    left = words.left() + painter.fontMetrics().horizontalAdvance(name) + 8
    room = QRect(left, words.top(), words.right() - left + 1, words.height())
    if room.width() > theme.px(24):
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        note = painter.fontMetrics().elidedText(line.note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT, note)


class CheckList(QListView):
    """Up and down walk; the chosen return is shown at the right."""

    chosen = Signal(object)
    """Another CheckLine was chosen; None where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = CheckListModel(self)
        self._is_loading = False
        self.setModel(self.list_model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("收到的填报表")
        self.selectionModel().currentChanged.connect(self._on_current)

    def load(self, lines: Sequence[CheckLine]) -> None:
        """Show other lines; what was chosen stays chosen, else the line at its place, else the first."""
        before, row = self.current(), self.currentIndex().row()
        self._is_loading = True
        self.list_model.load(lines)
        wanted = self.list_model.position(before.key) if before is not None else -1
        if wanted < 0:
            wanted = self._nearest(max(row, 0))
        self.setCurrentIndex(self.list_model.index(wanted) if wanted >= 0 else QModelIndex())
        self._is_loading = False
        self.chosen.emit(self.current())

    def current(self) -> CheckLine | None:
        """The line that is chosen."""
        line = self.list_model.line(self.currentIndex().row())
        return None if line is None or line.is_head else line

    def choose(self, key: str) -> bool:
        """Choose a return by its path or a unit by its name; False when it is not there."""
        row = self.list_model.position(key)
        if row >= 0:
            self.setCurrentIndex(self.list_model.index(row))
        return row >= 0

    def next_open(self) -> str | None:
        """The key of the next return that waits, after the chosen one and then from the top."""
        lines, row = self.list_model.lines, self.currentIndex().row()
        order = [*lines[row + 1 :], *lines[: max(row, 0)]]
        wanted = (line for line in order if line.file is not None and line.stand is not Stand.DONE)
        found = next(wanted, None)
        return found.key if found is not None else None

    def _nearest(self, row: int) -> int:
        rows = [at for at, line in enumerate(self.list_model.lines) if not line.is_head]
        return min(rows, key=lambda at: (abs(at - row), at), default=-1)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_loading:
            self.chosen.emit(self.current())
