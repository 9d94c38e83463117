"""What the journal is filtered by, in one row: words, measure, unit, action, person, days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.office.history import JournalFilter
from gui import theme
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from core.model.plan import Measure

_TYPING_MS = 250
"""A word is looked for once, after its last letter."""
_NAMED = 18
"""Letters of a measure in the list of measures."""


class JournalFilters(QWidget):
    """``changed`` tells that another filter is asked for: ``value()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan_key: str | None = None
        self._actions: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.words = SearchBox("在日志中搜索", self, key="Ctrl+F")
        self.words.setToolTip("几个词用空格隔开，都出现的才列出")
        self.measure = ComboBox(self, name="措施")
        self.unit = ComboBox(self, name="单位")
        self.action = ComboBox(self, name="操作")
        self.who = ComboBox(self, name="操作人")
        self.since = DateField(self, name="从哪天起")
        self.until = DateField(self, name="到哪天止")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        fields: tuple[tuple[str, QWidget, int, int], ...] = (
            ("搜索", self.words, 120, 3),
            ("措施", self.measure, 112, 2),
            ("单位", self.unit, 104, 2),
            ("操作", self.action, 104, 1),
            ("操作人", self.who, 88, 1),
            ("从", self.since, 0, 0),
            ("到", self.until, 0, 0),
        )
        for title, field, width, stretch in fields:
            column = QVBoxLayout()
            column.setSpacing(2)
            name = labels.label(title, "note", self)
            name.setBuddy(field)
            column.addWidget(name)
            column.addWidget(field)
            if width:
                field.setMinimumWidth(theme.px(width))
            if isinstance(field, ComboBox):
                field.setMaximumWidth(theme.px(220))
            row.addLayout(column, stretch)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.changed)
        self.words.textChanged.connect(self._timer.start)
        self.words.returnPressed.connect(self._now)
        for combo in (self.measure, self.unit, self.action, self.who):
            combo.activated.connect(self._now)
        self.since.changed.connect(self._now)
        self.until.changed.connect(self._now)

    def load(self, plan_key: str | None, measures: Sequence[Measure], units: Sequence[str]) -> None:
        """The measures of the plan and the units to choose from; a choice that is still there stays."""
        is_same_plan = plan_key == self._plan_key
        self._plan_key = plan_key
        named = [(f"{m.label}{_cut(m.text)}", m.no) for m in measures]
        _fill(self.measure, "全部措施", named, keep=is_same_plan)
        _fill(self.unit, "全部单位", [(name, name) for name in units])

    def load_known(self, actions: Sequence[str], people: Sequence[str]) -> None:
        """Actions and persons that occur."""
        self._actions, self._people = tuple(actions), tuple(people)
        _fill(self.action, "全部操作", [(action, action) for action in actions])
        _fill(self.who, "全部人员", [(who, who) for who in people])

    def add_known(self, actions: Sequence[str], people: Sequence[str]) -> None:
        """More of them: what has been done since."""
        more = [action for action in actions if action not in self._actions]
        others = [who for who in people if who not in self._people]
        if more or others or not self.action.count():
            self.load_known((*self._actions, *more), (*self._people, *others))

    def value(self) -> JournalFilter:
        """What is asked for."""
        no = self.measure.currentData()
        return JournalFilter(
            words=self.words.text(),
            action=self.action.currentData() or "",
            who=self.who.currentData() or "",
            since=self.since.value(),
            until=self.until.value(),
            measure_no=no,
            plan_key=self._plan_key if no is not None else None,
            unit=self.unit.currentData() or "",
        )

    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self.value() == JournalFilter()

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        self._empty()
        self._now()

    def show_measure(self, no: int, unit: str = "") -> None:
        """Ask for everything that happened to a measure of the plan, or to what one unit owes of it."""
        self._empty()
        self.measure.setCurrentIndex(max(self.measure.findData(no), 0))
        self._choose_unit(unit)
        self._now()

    def show_unit(self, name: str) -> None:
        """Ask for everything that names a unit."""
        self._empty()
        self._choose_unit(name)
        self._now()

    def _choose_unit(self, name: str) -> None:
        if name and self.unit.findData(name) < 0:
            self.unit.addItem(name, name)
        self.unit.setCurrentIndex(max(self.unit.findData(name), 0) if name else 0)

    def _empty(self) -> None:
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        for combo in (self.measure, self.unit, self.action, self.who):
            combo.setCurrentIndex(0)
        self.since.set_value(None)
        self.until.set_value(None)

    @Slot()
    def _now(self) -> None:
        self._timer.stop()
        self.changed.emit()


def _fill(combo: ComboBox, everything: str, items: Sequence[tuple[str, object]], *, keep: bool = True) -> None:
    chosen = combo.currentData() if keep else None
    combo.clear()
    combo.addItem(everything, None)
    for text, value in items:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0) if chosen is not None else 0)


def _cut(text: str) -> str:
    return text if len(text) <= _NAMED else f"{text[: _NAMED - 1]}…"
