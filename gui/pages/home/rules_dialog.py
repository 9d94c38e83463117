"""统计口径: every figure with its value and its rule in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.clipboard import copy_table
from gui.widgets.reading_area import ReadingArea

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _HEIGHT = 680, 520


class RulesDialog(QDialog):
    """Rows of figure, value and rule; can be copied."""

    def __init__(self, rows: Sequence[tuple[str, str, str]], note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("统计口径")
        self._rows = tuple(rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(labels.label(note, "second", self))
        outer.addLayout(self._table().in_line(), 1)
        outer.addLayout(self._foot())
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def _table(self) -> ReadingArea:
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        for line, (title, value, rule) in enumerate(self._rows):
            grid.addWidget(labels.label(title, "strong", body), line, 0, Qt.AlignmentFlag.AlignTop)
            figure = labels.label(value, "", body)
            grid.addWidget(figure, line, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(_wrapped(rule, body), line, 2)
        grid.setRowStretch(len(self._rows), 1)
        return ReadingArea(body, "统计口径", self)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        copy = button.ghost("复制", "copy", self)
        copy.clicked.connect(self._copy)
        close = button.primary("关闭", parent=self)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    @Slot()
    def _copy(self) -> None:
        copy_table(self._rows)


def _wrapped(text: str, parent: QWidget) -> QLabel:
    made = labels.label(text, "", parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
