"""What runs, how far it is, 取消: shown beside the button that began it, in a page or a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget
from shiboken6 import isValid

from gui.widgets import button
from gui.widgets.elided import ElidedLabel
from gui.widgets.progress_bar import SHOW_JOB_AFTER_MS, ProgressBar

if TYPE_CHECKING:
    from gui.jobs import Progress, Task


class WorkingRow(QWidget):
    """Hidden while nothing is done.

    ``is_tall``: the words stand above bar and 取消. ``takes_keyboard``: the button that began the work makes room, so
    the keyboard waits at 取消 and goes back to it. ``is_patient``: what is over in a moment is not shown.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        is_tall: bool = False,
        takes_keyboard: bool = False,
        is_patient: bool = False,
    ) -> None:
        super().__init__(parent)
        self._takes_keyboard = takes_keyboard
        self._task: Task | None = None
        self._began_at: QWidget | None = None
        self.words = ElidedLabel("", "", self)
        self.bar = ProgressBar(self)
        self.cancel = button.secondary("取消", parent=self) if is_tall else button.link("取消", self)
        self.cancel.setAccessibleName("取消正在进行的工作")
        self._build(is_tall=is_tall)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_JOB_AFTER_MS if is_patient else 0)
        self._patience.timeout.connect(self.show)
        self.cancel.clicked.connect(self.stop)
        self.hide()

    def _build(self, *, is_tall: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12 if is_tall else 8)
        grid.setVerticalSpacing(4)
        if is_tall:
            grid.addWidget(self.words, 0, 0, 1, 2)
            grid.addWidget(self.bar, 1, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.cancel, 1, 1, Qt.AlignmentFlag.AlignRight)
            grid.setColumnStretch(0, 1)
            return
        for column, each in enumerate((self.words, self.bar, self.cancel)):
            grid.addWidget(each, 0, column)
        grid.setColumnStretch(3, 1)

    @property
    def is_working(self) -> bool:
        """Whether a task is followed."""
        return self._task is not None

    @Slot(object)
    def follow(self, task: Task) -> None:
        """Show how far a task is until it ends. Called before the button that began it is hidden."""
        self._task = task
        self.words.setText(task.label)
        self.bar.set_percent(None)
        self.cancel.setEnabled(True)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        if self._patience.interval():
            self._patience.start()
        else:
            self.show()
        at, card = QApplication.focusWidget(), self.parentWidget()
        if self._takes_keyboard and at is not None and card is not None and card.isAncestorOf(at):
            self._began_at = at
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def rest(self) -> None:
        """The task is over, or nobody waits for it any more."""
        self._task = None
        self._patience.stop()
        is_mine = self.cancel.hasFocus() or not self.cancel.isEnabled()
        self.hide()
        if is_mine and self._began_at is not None:
            QTimer.singleShot(0, self._give_back)

    @Slot()
    def stop(self) -> None:
        """Cancel the task, if one runs."""
        if self._task is not None:
            self.cancel.setEnabled(False)
            self.words.setText("正在取消")
            self._task.cancel()

    @Slot()
    def _give_back(self) -> None:
        began_at, self._began_at = self._began_at, None
        if began_at is not None and isValid(began_at) and began_at.isVisible() and began_at.isEnabled():
            began_at.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        if self._task is None or not self.cancel.isEnabled():
            return
        self.bar.set_percent(progress.percent)
        count = f"，{progress.done} / {progress.total}" if progress.total else ""
        self.words.setText(f"{progress.label}{count}")

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is self._task:
            self.rest()
