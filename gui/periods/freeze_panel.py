"""固定本期数字: what was issued, freezing and freezing again, what is another since."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import KnownError
from core.job import Job
from core.office import freezing
from core.office.changes import Changes
from core.office.freezing import Difference, Frozen
from core.office.periods import PeriodLine
from gui import crash, messages
from gui.context import Context
from gui.jobs import Task
from gui.messages import Action
from gui.periods.difference_dialog import DifferenceDialog
from gui.widgets import button, labels


class FreezePanel(QWidget):
    """``frozen`` carries Changes. ``settle`` saves what was typed beside it; False keeps everything as it is."""

    frozen = Signal(object)

    def __init__(self, context: Context, settle: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._settle = settle
        self._line: PeriodLine | None = None
        self._freezing: Task | None = None
        self._comparing: Task | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.words = labels.label("", "second", self)
        self.words.setWordWrap(True)
        outer.addWidget(self.words)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.freeze = button.secondary("固定本期数字", parent=self)
        self.differences = button.secondary("查看变化", parent=self)
        acts.addWidget(self.freeze)
        acts.addWidget(self.differences)
        acts.addStretch(1)
        outer.addLayout(acts)
        self.freeze.clicked.connect(self._on_freeze)
        self.differences.clicked.connect(self._on_differences)

    @property
    def is_busy(self) -> bool:
        """Whether figures are being frozen just now."""
        return self._freezing is not None

    def show_line(self, line: PeriodLine | None) -> None:
        """Show what is frozen of a period."""
        self._line = line
        day = line.frozen_on if line is not None else None
        self.words.setText(
            f"本期数字已固定，统计截至 {day}。"
            if day is not None
            else f"本期数字未固定。固定后，上报过的数字不再随后来的填报变动（统计截至 {self._context.as_of}）。"
        )
        self.freeze.setText("固定本期数字" if day is None else "重新固定")
        self.freeze.setEnabled(line is not None and not self._context.read_only and not self.is_busy)
        self.freeze.setToolTip("台账以只读方式打开，不能修改" if self._context.read_only else "")
        self.differences.setVisible(day is not None)

    def stop(self) -> None:
        """The dialog closes: a comparison is no longer waited for."""
        if self._comparing is not None:
            self._comparing.is_abandoned = True
            self._comparing.cancel()

    @Slot()
    def _on_freeze(self) -> None:
        if not self._settle() or self._line is None:
            return
        if self._line.frozen_on is None:
            self._start(again=False)
            return
        messages.ask(
            self,
            "重新固定",
            "固定过的数字仍留在台账里，之后以新的为准。",
            (
                Action("重新固定", self._start_again, is_primary=True, is_large=True),
                Action("不改", is_escape=True),
            ),
            headline=f"改用 {self._context.as_of} 的数字吗？",
            facts=(("报送期", self._line.period.title), ("已固定", f"统计截至 {self._line.frozen_on}")),
        )

    def _start_again(self) -> None:
        self._start(again=True)

    def _start(self, *, again: bool) -> None:
        if self._line is None or self.is_busy:
            return
        context, key = self._context, self._line.period.key
        store, plan, as_of = context.store, context.plan_key, context.as_of

        def work(_job: Job) -> Changes:
            with closing(store.worker()) as own:
                return freezing.freeze(own, plan, key, as_of, again=again)

        self.freeze.setEnabled(False)
        self._freezing = context.jobs.start(
            "正在固定数字", work, self._on_frozen, on_error=self._on_failed, on_cancelled=self._on_cancelled
        )

    def _on_frozen(self, changes: Changes) -> None:
        self._freezing = None
        self.frozen.emit(changes)

    def _on_cancelled(self) -> None:
        self._freezing = None
        self.show_line(self._line)

    def _on_failed(self, error: BaseException) -> None:
        self._on_cancelled()
        if isinstance(error, KnownError):
            messages.show_error(self, error)
        else:
            crash.report(error)

    @Slot()
    def _on_differences(self) -> None:
        if self._line is None:
            return
        store, plan, key = self._context.store, self._context.plan_key, self._line.period.key

        def work(_job: Job) -> tuple[Frozen | None, tuple[Difference, ...]]:
            with closing(store.worker(read_only=True)) as own:
                return freezing.frozen(own, plan, key), freezing.frozen_difference(own, plan, key)

        self._comparing = self._context.jobs.start("正在比较数字", work, self._on_compared)

    def _on_compared(self, found: tuple[Frozen | None, tuple[Difference, ...]]) -> None:
        self._comparing = None
        kept, changed = found
        if kept is not None and self._line is not None:
            DifferenceDialog(self._line.period.title, kept, changed, self.window()).open()
