"""The bar above the page: what everything on it is computed for, and the search."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QWidget

from core.model.ledger import Period
from core.office.board import PlanSummary
from gui import theme
from gui.context import Context
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.search_box import SearchBox
from gui.widgets.surface import Surface

_PLAN = 272
_PLAN_MAX = 480
_PERIOD = 160
_PLAN_MIN = 132
_SEARCH = 256
_SEARCH_MIN = 132
_WHOLE = 1078
"""Where the bar has room for all fields at the widths above and 16 before the search."""
_SEARCH_WORDS = "搜索措施、单位、佐证"
_SEARCH_WORD = "搜索"
"""Where the field is too narrow for all three words; its accessible name keeps them."""
_MANAGE = "manage"
_TABLE_WORDS = ("重点任务分解表", "任务分解表")


class _PeriodBox(ComboBox):
    """The periods, and behind them the way to their dialog, which arrow keys on the closed list do not take."""

    def add_manage(self) -> None:
        """Put 管理报送期 behind the periods."""
        self.blockSignals(True)
        self.insertSeparator(self.count())
        self.addItem("管理报送期", _MANAGE)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.findData(_MANAGE) - 2
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if last >= 0 and is_plain and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End}:
            to = self.currentIndex() + 1 if event.key() == Qt.Key.Key_Down else last
            if to <= last and to != self.currentIndex():
                self.setCurrentIndex(to)
                self.activated.emit(to)
            return
        super().keyPressEvent(event)


class TopBar(Surface):
    """56 high; changes of its fields go to the context's scope."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("bottom", parent)
        self._context = context
        self.setFixedHeight(theme.px(56))
        self._build()
        self._connect()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 1)
        layout.setSpacing(0)
        self.plan = ComboBox(self, name="方案", empty="尚无方案")
        self.period = _PeriodBox(self, name="报送期", empty="尚无报送期")
        self.as_of = DateField(self, name="统计截止日期", may_be_empty=False)
        self.as_of.setFixedWidth(theme.px(128))
        self.period.setFixedWidth(theme.px(_PERIOD))
        tips = {
            self.plan: "页面上的任务来自这个方案",
            self.period: "填报、回收所属的报送期",
            self.as_of: f"状态、到期和完成数都按这一天计算\n{self.as_of.toolTip()}",
        }
        for index, (field, tip) in enumerate(tips.items()):
            field.setToolTip(tip)
            if index:
                layout.addSpacing(16)
            name = labels.label(field.accessibleName(), "second", self)
            name.setBuddy(field)
            layout.addWidget(name)
            layout.addSpacing(8)
            layout.addWidget(field, 1 if field is self.plan else 0)
        layout.addSpacing(16)
        layout.addStretch(1)
        self.search = SearchBox(_SEARCH_WORDS, self, key="Ctrl+K")
        layout.addWidget(self.search)

    def _connect(self) -> None:
        self.plan.activated.connect(self._on_plan)
        self.period.activated.connect(self._on_period)
        self.as_of.changed.connect(self._on_as_of)
        self.as_of.problem_changed.connect(self._on_problem)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """方案 takes what its name needs of the free width, 272 to 480; a narrow window shortens the search first."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        room = self.width() - theme.px(_WHOLE)
        search = max(theme.px(_SEARCH_MIN), min(theme.px(_SEARCH), theme.px(_SEARCH) + room))
        free = theme.px(_PLAN) + room + theme.px(_SEARCH) - search
        wanted = max(theme.px(_PLAN), min(theme.px(_PLAN_MAX), self.plan.sizeHint().width()))
        self.search.setFixedWidth(search)
        self.search.setPlaceholderText(_SEARCH_WORDS if search == theme.px(_SEARCH) else _SEARCH_WORD)
        self.plan.setFixedWidth(max(theme.px(_PLAN_MIN), min(wanted, free)))

    def load(self, plans: tuple[PlanSummary, ...], periods: tuple[Period, ...], today: date) -> None:
        """Show what can be chosen, and what is chosen."""
        context = self._context
        _fill(self.plan, [(_short(plan.title), plan.key) for plan in plans], context.plan_key)
        titles = {plan.key: plan.title for plan in plans}
        self.plan.setToolTip(titles.get(context.plan_key or "", "尚无方案"))
        _fill(self.period, [(period.title, period.key) for period in periods], context.period_key)
        if periods:
            self.period.add_manage()
        self.as_of.set_value(today)
        self._share_width()
        self.search.setEnabled(bool(plans))
        if not plans:
            self.search.clear()

    @Slot(int)
    def _on_plan(self, index: int) -> None:
        self._context.set_scope(plan_key=self.plan.itemData(index))

    @Slot(int)
    def _on_period(self, index: int) -> None:
        key = self.period.itemData(index)
        if key != _MANAGE:
            self._context.set_scope(period_key=key)
            return
        from gui.periods.dialog import open_periods  # the start need not pay for it

        self.period.setCurrentIndex(self.period.findData(self._context.period_key))
        open_periods(self._context, self)

    @Slot(object)
    def _on_as_of(self, value: date) -> None:
        self._context.set_scope(as_of=value)

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        if sentence:
            QToolTip.showText(self.as_of.mapToGlobal(QPoint(0, self.as_of.height())), sentence, self.as_of)
        else:
            QToolTip.hideText()


def _short(title: str) -> str:
    """A plan's name without 重点任务分解表: all of them end so, and the field is narrow."""
    for words in _TABLE_WORDS:
        if title.endswith(words) and title != words:
            return title.removesuffix(words)
    return title


def _fill(field: ComboBox, items: list[tuple[str, str]], chosen: str | None) -> None:
    field.blockSignals(True)
    field.clear()
    for text, key in items:
        field.addItem(text, key)
    field.setCurrentIndex(next((index for index, (_, key) in enumerate(items) if key == chosen), -1))
    field.setEnabled(bool(items))
    field.blockSignals(False)
