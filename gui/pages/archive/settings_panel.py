"""设置: of the open ledger at the left, of its documents and of this computer's window at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.menus import FONT_SIZES
from gui.pages.archive.issuer_panel import IssuerPanel
from gui.pages.archive.own_templates_panel import OwnTemplatesPanel
from gui.pages.archive.paper_panel import PaperPanel
from gui.pages.progress.parts import Card
from gui.periods.settings_panel import LedgerSettingsPanel
from gui.widgets import labels
from gui.widgets.check import CheckBox
from gui.widgets.row_painting import clear_ground
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from gui.context import Context

_PARTS = ((0, "署名"), (1, "版面和文号"), (2, "模板"))
_PAD = 16
_BAR = 14
"""A scroll bar with a little air."""
_SIDE, _MOST_SIDE = 272, 368
"""The cards at the right give way first: the table of holidays cannot."""


class SettingsPanel(QWidget):
    """``display_changed`` asks the window to dress itself anew."""

    display_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.ledger = LedgerSettingsPanel(context)
        self.issuer, self.paper, self.templates = IssuerPanel(context), PaperPanel(context), OwnTemplatesPanel(context)
        self._ledger, self._documents = self._scrolling(self.ledger), self._scrolling(self.issuer)
        self.part = Segmented(_PARTS, self, name="发文设置的部分")
        self.part.set_value(_PARTS[0][0])
        self.parts = QStackedWidget(self)
        self.parts.addWidget(self._documents)
        self._paper = self._scrolling(self.paper)
        for area in (self._paper, self._scrolling(self.templates)):
            self.parts.addWidget(area)
        self.part.changed.connect(self._show_part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._card("本台账", "记在台账文件里，跟着文件走。", self._ledger), 2)
        side = QVBoxLayout()
        side.setSpacing(12)
        documents = self._card("发文设置", self.part, self.parts)
        display = self._card("显示", "只影响这台电脑上的窗口。", self._build_display())
        for card in (documents, display):
            card.setMinimumWidth(theme.px(_SIDE))
            card.setMaximumWidth(theme.px(_MOST_SIDE))
        side.addWidget(documents, 1)
        side.addWidget(display)
        row.addLayout(side, 1)

    def show_issuer(self) -> None:
        """The keyboard into the first empty field that documents use: 单位名称, which signs reports, or of 发文设置."""
        field = self.issuer.first_empty() or self.paper.first_empty() or self.issuer.fields["body"]
        place = int(self.paper.isAncestorOf(field))
        self.part.set_value(place)
        self._show_part(place)
        area = self._paper if place else self._documents
        if not self.ledger.office.text():
            field, area = self.ledger.office, self._ledger
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        area.ensureWidgetVisible(field)

    @Slot(object)
    def _show_part(self, place: int) -> None:
        self.parts.setCurrentIndex(place)

    def flush(self) -> None:
        """What was typed and not left is kept."""
        self.issuer.save()
        self.paper.save()

    def _scrolling(self, inside: QWidget) -> QScrollArea:
        """A small window holds the settings, not their table of holidays too."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setMinimumWidth(inside.minimumSizeHint().width() + _BAR)
        clear_ground(area)
        return area

    def _card(self, title: str, words: str | QWidget, inside: QWidget) -> QWidget:
        """``words``: what stands under the title."""
        card = Card(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(_PAD, 12, _PAD, _PAD)
        column.setSpacing(4)
        column.addWidget(labels.label(title, "head", card))
        column.addWidget(labels.label(words, "second", card) if isinstance(words, str) else words)
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
