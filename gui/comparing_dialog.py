"""The frame of a dialog that compares two plans: the measures at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card, Note
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.plain_table import Column, PlainTable
from gui.widgets.segmented import Segmented
from gui.widgets.working_row import WorkingRow

_PADDING = 24
_WIDTH = 1240
_MARGIN = 24
"""Left free of a small screen beside the frame of the dialog."""


class ComparingDialog(QDialog):
    """A head with the plan that is compared and a filter, a table, a pane, a foot with note and progress.

    A subclass lays them one below the other into ``outer``, with what is its own between.
    """

    def __init__(self, title: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        room = self.screen().availableSize() - QSize(_MARGIN, 2 * _MARGIN)
        self.resize(QSize(theme.px(_WIDTH), theme.px(height)).boundedTo(room))
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self.outer.setSpacing(12)

    def lay_head(self, plan: str, widest: int, filters: Sequence[tuple[str, str, str]], shown: str) -> ComboBox:
        """The title, the plans to choose from under the name ``plan``, ``self.filter``; ``self.head`` takes more."""
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(labels.label(self.windowTitle(), "head", self))
        self.head.addSpacing(8)
        name = labels.label(plan, "second", self)
        plans = ComboBox(self, name=plan, empty="没有可选的方案")
        plans.setMaximumWidth(theme.px(widest))
        name.setBuddy(plans)
        self.head.addWidget(name)
        self.head.addWidget(plans)
        self.filter = Segmented(filters, self, name="显示")
        self.filter.set_value(shown)
        self.head.addWidget(self.filter)
        self.head.addStretch(1)
        self.outer.addLayout(self.head)
        return plans

    def lay_body(self, columns: Sequence[Column], name: str, pane: QWidget) -> None:
        """``self.table`` with these columns, and the pane of the chosen line."""
        body = QHBoxLayout()
        body.setSpacing(16)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(columns, name, card)
        self.table.say_empty("没有这一类措施，请在上面换一类。")
        inner.addLayout(self.table.with_foot())
        body.addWidget(card, 5)
        body.addWidget(pane, 4)
        self.outer.addLayout(body, 1)

    def lay_foot(self, *buttons: QWidget) -> None:
        """``self.note`` and ``self.waiting`` before the buttons."""
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.note = Note(self)
        foot.addWidget(self.note, 1)
        self.waiting = WorkingRow(self, is_patient=True)
        for each in (self.waiting, *buttons):
            foot.addWidget(each)
        self.outer.addLayout(foot)
