"""修改方案: the plan of the ledger in the draft editor, with its original beside it where that can be read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from core.errors import KnownError
from core.model.plan import Plan
from core.model.units import Register
from core.office import editing as office
from gui import messages, theme
from gui.import_sheet.draft_panel import DraftPanel
from gui.import_sheet.edges import SheetHead
from gui.import_sheet.editing import Editing
from gui.import_sheet.lines import Heading
from gui.messages import Action
from gui.plan_edit.foot import EditFoot, effect_words
from gui.sheet_host import CoveringSheet

if TYPE_CHECKING:
    from core.office.review import Place, Review
    from gui.context import Context
    from gui.import_sheet.source_panel import SourcePanel
    from gui.plan_edit.original import Original

_SOURCE_WIDTH = 536
_NOTHING = "方案还没有措施。按 Insert 或 ＋ 增加第一项；再用右边的两个按钮从某一项起另起部分、另起任务。"


class EditSheet(CoveringSheet):
    """Covers the window until the edit is saved or given up."""

    saved = Signal(object, object)
    """The plan was written: Changes, and the Edited that says where each measure went."""

    def __init__(self, context: Context, plan: Plan, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.plan_key = context.plan_key
        self.session = Editing(plan, register, self)
        self._first = plan
        self.source: SourcePanel | None = None
        self._original: Original | None = None
        self.setAccessibleName("修改方案")
        self._build(is_first=not plan.measures)
        self._build_keys()
        self._connect()
        self.head.show_title(plan.title)
        self.draft.show_session(self.session)
        self._tell_state()

    def _build(self, *, is_first: bool) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = SheetHead(self, heading="修改方案", icon="note-pencil")
        self.head.source.set_wordings(["保存前台账不变，填报记录跟着措施走", "保存前台账不变"])
        self.head.close_button.setToolTip("关闭，不保存（Esc）")
        outer.addWidget(self.head)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 12, 16, 12)
        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.setChildrenCollapsible(False)
        self.across.setHandleWidth(12)
        self.across.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.draft = DraftPanel(self.across, title="方案内容", nothing=_NOTHING)
        self.section = self.draft.add_tool("rows", "从这一项起另起部分", "Ctrl+Shift+B")
        self.task = self.draft.add_tool("list-plus", "从这一项起另起任务", "Ctrl+Shift+R")
        self.draft.view.setAccessibleName("方案内容")
        middle.addWidget(self.across)
        outer.addLayout(middle, 1)
        self.foot = EditFoot(self, is_first=is_first)
        outer.addWidget(self.foot)

    def _build_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Esc": self.ask_to_leave,
            "F1": self._on_help,
            "Ctrl+Z": self.session.undo,
            "Ctrl+Y": self.session.redo,
            "Ctrl+Shift+Z": self.session.redo,
            "Ctrl+Shift+B": self._on_section,
            "Ctrl+Shift+R": self._on_task,
            "Ctrl+S": self.save,
            "Ctrl+Return": self.save,
            "Ctrl+Enter": self.save,
        }
        self.bind_keys(keys)

    def _connect(self) -> None:
        self.head.close_asked.connect(self.ask_to_leave)
        self.head.title_changed.connect(self._on_title)
        self.foot.cancel_asked.connect(self.ask_to_leave)
        self.foot.save_asked.connect(self.save)
        self.foot.changed.connect(self._tell_state)
        self.section.clicked.connect(self._on_section)
        self.task.clicked.connect(self._on_task)
        self.draft.chosen_changed.connect(self._on_chosen)
        self.session.changed.connect(self._on_changed)
        self.session.refused.connect(self._on_refused)

    def show_original(self, review: Review) -> None:
        """Show the document the plan was read from at the left."""
        from gui.import_sheet.source_panel import SourcePanel
        from gui.plan_edit.original import Original

        self._original = Original(review, self._first)
        self.source = SourcePanel(self)
        self.source.show_review(review, {})
        self.source.columns.hide()
        self.source.strip.hide()
        self.source.place_clicked.connect(self._on_place)
        self.across.insertWidget(0, self.source)
        room = self.across.width()
        source = min(theme.px(_SOURCE_WIDTH), room // 2)
        self.across.setSizes([source, room - source])
        self._on_chosen()

    def close_original(self) -> None:
        """Let go of the document."""
        if self.source is not None:
            self.source.close_source()

    # -- what the clerk asks for ---------------------------------------------------------------------

    def begin(self, no: int | None = None) -> None:
        """Put the keyboard into the plan, at a measure."""
        if self.session.plan.measures:
            self.draft.view.choose([no or 1])
            self.draft.refresh()
        self.draft.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_chosen()

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose work."""
        return self.session.history.is_touched

    @Slot()
    def ask_to_leave(self) -> None:
        """取消, × or Esc: at once when nothing was done, else ask."""
        if not self.is_touched:
            self.given_up.emit()
            return
        messages.ask(
            self,
            "修改方案",
            "已做的修改没有写入台账，关闭就会丢失。",
            [
                Action("不保存，关闭", self.given_up.emit),
                Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True),
            ],
            headline="方案的修改还没有保存",
        )

    @Slot()
    def save(self) -> None:
        """保存修改, once nothing stands in the way; an open field is taken first."""
        self.draft.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.draft.view.cell_delegate.finish()
        kind = self.foot.kind
        if kind is None or not self.foot.save.isEnabled():
            return
        basis, reason, edited = self.foot.basis.text(), self.foot.reason.text(), self.session.edited
        try:
            changes = office.apply_edit(
                self._context.store, self.plan_key, edited, kind=kind, basis=basis, reason=reason
            )
        except KnownError as error:
            messages.show_error(self, error, consequence="没有保存，台账没有改动。")
            return
        self.saved.emit(changes, edited)

    # -- answers ---------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self.draft.refresh()
        self.head.show_title(self.session.plan.title)
        self._on_chosen()
        self._tell_state()

    @Slot()
    def _on_chosen(self) -> None:
        nos = self.draft.view.chosen_nos()
        is_one = len(nos) == 1
        if self.source is not None and self._original is not None:
            origins = [no for now in nos for no in self.session.edited.origin[now - 1]]
            self.source.light(self._original.places(origins))
        self.section.setEnabled(is_one)
        self.task.setEnabled(is_one)

    @Slot(object)
    def _on_place(self, place: Place) -> None:
        """A click in the document chooses what was read from there."""
        wanted = set(self._original.measures_at(place)) if self._original is not None else set()
        nos = [now for now, numbers in enumerate(self.session.edited.origin, 1) if wanted & set(numbers)]
        if nos:
            self.draft.view.choose(nos)
            self.draft.refresh()
            self._on_chosen()

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        messages.show_error(self, error)

    @Slot(str)
    def _on_title(self, title: str) -> None:
        self.session.change_title(title)
        self.head.show_title(self.session.plan.title)

    @Slot()
    def _on_section(self) -> None:
        self._begin_heading(self.session.begin_section, is_task=False)

    @Slot()
    def _on_task(self) -> None:
        self._begin_heading(self.session.begin_task, is_task=True)

    def _begin_heading(self, begin: Callable[[int], None], *, is_task: bool) -> None:
        """A new heading over the chosen measure; its words are typed at once."""
        view = self.draft.view
        view.cell_delegate.finish()
        chosen = view.chosen_nos()
        if len(chosen) != 1:
            return
        begin(chosen[0])
        row = view.draft_model.row_of(chosen[0]) or 0
        while row > 0:
            row -= 1
            line = view.draft_model.line(row)
            if isinstance(line, Heading) and line.is_task is is_task:
                view.setCurrentIndex(view.draft_model.index(row, 0))
                view.edit(view.draft_model.index(row, 0))
                return

    @Slot()
    def _on_help(self) -> None:
        from gui.manual.opening import open_manual

        open_manual("edit", self)

    # -- inner -----------------------------------------------------------------------------------------

    @Slot()
    def _tell_state(self) -> None:
        """What saving would do; else what is still missing."""
        blank = [str(m.no) for m in self.session.plan.measures if not m.text.strip()]
        if not self.is_touched:
            self.foot.say("还没有修改。双击或按 F2 改一格；增加、拆分、合并、移动、删除用上面的按钮。", is_ready=False)
        elif blank:
            self.foot.say(f"措施{''.join(f'（{no}）' for no in blank)}还没有内容，请填写或删去。", is_ready=False)
        else:
            missing = self.foot.missing()
            self.foot.say(self._effect() + missing, is_ready=not missing)

    def _effect(self) -> str:
        try:
            return effect_words(office.effect_of(self._context.store, self.plan_key, self.session.edited))
        except KnownError as error:
            return str(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(theme.tokens().ground))
        painter.end()
