"""Scrolls sideways where a window is narrower than what it holds; never up and down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class SidewaysArea(QScrollArea):
    """Its widget is always as high as the area.

    QScrollArea's own way of resizing takes the preferred height of wrapped text for the least one and would cut
    the foot off.
    """

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(widget)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widget the new room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside may need more width than before."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        widget = self.widget()
        if widget is None:
            return
        width = max(self.viewport().width(), widget.minimumSizeHint().width())
        widget.resize(width, self.viewport().height())
