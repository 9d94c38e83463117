"""How far a step's own work is, with 取消 beside it.

The button that began it makes room: the keyboard waits at 取消 and goes back to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.status_line import ProgressBar
from gui.widgets import button
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from gui.jobs import Progress, Task


class WorkRow(QWidget):
    """Hidden while nothing is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._began_at: QWidget | None = None
        self.words = ElidedLabel("", "", self)
        self.bar = ProgressBar(self)
        self.cancel = button.secondary("取消", parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bar)
        row.addStretch(1)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addLayout(row)
        self.cancel.clicked.connect(self._on_cancel)
        self.hide()

    @property
    def is_working(self) -> bool:
        """Whether a task is followed."""
        return self._task is not None

    def follow(self, task: Task) -> None:
        """Show how far a task is; ``rest`` ends it. Called before the button that began it is hidden."""
        self._task = task
        self.words.setText(task.label)
        self.bar.set_percent(None)
        self.cancel.setEnabled(True)
        task.progressed.connect(self._on_progress)
        self.show()
        at, card = QApplication.focusWidget(), self.parentWidget()
        if at is not None and card is not None and card.isAncestorOf(at):
            self._began_at = at
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def rest(self) -> None:
        """The task is over."""
        self._task = None
        is_mine = self.cancel.hasFocus() or not self.cancel.isEnabled()
        self.hide()
        if is_mine and self._began_at is not None:
            QTimer.singleShot(0, self._give_back)

    @Slot()
    def _give_back(self) -> None:
        began_at, self._began_at = self._began_at, None
        if began_at is not None and isValid(began_at) and began_at.isVisible() and began_at.isEnabled():
            began_at.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if self._task is None:
            return
        self.bar.set_percent(progress.percent)
        count = f"，{progress.done} / {progress.total}" if progress.total else ""
        self.words.setText(f"{progress.label}{count}")

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self.words.setText("正在取消")
            self._task.cancel()
