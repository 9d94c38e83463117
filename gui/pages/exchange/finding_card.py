"""上报前检查: looked for in the background, listed with the way to what is wrong."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.model.plan import Severity
from core.office import obligations, submit
from gui import messages
from gui.pages.exchange.finding_list import FindingList
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from datetime import date

    from core.exchange.template import TemplateMapping
    from core.job import Job
    from core.office.files import Store
    from core.office.submit_findings import Finding
    from gui.context import Context
    from gui.jobs import Task

_MOST_IN_MENU = 20
CLEAN = "没有发现问题，可以生成上报材料。"


class FindingCard(Card):
    """One look at a time; only the newest is shown."""

    open_obligation = Signal(object)
    """Show the form of an obligation (its id)."""
    again_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self.note = ElidedLabel("", "note", self)
        self.again = button.ghost("重新检查", "arrow-clockwise", self, is_small=True)
        head = card_head("上报前检查", self.note, self)
        head.addWidget(self.again)
        self.list = FindingList(self)
        self.words = labels.label("", "second", self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setMargin(24)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.words)
        fill_card(self, head, self.pages)
        self.again.clicked.connect(self.again_asked)
        self.list.asked.connect(self._on_asked)

    def check(self, template: Path | None, mapping: TemplateMapping | None, superior: str = "") -> None:
        """Look at plan and period in force; with a template also at how it is filled, in a superior's order or ours."""
        context = self._context
        self.stop()
        if not context.has_store or context.period_key is None:
            return
        self.note.setText("正在检查")
        work = partial(
            _check, context.store, context.plan_key, context.period_key, template, context.as_of, mapping, superior
        )  # fmt: skip
        self._task = context.jobs.start(
            "正在做上报前检查", work, self._on_checked, on_error=self._on_error, on_cancelled=self._on_cancelled
        )

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._task is not None:
            self._task.is_abandoned = True
            self._task.cancel()
            self._task = None

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """List what was found, or say that nothing was."""
        count = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
        parts = (
            f"{count[Severity.ERROR]} 处不会写入或放入" if count[Severity.ERROR] else "",
            f"{count[Severity.WARNING]} 处请核对" if count[Severity.WARNING] else "",
            f"{count[Severity.INFO]} 点说明" if count[Severity.INFO] else "",
        )
        self.note.setText("，".join(part for part in parts if part))
        self.list.load(findings)
        self.words.setText(CLEAN)
        self.pages.setCurrentIndex(0 if findings else 1)

    def say(self, words: str) -> None:
        """A sentence in the place of the list."""
        self.note.setText("")
        self.words.setText(words)
        self.pages.setCurrentWidget(self.words)

    def _on_checked(self, findings: tuple[Finding, ...]) -> None:
        if isValid(self):
            self._task = None
            self.show_findings(findings)

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._task = None
        if isinstance(error, KnownError):
            self.say(str(error))
            return
        from gui import crash

        crash.report(error)

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._task = None
            self.say("检查已取消，可按“重新检查”。")

    @Slot(object, QPoint)
    def _on_asked(self, finding: Finding, place: QPoint) -> None:
        """One obligation is shown at once, several are offered."""
        if len(finding.obligations) == 1:
            self.open_obligation.emit(finding.obligations[0])
            return
        menu = self.menu_of(finding)
        if menu is not None:
            menu.popup(place)

    def menu_of(self, finding: Finding) -> QMenu | None:
        """The obligations of a finding to choose from."""
        context = self._context
        try:
            rows = obligations.list_obligations(context.store, context.plan_key, context.as_of)
        except KnownError as error:
            messages.show_error(self, error)
            return None
        names = {row.id: f"（{row.measure_no}）{row.unit}" for row in rows}
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number in finding.obligations[:_MOST_IN_MENU]:
            menu.addAction(names.get(number, "")).triggered.connect(partial(self._open, number))
        rest = len(finding.obligations) - _MOST_IN_MENU
        if rest > 0:
            menu.addAction(f"另有 {rest} 项").setEnabled(False)
        return menu

    def _open(self, number: int, _checked: bool = False) -> None:
        self.open_obligation.emit(number)


def card_head(title: str, note: QWidget, card: QWidget) -> QHBoxLayout:
    """The head of a card: its title and a note."""
    row = QHBoxLayout()
    row.setContentsMargins(16, 8, 12, 8)
    row.setSpacing(8)
    row.addWidget(labels.label(title, "head", card))
    row.addWidget(note, 1)
    return row


def fill_card(card: Card, head: QHBoxLayout, body: QWidget) -> None:
    """Head, a line, and what stands below."""
    layout = QVBoxLayout(card)
    layout.setContentsMargins(0, 1, 0, 1)
    layout.setSpacing(0)
    layout.addLayout(head)
    layout.addWidget(labels.rule(card))
    layout.addWidget(body, 1)


def _check(
    store: Store,
    plan_key: str | None,
    period_key: str,
    template: Path | None,
    as_of: date,
    mapping: TemplateMapping | None,
    superior: str,
    job: Job,
) -> tuple[Finding, ...]:
    """In the worker: its own connection."""
    with closing(store.worker(read_only=True)) as own:
        if template is None:
            return submit.submit_findings(own, plan_key, period_key, as_of, job)
        made = submit.prepare(own, plan_key, period_key, template, job, as_of=as_of, mapping=mapping, superior=superior)
        return made.findings
