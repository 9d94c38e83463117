"""The rows that 进展填报 walks through: when they are read, and what waits for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui import messages
from gui.pages.progress.form_head import READ_ONLY
from gui.pages.progress.reading import read_rows
from gui.plan_reader import PlanReader

if TYPE_CHECKING:
    from core.errors import KnownError
    from core.office.obligations import ObligationRow
    from gui.pages.progress.page import ProgressPage


class PageRows(QObject):
    """Read at once or, of a large plan, in the background; whoever asks something of them meanwhile waits."""

    def __init__(self, page: ProgressPage) -> None:
        super().__init__(page)
        self._page = page
        self.is_stale = True
        self.wanted: int | None = None
        """The obligation whose form is opened with them."""
        self._keeps_form = False
        self._read_of: object = None
        self._then: Callable[[], object] | None = None
        self.reader = PlanReader(page.context, "正在读取责任事项", read_rows, self)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.reader.cancelled.connect(self._on_cancelled)

    @property
    def are_fresh(self) -> bool:
        """Whether they are there as the ledger has them."""
        return not self.is_stale and not self.reader.is_reading

    def load_if_stale(self) -> None:
        """Read them where something has changed, or a form is wanted."""
        if self.is_stale or self.wanted is not None:
            self.load()

    @Slot()
    def load(self) -> None:
        """Everything anew; unit, measure and row stay where they are still there."""
        self.is_stale = False
        self._page.title.show_can_write(READ_ONLY if self._page.context.read_only else "")
        self._ask(keeps_form=False)

    def renew(self) -> bool:
        """Read them anew while the open form stays; True where that goes on in the background."""
        self._ask(keeps_form=True)
        return self.reader.is_reading and self._keeps_form

    def when_read(self, act: Callable[[], object]) -> None:
        """Do something with the rows: now, or once they are there; after what waits for them already."""
        if self._keeps_form:
            act()
        else:
            self.when_fresh(act)

    def when_fresh(self, act: Callable[[], object]) -> None:
        """Do something with the rows as they are after the last write."""
        if not self.reader.is_reading:
            act()
            return
        before = self._then
        self._then = act if before is None else partial(_one_after_the_other, before, act)

    def _ask(self, *, keeps_form: bool) -> None:
        page = self._page
        self._keeps_form = keeps_form and not (self.reader.is_reading and not self._keeps_form)
        if not page.context.has_store or page.context.plan_key is None:
            self.reader.stop()
            self._take(())
            return
        self.reader.start()
        if self.reader.is_reading and not self._keeps_form:
            if self._read_of != self._plan():
                page.list.load((), ())  # numbers of rows mean other ones in another file
            page.stack.setCurrentWidget(page.reading)

    def _take(self, rows: tuple[ObligationRow, ...]) -> None:
        self._read_of = self._plan()
        self._page.take(rows)

    def _plan(self) -> object:
        context = self._page.context
        return (context.store.path, context.plan_key) if context.has_store else None

    @Slot(object)
    def _on_read(self, rows: tuple[ObligationRow, ...]) -> None:
        if self._keeps_form:
            self._read_of = self._plan()
            self._page.refresh_with(rows)
        else:
            self._take(rows)
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(object)
    def _on_failed(self, error: KnownError) -> None:
        self._take(())
        messages.show_error(self._page, error)

    @Slot()
    def _on_cancelled(self) -> None:
        self.is_stale, self._then = True, None
        if not self._keeps_form:
            self._page.stack.setCurrentWidget(self._page.not_read)


def _one_after_the_other(first: Callable[[], object], then: Callable[[], object]) -> None:
    first()
    then()
