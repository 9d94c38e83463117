"""首页: figures that add up, who is late, what is due when, what is to be done."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.office.home import Parts
from gui import theme
from gui.pages.base import Page
from gui.pages.filters import TableFilter
from gui.pages.home import menus, tables, words
from gui.pages.home.bars import BarDelegate, BarRow
from gui.pages.home.card import Card, CardEmpty, Legend
from gui.pages.home.months import MonthStrip
from gui.pages.home.reader import HomeReader
from gui.pages.home.row_list import RowList
from gui.pages.home.tiles import TileRow
from gui.pages.home.todo_acts import TodoActs
from gui.pages.home.todo_list import TodoDelegate, todo_words
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from core.errors import KnownError
    from core.office.home import Home, HomeTodo
    from core.office.statistics import GroupFigures, MonthDue
    from gui.context import Context

_LEFT, _RIGHT = 612, 550
"""Widths of the two columns in the look; they share what there is in this proportion."""
_UPPER, _LOWER = 264, 224
_LEAST = 340
"""No card is narrower; below that the page scrolls sideways no better than it can be read."""
_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
_PART_TITLES = {Parts.SECTION: "各部分进展", Parts.TASK: "各任务进展", Parts.PLAN: "总体进展"}


class HomePage(Page):
    """Reads everything in one call and shows it; what is pressed opens the page with the rows behind it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.home: Home | None = None
        self._is_stale = True
        self.reader = HomeReader(context, self)
        self.acts = TodoActs(self)
        self._build()
        self._order_tabs()
        self._connect()

    # building -------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget(self)
        outer.addWidget(self.stack)
        body = QWidget(self.stack)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._title_row())
        self.bar = InfoBar(body, icon="check-circle")
        self.bar.hide()
        column.addWidget(self.bar)
        self.tiles = TileRow(body)
        column.addWidget(self.tiles)
        self._build_cards(body)
        column.addLayout(self._card_grid(), 1)
        self.area = QScrollArea(self.stack)
        self.area.setWidget(body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        self.wait = labels.label("正在统计", "second", self.stack)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.wait, self.area):
            self.stack.addWidget(widget)
        self._empty: EmptyState | None = None

    def _card_grid(self) -> QGridLayout:
        """Two by two; both rows have the same columns whatever stands in the cards."""
        grid = QGridLayout()
        grid.setSpacing(12)
        for line, (height, pair) in enumerate(((_UPPER, (self.parts, self.todo)), (_LOWER, (self.units, self.months)))):
            grid.setRowStretch(line, height)
            for place, (card, width) in enumerate(zip(pair, (_LEFT, _RIGHT), strict=True)):
                card.setMinimumHeight(theme.px(height))
                card.setMinimumWidth(theme.px(_LEAST))
                card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
                grid.addWidget(card, line, place)
                grid.setColumnStretch(place, width)
        return grid

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        title = labels.label("首页", "title", self)
        title.setFixedHeight(theme.px(32))
        row.addWidget(title)
        row.addSpacing(8)
        self.note = ElidedLabel("", "second", self)
        row.addWidget(self.note)
        row.addStretch(1)
        self.rules = button.ghost("统计口径", "info", self)
        self.rules.setToolTip("每个数字怎么算出来的")
        self.report = button.secondary("生成本期报告", "file-text", self)
        self.report.setToolTip("到“报告”页生成、打印、导出")
        row.addWidget(self.rules)
        row.addWidget(self.report)
        return row

    def _build_cards(self, body: QWidget) -> None:
        self.part_list = RowList("各部分进展", body)
        self.part_list.setItemDelegate(BarDelegate(self.part_list, height=36, bar=12, name_share=0.515))
        self.parts = Card("各部分进展", self.part_list, body)
        self.legend = Legend(self.parts)
        self.parts.add_to_head(self.legend)
        self.todo_list = RowList("待办", body)
        self.todo_list.setItemDelegate(TodoDelegate(self.todo_list))
        self.todo = Card("待办", self.todo_list, body, has_table=False)
        self.unit_list = RowList("单位进展", body)
        self.unit_list.setItemDelegate(BarDelegate(self.unit_list, height=28, bar=8, name_share=0.29, has_place=True))
        self.units = Card("单位进展", self.unit_list, body)
        self.units.note.setText("按责任事项，逾期多的在前")
        self.all_units = button.link("", self.units)
        self.units.add_to_head(self.all_units)
        self.strip = MonthStrip(body)
        self.months = Card("时限分布", self.strip, body)
        self.months.note.setText("每月到期的措施")
        frame = self.months.stack
        frame.setContentsMargins(16, 8, 16, 8)
        self.part_list.setViewportMargins(0, 2, 0, 0)
        self.unit_list.setViewportMargins(0, 7, 0, 7)

    def _order_tabs(self) -> None:
        """From left to right and down; in a card its head before its picture."""
        tables = [card.table for card in (self.parts, self.units, self.months) if card.table is not None]
        order = [
            self.rules,
            self.report,
            *self.tiles.order(),
            self.parts.toggle,
            self.part_list,
            tables[0],
            self.todo_list,
            self.all_units,
            self.units.toggle,
            self.unit_list,
            tables[1],
            self.months.toggle,
            self.strip,
            tables[2],
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_changed)
        self.context.changed.connect(self._on_changed)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.tiles.pressed.connect(self._on_tile)
        self.part_list.opened.connect(self.open_part)
        self.unit_list.opened.connect(self._on_unit)
        self.strip.opened.connect(self.open_month)
        self.todo_list.opened.connect(self.acts.act)
        self.acts.told.connect(self._tell)
        self.rules.clicked.connect(self.show_rules)
        self.report.clicked.connect(self._on_report)
        self.all_units.clicked.connect(self._on_all_units)
        self.part_list.menu_asked.connect(self._on_part_menu)
        self.unit_list.menu_asked.connect(self._on_unit_menu)
        self.strip.menu_asked.connect(self._on_month_menu)
        self.todo_list.menu_asked.connect(self._on_todo_menu)
        QShortcut(QKeySequence("Ctrl+P"), self, context=_ON_SCREEN).activated.connect(self.acts.print_week)

    # reading --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def take_keyboard(self) -> None:
        """The first thing to do is the first line of 待办, else the first tile."""
        target = self.todo_list if self.home is not None and self.home.todo else self.tiles.order()[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, text: str) -> None:
        """Say what has just happened, until the clerk closes the bar."""
        self._tell(text)

    def _load(self) -> None:
        """Read for the scope in force; what was there stays until the new figures are."""
        self._is_stale = False
        if not self.context.has_store or self.context.plan_key is None:
            self.home = None
            self._show_no_plan()
            return
        if self.home is None:
            self.stack.setCurrentWidget(self.wait)
        self.reader.start()

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.home = None
        self.bar.hide()
        self._on_changed()

    @Slot()
    @Slot(object)
    def _on_changed(self, _changes: object = None) -> None:
        self._is_stale = True
        if self.isVisible():
            self._load()

    @Slot(object)
    def _on_failed(self, error: KnownError) -> None:
        self.wait.setText(str(error))
        self.stack.setCurrentWidget(self.wait)

    @Slot(object)
    def _on_read(self, found: Home) -> None:
        self.home = found
        self.wait.setText("正在统计")
        day = found.as_of
        self.note.setText(f"截至{day.year}年{day.month}月{day.day}日，按措施统计")
        self.tiles.show_texts(words.tile_texts(found))
        self._show_parts(found)
        self._show_units(found)
        self._show_months(found)
        self._show_todo(found)
        self.stack.setCurrentWidget(self.area)

    def _show_no_plan(self) -> None:
        if self._empty is None:
            take_in = button.primary("导入方案", "file-arrow-down")
            take_in.clicked.connect(self.import_asked)
            text = "选一份方案文件导入，或把文件拖到窗口里，就能看到进展。"
            self._empty = EmptyState("house", "台账里还没有方案", text, [take_in], self.stack)
            self.stack.addWidget(self._empty)
        is_locked = self.context.has_store and self.context.read_only
        self._empty.buttons[0].setEnabled(not self.context.read_only)
        self._empty.buttons[0].setToolTip("台账以只读方式打开，不能导入方案" if is_locked else "")
        self.stack.setCurrentWidget(self._empty)

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

    # what the clerk asks for ------------------------------------------------------------------------

    @Slot()
    def show_rules(self) -> None:
        """统计口径."""
        from gui.pages.home.rules_dialog import RulesDialog

        if self.home is not None:
            RulesDialog(tables.rule_rows(self.home), self.note.text(), self).open()

    @Slot(str)
    def _on_tile(self, key: str) -> None:
        if self.home is not None:
            self.show_filtered.emit(words.filter_of(key, self.home))

    @Slot(object)
    def open_part(self, row: BarRow) -> None:
        """任务分解 with the measures of a part."""
        part = cast("GroupFigures", row.key)
        is_section = self.home is not None and self.home.parts_kind is Parts.SECTION and part.key > 0
        wanted = TableFilter(section=part.key) if is_section else TableFilter(measures=frozenset(part.numbers))
        self.show_filtered.emit(replace(wanted, title=part.title))

    @Slot(object)
    def _on_unit(self, row: BarRow) -> None:
        self.open_unit.emit(row.name)

    @Slot(object)
    def open_month(self, due: MonthDue) -> None:
        """任务分解 with what is due in a month."""
        title = f"{due.year}年{due.month}月到期"
        self.show_filtered.emit(TableFilter(measures=frozenset(due.measures), title=title))

    @Slot()
    def _on_report(self) -> None:
        self.open_page.emit("report")

    @Slot()
    def _on_all_units(self) -> None:
        """The page 单位 where there is one, else the table of all units here."""
        if has_page("units"):
            self.open_page.emit("units")
        elif not self.units.is_table:
            self.units.turn()

    def _tell(self, text: str) -> None:
        self.bar.set_items([(text, "", "")])

    # menus ------------------------------------------------------------------------------------------

    @Slot(object, QPoint)
    def _on_part_menu(self, row: BarRow | None, place: QPoint) -> None:
        menus.part_menu(self, row).popup(place)

    @Slot(object, QPoint)
    def _on_unit_menu(self, row: BarRow | None, place: QPoint) -> None:
        menus.unit_menu(self, row).popup(place)

    @Slot(object, QPoint)
    def _on_month_menu(self, due: MonthDue | None, place: QPoint) -> None:
        menus.month_menu(self, due).popup(place)

    @Slot(object, QPoint)
    def _on_todo_menu(self, row: HomeTodo | None, place: QPoint) -> None:
        menus.todo_menu(self, row).popup(place)


def has_page(key: str) -> bool:
    """Whether the window has such a page."""
    from gui.pages import PAGES

    return any(entry.key == key for entry in PAGES)
