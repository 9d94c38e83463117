"""The ways in: choose, drop or paste a document; read it in the background; show the sheet; import the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from core import settings as settings_file
from core.errors import InvalidError, KnownError, LedgerFileError
from gui import messages
from gui.sheet_host import LeaveWords, SheetHost

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.review import Imported, Review
    from gui.context import Context
    from gui.import_sheet.sheet import ImportSheet

FILTERS = (
    "方案文件 (*.docx *.pdf *.xlsx *.xls *.ods *.txt *.doc *.wps *.et *.rtf *.odt *.csv *.xlsm *.xlsb *.html *.htm)",
    "所有文件 (*)",
)
_UNCHANGED = "台账没有改动，原文件也没有改动。"
_LEDGER = ".db"


class ImportHost(SheetHost):
    """Asks for a document, has it read, shows what was understood and imports it."""

    imported = Signal(object)
    """A plan entered the ledger; carries core.office's Imported."""
    replaced = Signal(object, str)
    """A plan was replaced by its new version: Changes, and its key. The sheet is closed."""
    sheet: ImportSheet | None
    words = LeaveWords("导入方案", "方案还没有导入", "不导入，退出")

    def __init__(self, context: Context, window: QWidget, frame: Callable[[], QWidget]) -> None:
        super().__init__(context, window, frame)
        self._folder = Path.home()

    # -- ways in --------------------------------------------------------------------------------------

    @Slot()
    def choose(self) -> None:
        """Ask for a document."""
        if self._may_begin():
            messages.choose_open(self._window, "导入方案", self._folder, FILTERS, self.open_path)

    @Slot()
    def paste(self) -> None:
        """Read the table or the text on the clipboard; a file that was copied is read as a file."""
        if not self._may_begin():
            return
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        mime = QMimeData() if mime is None else mime  # as it is where nothing was ever copied
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.open_path(files[0])
            return
        text, html = mime.text(), mime.html() if mime.hasHtml() else None
        if not text.strip() and not html:
            error = InvalidError(
                "剪贴板里没有文字或表格。", hint="请先在网页或文档中选中任务分解表并复制，再粘贴导入。"
            )
            messages.show_error(self._window, error)
            return
        self._read("正在读取 粘贴的内容", partial(_pasted, text, html))

    def open_path(self, path: Path) -> None:
        """Read a document."""
        if self._may_begin():
            self._folder = path.parent
            self._read(f"正在读取 {path.name}", partial(_document, path))

    def takes(self, event: QDropEvent) -> bool:
        """Whether a drag brings a document that would be read."""
        return self.sheet is None and self._context.has_store and bool(_dropped(event))

    def drop(self, event: QDropEvent) -> None:
        """Read what was dropped, once the drop itself is over."""
        paths = _dropped(event)
        if len(paths) > 1:
            messages.show_info(self._window, "导入方案", "一次导入一份方案", "请把方案文件一份一份地拖进来。")
        elif paths:
            QTimer.singleShot(0, self, partial(self.open_path, paths[0]))

    # -- reading ----------------------------------------------------------------------------------------

    def _may_begin(self) -> bool:
        if self.sheet is not None:
            return False
        if self._context.read_only:
            error = LedgerFileError(
                "台账以只读方式打开，不能导入方案。" if self._context.has_store else "没有打开的台账文件。",
                hint="请关闭另一个窗口后重新打开，再导入。" if self._context.has_store else "请先打开或新建台账。",
            )
            messages.show_error(self._window, error, consequence=_UNCHANGED)
            return False
        return True

    def _read(self, label: str, work: Callable[[Store, Mapping[str, list[str]], Job], Review]) -> None:
        remembered = {key: list(keys) for key, keys in self._context.settings.plan_columns.items()}
        self._context.jobs.start(
            label,
            partial(_with_own_store, self._context.store, partial(_swap, work, remembered)),
            self._on_read,
            on_error=self._on_error,
        )

    @Slot(object)
    def _on_read(self, review: Review) -> None:
        from gui.import_sheet.sheet import ImportSheet

        if self.sheet is not None or not self._context.has_store:
            return
        sheet = ImportSheet(self._context, review, self._window)
        sheet.confirmed.connect(self._on_confirmed)
        sheet.version_asked.connect(self._on_version_asked)
        sheet.columns_said.connect(self._on_columns_said)
        self.cover(sheet)
        sheet.begin()

    @Slot(object)
    def _on_columns_said(self, columns: dict[int, str]) -> None:
        from core.office import review as office

        if self.sheet is None:
            return
        self.sheet.set_waiting(is_waiting=True)
        self._context.jobs.start(
            "正在按各列含义重读",
            partial(office.review_again, self.sheet.session.review, columns),
            self._on_read_again,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    @Slot(object)
    def _on_read_again(self, review: Review) -> None:
        self._remember(review)
        if self.sheet is not None:
            self.sheet.set_waiting(is_waiting=False)
            self.sheet.show_review(review)
            self.sheet.begin()

    def _remember(self, review: Review) -> None:
        """The clerk's word on columns holds for all documents with the same header."""
        from core.office import review as office

        columns = office.columns_of(review)
        key = office.header_key(columns)
        if not key:
            return
        kept = self._context.settings.plan_columns
        if review.columns:
            kept[key] = [review.columns.get(column.number, column.key) for column in columns]
        else:
            kept.pop(key, None)
        try:
            settings_file.save(self._context.settings)
        except OSError:
            import logging

            logging.getLogger(__name__).warning("settings could not be written", exc_info=True)

    # -- importing -----------------------------------------------------------------------------------------

    @Slot()
    def _on_confirmed(self) -> None:
        from core.office import review as office

        if self.sheet is None:
            return
        session = self.sheet.session
        self.sheet.set_waiting(is_waiting=True)
        work = partial(_take_in, office.take_in, session.review, session.plan_to_import())
        self._context.jobs.start(
            f"正在导入 {session.review.source.name}",
            partial(_with_own_store, self._context.store, work),
            self._on_imported,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    @Slot(object)
    def _on_imported(self, imported: Imported) -> None:
        self.close_sheet()
        self._context.announce(imported.changes)
        self.imported.emit(imported)

    @Slot()
    def _on_version_asked(self) -> None:
        """Over the sheet: giving it up leads back to what was read."""
        from gui.version.dialog import VersionDialog

        if self.sheet is None:
            return
        session = self.sheet.session
        dialog = VersionDialog(self._context, session.plan_to_import(), session.review, self._window)
        dialog.taken.connect(self._on_replaced)
        dialog.open()

    @Slot(object, str)
    def _on_replaced(self, changes: object, key: str) -> None:
        self.close_sheet()
        self.replaced.emit(changes, key)

    @Slot()
    def _on_cancelled(self) -> None:
        if self.sheet is not None:
            self.sheet.set_waiting(is_waiting=False)

    def _on_error(self, error: BaseException) -> None:
        self._on_cancelled()
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence=_UNCHANGED)
        else:
            from gui import crash

            crash.report(error)


def _dropped(event: QDropEvent) -> list[Path]:
    """The local files of a drag, unless one of them is a ledger."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [] if any(path.suffix.lower() == _LEDGER for path in paths) else paths


# In the worker, each on a connection of its own.


def _with_own_store(store: Store, work: Callable[[Store, Job], object], job: Job) -> object:
    own = store.worker()
    try:
        return work(own, job)
    finally:
        own.close()


def _swap(
    work: Callable[[Store, Mapping[str, list[str]], Job], Review],
    remembered: Mapping[str, list[str]],
    store: Store,
    job: Job,
) -> Review:
    review = work(store, remembered, job)
    job.step(1, 1, "已读完")  # 取消 just before the end still shows nothing
    return review


def _document(path: Path, store: Store, remembered: Mapping[str, list[str]], job: Job) -> Review:
    from core.office import review as office

    return office.review_document(store, path, job, remembered)


def _pasted(text: str, html: str | None, store: Store, remembered: Mapping[str, list[str]], job: Job) -> Review:
    from core.office import review as office

    return office.review_pasted(store, text, html, job, remembered)


def _take_in(take_in: Callable[..., Imported], review: Review, plan: object, store: Store, job: Job) -> Imported:
    return take_in(store, review, plan, job)
