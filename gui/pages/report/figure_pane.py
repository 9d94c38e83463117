"""数字来源: the numbers of the document on screen, each with its rule, and the rows behind the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyledItemDelegate, QVBoxLayout, QWidget

from gui import theme
from gui.pages.home.row_list import Index, RowDelegate, RowList
from gui.widgets import button, labels
from gui.widgets.row_painting import SELECTED, paint_ring, paint_row, rect_of, state_of
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from core.model.issued import Figure
    from core.office.behind import BehindRow

WIDTH = 288
_ROW, _BAND = 34, 28
_PAD = 12
_FIGURE = Qt.ItemDataRole.UserRole + 1
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Band:
    """What some figures are about: 措施, （一）…"""

    title: str


class _Model(QAbstractListModel):
    """Figures below what they are about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Figure | _Band] = []

    def show(self, figures: Sequence[Figure]) -> None:
        self.beginResetModel()
        self.lines = []
        about = None
        for figure in figures:
            band = figure.label.partition("：")[0] if "：" in figure.label else ""
            if band and band != about:
                self.lines.append(_Band(band))
            about = band
            self.lines.append(figure)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.lines[index.row()]
        if role == _FIGURE:
            return line
        if isinstance(line, _Band):
            return line.title if role in (_DISPLAY, _SPOKEN) else None
        if role in (_DISPLAY, _SPOKEN):
            return f"{line.label} {line.value}"
        return f"{line.label} {line.value}\n{line.rule}" if role == _TIP else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()]
        return Qt.ItemFlag.NoItemFlags if isinstance(line, _Band) else super().flags(index)


class _Delegate(QStyledItemDelegate):
    """Name at the left, number at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        is_band = isinstance(index.data(_FIGURE), _Band)
        return QSize(theme.px(160), theme.px(_BAND if is_band else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, rect, line = theme.tokens(), rect_of(option), index.data(_FIGURE)
        words = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        painter.save()
        if isinstance(line, _Band):
            painter.fillRect(rect, theme.colour(tokens.table_head))
            self._say(painter, words, line.title, 12, tokens.second_text)
            painter.restore()
            return
        view = cast("_View", self.parent())
        is_chosen = bool(state_of(option) & SELECTED)
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=index.row() == view.hover_row(), has_bar=True)
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.colour(tokens.text))
        painter.drawText(words, _RIGHT, line.value)
        taken = painter.fontMetrics().horizontalAdvance(line.value) + theme.px(8)
        name = line.label.partition("：")[2] or line.label
        self._say(painter, words.adjusted(0, 0, -taken, 0), name, 14, tokens.text)
        if is_chosen and view.hasFocus():
            paint_ring(painter, rect)
        painter.restore()

    @staticmethod
    def _say(painter: QPainter, words: QRect, text: str, size: int, ink: str) -> None:
        painter.setFont(theme.font(size))
        painter.setPen(theme.colour(ink))
        painter.drawText(
            words, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        )


class _View(QListView):
    """Enter opens the rows of the chosen number, as a click does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hover = -1
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("文中的数字")
        self.entered.connect(self._on_entered)

    def hover_row(self) -> int:
        """The row under the pointer."""
        return self._hover if self.underMouse() else -1

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self._hover = index.row()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _RowDelegate(RowDelegate):
    """（4）, the unit, and the beginning of the measure."""

    height = 30

    def paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:  # noqa: ANN401 - a BehindRow
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour(theme.tokens().text))
        words = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        text = painter.fontMetrics().elidedText(behind_words(row), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, text)


def behind_words(row: BehindRow) -> str:
    """（4）住建局 按照分类分级…"""
    return f"（{row.measure}）{row.unit}{' ' if row.unit else ''}{row.text}"


