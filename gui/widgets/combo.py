"""A choice from a list, drawn like the fields: one frame, the text, a caret."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from gui import icons, theme
from gui.widgets.paint import box

_PADDING = 12
_CARET = 16


class ComboBox(QComboBox):
    """32 high. The wheel does nothing while the list is closed: scrolling a page must not change a choice."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "", empty: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._empty = empty
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        # with the combo's own delegate the style sheet reaches the chosen line only
        self.setItemDelegate(QStyledItemDelegate(self))

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
