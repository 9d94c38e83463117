"""会商会议: the meetings at the left, one of them, or the members, at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.errors import InvalidError, KnownError
from core.office import meeting_topics, meetings
from core.office.measure_choice import measures_of
from gui import messages, theme
from gui.pages.archive.meeting_dialogs import DecisionDialog, ReasonDialog, TopicsDialog
from gui.pages.archive.meeting_form import MeetingForm
from gui.pages.archive.member_pane import MemberPane
from gui.pages.progress.parts import Card
from gui.pages.progress.thumbnails import can_preview
from gui.pages.table.export import open_path
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.job import Job
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.meeting_topics import Topic
    from core.office.meetings import DecisionValue, Meeting
    from gui.context import Context

_WIDTH = 288
_COLUMNS = (Column("会议"), Column("日期", "2024-12-31"))
_READ_ONLY = "台账以只读方式打开，不能修改"


class MeetingPanel(QWidget):
    """A meeting is saved by 保存, and before anything else is shown."""

    open_measure = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meetings: tuple[Meeting, ...] = ()
        self._is_stale = True
        self._is_new = False
        self._is_loading = False
        self._plan: str | None = None
        """The plan whose meetings are shown."""
        self._shown: object = None
        """What the form was filled with: where that is the same, what it says stays."""
        self.dialog: DecisionDialog | ReasonDialog | TopicsDialog | None = None
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.form = MeetingForm(self)
        self.members = MemberPane(self._context, self)
        self.begin = button.primary("新建会议", "plus")
        self.empty = EmptyState(
            "users-three",
            "还没有会商会议",
            "点“新建会议”登记一次会议，或为下次会议准备议题；议定事项会记入相应措施的历史。",
            [self.begin],
        )
        self.rooms = QStackedWidget(self)
        for room in (self.form, self.members, self.empty):
            self.rooms.addWidget(room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._build_list())
        row.addWidget(self.rooms, 1)
        order = [self.table, self.new, self.who, *self.form.order()]
        for before, then in pairwise(order):
            QWidget.setTabOrder(before, then)

    def _build_list(self) -> QWidget:
        card = Card(self)
        card.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(card)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        self.table = PlainTable(_COLUMNS, "会商会议", card)
        self.new = button.secondary("新建会议", "plus", card)
        self.who = button.secondary("会商成员", "users-three", card)
        outer.addWidget(self.table, 1)
        outer.addWidget(labels.rule(card))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 12, 12, 12)
        foot.setSpacing(8)
        for step in (self.new, self.who):
            step.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            foot.addWidget(step)
        outer.addLayout(foot)
        return card

    def _connect(self) -> None:
        form = self.form
        self._refresher.timeout.connect(self._catch_up)
        for signal in (self._context.ledger_opened, self._context.scope_changed, self._context.changed):
            signal.connect(self._on_changed)
        self._context.ledger_opened.connect(self._on_ledger_opened)
        self.table.chosen.connect(self._on_chosen)
        for new in (self.new, self.begin):
            new.clicked.connect(self.begin_new)
        self.who.clicked.connect(self.show_members)
        form.edited.connect(self._show_steps)
        form.save.clicked.connect(self.save)
        form.drop.clicked.connect(self._on_drop)
        form.fill_present.clicked.connect(self._on_fill_present)
        form.late.clicked.connect(self._on_late)
        form.add.clicked.connect(self._on_add)
        form.change.clicked.connect(self._on_change)
        form.withdraw.clicked.connect(self._on_withdraw)
        form.table.opened.connect(self._on_change)
        form.table.removal_asked.connect(self._on_withdraw)
        form.table.chosen.connect(self._show_steps)
        form.open_measure.clicked.connect(self._on_measure)
        form.minutes.choose.clicked.connect(self._on_choose)
        form.minutes.show_it.clicked.connect(self._on_show_minutes)
        form.minutes.remove.clicked.connect(self._on_remove_minutes)
        form.minutes.dropped.connect(self.attach)
        QShortcut(QKeySequence("Ctrl+S"), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(self.save)

    # --- reading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    @Slot()
    def _on_changed(self) -> None:
        self._is_stale = True
        self._refresher.start()

    @Slot()
    def _on_ledger_opened(self) -> None:
        """What was typed belongs to the file before; it was asked for by then."""
        self._is_new = False
        self._plan = self._shown = None
        self.form.show_meeting(None, is_read_only=True)

    @Slot()
    def _catch_up(self) -> None:
        if self._is_stale and self.isVisible():
            self.reload()

    def reload(self, wanted: int | None = None) -> None:
        """Read the meetings anew; the one that is shown stays, with what is typed in it."""
        self._is_stale = False
        context = self._context
        if self._plan is not None and self._plan != context.plan_key:
            if not self.flush():
                return  # what is typed belongs to the plan before; it is said what is missing
            self._is_new = False
        self._plan = context.plan_key
        has_plan = context.has_store and context.plan_key is not None
        try:
            self._meetings = meetings.meetings(context.store, context.plan_key) if has_plan else ()
            self.members.reload()
        except KnownError as error:
            self.form.note.say(str(error), is_wrong=True)
            return
        can_write = has_plan and not context.read_only
        for step in (self.new, self.begin):
            step.setEnabled(can_write)
            step.setToolTip(_READ_ONLY if has_plan and not can_write else "")
        shown = wanted if wanted is not None else self.form.meeting_id
        at = next((at for at, one in enumerate(self._meetings) if one.id == shown), 0)
        self._is_loading = True
        self.table.show_rows([(one.title, one.held_on.isoformat()) for one in self._meetings], at)
        if self._is_new or self.rooms.currentWidget() is self.members:
            self.table.setCurrentIndex(QModelIndex())
        self._is_loading = False
        if self.rooms.currentWidget() is self.members:
            return
        keeps_typed = self.form.is_edited() and (self._is_new or self._meeting(self.form.meeting_id) is not None)
        if keeps_typed and wanted is None:
            return
        self._show_current(anew=wanted is not None)

    def show_meeting(self, number: int) -> None:
        """Show a meeting of the plan; what is typed in another is saved first."""
        if self.flush():
            self._is_new = False
            self.rooms.setCurrentWidget(self.form)
            self.reload(number)

    def _meeting(self, number: int | None) -> Meeting | None:
        return next((one for one in self._meetings if one.id == number), None)

    def _show_current(self, *, anew: bool = True) -> None:
        row = self.table.row()
        meeting = self._meetings[row] if 0 <= row < len(self._meetings) and not self._is_new else None
        if meeting is None and not self._is_new:
            self._shown = None
            self.form.show_meeting(None, is_read_only=True)
            self.rooms.setCurrentWidget(self.empty)
            return
        context = self._context
        names = {m.no: (m.label, m.text) for m in measures_of(context.store, context.plan_key)}
        shown = (context.store.path, meeting, names, context.read_only)
        if anew or shown != self._shown:
            self.form.show_meeting(meeting, names, is_read_only=context.read_only)
        self._shown = shown
        self.rooms.setCurrentWidget(self.form)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if self._is_loading or row < 0:
            return
        chosen = self._meetings[row]
        if chosen.id == self.form.meeting_id and self.rooms.currentWidget() is self.form and not self._is_new:
            return
        if not self.flush():
            self._put_cursor_back()
            return
        # saving may have moved the rows
        self._is_new = False
        at = next((at for at, one in enumerate(self._meetings) if one.id == chosen.id), row)
        self._is_loading = True
        self.table.choose(at)
        self._is_loading = False
        self._show_current()

    def _put_cursor_back(self) -> None:
        at = next((at for at, one in enumerate(self._meetings) if one.id == self.form.meeting_id), -1)
        self._is_loading = True
        if at < 0:
            self.table.setCurrentIndex(QModelIndex())
        else:
            self.table.choose(at)
        self._is_loading = False

    @Slot()
    def begin_new(self) -> None:
        """An empty form: of a meeting that was, or of the next one to prepare."""
        if not self.new.isEnabled() or not self.flush():
            return
        self._is_new = True
        self._is_loading = True
        self.table.setCurrentIndex(QModelIndex())
        self._is_loading = False
        self._show_current()
        self.form.title.setFocus()

    @Slot()
    def show_members(self) -> None:
        """The members at the right."""
        if self.flush():
            self._is_new = False
            self._is_loading = True
            self.table.setCurrentIndex(QModelIndex())
            self._is_loading = False
            self.rooms.setCurrentWidget(self.members)
            self.members.table.setFocus()

    # --- saving ----------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Save what was typed; False when it cannot be saved as it stands."""
        if self._context.read_only or not self.form.is_edited():
            return True
        return self.save()

    @Slot()
    def save(self) -> bool:
        """Write the form; whether it stands in the file now."""
        if self._context.read_only or self.rooms.currentWidget() is not self.form:
            return True
        if not self.form.held_on.commit():
            self.form.note.say(self.form.held_on.problem(), is_wrong=True)
            self.form.held_on.setFocus()
            return False
        return self._write(self.form.value(), "已保存")

    def _write(self, value: meetings.MeetingValue, said: str) -> bool:
        context = self._context
        try:
            saved = meetings.save_meeting(context.store, self._plan, self.form.meeting_id, value)
        except InvalidError as error:
            self.form.note.say(str(error), is_wrong=True)
            fields: dict[str, QWidget] = {"title": self.form.title, "held_on": self.form.held_on}
            fields.get(error.field, self.form.add).setFocus()
            return False
        except KnownError as error:
            messages.show_error(self, error)
            return False
        self._is_new = False
        self.form.mark_saved()
        self.reload(saved.id)
        context.announce(saved.changes)
        self.form.note.say(said, glyph="check-circle-fill", ink=theme.tokens().done.text)
        return True

    @Slot()
    def _on_drop(self) -> None:
        if not self._meetings:
            self._is_new = False
        self._show_current()

    @Slot()
    def _show_steps(self) -> None:
        form, can_write = self.form, self._context.has_store and not self._context.read_only
        is_edited = form.is_edited()
        form.save.setEnabled(can_write and (is_edited or self._is_new))
        form.drop.setEnabled(can_write and is_edited)
        decision = form.decision()
        form.change.setEnabled(can_write and decision is not None)
        form.withdraw.setEnabled(can_write and decision is not None)
        is_withdrawn = decision is not None and bool(decision.withdrawn)
        form.withdraw.setText("恢复" if is_withdrawn else "撤回")
        form.open_measure.setVisible(decision is not None)
        empty = "" if form.decided else "还没有议定事项。点“新增”写明哪项措施、议定了什么、何时办好。"
        words = form.measure_words(decision) if decision is not None else empty
        words = f"撤回原因：{decision.withdrawn}" if decision is not None and is_withdrawn else words
        form.told.setText(words)
        form.told.setToolTip(words)

    def _is_saved(self) -> bool:
        """A decision and minutes belong to a meeting that stands in the file."""
        return self.save() if self._is_new or self.form.is_edited() else True

    # --- decisions -------------------------------------------------------------------------------

    @Slot()
    def _on_add(self) -> None:
        if self._is_saved():
            self._open_decision(None)

    @Slot()
    def _on_change(self) -> None:
        if self.form.change.isEnabled() and self._is_saved():
            self._open_decision(self.form.decision())

    def _open_decision(self, decision: DecisionValue | None) -> None:
        measures = measures_of(self._context.store, self._context.plan_key)
        self.dialog = DecisionDialog(decision, measures, self.window())
        self.dialog.said.connect(partial(self._on_decision, decision))
        self.dialog.open()

    def _on_decision(self, old: DecisionValue | None, new: DecisionValue) -> None:
        have = self.form.decided
        wanted = (*have, new) if old is None else tuple(new if one == old else one for one in have)
        self._write(replace(self.form.value(), decisions=wanted), "已保存，并记入这项措施的历史")

    @Slot()
    def _on_withdraw(self) -> None:
        decision = self.form.decision()
        if decision is None or not self.form.withdraw.isEnabled() or not self._is_saved():
            return
        if decision.withdrawn:
            self._on_decision(decision, replace(decision, withdrawn=""))
            return
        self.dialog = ReasonDialog(decision, self.window())
        self.dialog.said.connect(partial(self._on_reason, decision))
        self.dialog.open()

    def _on_reason(self, decision: DecisionValue, reason: str) -> None:
        self._on_decision(decision, replace(decision, withdrawn=reason))

    @Slot()
    def _on_measure(self) -> None:
        decision = self.form.decision()
        if decision is None or not self.flush():
            return
        if decision.measure_no in {m.no for m in measures_of(self._context.store, self._context.plan_key)}:
            self.open_measure.emit(decision.measure_no)
        else:
            self.form.note.say("这项措施已不在方案中。")

    # --- people and topics -----------------------------------------------------------------------

    @Slot()
    def _on_fill_present(self) -> None:
        have = self.form.present.toPlainText().strip()
        words = self.members.present_words()
        if not words:
            self.form.note.say("还没有会商成员，请先点“会商成员”新增。")
        elif words not in have:
            self.form.present.setPlainText(f"{have}\n{words}" if have else words)

    @Slot()
    def _on_late(self) -> None:
        context = self._context
        topics = meeting_topics.late_topics(context.store, context.plan_key, context.as_of)
        if not topics:
            self.form.note.say(f"截至 {context.as_of.isoformat()} 没有逾期的措施。")
            return
        self.dialog = TopicsDialog(topics, context.as_of, self.window())
        self.dialog.said.connect(self._on_topics)
        self.dialog.open()

    @Slot(object)
    def _on_topics(self, topics: Sequence[Topic]) -> None:
        agenda = self.form.agenda
        agenda.setPlainText(meeting_topics.with_topics(agenda.toPlainText(), topics))
        agenda.setFocus()

    # --- minutes ---------------------------------------------------------------------------------

    @Slot()
    def _on_choose(self) -> None:
        if self._is_saved():
            messages.choose_open(self, "选择会议纪要", self._context.store.path.parent, ["所有文件 (*)"], self.attach)

    @Slot(object)
    def attach(self, file: Path) -> None:
        """Take a file in as the minutes, in the background."""
        if not self._is_saved() or self.form.meeting_id is None:
            return
        work = partial(_attach, self._context.store, self.form.meeting_id, file)
        self._context.jobs.start(f"正在加入 {file.name}", work, self._on_attached)

    def _on_attached(self, changes: Changes) -> None:
        self._context.announce(changes)

    @Slot()
    def _on_show_minutes(self) -> None:
        row = self.form.minutes.row
        if row is None:
            return
        if not can_preview(row.name):
            open_path(row.path)
            return
        from gui.pages.progress.preview import PreviewDialog

        PreviewDialog(row, self.window()).show()

    @Slot()
    def _on_remove_minutes(self) -> None:
        if self.form.meeting_id is None:
            return
        try:
            changes = meetings.remove_minutes(self._context.store, self.form.meeting_id)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self._context.announce(changes, "已移除会议纪要")


def _attach(store: Store, meeting_id: int, file: Path, job: Job) -> Changes:
    own = store.worker()
    try:
        return meetings.attach_minutes(own, meeting_id, file, job)
    finally:
        own.close()
