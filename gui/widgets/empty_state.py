"""An empty place that says what to do next."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets import labels
from gui.widgets.paint import box


class _Square(QWidget):
    """Icon 32 in a square of 64."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._glyph = icon
        self.setFixedSize(64, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        border = tokens.accent if tokens.is_high_contrast else ""
        box(painter, self.rect(), fill=tokens.chosen, border=border, radius=4)
        icons.paint(painter, QRect(16, 16, 32, 32), self._glyph, tokens.accent)
        painter.end()


class EmptyState(QWidget):
    """Icon, heading, one sentence, and the actions; the first action is the one to focus.

    ``below``: what else is worth knowing, under the actions.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        actions: list[QWidget] | None = None,
        parent: QWidget | None = None,
        *,
        below: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setSpacing(0)
        outer.addStretch(1)
        outer.addWidget(_Square(icon, self), alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(20)
        self.title = labels.label(title, "head", self)
        outer.addWidget(self.title, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(6)
        self.text = labels.label(text, "second", self)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.text.setMinimumWidth(theme.px(400))
        outer.addWidget(self.text)  # over the whole width: beside an alignment a layout reckons with one line only
        outer.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.buttons = actions or []
        for action in self.buttons:
            action.setParent(self)
            row.addWidget(action)
        row.addStretch(1)
        outer.addLayout(row)
        if below is not None:
            outer.addSpacing(32)
            below.setParent(self)
            outer.addWidget(below, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the first action. No focus proxy: Tab would never leave actions that stand before their empty state."""
        if self.buttons:
            self.buttons[0].setFocus(reason)
