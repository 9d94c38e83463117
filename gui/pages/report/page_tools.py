"""The row above the pages: previous and next page, where one is, zoom, what can be shown beside; a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from gui.pages.report.page_view import PageView


class Toggle(button.Button):
    """A quiet button that stays pressed: what it names is shown. Without words it is its icon alone."""

    def __init__(self, text: str, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "ghost", icon, parent, is_small=True)
        self.setCheckable(True)
        self.setToolTip(tip)
        self.setAccessibleName(text or tip)

    def _dress(self) -> tuple[str, str, float, str]:
        if not self.isChecked() or not self.isEnabled():
            return super()._dress()
        tokens = theme.tokens()
        return tokens.chosen, tokens.accent, 2 if self.shows_ring else 1, tokens.accent


class _Sentence(ElidedLabel):
    """Says the ``whole`` sentence in its tooltip where it shows a shorter one."""

    whole = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The label's own tooltip only knows what is shown."""
        super().resizeEvent(event)
        if self.whole != self.text():
            self.setToolTip(self.whole)


class PageTools(QWidget):
    """Steers a PageView and says where it is; 40 high."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._said: tuple[str, str] = ("", "")
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
        self.sentence = _Sentence("", "note", self)
        rule = labels.rule(self, vertical=True)
        rule.setFixedHeight(theme.px(20))
        layout = self._row = QHBoxLayout(self)
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

    def add_toggle(self, text: str, icon: str, tip: str) -> Toggle:
        """One more button after the zoom, for what can be shown beside the pages."""
        if not hasattr(self, "_second_rule"):
            self._second_rule = labels.rule(self, vertical=True)
            self._second_rule.setFixedHeight(theme.px(20))
            self._put(self._second_rule)
        made = Toggle(text, icon, tip, self)
        self._put(made)
        return made

    def _put(self, widget: QWidget) -> None:
        """Before the stretch, the glyph, the space and the sentence."""
        self._row.insertWidget(self._row.count() - 4, widget)

    @Slot(str)
    def say(self, text: str, *, ink: str = "", short: str = "") -> None:
        """A sentence at the right end, or its ``short`` form where there is no room for it.

        ``ink``: a colour of the tokens (amber for what is to be looked at).
        """
        self._said = (text, short or text)
        self.glyph.set_icon("info", ink)
        self.glyph.setVisible(bool(text))
        self.sentence.setStyleSheet(f"color: {ink};" if ink else "")
        self._fit_sentence()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the form of the sentence that there is room for."""
        super().resizeEvent(event)
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        text, short = self._said
        before = [self._row.itemAt(place).widget() for place in range(self._row.count() - 1)]
        taken = sum(one.sizeHint().width() + self._row.spacing() for one in before if one is not None)
        room = self.width() - taken - 16 - 12 - 24  # the margins, and the spaces between groups
        fits = QFontMetrics(self.sentence.font()).horizontalAdvance(text) <= room
        self.sentence.whole = text
        self.sentence.setText(text if fits else short)
        self.sentence.setAccessibleName(text)
        self.sentence.setToolTip("" if fits else text)

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
