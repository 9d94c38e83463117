"""已生成的材料: the packages of a period, kept as they were sent."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.office import submit
from gui import messages
from gui.pages.exchange.finding_card import card_head, fill_card
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.line_table import LineTable
from gui.pages.exchange.sent_dialogs import FilesDialog, SentDialog
from gui.pages.exchange.step import READ_ONLY
from gui.pages.exchange.submission_lines import COLUMNS, SENT, SubmissionLine
from gui.pages.progress.parts import Card
from gui.widgets import labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.submit import SentFile, SubmissionRow
    from gui.context import Context
    from gui.pages.exchange.opening import Opener


class SentCard(Card):
    """Enter shows what was kept, the link says on which day it went."""

    written = Signal(object, str)
    """A write went through: Changes, and what was done."""
    told = Signal(str)

    def __init__(self, context: Context, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._opener = opener
        self.note = ElidedLabel("", "note", self)
        self.model = LineModel(COLUMNS, self)
        self.pages = QStackedWidget(self)
        self.table = LineTable(self.model, "已生成的上报材料，回车查看留存的文件", self.pages)
        self.nothing = labels.label("这一期还没有生成过上报材料。", "second", self.pages)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sheet = QWidget(self.pages)
        sheet.setLayout(self.table.with_foot())
        self.pages.addWidget(sheet)
        self.pages.addWidget(self.nothing)
        fill_card(self, card_head("已生成的材料", self.note, self), self.pages)
        self.table.opened.connect(self.show_files)
        self.table.pressed_link.connect(self._on_link)

    def show_rows(self, rows: tuple[SubmissionRow, ...]) -> None:
        """The packages of the period, the newest first."""
        self.table.load([SubmissionLine(row) for row in rows])
        self.pages.setCurrentIndex(0 if rows else 1)
        self.note.setText("与上报时相同的文件都留存在台账里" if rows else "")

    @Slot(object)
    def show_files(self, line: SubmissionLine) -> FilesDialog:
        """What was kept of a package."""
        dialog = FilesDialog(line.row, self)
        dialog.opened.connect(self._on_open)
        dialog.copied.connect(partial(self._on_copy, line.row))
        dialog.open()
        return dialog

    @Slot(object)
    def _on_open(self, file: SentFile) -> None:
        kept = submit.kept_file(self._context.store, file)
        self._opener.open(file.name, "", kept if kept.is_file() else None)

    def _on_copy(self, row: SubmissionRow) -> None:
        messages.choose_folder(self, "写入 U 盘或文件夹", Path.home(), partial(self._copy, row))

    def _copy(self, row: SubmissionRow, folder: Path) -> None:
        work = partial(_put_again, self._context.store, row, folder)
        self._context.jobs.start("正在写入上报材料", work, self._on_copied, on_error=self._on_copy_error)

    def _on_copied(self, folder: Path) -> None:
        if isValid(self):
            self.told.emit(f"已写入“{folder}”，核对无误")

    def _on_copy_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        if isinstance(error, KnownError):
            messages.show_error(self, error)
            return
        from gui import crash

        crash.report(error)

    @Slot(object, str)
    def _on_link(self, line: SubmissionLine, title: str) -> None:
        if title == SENT:
            self.ask_sent(line)

    def ask_sent(self, line: SubmissionLine) -> SentDialog | None:
        """Ask for the day on which a package went."""
        if self._context.read_only:
            self.told.emit(READ_ONLY)
            return None
        dialog = SentDialog(line.row, date.today(), self)
        dialog.said.connect(partial(self._on_sent, line.row))
        dialog.open()
        return dialog

    def _on_sent(self, row: SubmissionRow, day: date | None) -> None:
        try:
            changes = submit.mark_sent(self._context.store, row.id, day)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self.written.emit(changes, f"已登记 {row.name}上报" if day else f"{row.name}改回未上报")


def _put_again(store: Store, row: SubmissionRow, folder: Path, job: Job) -> Path:
    """In the worker: its own connection."""
    with closing(store.worker(read_only=True)) as own:
        return submit.put_on_stick(own, row.id, folder, job)