class FigurePane(QWidget):
    """288 wide, at the right of the pages."""

    figure_chosen = Signal(object)
    """Show the rows behind a core.model.issued.Figure."""
    row_opened = Signal(object)
    """A core.office.behind.BehindRow was pressed."""
    table_asked = Signal()
    """Show the rows of the chosen number on 任务分解."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.figure: Figure | None = None
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("数字来源")
        self._build()
        self.search.textChanged.connect(self._show)
        self.view.clicked.connect(self._on_clicked)
        self.rows.opened.connect(self.row_opened)
        self.to_table.clicked.connect(self.table_asked)
        self.close_it.clicked.connect(self.closed)

    def _build(self) -> None:
        self.search = SearchBox("找数字或名称", self)
        self.search.setToolTip("写文中的数字，如“105”，或名称，如“逾期”；在页面上点数字也可以")
        self.close_it = button.icon_button("x", "收起数字来源", self)
        head = QHBoxLayout()
        head.setContentsMargins(_PAD, 8, 8, 8)
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.close_it)
        self.model = _Model(self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.nothing = labels.label("", "second", self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(_PAD, 12, _PAD, 12)
        self.behind = self._build_lower()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 3)
        layout.addWidget(self.behind, 2)

    def _build_lower(self) -> QWidget:
        lower = QWidget(self)
        self.what = labels.label("", "strong", lower)
        self.what.setWordWrap(True)
        self.rule = labels.label("", "note", lower)
        self.rule.setWordWrap(True)
        self.count = labels.label("", "note", lower)
        self.to_table = button.link("在任务分解中查看", lower)
        self.to_table.setToolTip("任务分解只列出这个数字背后的措施")
        self.rows = RowList("这个数字背后的行", lower)
        self.rows.setItemDelegate(_RowDelegate(self.rows))
        column = QVBoxLayout()
        column.setContentsMargins(_PAD, 8, _PAD, 6)
        column.setSpacing(4)
        column.addWidget(self.what)
        column.addWidget(self.rule)
        line = QHBoxLayout()  # beside an alignment a layout reckons with one line of wrapped words only
        line.setSpacing(8)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.to_table)
        column.addLayout(line)
        layout = QVBoxLayout(lower)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(labels.rule(lower))
        layout.addLayout(column)
        layout.addWidget(self.rows, 1)
        lower.hide()
        return lower

    # --- what is shown ---------------------------------------------------------------------------

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show the numbers of another document; the same number of it stays chosen."""
        self._figures = figures
        key = self.figure.key if self.figure is not None else None
        self._show()
        again = next((one for one in figures if one.key == key), None)
        if again is not None:
            self._mark(again)
            self.figure_chosen.emit(again)
        else:
            self.figure = None
            self.behind.hide()

    def find_number(self, number: str) -> int:
        """Show the figures that are printed as ``number``, choosing the only one; how many there are."""
        found = [one for one in self._figures if one.value == number]
        self.search.setText(number)
        if len(found) == 1:
            self._mark(found[0])
            self._on_clicked(self.view.currentIndex())
        return len(found)

    def _show(self) -> None:
        words = self.search.text().strip()
        exact = [one for one in self._figures if one.value == words]
        found = exact or [one for one in self._figures if words in one.label or words in one.value]
        self.model.show(found)
        self.view.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if not self._figures:
            self.nothing.setText("这份文件里没有统计得出的数字。")
        else:
            self.nothing.setText(f"没有找到“{words}”。它可能是方案原文或填报内容里的数字，不是统计得出的。")

    def _mark(self, figure: Figure) -> None:
        if figure in self.model.lines:
            index = self.model.index(self.model.lines.index(figure))
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        figure = index.data(_FIGURE)
        if figure is not None and not isinstance(figure, _Band):
            self.figure_chosen.emit(figure)

    def show_rows(self, figure: Figure, rows: Sequence[BehindRow]) -> None:
        """The rows behind a number, below the list."""
        self.figure = figure
        self.what.setText(f"{figure.label} {figure.value}")
        self.rule.setText(figure.rule)
        measures = len({row.measure for row in rows})
        counted = f"{len(rows)} 条，" if rows and rows[0].obligation is not None else ""
        self.count.setText(f"{counted}{measures} 项措施" if rows else "背后没有行")
        self.to_table.setVisible(bool(rows))
        self.rows.show_rows([(row, behind_words(row), behind_words(row)) for row in rows])
        self.behind.show()
