"""导出: ask where to, write in the background, offer to open what was written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.office.programs import is_program
from gui import messages

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.tables import Exported
    from core.publish.table_document import Format
    from gui.context import Context

FILE, FOLDER = "file", "folder"
_FILTERS = {"xlsx": "Excel 工作簿 (*.xlsx)", "pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)"}


class TableExport(QObject):
    """Exports the official table of the plan in force."""

    finished = Signal(object)
    """A file was written; carries core.office.tables.Exported."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent

    def ask(self, fmt: Format) -> None:
        """Ask where the table is to be written as xlsx, pdf or docx, then write it."""
        from core.office import tables  # the writers stay out of the start

        store = self._context.store
        name = tables.table_name(store, self._context.plan_key)
        start = store.path.parent / f"{name}.{fmt}"
        title = f"导出 {tables.FORMATS[fmt]}"
        messages.choose_save(self._window, title, start, [_FILTERS[fmt]], partial(self.write, fmt))

    def write(self, fmt: Format, path: Path) -> None:
        """Write to a path in the background."""
        path = path if path.suffix.lower() == f".{fmt}" else path.with_name(f"{path.name}.{fmt}")
        work = partial(_work, self._context.store, self._context.plan_key, fmt, path)
        self._context.jobs.start(f"正在导出 {path.name}", work, self.finished.emit)


def _work(store: Store, plan_key: str | None, fmt: Format, path: Path, job: Job) -> Exported:
    from core.office import tables

    own = store.worker(read_only=True)
    try:
        return tables.export_table(own, plan_key, fmt, path, job)
    finally:
        own.close()


def bar_items(exported: Exported) -> list[tuple[str, str, str]]:
    """What the bar says after an export: the file, where it is, and which bundled fonts stand in for others."""
    if exported.path is None:
        return []
    pages = f"，共 {exported.pages} 页" if exported.pages else ""
    items = [
        (f"已导出“{exported.path.name}”{pages}", "打开", FILE),
        (f"在“{exported.path.parent.name}”中", "打开所在文件夹", FOLDER),
    ]
    if exported.substituted:
        items.append((f"没有{'、'.join(exported.substituted)}，用相近字体代替", "", ""))
    return items


def open_path(path: Path) -> bool:
    """Open a file or folder with the system's own program; of a program that came from somewhere, its folder."""
    if path.is_file() and is_program(path.name):
        path = path.parent
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
