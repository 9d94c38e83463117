"""未回收名单 on paper or as a file: who has not returned, as the list on screen has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.office.return_lines import missing_listing
from gui import printing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.return_lines import ReturnLine
    from core.office.returns import Returns
    from core.office.tables import Exported
    from gui.context import Context


class MissingPaper(QObject):
    """Nothing is read for it: it is made of the lines that are shown."""

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._lines: tuple[ReturnLine, ...] = ()
        self._found: Returns | None = None

    def show(self, lines: Sequence[ReturnLine], found: Returns) -> None:
        """These are the lines now."""
        self._lines, self._found = tuple(lines), found

    def print(self) -> None:
        """On paper."""
        if self._found is not None:
            printing.print_listing(self._context, self._window, self._maker(self._found), told=self.told.emit)

    def export(self, fmt: str) -> None:
        """As xlsx, pdf or docx."""
        if self._found is not None:
            name = f"{self._found.period.title}未回收单位名单"
            make = self._maker(self._found)
            printing.export_listing(self._context, self._window, make, fmt, name, exported=self._on_exported)

    def _maker(self, found: Returns) -> printing.Make:
        from core.office import board

        key = self._context.plan_key
        title = next((plan.title for plan in board.plans(self._context.store) if plan.key == key), "")
        made = missing_listing(self._lines, title, found.period, found.cut_off)
        return lambda _store: made

    def _on_exported(self, exported: Exported) -> None:
        if exported.path is not None:
            self.told.emit(f"已导出“{exported.path.name}”")
