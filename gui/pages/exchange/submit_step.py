"""步骤 5 上报: the superior's template filled, with its findings, as a package and a mail draft."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.office import aligning, ledger_settings, periods, submit, upward
from gui import messages, theme
from gui.file_commands import show_in_folder
from gui.pages.exchange.finding_card import FindingCard
from gui.pages.exchange.opening import Opener
from gui.pages.exchange.sent_card import SentCard
from gui.pages.exchange.step import PERIOD, READ_ONLY, Step
from gui.pages.exchange.submit_options import SubmitSide
from gui.pages.exchange.template_desk import TemplateDesk
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar
from gui.widgets.working_row import WorkingRow

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.submit import SubmissionRow, SubmitOptions, Submitted
    from gui.context import Context

_SIDE, _NARROW_SIDE, _NARROW = 320, 272, 960
_FOLDER, _DRAFT, _ASIDE = "folder", "draft", "aside"


class SubmitStep(Step):
    """What is due upward, the template, what is still wrong, and the package."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._made: Submitted | None = None
        self._shown_for: tuple[object, ...] = ()
        self.opener = Opener(self)
        self.desk = TemplateDesk(context, self)
        self._build()
        self._connect()

    # --- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = InfoBar(self, icon="check-circle")
        self.bar.hide()
        self.stack = QStackedWidget(self)
        panes = QWidget(self.stack)
        self.findings = FindingCard(self.context, panes)
        self.sent = SentCard(self.context, self.opener, panes)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.findings, 3)
        left.addWidget(self.sent, 2)
        row = QHBoxLayout(panes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._build_side(panes))
        choose = button.primary("选报送期", "calendar-check")
        choose.clicked.connect(partial(self.go.emit, PERIOD))
        empty_card = Card(self.stack)
        self.empty = EmptyState("calendar", "还没有报送期", "先选报送期，再上报。", [choose], empty_card)
        QVBoxLayout(empty_card).addWidget(self.empty)
        self.stack.addWidget(panes)
        self.stack.addWidget(empty_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _build_side(self, parent: QWidget) -> Card:
        self.side_card = Card(parent)
        self.side = SubmitSide(self.side_card)
        self.why = labels.label("", "note", self.side_card)
        self.why.setWordWrap(True)
        self.make = button.primary("生成上报材料", "package", self.side_card)
        self.work = WorkingRow(self.side_card, is_tall=True, takes_keyboard=True)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.why)
        foot.addWidget(self.work)
        foot.addWidget(self.make, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self.side_card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.side, 1)
        layout.addWidget(labels.rule(self.side_card))
        layout.addLayout(foot)
        return self.side_card

    def _connect(self) -> None:
        self.side.template_asked.connect(self.desk.choose)
        self.side.mapping_asked.connect(self.desk.ask_mapping)
        self.side.reports_asked.connect(self._on_reports)
        self.side.order_chosen.connect(self.check)
        self.desk.changed.connect(self._on_template)
        self.desk.written.connect(self.changed)
        self.findings.again_asked.connect(self.check)
        self.findings.open_obligation.connect(self.open_obligation)
        self.sent.written.connect(self.changed)
        self.sent.told.connect(self.told)
        self.make.clicked.connect(self.generate)
        self.bar.action_chosen.connect(self._on_bar)
        self.context.ledger_opened.connect(self._on_ledger_opened)

    # --- showing -----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Show plan and period of the top bar."""
        context = self.context
        has_period = context.has_store and context.plan_key is not None and context.period_key is not None
        self.stack.setCurrentIndex(0 if has_period else 1)
        if not has_period or context.period_key is None:
            self.noted.emit("")
            return
        key = (context.store.path, context.plan_key, context.period_key)
        if key != self._shown_for:
            self._shown_for = key
            self._made = None
            self.bar.hide()
        try:
            title = periods.period_of(context.store, context.plan_key, context.period_key).title
            reports = upward.upward_reports(context.store, context.plan_key)
            rows = submit.sent(context.store, context.plan_key, context.period_key)
            soon = ledger_settings.load(context.store).soon_days
            superiors = aligning.decided_with(context.store, context.plan_key)
        except KnownError as error:
            self.findings.say(str(error))
            return
        self.side.propose(context.store.path.parent / f"{title}上报材料")
        self.side.show_reports(reports, context.as_of, soon)
        self.side.show_orders(superiors)
        self.sent.show_rows(rows)
        self.noted.emit(_noted(rows))
        self._show_template()
        self.check()

    def take_keyboard(self) -> None:
        """To the template, or to the empty state's step."""
        target: QWidget = self.empty.buttons[0] if self.stack.currentIndex() else self.side.choose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_template(self) -> None:
        self.side.show_template(self.desk.template)
        why = self._why_not()
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.make.setEnabled(not why and not self.work.is_working)

    def _why_not(self) -> str:
        if self.context.read_only:
            return READ_ONLY
        if self.desk.template is None:
            return "请先选择上级的模板"
        return "" if self.desk.is_usable else "请先指定模板的各列"

    @Slot()
    def check(self) -> None:
        """上报前检查, anew."""
        self.findings.check(self.desk.path if self.desk.is_usable else None, self.desk.mapping, self.side.superior)

    @Slot()
    def _on_template(self) -> None:
        self._show_template()
        self.check()

    @Slot()
    def _on_reports(self) -> None:
        from gui.periods.upward_dialog import open_upward

        open_upward(self.context, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side is narrower where there is little room."""
        super().resizeEvent(event)
        self.side_card.setFixedWidth(theme.px(_NARROW_SIDE if self.width() < theme.px(_NARROW) else _SIDE))

    # --- making ------------------------------------------------------------------------------------

    @Slot()
    def generate(self) -> None:
        """Make the package in the background."""
        context, path, folder = self.context, self.desk.path, self.side.folder
        if path is None or folder is None or self.work.is_working or self._why_not():
            return
        options = replace(self.side.options(), as_of=context.as_of, mapping=self.desk.mapping)
        work = partial(_submit, context.store, context.plan_key, context.period_key or "", path, folder, options)
        task = context.jobs.start(
            "正在生成上报材料",
            work,
            partial(self._on_made, context.store),
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )
        self.work.follow(task)
        self.make.hide()

    def _rest(self) -> None:
        self.work.rest()
        self.make.show()
        self._show_template()

    def _on_made(self, store: Store, made: Submitted) -> None:
        if not isValid(self):
            return
        self._rest()
        if not self.context.has_store or self.context.store is not store:
            return
        self._made = made
        items = [(f"已生成上报材料，{len(made.files)} 个文件", "打开所在文件夹", _FOLDER)]
        if made.drafts:
            words = f"邮件草稿 {len(made.drafts)} 封" if len(made.drafts) > 1 else "邮件草稿已写好"
            items.append((words, "打开草稿", _DRAFT))
        if made.aside:
            items.append((f"{len(made.aside)} 个原有文件已移到“原有文件”", "查看", _ASIDE))
        self.bar.set_items(items)
        self.changed.emit(made.changes, "")

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._rest()
            self.told.emit("已取消，没有生成上报材料")

    def _on_error(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._rest()
        if isinstance(error, KnownError):
            messages.show_error(self, error, consequence="没有生成上报材料。")
            return
        from gui import crash

        crash.report(error)

    @Slot(str)
    def _on_bar(self, key: str) -> None:
        made = self._made
        if made is None:
            return
        if key == _DRAFT and made.drafts:
            self.opener.open(made.drafts[0].name, str(made.drafts[0]), None)
        elif key == _ASIDE and made.aside:
            show_in_folder(made.aside[0])
        else:
            show_in_folder(made.filled)

    @Slot()
    def _on_ledger_opened(self) -> None:
        """Nothing that was chosen belongs to another ledger."""
        self.desk.forget()
        self.findings.stop()
        self._made, self._shown_for = None, ()
        self.side.forget()
        self.bar.hide()


def _noted(rows: tuple[SubmissionRow, ...]) -> str:
    """How far it is, for the stepper."""
    gone = [row.sent_on for row in rows if row.sent_on]
    if gone:
        return f"{max(gone):%m-%d} 上报"
    return f"已生成 {len(rows)} 次" if rows else ""


def _submit(
    store: Store,
    plan_key: str | None,
    period_key: str,
    template: Path,
    folder: Path,
    options: SubmitOptions,
    job: Job,
) -> Submitted:
    """In the worker: its own connection."""
    with closing(store.worker()) as own:
        return submit.submit(own, plan_key, period_key, template, folder, job, options)
