"""报告: kinds at the left, options, the real pages; print and export."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.office import tables
from gui import messages, theme
from gui.file_commands import show_in_folder
from gui.pages.base import Page
from gui.pages.report.kinds import KindList
from gui.pages.report.options import OptionRow
from gui.pages.report.page_tools import PageTools
from gui.pages.report.page_view import PageView
from gui.pages.report.press import Press, Preview
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.tables import Exported, TableOptions
    from gui.context import Context

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
"""Wherever the keyboard is in the window, while this page is shown."""
_MARGIN = 16
_PAUSE = 250
"""Milliseconds after the last change of an option until the pages are made anew."""
_ENDINGS = {"docx": "Word 文档 (*.docx)", "xlsx": "Excel 表格 (*.xlsx)", "pdf": "PDF 文件 (*.pdf)"}


class ReportPage(Page):
    """Shows the document as it will be printed, and hands it out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._is_stale = True
        self._exported: Path | None = None
        self._made_for: tuple[str | None, TableOptions] | None = None
        self.press = Press(context, self)
        self._maker = QTimer(self)
        self._maker.setSingleShot(True)
        self._maker.setInterval(_PAUSE)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.kinds = KindList(self)
        self.options = OptionRow(self)
        self.view = PageView(self)
        self.tools = PageTools(self.view, self)
        self.wait = labels.label("正在排版", "second", self)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.wait)
        self.pages.addWidget(self.view)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.kinds)
        row.addWidget(self._build_paper(), 1)
        self.empty = EmptyState(
            "file-text", "没有可以打印的表", "台账里还没有方案。请先打开带有方案的台账。", parent=self
        )
        self.stack = QStackedWidget(self)
        self.stack.addWidget(body)
        self.stack.addWidget(self.empty)
        self.bar = InfoBar(self, icon="check-circle")
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(12)
        layout.addLayout(self._build_title())
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _build_paper(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for widget in (self.options, labels.rule(card), self.tools, labels.rule(card)):
            layout.addWidget(widget)
        layout.addWidget(self.pages, 1)
        return card

    def _build_title(self) -> QHBoxLayout:
        self.folder = button.ghost("打开所在文件夹", "folder-open", self)
        self.folder.hide()
        self.print = button.secondary("打印", "printer", self)
        self.print.setToolTip("打印这些页面（Ctrl+P）")
        self.word = button.secondary("导出 Word", "export", self)
        self.excel = button.secondary("导出 Excel", "export", self)
        self.pdf = button.primary("导出 PDF", "export", self)
        self.pdf.setToolTip("导出 PDF（Ctrl+E）")
        rule = labels.rule(self, vertical=True)
        rule.setFixedHeight(theme.px(20))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(labels.label("报告", "title", self))
        row.addSpacing(8)
        row.addWidget(labels.label("任务分解表", "second", self))
        row.addStretch(1)
        for widget in (self.folder, self.print, rule, self.word, self.excel, self.pdf):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self.options.changed.connect(self._maker.start)
        self._maker.timeout.connect(self._make)
        self.folder.clicked.connect(self._on_folder_asked)
        self.print.clicked.connect(self._on_print)
        self.word.clicked.connect(partial(self.export, "docx"))
        self.excel.clicked.connect(partial(self.export, "xlsx"))
        self.pdf.clicked.connect(partial(self.export, "pdf"))
        self.bar.action_chosen.connect(self._on_bar_action)
        self.view.failed.connect(self.tools.say)
        self.press.previewed.connect(self._on_previewed)
        self.press.failed.connect(self._on_preview_failed)
        self.press.exported.connect(self._on_exported)
        self.press.printed.connect(self._on_printed)
        self.press.printer_missing.connect(self._on_printer_missing)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        keys = (
            ("Ctrl+P", self._on_print),
            ("Ctrl+E", partial(self.export, "pdf")),
            ("Ctrl++", self.view.zoom_in),
            ("Ctrl+=", self.view.zoom_in),
            ("Ctrl+-", self.view.zoom_out),
        )
        for key, do in keys:
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(do)

    # --- making the pages ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pages when the page is looked at, and only then."""
        super().showEvent(event)
        if self._is_stale:
            self._maker.start(0)

    @Slot()
    def _make(self) -> None:
        """Make the PDF anew in the background; the old pages stay until the new ones are there."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        has_plan = self.context.has_store and self.context.plan_key is not None
        self.stack.setCurrentIndex(0 if has_plan else 1)
        for widget in (self.print, self.word, self.excel, self.pdf):
            widget.setEnabled(has_plan)
        options = self.options.value()
        if not has_plan or options is None:
            return
        self._made_for = (self.context.plan_key, options)
        if self.view.page_count() == 0:
            self.pages.setCurrentWidget(self.wait)
            self.wait.setText("正在排版")
        self.press.preview(options)

    @Slot(object)
    def _on_previewed(self, made: Preview) -> None:
        is_ours = self.context.has_store and made.ledger == self.context.store.path
        if not is_ours or (made.plan_key, made.options) != self._made_for:
            return  # another one is already on its way
        self.view.set_source(made.source, keep_place=made.plan_key == self._shown_plan())
        self.view.setProperty("plan", made.plan_key)
        self.pages.setCurrentWidget(self.view)
        self._say_fonts(made.exported)

    def _shown_plan(self) -> object:
        return self.view.property("plan")

    def _say_fonts(self, exported: Exported) -> None:
        missing = "、".join(exported.substituted)
        words = f"本机缺{missing}，PDF 已用随附字体代替" if missing else ""
        self.tools.say(words, ink=theme.tokens().due_soon.text if words else "")

    @Slot(str)
    def _on_preview_failed(self, sentence: str) -> None:
        self.view.set_source(None)
        self.wait.setText(sentence)
        self.pages.setCurrentWidget(self.wait)

    # --- export ----------------------------------------------------------------------------------

    def export(self, fmt: str, _checked: bool = False) -> None:
        """Ask where to and write the table; ``fmt`` is docx, xlsx or pdf."""
        options = self.options.value()
        if not self.context.has_store or self.context.plan_key is None or options is None:
            return
        start = self._folder() / f"{tables.table_name(self.context.store, self.context.plan_key)}.{fmt}"
        title = f"导出 {_ENDINGS[fmt].split()[0]}"
        messages.choose_save(self, title, start, [_ENDINGS[fmt]], partial(self._on_target_chosen, fmt, options))

    def _folder(self) -> Path:
        return self._exported.parent if self._exported is not None else self.context.store.path.parent

    def _on_target_chosen(self, fmt: str, options: TableOptions, path: Path) -> None:
        if path.suffix.lower() != f".{fmt}":
            path = path.with_name(f"{path.name}.{fmt}")
        self.press.export(fmt, path, options)

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        self._exported = exported.path
        if exported.path is None:
            return
        self.folder.show()
        place = exported.path.parent.name or str(exported.path.parent)
        self.bar.set_items(
            [
                (f"已导出 {exported.path.name}", "打开", "open"),
                (f"保存在“{place}”", "打开所在文件夹", "folder"),
            ]
        )

    @Slot(str)
    def _on_bar_action(self, key: str) -> None:
        if self._exported is None:
            return
        if key == "open":
            self.press.open(self._exported)
        else:
            show_in_folder(self._exported)

    @Slot()
    def _on_folder_asked(self) -> None:
        if self._exported is not None:
            show_in_folder(self._exported)

    # --- print -----------------------------------------------------------------------------------

    @Slot()
    def _on_print(self) -> None:
        source = self.press.source
        if source is not None and self.view.page_count():
            self.press.print(source, tables.table_name(self.context.store, self.context.plan_key))

    @Slot()
    def _on_printer_missing(self) -> None:
        messages.ask(
            self,
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
        self.bar.set_items([(f"已送打印机 {sheets} 页", "", "")])

    # --- what the context says -------------------------------------------------------------------

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._exported = None
        self.folder.hide()
        self.bar.hide()
        self.view.set_source(None)
        self.press.forget()
        self._again()

    @Slot()
    def _on_scope_changed(self) -> None:
        """The table is the plan's; period and date do not change what is printed."""
        if self._made_for is None or self._made_for[0] != self.context.plan_key:
            self._again()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Progress does not change the printed table, only the plan's own text does."""
        if changes.plan:
            self._again()

    def _again(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._maker.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the drawing thread."""
        self.view.close_source()
        super().closeEvent(event)
