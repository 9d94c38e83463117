"""移交: everything in one zip for the successor, read back after it was made; and a ledger restored from one."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office.first_words import first_of
from gui import crash, messages
from gui.file_commands import show_in_folder
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.working_row import WorkingRow

if TYPE_CHECKING:
    from pathlib import Path

    from core.job import Job
    from core.office.files import Store
    from core.office.hand_over import Packed
    from gui.context import Context
    from gui.jobs import Task

_PAD = 16
_FILTER = "移交包 (*.zip)"
_WORDS = "台账、佐证材料原件、Excel 和 PDF 一览、校验清单装成一个 zip，没有本程序也能看。涉密材料不得装入。"


class HandOverCard(Card):
    """``restore_asked``: choose a package or a backup to restore from."""

    restore_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self._made: Path | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PAD, 12, _PAD, 12)
        outer.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.pack = button.secondary("移交打包", "package", self)
        self.restore = button.ghost("从备份或移交包恢复", "clock-counter-clockwise", self)
        line.addWidget(labels.label("移交", "head", self))
        line.addStretch(1)
        line.addWidget(self.restore)
        line.addWidget(self.pack)
        outer.addLayout(line)
        words = labels.label(_WORDS, "second", self)
        words.setWordWrap(True)
        outer.addWidget(words)
        self.working = WorkingRow(self)
        outer.addWidget(self.working)
        end = QHBoxLayout()
        end.setSpacing(8)
        self.note = Note(self)
        self.show_file = button.link("打开所在文件夹", self)
        end.addWidget(self.note, 1)
        end.addWidget(self.show_file)
        outer.addLayout(end)
        self._say("")
        self.pack.clicked.connect(self._on_pack)
        self.restore.clicked.connect(self.restore_asked)
        self.show_file.clicked.connect(self._on_show)
        context.ledger_opened.connect(self._on_ledger_opened)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """A file that is only read may be packed too."""
        self.pack.setEnabled(self._context.has_store and self._task is None)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._say("")
        self.reload()

    @Slot()
    def _on_pack(self) -> None:
        path = self._context.store.path
        start = path.with_name(f"{path.stem} 移交 {date.today():%Y-%m-%d}.zip")
        messages.choose_save(self, "移交打包", start, [_FILTER], self._start)

    def _start(self, target: Path) -> None:
        store = self._context.store
        self._say("")
        self._task = self._context.jobs.start(
            f"正在打包 {target.name}",
            partial(_pack, store, target),
            self._on_packed,
            on_error=self._on_failed,
            on_cancelled=partial(self._end, "已取消，没有打包"),
        )
        self.working.follow(self._task)
        self.reload()

    def _on_packed(self, packed: Packed) -> None:
        size = packed.path.stat().st_size / (1 << 20)
        words = f"“{packed.path.name}”，{packed.files} 份材料，{size:,.1f} MB，"
        if packed.problems:
            self._end(f"{words}但{first_of(packed.problems)}，详见包里的“说明.txt”", is_wrong=True)
        elif packed.marked:
            marked = first_of([f"“{label}”" for label in packed.marked], "份")
            self._end(f"{words}核对完好；{marked}名称带有密级字样，请先核实", is_wrong=True)
        else:
            self._end(f"已打包{words}逐一核对完好")
        self._made = packed.path
        self.show_file.show()

    def _on_failed(self, error: BaseException) -> None:
        self._end("")
        if isinstance(error, KnownError):
            messages.show_error(self, error, consequence="没有打包，台账没有受影响。")
        else:
            crash.report(error)

    def _end(self, words: str, *, is_wrong: bool = False) -> None:
        self._task = None
        self.working.rest()
        self._say(words, is_wrong=is_wrong)
        self.reload()

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self.note.say(words, is_wrong=is_wrong)
        self.note.setVisible(bool(words))
        self.show_file.hide()

    @Slot()
    def _on_show(self) -> None:
        if self._made is not None:
            show_in_folder(self._made)


def _pack(store: Store, target: Path, job: Job) -> Packed:
    from dataclasses import replace

    from core.office import hand_over

    own = store.worker(read_only=True)
    try:
        packed = hand_over.pack(own, target, job, version=hand_over.program_version())
    finally:
        own.close()
    return replace(packed, problems=(*packed.problems, *hand_over.verify(target, job)))
