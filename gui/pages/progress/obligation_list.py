"""The left pane of 进展填报: whose obligations, or of which measure, which of them, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.model.ledger import Review
from gui import theme
from gui.pages.progress import list_filter
from gui.pages.progress.delegates import ObligationDelegate
from gui.pages.progress.list_filter import ListFilter
from gui.pages.progress.list_views import PickList
from gui.pages.progress.obligation_model import Naming, ObligationModel
from gui.pages.progress.parts import Card
from gui.pages.progress.picked_strip import PickedStrip
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.obligations import ObligationRow
    from gui.context import Context

WIDTH = 288
MIN_WIDTH = 212
"""Where the window is narrow or the text large, the form takes what the list can spare."""
BY_UNIT = "unit"
BY_MEASURE = "measure"
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
ALL_UNITS = ""
"""The group that holds every unit; its name on the screen is 全部单位."""


class ObligationList(Card):
    """Chooses one obligation, or picks several; the order of a list stays while one walks through it."""

    chosen = Signal(object)
    """Another ObligationRow is current, None when there is none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._all: tuple[ObligationRow, ...] = ()
        self._unit_order: dict[str, int] = {}
        self._is_filling = False
        self.model = ObligationModel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setMinimumWidth(MIN_WIDTH)
        self.setMaximumWidth(theme.px(WIDTH))
        self.mode = Segmented(((BY_UNIT, "按单位"), (BY_MEASURE, "按措施")), self, name="按单位或按措施排列")
        self.mode.set_value(BY_UNIT)
        self.mode.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.group = ComboBox(self, name="单位或措施", empty="没有责任事项")
        self.group.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.filter = ComboBox(self, name="筛选")
        self.filter.setToolTip("只看本期未填、待审、退回或逾期的事项")
        self.filter.setFixedWidth(theme.px(92))
        for choice in ListFilter:
            self.filter.addItem(choice.value, choice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.group, 1)
        row.addWidget(self.filter)
        head = QVBoxLayout()
        head.setContentsMargins(11, 11, 11, 12)
        head.setSpacing(8)
        head.addWidget(self.mode)
        head.addLayout(row)
        self.view = PickList("note-pencil", list_filter.EMPTY[ListFilter.ALL], self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(ObligationDelegate(self.view))
        self.view.setAccessibleName("责任事项")
        self.picked_strip = PickedStrip(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self._build_counts())
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.view, 1)
        layout.addWidget(self.picked_strip)

    def _build_counts(self) -> QWidget:
        strip = QWidget(self)
        strip.setObjectName("countStrip")
        strip.setFixedHeight(theme.px(31))
        self.expected = labels.label("", "note", strip)
        self.filled = labels.label("", "note", strip)
        self.pending = labels.label("", "note", strip)
        divider = labels.rule(strip, vertical=True)
        divider.setFixedHeight(theme.px(12))
        layout = QHBoxLayout(strip)
        layout.setContentsMargins(11, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.expected)
        layout.addStretch(1)
        layout.addWidget(self.filled)
        layout.addWidget(divider)
        layout.addWidget(self.pending)
        return strip

    def _connect(self) -> None:
        self.mode.changed.connect(self._on_mode_changed)
        self.group.currentIndexChanged.connect(self._on_group_changed)
        self.filter.currentIndexChanged.connect(self._on_filter_changed)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.selectionModel().selectionChanged.connect(self._on_picked)
        self.picked_strip.let_go.connect(self._on_let_go)

    def sizeHint(self) -> QSize:
        """As wide as the look says, where there is room."""
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    # --- filling ---------------------------------------------------------------------------------

    def load(self, rows: Sequence[ObligationRow], unit_order: Sequence[str], wanted: int | None = None) -> None:
        """Show other obligations; ``wanted`` becomes current, else what was and is still there."""
        current = self.current()
        self._all = tuple(rows)
        self._unit_order = {name: index for index, name in enumerate(unit_order)}
        self._fill_groups()
        if wanted is not None and self.show_obligation(wanted):
            return
        self._fill_rows(current.id if current is not None else None)

    def rows(self) -> tuple[ObligationRow, ...]:
        """All obligations, the most urgent first."""
        return self._all

    def refresh(self, rows: Sequence[ObligationRow]) -> None:
        """The same obligations after a write: rows are told as changed, the current one stays."""
        self._all = tuple(rows)
        current = self.current()
        self._fill_rows(current.id if current is not None else None, standing=self.model.rows())

    def show_obligation(self, obligation_id: int) -> bool:
        """Go to an obligation, changing unit, measure or filter where needed; False when it is not of this plan."""
        row = next((row for row in self._all if row.id == obligation_id), None)
        if row is None:
            return False
        self._is_filling = True
        if not self._belongs(row, self.group.currentData()):
            self.group.setCurrentIndex(self.group.findData(self._key(row)))
        if not list_filter.matches(row, self._filter()):
            self._set_filter(ListFilter.ALL)
        self._is_filling = False
        self._fill_rows(obligation_id)
        return True

    def show_unit(self, unit: str) -> None:
        """The rows of one unit, whatever was listed before."""
        if self.mode.value() != BY_UNIT or self.group.currentData() != unit:
            self._is_filling = True
            self.mode.set_value(BY_UNIT)
            self._fill_groups()
            self.group.setCurrentIndex(self.group.findData(unit))
            self._is_filling = False

    def show_unit_part(self, unit: str, chosen: ListFilter) -> ObligationRow | None:
        """The rows of a filter of one unit; the first of them."""
        self.show_unit(unit)
        self._set_filter(chosen)
        self._fill_rows(None)
        return next(iter(self.model.rows()), None)

    def show_filter(self, chosen: ListFilter) -> None:
        """The rows of a filter over all units."""
        self._is_filling = True
        self.mode.set_value(BY_UNIT)
        self._fill_groups()
        self.group.setCurrentIndex(self.group.findData(ALL_UNITS))
        self._set_filter(chosen)
        self._is_filling = False
        self._fill_rows(None)

    def current(self) -> ObligationRow | None:
        """The obligation whose form is open."""
        return self.model.row_at(self.view.currentIndex())

    def picked(self) -> tuple[ObligationRow, ...]:
        """The rows that are picked, in their order; the current one alone where nothing else is."""
        chosen = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self.model.rows()[number] for number in chosen)

    def words(self) -> str:
        """What is shown, in words for paper: 石壁乡，待审."""
        chosen = self._filter()
        return self.group.currentText() + ("" if chosen is ListFilter.ALL else f"，{chosen.value}")

    def step(self, by: int) -> bool:
        """To the next or previous row; False at the end."""
        return self._go_to(self.view.currentIndex().row() + by)

    def step_group(self, by: int) -> bool:
        """To the next or previous unit or measure, its first row; False at the end."""
        target = self.group.currentIndex() + by
        if not 0 <= target < self.group.count():
            return False
        self.group.setCurrentIndex(target)
        return True

    def step_to_pending(self) -> bool:
        """To the next row that waits for review, from the top again at the end; False when none does."""
        here = self.view.currentIndex().row()
        rows = self.model.rows()
        order = (*range(here + 1, len(rows)), *range(max(here, 0)))
        found = next((number for number in order if rows[number].period_review is Review.PENDING), -1)
        return self._go_to(found)

    def place(self) -> tuple[int, int]:
        """(row from 1, number of rows); 0 when none is current."""
        return self.view.currentIndex().row() + 1, self.model.rowCount()

    # --- inside ----------------------------------------------------------------------------------

    def _go_to(self, number: int) -> bool:
        if not 0 <= number < self.model.rowCount():
            return False
        self._make_current(self.model.index(number))
        return True

    def _make_current(self, index: QModelIndex) -> None:
        """And nothing else picked: the view itself would look at the keys that are down (Ctrl+Enter)."""
        self.view.selectionModel().setCurrentIndex(index, _ALONE)

    def _filter(self) -> ListFilter:
        return ListFilter(self.filter.currentData())

    def _set_filter(self, chosen: ListFilter) -> None:
        self.filter.setCurrentIndex(list(ListFilter).index(chosen))

    def _key(self, row: ObligationRow) -> object:
        return row.unit if self.mode.value() == BY_UNIT else row.measure_no

    def _belongs(self, row: ObligationRow, group: object) -> bool:
        return group == ALL_UNITS or self._key(row) == group

    def _naming(self) -> Naming:
        if self.mode.value() == BY_MEASURE:
            return Naming.UNIT
        return Naming.BOTH if self.group.currentData() == ALL_UNITS else Naming.MEASURE

    def _fill_groups(self) -> None:
        """The units in the register's order, or the measures in the plan's."""
        wanted = self.group.currentData()
        was_filling, self._is_filling = self._is_filling, True
        self.group.clear()
        if self.mode.value() == BY_UNIT:
            self._add_units()
        else:
            titles = {row.measure_no: f"{row.measure_label}{row.measure_text}" for row in self._all}
            for number in sorted(titles):
                self.group.addItem(titles[number], number)
                self.group.setItemData(self.group.count() - 1, titles[number], Qt.ItemDataRole.ToolTipRole)
        index = self.group.findData(wanted) if wanted is not None else -1
        first = 1 if self.mode.value() == BY_UNIT else 0  # a unit of its own, not all of them
        self.group.setCurrentIndex(index if index >= 0 else min(first, self.group.count() - 1))
        self._is_filling = was_filling

    def _add_units(self) -> None:
        if not self._all:
            return
        last = len(self._unit_order)
        self.group.addItem("全部单位", ALL_UNITS)
        for unit in sorted({row.unit for row in self._all}, key=lambda u: (self._unit_order.get(u, last), u)):
            self.group.addItem(unit, unit)

    def _fill_rows(self, obligation_id: int | None, standing: Sequence[ObligationRow] = ()) -> None:
        """The rows of the chosen unit or measure; ``obligation_id`` is current if it is among them."""
        group = self.group.currentData()
        rows = [row for row in self._all if self._belongs(row, group)]
        shown = list_filter.shown(rows, self._filter(), standing)
        self._is_filling = True
        self.view.say(list_filter.EMPTY[self._filter()])
        self.model.set_rows(shown, self._context.as_of, self._naming())
        position = self.model.position(obligation_id) if obligation_id is not None else -1
        target = self.model.index(max(position, 0))
        if shown and self.view.currentIndex() != target:
            self._make_current(target)
        self._is_filling = False
        self._show_counts(rows)
        self._on_picked()
        self.chosen.emit(self.current())

    def _show_counts(self, rows: Sequence[ObligationRow]) -> None:
        """What the period asks for, how much of it is there, and how many rows each filter has."""
        found = list_filter.counts(rows)
        self.expected.setText(f"本期应填 {found.expected} 项")
        self.filled.setText(f"已填 {found.filled}")
        self.pending.setText(f"待审 {found.pending}")
        for number, choice in enumerate(ListFilter):
            total = sum(list_filter.matches(row, choice) for row in rows)
            self.filter.setItemText(number, f"{choice.value} {total}")

    @Slot(object)
    def _on_mode_changed(self, _mode: object) -> None:
        """The same obligation stays current, seen from the other side."""
        current = self.current()
        self._fill_groups()
        if current is not None:
            self.show_obligation(current.id)
        else:
            self._fill_rows(None)

    @Slot(int)
    def _on_group_changed(self, _index: int) -> None:
        self.group.setToolTip(self.group.currentText())
        if not self._is_filling:
            self._fill_rows(None)

    @Slot(int)
    def _on_filter_changed(self, _index: int) -> None:
        """The same obligation stays current where it is among the rows."""
        if not self._is_filling:
            current = self.current()
            self._fill_rows(current.id if current is not None else None)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self.view.scrollTo(current)
            self.chosen.emit(self.current())

    @Slot()
    def _on_picked(self) -> None:
        if not self._is_filling:
            self.picked_strip.show_picked(self.picked(), can_write=not self._context.read_only)

    @Slot()
    def _on_let_go(self) -> None:
        """Only the current row is picked again; the keyboard is back among the rows."""
        self._make_current(self.view.currentIndex())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
