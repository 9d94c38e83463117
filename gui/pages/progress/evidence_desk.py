"""What is done with evidence: taken in, described, shown, opened, removed and brought back."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QDir, QIODevice, QMimeData, QObject, QTemporaryDir, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core import temporary
from core.errors import EvidenceError, KnownError
from core.office import attach, evidence, evidence_choice, evidence_versions
from core.office.changes import Changes
from core.office.marked import ADVICE, MarkedError
from core.office.programs import is_program
from gui import messages
from gui.messages import Action
from gui.pages.progress.evidence_dialog import Description, EvidenceDialog
from gui.pages.progress.preview import PreviewDialog
from gui.pages.progress.reuse_dialog import ReuseDialog
from gui.pages.progress.versions_dialog import VersionsDialog
from gui.widgets.file_drop import local_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.job import Job
    from core.office.evidence import Added, EvidenceRow
    from core.office.files import Store
    from core.office.forms import Form
    from gui.context import Context

FILTERS = (
    "所有文件 (*)",
    "图片和 PDF (*.pdf *.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp)",
    "文档和表格 (*.doc *.docx *.wps *.xls *.xlsx *.et *.ofd *.txt)",
)
MAX_COPY = 64 * 1024 * 1024
"""Bytes up to which 打开 opens a copy: what is changed in it by mistake does not reach the ledger's own file."""


