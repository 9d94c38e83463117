"""报告: kinds at the left, options, the real pages; print and export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from core.office import document_choices, documents
from core.office.documents import Asked
from gui import theme
from gui.pages.report.handing_out import HandingOut
from gui.pages.report.issuing import IssueDesk
from gui.pages.report.page_layout import ReportLayout
from gui.pages.report.press import Press, Preview
from gui.pages.report.rail_desk import RailDesk
from gui.pages.report.register_desk import RegisterDesk
from gui.pages.report.template_desk import TemplateDesk
from gui.pages.report.traces import Traces

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.documents import Exported, Kind
    from gui.context import Context

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
"""Wherever the keyboard is in the window, while this page is shown."""
_PAUSE = 150
"""Milliseconds after the last change of an option until the pages are made anew."""


class ReportPage(ReportLayout):
    """Shows the document as it will be printed, and hands it out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.options.set_kind(self.kinds.current())
        self._is_stale = True
        self._is_register = False
        self._is_listed = False
        self._made_for: tuple[str, Asked] | None = None
        self._offered_for: str | None = None
        self.press = Press(context, self)
        self._maker = QTimer(self)
        self._maker.setSingleShot(True)
        self._maker.setInterval(_PAUSE)
        self.rails = RailDesk(self)
        self.traces = Traces(self)
        self.templates = TemplateDesk(self)
        self.issuing = IssueDesk(self)
        self.handing_out = HandingOut(self)
        self.registers = RegisterDesk(self)
        self._show_kind()
        self._connect()

    def _show_kind(self) -> None:
        """The title and the exports of the kind that is chosen."""
        kind = self.kinds.current()
        is_register = self.stack.currentWidget() is self.register
        self.title.setText("发文登记" if is_register else kind.title)
        for widget in self.acts:
            widget.setVisible(not is_register)
        if is_register:
            return
        self.excel.setVisible("xlsx" in kind.formats)
        self.files.setVisible(kind.key is documents.DocumentKind.CATALOGUE)

    def show_register(self, *, is_shown: bool) -> None:
        """发文登记 in the place of kinds and pages, or they again."""
        self._is_register = is_shown
        self._choose_stack()
        if not is_shown and self._is_stale:
            self._maker.start(0)

    def _choose_stack(self) -> None:
        has_plan = self.context.has_store and self.context.plan_key is not None
        wanted = 1 if not has_plan else 2 if self._is_register else 0
        self.stack.setCurrentIndex(wanted)
        self.empty.settle()
        for widget in (self.issue, self.print, self.word, self.excel, self.pdf, self.files):
            widget.setEnabled(has_plan)
        self.templates.settle()
        self._show_kind()

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.options.changed.connect(self._maker.start)
        self._maker.timeout.connect(self._make)
        self.view.failed.connect(self.tools.say)
        self.gaps.settings_asked.connect(self.open_settings)
        self.press.previewed.connect(self._on_previewed)
        self.press.failed.connect(self._on_preview_failed)
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_scope_changed)
        self.context.changed.connect(self._on_changed)
        keys = (
            ("Ctrl+P", self.handing_out.print),
            ("Ctrl+E", partial(self.handing_out.export, "pdf")),
            ("Ctrl++", self.view.zoom_in),
            ("Ctrl+=", self.view.zoom_in),
            ("Ctrl+-", self.view.zoom_out),
            ("F4", self.rails.toggle.click),
            ("F5", self._again),
            ("F7", self.traces.toggle.click),
            ("F8", self.registers.show),
            ("Ctrl+Shift+S", self.issuing.ask),
            ("F6", self._on_next_part),
            ("Esc", self._on_escape),
        )
        for key, do in keys:
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(do)

    # --- making the pages ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pages when the page is looked at, and only then."""
        super().showEvent(event)
        if not self._is_listed:
            self._list()
        if self._is_stale:
            self._maker.start(0)

    def _list(self) -> None:
        """Read what was issued when the page is looked at, and only then."""
        self._is_listed = self.isVisible()
        if self._is_listed:
            self.registers.load()
            self.templates.offer()

    def take_keyboard(self) -> None:
        """Among the kinds, in the register, or on the first way to a plan."""
        target = (self.kinds.view, self.empty, self.register.table)[self.stack.currentIndex()]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_document(self, kind: str, unit: str | None = None) -> None:
        """Show a kind, of one unit where that can be asked for."""
        self.show_register(is_shown=False)
        self.kinds.choose(kind)
        self._offer()
        self.options.set_kind(self.kinds.current(), unit=unit)
        self.templates.offer()
        self._again()

    @Slot(str)
    def _on_kind_chosen(self, _key: str) -> None:
        self._show_kind()
        self.options.set_kind(self.kinds.current())
        self.templates.offer()
        self._clear_pages()
        self._again()

    def _offer(self) -> None:
        """Sections and units of the plan, read when it is another one or has changed."""
        if self.context.has_store and self.context.plan_key is not None and self._offered_for is None:
            self.options.set_choices(document_choices.choices(self.context.store, self.context.plan_key))
            self._offered_for = self.context.plan_key

    def asked(self) -> tuple[Kind, Asked] | None:
        """What the document on screen is made for; None while there is no plan or an option is wrong."""
        wish = self.options.value()
        if not self.context.has_store or self.context.plan_key is None or wish is None:
            return None
        kind = self.kinds.current()
        has_period = "period" in kind.uses and wish.in_period
        asked = Asked(
            plan_key=self.context.plan_key,
            as_of=self.context.as_of,
            period_key=self.context.period_key if has_period else None,
            unit=wish.unit,
            section=wish.section,
            page=wish.page if "page" in kind.uses else None,
            superior=wish.superior,
            charts=wish.charts,
            compared=wish.compared,
            brief=wish.brief,
            own_template=wish.own_template,
            on_sheets=wish.on_sheets,
        )
        return kind, asked

    @Slot()
    def _make(self) -> None:
        """Make the PDF anew in the background; the old pages stay until the new ones are there."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        self._choose_stack()
        self._offer()
        found = self.asked()
        if found is None:
            return
        kind, asked = found[0], self.templates.shown(found[1])
        self._made_for = (kind.key.value, asked)
        if self.view.page_count() == 0:
            self.pages.setCurrentWidget(self.wait)
            self.wait.setText("正在按本单位模板排版，要十几秒" if asked.own_template else "正在排版")
        self.press.preview(kind, asked)

    @Slot(object)
    def _on_previewed(self, made: Preview) -> None:
        is_ours = self.context.has_store and made.ledger == self.context.store.path
        if not is_ours or (made.kind, made.asked) != self._made_for:
            return  # another one is already on its way
        place = (made.kind, made.asked.plan_key, made.asked.unit)
        self.rails.set_source(made.source, keep_place=place == self.view.property("place"))
        self.view.setProperty("place", place)
        self.pages.setCurrentWidget(self.view)
        self._say_fonts(made.exported)
        self.gaps.set_gaps(made.exported.gaps)
        self.notes.set_notes((*self.templates.notes(), *made.exported.notes))
        self.traces.show_made(made)

    def _say_fonts(self, exported: Exported) -> None:
        missing = "、".join(exported.substituted)
        words = f"本机缺{missing}，PDF 已用随附字体代替" if missing else ""
        short = f"本机缺 {len(exported.substituted)} 种字体，已代替"
        self.tools.say(words, ink=theme.tokens().due_soon.text if words else "", short=short)

    def _clear_pages(self) -> None:
        """Nothing stands there that belongs to another document."""
        self.rails.set_source(None)
        self.gaps.set_gaps(())
        self.notes.set_notes(())
        self.traces.show_made(None)
        self.tools.say("")

    @Slot(str)
    def _on_preview_failed(self, sentence: str) -> None:
        self.press.forget()
        self._clear_pages()
        self.wait.setText(sentence)
        self.pages.setCurrentWidget(self.wait)

    # --- what the context says -------------------------------------------------------------------

    @Slot()
    def _on_next_part(self) -> None:
        """F6: on to the next part of the page."""
        parts = self.parts()
        now = next((at for at, part in enumerate(parts) if part.hasFocus()), -1)
        if parts:
            parts[(now + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_escape(self) -> None:
        """Out of 发文登记."""
        if self._is_register:
            self.registers.leave()

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.handing_out.forget()
        self._is_register = False
        self._clear_pages()
        self.press.forget()
        self._list()
        self._offered_for = None
        self._again()

    @Slot()
    def _on_scope_changed(self) -> None:
        """Another plan has other sections and units; period and date matter where the kind is made for them."""
        if self._offered_for != self.context.plan_key:
            self._offered_for = None
            self._list()
            self._again()
            return
        self.register.compare_again()
        found = self.asked()
        is_dated = self.kinds.current().key is not documents.DocumentKind.TABLE
        if found is not None and is_dated and (found[0].key.value, found[1]) != self._made_for:
            self._again()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Progress does not change the printed table, only the plan's own text does; it changes all others."""
        is_aligned = bool(changes.measures) and not changes.obligations  # 对照上级 touches measures alone
        if changes.plan or changes.units or is_aligned:
            self._offered_for = None
        self._list()
        if changes.plan or self.kinds.current().key is not documents.DocumentKind.TABLE:
            self._again()

    def _again(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._maker.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no room for kinds beside 数字来源."""
        super().resizeEvent(event)
        if hasattr(self, "traces"):
            self.traces.settle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the drawing thread."""
        self.view.close_source()
        self.rail.close_source()
        self.traces.close()
        super().closeEvent(event)
