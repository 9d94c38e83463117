"""本单位模板: offered where one is kept for the kind; said where this machine cannot show its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from core.office.documents import Asked
    from core.publish.table_document import Format
    from gui.pages.report.page import ReportPage

_NO_PAGES = "页面按程序版式显示；导出 Word 和出具按本单位模板，PDF 请在 WPS 或 Word 里另存（这台电脑没有 LibreOffice）"
_NO_PDF = "这台电脑没有 LibreOffice，不能按本单位模板生成 PDF；请导出 Word，在 WPS 或 Word 里另存为 PDF、打印"


class TemplateDesk(QObject):
    """Works with the choice 版式 of the page's options."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page
        self._can_show: bool | None = None
        self._tips = {button: button.toolTip() for button in (page.pdf, page.print)}
        page.options.look.activated.connect(self.settle)

    def offer(self) -> None:
        """Look up whether the kind that is chosen has a template in use."""
        context, kind = self._page.context, self._page.kinds.current()
        name = ""
        if context.has_store and "xlsx" not in kind.formats:
            from core.office import own_templates

            used = own_templates.used_for(context.store, kind.key)
            name = used.name if used is not None else ""
        self._page.options.set_template(name)
        self.settle()

    def shown(self, asked: Asked) -> Asked:
        """What the pages are made for: in our own look where nothing here can show the office's."""
        return asked if self._is_shown(asked.own_template) else replace(asked, own_template=False)

    def notes(self) -> tuple[str, ...]:
        """What is to be said of the pages."""
        wish = self._page.options.value()
        return () if wish is None or self._is_shown(wish.own_template) else (_NO_PAGES,)

    def formats(self, asked: Asked) -> tuple[Format, ...]:
        """Which files are kept when it is issued; empty: all. Without LibreOffice a template is kept as Word."""
        return () if self._is_shown(asked.own_template) else ("docx",)

    def _is_shown(self, is_wanted: bool) -> bool:
        if not is_wanted:
            return True
        if self._can_show is None:
            from core.office import own_templates

            self._can_show = own_templates.can_show()
        return self._can_show

    def settle(self) -> None:
        """PDF and paper only where the office's look can be put on them."""
        wish = self._page.options.value()
        can = wish is None or self._is_shown(wish.own_template)
        for button, tip in self._tips.items():
            button.setEnabled(can and self._page.context.plan_key is not None)
            button.setToolTip(tip if can else _NO_PDF)