class EvidenceDesk(QObject):
    """Works for the form that is open; what is on its way stays with the form it was begun for."""

    added = Signal(object, object)
    """(obligation id, Added)."""
    removed = Signal(object, object)
    """(obligation id, the EvidenceRow that was untied); ``put_back`` undoes it."""

    replaced = Signal(str)
    """A newer version is in its place; carries the sentence."""

    def __init__(self, context: Context, before: Callable[[], object], window: QWidget) -> None:
        """``before`` is called before anything is taken in: text and evidence belong to one entry."""
        super().__init__(window)
        self._context = context
        self._before = before
        self._window = window
        self._form: Form | None = None
        self._untied: tuple[int, str, EvidenceRow] | None = None
        self._folder: QTemporaryDir | None = None
        self._last_folder = Path.home()

    def work_for(self, form: Form | None) -> None:
        """Another form is open, or none."""
        self._form = form

    @property
    def can_add(self) -> bool:
        """Whether files can be taken in now."""
        return self._form is not None and not self._context.read_only

    # --- taking in -------------------------------------------------------------------------------

    def add(self, files: Sequence[Path], *, confirmed: bool = False) -> None:
        """Take files in, in the background: all or none. ``confirmed``: also those with a mark of secrecy."""
        form = self._form
        if form is None or not files or not self.can_add:
            return
        self._before()
        self._last_folder = files[0].parent
        label = f"正在加入 {files[0].name}" if len(files) == 1 else f"正在加入 {len(files)} 个文件"
        work = partial(_add, self._context.store, form.obligation.id, form.period.key, tuple(files), confirmed)
        again = partial(self.add, files, confirmed=True)
        on_error = partial(self._on_refused, again)
        self._context.jobs.start(label, work, partial(self._on_added, form.obligation.id), on_error=on_error)

    @Slot(object)
    def take(self, source: QMimeData) -> bool:
        """Take in what was pasted or dropped; False when there is nothing to take."""
        files = local_files(source)
        if files:
            self.add(files)
            return True
        image = source.imageData() if source.hasImage() else None
        if isinstance(image, QImage) and not image.isNull() and self.can_add:
            self._add_picture(image)
            return True
        return False

    @Slot()
    def paste(self) -> bool:
        """Take in what the clipboard holds; False when that is neither file nor picture."""
        return self.take(QGuiApplication.clipboard().mimeData())

    @Slot()
    def choose(self) -> None:
        """Ask for files and take them in."""
        if self.can_add:
            messages.choose_open_many(self._window, "选择佐证材料", self._last_folder, FILTERS, self.add)

    @Slot()
    def reuse(self) -> None:
        """Ask which of the evidence the ledger holds proves this form too."""
        form = self._form
        if form is None or not self.can_add:
            return
        there = [row.id for row in form.evidence]
        find = partial(evidence_choice.choice, self._context.store, without=there)
        dialog = ReuseDialog(find, self._window)
        dialog.chosen.connect(partial(self._on_chosen, form.obligation.id, form.period.key))
        dialog.open()

    def _on_chosen(self, obligation_id: int, period_key: str, numbers: Sequence[int]) -> None:
        self._before()
        for number in numbers:
            try:
                added = attach.reuse_evidence(self._context.store, obligation_id, period_key, number)
            except KnownError as error:
                messages.show_error(self._window, error)
                return
            self._context.announce(added.changes)
            self.added.emit(obligation_id, dataclasses.replace(added, already=()))

    @Slot(object)
    def replace(self, row: EvidenceRow) -> None:
        """替换为新版本: ask for the newer file."""
        if self.can_add:
            messages.choose_open(
                self._window, f"选择“{row.title}”的新版本", self._last_folder, FILTERS, partial(self._replace, row)
            )

    def _replace(self, row: EvidenceRow, file: Path, *, confirmed: bool = False) -> None:
        form = self._form
        if form is None:
            return
        self._last_folder = file.parent
        work = partial(_replace, self._context.store, row.id, file, confirmed)
        done = partial(self._on_replaced, form.obligation.id, row.title)
        on_error = partial(self._on_refused, partial(self._replace, row, file, confirmed=True))
        self._context.jobs.start(f"正在替换 {row.title}", work, done, on_error=on_error)

    def _on_replaced(self, obligation_id: int, title: str, added: Added) -> None:
        self._on_added(obligation_id, dataclasses.replace(added, already=()))
        if isValid(self):
            self.replaced.emit(f"“{title}”已替换为新版本，旧版本仍可查看")

    @Slot(object)
    def versions(self, row: EvidenceRow) -> None:
        """历次版本: what a file took the place of."""
        dialog = VersionsDialog(evidence_versions.versions(self._context.store, row.id), self._window)
        dialog.open_asked.connect(self.open)
        dialog.open()

    def _add_picture(self, image: QImage) -> None:
        assert self._form is not None
        self._before()
        name = f"截图 {datetime.now():%Y-%m-%d %H%M%S}.png"
        form = self._form
        work = partial(_add_picture, self._context.store, form.obligation.id, form.period.key, name, png(image))
        self._context.jobs.start(
            f"正在加入 {name}", work, partial(self._on_added, form.obligation.id), on_error=self._on_error
        )

    def _on_added(self, obligation_id: int, added: Added) -> None:
        self._context.announce(added.changes)
        if isValid(self):  # the page may have been made anew meanwhile
            self.added.emit(obligation_id, added)

    def _on_refused(self, again: Callable[[], None], error: BaseException) -> None:
        """A word may only look like a mark of secrecy: a person decides."""
        if not isinstance(error, MarkedError):
            self._on_error(error)
            return
        messages.ask(
            self._window,
            "佐证材料",
            f"{ADVICE}如果只是名称里有这样的字、内容并不涉密，可以继续加入。",
            [Action("不加入", is_escape=True, is_primary=True), Action("确认不涉密，加入", again)],
            headline=error.message.rstrip("。"),
            facts=error.marks[:8],
        )

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence="佐证材料没有加入，台账没有改动。")
            return
        from gui import crash

        crash.report(error)

    # --- looking at ------------------------------------------------------------------------------

    @Slot(object)
    def preview(self, row: EvidenceRow) -> None:
        """Show a PDF or a picture in a window of its own."""
        PreviewDialog(row, self._window).open()

    @Slot(object)
    def open(self, row: EvidenceRow) -> None:
        """Hand a file to the program it belongs to."""
        if is_program(row.name):
            messages.show_error(self._window, _program(row))
            return
        if not row.path.is_file():
            self._on_error(_gone(row))
            return
        if row.size > MAX_COPY:
            _launch(row.path, self._window)
            return
        if self._folder is None:
            self._folder = QTemporaryDir(QDir.temp().filePath(f"{temporary.prefix()}XXXXXX"))
        work = partial(_copy, row, Path(self._folder.path()))
        self._context.jobs.start(f"正在打开 {row.title}", work, self._on_copied, on_error=self._on_open_error)

    def _on_copied(self, copy: Path) -> None:
        _launch(copy, self._window)

    def _on_open_error(self, error: BaseException) -> None:
        if isinstance(error, OSError):
            error = EvidenceError("文件打不开。", hint="请检查磁盘空间和文件权限。", where=str(error.filename or ""))
        self._on_error(error)

    # --- describing and removing -----------------------------------------------------------------

    @Slot(object)
    def edit(self, row: EvidenceRow) -> None:
        """Ask what a file is and write it down."""
        dialog = EvidenceDialog(row, self._window)
        dialog.described.connect(self._on_described)
        dialog.open()

    @Slot(object, object)
    def _on_described(self, evidence_id: int, said: Description) -> None:
        try:
            changes = evidence.describe(
                self._context.store,
                evidence_id,
                title=said.title,
                number=said.number,
                category=said.category,
                proves_on=said.proves_on,
                pages=said.pages,
                received_on=said.received_on,
                note=said.note,
            )
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        if changes != Changes():
            self._context.announce(changes)

    @Slot(object)
    def remove(self, row: EvidenceRow) -> None:
        """Untie a file from this form; it stays in the ledger, so that it can be put back."""
        form = self._form
        if form is None or self._context.read_only:
            return
        place = (form.obligation.id, form.period.key)
        try:
            changes = attach.remove_evidence(self._context.store, *place, row.id)
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self._untied = (*place, row)
        self._context.announce(changes)
        self.removed.emit(place[0], row)

    @Slot()
    def put_back(self) -> None:
        """Undo the last removal."""
        if self._untied is None:
            return
        obligation_id, period_key, row = self._untied
        self._untied = None
        try:
            added = attach.reuse_evidence(self._context.store, obligation_id, period_key, row.id)
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self._context.announce(added.changes)

    def forget(self) -> None:
        """Another ledger is open: nothing to put back."""
        self._untied = None
        self._form = None


