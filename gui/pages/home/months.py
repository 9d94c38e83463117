"""时限分布: one row a year, twelve months, what is due in each and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.pages.home.bars import paint_bar
from gui.pages.home.row_list import ROW
from gui.widgets.paint import box

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.ledger.figures import Figures
    from core.office.statistics import MonthDue

MONTHS = 12
_YEAR_WIDTH = 56
_ROW_LEAST, _ROW_MOST = 52, 73
_DISPLAY = Qt.ItemDataRole.DisplayRole
_NAME = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HOVERED = QStyle.StateFlag.State_MouseOver
_PRESSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_PASSING = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
Index = QModelIndex | QPersistentModelIndex


def month_words(due: MonthDue) -> str:
    """A month as it is read aloud."""
    figures = due.figures
    parts = [
        ("已完成", figures.done),
        ("其中逾期完成", figures.done_late),
        ("逾期", figures.overdue),
        ("临近", figures.due_soon),
    ]
    said = "，".join(f"{word} {count}" for word, count in parts if count)
    return f"{due.year}年{due.month}月，{len(due.measures)} 项措施到期{f'，{said}' if said else ''}"


def month_parts(figures: Figures) -> tuple[tuple[str, int], ...]:
    """Colours and counts of a month's bar: done, late, near, and the rest."""
    tokens = theme.tokens()
    near = min(figures.due_soon, max(figures.total - figures.done - figures.overdue, 0))
    rest = max(figures.total - figures.done - figures.overdue - near, 0)
    begun = rest if figures.overdue or near else min(rest, figures.in_progress)
    return (
        (tokens.bar_done, figures.done),
        (tokens.overdue.text, figures.overdue),
        (tokens.due_soon.text, near),
        (tokens.bar_in_progress, begun),
        (tokens.bar_not_started, rest - begun),
    )


class MonthModel(QAbstractTableModel):
    """Years down, months across; a cell holds a MonthDue or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.years: tuple[int, ...] = ()
        self.today: tuple[int, int] = (0, 0)
        self._found: dict[tuple[int, int], MonthDue] = {}

    def show(self, months: Sequence[MonthDue], today: date) -> None:
        """Show all years between the first and the last date."""
        self.beginResetModel()
        self._found = {(due.year, due.month): due for due in months if due.measures}
        years = [year for year, _ in self._found]
        self.years = tuple(range(min(years), max(years) + 1)) if years else ()
        self.today = (today.year, today.month)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.years)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else MONTHS

    def place(self, index: Index) -> tuple[int, int]:
        """Year and month of a cell."""
        return self.years[index.row()], index.column() + 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        year, month = self.place(index)
        due = self._found.get((year, month))
        if role == ROW:
            return due
        if role in (_DISPLAY, _NAME):
            return month_words(due) if due else f"{year}年{month}月，没有到期的措施"
        return month_words(due) if due and role == _TIP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if role != _DISPLAY:
            return None
        return f"{self.years[section]}年" if orientation == Qt.Orientation.Vertical else f"{section + 1}月"


class _MonthDelegate(QStyledItemDelegate):
    """Month, count, bar; the month of the as-of date has the chosen ground and an accent border."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect, state = cast("QRect", cast("Any", option).rect), cast("QStyle.StateFlag", cast("Any", option).state)
        view = cast("MonthStrip", self.parent())
        due: MonthDue | None = index.data(ROW)
        is_now = view.months.place(index) == view.months.today
        painter.save()
        ground = tokens.chosen if is_now else tokens.hover if due and state & _HOVERED else tokens.surface
        painter.fillRect(rect, theme.colour(ground))
        self._grid(painter, rect, index)
        if is_now:
            box(painter, rect, border=tokens.accent, radius=0)
        self._words(painter, rect, index.column() + 1, due, is_now=is_now)
        if view.shows_ring and index == view.currentIndex():
            box(painter, rect, border=tokens.accent, width=2, radius=0)
        painter.restore()

    @staticmethod
    def _grid(painter: QPainter, rect: QRect, index: Index) -> None:
        """Thin lines on the right and below; the first row and column have theirs on the other sides, too."""
        line = theme.colour(theme.tokens().line)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
        if index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), line)
        if index.row() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), line)

    @staticmethod
    def _words(painter: QPainter, rect: QRect, month: int, due: MonthDue | None, *, is_now: bool) -> None:
        tokens = theme.tokens()
        inner = rect.adjusted(6 if rect.width() > theme.px(34) else 3, 3, -4 if rect.width() > theme.px(34) else -2, -5)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.accent if is_now else tokens.second_text))
        name = f"{month}月"
        if painter.fontMetrics().horizontalAdvance(name) > inner.width():
            name = str(month)
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), theme.px(18)), _LEFT, name)
        if due is None:
            return
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(theme.colour(tokens.text))
        below = QRect(inner.left(), inner.top() + theme.px(17), inner.width(), theme.px(22))
        painter.drawText(below, _LEFT, str(len(due.measures)))
        height = theme.px(6)
        paint_bar(
            painter, QRectF(inner.left(), inner.bottom() - height, inner.width() - 2, height), month_parts(due.figures)
        )


class _YearHead(QHeaderView):
    """The years at the left, as plain words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setFixedWidth(theme.px(_YEAR_WIDTH))
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        """Its name, without a frame."""
        tokens = theme.tokens()
        painter.save()
        painter.fillRect(rect, theme.colour(tokens.surface))
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(rect, _LEFT, str(self.model().headerData(index, Qt.Orientation.Vertical)))
        painter.restore()


class MonthStrip(QTableView):
    """Arrows walk the months, Enter or a click opens one; more than three years scroll."""

    opened = Signal(object)
    """A month with something due was pressed; carries its MonthDue."""
    menu_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = MonthModel(self)
        self._has_ring = False
        self.setModel(self.months)
        self.setItemDelegate(_MonthDelegate(self))
        self.setAccessibleName("时限分布")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, 0, 0, 0)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalHeader(_YearHead(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(self._open)

    @property
    def shows_ring(self) -> bool:
        """Whether the month under the cursor gets the keyboard's frame."""
        return self._has_ring and self.hasFocus()

    def show_months(self, months: Sequence[MonthDue], today: date) -> None:
        """Show other dates; the cursor stands on the month of the as-of date where the plan has it."""
        self.months.show(months, today)
        self._fit()
        if not self.months.years:
            return
        year, month = self.months.today
        line = self.months.years.index(year) if year in self.months.years else 0
        index = self.months.index(line, month - 1)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns share the width; up to three years share the height."""
        years = len(self.months.years)
        if not years:
            return
        least, most = theme.px(_ROW_LEAST), theme.px(_ROW_MOST)
        height = max(least, min(most, self.viewport().height() // min(years, 3)))
        width = self.viewport().width()
        for line in range(years):
            self.setRowHeight(line, height)
        for column in range(MONTHS):
            left, right = width * column // MONTHS, width * (column + 1) // MONTHS
            self.setColumnWidth(column, right - left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_ring = True
        self.viewport().update()
        if event.key() in _PRESSING:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _PASSING:
            self._has_ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        due = index.data(ROW) if index.isValid() else None
        if due is not None:
            self.opened.emit(due)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        self.menu_asked.emit(index.data(ROW) if index.isValid() else None, self.viewport().mapToGlobal(place))
