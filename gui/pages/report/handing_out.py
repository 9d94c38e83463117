"""Handing a document out: ask where to, write it, print it, and say in the bar where it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui import messages
from gui.file_commands import show_in_folder

if TYPE_CHECKING:
    from core.office.documents import Asked, Exported, Kind
    from core.office.evidence_package import Packaged
    from gui.pages.report.page import ReportPage

_ENDINGS = {
    "docx": "Word 文档 (*.docx)",
    "xlsx": "Excel 工作簿 (*.xlsx)",
    "pdf": "PDF 文件 (*.pdf)",
    "zip": "压缩包 (*.zip)",
}


class HandingOut(QObject):
    """Works with the page's press, its bar and its button 打开所在文件夹."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page
        self._exported: Path | None = None
        self._problems: tuple[str, ...] = ()
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.word.clicked.connect(partial(self.export, "docx"))
        page.excel.clicked.connect(partial(self.export, "xlsx"))
        page.pdf.clicked.connect(partial(self.export, "pdf"))
        page.files.clicked.connect(self.export_files)
        page.print.clicked.connect(self.print)
        page.folder.clicked.connect(self._on_folder_asked)
        page.bar.action_chosen.connect(self._on_bar_action)
        page.press.exported.connect(self.tell_exported)
        page.press.packaged.connect(self._on_packaged)
        page.press.printed.connect(self._on_printed)
        page.press.printer_missing.connect(self._on_printer_missing)

    def forget(self) -> None:
        """Another ledger is open: what was written belongs to the one before."""
        self._exported = None
        self._page.folder.hide()
        self._page.bar.hide()

    # --- files -----------------------------------------------------------------------------------

    def export(self, fmt: str, _checked: bool = False) -> None:
        """Ask where to and write the document; ``fmt`` is docx, xlsx or pdf."""
        found = self._page.asked()
        if found is not None and fmt in found[0].formats and (fmt != "pdf" or self._page.pdf.isEnabled()):
            self._ask(fmt, self._name(found[0]), f"导出 {_ENDINGS[fmt].split()[0]}", partial(self._write, fmt, *found))

    @Slot()
    def export_files(self) -> None:
        """The files of the catalogue with it, into a zip."""
        found = self._page.asked()
        if found is not None:
            name = self._name(found[0]).replace("佐证材料目录", "佐证材料")
            self._ask("zip", name, "导出佐证包", partial(self._pack, found[1]))

    def _ask(self, ending: str, name: str, title: str, do: partial[None]) -> None:
        folder = self._exported.parent if self._exported is not None else self._page.context.store.path.parent
        chosen = partial(self._on_target_chosen, ending, do)
        messages.choose_save(self._page, title, folder / f"{name}.{ending}", [_ENDINGS[ending]], chosen)

    @staticmethod
    def _on_target_chosen(ending: str, do: partial[None], path: Path) -> None:
        do(path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}"))

    def _write(self, fmt: str, kind: Kind, asked: Asked, path: Path) -> None:
        self._page.press.export(fmt, path, kind.key.value, asked)

    def _pack(self, asked: Asked, path: Path) -> None:
        self._page.press.package(path, asked)

    def _name(self, kind: Kind) -> str:
        """The document's own name once it was made, else the kind's."""
        made = self._page.press.made
        return made.exported.name if made is not None and made.kind == kind.key.value else kind.title

    @Slot(object)
    def tell_exported(self, exported: Exported) -> None:
        """Say where a file was written, and offer to open it."""
        if exported.path is None:
            return
        self._exported = exported.path
        self._page.folder.show()
        place = exported.path.parent.name or str(exported.path.parent)
        self._page.bar.set_items(
            [
                (f"已导出 {exported.path.name}", "打开", "open"),
                (f"保存在“{place}”", "打开所在文件夹", "folder"),
            ]
        )

    def tell_copied(self, files: list[Path]) -> None:
        """Say that kept Word files were copied into a folder."""
        self._exported = files[0]
        words = f"已存 {len(files)} 份 Word 到“{files[0].parent.name}”"
        self._page.bar.set_items([(words, "打开所在文件夹", "folder")])

    @Slot(object)
    def _on_packaged(self, packaged: Packaged) -> None:
        self._exported = packaged.path
        self._page.folder.show()
        items = [
            (f"已导出 {packaged.files} 份佐证材料和目录到 {packaged.path.name}", "打开所在文件夹", "folder"),
            *([(f"{len(packaged.problems)} 份有问题", "查看", "problems")] if packaged.problems else []),
        ]
        self._problems = packaged.problems
        self._page.bar.set_items(items)

    @Slot(str)
    def _on_bar_action(self, key: str) -> None:
        if self._exported is None:
            return
        if key == "open":
            self._page.press.open(self._exported)
        elif key == "problems":
            actions = [messages.Action("关闭", is_escape=True, is_primary=True)]
            headline = f"{len(self._problems)} 份佐证材料有问题"
            messages.ask(self._page, "导出佐证包", "\n".join(self._problems), actions, headline=headline)
        elif key == "folder":
            show_in_folder(self._exported)

    @Slot()
    def _on_folder_asked(self) -> None:
        if self._exported is not None:
            show_in_folder(self._exported)

    # --- print -----------------------------------------------------------------------------------

    @Slot()
    def print(self) -> None:
        """Print the pages that are shown."""
        source = self._page.press.source
        if source is not None and self._page.view.page_count() and self._page.print.isEnabled():
            self._page.press.print(source, self._name(self._page.kinds.current()))

    @Slot()
    def _on_printer_missing(self) -> None:
        messages.ask(
            self._page,
            "打印",
            "系统里还没有安装打印机。可以先导出 PDF，拷到连着打印机的电脑上打印。",
            [
                messages.Action("取消", is_escape=True),
                messages.Action("导出 PDF", partial(self.export, "pdf"), "export", is_primary=True),
            ],
            headline="没有找到打印机",
        )

    @Slot(int)
    def _on_printed(self, sheets: int) -> None:
        self._page.bar.set_items([(f"已送打印机 {sheets} 页", "", "")])
