"""The title row of the page: what can be done with the table, and its two orders."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gui import icons, theme
from gui.widgets import button, labels
from gui.widgets.segmented import Segmented

AS_PRINTED, BY_DUE = "printed", "due"
_FORMATS = (("xlsx", "Excel", "table"), ("pdf", "PDF", "file-pdf"), ("docx", "Word", "file-text"))


class Toolbar(QWidget):
    """打印预览, 导出, 填报; 印发顺序 or 按到期日."""

    export_requested = Signal(str)
    """xlsx, pdf or docx."""
    former_requested = Signal()
    """旧版本 of the plan."""
    list_print_requested = Signal()
    list_export_requested = Signal(str)
    """xlsx, pdf or docx; the rows as they are filtered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_plan = self._is_writable = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(labels.label("任务分解", "title", self))
        row.addSpacing(8)
        self.take_in = button.secondary("导入方案", "file-arrow-down", self)
        self.edit = button.secondary("修改方案", "pencil-simple", self)
        self.align = button.secondary("对照上级", "flow-arrow", self)
        self.align.setToolTip("上级方案的每项措施由本级哪几项落实")
        self.preview = button.secondary("打印预览", "printer", self)
        self.preview.setToolTip("看看印出来的样子，再打印（Ctrl+P）")
        self.export = button.secondary("导出", "export", self)
        self.export.setToolTip("把这张表存成文件（Ctrl+E）")
        self.export.setMenu(self._menu())
        divider = labels.rule(self, vertical=True)
        divider.setFixedHeight(theme.px(20))
        self.report = button.secondary("填报", "note-pencil", self)
        row.addWidget(self.take_in)
        row.addWidget(self.edit)
        row.addWidget(self.align)
        row.addWidget(self.preview)
        row.addWidget(self.export)
        row.addSpacing(4)
        row.addWidget(divider)
        row.addSpacing(4)
        row.addWidget(self.report)
        self.adjust = button.secondary("调整时限", "calendar-check", self)
        row.addWidget(self.adjust)
        row.addStretch(1)
        self.order = Segmented(
            [(AS_PRINTED, "印发顺序", "rows"), (BY_DUE, "按到期日", "arrows-down-up")], self, name="排列"
        )
        self.order.button(AS_PRINTED).setToolTip("按印发件的顺序，相同的格合并")
        self.order.button(BY_DUE).setToolTip("先到期的在前，每行内容写全")
        row.addWidget(self.order)
        self._foldable = {
            made: made.text() for made in (self.take_in, self.edit, self.align, self.preview, self.export)
        }
        self._is_folded = False
        self._saved = self._fold_saves()

    def _fold_saves(self) -> int:
        """How much narrower the row is when some buttons show their icon alone."""
        widths = {made: made.sizeHint().width() for made in self._foldable}
        self._fold(is_folded=True)
        saved = sum(width - made.sizeHint().width() for made, width in widths.items())
        self._fold(is_folded=False)
        return saved

    def _fold(self, *, is_folded: bool) -> None:
        self._is_folded = is_folded
        for made, words in self._foldable.items():
            made.setAccessibleName(words)
            made.setText("" if is_folded else words)
            made.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return least if self._is_folded else QSize(least.width() - self._saved, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows icons where a wide one has words too."""
        super().resizeEvent(event)
        whole = super().minimumSizeHint().width() + (self._saved if self._is_folded else 0)
        if (self.width() < whole) is not self._is_folded:
            self._fold(is_folded=not self._is_folded)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for fmt, title, icon in _FORMATS:
            action = menu.addAction(icons.icon(icon), title)
            action.triggered.connect(partial(self._on_export, fmt))
        menu.addSeparator()
        shown = menu.addAction(icons.icon("printer"), "打印当前列表")
        shown.setShortcut(QKeySequence("Ctrl+Shift+P"))
        shown.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page has the key; here it is only shown
        shown.triggered.connect(self.list_print_requested)
        part = menu.addMenu(icons.icon("export"), "导出当前列表")
        for fmt, title, icon in _FORMATS:
            action = part.addAction(icons.icon(icon), title)
            action.triggered.connect(partial(self._on_list_export, fmt))
        menu.addSeparator()
        self.former = menu.addAction(icons.icon("clock-counter-clockwise"), "旧版本")
        self.former.triggered.connect(self.former_requested)
        return menu

    def _on_list_export(self, fmt: str, _checked: bool = False) -> None:
        self.list_export_requested.emit(fmt)

    def _on_export(self, fmt: str, _checked: bool = False) -> None:
        self.export_requested.emit(fmt)

    def set_plan(self, *, is_there: bool) -> None:
        """Without a plan nothing can be edited, printed or exported."""
        self._has_plan = is_there
        self._tell_edit()
        for widget in (self.align, self.preview, self.export, self.order):
            widget.setEnabled(is_there)

    def set_writable(self, *, is_writable: bool) -> None:
        """A ledger that may only be read takes no plan and no edit."""
        self._is_writable = is_writable
        self._tell_edit()
        self.take_in.setEnabled(is_writable)
        tip = "读入一份方案文件，核对后导入（Ctrl+I）；也可以把文件拖到窗口里"
        self.take_in.setToolTip(tip if is_writable else "台账以只读方式打开，不能导入方案")

    def _tell_edit(self) -> None:
        self.edit.setEnabled(self._has_plan and self._is_writable)
        tip = "勘误、调整，增加、拆分、合并、移动、删除措施（Ctrl+Shift+E）"
        if not self._is_writable:
            tip = "台账以只读方式打开，不能修改方案"
        elif not self._has_plan:
            tip = "台账里还没有方案"
        self.edit.setToolTip(tip)

    def set_report(self, *, is_possible: bool) -> None:
        """填报 and 调整时限 speak of the chosen measure."""
        self.report.setEnabled(is_possible)
        self.report.setToolTip("填报所选措施（F2）" if is_possible else "先在表中选一项措施")
        self.adjust.setEnabled(is_possible and self._is_writable)
        tip = "改所选措施的完成时限，或给一个单位延期（Ctrl+Shift+D）"
        if not self._is_writable:
            tip = "台账以只读方式打开，不能调整时限"
        self.adjust.setToolTip(tip if is_possible or not self._is_writable else "先在表中选一项措施")
