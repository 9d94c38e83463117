"""A line under a card's head while its work goes on: what it does now, how far it is, 取消."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.jobs import Progress, Task
from gui.status_line import ProgressBar
from gui.widgets import button
from gui.widgets.elided import ElidedLabel


class WorkingRow(QWidget):
    """Hidden while nothing goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.step = ElidedLabel("", "", self)
        self.bar = ProgressBar(self)
        self.cancel = button.link("取消", self)
        self.cancel.clicked.connect(self._on_cancel)
        for widget in (self.step, self.bar, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        self.hide()

    def follow(self, task: Task, words: str) -> None:
        """Show how far a task is; ``words`` until it says so itself."""
        self._task = task
        self.step.setText(words)
        self.bar.set_percent(None)
        self.cancel.setEnabled(True)
        task.progressed.connect(self._on_progress)
        self.show()

    def leave(self) -> None:
        """The task is over."""
        self._task = None
        self.hide()

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self.step.setText(progress.label)
        self.bar.set_percent(progress.percent)

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.cancel.setEnabled(False)
            self.step.setText("正在取消")
