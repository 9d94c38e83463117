"""The row above the pages: previous and next page, where one is, zoom; a sentence at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from gui.pages.report.page_view import PageView


class PageTools(QWidget):
    """Steers a PageView and says where it is; 40 high."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._build()
        self._connect()
        self._on_page_changed(0, 0)

    def _build(self) -> None:
        self.setFixedHeight(theme.px(40))
        self.previous = button.icon_button("caret-left", "上一页（PageUp）", self)
        self.place = labels.label("", parent=self)
        self.next = button.icon_button("caret-right", "下一页（PageDown）", self)
        self.smaller = button.icon_button("magnifying-glass-minus", "缩小（Ctrl+-）", self)
        self.fit = button.ghost("适合宽度", parent=self, is_small=True)
        self.fit.setToolTip("让页面与窗口同宽")
        self.larger = button.icon_button("magnifying-glass-plus", "放大（Ctrl++）", self)
        self.glyph = labels.IconLabel("info", 16, parent=self)
        self.glyph.hide()
        self.sentence = ElidedLabel("", "note", self)
        rule = labels.rule(self, vertical=True)
        rule.setFixedHeight(theme.px(20))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.previous)
        layout.addSpacing(4)
        layout.addWidget(self.place)
        layout.addSpacing(4)
        layout.addWidget(self.next)
        layout.addSpacing(4)
        layout.addWidget(rule)
        layout.addSpacing(4)
        for widget in (self.smaller, self.fit, self.larger):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.glyph)
        layout.addSpacing(2)
        layout.addWidget(self.sentence)

    def _connect(self) -> None:
        self.previous.clicked.connect(self._view.previous_page)
        self.next.clicked.connect(self._view.next_page)
        self.smaller.clicked.connect(self._view.zoom_out)
        self.larger.clicked.connect(self._view.zoom_in)
        self.fit.clicked.connect(self._view.fit_width)
        self._view.page_changed.connect(self._on_page_changed)
        self._view.zoom_changed.connect(self._on_zoom_changed)

    @Slot(str)
    def say(self, text: str, *, ink: str = "") -> None:
        """A sentence at the right end; ``ink`` a colour of the tokens (amber for what is to be looked at)."""
        self.glyph.set_icon("info", ink)
        self.glyph.setVisible(bool(text))
        self.sentence.setText(text)
        self.sentence.setStyleSheet(f"color: {ink};" if ink else "")

    @Slot(int, int)
    def _on_page_changed(self, page: int, total: int) -> None:
        self.place.setText(f"第 {page} 页，共 {total} 页" if total else "没有页面")
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < total)
        for widget in (self.smaller, self.fit, self.larger):
            widget.setEnabled(total > 0)

    @Slot(float, bool)
    def _on_zoom_changed(self, factor: float, fits_width: bool) -> None:
        """The middle says the zoom, and brings back 适合宽度 when it is another."""
        self.fit.setText("适合宽度" if fits_width else f"{factor:.0%}")
        self.fit.updateGeometry()
