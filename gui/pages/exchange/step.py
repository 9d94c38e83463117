"""What the page 下发回收 expects of each of its five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.context import Context

READ_ONLY = "台账以只读方式打开，不能修改"
PERIOD, SEND, COLLECT, CHECK, SUBMIT = 1, 2, 3, 4, 5


class Step(QWidget):
    """A step asks core.office itself and says by signal what the page does for all of them."""

    changed = Signal(object, str)
    """A write went through: core.office's Changes, and in words what was done (for the bar with 撤销; may be empty)."""
    go = Signal(int)
    """Show another step, 1 to 5."""
    told = Signal(str)
    """Say something in the page's bar."""
    noted = Signal(str)
    """The words beside the step's name in the stepper (37 份, 9 份未核对)."""
    open_group = Signal(str)
    """Show a collective on 单位."""
    open_unit = Signal(str)
    """Show what a unit is responsible for on 进展填报."""
    open_obligation = Signal(object)
    """Show the form of an obligation (its id)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def reload(self) -> None:
        """Plan, period, date or what the file holds is another; called when the step is to be looked at."""

    def flush(self) -> bool:
        """Write what was typed; False when it cannot be written as it stands."""
        return True

    def take_keyboard(self) -> None:
        """Put the keyboard where the work of the step is."""
        self.setFocus()
