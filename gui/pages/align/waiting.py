"""The job of a dialog, shown in the dialog: the window behind it, with its status line, cannot be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.status_line import SHOW_JOB_AFTER_MS, ProgressBar
from gui.widgets import button, labels

if TYPE_CHECKING:
    from gui.jobs import Progress, Task


class Waiting(QWidget):
    """What runs, how far it is, 取消; nothing for what is over in a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = labels.label("", "note", self)
        self.bar = ProgressBar(self)
        self.cancel = button.link("取消", self)
        self.cancel.setAccessibleName("取消正在进行的工作")
        for each in (self.words, self.bar, self.cancel):
            row.addWidget(each)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_JOB_AFTER_MS)
        self._wait.timeout.connect(self.show)
        self.cancel.clicked.connect(self.stop)
        self.hide()

    def show_task(self, task: Task) -> None:
        """Follow a job until it ends."""
        self._task = task
        self.words.setText(task.label)
        self.bar.set_percent(None)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        self._wait.start()

    @Slot()
    def stop(self) -> None:
        """Cancel the job, if one runs."""
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        self.bar.set_percent(progress.percent)

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self._wait.stop()
            self.hide()
