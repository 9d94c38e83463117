"""步骤 5 上报: the superior's template filled, with its findings, as a package and a mail draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.exchange.step import PERIOD, Step
from gui.pages.progress.parts import Card
from gui.widgets import button
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from gui.context import Context


class SubmitStep(Step):
    """What is due upward, the template, what is still wrong, and the package."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card(self)
        inner = QVBoxLayout(card)
        choose = button.primary("选报送期", "calendar", card)
        choose.clicked.connect(lambda: self.go.emit(PERIOD))
        inner.addWidget(EmptyState("calendar", "还没有报送期", "先选报送期，再上报。", [choose], card))
        layout.addWidget(card)
