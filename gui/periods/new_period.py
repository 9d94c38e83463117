"""新建报送期: what kind, and which one of it; a named one has its own name and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.ledger.periods import PeriodKind
from core.model.ledger import Period
from gui import theme
from gui.pages.progress.parts import Note
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField

_FIELD = 360
_PADDING = 24
_LENGTH = 40
_MONTHS, _FIRST_YEAR, _LAST_YEAR = 12, 2000, 2199
_NUMBERS = {
    PeriodKind.MONTH: [f"{month}月" for month in range(1, _MONTHS + 1)],
    PeriodKind.QUARTER: [f"第{one}季度" for one in "一二三四"],
    PeriodKind.HALF_YEAR: ["上半年", "下半年"],
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key that the ledger knows to read, or (None) a period with its own name and days."""

    key: str | None
    named: Period | None = None


class NewPeriodDialog(QDialog):
    """Asks which period; 中期 and 终期 need nothing else, the plan says their days."""

    wanted = Signal(object)
    """Carries the Wanted; whoever takes it closes the dialog or says what is wrong."""

    def __init__(self, as_of: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("新建报送期")
        self._as_of = as_of
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._build()
        self._connect()
        self.kind.setCurrentIndex(self.kind.findData(PeriodKind.QUARTER))
        self._on_kind()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)  # as high as the fields of the kind
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addWidget(labels.label("新建哪个报送期", "head", self))
        self.kind = ComboBox(self, name="类型")
        self.kind.setMinimumWidth(theme.px(_FIELD))
        for kind in PeriodKind:
            self.kind.addItem(kind.value, kind)
        self.year = QSpinBox(self)
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setValue(self._as_of.year)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number = ComboBox(self, name="第几期")
        self.name = QLineEdit(self)
        self.name.setMaxLength(_LENGTH)
        self.name.setPlaceholderText("如 督察整改")
        self.first_day = DateField(self, name="第一天")
        self.last_day = DateField(self, name="最后一天")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        grid.setColumnStretch(1, 1)
        fields = (
            ("类型", self.kind),
            ("年份", self.year),
            ("第几期", self.number),
            ("名称", self.name),
            ("第一天", self.first_day),
            ("最后一天", self.last_day),
        )
        for row, (name, field) in enumerate(fields):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
            self._rows[name] = (title, field)
        outer.addLayout(grid)
        self.note = Note(self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        self.cancel = button.secondary("取消", parent=self)
        self.make = button.primary("新建", parent=self)
        self.make.setDefault(True)
        foot.addWidget(self.cancel)
        foot.addWidget(self.make)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self._on_make)

    @Slot()
    def _on_kind(self) -> None:
        kind = PeriodKind(self.kind.currentData())
        shown = {
            "类型": True,
            "年份": kind in (*_NUMBERS, PeriodKind.YEAR),
            "第几期": kind in _NUMBERS,
            "名称": kind is PeriodKind.NAMED,
            "第一天": kind is PeriodKind.NAMED,
            "最后一天": kind is PeriodKind.NAMED,
        }
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(shown[name])
        self.number.clear()
        self.number.addItems(_NUMBERS.get(kind, []))
        if kind in _NUMBERS:
            self.number.setCurrentIndex((self._as_of.month - 1) * len(_NUMBERS[kind]) // _MONTHS)
        is_own = kind in (PeriodKind.MIDTERM, PeriodKind.FINAL)
        self.note.say("起止日期按方案推算，新建后可以改。" if is_own else "")

    @Slot()
    def _on_make(self) -> None:
        kind, year, number = PeriodKind(self.kind.currentData()), self.year.value(), self.number.currentIndex() + 1
        if kind is PeriodKind.NAMED:
            self._make_named()
            return
        keys = {
            PeriodKind.MONTH: f"{year}-{number:02}",
            PeriodKind.QUARTER: f"{year}Q{number}",
            PeriodKind.HALF_YEAR: f"{year}H{number}",
            PeriodKind.YEAR: f"{year}",
        }
        self.wanted.emit(Wanted(keys.get(kind, kind.value)))

    def _make_named(self) -> None:
        name, first, last = self.name.text().strip(), _day(self.first_day), _day(self.last_day)
        if not name:
            self.say("请填写名称。", field="title")
        elif first is None:
            self.say(self.first_day.problem() or "请填写第一天。", field="first_day")
        elif last is None:
            self.say(self.last_day.problem() or "请填写最后一天。", field="last_day")
        else:
            self.wanted.emit(Wanted(None, Period("", name, first, last, last)))

    def say(self, text: str, *, field: str) -> None:
        """What is wrong, and the keyboard in its field."""
        self.note.say(text, is_wrong=True)
        known = {"title": self.name, "first_day": self.first_day, "last_day": self.last_day}
        if field in known:
            known[field].setFocus()


def _day(field: DateField) -> date | None:
    return field.value() if field.commit() else None
