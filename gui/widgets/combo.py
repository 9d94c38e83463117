"""A choice from a list, drawn like the fields: one frame, the text, a caret."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import icons, theme
from gui.widgets.paint import box

_PADDING = 12
_CARET = 16
_RULE = 9


class _Line(QStyledItemDelegate):
    """A line of the open list, or the thin rule of a separator; the style sheet would indent the chosen one only."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = _RULE if _is_separator(index) else theme.px(32)
        return QSize(super().sizeHint(option, index).width() + 2 * _PADDING, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = theme.tokens()
        rect = cast("QRect", cast("Any", option).rect)
        from PySide6.QtWidgets import QStyle  # hundreds of flags, which the start can do without

        state = cast("QStyle.StateFlag", cast("Any", option).state)
        painter.save()
        if _is_separator(index):
            painter.fillRect(rect.left(), rect.center().y(), rect.width(), 1, theme.colour(tokens.line))
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.colour(tokens.hover))
                if tokens.is_high_contrast:
                    box(painter, rect, border=tokens.accent, width=2, radius=0)
            is_enabled = bool(state & QStyle.StateFlag.State_Enabled)
            painter.setFont(theme.font())
            painter.setPen(theme.colour(tokens.text if is_enabled else tokens.disabled_text))
            room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
            text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


def _is_separator(index: QModelIndex | QPersistentModelIndex) -> bool:
    return bool(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "separator")


class ComboBox(QComboBox):
    """32 high. The wheel does nothing while the list is closed: scrolling a page must not change a choice."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "", empty: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._empty = empty
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(_Line(self))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font())
        texts = [self.itemText(index) for index in range(self.count())] or [self._empty]
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        return QSize(widest + 2 * _PADDING + _CARET + 8, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(72), theme.px(32))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        if not self.isEnabled():
            box(painter, self.rect(), fill=tokens.ground, border=tokens.line)
        elif self.hasFocus() or self.view().isVisible():
            box(painter, self.rect(), fill=tokens.surface, border=tokens.accent, width=2)
        else:
            box(painter, self.rect(), fill=tokens.surface, border=tokens.field_border)
        side = theme.px(_CARET)
        caret = QRect(self.width() - side - 8, (self.height() - side) // 2, side, side)
        icons.paint(painter, caret, "caret-down", tokens.second_text if self.isEnabled() else tokens.disabled_text)
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.second_text))
        room = QRect(_PADDING, 0, caret.left() - _PADDING - 4, self.height())
        text = self.currentText() or self._empty
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
