"""What was just written to a file, with the ways to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.file_commands import show_in_folder
from gui.pages.table.export import open_path
from gui.widgets.infobar import InfoBar

_OPEN, _FOLDER = "open", "folder"


class ExportedBar(InfoBar):
    """Hidden until something was written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, icon="check-circle")
        self._path: Path | None = None
        self.action_chosen.connect(self._on_action)
        self.hide()

    def show_file(self, path: Path, what: str) -> None:
        """Say that a file was written and what is in it."""
        self._path = path
        where = path.parent.name or str(path.parent)
        self.set_items(
            [
                (f"已导出 {path.name}，{what}", "打开", _OPEN),
                (f"在“{where}”中", "打开所在文件夹", _FOLDER),
            ]
        )

    @Slot(str)
    def _on_action(self, key: str) -> None:
        if self._path is None:
            return
        if key == _OPEN:
            open_path(self._path)
        else:
            show_in_folder(self._path)
