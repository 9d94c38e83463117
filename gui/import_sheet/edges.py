"""Head and foot of the review sheet."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.office.review import Paragraph, Review
from gui import icons, theme
from gui.import_sheet.fitting_label import FittingLabel
from gui.jobs import Progress
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.paint import box
from gui.widgets.progress_bar import SHOW_JOB_AFTER_MS, ProgressBar
from gui.widgets.surface import Surface

HEIGHT = 56
_TITLE_LENGTH = 120


class _Mark(QWidget):
    """The sheet's sign on the accent."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.accent)
        icons.paint(painter, QRect(7, 7, 18, 18), self._icon, tokens.on_accent)
        painter.end()


class SheetHead(Surface):
    """What is being imported, under which name, and how much of it was read."""

    close_asked = Signal()
    title_changed = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, *, heading: str = "导入方案", icon: str = "file-arrow-down"
    ) -> None:
        super().__init__("bottom", parent)
        self.setFixedHeight(theme.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(_Mark(icon, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(labels.label(heading, "head", self))
        self.source = FittingLabel("note", self)
        words.addWidget(self.source)
        words.addStretch(1)
        row.addLayout(words, 3)
        name = labels.label("方案名称", "second", self)
        row.addWidget(name)
        self.title = QLineEdit(self)
        self.title.setAccessibleName("方案名称")
        self.title.setToolTip("在上方的“方案”中显示的名称")
        self.title.setMaxLength(_TITLE_LENGTH)
        self.title.setMinimumWidth(theme.px(240))
        name.setBuddy(self.title)
        row.addWidget(self.title, 4)
        self.counts = FittingLabel("note", self)
        row.addSpacing(4)
        row.addWidget(self.counts)
        self.close_button = button.icon_button("x", "关闭，不导入（Esc）", self)
        row.addWidget(self.close_button)
        self.close_button.clicked.connect(self.close_asked)
        self.title.editingFinished.connect(self._on_title)

    def show_review(self, review: Review) -> None:
        """Name the source and say how much of it was read."""
        document = review.draft.plan.document
        day = document.date.isoformat() if document.date is not None else ""
        facts = [review.source.name, document.number or "", document.issuer or "", day]
        shown = [facts[0], *(fact for fact in facts[1:] if fact and fact not in facts[0])]
        self.source.set_wordings(["，".join(shown[:number]) for number in range(len(shown), 0, -1)])
        self.counts.set_wordings(_counts(review))

    def show_title(self, title: str) -> None:
        """Show the plan's name, unless it is just being typed."""
        if self.title.text() != title:
            self.title.setText(title)
            self.title.setCursorPosition(0)

    @Slot()
    def _on_title(self) -> None:
        self.title_changed.emit(self.title.text().strip())


def _counts(review: Review) -> list[str]:
    """原件 93 段文字、26 行表格，34 处没有读入; and shorter."""
    paragraphs = rows = 0
    for block in review.source.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
        else:
            rows += len(block.rows)
    parts = [f"{paragraphs} 段文字" if paragraphs else "", f"{rows} 行表格" if rows else ""]
    unused = len(review.draft.unused)
    left = f"{unused} 处没有读入" if unused else "全部读入"
    return [f"原件 {'、'.join(part for part in parts if part)}，{left}", left]


class SheetFoot(Surface):
    """What stands in the way of the import; 取消, 确认导入; the running job in between."""

    cancel_asked = Signal()
    confirm_asked = Signal()
    version_asked = Signal()
    """The document is a new version of a plan of the ledger."""
    job_cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top", parent)
        self.setFixedHeight(theme.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(8)
        row.addWidget(labels.IconLabel("info", 16, parent=self))
        self.reason = ElidedLabel("", "second", self)
        row.addWidget(self.reason, 1)
        self.bar = ProgressBar(self)
        self.job_label = labels.label("", "note", self)
        self.job_cancel = button.link("取消", self)
        self.job_cancel.setAccessibleName("取消正在进行的工作")
        for each in (self.job_label, self.bar, self.job_cancel):
            each.hide()
            row.addWidget(each)
        row.addSpacing(8)
        self.cancel = button.secondary("取消", parent=self)
        self.cancel.setToolTip("不导入，关闭（Esc）")
        self.version = button.secondary("作为新版本", "arrows-left-right", self)
        self.version.setToolTip("与台账里的方案对照，换成新版本，填报记录跟着措施走")
        self.confirm = button.primary("确认导入", "check", self)
        row.addWidget(self.cancel)
        row.addWidget(self.version)
        row.addWidget(self.confirm)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_JOB_AFTER_MS)
        self._wait.timeout.connect(self._show_job)
        self.cancel.clicked.connect(self.cancel_asked)
        self.confirm.clicked.connect(self.confirm_asked)
        self.version.clicked.connect(self.version_asked)
        self.job_cancel.clicked.connect(self.job_cancel_asked)

    def say(self, reason: str, *, is_ready: bool) -> None:
        """Say what is left to do; ready: the import can be confirmed."""
        self.reason.setText(reason)
        self.confirm.setEnabled(is_ready)
        self.version.setEnabled(is_ready)
        self.confirm.setToolTip("先备份，再写入台账（Ctrl+Enter），之后可以撤销" if is_ready else reason)

    @Slot(str)
    def show_job(self, label: str) -> None:
        """A job begins."""
        self.job_label.setText(label)
        self.bar.set_percent(None)
        self._wait.start()

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """How far it is."""
        self.bar.set_percent(progress.percent)

    @Slot()
    def hide_job(self) -> None:
        """No job is left."""
        self._wait.stop()
        for each in (self.job_label, self.bar, self.job_cancel):
            each.hide()

    @Slot()
    def _show_job(self) -> None:
        for each in (self.job_label, self.bar, self.job_cancel):
            each.show()
