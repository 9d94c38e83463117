"""The left pane of 进展填报: whose obligations, or of which measure, how many are filled, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from core.model.ledger import State
from gui import theme
from gui.pages.progress.delegates import ObligationDelegate
from gui.pages.progress.obligation_model import ObligationModel
from gui.pages.progress.parts import Card
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.obligations import ObligationRow
    from gui.context import Context

WIDTH = 288
MIN_WIDTH = 236
"""Where the window is narrow or the text large, the form takes what the list can spare."""
BY_UNIT = "unit"
BY_MEASURE = "measure"
_NOT_EXPECTED = {State.DONE, State.NOT_APPLICABLE}


class ObligationList(Card):
    """Chooses one obligation; the order of a list stays while one walks through it."""

    chosen = Signal(object)
    """Another ObligationRow is current, None when there is none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._all: tuple[ObligationRow, ...] = ()
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
        head = QVBoxLayout()
        head.setContentsMargins(11, 11, 11, 12)
        head.setSpacing(8)
        head.addWidget(self.mode)
        head.addWidget(self.group)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(ObligationDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("责任事项")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self._build_counts())
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.view, 1)

    def _build_counts(self) -> QWidget:
        strip = QWidget(self)
        strip.setObjectName("countStrip")
        strip.setFixedHeight(theme.px(31))
        self.expected = labels.label("", "note", strip)
        self.filled = labels.label("", "note", strip)
        layout = QHBoxLayout(strip)
        layout.setContentsMargins(15, 0, 20, 0)
        layout.addWidget(self.expected)
        layout.addStretch(1)
        layout.addWidget(self.filled)
        return strip

    def _connect(self) -> None:
        self.mode.changed.connect(self._on_mode_changed)
        self.group.currentIndexChanged.connect(self._on_group_changed)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)

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
        self._fill_rows(current.id if current is not None else None)

    def show_obligation(self, obligation_id: int) -> bool:
        """Go to an obligation, changing unit or measure where needed; False when it is not of this plan."""
        row = next((row for row in self._all if row.id == obligation_id), None)
        if row is None:
            return False
        self._is_filling = True
        self.group.setCurrentIndex(self.group.findData(self._key(row)))
        self._is_filling = False
        self._fill_rows(obligation_id)
        return True

    def current(self) -> ObligationRow | None:
        """The obligation whose form is open."""
        return self.model.row_at(self.view.currentIndex())

    def step(self, by: int) -> bool:
        """To the next or previous row; False at the end."""
        target = self.view.currentIndex().row() + by
        if not 0 <= target < self.model.rowCount():
            return False
        self.view.setCurrentIndex(self.model.index(target))
        return True

    def place(self) -> tuple[int, int]:
        """(row from 1, number of rows); 0 when none is current."""
        return self.view.currentIndex().row() + 1, self.model.rowCount()

    # --- inside ----------------------------------------------------------------------------------

    def _key(self, row: ObligationRow) -> object:
        return row.unit if self.mode.value() == BY_UNIT else row.measure_no

    def _fill_groups(self) -> None:
        """The units in the register's order, or the measures in the plan's."""
        wanted = self.group.currentData()
        self._is_filling = True
        self.group.clear()
        if self.mode.value() == BY_UNIT:
            last = len(self._unit_order)
            for unit in sorted({row.unit for row in self._all}, key=lambda u: (self._unit_order.get(u, last), u)):
                self.group.addItem(unit, unit)
        else:
            titles = {row.measure_no: f"{row.measure_label}{row.measure_text}" for row in self._all}
            for number in sorted(titles):
                self.group.addItem(titles[number], number)
                self.group.setItemData(self.group.count() - 1, titles[number], Qt.ItemDataRole.ToolTipRole)
        index = self.group.findData(wanted) if wanted is not None else -1
        self.group.setCurrentIndex(max(index, 0) if self.group.count() else -1)
        self._is_filling = False

    def _fill_rows(self, obligation_id: int | None) -> None:
        """The rows of the chosen unit or measure; ``obligation_id`` is current if it is among them."""
        key = self.group.currentData()
        rows = [row for row in self._all if self._key(row) == key]
        self._is_filling = True
        self.model.set_rows(rows, self._context.as_of, shows_units=self.mode.value() == BY_MEASURE)
        position = self.model.position(obligation_id) if obligation_id is not None else -1
        if rows:
            self.view.setCurrentIndex(self.model.index(max(position, 0)))
        self._is_filling = False
        self._show_counts(rows)
        self.chosen.emit(self.current())

    def _show_counts(self, rows: Sequence[ObligationRow]) -> None:
        """What the period asks for, and how much of it is there."""
        filled = sum(row.period_entry for row in rows)
        expected = sum(row.period_entry or row.status.state not in _NOT_EXPECTED for row in rows)
        self.expected.setText(f"本期应填 {expected} 项")
        self.filled.setText(f"已填 {filled}")

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
        if not self._is_filling:
            self._fill_rows(None)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self.view.scrollTo(current)
            self.chosen.emit(self.current())
