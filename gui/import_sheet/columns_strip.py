"""The strip over the source in which the clerk says what each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.office.review import COLUMN_KEYS, Column
from gui import theme
from gui.widgets import button
from gui.widgets.combo import ComboBox
from gui.widgets.elided import ElidedLabel
from gui.widgets.surface import Surface

_WIDTH = 156
_SPACE = 8
_MARGINS = 30
_NEEDED = frozenset({"division", "lead", "responsible", "cooperating", "deadline"})
_ONCE = frozenset({"no", "text", "deadline", "section", "task"})


class ColumnsStrip(Surface):
    """One choice a column; ``said`` tells the clerk's word once all fits together."""

    said = Signal(object)
    """{number of the column from 1: key}; empty: as the reader sees it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bottom", parent)
        self._columns: tuple[Column, ...] = ()
        self.combos: list[ComboBox] = []
        self._cells: list[QWidget] = []
        self._across = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 12, 8)
        outer.setSpacing(6)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        outer.addWidget(self._area)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._reason = ElidedLabel("", "note", self)
        foot.addWidget(self._reason, 1)
        self.automatic = button.secondary("自动辨认", parent=self, is_small=True)
        self.automatic.setToolTip("不用这里的选择，由程序辨认各列")
        self.apply = button.secondary("按此重读", "arrow-clockwise", self, is_small=True)
        self.apply.setToolTip("按各列的含义重新读一遍；以后遇到相同表头的文件照此读取")
        foot.addWidget(self.automatic)
        foot.addWidget(self.apply)
        outer.addLayout(foot)
        self.apply.clicked.connect(self._on_apply)
        self.automatic.clicked.connect(self._on_automatic)

    def show_columns(self, columns: Sequence[Column], said: Mapping[int, str]) -> None:
        """Show the columns as they were understood; ``said`` is what the clerk said before."""
        self._columns = tuple(columns)
        self.combos = []
        self._cells = []
        self._holder = QWidget(self._area)
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_SPACE)
        self._grid.setVerticalSpacing(6)
        for column in self._columns:
            self._cells.append(self._choice(column, self._holder))
        self._area.setWidget(self._holder)  # takes the one before away
        self._holder.setAutoFillBackground(False)  # setWidget switches it on
        self._across = 0
        self._arrange()
        self.automatic.setEnabled(bool(said))
        self._check()

    def chosen(self) -> dict[int, str]:
        """What is chosen for each column."""
        return {
            column.number: str(combo.currentData()) for column, combo in zip(self._columns, self.combos, strict=True)
        }

    def _choice(self, column: Column, holder: QWidget) -> QWidget:
        cell = QWidget(holder)
        box = QVBoxLayout(cell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        title = column.title or f"第 {column.number} 列"
        box.addWidget(ElidedLabel(title, "note", cell))
        combo = ComboBox(cell, name=f"“{title}”一列是")
        for key, words in COLUMN_KEYS.items():
            combo.addItem(words, key)
        combo.setCurrentIndex(max(combo.findData(column.key), 0))
        combo.setToolTip(f"“{title}”一列是什么")
        combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        combo.currentIndexChanged.connect(self._check)
        self.combos.append(combo)
        box.addWidget(combo)
        return cell

    def _arrange(self) -> None:
        """As many choices beside one another as there is room for; two rows and a half are seen at most."""
        room = self.width() - _MARGINS
        across = max(1, (room + _SPACE) // (theme.px(_WIDTH) + _SPACE))
        if across == self._across or not self._cells:
            return
        self._across = across
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // across, at % across)
        rows = -(-len(self._cells) // across)
        row = theme.px(16) + 4 + theme.px(32) + 6
        self._area.setFixedHeight(round(row * min(rows, 2.5)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _check(self) -> None:
        reason = self._objection()
        is_new = any(self.chosen()[column.number] != column.key for column in self._columns)
        self.apply.setEnabled(not reason and is_new)
        self._reason.setText(reason or "列认错了就在这里改，再按此重读")

    def _objection(self) -> str:
        """Why nothing can be read with these columns."""
        keys = list(self.chosen().values())
        if "text" not in keys:
            return "请指定哪一列是具体措施"
        if not _NEEDED & set(keys):
            return "请指定责任分工或完成时限的列"
        double = next((key for key in _ONCE if keys.count(key) > 1), None)
        return f"“{COLUMN_KEYS[double]}”只能有一列" if double else ""

    @Slot()
    def _on_apply(self) -> None:
        self.said.emit(self.chosen())

    @Slot()
    def _on_automatic(self) -> None:
        self.said.emit({})
