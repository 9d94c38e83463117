"""下发回收: sheets out to the units, back in whatever shape, checked, and upward; five steps for one period."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.office.return_lines import Came, unchecked
from gui import theme
from gui.pages.base import Page
from gui.pages.exchange.check_step import CheckStep
from gui.pages.exchange.collect_step import CollectStep
from gui.pages.exchange.period_step import PeriodStep
from gui.pages.exchange.reading import read_exchange
from gui.pages.exchange.returning import Returning
from gui.pages.exchange.send_step import SendStep
from gui.pages.exchange.step import CHECK, COLLECT, PERIOD, READ_ONLY, SEND, SUBMIT, Step
from gui.pages.exchange.stepper import Stepper
from gui.pages.exchange.submit_step import SubmitStep
from gui.pages.exchange.words import cut_off_words
from gui.pages.no_plan import NoPlan
from gui.plan_reader import PlanReader
from gui.undo_offer import UndoOffer
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.file_drop import FileDrop
from gui.widgets.stack_turn import turn_to
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.errors import KnownError
    from core.office.changes import Changes
    from core.office.collected import Collected
    from gui.context import Context
    from gui.pages.exchange.reading import ExchangeReading

TITLES = ("选报送期", "生成填报表", "回收", "核对", "上报")
_NUMBERS = range(1, len(TITLES) + 1)
_ON_SCREEN = Qt.ShortcutContext.WindowShortcut
_MARGIN = 16
_UNDO_WIDTH = 520
_TAKE_IN = "选择收到的填报表、压缩包、盖章扫描件和佐证材料，可多选"


class _Rooms(QStackedWidget):
    """Needs the room of the step on screen, not of the largest."""

    def minimumSizeHint(self) -> QSize:
        current = self.currentWidget()
        return current.minimumSizeHint() if current is not None else super().minimumSizeHint()


class _Steps(dict[int, Step]):
    """By number; one that is not there yet is made when it is asked for. ``values`` are those that were made."""

    def __init__(self, make: Callable[[int], Step]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> Step:
        return self._make(number)


class ExchangePage(Page):
    """Joins the steps: which one is on screen, what all of them show, the bar after an act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.reading: ExchangeReading | None = None
        self._is_stale = True
        self._is_touched = False
        """Something was written that what was read may be held against anew."""
        self._stale_steps: set[int] = set()
        self._notes: dict[int, str] = {}
        self.reader = PlanReader(context, "正在读取报送情况", read_exchange, self)
        self.returning = Returning(context, self)
        self._plan_of_returns: tuple[object, ...] = ()
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self._build()
        self.undoing = UndoOffer(context, self.undo_bar, self.place_undo_bar)
        self.drop = FileDrop(self, self.collect_step.zone, lambda: not self.context.read_only)
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        # each in its last place from the beginning: Qt styles a widget anew, with all it holds, whenever it is moved
        self.stack = QStackedWidget(self)
        self.body = QWidget(self.stack)
        title = self._build_title()  # first, so that Tab comes by it first
        self.stepper = Stepper(TITLES, self.body)
        self.rooms = _Rooms(self.body)
        self.period_step = PeriodStep(self.context, self.rooms)
        self.send_step = SendStep(self.context, self.rooms)
        self.collect_step = CollectStep(self.context, self.returning, self.rooms)
        self.steps = _Steps(self._make_step)
        for number, step in ((PERIOD, self.period_step), (SEND, self.send_step), (COLLECT, self.collect_step)):
            self._take_step(number, step)
        self.wait = labels.label("正在读取报送情况", "second", self.rooms)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rooms.addWidget(self.wait)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addLayout(title)
        column.addWidget(self.stepper)
        column.addWidget(self.rooms, 1)
        self.no_plan = NoPlan(self, "arrows-left-right")
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.no_plan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.undo_bar = UndoBar(self)

    def _make_step(self, number: int) -> Step:
        """核对 and 上报 are made when they are first looked at, or have something to show."""
        if number == SUBMIT:
            return self._take_step(SUBMIT, SubmitStep(self.context, self.rooms))
        check = CheckStep(self.context, self.rooms)
        check.look_again.connect(self.returning.again)
        check.held.connect(self.returning.hold)
        return self._take_step(CHECK, check)

    def _take_step(self, number: int, step: Step) -> Step:
        self.steps[number] = step
        self.rooms.addWidget(step)
        step.go.connect(self.show_step)
        step.told.connect(self.tell)
        step.changed.connect(self._on_written)
        step.noted.connect(partial(self._on_noted, number))
        step.open_group.connect(self.open_group)
        step.open_unit.connect(self.open_unit)
        step.open_obligation.connect(self.open_obligation)
        return step

    @property
    def check_step(self) -> CheckStep:
        """核对."""
        step = self.steps[CHECK]
        assert isinstance(step, CheckStep)
        return step

    @property
    def submit_step(self) -> SubmitStep:
        """上报."""
        step = self.steps[SUBMIT]
        assert isinstance(step, SubmitStep)
        return step

    def _build_title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        title = labels.label("下发回收", "title", self.body)
        title.setFixedHeight(theme.px(32))
        self.note = ElidedLabel("", "second", self.body)
        self.take_in = button.secondary("收填报表", "tray", self.body)
        self.take_in.setToolTip(_TAKE_IN)
        self.remind = button.secondary("催办", "bell", self.body)
        row.addWidget(title)
        row.addSpacing(8)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(self.take_in)
        row.addWidget(self.remind)
        return row

    def _connect(self) -> None:
        self.context.ledger_opened.connect(self._on_ledger_opened)
        self.context.scope_changed.connect(self._on_changed)
        self.context.changed.connect(self._on_changes)
        self._refresher.timeout.connect(self._refresh)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.stepper.chosen.connect(self.show_step)
        self.period_step.periods_asked.connect(self._on_periods)
        self.returning.looked.connect(self._on_looked)
        self.take_in.clicked.connect(self.ask_files)
        self.remind.clicked.connect(self.collect_step.remind_missing)
        self.drop.dropped.connect(self.take)
        self.drop.entered.connect(self._on_entered)
        for number in _NUMBERS:
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self, context=_ON_SCREEN)
            key.activated.connect(partial(self.show_step, number))

    # --- what the window asks --------------------------------------------------------------------

    def flush(self) -> bool:
        """Every step writes what was typed into it."""
        return not self.context.has_store or all(step.flush() for step in self.steps.values())

    def unfinished(self) -> str:
        """What was read lies in memory until it is accepted."""
        count = unchecked(self.returning.collected)
        return f"{count} 份收到的填报表已经读取，还没有接受。退出后要重新选择这些文件，台账不受影响。" if count else ""

    def tell(self, text: str) -> None:
        """Say something that has just happened."""
        self.undoing.tell(text)

    def take_keyboard(self) -> None:
        """Into the step on screen."""
        if self.stack.currentWidget() is self.no_plan:
            self.no_plan.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.steps[self.stepper.current()].take_keyboard()

    @Slot(int)
    def show_step(self, number: int) -> None:
        """Bring a step to the front."""
        if number not in _NUMBERS:
            return
        self.stepper.choose(number)
        if self.reading is not None:
            self._show_current()

    @Slot()
    def ask_files(self) -> None:
        """收填报表: choose what came."""
        self.show_step(COLLECT)
        self.collect_step.ask_files()

    @Slot()
    def _on_entered(self) -> None:
        """On the other steps the dashed place is not in view."""
        if self.stepper.current() != COLLECT:
            self.tell("松开即可读取收到的文件")

    @Slot(object)
    def take(self, paths: list[Path]) -> None:
        """Read what was dropped."""
        self.show_step(COLLECT)
        self.collect_step.take(paths)

    # --- loading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes: what was typed goes to the file."""
        super().hideEvent(event)
        self.flush()

    def _load(self) -> None:
        self._is_stale = False
        self._stale_steps = set(_NUMBERS)
        self._keep_returns()
        has_plan = self.context.has_store and self.context.plan_key is not None
        self.stack.setCurrentWidget(self.body if has_plan else self.no_plan)
        self.no_plan.settle()
        if not has_plan:
            self.reader.stop()
            self.reading = None
            return
        if self.reading is None:
            self.rooms.setCurrentWidget(self.wait)
        if self.context.period_key is None:
            self.reader.stop()
        else:
            self.reader.start()

    def _keep_returns(self) -> None:
        """What was read belongs to one ledger and plan, and is held against it again when something was written."""
        mine = (self.context.store, self.context.plan_key) if self.context.has_store else ()
        if mine != self._plan_of_returns:
            self._plan_of_returns = mine
            if not mine or not self.returning.take_over():
                self.returning.forget()
                self._show_collected(None)
        if mine and self.returning.collected is None:
            self.returning.begin()
        elif mine and self._is_touched:
            self.returning.again()
        self._is_touched = False

    @Slot(object)
    def _on_looked(self, collected: Collected) -> None:
        self._show_collected(collected)
        self._show_acts()

    def _show_collected(self, collected: Collected | None) -> None:
        if collected is not None or CHECK in self.steps:
            self.check_step.show_collected(collected)

    @Slot(object)
    def _on_read(self, reading: ExchangeReading) -> None:
        self.reading = reading
        self.wait.setText("正在读取报送情况")
        found = reading.returns
        self.note.setText(f"{found.period.title}，{cut_off_words(found.cut_off, found.as_of)}")
        self.period_step.show_reading(reading)
        self.send_step.show_reading(reading)
        self.collect_step.show_reading(reading)
        self._show_acts()
        self._show_current()

    def _show_acts(self) -> None:
        """The two buttons of the title row, and why they cannot be pressed."""
        missing, is_locked = len(self.collect_step.missing()), self.context.read_only
        self.remind.setText(f"催办未回收的 {missing} 个单位" if missing else "催办")
        self.remind.setEnabled(bool(missing) and not is_locked)
        self.remind.setToolTip(READ_ONLY if is_locked else "" if missing else "各单位都已回收")
        self._show_done()
        self.take_in.setEnabled(not is_locked)
        self.take_in.setToolTip(READ_ONLY if is_locked else _TAKE_IN)

    @Slot(object)
    def _on_failed(self, error: KnownError) -> None:
        self.reading = None
        self.wait.setText(str(error))
        self.rooms.setCurrentWidget(self.wait)

    def _show_current(self) -> None:
        number = self.stepper.current()
        if number in self._stale_steps:
            self._stale_steps.discard(number)
            self.steps[number].reload()
        turn_to(self.rooms, self.steps[number], self.steps[number].take_keyboard)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self.undo_bar.hide()
        self.reading = None
        self.stepper.choose(PERIOD)
        self._refresh()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        """What was read is held against the ledger anew where records, units or the plan are others."""
        self._is_touched |= bool(changes.obligations or changes.measures or changes.units or changes.plan)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Later, once: a write announces itself while it is still being finished."""
        self._refresher.start()

    @Slot()
    def _refresh(self) -> None:
        self._refresher.stop()
        if self.isVisible():
            self._load()
        else:
            self._is_stale = True

    # --- what the steps say ----------------------------------------------------------------------

    def _on_noted(self, number: int, words: str) -> None:
        self._notes[number] = words
        self._show_done()

    def _show_done(self) -> None:
        """A step that has something to say is done, 核对 once nothing waits for it."""
        lines = self.collect_step.lines
        waits = any(line.came in (Came.WAITING, Came.TROUBLE) for line in lines) or bool(self._notes.get(CHECK))
        is_checked = not waits and any(line.is_back for line in lines)
        for number in _NUMBERS:
            words = self._notes.get(number, "")
            self.stepper.say(number, words, is_done=is_checked if number == CHECK else bool(words))

    @Slot(object, str)
    def _on_written(self, changes: Changes, words: str) -> None:
        self.context.announce(changes)
        if words:
            self.undoing.offer(words)

    @Slot()
    def _on_periods(self) -> None:
        from gui.periods.dialog import open_periods

        open_periods(self.context, self)

    # --- the bar ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The undo bar floats over the foot of the page."""
        super().resizeEvent(event)
        self.place_undo_bar()

    def place_undo_bar(self) -> None:
        """Put the bar where it hides least."""
        width = min(self.width() - 2 * _MARGIN, theme.px(_UNDO_WIDTH))
        height = self.undo_bar.height()
        self.undo_bar.setGeometry((self.width() - width) // 2, self.height() - height - _MARGIN - 8, width, height)
        self.undo_bar.raise_()
