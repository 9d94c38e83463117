"""Opens, follows and closes the detail of a measure; it is made when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.errors import KnownError
from gui import messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.context import Context
    from gui.pages.table.card import TableCard
    from gui.pages.table.detail import Detail

_FOLLOW_AFTER = 60
"""Milliseconds after which an open detail follows the cursor: a held arrow key reads nothing in between."""


class DetailHost(QObject):
    """Joins the table's cursor with the detail."""

    report_requested = Signal(object)
    """The id of an obligation."""
    adjust_requested = Signal()
    """Another deadline for the open measure."""
    opened = Signal(bool)
    """Whether the detail is there now."""

    def __init__(self, context: Context, card: TableCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent
        self._card = card
        self._view = card.view
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_FOLLOW_AFTER)
        self._follow.timeout.connect(self._on_follow)
        self._view.measure_activated.connect(self.open)
        self._view.chosen_changed.connect(self._on_chosen)

    @property
    def is_open(self) -> bool:
        """Whether the detail is shown."""
        return self._card.is_open

    @property
    def detail(self) -> Detail | None:
        """The detail, None while it was never opened."""
        return self._card.detail

    @Slot(int)
    def open(self, no: int) -> None:
        """Open a measure and put the keyboard into its units."""
        detail = self._card.detail or self._make()
        if self._show(no):
            self._card.open_detail()
            self.opened.emit(True)
            detail.focus_units()

    @Slot()
    def close(self) -> None:
        """Put the detail away."""
        self._card.close_detail()
        self.opened.emit(False)

    def refresh(self) -> None:
        """Read the open measure again."""
        if self.is_open and self.detail is not None and self.detail.detail is not None:
            self._show(self.detail.detail.measure.no)

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) measure of the table."""
        no = self._view.step(by)
        if no is not None and self.is_open:
            self._show(no)

    def _make(self) -> Detail:
        made = self._card.make_detail()
        made.closed.connect(self.close)
        made.step_pressed.connect(self.step)
        made.report_requested.connect(self.report_requested)
        made.adjust_requested.connect(self.adjust_requested)
        made.confirm_requested.connect(self._on_confirm)
        return made

    def _show(self, no: int) -> bool:
        from core.office import measures

        context, detail = self._context, self._card.detail
        assert detail is not None
        try:
            found = measures.measure_detail(context.store, context.plan_key, no, context.as_of)
        except KnownError as error:
            messages.show_error(self._page, error)
            self.close()
            return False
        detail.show_detail(found, context.as_of, may_write=not context.read_only)
        line = self._view.table_model.line_of(no)
        at = line if line is not None else -1
        detail.set_ends(
            has_previous=at >= 0 and self._view.next_line(at, -1) != at,
            has_next=at >= 0 and self._view.next_line(at, 1) != at,
        )
        return True

    @Slot()
    def _on_chosen(self) -> None:
        if self.is_open:
            self._follow.start()

    @Slot()
    def _on_follow(self) -> None:
        no, detail = self._view.current_no(), self.detail
        if self.is_open and no is not None and detail and detail.detail and detail.detail.measure.no != no:
            self._show(no)

    @Slot(int)
    def _on_confirm(self, no: int) -> None:
        from core.office import plans

        following = self._view.neighbour(1) or self._view.neighbour(-1)
        try:
            changes = plans.confirm_measure(self._context.store, self._context.plan_key, no)
        except KnownError as error:
            messages.show_error(self._page, error)
            return
        self._context.announce(changes, f"措施（{no}）已核对")
        if following is not None and self.is_open and self._view.table_model.line_of(no) is None:
            # the list shows what is 待核对: the next one comes
            self._view.choose([following], following)
            self._show(following)
