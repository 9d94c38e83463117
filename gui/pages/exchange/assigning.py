"""Saying where a file of the tray belongs: the dialogs, and what follows from them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.exchange.returned import Identity, Known
from core.office import obligations, periods, tray, units
from gui import messages
from gui.pages.exchange.assign_dialog import EVIDENCE, Owed, PaperDialog, SheetDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.office.changes import Changes
    from core.office.files import Store
    from gui.context import Context
    from gui.pages.exchange.check_desk import CheckDesk
    from gui.pages.exchange.check_lines import TrayLine
    from gui.pages.exchange.checking import Checking


class Assigning(QObject):
    """One file at a time."""

    read_asked = Signal(object, object)
    """A workbook that the ledger keeps is to be read: its number and its Identity."""

    def __init__(self, context: Context, desk: CheckDesk, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._desk = desk
        self._window = window

    def ask(self, line: TrayLine, checking: Checking) -> None:
        """Open the dialog for a file."""
        if self._context.read_only or self._desk.is_busy:
            return
        try:
            names = [unit.name for unit in units.units(self._context.store) if not unit.is_group]
            if line.is_sheet:
                self._ask_sheet(line, checking, names)
            else:
                self._ask_paper(line, checking, names)
        except KnownError as error:
            messages.show_error(self._window, error)

    def _ask_sheet(self, line: TrayLine, checking: Checking, names: list[str]) -> None:
        context = self._context
        found = periods.periods(context.store, context.plan_key, context.as_of)
        dialog = SheetDialog(line.name, line.why, names, found, context.period_key or "", self._window)
        dialog.said.connect(partial(self._on_sheet, line, checking))
        dialog.open()

    def _on_sheet(self, line: TrayLine, checking: Checking, unit: str, period_key: str) -> None:
        identity = Identity(self._context.plan_key, period_key, unit, how=Known.VISIBLE)
        if line.sheet is not None:
            self._desk.decide(checking, line.sheet, identity)
        elif line.item is not None:
            self.read_asked.emit(line.item.id, identity)

    def _ask_paper(self, line: TrayLine, checking: Checking, names: list[str]) -> None:
        target = line.loose.target.obligation_id if line.loose is not None and line.loose.target is not None else None
        if line.item is not None:
            target = line.item.suggested
        dialog = PaperDialog(
            line.name, line.why, names, self._owed, self._window, unit=line.unit, obligation=target
        )  # fmt: skip
        dialog.said.connect(partial(self._on_paper, line, checking))
        dialog.ignored.connect(partial(self._on_ignored, line, checking))
        dialog.open()

    def _owed(self, unit: str) -> list[Owed]:
        context = self._context
        try:
            found = obligations.list_obligations(context.store, context.plan_key, context.as_of, unit=unit)
        except KnownError as error:
            messages.show_error(self._window, error)
            return []
        return [
            Owed(row.id, f"（{row.measure_no}）{row.measure_text}")
            for row in sorted(found, key=lambda row: (row.measure_no, row.id))
        ]

    def _on_paper(self, line: TrayLine, checking: Checking, kind: str, unit: str, obligation: int | None) -> None:
        period, plan = self._context.period_key or "", self._context.plan_key

        def assign(number: int, store: Store) -> Changes:
            if kind == EVIDENCE and obligation is not None:
                return tray.assign_to_obligation(store, number, obligation, period)
            return tray.assign_as_stamp(store, number, plan, period, unit)

        what = "佐证材料" if kind == EVIDENCE else "盖章扫描件"
        self._with_number(line, checking, partial(self._write, assign, f"已把 {line.name} 指定为{unit}的{what}"))

    def _on_ignored(self, line: TrayLine, checking: Checking) -> None:
        def ignore(number: int, store: Store) -> Changes:
            return tray.ignore(store, number)

        self._with_number(line, checking, partial(self._write, ignore, f"{line.name} 不再列在未识别的文件里"))

    def _with_number(self, line: TrayLine, checking: Checking, then: Callable[[int], None]) -> None:
        """What the ledger does not keep yet is kept first."""
        if line.item is not None:
            then(line.item.id)
        elif line.loose is not None and checking.collected is not None:
            self._desk.keep(line.loose, checking.collected, then)

    def _write(self, act: Callable[[int, Store], Changes], words: str, number: int) -> None:
        self._desk.write("正在写入", words, partial(act, number))
