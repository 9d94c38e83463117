"""校验: whether the file, the journal and every piece of evidence are as they were written."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.errors import KnownError
from gui import crash, theme
from gui.pages.progress.parts import Card, Glyph
from gui.widgets import button, labels
from gui.widgets.row_painting import clear_ground
from gui.widgets.working_row import WorkingRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.job import Job
    from core.office.check import Finding
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Task

_PAD = 16


class CheckCard(Card):
    """校验: the file, the chain of the journal, every piece of evidence; each problem with what to do."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        self._path: Path | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
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
        self.working = WorkingRow(holder)
        self.step, self.cancel = self.working.words, self.working.cancel
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
        self.area.setProperty("role", "reading")
        column.addWidget(self.area, 1)
        column.addStretch()
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
        self._show_state("", "", "")
        self._list(())
        self._task = self._context.jobs.start(
            f"正在校验 {store.path.name}",
            partial(_check, store),
            partial(self._on_done, store.path),
            on_error=self._on_failed,
            on_cancelled=self._on_cancelled,
        )
        self.working.follow(self._task)

    def _on_done(self, path: Path, found: Sequence[Finding]) -> None:
        self._end()
        if not self._context.has_store or self._context.store.path != path:
            return
        at = datetime.now().strftime("%Y-%m-%d %H:%M")
        if found:
            self._show_state("warning-octagon-fill", theme.tokens().text, f"发现 {len(found)} 处问题，{at} 校验")
        else:
            words = f"完好，{at} 校验。台账文件没有损坏，操作日志没有被改动，佐证材料齐全。"
            self._show_state("check-circle-fill", theme.tokens().done.text, words)
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
        self.working.rest()
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
        self.area.setVisible(bool(found))


def _check(store: Store, job: Job) -> Sequence[Finding]:
    from core.office import check

    own = store.worker()
    try:
        return check.findings(own, job)
    finally:
        own.close()
