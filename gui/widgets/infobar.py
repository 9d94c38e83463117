"""The bar that says what still needs a person: icon, words, one or more links, ×."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.paint import box


class InfoBar(QWidget):
    """40 high; ``action_chosen`` carries the key of the link, ``closed`` tells that × was pressed."""

    action_chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, icon: str = "info") -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 0, 8, 0)
        self._layout.setSpacing(8)
        self._icon = labels.IconLabel(icon, 16, theme.tokens().accent, self)
        self._layout.addWidget(self._icon)
        self._parts: list[QWidget] = []
        self._layout.addStretch(1)
        self._close = button.icon_button("x", "关闭提示", self)
        self._layout.addWidget(self._close)
        self._close.clicked.connect(self._on_closed)

    def set_items(self, items: list[tuple[str, str, str]]) -> None:
        """Show (text, words of the link, key) one after the other; an empty list hides the bar."""
        for part in self._parts:
            self._layout.removeWidget(part)
            part.deleteLater()
        self._parts.clear()
        for index, (text, action, key) in enumerate(items):
            if index:
                divider = labels.rule(self, vertical=True)
                divider.setFixedHeight(16)
                self._add(divider)
            if text:  # a further link of the same fact has none
                self._add(labels.label(text, parent=self))
            if action:
                link = button.link(action, self)
                link.clicked.connect(partial(self._on_action, key))
                self._add(link)
        self.setAccessibleName("，".join(text for text, _, _ in items if text))
        self.setVisible(bool(items))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.info_ground, border=tokens.info_border)
        painter.end()

    def _add(self, part: QWidget) -> None:
        self._layout.insertWidget(1 + len(self._parts), part)
        self._parts.append(part)

    def _on_action(self, key: str, _checked: bool = False) -> None:
        self.action_chosen.emit(key)

    @Slot()
    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()
