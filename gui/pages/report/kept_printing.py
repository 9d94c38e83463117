"""The kept pages of issued documents onto paper, many in one job; Word files become pages where LibreOffice is there."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.errors import KnownError
from gui import messages
from gui.pages.report import issued_lines
from gui.pages.report.page_source import JoinedPages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.job import Job
    from core.model.issued import Issued
    from core.office.files import Store
    from gui.pages.report.page import ReportPage

_WHY = "台账打印的是 PDF。按本单位模板出具的函只有 Word，变成 PDF 要用 LibreOffice，这台电脑没有安装。"
_WHOLE = f"{_WHY}\n可以把这些函合成一份 Word，在 WPS 或 Word 里一次打印。"
_APART = f"{_WHY}\n可以把 Word 文件存到一个文件夹，在文件夹里全选，按右键选“打印”。"


class KeptPrinting(QObject):
    """One press prints them all."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page

    def print(self, rows: Sequence[Issued], *, is_batch: bool = False) -> None:
        """``is_batch``: letters that were issued together just now."""
        from core.office import issued_files, own_templates

        files = {row.id: issued_files.printable(row) for row in rows}
        found = [row for row in rows if files[row.id] is not None]
        if not found:
            self._page.bar.set_items([("没有留存 PDF 或 Word，请打开留存的文件打印", "", "")])
            return
        words = [row for row in found if (file := files[row.id]) is not None and issued_files.is_word(file)]
        if words and not own_templates.can_show():
            self._say_why(words, is_batch=is_batch and len(words) == len(rows) > 1)
            return
        self._page.context.jobs.start(
            "正在准备打印",
            partial(_pages, self._page.context.store, found),
            partial(self._on_pages, found, len(rows) - len(found)),
            on_error=self._on_error,
        )

    def _on_pages(self, rows: Sequence[Issued], left_out: int, pdfs: list[bytes]) -> None:
        if not isValid(self):
            return
        source = JoinedPages(pdfs, on_sheets=self._page.options.on_sheets.isChecked())
        if left_out:
            self._page.bar.set_items([(f"所选中有 {left_out} 份没有留存 PDF 或 Word，请打开留存的文件打印", "", "")])
        self._page.press.print(source, issued_lines.named(rows[0]))

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._page, error, consequence="没有打印。")
            return
        from gui import crash

        crash.report(error)

    # --- without LibreOffice ---------------------------------------------------------------------

    def _say_why(self, rows: Sequence[Issued], *, is_batch: bool) -> None:
        act = ("合成一份 Word", self._merge) if is_batch else ("存到文件夹", self._copy)
        actions = [
            messages.Action("取消", is_escape=True),
            messages.Action(act[0], partial(act[1], rows), "export", is_primary=True),
        ]
        headline = f"{len(rows)} 份只留存了 Word"
        messages.ask(self._page, "打印", _WHOLE if is_batch else _APART, actions, headline=headline)

    def _merge(self, rows: Sequence[Issued]) -> None:
        start = self._page.context.store.path.parent / f"{rows[0].kind.title}（{len(rows)}份）.docx"
        messages.choose_save(self._page, "合成一份 Word", start, ["Word 文档 (*.docx)"], partial(self._write, rows))

    def _write(self, rows: Sequence[Issued], path: Path) -> None:
        from core.office import issued_files

        target = path if path.suffix.lower() == ".docx" else path.with_name(f"{path.name}.docx")
        self._page.press.export("docx", target, rows[0].kind.value, issued_files.asked_again(rows))

    def _copy(self, rows: Sequence[Issued]) -> None:
        start = self._page.context.store.path.parent
        messages.choose_folder(self._page, "存到文件夹", start, partial(self._copy_to, rows))

    def _copy_to(self, rows: Sequence[Issued], folder: Path) -> None:
        self._page.context.jobs.start(
            "正在复制 Word 文件",
            partial(_copied, self._page.context.store, rows, folder),
            self._on_copied,
            on_error=self._on_error,
        )

    def _on_copied(self, copied: list[Path]) -> None:
        if isValid(self):
            self._page.handing_out.tell_copied(copied)


def _pages(store: Store, rows: Sequence[Issued], job: Job) -> list[bytes]:
    from core.office import issued_files

    with closing(store.worker(read_only=True)) as own:
        return issued_files.pdfs_of(own, rows, job)


def _copied(store: Store, rows: Sequence[Issued], folder: Path, job: Job) -> list[Path]:
    from core.office import issued_files

    with closing(store.worker(read_only=True)) as own:
        return issued_files.copy_words(own, rows, folder, job)
