"""The middle of the page: what is said of the chosen part, its tools, its units, their measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card
from gui.pages.units import side_list
from gui.pages.units.measure_list import MeasureList
from gui.pages.units.reading import COUNTING
from gui.pages.units.unit_model import DONE_AT, TOTAL_AT, UnitModel
from gui.pages.units.unit_table import UnitTable
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from gui.pages.units.reading import Reading, UnitLine
    from gui.pages.units.side_list import Part

_WIDTH, _MIN_WIDTH = 600, 412
READ_ONLY = "台账以只读方式打开，不能修改"


class _Said(QWidget):
    """The info row: an icon and one sentence, below it the exceptions with a way to change them."""

    exceptions_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        icon = labels.IconLabel("info", 16, theme.tokens().accent, self)
        self.text = labels.label("", parent=self)
        self.text.setWordWrap(True)
        self.exceptions = labels.label("", "second", self)
        self.exceptions.setWordWrap(True)
        self.change = button.link("修改例外", self)
        self.second = QWidget(self)
        second = QHBoxLayout(self.second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(12)
        second.addWidget(self.exceptions, 1)
        second.addWidget(self.change, 0, Qt.AlignmentFlag.AlignBottom)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.text)
        words.addWidget(self.second)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.change.clicked.connect(self.exceptions_asked)

    def say(self, text: str, exceptions: str) -> None:
        """Show the sentence, hidden when there is none; the second line only where there are exceptions."""
        self.text.setText(text)
        self.exceptions.setText(exceptions)
        self.second.setVisible(bool(exceptions))
        self.setVisible(bool(text))


class UnitPane(Card):
    """Shows a part of the register; changes nothing itself."""

    current_changed = Signal(object)
    """Another UnitLine is current, None when there is none."""

    def __init__(self, search: SearchBox, parent: QWidget | None = None) -> None:
        """``search`` stands in the page's title row, where there is room for it."""
        super().__init__(parent)
        self.search = search
        self.model = UnitModel(self)
        self._reading: Reading | None = None
        self._entry: Part | None = None
        self._is_read_only = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.said = _Said(self)
        self.said_rule = labels.rule(self)
        self.table = UnitTable(self.model, self)
        self.empty = QStackedWidget(self)
        self.no_units = EmptyState(
            "buildings",
            "名册里还没有单位",
            "新建单位，或从表格导入现成的通讯录。",
            [button.primary("新建单位", "plus"), button.secondary("从表格导入", "file-arrow-down")],
            self,
        )
        self.no_members = EmptyState(
            "users-three",
            "这个集合还没有成员",
            "加入本县的单位后，集合负责的措施就会分到各单位。",
            [button.primary("加入单位", "plus")],
            self,
        )
        self.no_match = EmptyState(
            "magnifying-glass", "没有找到", "换一个词再找，或清除搜索。", [button.secondary("清除搜索")], self
        )
        self.nothing = EmptyState("buildings", "这里没有单位", "每个单位都属于某个单位集合。", parent=self)
        self.stack = QStackedWidget(self)
        self.sheet = QWidget(self)
        self.sheet.setLayout(self.table.with_foot())
        for part in (self.sheet, self.no_units, self.no_members, self.no_match, self.nothing):
            self.stack.addWidget(part)
        self.measures = MeasureList(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.said)
        layout.addWidget(self.said_rule)
        self.tools = self._build_tools()
        self.tools_rule = labels.rule(self)
        layout.addWidget(self.tools)
        layout.addWidget(self.tools_rule)
        layout.addWidget(self.stack, 3)
        layout.addWidget(self.measures, 2)
        self.setMinimumWidth(theme.px(_MIN_WIDTH))

    def sizeHint(self) -> QSize:
        """Where the window is narrow, the lists beside it give way first."""
        return QSize(theme.px(_WIDTH), super().sizeHint().height())

    def _build_tools(self) -> QWidget:
        tools = QWidget(self)
        self.add = button.secondary("加入单位", "plus", tools)
        self.remove = button.secondary("移出集合", "minus-circle", tools)
        self.remove.setToolTip("把所选单位移出这个集合（Delete）")
        self.more = button.icon_button("dots-three", "集合的其他操作", tools, is_small=False)
        self.whole = button.primary("名单已补全", "check", tools)
        row = QHBoxLayout(tools)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for widget in (self.add, self.remove, self.more):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.whole)
        return tools

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.no_match.buttons[0].clicked.connect(self._clear_search)  # type: ignore[attr-defined]
        self.model.rearranged.connect(self._show_totals)
        self.table.current_changed.connect(self._on_current)
        self.table.selection_changed.connect(self._on_selection)

    # --- filling ---------------------------------------------------------------------------------

    def show_entry(
        self, reading: Reading, entry: Part, exceptions: str, *, is_read_only: bool, wanted: str = ""
    ) -> None:
        """Show a part of the register; ``wanted`` becomes current, else what was and is still there."""
        if self._entry is not None and self._entry.key != entry.key:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.model.filters.clear()
            self.model.search("")
        self._reading, self._entry, self._is_read_only = reading, entry, is_read_only
        self.table.keeping(self.model.load, self._lines(reading, entry), wanted=wanted)
        self._say(exceptions)
        self._show_stack()
        self._show_tools()

    def group(self) -> Unit | None:
        """The collective that is shown, None for another part."""
        if self._entry is None or self._reading is None or self._entry.kind != side_list.GROUP:
            return None
        return self._reading.group(self._entry.title)

    def _lines(self, reading: Reading, entry: Part) -> Sequence[UnitLine]:
        if entry.kind == side_list.GROUP:
            group = reading.group(entry.title)
            return reading.members(group) if group is not None else ()
        return {side_list.ALONE: reading.alone(), side_list.LEFT: reading.left}.get(entry.kind, reading.lines)

    def _say(self, exceptions: str) -> None:
        group = self.group()
        if group is not None:
            text = said_of(group, self.model.total)
        elif self._entry is not None and self._entry.kind == side_list.LEFT:
            text = "这些单位已撤销、划转或并入其他单位，不再参与统计，填过的内容仍可查到。"
        else:
            text = ""
        self.said.say(text, exceptions if group is not None else "")
        self.said_rule.setVisible(bool(text))

    def _show_stack(self) -> None:
        chosen: QWidget = self.sheet
        if not self.model.rowCount():
            if self.model.total:
                chosen = self.no_match
            elif self.group() is not None:
                chosen = self.no_members
            elif self._entry is not None and self._entry.kind == side_list.ALL:
                chosen = self.no_units
            else:
                chosen = self.nothing
        self.stack.setCurrentWidget(chosen)
        self.measures.setVisible(chosen is not self.no_units)

    @Slot()
    def _show_totals(self) -> None:
        """责任事项 and 已完成 of the units that are shown; each obligation is one unit's."""
        counted = [line for line in self.model.rows() if line.total is not None]
        figures = (sum(line.total or 0 for line in counted), sum(line.done or 0 for line in counted))
        shown = {at: str(figure) for at, figure in zip((TOTAL_AT, DONE_AT), figures, strict=True)}
        words = f"合计 {self.model.rowCount()} 个单位"
        self.table.foot.show_totals(shown if len(counted) > 1 else {}, words, is_of_all=False)

    @Slot()
    def _clear_search(self) -> None:
        self.model.clear_filters()
        self.search.clear()
        self._show_stack()

    def _show_tools(self) -> None:
        group = self.group()
        for widget in (self.tools, self.tools_rule):
            widget.setVisible(group is not None)
        mark = side_list.mark_of(group) if group is not None else ""
        self.whole.setVisible(bool(mark))
        self.whole.setText("名单无误" if mark == side_list.TO_VERIFY else "名单已补全")
        self.whole.updateGeometry()
        self.search.setEnabled(bool(self.model.total))
        can_write = not self._is_read_only
        for widget in (self.add, self.whole, *self.no_members.buttons, *self.no_units.buttons):
            widget.setEnabled(can_write)
            widget.setToolTip("" if can_write else READ_ONLY)
        if can_write and group is not None and mark:
            self.whole.setEnabled(bool(group.members))
            self.whole.setToolTip("" if group.members else "还没有成员，不能标为已补全")
        self._on_selection()

    def _show_measures(self, current: UnitLine | None) -> None:
        reading, group = self._reading, self.group()
        if reading is None:
            return
        if group is not None:
            title = f"用到“{group.name}”的措施"
            lines = reading.used.get(group.name, ())
            nothing = f"方案的责任分工里没有写到“{group.name}”。"
            self.measures.show_lines(title, lines, nothing if reading.is_counted else COUNTING)
        elif current is not None:
            title = f"“{current.unit.name}”负责的措施"
            lines = reading.measures.get(current.unit.name, ())
            nothing = "这个方案里没有它负责的措施。"
            self.measures.show_lines(title, lines, nothing if reading.is_counted else COUNTING)
        else:
            self.measures.show_lines("负责的措施", (), "没有选中的单位。")

    # --- what the clerk does ---------------------------------------------------------------------

    @Slot(str)
    def _on_search(self, words: str) -> None:
        self.table.keeping(self.model.search, words)
        self._show_stack()

    @Slot(object)
    def _on_current(self, line: UnitLine | None) -> None:
        self._show_measures(line)
        self.current_changed.emit(line)

    @Slot()
    def _on_selection(self) -> None:
        group = self.group()
        names = self.table.selected_names()
        direct = group is not None and any(name in group.members for name in names)
        self.remove.setEnabled(direct and not self._is_read_only)
        why = READ_ONLY if self._is_read_only else "" if direct else "先在表中选要移出的单位"
        self.remove.setToolTip(why or f"把所选 {len(names)} 个单位移出这个集合（Delete）")


def said_of(group: Unit, count: int) -> str:
    """What a collective stands for in this county."""
    if not count:
        return f"“{group.name}”在本县还没有指明是哪些单位。含“{group.name}”的措施不会算作已完成。"
    words = f"“{group.name}”在本县指下列 {count} 个单位。"
    if group.incomplete:
        words += f"补全前，含“{group.name}”的措施不会算作已完成。"
    elif group.to_verify:
        words += "名单由方案推断而来，请核对。"
    return words
