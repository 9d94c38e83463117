"""The kinds of documents at the left of 报告; only those that can be made."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.widgets import labels
from gui.widgets.paint import box

WIDTH = 224
KINDS = (("table", "任务分解表", "table"),)
"""(key, words, icon)."""
_ICON = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus


class _KindDelegate(QStyledItemDelegate):
    """A row of 36 with icon and word; the chosen one in accent with a bar before it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - every row is as high
        return QSize(theme.px(160), theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        # Qt's type hints leave the fields of style options out.
        rect, state = cast("QRect", cast("Any", option).rect), cast("QStyle.StateFlag", cast("Any", option).state)
        is_chosen = bool(state & _SELECTED)
        ground = tokens.chosen if is_chosen else tokens.hover if state & _HOVERED else tokens.surface
        ink = tokens.accent if is_chosen else tokens.text
        painter.save()
        painter.fillRect(rect, theme.colour(ground))
        if is_chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour(tokens.accent))
        side = theme.px(16)
        icon = QRect(rect.left() + theme.px(16), rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, icon, index.data(_ICON), ink if is_chosen else tokens.second_text)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(ink))
        words = rect.adjusted(icon.right() - rect.left() + theme.px(10), 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, index.data())
        if is_chosen and state & _FOCUSED:
            box(painter, rect, border=tokens.accent, width=2, radius=0)
        painter.restore()


class KindList(QFrame):
    """文种."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(theme.px(WIDTH))
        head = labels.label("文种", "note", self)
        head.setFixedHeight(theme.px(32))
        head.setContentsMargins(16, 0, 0, 0)
        self.view = QListWidget(self)
        self.view.setItemDelegate(_KindDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("文种")
        for key, words, icon in KINDS:
            item = QListWidgetItem(words, self.view)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setData(_ICON, icon)
        self.view.setCurrentRow(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(labels.rule(self))
        layout.addSpacing(4)
        layout.addWidget(self.view, 1)
