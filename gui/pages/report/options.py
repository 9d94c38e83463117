"""The row of options above the pages: how pages are numbered, the annex number."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.office.tables import TableOptions
from core.publish.description import PageNumbers
from gui import theme
from gui.widgets import labels
from gui.widgets.combo import ComboBox

MAX_ANNEX = 99


class OptionRow(QWidget):
    """56 high; ``changed`` is sent once what stands in the fields is right."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = TableOptions()
        self._build()
        self.numbers.activated.connect(self._on_changed)
        self.annex.textEdited.connect(self._on_changed)

    def _build(self) -> None:
        self.setFixedHeight(theme.px(56))
        self.numbers = ComboBox(self, name="页码")
        self.numbers.addItem("公文标准", PageNumbers.OFFICIAL)
        self.numbers.addItem("普通页脚", PageNumbers.PLAIN)
        self.numbers.setToolTip("公文标准：按 GB/T 9704，横排页的页码在纸的左侧；Excel 总用普通页脚")
        self.annex = QLineEdit(self)
        self.annex.setAccessibleName("附件号")
        self.annex.setFixedWidth(theme.px(48))
        self.annex.setMaxLength(2)
        self.annex.setToolTip("左上角的“附件2”；不要附件标记就留空")
        self.annex.setText(str(self._value.annex_no or ""))
        self.note = labels.label("", "small", self)
        self.glyph = labels.IconLabel("warning-octagon-fill", 16, theme.tokens().text, self)
        self.glyph.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        for index, (name, field) in enumerate((("页码", self.numbers), ("附件号", self.annex))):
            if index:
                layout.addSpacing(8)
            label = labels.label(name, "second", self)
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field)
        layout.addWidget(self.glyph)
        layout.addWidget(self.note, 1)

    def value(self) -> TableOptions | None:
        """What stands in the fields, None while the annex number is none."""
        text = self.annex.text().strip()
        if text and not (text.isdecimal() and 0 < int(text) <= MAX_ANNEX):
            return None
        return TableOptions(annex_no=int(text) if text else None, page_numbers=PageNumbers(self.numbers.currentData()))

    @Slot()
    def _on_changed(self) -> None:
        value = self.value()
        self.annex.setProperty("wrong", value is None)
        self.annex.style().unpolish(self.annex)
        self.annex.style().polish(self.annex)
        self.note.setText("" if value is not None else f"附件号应为 1—{MAX_ANNEX}")
        self.glyph.setVisible(value is None)
        if value is not None and value != self._value:
            self._value = value
            self.changed.emit()
