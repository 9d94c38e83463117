"""What can be done with several rows of the list at once: 通过 and 退回."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.model.ledger import Review
from gui import theme
from gui.widgets import button, labels

if TYPE_CHECKING:
    from core.office.obligations import ObligationRow


class PickedStrip(QWidget):
    """Below the rows while more than one is picked."""

    accepted = Signal()
    returned = Signal()
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(48))
        self.count = labels.label("", "", self)
        self.back = button.secondary("退回", "arrow-left", self, is_small=True)
        self.accept = button.secondary("通过", "check", self, is_small=True)
        self.clear = button.icon_button("x", "取消多选", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.count)
        row.addStretch(1)
        for widget in (self.back, self.accept, self.clear):
            row.addWidget(widget)
        self.back.clicked.connect(self.returned)
        self.accept.clicked.connect(self.accepted)
        self.clear.clicked.connect(self.let_go)
        self.hide()

    def show_picked(self, rows: Sequence[ObligationRow], *, can_write: bool) -> None:
        """Say how many are picked; hidden for a single row, whose own buttons stand below its form."""
        self.setVisible(len(rows) > 1)
        self.count.setText(f"已选 {len(rows)} 项")
        can_accept = any(row.period_review in {Review.PENDING, Review.RETURNED} for row in rows)
        can_return = any(row.period_review in {Review.PENDING, Review.ACCEPTED} for row in rows)
        self.accept.setEnabled(can_write and can_accept)
        self.back.setEnabled(can_write and can_return)
        nothing = "所选事项本期都没有可以审核的填报"
        self.accept.setToolTip("所选的全部通过" if can_accept else nothing)
        self.back.setToolTip("所选的全部退回，写明原因" if can_return else nothing)
