"""设置: of the open ledger at the left, of this computer's window at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.menus import FONT_SIZES
from gui.pages.progress.parts import Card
from gui.pages.units.painting import clear_ground
from gui.periods.settings_panel import LedgerSettingsPanel
from gui.widgets import labels
from gui.widgets.check import CheckBox
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from gui.context import Context

_PAD = 16
_BAR = 14
"""A scroll bar with a little air."""
_SIDE = 272


class SettingsPanel(QWidget):
    """``display_changed`` asks the window to dress itself anew."""

    display_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.ledger = LedgerSettingsPanel(context)
        area = QScrollArea(self)  # a small window holds the settings, not their table of holidays too
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.ledger)
        area.setMinimumWidth(self.ledger.minimumSizeHint().width() + _BAR)
        clear_ground(area)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._card("本台账", "记在台账文件里，跟着文件走。", area), 1)
        side = QVBoxLayout()
        display = self._card("显示", "只影响这台电脑上的窗口。", self._build_display())
        display.setFixedWidth(theme.px(_SIDE))
        side.addWidget(display)
        side.addStretch(1)
        row.addLayout(side)

    def _card(self, title: str, words: str, inside: QWidget) -> QWidget:
        card = Card(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(_PAD, 12, _PAD, _PAD)
        column.setSpacing(4)
        column.addWidget(labels.label(title, "head", card))
        column.addWidget(labels.label(words, "second", card))
        column.addSpacing(8)
        column.addWidget(inside, 1)
        return card

    def _build_display(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.size_choice = Segmented([(size, title) for size, title in FONT_SIZES], holder, name="字号")
        self.size_choice.set_value(self._context.settings.font_size)
        line.addWidget(labels.label("字号", "second", holder))
        line.addWidget(self.size_choice)
        line.addStretch(1)
        column.addLayout(line)
        self.contrast = CheckBox("高对比度", holder)
        self.contrast.setToolTip("黑底亮字，颜色分得更开（Ctrl+Shift+H）")
        self.contrast.setChecked(self._context.settings.high_contrast)
        column.addWidget(self.contrast)
        self.size_choice.changed.connect(self._on_size)
        self.contrast.clicked.connect(self._on_contrast)
        return holder

    @Slot(object)
    def _on_size(self, size: int) -> None:
        self._context.settings.font_size = size
        self.display_changed.emit()

    @Slot()
    def _on_contrast(self) -> None:
        self._context.settings.high_contrast = self.contrast.isChecked()
        self.display_changed.emit()
