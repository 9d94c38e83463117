"""The bar above the page: what everything on it is computed for, and the search."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

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
_SEARCH = 256


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
        self.period = ComboBox(self, name="报送期", empty="尚无报送期")
        self.as_of = DateField(self, name="统计截止日期", may_be_empty=False)
        self.as_of.setFixedWidth(theme.px(128))
        self.period.setFixedWidth(theme.px(_PERIOD))
        self.plan.setMinimumWidth(theme.px(160))
        self.plan.setMaximumWidth(theme.px(_PLAN_MAX))
        self.plan.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        self.search = SearchBox("搜索措施、单位、佐证", self, key="Ctrl+K")
        self.search.setMinimumWidth(theme.px(160))
        self.search.setMaximumWidth(theme.px(_SEARCH))
        layout.addWidget(self.search, 1)

    def _connect(self) -> None:
        self.plan.activated.connect(self._on_plan)
        self.period.activated.connect(self._on_period)
        self.as_of.changed.connect(self._on_as_of)
        self.as_of.problem_changed.connect(self._on_problem)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Extra width goes to 方案, up to 480; the search keeps its 256 as long as there is room."""
        super().resizeEvent(event)
        fixed = self.width() - theme.px(1206)
        width = max(theme.px(160), min(theme.px(_PLAN_MAX), theme.px(_PLAN) + fixed))
        self.plan.setFixedWidth(width)

    def load(self, plans: tuple[PlanSummary, ...], periods: tuple[Period, ...], today: date) -> None:
        """Show what can be chosen, and what is chosen."""
        context = self._context
        _fill(self.plan, [(plan.title, plan.key) for plan in plans], context.plan_key)
        self.plan.setToolTip(self.plan.currentText() or "尚无方案")
        _fill(self.period, [(period.title, period.key) for period in periods], context.period_key)
        self.as_of.set_value(today)
        self.search.setEnabled(bool(plans))

    @Slot(int)
    def _on_plan(self, index: int) -> None:
        self._context.set_scope(plan_key=self.plan.itemData(index))

    @Slot(int)
    def _on_period(self, index: int) -> None:
        self._context.set_scope(period_key=self.period.itemData(index))

    @Slot(object)
    def _on_as_of(self, value: date) -> None:
        self._context.set_scope(as_of=value)

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        from PySide6.QtCore import QPoint
        from PySide6.QtWidgets import QToolTip

        if sentence:
            QToolTip.showText(self.as_of.mapToGlobal(QPoint(0, self.as_of.height())), sentence, self.as_of)
        else:
            QToolTip.hideText()


def _fill(field: ComboBox, items: list[tuple[str, str]], chosen: str | None) -> None:
    field.blockSignals(True)
    field.clear()
    for text, key in items:
        field.addItem(text, key)
    field.setCurrentIndex(next((index for index, (_, key) in enumerate(items) if key == chosen), -1))
    field.setEnabled(bool(items))
    field.blockSignals(False)
