"""Opening what came: the file itself where it still lies there, else a copy under the name it came with."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QTemporaryDir
from PySide6.QtWidgets import QWidget

from core import temporary
from core.errors import OutputError
from gui import messages
from gui.pages.table.export import open_path


class Opener(QObject):
    """Keeps the copies as long as the window lives: another program reads them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._folder: QTemporaryDir | None = None
        self._count = 0

    def open(self, name: str, path: str, kept: Path | None) -> None:
        """Open the file at ``path``; where nothing lies there (it came in a zip), a copy of ``kept``."""
        found = Path(path)
        try:
            if not found.is_file():
                found = self._copy(name, kept)
        except OSError:
            self._say_gone(name, path)
            return
        if not open_path(found):
            error = OutputError(f"“{name}”打不开。", hint="请在文件夹里用 WPS 或 Office 打开它。", where=str(found))
            messages.show_error(self._window, error)

    def _copy(self, name: str, kept: Path | None) -> Path:
        if kept is None:
            raise FileNotFoundError(name)
        if self._folder is None:
            self._folder = QTemporaryDir(QDir.temp().filePath(f"{temporary.prefix()}XXXXXX"))
        self._count += 1  # names may be the same
        place = Path(self._folder.path()) / str(self._count)
        place.mkdir()
        return Path(shutil.copyfile(kept, place / (Path(name).name or kept.name)))

    def _say_gone(self, name: str, path: str) -> None:
        error = OutputError(f"“{name}”不在了。", hint="请让该单位再发一次，或重新选择收到的文件。", where=path)
        messages.show_error(self._window, error)
