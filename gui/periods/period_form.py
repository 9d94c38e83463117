"""One period at the right of the list: name, days, cut-off, what each obligation must say."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.model.ledger import Period
from core.office.periods import ASKS, PeriodKind, PeriodLine
from gui import theme
from gui.pages.progress.parts import Note
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.date_field import DateField

_LENGTH = 40
_OWN_DAYS = (PeriodKind.MIDTERM, PeriodKind.FINAL, PeriodKind.NAMED)
_READ_ONLY = "台账以只读方式打开，不能修改"


class PeriodForm(QWidget):
    """``saved`` carries the period as it was typed; the dialog writes it and says what is wrong."""

    saved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: PeriodLine | None = None
        self._build()
        self.save.clicked.connect(self._on_save)
        self.title.returnPressed.connect(self._on_save)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        grid.setColumnStretch(1, 1)
        self.title = QLineEdit(self)
        self.title.setMaxLength(_LENGTH)
        self.first_day = DateField(self, name="第一天", may_be_empty=False)
        self.last_day = DateField(self, name="最后一天", may_be_empty=False)
        self.cut_off = DateField(self, name="截止日期", may_be_empty=False)
        fields = (
            ("名称", self.title),
            ("第一天", self.first_day),
            ("最后一天", self.last_day),
            ("截止日期", self.cut_off),
        )
        for row, (name, field) in enumerate(fields):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
        outer.addLayout(grid)
        self.moved = labels.label("", "note", self)
        outer.addWidget(self.moved)
        outer.addWidget(labels.label("每个责任事项本期须填", "second", self))
        asks = QGridLayout()
        asks.setVerticalSpacing(4)
        self.asks = {ask: CheckBox(ask, self) for ask in ASKS}
        for at, box in enumerate(self.asks.values()):
            asks.addWidget(box, at // 2, at % 2)
        outer.addLayout(asks)
        foot = QHBoxLayout()
        self.save = button.primary("保存", parent=self)
        self.note = Note(self)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.save)
        outer.addLayout(foot)

    def show_line(self, line: PeriodLine | None, *, read_only: bool) -> None:
        """Show a period."""
        self._line = line
        self.setEnabled(line is not None)
        if line is None:
            return
        period = line.period
        self.title.setText(period.title)
        for field, day in self._days(period):
            field.set_value(day)
        for ask, box in self.asks.items():
            box.setChecked(ask in period.asks)
            box.setEnabled(not read_only)
        has_own_days = line.kind in _OWN_DAYS
        self.title.setReadOnly(read_only)
        self.cut_off.setReadOnly(read_only)
        for field in (self.first_day, self.last_day):
            field.setReadOnly(read_only or not has_own_days)
            field.setToolTip("" if has_own_days else f"{line.kind.value}的起止日期是固定的")
        self.save.setEnabled(not read_only)
        self.save.setToolTip(_READ_ONLY if read_only else "")
        is_moved = line.cut_off != period.cut_off
        self.moved.setText(f"遇节假日或周末，顺延到 {line.cut_off}" if is_moved else "")
        self.moved.setVisible(is_moved)
        self.say(_READ_ONLY if read_only else "")

    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        if self._line is None:
            return False
        period = self._line.period
        typed = (self.title.text(), *(field.text() for field, _ in self._days(period)), self._asked())
        return typed != (period.title, *(day.isoformat() for _, day in self._days(period)), period.asks)

    def key(self) -> str | None:
        """The period that is shown."""
        return None if self._line is None else self._line.period.key

    def forget(self) -> None:
        """What stands in the fields is saved, or is not to be."""
        self._line = None

    def value(self) -> Period | None:
        """The period as typed; None, with the sentence shown, where a day is none."""
        if self._line is None:
            return None
        days = []
        for field, before in self._days(self._line.period):
            if not field.commit():
                self.say(f"{field.accessibleName()}：{field.problem()}", field="wrong")
                field.setFocus()
                return None
            days.append(field.value() or before)
        return Period(self._line.period.key, self.title.text(), days[0], days[1], days[2], self._asked())

    def _asked(self) -> tuple[str, ...]:
        return tuple(ask for ask, box in self.asks.items() if box.isChecked())

    def say(self, text: str, *, field: str = "") -> None:
        """A sentence; with ``field`` it is wrong, and the field gets the keyboard."""
        self.note.say(text, is_wrong=bool(field))
        known: dict[str, QWidget] = {
            "title": self.title,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "cut_off": self.cut_off,
        }
        if field in known:
            known[field].setFocus()

    def _days(self, period: Period) -> tuple[tuple[DateField, date], ...]:
        return (
            (self.first_day, period.first_day),
            (self.last_day, period.last_day),
            (self.cut_off, period.cut_off),
        )

    @Slot()
    def _on_save(self) -> None:
        value = self.value() if self.save.isEnabled() else None
        if value is not None:
            self.saved.emit(value)
