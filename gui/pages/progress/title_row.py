"""The title of 进展填报 with the way to the next and the previous form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.widgets import button, labels


class TitleRow(QWidget):
    """第 1 项，共 20 项, 上一项 F7, 下一项 F8."""

    previous_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = labels.label("", "note", self)
        self.previous = button.Button("上一项", "secondary", "caret-left", self, key="F7")
        self.next = button.Button("下一项", "secondary", "caret-right", self, key="F8", icon_after=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(labels.label("进展填报", "title", self))
        row.addStretch(1)
        for widget in (self.place, self.previous, self.next):
            row.addWidget(widget)
        self.previous.clicked.connect(self.previous_asked)
        self.next.clicked.connect(self.next_asked)

    def show_place(self, here: int, total: int) -> None:
        """Say where one is (from 1), and whether there is a way on."""
        self.place.setText(f"第 {here} 项，共 {total} 项" if total else "")
        self.previous.setEnabled(here > 1)
        self.next.setEnabled(0 < here < total)
