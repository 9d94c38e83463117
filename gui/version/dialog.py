"""新版本对照: the new version's measures at the left, the chosen one beside its old text at the right."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.office import board, new_version
from gui import messages
from gui.messages import Action
from gui.plan_edit.foot import effect_words
from gui.version.form import VersionForm
from gui.version.matching import Matching
from gui.version.pane import JOIN
from gui.version.rows import ALL, OPEN, counts, is_shown, line_row

if TYPE_CHECKING:
    from core.job import Job
    from core.model.plan import Plan
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.review import Review
    from gui.context import Context
    from gui.version.matching import Line


class VersionDialog(VersionForm):
    """Nothing is written before 换成新版本; then all of it is, in one step that can be taken back."""

    taken = Signal(object, str)
    """The new version is the plan: Changes, and the key of the plan."""

    def __init__(
        self, context: Context, new: Plan, review: Review | None = None, parent: QWidget | None = None
    ) -> None:
        """``new``: as the clerk has put it right; ``review``: the document it was read from, kept with it."""
        super().__init__(parent)
        self._context, self._new, self._review = context, new, review
        self._key = context.plan_key
        self._matching: Matching | None = None
        self._lines: tuple[Line, ...] = ()
        self._is_busy = self._is_touched = False
        self.basis.setText(new.document.number or "")
        self._connect()
        self._fill()

    def _connect(self) -> None:
        self.plan.currentIndexChanged.connect(self._on_plan)
        self.filter.changed.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_confirm)
        self.table.removal_asked.connect(self._on_part)
        self.pane.confirmed.connect(self._on_confirm)
        self.pane.parted.connect(self._on_part)
        self.pane.joined.connect(self._on_join)
        self.basis.textChanged.connect(self._tell)
        self.confirm_all.clicked.connect(self._on_confirm_all)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._on_take)
        self._context.ledger_opened.connect(self._on_ledger_opened)
        for key, slot in (
            ("F1", self._on_help),
            ("F7", partial(self._step, -1)),
            ("F8", self._next_open),
            ("Ctrl+Shift+Return", self._on_confirm_all),
            ("Ctrl+Return", self._on_take),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _fill(self) -> None:
        """The plans of the file; the one on screen first."""
        try:
            rows = [plan for plan in board.plans(self._context.store) if plan.measures]
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self.plan.blockSignals(True)
        for row in rows:
            self.plan.addItem(row.title.replace("\n", ""), row.key)
        self.plan.setCurrentIndex(max(self.plan.findData(self._key), 0))
        self.plan.blockSignals(False)
        self._on_plan()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown ---------------------------------------------------------------------------

    @Slot()
    def _on_plan(self) -> None:
        """Compare with another plan; what was said of the one before is gone."""
        self._key = self.plan.currentData()
        try:
            old = board.board(self._context.store, self._key, self._context.as_of).plan
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self._matching = Matching(old, self._new)
        self._is_touched = False
        self._show()
        if self._lines and not self._lines[0].is_open:
            self._next_open()

    @Slot()
    def _show(self) -> None:
        """The lines that the filter lets through; the cursor stays on the one it was on."""
        matching, before = self._matching, self.line()
        if matching is None:
            return
        at = self.table.row()
        wanted = str(self.filter.value() or ALL)
        self._lines = tuple(line for line in matching.lines() if is_shown(line, wanted))
        same = [place for place, line in enumerate(self._lines) if before and _is_same(line, before)]
        self.table.show_rows([line_row(line) for line in self._lines], same[0] if same else max(at, 0))
        self._tell()

    def line(self) -> Line | None:
        """The line the cursor is on."""
        at = self.table.row()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    @Slot()
    def _on_chosen(self) -> None:
        self.pane.show_line(self.line(), self._matching)

    @Slot()
    def _tell(self) -> None:
        """What taking it would do, or what stands in its way."""
        matching = self._matching
        if matching is None:
            return
        missing = self._missing(matching)
        self.take.setEnabled(not missing and not self._is_busy)
        self.take.setToolTip(missing or "先备份，再换成新版本；可以撤销（Ctrl+Enter）")
        self.confirm_all.setEnabled(matching.open > 0)
        words = counts(matching.difference, matching)
        if missing:
            self.note.say(f"{words}{missing}")
            return
        try:
            effect = new_version.effect_of_version(
                self._context.store, self._key, self._new, matching.pairs.items(), matching.merged
            )
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self.note.say(f"{words}{effect_words(effect)}")

    def _missing(self, matching: Matching) -> str:
        if self._context.read_only:
            return "台账以只读方式打开，不能换成新版本。"
        if matching.open:
            return "都确认以后才能换成新版本。"
        return "" if self.basis.text().strip() else "请填写依据文号。"

    # --- what the clerk says ---------------------------------------------------------------------

    @Slot()
    def _on_confirm(self) -> None:
        line = self.line()
        if line is None or self._matching is None:
            return
        if line.is_open:
            self._matching.confirm(line)
            self._changed()
        self._next_open()

    @Slot()
    def _on_confirm_all(self) -> None:
        if self._matching is not None and self.confirm_all.isEnabled():
            self._matching.confirm_all()
            self._changed()
            (self.take if self.take.isEnabled() else self.basis).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_part(self) -> None:
        line = self.line()
        if line is not None and self._matching is not None and self.pane.part.isEnabled():
            self._matching.part(line)
            self._changed()

    @Slot(str, int)
    def _on_join(self, how: str, no: int) -> None:
        line, matching = self.line(), self._matching
        if line is None or matching is None:
            return
        if how == JOIN:
            old, new = (no, line.new.no) if line.new is not None else (line.key[0], no)
            matching.join(old, new)
        else:
            matching.merge(line.key[0], no)
        self._changed()

    def _changed(self) -> None:
        self._is_touched = True
        self._show()

    def _step(self, by: int) -> None:
        self.table.step(by)

    @Slot()
    def _next_open(self) -> None:
        """The next line nobody has confirmed, around again; else the next line."""
        at = next((place for place in self.table.after_current() if self._lines[place].is_open), None)
        if at is not None:
            self.table.choose(at)
        elif self.filter.value() != OPEN:
            self._step(1)

    @Slot()
    def _on_help(self) -> None:
        from gui.manual.opening import open_manual

        open_manual("version", self)

    # --- taking it -------------------------------------------------------------------------------

    @Slot()
    def _on_take(self) -> None:
        matching = self._matching
        if matching is None or not self.take.isEnabled():
            return
        self._is_busy = True
        self._tell()
        work = partial(
            _take,
            self._context.store,
            self._key,
            self._new,
            dict(matching.pairs),
            dict(matching.merged),
            self.basis.text(),
            self.reason.text(),
            self._review,
        )
        task = self._context.jobs.start(
            "正在换成新版本", work, self._on_taken, on_error=self._on_error, on_cancelled=self._on_cancelled
        )
        self.waiting.follow(task)

    def _on_taken(self, changes: Changes) -> None:
        if isValid(self):
            self._is_touched = self._is_busy = False
            self.taken.emit(changes, str(self._key))
            self.accept()

    def _on_cancelled(self) -> None:
        if isValid(self):
            self._is_busy = False
            self._tell()

    def _on_error(self, error: BaseException) -> None:
        self._on_cancelled()
        if isinstance(error, KnownError):
            messages.show_error(self if isValid(self) else None, error, consequence="没有保存，台账没有改动。")
            return
        from gui import crash

        crash.report(error)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._is_touched = self._is_busy = False
        self.reject()

    def reject(self) -> None:
        """Esc, 取消: at once when nothing was said, else ask."""
        if self._is_busy:
            return
        if not self._is_touched:
            super().reject()
            return
        messages.ask(
            self,
            "新版本对照",
            "已确认的对应关系没有写入台账，关闭就会丢失。",
            [
                Action("不换，关闭", super().reject),
                Action("回去对照", None, is_primary=True, is_escape=True),
            ],
            headline="还没有换成新版本",
        )


def _is_same(line: Line, other: Line) -> bool:
    """Whether two lines speak of the same measure: by its new number, else by its old one."""
    if line.new is not None and other.new is not None:
        return line.new.no == other.new.no
    return line.key == other.key


def _take(
    store: Store,
    key: str | None,
    new: Plan,
    pairs: dict[int, int],
    merged: dict[int, int],
    basis: str,
    reason: str,
    review: Review | None,
    job: Job,
) -> Changes:
    from core.office.review import original_of

    own = store.worker()
    try:
        with original_of(review) if review is not None else nullcontext() as source:
            return new_version.take_version(
                own, key, new, pairs.items(), basis=basis, merged=merged, reason=reason, source=source, job=job
            )
    finally:
        own.close()