def png(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, format=b"PNG")
    buffer.close()
    return bytes(data.data())


def _add(
    store: Store, obligation_id: int, period_key: str, files: tuple[Path, ...], confirmed: bool, job: Job
) -> Added:
    """In the worker, on its own connection."""
    own = store.worker()
    try:
        return attach.add_evidence(own, obligation_id, period_key, files, job, confirmed=confirmed)
    finally:
        own.close()


def _add_picture(store: Store, obligation_id: int, period_key: str, name: str, data: bytes, job: Job) -> Added:
    job.step(0, 1, f"正在加入 {name}")
    own = store.worker()
    try:
        return attach.add_pasted(own, obligation_id, period_key, name, data)
    finally:
        own.close()


def _replace(store: Store, evidence_id: int, file: Path, confirmed: bool, job: Job) -> Added:
    """In the worker, on its own connection."""
    own = store.worker()
    try:
        return evidence_versions.add_version(own, evidence_id, file, job, confirmed=confirmed)
    finally:
        own.close()


def _copy(row: EvidenceRow, folder: Path, job: Job) -> Path:
    """A copy under the name the file came with; each in a folder of its own, names may be the same."""
    job.step(0, 1, f"正在打开 {row.title}")
    place = folder / str(row.id)
    place.mkdir(exist_ok=True)
    copy = place / (Path(row.name).name or row.path.name)
    shutil.copyfile(row.path, copy)
    return copy


def _program(row: EvidenceRow) -> EvidenceError:
    return EvidenceError(
        f"“{row.name}”是程序，不在这里运行。", hint="请不要打开来历不明的程序；原件仍保存在台账里。", where=row.name
    )


def _gone(row: EvidenceRow) -> EvidenceError:
    return EvidenceError(
        f"佐证材料“{row.title}”的文件不在了。", hint="请从备份中找回，或重新加入这份材料。", where=str(row.path)
    )


def _launch(path: Path, window: QWidget) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        error = EvidenceError(
            f"系统没有能打开“{path.suffix or path.name}”文件的程序。",
            hint="请安装相应的程序后再打开。",
            where=str(path),
        )
        messages.show_error(window, error)
