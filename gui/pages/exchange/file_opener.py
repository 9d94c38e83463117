"""Opens a file that came, always as a copy: what is kept is kept as it came."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QTemporaryDir
from PySide6.QtWidgets import QWidget

from core import temporary
from core.errors import KnownError, NotFoundError, OutputError
from gui import messages
from gui.pages.table.export import open_path

if TYPE_CHECKING:
    from core.job import Job
    from gui.context import Context


class FileOpener(QObject):
    """The copies go when the page does."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._folder: QTemporaryDir | None = None

    def open(self, source: Path, name: str) -> None:
        """Copy in the background under the name the file came with, then open it."""
        if self._folder is None:
            self._folder = QTemporaryDir(QDir.temp().filePath(f"{temporary.prefix()}XXXXXX"))
        work = partial(_copy, source, name, Path(self._folder.path()))
        self._context.jobs.start(f"正在打开 {name}", work, self._on_copied, on_error=self._on_error)

    def _on_copied(self, copy: Path) -> None:
        if not open_path(copy):
            hint = "请安装相应的程序后再打开。"
            error = OutputError(f"系统没有能打开“{copy.suffix or copy.name}”文件的程序。", hint=hint, where=str(copy))
            messages.show_error(self._window, error)

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, OSError):
            error = OutputError("文件打不开。", hint="请检查磁盘空间和文件权限。", where=str(error.filename or ""))
        if isinstance(error, KnownError):
            messages.show_error(self._window, error)
            return
        from gui import crash

        crash.report(error)


def _copy(source: Path, name: str, folder: Path, job: Job) -> Path:
    job.step(0, 1, f"正在打开 {name}")
    if not source.is_file():
        raise NotFoundError(f"文件“{name}”不在了。", hint="请从备份中找回，或重新收这份文件。")
    place = folder / source.stem[:32]
    place.mkdir(exist_ok=True)
    copy = place / (Path(name).name or source.name)
    shutil.copyfile(source, copy)
    return copy
