"""报送期: the periods of the plan with what was expected and came back; make, change, freeze and delete them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import InvalidError, KnownError
from core.job import Job
from core.model.ledger import Period
from core.office import periods
from core.office.changes import Changes
from core.office.overview import overview
from core.office.periods import PeriodLine
from core.office.returns import returns
from gui import messages, theme
from gui.context import Context
from gui.jobs import Task
from gui.periods.freeze_panel import FreezePanel
from gui.periods.list_dialog import READ_ONLY, ListDialog
from gui.periods.new_period import NewPeriodDialog, Wanted
from gui.periods.period_form import PeriodForm
from gui.periods.upward_dialog import open_upward
from gui.widgets import button, labels
from gui.widgets.plain_table import Column

_SIZE = (1088, 600)
_FORM = 320
_EXPECTED, _RETURNED = 3, 4
_COLUMNS = (
    Column("名称"),
    Column("起止", "2024-04-01—2024-06-30"),
    Column("截止日期", "2024-06-30", tip="遇节假日顺延的，为顺延后的日期"),
    Column("应报", "00000", is_number=True, tip="本期第一天之前尚未完成、也未说明不涉及的责任事项"),
    Column("已报", "00000", is_number=True, tip="应报的责任事项中，截至统计截止日期有本期填报的"),
    Column("固定", "2024-06-30", tip="固定数字时的统计截止日期"),
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Expected and returned of a period."""

    key: str
    expected: int
    returned: int


def open_periods(context: Context, parent: QWidget) -> PeriodsDialog:
    """Open the dialog over the window."""
    made = PeriodsDialog(context, parent.window())
    made.open()
    return made


