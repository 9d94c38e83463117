"""对照上级 on paper and as a file: the short table and 明细表."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from gui import icons, messages, printing

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.aligning import Aligned
    from core.office.asked import Exported
    from core.office.files import Store
    from core.publish.table_document import Format
    from gui.context import Context

_ICONS = {"xlsx": "table", "pdf": "file-pdf", "docx": "file-text"}


class Exporting(QObject):
    """A menu, and what it does with the plans that are held against each other."""

    told = Signal(str)
    """One sentence for the clerk."""
    started = Signal(object)
    """A Task to follow."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.found: Aligned | None = None
        """What is exported; None: nothing yet."""
        self.menu = QMenu(window)
        self._add_formats(self.menu, is_detail=False)
        self._add_formats(self.menu.addMenu(icons.icon("rows"), "明细表"), is_detail=True)
        self.menu.addSeparator()
        self.menu.addAction(icons.icon("printer"), "打印").triggered.connect(self.print)

    def _add_formats(self, menu: QMenu, *, is_detail: bool) -> None:
        for fmt, title in printing.TITLES.items():
            menu.addAction(icons.icon(_ICONS[fmt]), title).triggered.connect(partial(self._on_export, fmt, is_detail))

    @Slot()
    def print(self) -> None:
        """Lay the short table out and ask for a printer."""
        found = self.found
        if found is None:
            return
        from core.office import coverage

        make = partial(
            coverage.coverage_of,
            superior_key=found.superior.key,
            as_of=self._context.as_of,
            own_key=found.own.key,
        )
        printing.print_listing(self._context, self._window, make, told=self.told.emit)

    def _on_export(self, fmt: str, is_detail: bool, _checked: bool = False) -> None:
        if self.found is None:
            return
        from core.office import coverage

        name = coverage.DETAIL_TITLE if is_detail else coverage.TITLE
        start = self._context.store.path.parent / f"{name}.{fmt}"
        write = partial(self.write, fmt, is_detail=is_detail)
        title = f"导出 {printing.TITLES[fmt]}"
        messages.choose_save(self._window, title, start, [printing.FILTERS[fmt]], write)

    def write(self, fmt: str, path: Path, *, is_detail: bool = False) -> None:
        """Write the table in the background."""
        found, context = self.found, self._context
        if found is None:
            return
        path = path if path.suffix.lower() == f".{fmt}" else path.with_name(f"{path.name}.{fmt}")
        asked = (found.superior.key, found.own.key, context.as_of)
        work = partial(_export, context.store, asked, cast("Format", fmt), path, is_detail)
        task = context.jobs.start(f"正在导出 {path.name}", work, self._on_exported, on_error=self._on_error)
        self.started.emit(task)

    def _on_exported(self, exported: Exported) -> None:
        if isValid(self) and exported.path is not None:
            self.told.emit(f"已导出“{exported.path.name}”，在“{exported.path.parent.name}”中。")

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._window if isValid(self) else None, error)
            return
        from gui import crash

        crash.report(error)


def _export(store: Store, asked: tuple[str, str, date], fmt: Format, path: Path, is_detail: bool, job: Job) -> Exported:
    from core.office import coverage

    superior, own_key, as_of = asked
    own = store.worker(read_only=True)
    try:
        return coverage.export_coverage(own, superior, as_of, fmt, path, job, own_key=own_key, detail=is_detail)
    finally:
        own.close()
