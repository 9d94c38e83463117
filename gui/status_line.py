"""The status line: which file, when it was saved, the last backup; the running job at the right."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.jobs import Progress
from gui.widgets import labels
from gui.widgets.button import Button
from gui.widgets.progress_bar import SHOW_JOB_AFTER_MS, ProgressBar
from gui.widgets.surface import Surface


class _SmallLink(Button):
    """A link in the size of the notes."""

    def _font_size(self) -> int:
        return 12


class _Fact(QWidget):
    """An icon and a few words in 12."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.icon = labels.IconLabel(icon, 14, parent=self)
        self.label: QLabel = labels.label("", "note", self)
        layout.addWidget(self.icon)
        layout.addWidget(self.label)

    def say(self, text: str, tip: str = "") -> None:
        """Show words; none hides the fact."""
        self.label.setText(text)
        self.setToolTip(tip)
        self.setVisible(bool(text))


class StatusLine(Surface):
    """28 high; ``cancel_asked`` tells that 取消 was pressed."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top", parent)
        self.setAccessibleName("状态栏")
        self.setFixedHeight(theme.px(28))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 1, 16, 0)
        layout.setSpacing(12)
        self.file = _Fact("database", self)
        self.read_only = _Fact("lock-simple", self)
        self.saved = _Fact("check", self)
        self.backup = _Fact("clock-counter-clockwise", self)
        self.place = _Fact("warning", self)
        self._rules: list[tuple[QWidget, _Fact]] = []
        for fact in (self.file, self.read_only, self.place, self.saved, self.backup):
            if fact is not self.file:
                divider = labels.rule(self, vertical=True)
                divider.setFixedHeight(12)
                layout.addWidget(divider)
                self._rules.append((divider, fact))
            layout.addWidget(fact)
        layout.addStretch(1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_JOB_AFTER_MS)
        self.job = self._build_job()
        self._wait.timeout.connect(self.job.show)
        layout.addWidget(self.job)
        self.show_file("", "")

    def _build_job(self) -> QWidget:
        holder = QWidget(self)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.job_label = labels.label("", "small", holder)
        self.job_bar = ProgressBar(holder)
        self.job_percent = labels.label("", "small", holder)
        self.job_cancel = _SmallLink("取消", "link", "", holder)
        self.job_cancel.setAccessibleName("取消正在进行的工作")
        for part in (self.job_label, self.job_bar, self.job_percent, self.job_cancel):
            layout.addWidget(part)
        self.job_cancel.clicked.connect(self._on_cancel)
        holder.hide()
        return holder

    def show_file(self, name: str, path: str, *, read_only: str = "") -> None:
        """Name the open file (its whole path as tooltip); ``read_only`` says why it cannot be written."""
        self.file.say(name or "没有打开的台账", path)
        self.read_only.say("只读" if read_only else "", read_only)
        self.saved.say("")
        self.backup.say("")
        self.place.say("")
        self._show_rules()

    def show_place(self, words: str, tip: str) -> None:
        """Say that the file lies where it should not; no words say nothing."""
        self.place.say(words, tip)
        self._show_rules()

    @Slot(str)
    def show_saved(self, time: str) -> None:
        """Say when the file was last written (HH:MM)."""
        self.saved.say(f"已保存 {time}")
        self._show_rules()

    def show_backup(self, at: datetime | None, warning: str = "") -> None:
        """Say when the last backup was made, and what is not well with the backups."""
        if at is not None:
            day = "今天" if at.date() == date.today() else f"{at:%m-%d}"
            self.backup.say(f"备份 {day} {at:%H:%M}{'，需要留意' if warning else ''}", warning)
            ink = theme.tokens().due_soon.text if warning else ""
            self.backup.icon.set_icon("warning-circle" if warning else "clock-counter-clockwise", ink)
        self._show_rules()

    @Slot(str)
    def show_job(self, label: str) -> None:
        """A job begins; what is over in a moment never flashes up."""
        self.job_label.setText(label)
        self.job_cancel.setEnabled(True)
        self.job_bar.set_percent(0)
        self.job_percent.setText("0%")
        if not self.job.isVisible():
            self._wait.start()

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """How far the job is."""
        self.job_bar.set_percent(progress.percent)
        self.job_percent.setText("" if progress.percent is None else f"{progress.percent}%")
        self.job.setToolTip(progress.label)

    @Slot()
    def hide_job(self) -> None:
        """No job is left."""
        self._wait.stop()
        self.job.hide()

    @Slot()
    def _on_cancel(self) -> None:
        self.job_cancel.setEnabled(False)
        self.job_label.setText("正在取消")
        self.cancel_asked.emit()

    def _show_rules(self) -> None:
        for divider, fact in self._rules:
            divider.setVisible(bool(fact.label.text()))
