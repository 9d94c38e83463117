"""Looks now and then whether somebody else did something to the open file, and says so in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import files
from core.office.files import Outside, is_on_share
from gui import messages
from gui.context import Context
from gui.messages import Action
from gui.status_line import StatusLine

EVERY_MS, ON_SHARE_MS = 3_000, 15_000
_SHARE = "台账在网络盘上"
_SHARE_TIP = "断网时不能保存，两台电脑同时用还可能损坏文件。建议放在本机，定期备份到网络盘。"


class OutsideWatch(QObject):
    """``status`` gives the status line of the moment: the frame is made anew when colours or sizes change."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._told: Outside | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        context.ledger_opened.connect(self._on_ledger_opened)

    def show_place(self, status: StatusLine) -> None:
        """Say where the file lies, if that needs saying."""
        on_share = self._context.has_store and is_on_share(self._context.store.path)
        status.show_place(_SHARE if on_share else "", _SHARE_TIP)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._told = None
        if not self._context.has_store:
            self._timer.stop()
            return
        self._timer.start(ON_SHARE_MS if is_on_share(self._context.store.path) else EVERY_MS)

    @Slot()
    def look(self) -> None:
        """Ask the store; a file that is gone is told once, and again after it was back."""
        if not self._context.has_store:
            return
        found = self._context.store.look_outside()
        if found is Outside.WRITTEN:
            self._on_written()
        elif found is not self._told:
            self._told = found
            if found is not None:
                self._tell(found)

    def _on_written(self) -> None:
        """A file that we only read is written by its other window: shown anew. One that we write is told."""
        self._context.scope_changed.emit()
        if not self._context.read_only:
            self._tell(Outside.WRITTEN)

    def _tell(self, what: Outside) -> None:
        actions = [Action("知道了", is_escape=True, is_primary=what is Outside.WRITTEN)]
        if what is not Outside.WRITTEN:
            actions.append(Action("另存一份", self._ask_copy, "floppy-disk", is_primary=True))
        messages.ask(self._window, "台账", what.advice, actions, headline=what.sentence.rstrip("。"))

    def _ask_copy(self) -> None:
        if self._context.has_store:
            path = self._context.store.path
            start = path.with_name(f"{path.stem} 另存.db")
            messages.choose_save(
                self._window, "另存一份", start, [messages.LEDGER_FILTER], self._save_copy, asks_to_replace=False
            )

    def _save_copy(self, target: Path) -> None:
        """From the window's own connection, which still holds what was there; another one would open the new file."""
        if not self._context.has_store:
            return
        try:
            files.save_copy(self._context.store, target)
        except KnownError as error:
            messages.show_error(self._window, error, consequence="没有另存。")
            return
        messages.show_info(self._window, "台账", f"已另存为“{target.name}”", "佐证材料仍在原来的文件夹里。")
