"""The kinds of documents at the left of 报告; only those that can be made."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
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

from core.model.document_kind import DocumentKind
from core.office.documents import KINDS, Kind
from gui import icons, theme
from gui.pages.report.issued_box import IssuedBox
from gui.widgets import labels
from gui.widgets.paint import box

WIDTH = 224
_ICONS = {
    DocumentKind.TABLE: "table",
    DocumentKind.PROGRESS: "chart-bar",
    DocumentKind.REPORT: "file-text",
    DocumentKind.MIDTERM: "clipboard-text",
    DocumentKind.FINAL: "flag",
    DocumentKind.CIRCULAR: "bell",
    DocumentKind.REMINDER: "envelope-simple",
    DocumentKind.NOTICE: "warning-circle",
    DocumentKind.CATALOGUE: "paperclip",
    DocumentKind.LEDGER: "buildings",
}
_KEY, _ICON = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
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
    """文种; one is always chosen."""

    chosen = Signal(str)
    """Another kind; carries its key."""

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
        for key, kind in KINDS.items():
            item = QListWidgetItem(kind.title, self.view)
            item.setData(_KEY, key)
            item.setData(_ICON, _ICONS[kind.key])
        self.view.setCurrentRow(0)
        self.view.currentRowChanged.connect(self._on_row_changed)
        self.issued = IssuedBox(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(labels.rule(self))
        layout.addSpacing(4)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.issued)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the kinds leave is for the documents that were issued."""
        super().resizeEvent(event)
        kinds = self.view.count() * theme.px(36) + theme.px(32) + 8
        self.issued.set_room(self.height() - kinds)

    def current(self) -> Kind:
        """The kind that is chosen."""
        return KINDS[self.view.currentItem().data(_KEY)]

    def choose(self, key: str) -> bool:
        """Choose a kind; False where there is none of that key to choose."""
        for row in range(self.view.count()):
            if self.view.item(row).data(_KEY) == key:
                self.view.setCurrentRow(row)
                return True
        return False

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.view.item(row).data(_KEY))
