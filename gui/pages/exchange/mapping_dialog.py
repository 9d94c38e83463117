"""指定各列: what the columns of a superior's template ask for, where its titles do not say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSpinBox, QWidget

from core.errors import KnownError
from core.exchange.template import Template, TemplateMapping, meaning_of
from core.exchange.template_columns import RESULTS, TemplateField
from core.office.templates import check_mapping
from gui import theme
from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from core.exchange.template import TemplateColumn

NOTHING = "不填写"
_TALLEST = 320
_MOST_HEADER = 25
_JOIN = "、"
Fields = tuple[TemplateField, ...]
Read = Callable[[TemplateMapping], Template]


class MappingDialog(FormDialog):
    """Hands out the mapping; ``read`` reads the template by another one."""

    said = Signal(object)
    """A TemplateMapping to be remembered."""
    forgotten = Signal()
    """Read the form by its titles again."""

    def __init__(
        self, template: Template, mapping: TemplateMapping, read: Read, parent: QWidget, *, can_forget: bool
    ) -> None:
        super().__init__("指定各列", parent, width=620)
        self._template, self._read = template, read
        self.combos: dict[str, ComboBox] = {}
        self.add_head(template.name, "说明表头在哪几行、每一列填什么。同样的表下次会照此填写。")
        self.sheet = ComboBox(self, name="工作表")
        self.sheet.addItems(list(template.sheets))
        self.sheet.setCurrentText(mapping.sheet)
        self.first, self.last = _rows("表头第一行", self), _rows("表头最后一行", self)
        self.first.setValue(mapping.header[0])
        self.last.setValue(mapping.header[1])
        rows = QWidget(self)
        row = QHBoxLayout(rows)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (labels.label("第", "second", rows), self.first, labels.label("行至第", "second", rows)):
            row.addWidget(widget)
        row.addWidget(self.last)
        row.addWidget(labels.label("行", "second", rows))
        row.addStretch(1)
        self.add_fields(("工作表", self.sheet), ("表头", rows))
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("各列")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its choices are walked
        self.area.setFixedHeight(theme.px(_TALLEST))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self.area)
        self.forget = button.ghost("按表头重新认", "arrow-counter-clockwise", self)
        self.forget.setVisible(can_forget)
        self.body.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_foot("按此填写")
        if template.tables:
            self._show_columns(template, mapping)
        else:
            self._on_place()
        self.sheet.currentIndexChanged.connect(self._on_place)
        self.first.valueChanged.connect(self._on_place)
        self.last.valueChanged.connect(self._on_place)
        self.forget.clicked.connect(self._on_forget)

    def mapping(self) -> TemplateMapping:
        """What is said now."""
        fields = {letter: fields for letter, combo in self.combos.items() if (fields := combo.currentData())}
        return TemplateMapping(self.sheet.currentText(), (self.first.value(), self.last.value()), fields)

    # --- columns -----------------------------------------------------------------------------------

    def _show_columns(self, template: Template, mapping: TemplateMapping) -> None:
        self.combos.clear()
        inner = QWidget(self.area)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for column in self._columns(template):
            guess = () if mapping.fields else meaning_of(column.title.split("/")).fields
            self._add_column(grid, inner, column, mapping.fields.get(column.letter, guess))
        if not self.combos:
            grid.addWidget(labels.label("这几行里没有文字，请改表头的行号。", "second", inner), 0, 0, 1, 3)
        grid.setRowStretch(grid.rowCount(), 1)
        self.area.setWidget(inner)
        clear_ground(self.area)
        self._check()

    def _columns(self, template: Template) -> list[TemplateColumn]:
        found = [column for table in template.tables[:1] for column in table.columns]
        return [column for column in found if column.title and not column.is_hidden]

    def _add_column(self, grid: QGridLayout, inner: QWidget, column: TemplateColumn, fields: Fields) -> None:
        row = grid.rowCount()
        title = labels.label(column.title.replace("/", " "), "", inner)
        title.setWordWrap(True)
        combo = ComboBox(inner, name=f"{column.letter} 列“{column.title}”填什么")
        combo.addItem(NOTHING, ())
        for field in TemplateField:
            combo.addItem(field.value, (field,))
        if len(fields) > 1:
            combo.addItem(_JOIN.join(field.value for field in fields), fields)
        at = next((i for i in range(combo.count()) if tuple(combo.itemData(i) or ()) == tuple(fields)), 0)
        combo.setCurrentIndex(at)
        combo.setFixedWidth(theme.px(200))
        combo.currentIndexChanged.connect(partial(self._on_field, column.letter))
        grid.addWidget(labels.label(f"{column.letter} 列", "second", inner), row, 0)
        grid.addWidget(title, row, 1)
        grid.addWidget(combo, row, 2)
        self.combos[column.letter] = combo

    def _on_field(self, _letter: str, _index: int = 0) -> None:
        self._check()

    @Slot()
    def _on_place(self) -> None:
        """Another sheet or other rows: its columns by their titles."""
        if self.last.value() < self.first.value():
            self.last.setValue(self.first.value())
            return
        place = TemplateMapping(self.sheet.currentText(), (self.first.value(), self.last.value()), {})
        try:
            read = self._read(place)
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            self.step.setEnabled(False)
            return
        self._show_columns(read, place)

    def _check(self) -> None:
        try:
            check_mapping(self.mapping())
        except KnownError as error:
            self.step.setEnabled(False)
            self.note.say(error.message)
            return
        self.step.setEnabled(True)
        results = sum(bool(RESULTS & set(fields)) for fields in self.mapping().fields.values())
        self.note.say(f"将填写 {results} 列")

    @Slot()
    def _on_forget(self) -> None:
        self.forgotten.emit()
        self.accept()

    def take(self) -> None:
        """Hand out the mapping."""
        self.said.emit(self.mapping())
        self.accept()


def _rows(name: str, parent: QWidget) -> QSpinBox:
    made = QSpinBox(parent)
    made.setRange(1, _MOST_HEADER)
    made.setAccessibleName(name)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    made.setToolTip("可用上下键增减")
    made.setFixedWidth(theme.px(72))
    return made
