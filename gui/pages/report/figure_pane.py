"""数字来源: the numbers of the document on screen, each with its rule, and the rows behind the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.home.row_list import RowDelegate, RowList
from gui.pages.report.figure_list import PAD, FigureList, say
from gui.widgets import button, labels
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from core.model.issued import Figure
    from core.office.behind import BehindRow

WIDTH = 288


class _RowDelegate(RowDelegate):
    """（4）, the unit, and the beginning of the measure."""

    height = 30

    def paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:  # noqa: ANN401 - a BehindRow
        words = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        say(painter, words, behind_words(row), 13, theme.tokens().text)


def behind_words(row: BehindRow) -> str:
    """（4）住建局 按照分类分级…"""
    return f"（{row.measure}）{row.unit}{' ' if row.unit else ''}{row.text}"


class FigurePane(QWidget):
    """288 wide, at the right of the pages."""

    figure_chosen = Signal(object)
    """Show the rows behind a core.model.issued.Figure."""
    row_opened = Signal(object)
    """A core.office.behind.BehindRow was pressed."""
    table_asked = Signal()
    """Show the rows of the chosen number on 任务分解."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.figure: Figure | None = None
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("数字来源")
        self._build()
        self.search.textChanged.connect(self._show)
        self.view.figure_chosen.connect(self.figure_chosen)
        self.rows.opened.connect(self.row_opened)
        self.to_table.clicked.connect(self.table_asked)
        self.close_it.clicked.connect(self.closed)

    def _build(self) -> None:
        self.search = SearchBox("找数字或名称", self)
        self.search.setToolTip("写文中的数字，如“105”，或名称，如“逾期”；在页面上点数字也可以")
        self.close_it = button.icon_button("x", "收起数字来源", self)
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 8, 8, 8)
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.close_it)
        self.view = FigureList(self)
        self.nothing = labels.label("", "second", self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(PAD, 12, PAD, 12)
        self.behind = self._build_lower()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 3)
        layout.addWidget(self.behind, 2)

    def _build_lower(self) -> QWidget:
        lower = QWidget(self)
        self.what = labels.label("", "strong", lower)
        self.what.setWordWrap(True)
        self.rule = labels.label("", "note", lower)
        self.rule.setWordWrap(True)
        self.count = labels.label("", "note", lower)
        self.to_table = button.link("在任务分解里查看", lower)
        self.to_table.setToolTip("任务分解只列出这个数字背后的措施")
        self.rows = RowList("这个数字背后的行", lower)
        self.rows.setItemDelegate(_RowDelegate(self.rows))
        column = QVBoxLayout()
        column.setContentsMargins(PAD, 8, PAD, 6)
        column.setSpacing(4)
        column.addWidget(self.what)
        column.addWidget(self.rule)
        line = QHBoxLayout()  # beside an alignment a layout reckons with one line of wrapped words only
        line.setSpacing(8)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.to_table)
        column.addLayout(line)
        layout = QVBoxLayout(lower)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(labels.rule(lower))
        layout.addLayout(column)
        layout.addWidget(self.rows, 1)
        lower.hide()
        return lower

    # --- what is shown ---------------------------------------------------------------------------

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show the numbers of another document; the same number of it stays chosen."""
        self._figures = figures
        key = self.figure.key if self.figure is not None else None
        self._show()
        again = next((one for one in figures if one.key == key), None)
        if again is not None:
            self.view.mark(again)
            self.figure_chosen.emit(again)
        else:
            self.figure = None
            self.behind.hide()

    def find_number(self, number: str) -> int:
        """Show the figures that are printed as ``number``, choosing the only one; how many there are."""
        found = [one for one in self._figures if one.value == number]
        self.search.setText(number)
        if len(found) == 1:
            self.view.mark(found[0])
            self.view.press()
        return len(found)

    def _show(self) -> None:
        words = self.search.text().strip()
        exact = [one for one in self._figures if one.value == words]
        found = exact or [one for one in self._figures if words in one.label or words in one.value]
        self.view.show_figures(found)
        self.view.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if not self._figures:
            self.nothing.setText("这份文件里没有统计得出的数字。")
        else:
            self.nothing.setText(f"没有找到“{words}”。它可能是方案原文或填报内容里的数字，不是统计得出的。")

    def show_rows(self, figure: Figure, rows: Sequence[BehindRow]) -> None:
        """The rows behind a number, below the list."""
        self.figure = figure
        self.what.setText(f"{figure.label} {figure.value}")
        self.rule.setText(figure.rule)
        measures = len({row.measure for row in rows})
        counted = f"{len(rows)} 条，" if rows and rows[0].obligation is not None else ""
        self.count.setText(f"{counted}{measures} 项措施" if rows else "背后没有行")
        self.to_table.setVisible(bool(rows))
        self.rows.show_rows([(row, behind_words(row), behind_words(row)) for row in rows])
        self.behind.show()
