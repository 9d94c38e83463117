"""The review sheet: the source at the left, problems over the draft at the right, nothing written before 确认导入."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from core.errors import KnownError
from core.model.plan import Severity
from core.office.review import Place, Review
from gui import messages, theme
from gui.import_sheet.draft_panel import DraftPanel
from gui.import_sheet.edges import SheetFoot, SheetHead
from gui.import_sheet.issues import Issue
from gui.import_sheet.lines import TEXT
from gui.import_sheet.problem_model import BACK, CHANGE, FILL
from gui.import_sheet.problem_panel import ProblemPanel
from gui.import_sheet.session import Session
from gui.import_sheet.source_panel import SourcePanel
from gui.messages import Action
from gui.sheet_host import CoveringSheet

if TYPE_CHECKING:
    from gui.context import Context

_SOURCE_WIDTH = 536
_LEAST_RIGHT = 560


class ImportSheet(CoveringSheet):
    """Covers the window until the plan is imported or given up."""

    confirmed = Signal()
    """确认导入 was pressed and nothing stands in the way."""
    version_asked = Signal()
    """作为新版本 was pressed and nothing stands in the way."""
    columns_said = Signal(object)
    """Read again with the clerk's word on the columns."""

    def __init__(self, context: Context, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._is_waiting = False
        self.session: Session
        self.setAccessibleName("导入方案")
        self._build()
        self._build_keys()
        self._connect()
        self.show_review(review)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = SheetHead(self)
        outer.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 12, 16, 12)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.source = SourcePanel(self.across)
        self.down = QSplitter(Qt.Orientation.Vertical, self.across)
        self.problems = ProblemPanel(self.down)
        self.draft = DraftPanel(self.down)
        for splitter in (self.across, self.down):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(12)
            splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.across.setStretchFactor(0, 2)
        self.across.setStretchFactor(1, 3)
        self.down.setStretchFactor(0, 0)
        self.down.setStretchFactor(1, 1)
        middle.addWidget(self.across)
        outer.addLayout(middle, 1)
        self.foot = SheetFoot(self)
        outer.addWidget(self.foot)

    def _build_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Esc": self.ask_to_leave,
            "F1": self._on_help,
            "Ctrl+Z": self._on_undo,
            "Ctrl+Y": self._on_redo,
            "Ctrl+Shift+Z": self._on_redo,
            "F7": self.problems.view.previous,
            "F8": self.problems.view.next,
            "Ctrl+Return": self.confirm,
            "Ctrl+Enter": self.confirm,
        }
        self.bind_keys(keys)

    def _connect(self) -> None:
        self.head.close_asked.connect(self.ask_to_leave)
        self.head.title_changed.connect(self._on_title)
        self.foot.cancel_asked.connect(self.ask_to_leave)
        self.foot.confirm_asked.connect(self.confirm)
        self.foot.version_asked.connect(self.version_asked)
        self.foot.version.setVisible(_has_plan(self._context))
        self.problems.issue_chosen.connect(self._on_issue)
        self.problems.asked.connect(self._on_asked)
        self.draft.chosen_changed.connect(self._on_chosen)
        self.draft.gap_activated.connect(self._on_gap)
        self.source.place_clicked.connect(self._on_place)
        self.source.columns_said.connect(self._on_columns)
        jobs = self._context.jobs
        jobs.started.connect(self.foot.show_job)
        jobs.progressed.connect(self.foot.show_progress)
        jobs.finished.connect(self.foot.hide_job)
        self.foot.job_cancel_asked.connect(jobs.cancel)

    # -- what is shown --------------------------------------------------------------------------------

    def show_review(self, review: Review) -> None:
        """Show a document from the start; what was done to the one before is gone."""
        before: Session | None = getattr(self, "session", None)
        if before is not None:
            before.deleteLater()
        self.session = Session(review, self)
        self.session.changed.connect(self._on_changed)
        self.session.refused.connect(self._on_refused)
        self.head.show_review(review)
        self.source.show_review(review, self._source_gaps())
        self.problems.show_session(self.session)
        self.draft.show_session(self.session)
        self._tell_state()
        self._divide()

    def set_waiting(self, *, is_waiting: bool) -> None:
        """While the plan is written, or read again, nothing can be changed."""
        self._is_waiting = is_waiting
        self.across.setEnabled(not is_waiting)
        self.head.title.setEnabled(not is_waiting)
        self._tell_state()

    def begin(self) -> None:
        """Put the keyboard where the work begins: on the first problem, else in the draft."""
        if self.session.issues:
            self.problems.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.problems.view.next()
        else:
            self.draft.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_original(self) -> None:
        """Let go of the document."""
        self.source.close_source()

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose work."""
        return self.session.history.is_touched

    @Slot()
    def ask_to_leave(self) -> None:
        """取消, × or Esc: at once when nothing was done, else ask."""
        if self._is_waiting:
            return
        if not self.is_touched:
            self.given_up.emit()
            return
        messages.ask(
            self,
            "导入方案",
            "已做的修改没有写入台账，关闭就会丢失。",
            [
                Action("不导入，关闭", self.given_up.emit),
                Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True),
            ],
            headline="方案还没有导入",
        )

    @Slot()
    def confirm(self) -> None:
        """确认导入, once nothing stands in the way."""
        if self.foot.confirm.isEnabled():
            self.confirmed.emit()

    # -- answers -------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self.draft.refresh()
        self.problems.refresh()
        self.source.set_gaps(self._source_gaps())
        self._tell_state()

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        messages.show_error(self, error)

    @Slot()
    def _on_help(self) -> None:
        from gui.manual.opening import open_manual

        open_manual("import", self)

    @Slot()
    def _on_undo(self) -> None:
        self.session.undo()

    @Slot()
    def _on_redo(self) -> None:
        self.session.redo()

    @Slot(str)
    def _on_title(self, title: str) -> None:
        self.session.change_title(title)
        self.head.show_title(self.session.plan.title)

    @Slot(object)
    def _on_issue(self, issue: Issue) -> None:
        nos = self.session.now(issue.measures)
        if issue.is_gap:
            self.draft.view.choose_gap(issue.key, nos)
        else:
            self.draft.view.choose(nos)
        self.source.light(issue.places)

    @Slot(object, str)
    def _on_asked(self, issue: Issue, action: str) -> None:
        if action == FILL:
            self._on_gap(issue.key)
        elif action == CHANGE:
            nos = self.session.now(issue.measures)
            if nos:
                self.draft.view.edit_cell(nos[0], issue.column)
        else:
            self.session.handle(issue, is_handled=action != BACK)
            if action != BACK:
                self.problems.view.go_to(issue.key)
                self.problems.view.next()

    @Slot(str)
    def _on_gap(self, key: str) -> None:
        issue = self.session.issue(key)
        first = self.session.fill_gap(issue) if issue is not None else None
        if first is not None:
            self.draft.view.edit_cell(first, TEXT)

    @Slot()
    def _on_chosen(self) -> None:
        nos = self.draft.view.chosen_nos()
        self.problems.view.leave()
        self.source.light(self.session.own_places(nos))

    @Slot(object)
    def _on_place(self, place: Place) -> None:
        nos = self.session.now(self.session.places.measures_at([place]))
        self.problems.view.leave()
        self.draft.view.choose(nos)
        self.source.light([place])

    @Slot(object)
    def _on_columns(self, columns: dict[int, str]) -> None:
        if not self.is_touched:
            self.columns_said.emit(columns)
            return
        messages.ask(
            self,
            "导入方案",
            "按新的列含义重新读入，已做的修改会丢失。",
            [
                Action("重新读入", lambda: self.columns_said.emit(columns)),
                Action("不重读", None, is_primary=True, is_escape=True),
            ],
            headline="要重新读入吗？",
        )

    # -- inner -----------------------------------------------------------------------------------------

    def _tell_state(self) -> None:
        session = self.session
        self.head.show_title(session.plan.title)
        if self._is_waiting:
            self.foot.say("正在处理，请稍候。", is_ready=False)
        elif not session.plan.measures:
            self.foot.say("还没有写入台账。没有读到措施：请指定各列含义，或手工增加。", is_ready=False)
        elif session.to_do:
            errors, blank = session.open_issues(Severity.ERROR), len(session.blank)
            parts = [f"处理完“须处理”的 {errors} 处" if errors else "", f"填好 {blank} 项空白措施" if blank else ""]
            what = "、".join(part for part in parts if part)
            self.foot.say(f"还没有写入台账。{what}后即可导入。", is_ready=False)
        else:
            left = session.doubtful
            more = f"{left} 处“请核对”还没有核对，这些措施导入后标为“待核对”。" if left else "可以导入。"
            self.foot.say(f"还没有写入台账。{more}", is_ready=True)

    def _source_gaps(self) -> dict[Place, str]:
        return self.session.source_gaps()

    def _divide(self) -> None:
        wanted = self.problems.wished_height(self.down.height())
        self.down.setSizes([wanted, max(self.down.height() - wanted, 200)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not event.oldSize().isValid() or event.oldSize().width() < _LEAST_RIGHT:
            room = self.width() - 32
            source = min(theme.px(_SOURCE_WIDTH), room - theme.px(_LEAST_RIGHT))
            if room > 1400:
                source = round(room * 0.42)
            self.across.setSizes([source, room - source])
            self._divide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(theme.tokens().ground))
        painter.end()


def _has_plan(context: Context) -> bool:
    """Whether there is a plan that a new version could take the place of."""
    from core.office import board

    return context.has_store and any(plan.measures for plan in board.plans(context.store))
