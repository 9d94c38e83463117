"""The left side of 核对: chips that choose, the returns in their groups, and what nobody has placed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.exchange.check_lines import Show, check_lines, counts
from gui.pages.exchange.check_list import CheckList
from gui.pages.exchange.tray_list import Tray
from gui.pages.progress.parts import Card
from gui.widgets import labels
from gui.widgets.chip import Chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.pages.exchange.check_lines import TrayLine
    from gui.pages.exchange.checking import Checking

_WIDE, _NARROW = 312, 280


class CheckSide(Card):
    """``show_changed`` tells that another chip was pressed."""

    show_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_now = Show.RETURNED
        self.chips = {show: Chip(show.value, count=0, parent=self) for show in Show}
        chips = QHBoxLayout()
        chips.setContentsMargins(8, 8, 8, 8)
        chips.setSpacing(6)
        for show, chip in self.chips.items():
            chip.setAutoExclusive(True)
            chip.clicked.connect(partial(self._on_chip, show))
            chips.addWidget(chip)
        chips.addStretch(1)
        self.chips[Show.RETURNED].setChecked(True)
        self.list = CheckList(self)
        self.tray = Tray(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 1)
        column.setSpacing(0)
        column.addLayout(chips)
        column.addWidget(labels.rule(self))
        column.addWidget(self.list, 1)
        column.addWidget(self.tray)

    def load(self, checking: Checking, tray: Sequence[TrayLine], period_key: str | None, *, is_fixed: bool) -> None:
        """Show how things stand; ``is_fixed``: nothing can be assigned."""
        for show, number in counts(checking).items():
            self.chips[show].set_count(number)
        self.tray.load(tray, is_fixed=is_fixed)
        self.list.load(check_lines(checking, self.show_now, period_key))

    def choose_show(self, show: Show) -> None:
        """Press a chip."""
        if self.show_now is not show:
            self.chips[show].setChecked(True)
            self._on_chip(show)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Give way where there is little room."""
        self.setFixedWidth(theme.px(_NARROW if is_narrow else _WIDE))

    def _on_chip(self, show: Show, _checked: bool = False) -> None:
        self.show_now = show
        self.show_changed.emit()
