"""首页: figures that add up, who is late, what is due when, what is to be done."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.model.document_kind import DocumentKind
from core.office import home as office
from core.office.home import Parts
from gui import theme
from gui.pages.base import Page
from gui.pages.filters import TableFilter
from gui.pages.home import menus, tables, words
from gui.pages.home.cards import Cards
from gui.pages.home.tiles import TileRow
from gui.pages.home.todo_acts import TodoActs
from gui.pages.no_plan import NoPlan
from gui.plan_reader import PlanReader
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from core.errors import KnownError
    from core.office.files import Store
    from core.office.home import Home, HomeTodo
    from core.office.statistics import GroupFigures, MonthDue
    from gui.context import Context
    from gui.pages.home.bars import BarRow
    from gui.plan_reader import Scope

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut


class HomePage(Page):
    """Reads everything in one call and shows it; what is pressed opens the page with the rows behind it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.home: Home | None = None
        self._is_stale = True
        self.reader = PlanReader(context, "正在统计", _read, self)
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
        self.cards = Cards(body)
        column.addWidget(self.cards, 1)
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
        self.instead = QWidget(self.stack)
        for widget in (self.wait, self.area, self.instead):
            self.stack.addWidget(widget)
        self.no_plan: NoPlan | None = None

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

    def _order_tabs(self) -> None:
        """From left to right and down."""
        order = [self.rules, self.report, *self.tiles.order()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.cards.order_tabs(order[-1])

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_changed)
        self.context.changed.connect(self._on_changed)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.reader.cancelled.connect(self._on_cancelled)
        self.tiles.pressed.connect(self._on_tile)
        self.cards.part_list.opened.connect(self.open_part)
        self.cards.part_list.part_opened.connect(self.open_part)
        self.cards.unit_list.opened.connect(self._on_unit)
        self.cards.unit_list.part_opened.connect(self.open_part_of_unit)
        self.cards.strip.opened.connect(self.open_month)
        self.cards.todo_list.opened.connect(self.acts.act)
        self.acts.told.connect(self._tell)
        self.rules.clicked.connect(self.show_rules)
        self.report.clicked.connect(self._on_report)
        self.cards.all_units.clicked.connect(self._on_all_units)
        self.cards.part_list.menu_asked.connect(self._on_part_menu)
        self.cards.unit_list.menu_asked.connect(self._on_unit_menu)
        self.cards.strip.menu_asked.connect(self._on_month_menu)
        self.cards.todo_list.menu_asked.connect(self._on_todo_menu)
        QShortcut(QKeySequence("Ctrl+P"), self, context=_ON_SCREEN).activated.connect(self.acts.print_week)

    # reading --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def take_keyboard(self) -> None:
        """The first thing to do is the first line of 待办, else the first tile."""
        if self.no_plan is not None and self.stack.currentWidget() is self.instead:
            self.no_plan.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target = self.cards.todo_list if self.home is not None and self.home.todo else self.tiles.order()[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, text: str) -> None:
        """Say what has just happened, until the clerk closes the bar."""
        self._tell(text)

    def _load(self) -> None:
        """Read for the scope in force; what was there stays until the new figures are."""
        self._is_stale = False
        if not self.context.has_store or self.context.plan_key is None:
            self.reader.stop()
            self.home = None
            self._show_no_plan()
            return
        if self.home is None:
            self.stack.setCurrentWidget(self.wait)
        self.reader.start()

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.reader.stop()
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

    @Slot()
    def _on_cancelled(self) -> None:
        """The old figures stay; where there are none the page says how to get some."""
        self._is_stale = True
        if self.home is None:
            self.wait.setText("统计已取消，再次打开首页会重新统计")

    @Slot(object)
    def _on_read(self, found: Home) -> None:
        self.home = found
        self.wait.setText("正在统计")
        day = found.as_of
        self.note.setText(f"截至{day.year}年{day.month}月{day.day}日，按措施统计")
        self.tiles.show_texts(words.tile_texts(found))
        self.cards.show_home(found)
        self.stack.setCurrentWidget(self.area)

    def _show_no_plan(self) -> None:
        if self.no_plan is None:
            self.no_plan = NoPlan(self, "house")
            column = QVBoxLayout(self.instead)
            column.setContentsMargins(16, 16, 16, 16)
            column.addWidget(self.no_plan)
        self.no_plan.settle()
        self.stack.setCurrentWidget(self.instead)

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
    @Slot(object, str)
    def open_part(self, row: BarRow, only: str = "") -> None:
        """任务分解 with the measures of a part of the plan; ``only``: those in a state, or late."""
        part = cast("GroupFigures", row.key)
        is_section = self.home is not None and self.home.parts_kind is Parts.SECTION and part.key > 0
        wanted = TableFilter(section=part.key) if is_section else TableFilter(measures=frozenset(part.numbers))
        self.show_filtered.emit(replace(wanted, title=part.title, **words.only_of(only)))

    @Slot(object, str)
    def open_part_of_unit(self, row: BarRow, only: str) -> None:
        """进展填报 with a unit's obligations in a state, or those that are late."""
        self.open_unit_part.emit(row.name, only)

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
        self.open_document.emit(DocumentKind.REPORT.value, "")

    @Slot()
    def _on_all_units(self) -> None:
        """The page 单位 where there is one, else the table of all units here."""
        if has_page("units"):
            self.open_page.emit("units")
        elif not self.cards.units.is_table:
            self.cards.units.turn()

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


def _read(store: Store, scope: Scope) -> Home:
    return office.home(store, *scope)


def has_page(key: str) -> bool:
    """Whether the window has such a page."""
    from gui.pages import PAGES

    return any(entry.key == key for entry in PAGES)
