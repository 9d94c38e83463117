"""The dark bar at the bottom of a page that offers to undo what was just done."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui import theme
from gui.widgets import labels
from gui.widgets.button import Button
from gui.widgets.paint import box

SHOWN_MS = 8000


class _TipLink(Button):
    """A link on the dark ground."""

    def _dress(self) -> tuple[str, str, float, str]:
        tokens = theme.tokens()
        return "", tokens.tip_link if self.shows_ring else "", 2, tokens.tip_link


class UndoBar(QWidget):
    """36 high, shown for 8 s; ``undone`` tells that its link was pressed. Hidden until ``offer``."""

    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        self._text = labels.label("", parent=self)
        palette = self._text.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.tokens().on_tip)
        self._text.setPalette(palette)
        self._text.setProperty("role", "tip")
        self._link = _TipLink("撤销", "link", "", self)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._link)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._link.clicked.connect(self._on_undone)
        self.hide()

    def offer(self, text: str, action: str = "撤销") -> None:
        """Say what was done (已退回 石壁乡（4）) and offer to undo it."""
        self._text.setText(text)
        self._link.setText(action)
        self._link.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.tip, border=tokens.field_border if tokens.is_high_contrast else "")
        painter.end()

    @Slot()
    def _on_undone(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit()
