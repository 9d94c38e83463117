"""What stands where on 进展填报: the list, the form, its evidence, and what is said in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.base import Page
from gui.pages.no_plan import NoPlan
from gui.pages.progress.evidence_panel import EvidencePanel
from gui.pages.progress.form import FormCard
from gui.pages.progress.obligation_list import ObligationList
from gui.pages.progress.sideways import SidewaysArea
from gui.pages.progress.title_row import TitleRow
from gui.widgets import button
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from gui.context import Context

_MARGIN = 16


class ProgressLayout(Page):
    """The widgets of the page; what they do is said in ``page``."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._build()

    def _build(self) -> None:
        self.title = TitleRow(self)
        # each in its last place from the beginning: Qt styles a widget anew, with all it holds, whenever it is moved
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)
        self.area = SidewaysArea(body, self.stack)
        self.list = ObligationList(self.context, body)
        self.place = QStackedWidget(body)
        self.form = FormCard(self.place)
        self.evidence = EvidencePanel(body)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        self.place.addWidget(self.form)
        self.place.addWidget(EmptyState("tray", "没有打开的事项", "请在左边换一个筛选条件，或另选单位。", parent=self))
        row.addWidget(self.place, 1)
        row.addWidget(self.evidence)
        self.empty = EmptyState(
            "note-pencil",
            "没有要填报的事项",
            "方案里还没有措施，或没有写明责任分工。请到“任务分解”点“修改方案”补上。",
            parent=self,
        )
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.empty)
        self.no_plan = NoPlan(self, "note-pencil")
        self.stack.addWidget(self.no_plan)
        self.reading = EmptyState("note-pencil", "正在读取责任事项", "责任事项较多，读完后显示在这里。", parent=self)
        self.stack.addWidget(self.reading)
        self.again = button.secondary("重新读取", "arrow-clockwise", self)
        self.not_read = EmptyState(
            "note-pencil", "没有读完责任事项", "已按取消停下，重新读取后可以填报。", [self.again], self
        )
        self.stack.addWidget(self.not_read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.stack, 1)
        for first, then in ((self.list, self.form), (self.form, self.evidence)):
            QWidget.setTabOrder(first, then)
