"""来源: how an entry came, who said it and when it was received; one line until it is to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from core.office.form_value import CAME_BY, Finding
from gui import theme
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField, parse_date
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from core.office.form_value import FormValue

_NAME_LENGTH = 40
LINE = 24
"""Height of the line."""


@dataclass(frozen=True, slots=True)
class Source:
    """How, by whom and when; ``received_on`` None: the day it is first saved."""

    came_by: str = CAME_BY[0]
    said_by: str = ""
    received_on: date | None = None


class SourceRow(QWidget):
    """电话，王建平，2025-01-06 收到 修改; after 修改 three fields in the same row."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_enabled = True
        self._build()
        self._connect()
        self.set_source(Source())

    def _build(self) -> None:
        self.words = ElidedLabel("", "second", self)
        self.change = button.link("修改", self)
        self.change.setToolTip("修改来源、报送人和收到日期")
        self.change.setAccessibleName("修改来源")
        self.came_by = ComboBox(self, name="来源")
        for way in CAME_BY:
            self.came_by.addItem(way, way)
        self.said_by = QLineEdit(self)
        self.said_by.setAccessibleName("报送人")
        self.said_by.setMaxLength(_NAME_LENGTH)
        self.said_by.setMinimumWidth(theme.px(56))
        self.said_by.setAcceptDrops(False)
        self.received_on = DateField(self, name="收到日期")
        self.received_on.setAcceptDrops(False)
        self._stack = QStackedWidget(self)
        line = QWidget(self._stack)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words)
        row.addWidget(self.change)
        row.addStretch(1)
        fields = QWidget(self._stack)
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.came_by)
        for name, field, stretch in (("报送人", self.said_by, 1), ("收到", self.received_on, 0)):
            title = labels.label(name, "second", fields)
            title.setBuddy(field)
            row.addWidget(title)
            row.addWidget(field, stretch)
        self._stack.addWidget(line)
        self._stack.addWidget(fields)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def _connect(self) -> None:
        self.change.clicked.connect(self.open)
        self.came_by.activated.connect(self._on_edited)
        self.said_by.textEdited.connect(self._on_edited)
        self.received_on.textEdited.connect(self._on_edited)
        self.received_on.changed.connect(self._on_edited)
        self.said_by.editingFinished.connect(self.left)
        self.received_on.editingFinished.connect(self.left)

    # --- value in, value out ---------------------------------------------------------------------

    def set_source(self, source: Source) -> None:
        """Show where an entry came from, as one line."""
        self.came_by.setCurrentIndex(max(self.came_by.findData(source.came_by), 0))
        self.said_by.setText(source.said_by)
        self.received_on.set_value(source.received_on)
        self._say()
        if not self._holds_keyboard():
            self.close_fields()

    def source(self) -> Source:
        """What is said now; a date that is no date counts as none, ``findings`` says so."""
        try:
            text = self.received_on.text().strip()
            day = parse_date(text) if text else None
        except ValueError:
            day = self.received_on.value()
        return Source(self.came_by.currentData(), self.said_by.text().strip(), day)

    def findings(self) -> tuple[Finding, ...]:
        """A received date that is no date."""
        text = self.received_on.text().strip()
        try:
            if text:
                parse_date(text)
        except ValueError as error:
            return (Finding("received_on", f"收到日期：{error}"),)
        return ()

    def set_enabled(self, is_enabled: bool) -> None:
        """Only read it, or change it too."""
        self._is_enabled = is_enabled
        self.change.setVisible(is_enabled)
        if not is_enabled:
            self.close_fields()

    @Slot()
    def open(self) -> None:
        """Show the three fields, the keyboard in the first."""
        if self._is_enabled:
            self._stack.setCurrentIndex(1)
            self._fit()
            self.came_by.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_fields(self) -> None:
        """One line again."""
        self._stack.setCurrentIndex(0)
        self._fit()

    def _fit(self) -> None:
        """As one line it takes no more than a line."""
        self._stack.setFixedHeight(theme.px(32 if self.is_open else LINE))

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return self._stack.currentIndex() == 1

    def _holds_keyboard(self) -> bool:
        return any(field.hasFocus() for field in (self.came_by, self.said_by, self.received_on))

    def _say(self) -> None:
        source = self.source()
        day = f"{source.received_on.isoformat()} 收到" if source.received_on else ""
        self.words.setText("，".join(part for part in (source.came_by, source.said_by, day) if part))

    @Slot()
    def _on_edited(self) -> None:
        self._say()
        self.edited.emit()


def source_of(value: FormValue | None) -> Source:
    """The source of a value; of an empty form the usual one."""
    return Source(value.came_by, value.said_by, value.received_on) if value is not None else Source()
