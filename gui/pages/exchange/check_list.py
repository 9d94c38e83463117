"""The left pane of 核对: the returns in their groups, and below them what nobody has placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.pages.exchange.check_lines import CheckLine, spoken
from gui.pages.exchange.checking import Stand
from gui.widgets.painted_list import (
    DISPLAY,
    LEFT,
    LINE,
    RIGHT,
    SPOKEN,
    TIP,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW, HEAD = RowDelegate.height, 32
_PAD, _ICON, _GAP = 16, 16, 12
_ICONS = {Stand.FAULTY: "warning-fill", Stand.OPEN: "circle", Stand.DONE: "check-circle-fill"}


class CheckListModel(ListModel["CheckLine"]):
    """Lines in order; heads cannot be chosen; where only notes differ nothing is torn down."""

    def key(self, line: CheckLine) -> object:
        return line.key, line.is_head

    def place(self, key: str) -> int:
        """The row of a return or unit, -1 when it is not there."""
        return self.position((key, False))

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def said(self, line: CheckLine, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.title
        if role == TIP:
            return line.file.path if line.file is not None else None
        return spoken(line) if role == SPOKEN else None


class _Delegate(RowDelegate):
    marks_without_keyboard = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: CheckLine | None = index.data(LINE)
        if line is not None and line.is_head:
            return QSize(theme.px(self.least_width), theme.px(HEAD))
        return super().sizeHint(option, index)

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:
        if not index.data(LINE).is_head:
            super().paint_ground(painter, rect, index, is_chosen=is_chosen, is_hot=is_hot)

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        line: CheckLine = index.data(LINE)
        if line.is_head:
            paint_head(painter, rect, line.title, line.count or 0, is_first=index.row() == 0)
        else:
            _paint_words(painter, rect, line)


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
    painter.drawText(room, LEFT, title)
    painter.drawText(room, RIGHT, str(count))


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
    painter.drawText(words, LEFT, name)
    left = words.left() + painter.fontMetrics().horizontalAdvance(name) + 8
    room = QRect(left, words.top(), words.right() - left + 1, words.height())
    if room.width() > theme.px(24):
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        note = painter.fontMetrics().elidedText(line.note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, RIGHT, note)


class CheckList(PaintedList):
    """Up and down walk; the chosen return is shown at the right."""

    chosen = Signal(object)
    """Another CheckLine was chosen; None where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("收到的填报表", parent, is_uniform=False)
        self.list_model = CheckListModel(self)
        self._is_loading = False
        self.setModel(self.list_model)
        self.setItemDelegate(_Delegate(self))
        self.selectionModel().currentChanged.connect(self._on_current)

    def load(self, lines: Sequence[CheckLine]) -> None:
        """Show other lines; what was chosen stays chosen, else the line at its place, else the first."""
        before, row = self.current(), self.currentIndex().row()
        self._is_loading = True
        self.list_model.load(lines)
        wanted = self.list_model.place(before.key) if before is not None else -1
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
        row = self.list_model.place(key)
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