class PeriodsDialog(ListDialog):
    """The list at the left, the chosen period at the right; figures come in from the worker."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "报送期", _COLUMNS, _SIZE, parent)
        self._lines: tuple[PeriodLine, ...] = ()
        self._task: Task | None = None
        self._connect()
        self.reload(context.period_key)

    def head_buttons(self) -> Sequence[button.Button]:
        self.upward = button.secondary("上报事项", "export", self)
        self.upward.setToolTip("方案要求向上级报送的材料和时限")
        self.add = button.secondary("新建报送期", "plus", self)
        return self.upward, self.add

    def foot_buttons(self) -> Sequence[button.Button]:
        self.use = button.secondary("选为当前报送期", "check", self)
        return (self.use,)

    def side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(12)
        self.form = PeriodForm(self)
        self.form.setFixedWidth(theme.px(_FORM))
        side.addWidget(self.form)
        side.addWidget(labels.rule(self))
        self.freezing = FreezePanel(self._context, self._settle, self)
        self.freezing.setFixedWidth(theme.px(_FORM))
        side.addWidget(self.freezing)
        self.delete = button.ghost("删除报送期", "trash", self)
        side.addWidget(self.delete)
        side.addStretch(1)
        return side

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.upward.clicked.connect(self._on_upward)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_use)
        self.table.removal_asked.connect(self._on_delete)
        self.form.saved.connect(self._on_saved)
        self.freezing.frozen.connect(self._on_frozen)
        self.delete.clicked.connect(self._on_delete)
        self.use.clicked.connect(self._on_use)
        self.finished.connect(self._on_finished)
        self._context.ledger_opened.connect(self._on_ledger_opened)
        self.undo_bar.undone.connect(self.reload)

    # --- the list --------------------------------------------------------------------------------

    def reload(self, key: str | None = None) -> None:
        """Read the list anew and put the cursor on a period."""
        wanted = key or self._key()
        context = self._context
        self._lines = periods.period_lines(context.store, context.plan_key, context.as_of)
        rows = [
            (
                line.period.title,
                f"{line.period.first_day}—{line.period.last_day}",
                str(line.cut_off),
                "",
                "",
                str(line.frozen_on or ""),
            )
            for line in self._lines
        ]
        at = next((at for at, line in enumerate(self._lines) if line.period.key == wanted), 0)
        self.table.show_rows(rows, at)
        self.add.setEnabled(not context.read_only)
        self.add.setToolTip(READ_ONLY if context.read_only else "")
        self._count()

    def _count(self) -> None:
        """Expected and returned of every period, in the worker; a count that is under way is given up."""
        self._give_up()
        store, plan, as_of = self._context.store, self._context.plan_key, self._context.as_of
        keys = [line.period.key for line in self._lines]

        def work(job: Job) -> list[_Counted]:
            found = []
            with closing(store.worker(read_only=True)) as own:
                view = overview(own, plan, as_of)
                for at, key in enumerate(keys):
                    job.step(at, len(keys), "正在统计各报送期")
                    one = returns(own, plan, key, as_of, view=view)
                    found.append(_Counted(key, one.expected, one.returned))
            return found

        self._task = self._context.jobs.start("正在统计各报送期", work, self._on_counted)

    def _on_counted(self, found: list[_Counted]) -> None:
        self._task = None
        rows = {line.period.key: at for at, line in enumerate(self._lines)}
        for one in found:
            if one.key in rows:
                self.table.show_cell(rows[one.key], _EXPECTED, str(one.expected))
                self.table.show_cell(rows[one.key], _RETURNED, str(one.returned))

    def _line(self) -> PeriodLine | None:
        at = self.table.row()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _key(self) -> str | None:
        line = self._line()
        return None if line is None else line.period.key

    @Slot()
    def _on_chosen(self) -> None:
        if self.form.is_changed() and self.form.key() != self._key():
            self._leave(self._key())
            return
        self._show()

    def _leave(self, wanted: str | None) -> None:
        """Save the period that is left; the cursor stays on it where that cannot be."""
        left = self.form.key()
        if self._settle():
            self.reload(wanted)
            return
        row = next(at for at, line in enumerate(self._lines) if line.period.key == left)
        self.table.blockSignals(True)
        self.table.choose(row)
        self.table.blockSignals(False)

    def _show(self) -> None:
        line, read_only = self._line(), self._context.read_only
        self.form.show_line(line, read_only=read_only)
        self.freezing.show_line(line)
        why = READ_ONLY if read_only else line.why_kept if line is not None and line.kept else "按方案自动列出"
        self.delete.setEnabled(not why)
        self.delete.setToolTip(f"{why}，不能删除" if why and not read_only else why)
        self.use.setEnabled(line is not None and line.period.key != self._context.period_key)

    # --- writing ---------------------------------------------------------------------------------

    def _announce(self, changes: Changes, key: str | None) -> None:
        self.reload(key)
        self._context.announce(changes)
        self._show()

    def _write(self, period: Period, key: str | None, said_by: PeriodForm | NewPeriodDialog) -> bool:
        try:
            changes = periods.save_period(
                self._context.store,
                self._context.plan_key,
                key,
                title=period.title,
                first_day=period.first_day,
                last_day=period.last_day,
                cut_off=period.cut_off,
                asks=period.asks,
            )
        except InvalidError as error:
            said_by.say(str(error), field=error.field or "period")
            return False
        except KnownError as error:
            messages.show_error(self, error)
            return False
        kept = periods.period_of(self._context.store, self._context.plan_key, key or period.title.strip())
        self.form.forget()
        self._announce(changes, kept.key)
        return True

    def _settle(self) -> bool:
        """Save what was typed before something else is shown; False where it cannot be saved as it stands."""
        if self._context.read_only or not self.form.is_changed():
            return True
        value = self.form.value()
        return value is not None and self._write(value, value.key, self.form)

    def done(self, result: int) -> None:
        """What was typed is saved before the dialog closes; it stays open where that cannot be."""
        if not self.freezing.is_busy and self._settle():
            super().done(result)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.form.forget()
        self.reject()

    @Slot(object)
    def _on_saved(self, period: Period) -> None:
        if self._write(period, period.key, self.form):
            self.form.say("已保存")

    @Slot()
    def _on_add(self) -> None:
        if not self._settle():
            return
        dialog = NewPeriodDialog(self._context.as_of, self)
        dialog.wanted.connect(partial(self._on_wanted, dialog))
        dialog.open()

    @Slot()
    def _on_upward(self) -> None:
        """Reports bring periods of their own: the list is read anew behind them."""
        if self._settle():
            open_upward(self._context, self).finished.connect(self._on_upward_closed)

    @Slot()
    def _on_upward_closed(self) -> None:
        if self._context.has_store:
            self.reload()

    def _on_wanted(self, dialog: NewPeriodDialog, wanted: Wanted) -> None:
        if wanted.named is not None:
            if self._write(wanted.named, None, dialog):
                dialog.accept()
            return
        found = periods.period_of(self._context.store, self._context.plan_key, wanted.key or "")
        if any(line.kept and line.period.key == found.key for line in self._lines):
            self.reload(found.key)
            self.form.say(f"“{found.title}”已经有了。")
            dialog.accept()
        elif self._write(found, found.key, dialog):
            dialog.accept()

    @Slot()
    def _on_delete(self) -> None:
        line = self._line()
        if line is None or not self.delete.isEnabled():
            return
        try:
            changes = periods.delete_period(self._context.store, line.period.key)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self._announce(changes, None)
        self.undoing.offer(f"已删去报送期：{line.period.title}")

    @Slot(object)
    def _on_frozen(self, changes: Changes) -> None:
        self._announce(changes, self._key())

    @Slot()
    def _on_use(self) -> None:
        key = self._key()
        if key is not None and self._settle():
            self._context.set_scope(period_key=key)
            self.accept()

    @Slot()
    def _on_finished(self) -> None:
        self.freezing.stop()
        self._give_up()

    def _give_up(self) -> None:
        """Nobody waits for the figures that are being counted."""
        if self._task is not None:
            self._task.is_abandoned = True
            self._task.cancel()
            self._task = None
