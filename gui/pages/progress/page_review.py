"""What is done on 进展填报 beside typing: review, objections, several units at once, the list on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from gui.pages.progress.many_desk import ManyDesk
from gui.pages.progress.objection_desk import ObjectionDesk
from gui.pages.progress.reading import read_form
from gui.pages.progress.review_desk import ReviewDesk
from gui.pages.progress.saver import Saving

if TYPE_CHECKING:
    from gui.pages.progress.page import ProgressPage


class PageReview(QObject):
    """Joins the buttons of the page to the desks that do the work."""

    def __init__(self, page: ProgressPage) -> None:
        super().__init__(page)
        self._page = page
        self._reviews = ReviewDesk(page.context, self._is_all_written, page)
        self._objections = ObjectionDesk(page.context, page)
        self._many = ManyDesk(page.context, page.saver.save_now, page)
        self._is_on_accept = False

    def connect_all(self) -> None:
        """Once the page is built."""
        page = self._page
        page.form.foot.accepted.connect(self._on_accepted)
        page.form.foot.returned.connect(self._on_returned)
        page.form.head.reopening_asked.connect(self._on_reopening)
        page.form.head.measure_asked.connect(self._on_measure_asked)
        page.form.head.objection_asked.connect(self._on_objection_asked)
        page.form.head.objections_asked.connect(self._on_objections_asked)
        page.form.notices.objections_asked.connect(self._on_objections_asked)
        page.form.notices.answer_asked.connect(self._objections.answer)
        page.form.change_asked.connect(self.on_change_asked)
        page.list.picked_strip.accepted.connect(self._on_rows_accepted)
        page.list.picked_strip.returned.connect(self._on_rows_returned)
        page.title.many_asked.connect(self.on_many_asked)
        page.title.print_asked.connect(self._on_print_asked)
        page.title.export_asked.connect(self._on_export_asked)
        self._reviews.reviewed.connect(self._on_reviewed)
        self._many.filled.connect(page.undo.done)
        self._objections.told.connect(page.undo.done)

    # --- review ----------------------------------------------------------------------------------

    def _is_all_written(self) -> bool:
        """Whether what stands in the form stands in the file too: only that can be reviewed."""
        return self._page.flush() and self._page.saver.standing.saving is not Saving.DRAFT

    @Slot()
    def _on_accepted(self) -> None:
        page = self._page
        self._is_on_accept = page.form.foot.accept.hasFocus()
        if page.form.foot.accept.isVisible() and self._is_all_written():
            page.refresh()
            if page.open_form is not None and page.form.foot.accept.isEnabled():
                self._reviews.accept(page.open_form)

    @Slot()
    def _on_returned(self) -> None:
        page = self._page
        self._is_on_accept = False
        if page.form.foot.back.isVisible() and self._is_all_written():
            page.refresh()
            if page.open_form is not None and page.form.foot.back.isEnabled():
                self._reviews.send_back(page.open_form)

    @Slot()
    def on_accept_key(self) -> None:
        """F9: all that is picked where that is more than one, else the open form."""
        if self._page.list.picked_strip.isVisible():
            self._on_rows_accepted()
        else:
            self._on_accepted()

    @Slot()
    def on_return_key(self) -> None:
        """Shift+F9: the same for 退回."""
        if self._page.list.picked_strip.isVisible():
            self._on_rows_returned()
        else:
            self._on_returned()

    @Slot()
    def _on_reopening(self) -> None:
        if self._page.open_form is not None:
            self._reviews.reopen(self._page.open_form)

    @Slot()
    def _on_rows_accepted(self) -> None:
        if self._page.list.picked_strip.accept.isEnabled():
            self._reviews.accept_rows(self._page.list.picked())

    @Slot()
    def _on_rows_returned(self) -> None:
        if self._page.list.picked_strip.back.isEnabled():
            self._reviews.send_back_rows(self._page.list.picked())

    @Slot(str, bool)
    def _on_reviewed(self, words: str, goes_on: bool) -> None:
        """The next one that waits comes, the keyboard stays where it was; at the last one it is said."""
        page = self._page
        page.refresh()
        page.when_fresh(partial(self._go_on, words, goes_on))

    def _go_on(self, words: str, goes_on: bool) -> None:
        page = self._page
        more = "" if not goes_on or page.keys.walk(page.list.step_to_pending) else "，本列表没有待审的了"
        if goes_on and self._is_on_accept and page.form.foot.accept.isEnabled():
            page.form.foot.accept.setFocus(Qt.FocusReason.OtherFocusReason)
        page.undo.done(f"{words}{more}")

    @Slot()
    def on_change_asked(self) -> None:
        """What was 通过 is to be changed: ask first."""
        form = self._page.open_form
        if form is not None and self._page.saver.is_locked and not self._page.context.read_only:
            self._reviews.ask_to_change(form, partial(self._unlock, form.obligation.id))

    def _unlock(self, obligation_id: int) -> None:
        page, form = self._page, self._page.open_form
        if form is None or form.obligation.id != obligation_id:
            return
        page.saver.unlock()
        page.form.refresh_head(form, page.context.as_of, is_locked=False)
        page.form.fields.focus_field("text")

    # --- objections, several at once, the list on paper --------------------------------------------

    @Slot()
    def _on_measure_asked(self) -> None:
        if self._page.open_form is not None:
            self._page.open_measure.emit(self._page.open_form.obligation.measure_no)

    @Slot()
    def _on_objection_asked(self) -> None:
        if self._page.open_form is not None:
            self._objections.take_down(self._page.open_form)

    @Slot()
    def _on_objections_asked(self) -> None:
        if self._page.open_form is not None:
            self._objections.show_all(self._page.open_form)

    @Slot()
    def on_many_asked(self) -> None:
        """同时填报多个单位, beginning at the measure of the open form, else at the first of the plan."""
        page, rows = self._page, self._page.list.rows()
        if page.context.read_only or not rows:
            return
        form = page.open_form or read_form(page.context, rows[0].id, None, page)
        if form is not None:
            self._many.ask(rows, form)

    @Slot()
    def _on_print_asked(self) -> None:
        from gui.pages.progress import list_paper

        list_paper.print_list(self._page.context, self._page.list, self._page)

    @Slot(str)
    def _on_export_asked(self, fmt: str) -> None:
        from gui.pages.progress import list_paper

        list_paper.export_list(self._page.context, self._page.list, self._page, fmt)
