"""The keys of 进展填报, and how the keyboard walks from form to form and from pane to pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.model.ledger import EntryState

if TYPE_CHECKING:
    from gui.pages.progress.page import ProgressPage

_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
"""Wherever the keyboard is in the window, while the page is shown."""
_IN_PANE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_STATES = 5
"""The most states a form has."""
_ASKED = {EntryState.DONE: "done_on", EntryState.NOT_APPLICABLE: "reason"}
"""What a state cannot do without: the keyboard goes there while it is empty."""
LAST_ROW = "本列表已到最后一项，按 Ctrl+PgDn 到下一个单位或措施"


class PageKeys(QObject):
    """Forty forms without the mouse."""

    def __init__(self, page: ProgressPage) -> None:
        super().__init__(page)
        self._page = page

    def connect_all(self) -> None:
        """Put the keys in force, once the page is built."""
        page = self._page
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F7", self.go_back),
            ("F8", self.go_on),
            ("Ctrl+PgDown", partial(self._step_group, 1)),
            ("Ctrl+PgUp", partial(self._step_group, -1)),
            ("F6", self._on_pane_asked),
            ("F9", page.review.on_accept_key),
            ("Shift+F9", page.review.on_return_key),
            ("Ctrl+S", page.flush),
            ("Ctrl+V", page.desk.paste),
            ("Ctrl+D", page.form.fields.take_previous),
            ("Ctrl+M", page.review.on_many_asked),
            *((f"Ctrl+{number}", partial(self._on_state_key, number)) for number in range(1, _STATES + 1)),
        )
        for key, slot in keys:
            self._put(page, key, slot, _ON_SCREEN)
        for pane in (page.list, page.form):  # among the evidence Ctrl+Enter opens a file and F2 describes it
            self._put(pane, "Ctrl+Return", self._on_saved_and_on, _IN_PANE)
            self._put(pane, "Ctrl+Enter", self._on_saved_and_on, _IN_PANE)
            self._put(pane, "F2", page.review.on_change_asked, _IN_PANE)

    @staticmethod
    def _put(owner: QWidget, key: str, slot: Callable[[], object], context: Qt.ShortcutContext) -> None:
        QShortcut(QKeySequence(key), owner, context=context).activated.connect(slot)

    @Slot()
    def go_back(self) -> None:
        """To the form before."""
        self.walk(partial(self._page.list.step, -1))

    @Slot()
    def go_on(self) -> None:
        """To the next form."""
        self.walk(partial(self._page.list.step, 1))

    def walk(self, step: Callable[[], bool]) -> bool:
        """To another row; the keyboard stays in the field where it was."""
        form = self._page.form
        focused = QApplication.focusWidget()
        in_form = focused is not None and form.isAncestorOf(focused)
        field = form.fields.field_of(focused) if in_form else ""
        has_moved = step()
        if has_moved and in_form:
            form.fields.focus_field(field)
        return has_moved

    def _step_group(self, by: int) -> None:
        self.walk(partial(self._page.list.step_group, by))

    @Slot()
    def _on_saved_and_on(self) -> None:
        """Ctrl+Enter: what was typed goes to the file, and the next form comes; after the last one it is said."""
        if self._page.flush() and not self.walk(partial(self._page.list.step, 1)):
            self._page.undo.say(LAST_ROW)

    @Slot()
    def _on_pane_asked(self) -> None:
        """F6: from the list to the form, to the evidence, and round again."""
        page = self._page
        focused = QApplication.focusWidget()
        panes = (page.list, page.form, page.evidence)
        here = next((i for i, pane in enumerate(panes) if focused is not None and pane.isAncestorOf(focused)), -1)
        target = panes[(here + 1) % len(panes)]
        if target is page.form:
            page.form.take_keyboard()
            return
        view = page.list.view if target is page.list else page.evidence.view
        view.setFocus(Qt.FocusReason.TabFocusReason)
        page.area.ensureWidgetVisible(view)

    def _on_state_key(self, number: int) -> None:
        if self._page.saver.is_locked:
            self._page.review.on_change_asked()
            return
        fields = self._page.form.fields
        fields.state.choose(number)
        focused = QApplication.focusWidget()
        asked = _ASKED.get(fields.state.value())
        if asked is not None and not fields.is_filled(asked):
            fields.focus_field(asked)
        elif focused is None or not self._page.form.isAncestorOf(focused):
            fields.focus_field("text")
