"""What stands where on 报告: the kinds at the left, options, pages with rail and numbers, 发文登记 in their place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.pages.base import Page
from gui.pages.no_plan import NoPlan
from gui.pages.report.figure_pane import FigurePane
from gui.pages.report.gaps_row import GapsRow, NotesRow
from gui.pages.report.kinds import KindList
from gui.pages.report.options import OptionRow
from gui.pages.report.page_tools import PageTools
from gui.pages.report.page_view import PageView
from gui.pages.report.rail import PageRail
from gui.pages.report.register import Register
from gui.widgets import button, labels
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.context import Context

_MARGIN = 16
_NARROW = 1100
"""Logical pixels of the page below which 打开所在文件夹 is its icon alone."""


class ReportLayout(Page):
    """The widgets of the page; what they do is said in ``page`` and its desks."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._build()
        self._order()

    def _order(self) -> None:
        """Tab goes as the eye does: kinds, options, what is to be known, tools, pages, numbers, what to do with them."""
        tools, options = self.tools, self.options
        chain = [
            self.kinds.view,
            self.kinds.issued.list,
            self.kinds.issued.all,
            *options.fields(),
            self.gaps.look,
            self.gaps.fill,
            self.notes.look,
            *(tools.previous, tools.next, tools.smaller, tools.fit, tools.larger),
            self.rail,
            self.view,
            self.figures.search,
            self.figures.view,
            self.figures.to_table,
            self.figures.rows,
            self.folder,
            *(widget for widget in self.acts if isinstance(widget, button.Button)),
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def parts(self) -> list[QWidget]:
        """Where F6 goes, one after the other: what of it is shown."""
        found = [self.kinds.view, *self.options.fields()[:1], self.rail, self.view, self.figures.view]
        if self.stack.currentWidget() is self.register:
            found = [self.register.table, self.register.pane.changes]
        return [widget for widget in found if widget.isVisible() and widget.isEnabled()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the button 打开所在文件夹 is its icon alone."""
        super().resizeEvent(event)
        self.folder.setText("" if self.width() < theme.px(_NARROW) else "打开所在文件夹")
        self.folder.updateGeometry()

    def _build(self) -> None:
        # each in its last place from the beginning: Qt styles a widget anew, with all it holds, whenever it is moved
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)
        self.kinds = KindList(body)
        self.paper = QFrame(body)
        self.options = OptionRow(self.paper)
        self.gaps = GapsRow(self.paper)
        self.notes = NotesRow(self.paper)
        self.pages = QStackedWidget(self.paper)
        self.view = PageView(self.pages)
        self.tools = PageTools(self.view, self.paper)
        self.rail = PageRail(self.paper)
        self.figures = FigurePane(self.paper)
        self.wait = labels.label("正在排版", "second", self.pages)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.wait)
        self.pages.addWidget(self.view)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.kinds)
        self._build_paper(self.paper)
        row.addWidget(self.paper, 1)
        self.empty = NoPlan(self, "file-text")
        self.register = Register(self.context, self.stack)
        for widget in (body, self.empty, self.register):
            self.stack.addWidget(widget)
        self.bar = InfoBar(self, icon="check-circle")
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(12)
        layout.addLayout(self._build_title())
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _build_paper(self, card: QFrame) -> None:
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        for widget in (self.options, labels.rule(card), self.gaps, self.notes, self.tools, labels.rule(card)):
            layout.addWidget(widget)
        paper = QHBoxLayout()
        paper.setSpacing(0)
        paper.addWidget(self.rail)
        paper.addWidget(self.pages, 1)
        paper.addWidget(self.figures)
        layout.addLayout(paper, 1)

    def _build_title(self) -> QHBoxLayout:
        self.folder = button.ghost("打开所在文件夹", "folder-open", self)
        self.folder.setToolTip("打开刚导出的文件所在的文件夹")
        self.folder.setAccessibleName("打开所在文件夹")
        self.folder.hide()
        self.issue = button.secondary("出具", "paper-plane-tilt", self)
        self.issue.setToolTip("定稿发出：编文号，文件和数字按现在的样子留存，登记到发文登记（Ctrl+Shift+S）")
        self.print = button.secondary("打印", "printer", self)
        self.print.setToolTip("打印这些页面（Ctrl+P）")
        self.word = button.secondary("导出 Word", "export", self)
        self.excel = button.secondary("导出 Excel", "export", self)
        self.pdf = button.primary("导出 PDF", "export", self)
        self.pdf.setToolTip("导出 PDF（Ctrl+E）")
        self.files = button.secondary("导出佐证包", "paperclip", self)
        self.files.setToolTip("把目录里的文件按“措施号-单位-材料名-日期”命名，连同目录放进一个压缩包")
        rule = labels.rule(self, vertical=True)
        rule.setFixedHeight(theme.px(20))
        row = QHBoxLayout()
        row.setSpacing(8)
        head = labels.label("报告", "title", self)
        head.setFixedHeight(theme.px(32))
        row.addWidget(head)
        row.addSpacing(8)
        self.title = labels.label("", "second", self)
        row.addWidget(self.title)
        row.addStretch(1)
        self.acts = (self.issue, self.print, rule, self.files, self.word, self.excel, self.pdf)
        for widget in (self.folder, *self.acts):
            row.addWidget(widget)
        return row
