"""步骤 4 核对: what came back beside what the ledger has; nothing is written before 接受."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import plans, received, tray
from core.office.collect_return import problem_listing
from core.office.collected import Verdict
from gui import messages, theme
from gui.pages.exchange.assigning import Assigning
from gui.pages.exchange.check_desk import CheckDesk
from gui.pages.exchange.check_lines import CheckLine, Show, tray_lines, waiting
from gui.pages.exchange.check_pane import CheckPane
from gui.pages.exchange.check_side import CheckSide
from gui.pages.exchange.checking import Checking
from gui.pages.exchange.kept_reader import KeptReader
from gui.pages.exchange.opening import Opener
from gui.pages.exchange.step import COLLECT, Step
from gui.pages.progress.parts import Card
from gui.pages.progress.return_dialog import ReturnDialog
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.collected import Collected, CollectedFile, LooseFile
    from core.office.files import Store
    from core.office.tables import Exported
    from core.office.tray import TrayItem
    from gui.context import Context
    from gui.pages.exchange.check_lines import TrayLine
    from gui.pages.exchange.problem_model import ProblemLine

_NARROW = 960
SENT_BACK = "问题清单已发回单位"
_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
REASONS = (
    "有几处看不懂，请按问题清单改正后重报。",
    "缺少本单位的责任事项，请在下发的表上补齐。",
    "请由负责人签字、盖章后重报。",
)


class CheckStep(Step):
    """Units at the left, the fields of the chosen return at the right."""

    look_again = Signal()
    """What was read is to be held against the ledger once more: something of it was written."""
    held = Signal(object)
    """The same files were read anew, with a correction or as another unit's: a Collected."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.checking = Checking()
        self._texts: dict[int, str] = {}
        self._kept: tuple[TrayItem, ...] = ()
        self.opener = Opener(self)
        self.desk = CheckDesk(context, self)
        self.assigning = Assigning(context, self.desk, self)
        self.kept = KeptReader(context, self)
        self._build()
        self._connect()
        self._show_lists()

    @property
    def collected(self) -> Collected | None:
        """What was read, as it stands beside the ledger."""
        return self.checking.collected

    # --- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.side = CheckSide(body)
        self.chips, self.list, self.tray = self.side.chips, self.side.list, self.side.tray
        row.addWidget(self.side)
        self.right = QStackedWidget(body)
        self.pane = CheckPane(self.right)
        self.blank = Card(self.right)
        self.blank_words = labels.label("", "second", self.blank)
        self.blank_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.blank_words.setWordWrap(True)
        blank = QVBoxLayout(self.blank)
        blank.addWidget(self.blank_words)
        self.right.addWidget(self.pane)
        self.right.addWidget(self.blank)
        row.addWidget(self.right, 1)
        collect = button.primary("去回收", "tray")
        collect.clicked.connect(self._on_collect)
        empty_card = Card(self.stack)
        empty = QVBoxLayout(empty_card)
        self.empty = EmptyState(
            "tray",
            "还没有要核对的填报表",
            "先把收到的填报表拖进“回收”，读出来的内容在这里逐处核对。",
            [collect],
            empty_card,
        )
        empty.addWidget(self.empty)
        self.stack.addWidget(body)
        self.stack.addWidget(empty_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_line)
        self.side.show_changed.connect(self._show_lists)
        self.tray.view.asked.connect(self._on_tray)
        self.tray.view.open_asked.connect(self._on_open_tray)
        self.pane.accepted.connect(self.accept)
        self.pane.returned.connect(self.send_back)
        self.pane.listed.connect(self.export_problems)
        self.pane.open_asked.connect(self._on_open)
        self.pane.stamp_asked.connect(self._on_open_stamp)
        self.pane.choice_changed.connect(self._on_choice)
        self.pane.problems.sent_back.connect(self._on_problem_back)
        self.pane.problems.problem_model.corrected.connect(self._on_corrected)
        self.pane.papers.turned.connect(self._on_paper)
        self.pane.papers.open_asked.connect(self._on_open_paper)
        self.desk.written.connect(self._on_written)
        self.desk.held.connect(self.held)
        self.desk.busy_changed.connect(self.pane.set_busy)
        self.assigning.read_asked.connect(self.kept.read_as)
        self.kept.read.connect(self._on_kept)
        QShortcut(QKeySequence("F8"), self, context=_ON_SCREEN).activated.connect(self.show_next)

    # --- what the page asks ------------------------------------------------------------------------

    def show_collected(self, collected: Collected | None) -> None:
        """Show what was read; choices of returns that are still there stay. None: nothing was read."""
        if collected is None:
            self.checking.clear()
        else:
            self.checking.show(collected)
        self.kept.hold(collected)
        self._show_lists()

    def reload(self) -> None:
        """Something was written, or the plan or period is another."""
        self._texts, self._kept = {}, ()
        context = self.context
        if context.has_store and context.plan_key is not None:
            try:
                self._texts = plans.measure_texts(context.store, context.plan_key)
                self._kept = tray.tray(context.store)
            except KnownError as error:
                self._show_trouble(error)
                return
        self._show_lists()
        if self.checking.collected is not None:
            self.look_again.emit()

    def take_keyboard(self) -> None:
        """Into the list."""
        if self.stack.currentIndex():
            self.empty.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_unit(self, unit: str) -> bool:
        """Bring the return of a unit into view; False when there is none."""
        file = next((file for file in self.checking.files if file.unit == unit), None)
        if file is None:
            return False
        self.side.choose_show(Show.RETURNED)
        return self.list.choose(file.path)

    # --- showing -----------------------------------------------------------------------------------

    @Slot()
    def _show_lists(self) -> None:
        checking = self.checking
        kept = tray_lines(checking, self._kept)
        self.stack.setCurrentIndex(0 if checking.collected is not None or kept else 1)
        self.side.load(checking, kept, self.context.period_key, is_fixed=self.context.read_only)
        left = waiting(checking)
        words = f"{left} 份未核对" if left else f"已核对 {len(checking.files)} 份" if checking.files else ""
        self.noted.emit(words)

    @Slot(object)
    def _on_line(self, line: CheckLine | None) -> None:
        if line is None or line.file is None:
            self.right.setCurrentWidget(self.blank)
            self.blank_words.setText(self._blank_words(line))
            return
        self.right.setCurrentWidget(self.pane)
        self.pane.show_file(line.file, self.checking, self._texts, is_read_only=self.context.read_only)

    def _blank_words(self, line: CheckLine | None) -> str:
        if line is not None:
            return f"还没有收到{line.title}的填报表。\n可以按“催办”记一次催办，或在“进展填报”里填写电话报来的内容。"
        if self.side.show_now is Show.FAULTY:
            return "没有有问题的填报表。"
        return "收到的文件还没有指定单位。" if self.tray.view.tray_model.lines else "没有要核对的填报表。"

    def _show_trouble(self, error: KnownError) -> None:
        self.stack.setCurrentIndex(0)
        self.right.setCurrentWidget(self.blank)
        self.blank_words.setText(str(error))

    @Slot()
    def show_next(self) -> None:
        """F8: the next return that waits."""
        key = self.list.next_open()
        if key is None:
            self.told.emit("都核对完了")
            return
        self.list.choose(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list is narrower where there is little room."""
        super().resizeEvent(event)
        self.side.set_narrow(is_narrow=self.width() < theme.px(_NARROW))

    # --- acts --------------------------------------------------------------------------------------

    @Slot()
    def accept(self) -> None:
        """接受所选: what was 通过 only after an explicit yes."""
        file = self.pane.file
        if file is None or self.desk.is_busy:
            return
        reviewed = self.pane.reviewed()
        if not reviewed:
            self._accept(file)
            return
        messages.ask(
            self,
            "接受所选",
            "接受后这些记录回到“待审”，需要重新审核。之前先备份，之后也可以撤销。",
            (
                messages.Action("不接受", is_escape=True),
                messages.Action("改动已审核的记录", partial(self._accept, file), is_primary=True, is_large=True),
            ),
            headline=f"所选有 {reviewed} 处原记录已审核通过",
            facts=(("单位", file.unit or ""), ("文件", file.name)),
        )

    def _accept(self, file: CollectedFile) -> None:
        self.desk.accept(file, self.checking, partial(self._on_accepted, file))

    def _on_accepted(self, file: CollectedFile) -> None:
        """The next one that waits comes into view when this one has nothing left."""
        if not self.checking.open_errors(file):
            key = self.list.next_open()
            if key is not None and key != file.path:
                self.list.choose(key)

    @Slot()
    def send_back(self) -> None:
        """退回整份: ask why."""
        file = self.pane.file
        if file is None or self.desk.is_busy:
            return
        text = "退回后这份表不写入台账，该单位仍算未回收。可把问题清单一并发给单位。"
        dialog = ReturnDialog(f"退回 {file.unit}的填报表", text, REASONS, self)
        dialog.said.connect(partial(self._send_back, file))
        dialog.open()

    def _send_back(self, file: CollectedFile, reason: str) -> None:
        self.desk.send_back(file, self.checking, reason)

    @Slot()
    def export_problems(self) -> None:
        """The list of problems as XLSX: those that go back, or all where none was chosen."""
        from gui import printing

        file = self.pane.file
        if file is None:
            return
        listing = problem_listing(file, self.checking.places(file) or None)
        printing.export_listing(
            self.context, self, lambda _store: listing, "xlsx", listing.name, exported=partial(self._on_exported, file)
        )

    def _on_exported(self, file: CollectedFile, exported: Exported) -> None:
        """The rest of a return was taken and its problems are on the list: they are dealt with."""
        if exported.path is not None:
            self.told.emit(f"已导出 {exported.path.name}，在“{exported.path.parent.name}”中")
        is_taken = file.verdict is Verdict.DUPLICATE and file.received_id is not None
        if is_taken and file.errors and not file.handled and not self.checking.open_errors(file):
            self._tell_handled(file)

    def _tell_handled(self, file: CollectedFile) -> None:
        if self.context.read_only or file.received_id is None:
            return
        words = f"已记下 {file.unit}的问题清单已发回"
        self.desk.write("正在写入", words, partial(_mark_handled, file.received_id))

    @Slot(object, str)
    def _on_written(self, changes: object, words: str) -> None:
        self.changed.emit(changes, words)
        self.look_again.emit()

    @Slot()
    def _on_choice(self) -> None:
        file = self.pane.file
        if file is not None:
            self.checking.choose(file, self.pane.diff.diff_model.chosen())

    @Slot(object)
    def _on_problem_back(self, line: ProblemLine) -> None:
        file = self.pane.file
        if file is not None:
            self.checking.turn_place(file, line.problem)
            self._show_lists()

    @Slot(object, str)
    def _on_corrected(self, line: ProblemLine, text: str) -> None:
        file, problem = self.pane.file, line.problem
        if file is not None and problem.row is not None and problem.column is not None:
            self.desk.correct(self.checking, file, problem.row, problem.column, text)

    @Slot(object)
    def _on_paper(self, paper: LooseFile) -> None:
        self.checking.turn_paper(paper)
        self._on_line(self.list.current())

    @Slot(object)
    def _on_tray(self, line: TrayLine) -> None:
        self.assigning.ask(line, self.checking)

    @Slot(object)
    def _on_kept(self, collected: Collected) -> None:
        """Returns that the ledger keeps since an earlier day stand beside those of today."""
        self.held.emit(collected)

    # --- opening -----------------------------------------------------------------------------------

    @Slot()
    def _on_open(self) -> None:
        file = self.pane.file
        if file is not None:
            self.opener.open(file.name, file.path, file.spooled)

    @Slot()
    def _on_open_stamp(self) -> None:
        file = self.pane.file
        for stamp in self.checking.stamps(file)[:1] if file is not None else ():
            self.opener.open(stamp.name, stamp.path, stamp.spooled)

    @Slot(object)
    def _on_open_paper(self, paper: LooseFile) -> None:
        self.opener.open(paper.name, paper.path, paper.spooled)

    @Slot(object)
    def _on_open_tray(self, line: TrayLine) -> None:
        found = line.sheet or line.loose
        if found is not None:
            self.opener.open(found.name, found.path, found.spooled)
        elif line.item is not None:
            self.opener.open(line.item.name, "", Path(line.item.path))

    @Slot()
    def _on_collect(self) -> None:
        self.go.emit(COLLECT)


def _mark_handled(number: int, store: Store) -> Changes:
    return received.mark_handled(store, number, SENT_BACK)
