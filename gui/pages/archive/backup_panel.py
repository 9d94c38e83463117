"""备份与校验: the backups beside the file and the second place at the left; the check and the hand-over at the right."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import backups, second_place
from core.office.first_words import first_of
from gui import crash, messages
from gui.file_commands import show_in_folder
from gui.pages.archive.check_card import CheckCard
from gui.pages.archive.hand_over_card import HandOverCard
from gui.pages.archive.second_place_card import SecondPlaceCard
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from core.job import Job
    from core.office.files import Store
    from core.office.second_place import SecondPlace
    from gui.context import Context

_PAD = 16
_COLUMNS = (
    Column("时间"),
    Column("距今", "365 天前"),
    Column("为什么", "导入名册前"),
    Column("大小", "999.9 MB", is_number=True),
    Column("验证", "已验证"),
)
_READ_ONLY = "台账以只读方式打开，不能备份和恢复"


class BackupPanel(QWidget):
    """``backed_up`` tells the window that the status line has a new time, ``restore_asked`` carries a backup, or None:
    one is to be chosen.
    """

    backed_up = Signal()
    restore_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._files: tuple[backups.BackupFile, ...] = ()
        self.check = CheckCard(context, self)
        self.second = SecondPlaceCard(context, self)
        self.hand_over = HandOverCard(context, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for upper, lower in ((self._build_list(), self.second), (self.check, self.hand_over)):
            column = QVBoxLayout()
            column.setSpacing(12)
            column.addWidget(upper, 1)
            column.addWidget(lower)
            row.addLayout(column, 1)
        self.now.clicked.connect(self.back_up)
        self.folder.clicked.connect(self._on_folder)
        self.restore.clicked.connect(self._on_restore)
        self.table.opened.connect(self._on_restore)
        self.table.chosen.connect(self._on_chosen)
        self.second.changed.connect(self.backed_up)
        self.second.copy_asked.connect(self.back_up)
        self.hand_over.restore_asked.connect(partial(self.restore_asked.emit, None))
        context.ledger_opened.connect(self.reload)
        context.jobs.finished.connect(self._on_jobs_finished)

    def _build_list(self) -> QWidget:
        card = Card(self)
        outer = QVBoxLayout(card)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_PAD, 12, _PAD, 12)
        head.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.now = button.secondary("立即备份", "floppy-disk", card)
        self.folder = button.secondary("打开所在文件夹", "folder-open", card)
        self.restore = button.secondary("恢复", "clock-counter-clockwise", card)
        self.restore.setToolTip("先恢复到旁边比较，再决定是否换成选中的这一份；现在的台账会留下")
        line.addWidget(labels.label("备份", "head", card))
        line.addStretch(1)
        for one in (self.folder, self.restore, self.now):
            line.addWidget(one)
        head.addLayout(line)
        words = labels.label("打开台账时和大改动之前自动备份，连同佐证材料放在台账旁边。", "second", card)
        words.setWordWrap(True)
        words.setToolTip(f"{backups.RULE}。回收、导入、合并单位、换新版本、程序升级之前各备份一次")
        head.addWidget(words)
        self.note = Note(card)
        self.note.hide()
        head.addWidget(self.note)
        outer.addLayout(head)
        outer.addWidget(labels.rule(card))
        self.table = PlainTable(_COLUMNS, "备份", card)
        self.table.setToolTip("已验证：做成时打开过，完好，行数和操作日志与当时的台账一致")
        self.none_yet = EmptyState("floppy-disk", "还没有备份", "点“立即备份”，把台账复制一份，放在它旁边。")
        self.rooms = QStackedWidget(card)
        self.rooms.addWidget(self.table)
        self.rooms.addWidget(self.none_yet)
        outer.addWidget(self.rooms, 1)
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """The look after opening may have made one meanwhile."""
        super().showEvent(event)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """List the backups anew, the cursor on the one it was on."""
        context = self._context
        self.check.reset_for_file()
        self.second.reload()
        self.hand_over.reload()
        may_write = context.has_store and not context.read_only
        self.now.setEnabled(may_write)
        if context.has_store and context.read_only:
            self._say(_READ_ONLY)
        elif self.note.text() == _READ_ONLY:
            self._say("")
        before = self._files[self.table.row()].path if 0 <= self.table.row() < len(self._files) else None
        try:
            self._files = backups.backups(context.store) if context.has_store else ()
        except KnownError as error:
            self._files = ()
            self._say(str(error), is_wrong=True)
        self.folder.setEnabled(bool(self._files))
        self.rooms.setCurrentIndex(0 if self._files else 1)
        current = next((at for at, one in enumerate(self._files) if one.path == before), 0)
        self.table.show_rows([_words(one) for one in self._files], current)

    @Slot()
    def back_up(self) -> None:
        """Copy the file whole, and to the second place, in the background."""
        self._say("")
        store = self._context.store
        place = second_place.place_of(self._context.settings, store.path)
        self.now.setEnabled(False)
        self._context.jobs.start(
            f"正在备份 {store.path.name}",
            partial(_back_up, store, place),
            partial(self._on_made, store),
            on_error=self._on_failed,
            on_cancelled=self._on_cancelled,
        )

    def _on_made(self, store: Store, end: tuple[backups.Made, SecondPlace | None]) -> None:
        made, place = end
        if place is not None:
            self.second.take(store.path, place)
        self.reload()
        words = f"已备份到“{made.path.parent.name}”，{made.path.name}"
        lacking = f"；{first_of(made.problems)}" if made.problems else ""
        self._say(words + lacking, is_wrong=bool(made.problems))
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

    def _on_cancelled(self) -> None:
        self.reload()
        self._say("已取消")

    @Slot()
    def _on_jobs_finished(self) -> None:
        if self.isVisible():
            self.reload()

    @Slot()
    def _on_folder(self) -> None:
        row = self.table.row()
        if 0 <= row < len(self._files):
            show_in_folder(self._files[row].path)

    @Slot()
    def _on_restore(self) -> None:
        row = self.table.row()
        if self.restore.isEnabled() and 0 <= row < len(self._files):
            self.restore_asked.emit(self._files[row].path)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.restore.setEnabled(row >= 0 and self._context.has_store and not self._context.read_only)


def size_words(size: int) -> str:
    """Bytes as KB or MB."""
    return f"{size / 1024:,.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"


def _words(one: backups.BackupFile) -> tuple[str, ...]:
    tried = "已验证" if one.is_tried else "未验证"
    return _time(one.made_at), _ago(one.made_at), one.kind or "旧版备份", size_words(one.size), tried


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _ago(at: datetime) -> str:
    days = (date.today() - at.date()).days
    return "今天" if days <= 0 else "昨天" if days == 1 else f"{days} 天前"


def _back_up(store: Store, place: SecondPlace | None, job: Job) -> tuple[backups.Made, SecondPlace | None]:
    own = store.worker()
    try:
        made = backups.back_up(own, job)
        return made, second_place.copy_there(own.path, made.path, place, job) if place is not None else None
    finally:
        own.close()
