"""出具: look up what is to be known, ask, make and keep the document, and say where it is; never twice by accident."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from core.errors import InvalidError, KnownError
from core.office.changes import Changes
from gui import messages
from gui.pages.report.issue_dialog import IssueDialog, IssueWish, Numbers

if TYPE_CHECKING:
    from core.job import Job
    from core.model.issued import Issued
    from core.office.documents import Asked, Kind
    from core.office.files import Store
    from core.office.to_issue import ToIssue
    from core.publish.table_document import Format
    from gui.pages.report.page import ReportPage

READ_ONLY = "台账以只读方式打开，不能出具"


class IssueDesk(QObject):
    """Works with the button 出具 of the page."""

    issued = Signal(object)
    """What was issued: a tuple of core.model.issued.Issued."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page
        self._is_busy = False
        self.dialog: IssueDialog | None = None
        page.issue.clicked.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Look up and ask; nothing while a document is on its way: a second press is no second document."""
        found = self._page.asked()
        context = self._page.context
        if found is None or self._is_busy or self._page.view.page_count() == 0:
            return
        if context.read_only:
            self._page.bar.set_items([(READ_ONLY, "", "")])
            return
        kind, asked = found
        made = self._page.press.made
        gaps = _left_open(made.exported.gaps) if made is not None and made.asked == asked else 0
        self._is_busy = True
        work = partial(_look_up, context.store, kind.key.value, asked, date.today())
        context.jobs.start(
            "正在查发文登记",
            work,
            partial(self._on_ready, kind, gaps),
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def _on_ready(self, kind: Kind, gaps: int, ready: ToIssue) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        self.dialog = IssueDialog(kind, ready, gaps, partial(self._free, kind), self._page.window(), today=date.today())
        self.dialog.said.connect(partial(self.issue, kind, ready))
        self.dialog.settings_asked.connect(self._page.open_settings)
        self.dialog.open()

    def _free(self, kind: Kind, units: tuple[str, ...], year: int) -> Numbers:
        from core.office import to_issue

        return to_issue.free_numbers(self._page.context.store, kind.key, units, year)

    def issue(self, kind: Kind, ready: ToIssue, wish: IssueWish) -> None:
        """Make and keep it; ends with ``issued`` or a message."""
        if self._is_busy:
            return
        self._is_busy = True
        context = self._page.context
        formats = self._page.templates.formats(ready.asked)
        work = partial(_issue, context.store, kind.key.value, ready, wish, formats)
        context.jobs.start(
            f"正在出具 {kind.title}",
            work,
            self._on_issued,
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )

    def _on_issued(self, found: tuple[Issued, ...]) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        self._page.context.announce(Changes(periods=True))
        self.issued.emit(found)

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._is_busy = False
        if isinstance(error, KnownError):
            told = "文件没有出具，发文登记没有改动。"
            messages.show_error(self._page, error, consequence=told, actions=self._ways_out(error))
            return
        from gui import crash

        crash.report(error)

    def _ways_out(self, error: KnownError) -> list[messages.Action]:
        """What is a setting can be set at once."""
        if not isinstance(error, InvalidError) or error.field != "may_supervise":
            return []
        return [
            messages.Action("知道了", is_escape=True),
            messages.Action("填写发文设置", self._page.open_settings.emit, is_primary=True),
        ]

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._is_busy = False
            self._page.bar.set_items([("已取消出具，发文登记没有改动", "", "")])


def _left_open(gaps: tuple[str, ...]) -> int:
    """How many there are still when number and date are given."""
    from core.office.draft import AT_ISSUE

    return sum(gap not in AT_ISSUE.values() for gap in gaps)


def _look_up(store: Store, kind: str, asked: Asked, on: date, _job: Job) -> ToIssue:
    """In the worker, on its own connection."""
    from core.office import to_issue

    with closing(store.worker(read_only=True)) as own:
        return to_issue.to_issue(own, kind, asked, on)


def _issue(
    store: Store, kind: str, ready: ToIssue, wish: IssueWish, formats: tuple[Format, ...], job: Job
) -> tuple[Issued, ...]:
    from core.office import issuing

    asked = replace(ready.asked, on_sheets=False)  # each is a file of its own
    with closing(store.worker()) as own:
        if ready.is_many:
            asked = replace(asked, numbers=wish.numbers)
            return issuing.issue_letters(
                own,
                kind,
                asked,
                wish.units,
                job,
                formats=formats,
                issued_on=wish.on,
                note=wish.note,
                again=wish.again,
            )
        asked = replace(asked, number=wish.numbers[0][1] if wish.numbers else "")
        one = issuing.issue(
            own,
            kind,
            asked,
            job,
            formats=formats,
            files=wish.files,
            issued_on=wish.on,
            recipient=wish.recipient,
            note=wish.note,
            again=wish.again,
        )
        return (one,)
