"""对照上级: the superior's measures at the left, what answers the chosen one at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.model.alignment import Decision
from core.office import aligning
from core.office.changes import Changes
from core.office.measure_choice import measures_of
from gui import messages
from gui.comparing_dialog import ComparingDialog
from gui.pages.align.exporting import Exporting
from gui.pages.align.pane import AnswerPane
from gui.pages.align.rows import ALL, FILTERS, OPEN, counts, is_shown, superior_row
from gui.widgets import button
from gui.widgets.plain_table import Column

if TYPE_CHECKING:
    from core.job import Job
    from core.office.aligning import Aligned, Line
    from core.office.files import Store
    from gui.context import Context

_HEIGHT = 660
_COLUMNS = (
    Column("上级措施"),
    Column("本级", "（32）（33）"),
    Column("对照", "待确认"),
    Column("冲突", "时限晚、缺指标", tip="本级时限晚于上级；上级的量化指标本级没有写明"),
)
_AT_ONCE = 10_000
"""So many pairs of measures are compared within a blink; more go into the background."""


def open_alignment(context: Context, parent: QWidget) -> AlignDialog:
    """Open the dialog over the window, for the plan in force."""
    made = AlignDialog(context, parent.window())
    made.open()
    return made


class AlignDialog(ComparingDialog):
    """Decisions are written at once, each is one step of 撤销, and the lists are read anew."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("对照上级", _HEIGHT, parent)
        self._context = context
        self._own_key = context.plan_key
        self._asked = 0
        self._own_size = 0
        self._sizes: dict[str, int] = {}
        self._written: frozenset[int] = frozenset()
        """Ours that something was decided of; told to the pages when the dialog closes, they cannot be pressed before."""
        self._found: Aligned | None = None
        self._lines: tuple[Line, ...] = ()
        self._build()
        self._connect()
        self._fill()

    def _build(self) -> None:
        self.superior = self.lay_head("上级方案", 320, FILTERS, ALL)
        self.export = button.secondary("导出", "export", self)
        self.export.setToolTip("把对照情况打印或存成文件")
        self.exporting = Exporting(self._context, self)
        self.export.setMenu(self.exporting.menu)
        self.head.addWidget(self.export)
        self.pane = AnswerPane(self)
        self.lay_body(_COLUMNS, "上级措施", self.pane)
        self.shut = button.secondary("关闭", parent=self)
        self.lay_foot(self.shut)

    def _connect(self) -> None:
        self.superior.currentIndexChanged.connect(self.reload)
        self.filter.changed.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.pane.take_keyboard)
        self.pane.decided.connect(self._on_decided)
        self.exporting.told.connect(self.note.say)
        self.exporting.started.connect(self.waiting.follow)
        self.shut.clicked.connect(self.accept)
        self._context.ledger_opened.connect(self._on_ledger_opened)
        for key, step in (("F7", -1), ("F8", 1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._step, step))
        QShortcut(QKeySequence("F1"), self).activated.connect(self._on_help)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._accept_all)

    def _fill(self) -> None:
        """The plans to choose from; reading begins with the first."""
        try:
            self._own_size = len(measures_of(self._context.store, self._own_key))
            found = aligning.superiors(self._context.store, self._own_key)
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            self._show()
            return
        self._sizes = {one.key: one.measures for one in found}
        self.superior.blockSignals(True)
        for one in found:
            self.superior.addItem(one.title.replace("\n", ""), one.key)
        self.superior.setCurrentIndex(max(self.superior.findData(_begun(self._context, self._own_key)), 0))
        self.superior.blockSignals(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    # --- reading ---------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Compare, large plans in the background; an answer that comes too late is left aside."""
        key = self.superior.currentData()
        if key is None:
            self._show()
            return
        self._asked += 1
        is_known = self._found is not None and self._found.superior.key == key
        if is_known or self._sizes[str(key)] * self._own_size <= _AT_ONCE:
            try:
                self._found = aligning.aligned(self._context.store, str(key), self._own_key, before=self._found)
            except KnownError as error:
                self._on_error(error)
            self._show()
            return
        self._found, self._lines = None, ()
        self._show()
        self.note.say("")
        work = partial(_read, self._context.store, str(key), self._own_key)
        done = partial(self._on_read, self._asked)
        task = self._context.jobs.start(
            "正在对照上级方案", work, done, on_error=self._on_error, on_cancelled=self._on_cancelled
        )
        self.waiting.follow(task)

    def _on_read(self, asked: int, found: Aligned) -> None:
        if isValid(self) and asked == self._asked:
            self._found = found
            self._show()

    def _on_cancelled(self) -> None:
        if isValid(self):
            self.note.say("已取消对照。再选一次上级方案就重新开始。")

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            if isValid(self):
                self.note.say(str(error), is_wrong=True)
            return
        from gui import crash

        crash.report(error)

    @Slot()
    def _show(self) -> None:
        """The superior's measures that the filter lets through; the cursor stays on the one it was on."""
        found, before = self._found, self.line()
        self.export.setEnabled(found is not None)
        self.exporting.found = found
        if found is None:
            self._lines = ()
            self.table.show_rows([])
            return
        at = self.table.row()
        self._lines = tuple(line for line in found.lines if is_shown(line, str(self.filter.value() or ALL)))
        same = [place for place, line in enumerate(self._lines) if before and line.superior.no == before.superior.no]
        self.table.show_rows([superior_row(line) for line in self._lines], same[0] if same else max(at, 0))
        self.note.say(counts(found))

    def line(self) -> Line | None:
        """The superior measure the cursor is on."""
        at = self.table.row()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    @Slot()
    def _on_chosen(self) -> None:
        self.pane.show_line(self.line(), self._found, may_write=not self._context.read_only)

    def _step(self, by: int) -> None:
        self.table.step(by)

    @Slot()
    def _on_help(self) -> None:
        from gui.manual.opening import open_manual

        open_manual("align", self)

    @Slot()
    def _accept_all(self) -> None:
        """Everything suggested for this one, and on to the next that waits."""
        self.pane.accept_all()
        at = next((place for place in self.table.after_current() if is_shown(self._lines[place], OPEN)), None)
        if at is not None:
            self.table.choose(at)

    @Slot()
    def _on_ledger_opened(self) -> None:
        """What was decided belongs to another ledger; its pages are gone."""
        self._written = frozenset()
        self.reject()

    def done(self, result: int) -> None:
        """Closed: nobody waits for the comparison any more, and the pages behind read what was written."""
        self.waiting.stop()
        super().done(result)
        if self._written:
            self._context.announce(Changes(measures=self._written))

    # --- deciding ------------------------------------------------------------------------

    @Slot(object, object)
    def _on_decided(self, numbers: tuple[int, ...], decision: Decision | None) -> None:
        line, found = self.line(), self._found
        if line is None or found is None or self._context.read_only:
            return
        pairs = [(line.superior.no, own) for own in numbers]
        try:
            changes = aligning.decide(self._context.store, found.superior.key, pairs, decision, own_key=self._own_key)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self._written |= changes.measures
        self.reload()


def _begun(context: Context, own_key: str | None) -> str:
    """The superior that was decided on before: work goes on where it stopped."""
    return next((one.key for one in aligning.decided_with(context.store, own_key)), "")


def _read(store: Store, key: str, own_key: str | None, job: Job) -> Aligned:
    own = store.worker(read_only=True)
    try:
        return aligning.aligned(own, key, own_key, job=job)
    finally:
        own.close()
