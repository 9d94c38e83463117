"""The four cards of 首页: 各部分进展, 待办, 单位进展, 时限分布."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from core.office.home import Parts
from gui import theme
from gui.pages.home import tables
from gui.pages.home.bars import BarDelegate, BarRow
from gui.pages.home.card import Card, CardEmpty, Legend
from gui.pages.home.months import MonthStrip
from gui.pages.home.row_list import RowList
from gui.pages.home.todo_list import TodoDelegate, todo_words
from gui.widgets import button

if TYPE_CHECKING:
    from core.office.home import Home

_LEFT, _RIGHT = 612, 550
"""Widths of the two columns in the look; they share what there is in this proportion."""
_UPPER, _LOWER = 264, 224
_LEAST = 340
"""No card is narrower; below that the page scrolls sideways no better than it can be read."""
_PART_TITLES = {Parts.SECTION: "各部分进展", Parts.TASK: "各任务进展", Parts.PLAN: "总体进展"}


class Cards(QWidget):
    """Two by two; both rows have the same columns whatever stands in the cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_cards()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for line, (height, pair) in enumerate(((_UPPER, (self.parts, self.todo)), (_LOWER, (self.units, self.months)))):
            grid.setRowStretch(line, height)
            for place, (card, width) in enumerate(zip(pair, (_LEFT, _RIGHT), strict=True)):
                card.setMinimumHeight(theme.px(height))
                card.setMinimumWidth(theme.px(_LEAST))
                card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
                grid.addWidget(card, line, place)
                grid.setColumnStretch(place, width)

    def _build_cards(self) -> None:
        self.part_list = RowList("各部分进展", self)
        self.part_list.setItemDelegate(BarDelegate(self.part_list, height=36, bar=12, name_share=0.515))
        self.parts = Card("各部分进展", self.part_list, self)
        self.legend = Legend(self.parts)
        self.parts.add_to_head(self.legend)
        self.todo_list = RowList("待办", self)
        self.todo_list.setItemDelegate(TodoDelegate(self.todo_list))
        self.todo = Card("待办", self.todo_list, self, has_table=False)
        self.unit_list = RowList("单位进展", self)
        self.unit_list.setItemDelegate(BarDelegate(self.unit_list, height=28, bar=8, name_share=0.29, has_place=True))
        self.units = Card("单位进展", self.unit_list, self)
        self.units.note.setText("按责任事项，逾期多的在前")
        self.all_units = button.link("", self.units)
        self.units.add_to_head(self.all_units)
        self.strip = MonthStrip(self)
        self.months = Card("时限分布", self.strip, self)
        self.months.note.setText("每月到期的措施")
        frame = self.months.stack
        frame.setContentsMargins(16, 8, 16, 8)
        self.part_list.setViewportMargins(0, 2, 0, 0)
        self.unit_list.setViewportMargins(0, 7, 0, 7)

    def order_tabs(self, before: QWidget) -> None:
        """After the widget before them; in a card its head before its picture."""
        tables_of = [card.table for card in (self.parts, self.units, self.months) if card.table is not None]
        order = [
            before,
            self.parts.toggle,
            self.part_list,
            tables_of[0],
            self.todo_list,
            self.all_units,
            self.units.toggle,
            self.unit_list,
            tables_of[1],
            self.months.toggle,
            self.strip,
            tables_of[2],
        ]
        for one, after in pairwise(order):
            QWidget.setTabOrder(one, after)

    def show_home(self, found: Home) -> None:
        """Show other figures."""
        self._show_parts(found)
        self._show_units(found)
        self._show_months(found)
        self._show_todo(found)

    def _show_parts(self, found: Home) -> None:
        tokens = theme.tokens()
        entries = [(tokens.bar_done, "已完成"), (tokens.bar_in_progress, "推进中")]
        figures = found.statistics.measures
        if figures.ongoing or figures.waiting:
            entries.append((tokens.ongoing.text, "长期·待部署"))
        entries.append((tokens.bar_not_started, "未启动"))
        self.legend.show_entries(tuple(entries))
        rows = [BarRow(part, part.title, part.measures) for part in found.parts]
        self.part_list.show_rows([(row, row.words(), row.words()) for row in rows])
        self.part_list.setAccessibleName(_PART_TITLES[found.parts_kind])
        self.parts.show_table(*tables.parts_table(found))
        self.parts.show_empty(None if rows else CardEmpty("table", "方案里没有具体措施", "到“任务分解”录入措施。"))

    def _show_units(self, found: Home) -> None:
        rows = [
            BarRow(unit.unit, unit.unit, unit.obligations, str(unit.position) if unit.position is not None else "")
            for unit in found.statistics.units
        ]
        rows.sort(key=lambda row: not row.place)  # those that are not ranked stand last
        self.unit_list.show_rows([(row, row.words(), row.words()) for row in rows])
        self.all_units.setText(f"全部 {len(rows)} 个单位")
        self.all_units.updateGeometry()
        self.units.note.setText("按责任事项，逾期多的在前" if found.has_progress else "还没有填报进展")
        self.units.show_table(*tables.units_table(found))
        self.units.show_empty(None if rows else CardEmpty("buildings", "没有责任单位", "到“任务分解”写明责任分工。"))

    def _show_months(self, found: Home) -> None:
        months = found.statistics.months
        self.strip.show_months(months, found.as_of)
        self.months.show_table(*tables.months_table(months))
        has_dates = bool(self.strip.months.years)
        self.months.show_empty(
            None if has_dates else CardEmpty("calendar", "没有标明日期的时限", "方案的时限都是长期坚持或按统一部署。")
        )

    def _show_todo(self, found: Home) -> None:
        self.todo_list.show_rows([(row, todo_words(row), todo_words(row)) for row in found.todo])
        self.todo.note.setText(f"{len(found.todo)} 件" if found.todo else "")
        self.todo.show_empty(
            None if found.todo else CardEmpty("check-circle", "没有待办", "到期、待审、待核对的会列在这里。")
        )
