"""备份与校验: the backups beside the file at the left, at the right whether everything is as it was written."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import backups
from gui import crash, messages, theme
from gui.file_commands import show_in_folder
from gui.pages.progress.parts import Card, Glyph, Note
from gui.periods.plain_table import Column, PlainTable
from gui.status_line import ProgressBar
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.job import Job
    from core.office.check import Finding
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Progress, Task

_PAD = 16
_COLUMNS = (Column("时间"), Column("距今", "365 天前"), Column("大小", "1,024.0 MB", is_number=True))
_READ_ONLY = "台账以只读方式打开，不能备份"


class BackupPanel(QWidget):
    """Two cards. ``backed_up`` tells the window that the status line has a new time."""

    backed_up = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._files: tuple[backups.BackupFile, ...] = ()
        self.check = CheckCard(context, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._build_list(), 1)
        row.addWidget(self.check, 1)
        self.now.clicked.connect(self.back_up)
        self.folder.clicked.connect(self._on_folder)
        self.table.opened.connect(self._on_folder)
        context.ledger_opened.connect(self.reload)
        context.jobs.finished.connect(self._on_jobs_finished)

    def _build_list(self) -> QWidget:
        card = Card(self)
        outer = QVBoxLayout(card)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_PAD, 12, _PAD, 12)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.now = button.secondary("立即备份", "floppy-disk", card)
        self.folder = button.secondary("打开所在文件夹", "folder-open", card)
        line.addWidget(labels.label("备份", "head", card))
        line.addStretch(1)
        line.addWidget(self.folder)
        line.addWidget(self.now)
        head.addLayout(line)
        words = labels.label("", "second", card)
        words.setText(f"每次打开台账和大改动之前自动备份，放在台账文件旁边。{backups.RULE}。")
        words.setWordWrap(True)
        head.addWidget(words)
        self.note = Note(card)
        self.note.hide()
        head.addWidget(self.note)
        outer.addLayout(head)
        outer.addWidget(labels.rule(card))
        self.table = PlainTable(_COLUMNS, "备份", card)
        self.table.setToolTip("备份是完整的台账文件；佐证材料在台账旁边的文件夹里，请一并复制留存")
        self.none_yet = EmptyState("floppy-disk", "还没有备份", "点“立即备份”，把台账复制一份，放在它旁边。")
        self.rooms = QStackedWidget(card)
        self.rooms.addWidget(self.table)
        self.rooms.addWidget(self.none_yet)
        outer.addWidget(self.rooms, 1)
        foot = labels.label("备份只含台账文件本身；佐证材料请连同台账旁边的文件夹一并复制。", "note", card)
        foot.setWordWrap(True)
        foot.setContentsMargins(_PAD, 8, _PAD, 8)
        outer.addWidget(labels.rule(card))
        outer.addWidget(foot)
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """The look after opening may have made one meanwhile."""
        super().showEvent(event)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """List the backups anew."""
        context = self._context
        self.check.reset_for_file()
        self.now.setEnabled(context.has_store and not context.read_only)
        if context.has_store and context.read_only:
            self._say(_READ_ONLY)
        try:
            self._files = backups.backups(context.store) if context.has_store else ()
        except KnownError as error:
            self._files = ()
            self._say(str(error), is_wrong=True)
        self.folder.setEnabled(bool(self._files))
        self.rooms.setCurrentIndex(0 if self._files else 1)
        self.table.show_rows([(_time(one.made_at), _ago(one.made_at), size_words(one.size)) for one in self._files])

    @Slot()
    def back_up(self) -> None:
        """Copy the file whole, in the background."""
        self._say("")
        store = self._context.store
        self.now.setEnabled(False)
        self._context.jobs.start(
            f"正在备份 {store.path.name}", partial(_back_up, store), self._on_made, on_error=self._on_failed
        )

    def _on_made(self, path: Path) -> None:
        self.reload()
        self._say(f"已备份到“{path.parent.name}”，{path.name}")
        self.backed_up.emit()

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.note.say(text, is_wrong=is_wrong)
        self.note.setVisible(bool(text))

    def _on_failed(self, error: BaseException) -> None:
        self.reload()
        if isinstance(error, KnownError):
            messages.show_error(self, error, consequence="这次没有备份，台账没有受影响。")
        else:
            crash.report(error)

    @Slot()
    def _on_jobs_finished(self) -> None:
        if self.isVisible():
            self.reload()

    @Slot()
    def _on_folder(self) -> None:
        row = self.table.row()
        if 0 <= row < len(self._files):
            show_in_folder(self._files[row].path)


class CheckCard(Card):
    """校验: the file, the chain of the journal, every piece of evidence; each problem with what to do."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self._path: Path | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_PAD, 12, _PAD, 12)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.start = button.primary("开始校验", "shield-check", self)
        self.start.clicked.connect(self.run)
        line.addWidget(labels.label("校验", "head", self))
        line.addStretch(1)
        line.addWidget(self.start)
        head.addLayout(line)
        words = labels.label("逐条核对台账文件、操作日志和佐证材料，看有没有损坏、缺失或被改动过。", "second", self)
        words.setWordWrap(True)
        head.addWidget(words)
        outer.addLayout(head)
        outer.addWidget(labels.rule(self))
        outer.addWidget(self._build_result(), 1)
        self.reset_for_file()

    def _build_result(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(_PAD, 12, _PAD, 12)
        column.setSpacing(12)
        self.working = QWidget(holder)
        row = QHBoxLayout(self.working)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.step = labels.label("", "", self.working)
        self.bar = ProgressBar(self.working)
        self.cancel = button.link("取消", self.working)
        self.cancel.clicked.connect(self._on_cancel)
        for widget in (self.step, self.bar, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(self.working)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        self.glyph = Glyph(side=20, parent=holder)
        self.verdict = labels.label("", "strong", holder)
        self.verdict.setWordWrap(True)
        verdict.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.verdict, 1)
        column.addLayout(verdict)
        self.area = QScrollArea(holder)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("校验结果")
        column.addWidget(self.area, 1)
        return holder

    @Slot()
    def reset_for_file(self) -> None:
        """Another file is open: what was found of the one before says nothing of it."""
        path = self._context.store.path if self._context.has_store else None
        self.start.setEnabled(path is not None and self._task is None)
        if path == self._path and self.verdict.text():
            return
        self._path = path
        self._show_state("", "", "还没有校验" if path is not None else "没有打开的台账")
        self._list(())
        self.working.hide()

    @Slot()
    def run(self) -> None:
        """Check in the background, with 取消."""
        if not self._context.has_store or self._task is not None:
            return
        store = self._context.store
        self.start.setEnabled(False)
        self.working.show()
        self.step.setText("正在校验")
        self.bar.set_percent(None)
        self._show_state("", "", "")
        self._list(())
        self._task = self._context.jobs.start(
            f"正在校验 {store.path.name}",
            partial(_check, store),
            partial(self._on_done, store.path),
            on_error=self._on_failed,
            on_cancelled=self._on_cancelled,
        )
        self._task.progressed.connect(self._on_progress)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self.step.setText(progress.label)
        self.bar.set_percent(progress.percent)

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.step.setText("正在取消")

    def _on_done(self, path: Path, found: Sequence[Finding]) -> None:
        self._end()
        if not self._context.has_store or self._context.store.path != path:
            return
        at = datetime.now().strftime("%Y-%m-%d %H:%M")
        if found:
            self._show_state("warning-octagon-fill", theme.tokens().text, f"发现 {len(found)} 处问题，{at} 校验")
        else:
            self._show_state("check-circle-fill", theme.tokens().done.text, f"完好，{at} 校验")
        self._list(found)

    def _on_cancelled(self) -> None:
        self._end()
        self._show_state("", "", "已取消，没有校验完")

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, KnownError):
            self._show_state("warning-octagon-fill", theme.tokens().text, str(error))
        else:
            crash.report(error)

    def _end(self) -> None:
        self._task = None
        self.working.hide()
        self.start.setEnabled(self._context.has_store)

    def _show_state(self, glyph: str, ink: str, words: str) -> None:
        self.glyph.set_glyph(glyph, ink)
        self.glyph.setVisible(bool(glyph))
        self.verdict.setText(words)

    def _list(self, found: Sequence[Finding]) -> None:
        body = QWidget(self.area)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for finding in found:
            one = QVBoxLayout()
            one.setSpacing(2)
            what = labels.label(finding.what, "strong", body)
            advice = labels.label(f"怎么办：{finding.advice}", "second", body)
            for words in (what, advice):
                words.setWordWrap(True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                one.addWidget(words)
            column.addLayout(one)
        column.addStretch(1)
        self.area.setWidget(body)
        clear_ground(self.area)


def size_words(size: int) -> str:
    """Bytes as KB or MB."""
    return f"{size / 1024:,.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _ago(at: datetime) -> str:
    days = (date.today() - at.date()).days
    return "今天" if days <= 0 else "昨天" if days == 1 else f"{days} 天前"


def _back_up(store: Store, job: Job) -> Path:
    own = store.worker()
    try:
        return backups.back_up(own, job).path
    finally:
        own.close()


def _check(store: Store, job: Job) -> Sequence[Finding]:
    from core.office import check

    own = store.worker()
    try:
        return check.findings(own, job)
    finally:
        own.close()
