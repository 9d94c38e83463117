"""What a file of evidence is: title, 文号, category, the date it proves, pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.office.evidence import CATEGORIES
from gui import theme
from gui.pages.progress.evidence_model import size_words
from gui.pages.progress.parts import Note, field_label
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from datetime import date

    from core.office.evidence import EvidenceRow

MAX_PAGES = 9999


@dataclass(frozen=True, slots=True)
class Description:
    """What the clerk says a file is."""

    title: str
    number: str | None
    category: str
    proves_on: date | None
    pages: int | None
    received_on: date | None
    note: str


class EvidenceDialog(QDialog):
    """Takes a row, hands out a Description; opened with ``open()``."""

    described = Signal(object, object)
    """(id of the evidence, Description)."""

    def __init__(self, row: EvidenceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("修改佐证材料")
        self.setFixedWidth(theme.px(480))
        self._build()
        self._load()

    def _build(self) -> None:
        self.title = QLineEdit(self)
        self.number = QLineEdit(self)
        self.category = ComboBox(self, name="类别")
        self.proves_on = DateField(self, name="证明日期")
        self.received_on = DateField(self, name="收到日期", may_be_empty=False)
        self.pages = QLineEdit(self)
        self.pages.setFixedWidth(theme.px(96))
        self.note = QLineEdit(self)
        self.date_note, self.received_note, self.pages_note = Note(self), Note(self), Note(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget, Note | None], ...] = (
            ("标题", self.title, None),
            ("文号", self.number, None),
            ("类别", self.category, None),
            ("证明日期", self.proves_on, self.date_note),
            ("收到日期", self.received_on, self.received_note),
            ("页数", self.pages, self.pages_note),
            ("备注", self.note, None),
        )
        for row, (name, field, note) in enumerate(fields):
            field.setAccessibleName(name)
            grid.addWidget(field_label(name, field, self), row, 0)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(field)
            if note is not None:
                line.addWidget(note, 1)
            grid.addLayout(line, row, 1)
        self.proves_on.setToolTip("材料所证明的那一天，如会议、培训、发文的日期")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(labels.label(f"文件名：{self._row.name}，{size_words(self._row.size)}", "note", self))
        layout.addLayout(grid)
        layout.addLayout(self._build_foot())
        self.proves_on.problem_changed.connect(self._on_date_problem)

    def _build_foot(self) -> QHBoxLayout:
        cancel = button.secondary("取消", parent=self)
        self.accept_button = button.primary("保存", parent=self)
        self.accept_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._on_accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        return row

    def _load(self) -> None:
        row = self._row
        self.title.setText(row.title)
        self.number.setText(row.number or "")
        for name in dict.fromkeys((*CATEGORIES, row.category)):
            self.category.addItem(name, name)
        self.category.setCurrentIndex(self.category.findData(row.category))
        self.proves_on.set_value(row.proves_on)
        self.received_on.set_value(row.received_on)
        self.pages.setText(str(row.pages) if row.pages else "")
        self.note.setText(row.note)
        self.title.selectAll()

    def value(self) -> Description | None:
        """What stands in the fields, None while something is to mend."""
        pages = self._pages()
        is_date_right = self.proves_on.commit() and self.received_on.commit()
        if pages is None or not is_date_right:
            return None
        return Description(
            title=self.title.text().strip() or self._row.title,
            number=self.number.text().strip() or None,
            category=self.category.currentData(),
            proves_on=self.proves_on.value(),
            pages=pages or None,
            received_on=self.received_on.value(),
            note=self.note.text().strip(),
        )

    def _pages(self) -> int | None:
        """The number of pages, 0 when there is none, None when it is no number."""
        text = self.pages.text().strip()
        is_right = not text or (text.isdecimal() and 0 < int(text) <= MAX_PAGES)
        self.pages_note.say("" if is_right else f"页数应为 1—{MAX_PAGES}", is_wrong=not is_right)
        if not is_right:
            return None
        return int(text) if text else 0

    @Slot(str)
    def _on_date_problem(self, sentence: str) -> None:
        self.date_note.say(sentence, is_wrong=bool(sentence))

    @Slot()
    def _on_accept(self) -> None:
        value = self.value()
        if value is not None:
            self.described.emit(self._row.id, value)
            self.accept()
