"""How the page 单位 is put together: title row, left list, the rooms beside it, the bar at its foot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.pages.base import Page
from gui.pages.progress.sideways import SidewaysArea
from gui.pages.units.exported_bar import ExportedBar
from gui.pages.units.pane import UnitPane
from gui.pages.units.side_list import SideList
from gui.pages.units.unit_form import UnitForm
from gui.pages.units.unresolved_pane import UnresolvedPane
from gui.widgets import button, labels
from gui.widgets.search_box import SearchBox
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from gui.context import Context

_MARGIN = 16
_GAP = 12
_UNDO_WIDTH = 520


class UnitsLayout(Page):
    """The widgets in their places; what they do is the page's."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._build()
        self._order_keys()

    def _build(self) -> None:
        # each in its last place from the beginning: Qt styles a widget anew, with all it holds, whenever it is moved
        body = QWidget(self)
        area = SidewaysArea(body, self)
        self.rooms = QStackedWidget(body)
        self.units = QWidget(self.rooms)
        self.side = SideList(body)
        self.search = SearchBox("搜索单位", self, key="Ctrl+F")
        self.pane = UnitPane(self.search, self.units)
        self.form = UnitForm(self.units)
        self.unresolved = UnresolvedPane(self.rooms)
        _fill_row(self.units, (self.pane, 1), (self.form, 0))
        self.rooms.addWidget(self.units)
        self.rooms.addWidget(self.unresolved)
        _fill_row(body, (self.side, 0), (self.rooms, 1))
        self.bar = ExportedBar(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_GAP)
        layout.addLayout(self._build_title())
        layout.addWidget(self.bar)
        layout.addWidget(area, 1)
        self.undo_bar = UndoBar(self)

    def _build_title(self) -> QHBoxLayout:
        self.counts = labels.label("", "second", self)
        self.take_in = button.secondary("从表格导入", "file-arrow-down", self)
        self.hand_out = button.secondary("导出名册", "export", self)
        self.new = button.secondary("新建单位", "plus", self)
        self.search.setMinimumWidth(theme.px(96))
        self.search.setMaximumWidth(theme.px(220))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(labels.label("单位", "title", self))
        row.addSpacing(8)
        row.addWidget(self.counts)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        row.addSpacing(8)
        for widget in (self.take_in, self.hand_out, self.new):
            row.addWidget(widget)
        return row

    def _order_keys(self) -> None:
        """Tab goes from left to right: list, tools, table, measures, form."""
        pane, form = self.pane, self.form
        order: list[QWidget] = [self.search, self.take_in, self.hand_out, self.new]
        order += [self.side.view, self.side.new_group]
        order += [pane.add, pane.remove, pane.more, pane.said.change, pane.whole, pane.table]
        order += [pane.measures.link, pane.measures.view, form.more, form.name, form.full_name]
        order += [form.aliases.add, form.aliases.new, form.contact, form.phone, form.mail, form.kind]
        order += [form.fill, form.confirm, form.ledger]
        for before, then in pairwise(order):
            QWidget.setTabOrder(before, then)
        form.aliases.order_keys(form.full_name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The undo bar floats over the foot of the page."""
        super().resizeEvent(event)
        self.place_undo_bar()

    def place_undo_bar(self) -> None:
        """Put the bar where it hides least."""
        width = min(self.width() - 2 * _MARGIN, theme.px(_UNDO_WIDTH))
        height = self.undo_bar.height()
        self.undo_bar.setGeometry((self.width() - width) // 2, self.height() - height - _MARGIN - 8, width, height)
        self.undo_bar.raise_()


def _fill_row(place: QWidget, *parts: tuple[QWidget, int]) -> None:
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
