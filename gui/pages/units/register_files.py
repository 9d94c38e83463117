"""从表格导入 and 导出名册: files in and out, in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from gui import messages
from gui.pages.units.import_dialog import ImportDialog

if TYPE_CHECKING:
    from core.job import Job
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.register_effect import GroupEffect
    from core.office.register_sheet import RegisterDraft, RegisterFile
    from gui.context import Context
    from gui.pages.units.effect_view import Titles

_IN = ("表格 (*.xlsx *.xls *.ods *.csv *.docx)", "所有文件 (*)")
_OUT = ("Excel 工作簿 (*.xlsx)",)


class RegisterFiles(QObject):
    """Reads and writes the register as a workbook."""

    imported = Signal(object, object)
    """A sheet was taken in; carries its RegisterDraft and Changes."""
    exported = Signal(object)
    """A workbook was written; carries RegisterFile."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.titles: Titles = {}
        self.dialog: ImportDialog | None = None

    def ask_import(self) -> None:
        """Choose a sheet."""
        folder = self._context.store.path.parent
        messages.choose_open(self._window, "从表格导入单位名册", folder, _IN, self.read)

    def read(self, path: Path) -> None:
        """Read a sheet in the background, then show what it would change."""
        work = partial(_read, self._context.store, path)
        self._context.jobs.start(f"正在读取 {path.name}", work, partial(self._on_read, self._context.store))

    def paste(self) -> None:
        """Show what the cells on the clipboard would change: contacts and telephones come in a table from elsewhere."""
        from core.office import register_sheet
        from gui.widgets.clipboard import pasted_table

        cells = pasted_table()
        if self._context.read_only or not any(any(row) for row in cells):
            return
        store = self._context.store
        try:
            draft = register_sheet.read_pasted_register(store, cells)
            self._on_read(store, (draft, register_sheet.draft_effect(store, draft)))
        except KnownError as error:
            messages.show_error(self._window, error, consequence="名册没有改动。")

    def _on_read(self, store: Store, found: tuple[RegisterDraft, GroupEffect]) -> None:
        if not self._context.has_store or self._context.store is not store:
            return  # another ledger was opened meanwhile
        self.dialog = ImportDialog(*found, self.titles, self._window.window())
        self.dialog.confirmed.connect(self._on_confirmed)
        self.dialog.destroyed.connect(self._on_closed)
        self.dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_confirmed(self, draft: RegisterDraft) -> None:
        work = partial(_import, self._context.store, draft)
        self._context.jobs.start(f"正在导入 {draft.name}", work, partial(self._on_imported, draft))

    def _on_imported(self, draft: RegisterDraft, changes: Changes) -> None:
        self.imported.emit(draft, changes)

    def ask_export(self) -> None:
        """Choose where the register is to be written; an existing file is asked about."""
        store = self._context.store
        start = store.path.parent / f"{store.path.stem}单位名册.xlsx"
        messages.choose_save(self._window, "导出名册", start, _OUT, self.write)

    def write(self, path: Path) -> None:
        """Write the register in the background."""
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        self._context.jobs.start(
            f"正在导出 {path.name}", partial(_export, self._context.store, path), self.exported.emit
        )


def _read(store: Store, path: Path, job: Job) -> tuple[RegisterDraft, GroupEffect]:
    from core.office import register_sheet

    own = store.worker(read_only=True)
    try:
        draft = register_sheet.read_register(own, path, job)
        return draft, register_sheet.draft_effect(own, draft)
    finally:
        own.close()


def _import(store: Store, draft: RegisterDraft, _job: Job) -> Changes:
    from core.office import register_sheet

    own = store.worker()
    try:
        return register_sheet.import_register(own, draft)
    finally:
        own.close()


def _export(store: Store, path: Path, _job: Job) -> RegisterFile:
    from core.office import register_sheet

    own = store.worker(read_only=True)
    try:
        return register_sheet.export_register(own, path)
    finally:
        own.close()
