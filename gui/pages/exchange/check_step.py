"""步骤 4 核对: what came back beside what the ledger has; nothing is written before 接受."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.exchange.step import COLLECT, Step
from gui.pages.progress.parts import Card
from gui.widgets import button
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from core.office.collected import Collected
    from gui.context import Context


class CheckStep(Step):
    """Units at the left, the fields of the chosen return at the right."""

    look_again = Signal()
    """What was read is to be held against the ledger once more: something of it was written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.collected: Collected | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card(self)
        inner = QVBoxLayout(card)
        collect = button.primary("去回收", "tray", card)
        collect.clicked.connect(lambda: self.go.emit(COLLECT))
        inner.addWidget(EmptyState("tray", "还没有要核对的填报表", "先把收到的填报表拖进“回收”。", [collect], card))
        layout.addWidget(card)

    def show_collected(self, collected: Collected) -> None:
        """Show what was read; choices of returns that are still there stay."""
        self.collected = collected
