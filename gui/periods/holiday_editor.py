"""节假日: the table of one year, a day at a time, or the published arrangement whole."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import holidays
from core.office.holidays import Holiday
from gui import theme
from gui.context import Context
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.plain_table import Column, PlainTable
from gui.widgets.segmented import Segmented

_OFF, _WORKED = "off", "worked"
_COLUMNS = (Column("名称"), Column("日期", "2024-12-31 周六"), Column("安排", "调休上班"))
_WEEKDAYS = "一二三四五六日"
_LENGTH = 20


class HolidayEditor(QWidget):
    """Writes each change at once through core.office.holidays."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._days: tuple[Holiday, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.year = ComboBox(self, name="年份")
        self.fill = button.secondary("按国务院通知填写", parent=self)
        title = labels.label("节假日", "strong", self)
        title.setBuddy(self.year)
        head.addWidget(title)
        head.addWidget(self.year)
        head.addStretch(1)
        head.addWidget(self.fill)
        outer.addLayout(head)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(_COLUMNS, "节假日", card)
        self.table.setMinimumHeight(theme.px(36 * 5))
        inner.addWidget(self.table)
        outer.addWidget(card, 1)
        outer.addLayout(self._line())
        self.note = Note(self)
        outer.addWidget(self.note)

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.day = DateField(self, name="日期")
        self.name = QLineEdit(self)
        self.name.setAccessibleName("节日名称")
        self.name.setPlaceholderText("名称，如 国庆节")
        self.name.setMaxLength(_LENGTH)
        self.kind = Segmented([(_OFF, "放假"), (_WORKED, "调休上班")], self, name="安排")
        self.kind.set_value(_OFF)
        self.keep = button.secondary("保存这一天", parent=self)
        self.remove = button.ghost("删除", "trash", self)
        self.remove.setToolTip("删除表中选中的一天（Delete）")
        for field, stretch in ((self.day, 0), (self.name, 1), (self.kind, 0), (self.keep, 0), (self.remove, 0)):
            line.addWidget(field, stretch)
        return line

    def _connect(self) -> None:
        self.year.activated.connect(self._on_year)
        self.fill.clicked.connect(self._on_fill)
        self.keep.clicked.connect(self._on_keep)
        self.name.returnPressed.connect(self._on_keep)
        self.remove.clicked.connect(self._on_remove)
        self.table.removal_asked.connect(self._on_remove)
        self.table.chosen.connect(self._on_chosen)

    def reload(self) -> None:
        """Read the table of the chosen year anew; of the year of the date when none was chosen."""
        if not self._context.has_store:
            return
        chosen = self.year.currentData() or self._context.as_of.year
        known = {*holidays.years(self._context.store), *holidays.published_years(), chosen}
        around = {date.today().year, date.today().year + 1}
        self.year.blockSignals(True)
        self.year.clear()
        for year in sorted(known | around):
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(self.year.findData(chosen))
        self.year.blockSignals(False)
        self._show()

    def _show(self) -> None:
        year, read_only = self.year.currentData(), self._context.read_only
        self._days = holidays.holidays(self._context.store, year)
        rows = [(day.name, _day(day.day), "调休上班" if day.is_workday else "放假") for day in self._days]
        self.table.show_rows(rows, self.table.row())
        is_published = year in holidays.published_years()
        self.fill.setEnabled(is_published and not read_only)
        self.fill.setToolTip(
            f"《{holidays.published(year).source}》（{holidays.published(year).number}）"
            if is_published
            else f"程序中没有{year}年的安排，请按当年通知逐日填写"
        )
        for field in (self.day, self.name):
            field.setReadOnly(read_only)
        self.kind.setEnabled(not read_only)
        self.keep.setEnabled(not read_only)
        self.remove.setEnabled(not read_only and bool(self._days))
        fill = "点“按国务院通知填写”，或逐日录入。" if is_published else "请按当年通知逐日录入。"
        self.table.say_empty(f"{year}年还没有填写，只按周六、周日休息计算。{fill}")
        self.note.say("台账以只读方式打开，不能修改" if read_only else "")

    def _write(self, days: list[Holiday]) -> bool:
        try:
            changes = holidays.set_holidays(self._context.store, self.year.currentData(), days)
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return False
        self._context.announce(changes)
        self.reload()
        return True

    @Slot()
    def _on_year(self) -> None:
        self._show()

    @Slot()
    def _on_fill(self) -> None:
        try:
            changes = holidays.add_published(self._context.store, self.year.currentData())
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self._context.announce(changes)
        self.reload()

    @Slot()
    def _on_keep(self) -> None:
        if not self.keep.isEnabled():
            return
        day = self.day.value() if self.day.commit() else None
        if day is None:
            self.note.say(self.day.problem() or "请填写日期。", is_wrong=True)
            self.day.setFocus()
            return
        rest = [one for one in self._days if one.day != day]
        made = Holiday(day, self.name.text().strip(), self.kind.value() == _WORKED)
        if self._write([*rest, made]):
            self.table.choose(next(at for at, one in enumerate(self._days) if one.day == day))

    @Slot()
    def _on_remove(self) -> None:
        at = self.table.row()
        if self.remove.isEnabled() and 0 <= at < len(self._days):
            gone = self._days[at]
            if self._write([one for one in self._days if one is not gone]):
                self._context.done.emit(f"已删去 {gone.day} {gone.name}")

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if 0 <= row < len(self._days):
            one = self._days[row]
            self.day.set_value(one.day)
            self.name.setText(one.name)
            self.kind.set_value(_WORKED if one.is_workday else _OFF)


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d} 周{_WEEKDAYS[day.weekday()]}"
