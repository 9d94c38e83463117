"""The settings of the ledger, kept in the file: 档案 shows them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import ledger_settings
from core.office.changes import Changes
from core.office.ledger_settings import MOST_REMINDER_DAYS, MOST_SOON_DAYS, LedgerSettings
from gui import theme
from gui.context import Context
from gui.pages.progress.parts import Note
from gui.periods.holiday_editor import HolidayEditor
from gui.widgets import labels
from gui.widgets.check import CheckBox

_LENGTH = 60


class LedgerSettingsPanel(QWidget):
    """单位名称, 临近天数, 截止日遇节假日顺延 with its table; each change is saved when its field is left."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._build()
        self.office.editingFinished.connect(self._save)
        self.soon_days.editingFinished.connect(self._save)
        self.reminder_days.editingFinished.connect(self._save)
        self.moves.clicked.connect(self._save)
        context.ledger_opened.connect(self.reload)
        context.changed.connect(self._on_changed)
        self.reload()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.office = QLineEdit(self)
        self.office.setMaxLength(_LENGTH)
        self.office.setPlaceholderText("如 古县司法局")
        self.office.setToolTip("建立台账的单位，用于文件的落款")
        self.soon_days = self._days(MOST_SOON_DAYS, "完成时限前这么多天起显示“临近”，含当日")
        self.reminder_days = self._days(MOST_REMINDER_DAYS, "对同一单位，这么多天内再次催办会先提醒")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        fields = (("单位名称", self.office), ("临近天数", self.soon_days), ("催办间隔", self.reminder_days))
        for row, (name, field) in enumerate(fields):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(title, row, 0)
        grid.addWidget(self.office, 0, 1)
        grid.addLayout(self._beside(self.soon_days, "天，完成时限前这么多天起显示“临近”"), 1, 1)
        grid.addLayout(self._beside(self.reminder_days, "天，同一单位在这么多天内再次催办会先提醒"), 2, 1)
        outer.addLayout(grid)
        self.moves = CheckBox("报送截止日遇节假日或周末，顺延到其后第一个工作日", self)
        self.moves.setAccessibleName("截止日遇节假日顺延")
        outer.addWidget(self.moves)
        self.note = Note(self)
        outer.addWidget(self.note)
        outer.addWidget(labels.rule(self))
        self.holidays = HolidayEditor(self._context, self)
        outer.addWidget(self.holidays, 1)

    def _days(self, most: int, tip: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(0, most)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setFixedWidth(theme.px(96))
        field.setToolTip(tip)
        return field

    def _beside(self, field: QSpinBox, words: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field)
        line.addWidget(labels.label(words, "second", self))
        line.addStretch(1)
        return line

    @Slot()
    def reload(self) -> None:
        """Show what the open file says."""
        has_store, read_only = self._context.has_store, self._context.read_only
        self.setEnabled(has_store)
        value = ledger_settings.load(self._context.store) if has_store else LedgerSettings()
        self.office.setText(value.office)
        self.soon_days.setValue(value.soon_days)
        self.reminder_days.setValue(value.reminder_days)
        self.moves.setChecked(value.cut_off_moves)
        self.office.setReadOnly(read_only)
        self.soon_days.setEnabled(not read_only)
        self.reminder_days.setEnabled(not read_only)
        self.moves.setEnabled(not read_only)
        self.note.say("台账以只读方式打开，不能修改" if has_store and read_only else "")
        self.holidays.reload()

    @Slot()
    def _save(self) -> None:
        if self._context.read_only:
            return
        old = ledger_settings.load(self._context.store)
        value = replace(
            old,
            office=self.office.text().strip(),
            soon_days=self.soon_days.value(),
            reminder_days=self.reminder_days.value(),
            cut_off_moves=self.moves.isChecked(),
        )
        if value == old:
            return
        try:
            changes = ledger_settings.save(self._context.store, value)
        except KnownError as error:
            self.reload()
            self.note.say(str(error), is_wrong=True)
            return
        self.note.say("已保存")
        self._context.announce(changes)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.periods:
            said = self.note.text()
            self.reload()
            self.note.say(said)
