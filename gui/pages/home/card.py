"""A card of 首页: head with note and links, its picture, and the same as a table for those who read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui import icons, theme
from gui.pages.home.bars import paint_legend
from gui.pages.home.figure_table import FigureTable
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = 39


class Legend(QWidget):
    """What the colours of the bars mean, in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: tuple[tuple[str, str], ...]) -> None:
        """(colour, word) from left to right."""
        self._entries = entries
        self.setAccessibleName("图例：" + "、".join(word for _, word in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(theme.font(12))
        width = sum(metrics.horizontalAdvance(word) + theme.px(10) + 18 for _, word in self._entries)
        return QSize(width, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_legend(painter, self.width(), self.rect(), self._entries)
        painter.end()


class CardEmpty(QWidget):
    """An empty card: icon, heading, one sentence; lower and narrower than the empty state of a page."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}，{text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addStretch(1)
        glyph = labels.IconLabel(icon, 24, "", self)
        column.addWidget(glyph, alignment=Qt.AlignmentFlag.AlignHCenter)
        for words, role in ((title, "strong"), (text, "second")):
            line = labels.label(words, role, self)
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addStretch(1)


class Card(QFrame):
    """Head 40, then the picture; the button 表格 changes between picture and table."""

    def __init__(self, title: str, picture: QWidget, parent: QWidget | None = None, *, has_table: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.picture = picture
        self.title = title
        self.table = FigureTable(f"{title}（表格）", self) if has_table else None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(theme.px(_HEAD))
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(16, 0, 8 if has_table else 16, 0)
        self.head.setSpacing(8)
        self.head.addWidget(labels.label(title, "head", self))
        self.note = ElidedLabel("", "note", self)
        self.head.addWidget(self.note)
        self.head.addStretch(1)
        self.toggle = button.icon_button("table", f"{title}：显示为表格", self)
        self.toggle.setVisible(has_table)
        self.toggle.clicked.connect(self.turn)
        self.head.addWidget(self.toggle)
        outer.addWidget(head)
        outer.addWidget(labels.rule(self))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(picture)
        if self.table is not None:
            self._sheet = QWidget(self)
            self._sheet.setLayout(self.table.with_foot())
            self.stack.addWidget(self._sheet)
            self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.table.customContextMenuRequested.connect(self._on_table_menu)
        self._empty: CardEmpty | None = None
        outer.addWidget(self.stack, 1)

    def add_to_head(self, widget: QWidget) -> None:
        """Something at the right of the head, before the button 表格."""
        self.head.insertWidget(self.head.count() - 1, widget)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown."""
        return self.table is not None and self.stack.currentWidget() is self._sheet

    @Slot()
    def turn(self) -> None:
        """Change between picture and table; the keyboard goes along."""
        if self.table is None or self._empty is not None:
            return
        shown = self.picture if self.is_table else self._sheet
        self.stack.setCurrentWidget(shown)
        words = f"{self.title}：{'显示为图' if self.is_table else '显示为表格'}"
        self.toggle.set_icon("chart-bar-horizontal" if self.is_table else "table")
        self.toggle.setAccessibleName(words)
        self.toggle.setToolTip(words)

    def show_table(self, head: Sequence[str], rows: Sequence[Sequence[str]], total: Sequence[str] = ()) -> None:
        """What the table says, and what stays below it."""
        if self.table is not None:
            self.table.show_rows(head, rows, total)

    def show_empty(self, state: CardEmpty | None) -> None:
        """Show an empty state in the picture's place; None: the picture again."""
        before, self._empty = self._empty, state
        if before is not None:
            if state is None:
                self.stack.setCurrentWidget(self.picture)
            self.stack.removeWidget(before)
            before.deleteLater()
        self.toggle.setEnabled(state is None)
        if state is not None:
            self.stack.addWidget(state)
            self.stack.setCurrentWidget(state)

    def fill_menu(self, menu: QMenu) -> None:
        """表格 and 复制表格, for whoever opens a menu on the card."""
        if self.table is None:
            return
        words = "显示为图" if self.is_table else "显示为表格"
        menu.addAction(icons.icon("table"), words).triggered.connect(self.turn)
        menu.addAction(icons.icon("copy"), "复制表格").triggered.connect(self.table.copy_all)

    @Slot(QPoint)
    def _on_table_menu(self, place: QPoint) -> None:
        if self.table is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.table.viewport().mapToGlobal(place))
