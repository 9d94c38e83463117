"""The units of one measure with checks: who is filled in at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.pages.progress.delegates import rect_of, state_of
from gui.pages.progress.list_views import SayingList
from gui.pages.progress.row_list_model import Index, RowListModel
from gui.widgets.check import paint_check
from gui.widgets.paint import box

if TYPE_CHECKING:
    from core.office.obligations import ObligationRow

_DISPLAY = Qt.ItemDataRole.DisplayRole
_CHECK = Qt.ItemDataRole.CheckStateRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
NOTE = Qt.ItemDataRole.UserRole
"""What the unit has said in the period."""
ROW_HEIGHT = 32


class UnitChecks(RowListModel["ObligationRow"]):
    """One row for each unit of a measure."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: set[int] = set()

    def chosen(self) -> tuple[ObligationRow, ...]:
        """The rows that are checked, in their order."""
        return tuple(row for row in self.rows() if row.id in self._chosen)

    def choose(self, ids: Collection[int]) -> None:
        """Check these and no others."""
        wanted = {row.id for row in self.rows()} & set(ids)
        if wanted != self._chosen:
            self._chosen = wanted
            self.tell_changed()
            self.chosen_changed.emit()

    def toggle(self, index: Index) -> None:
        """Check a row, or let it go."""
        row = self.row_at(index)
        if row is not None:
            self.choose(self._chosen ^ {row.id})

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Name, check and what is there already."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == _DISPLAY:
            return row.unit
        if role == NOTE:
            return entry_words(row)
        if role == _CHECK:
            return (Qt.CheckState.Checked if row.id in self._chosen else Qt.CheckState.Unchecked).value
        if role == _ACCESSIBLE:
            said = ("已选" if row.id in self._chosen else "未选", row.unit, entry_words(row))
            return "，".join(part for part in said if part)
        return None


class UnitCheckList(SayingList):
    """Space and a click check the current row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("users-three", "没有单位", parent)
        self.units = UnitChecks(self)
        self.setModel(self.units)
        self.setItemDelegate(_CheckDelegate(self))
        self.setAccessibleName("填报哪些单位")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space checks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.units.toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on a row checks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.units.toggle(index)


class _CheckDelegate(QStyledItemDelegate):
    """A row of 32: check, name, what is there."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Every row is as high."""
        return QSize(theme.px(160), theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Check, name, note."""
        tokens = theme.tokens()
        rect, state = rect_of(option), state_of(option)
        painter.save()
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour(tokens.hover))
        is_checked = index.data(_CHECK) == Qt.CheckState.Checked.value
        paint_check(painter, QRect(rect.left(), rect.top(), theme.px(32), rect.height()), is_checked=is_checked)
        note, font = str(index.data(NOTE)), theme.font(12)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(note)
        right = rect.adjusted(0, 0, -theme.px(10), 0)
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        words = rect.adjusted(theme.px(34), 0, -width - theme.px(16), 0)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        is_current = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus
        if is_current:
            box(painter, rect, border=tokens.accent, width=2, radius=4)
        painter.restore()


def entry_words(row: ObligationRow) -> str:
    """What a unit has said in the period, in a word."""
    if row.period_review is not None:
        return "已通过" if row.period_review.value == "通过" else f"已填，{row.period_review.value}"
    if row.has_draft:
        return "有草稿"
    return "待补全" if row.is_group else ""
