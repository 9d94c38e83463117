"""生成填报表: which units get a sheet, what has changed since the last one, who signed for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office.changes import Changes
from core.office.dispatch import DispatchOptions, Sending, dispatch, sign_for
from core.office.sendings import cover_of
from gui import messages, printing, theme
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.line_table import LineTable
from gui.pages.exchange.send_lines import COLUMNS, SIGNED
from gui.pages.exchange.send_options import SendOptions
from gui.pages.exchange.sign_dialog import SignDialog
from gui.pages.exchange.step import COLLECT, PERIOD, READ_ONLY, Step
from gui.pages.progress.parts import Card
from gui.pages.table.export import open_path
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar
from gui.widgets.working_row import WorkingRow

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.dispatch import Dispatched
    from core.office.files import Store
    from core.office.listing import Listing
    from core.office.sendings import UnitSending
    from gui.context import Context
    from gui.pages.exchange.reading import ExchangeReading

_SIDE = 304
_FOLDER, _PRINT, _ASIDE, _NEXT = "folder", "print", "aside", "next"
_ROWS_AT = 2
"""Where 项数 stands, after the check boxes and the unit."""


class SendStep(Step):
    """Check boxes choose the units; 生成 works in the background."""

    dispatched = Signal(object)
    """Sheets were made; carries core.office.dispatch.Dispatched."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._reading: ExchangeReading | None = None
        self._shown_for: tuple[object, ...] = ()
        self._made: Dispatched | None = None
        self.dialog: SignDialog | None = None
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = InfoBar(self, icon="check-circle")
        self.bar.hide()
        self.stack = QStackedWidget(self)
        panes = QWidget(self.stack)
        row = QHBoxLayout(panes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._build_main(panes), 1)
        row.addWidget(self._build_side(panes))
        choose = button.primary("选报送期", "calendar-check")
        choose.clicked.connect(partial(self.go.emit, PERIOD))
        text = "这一期没有应报的责任事项，请换一个报送期。"
        self.empty = EmptyState("files", "本期没有要下发的填报表", text, [choose], self.stack)
        self.stack.addWidget(panes)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _build_main(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        self.title = labels.label("", "strong", card)
        self.counts = ElidedLabel("", "second", card)
        self.all = button.link("全选", card)
        self.none = button.link("全不选", card)
        self.changed_only = button.link("只选未发和有改动的", card)
        head = QHBoxLayout()
        head.setContentsMargins(15, 9, 15, 9)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.counts, 1)
        for link in (self.all, self.none, self.changed_only):
            head.addWidget(link)
        self.model = LineModel(COLUMNS, self, has_checks=True)
        self.table = LineTable(self.model, "下发填报表的单位，空格选中，回车登记签收", card)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self.table.with_foot(), 1)
        return card

    def _build_side(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        card.setFixedWidth(theme.px(_SIDE))
        self.options = SendOptions(card)
        self.why = labels.label("", "note", card)
        self.why.setWordWrap(True)
        self.print = button.secondary("打印下发清单", "printer", card)
        self.print.setToolTip("打印已下发单位的清单，带签收栏")
        self.make = button.primary("生成", "files", card)
        self.work = WorkingRow(card, is_tall=True, takes_keyboard=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.print)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        self.buttons = QWidget(card)
        self.buttons.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 11, 15, 11)
        foot.setSpacing(8)
        for widget in (self.why, self.work, self.buttons):
            foot.addWidget(widget)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.options, 1)
        layout.addWidget(labels.rule(card))
        layout.addLayout(foot)
        return card

    def _connect(self) -> None:
        self.model.checks_changed.connect(self._count)
        self.options.changed.connect(self._count)
        self.options.open_group.connect(self.open_group)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        self.changed_only.clicked.connect(self._on_changed_only)
        self.table.opened.connect(self.ask_sign)
        self.table.pressed_link.connect(self._on_link)
        self.make.clicked.connect(self.generate)
        self.print.clicked.connect(self.print_cover)
        self.bar.action_chosen.connect(self._on_bar)
        self.context.ledger_opened.connect(self._on_ledger_opened)

    # --- showing ---------------------------------------------------------------------------------

    def show_reading(self, reading: ExchangeReading) -> None:
        """Show who would get what; for another period all units are chosen that have not the newest sheet."""
        self._reading = reading
        found, period = reading.sendings, reading.returns.period
        key = (self.context.store.path, self.context.plan_key, period.key)
        self.table.load(found.units)
        rows = sum(one.rows for one in found.units)
        self.table.foot.show_totals({_ROWS_AT: str(rows)} if rows else {}, f"合计 {len(found.units)} 个单位")
        self.stack.setCurrentIndex(0 if found.units else 1)
        self.title.setText(period.title)
        new, changed = (sum(one.sending is way for one in found.units) for way in (Sending.NEW, Sending.CHANGED))
        self.counts.setText(f"{len(found.units)} 个单位，尚未下发 {new} 个，有改动 {changed} 个")
        self.options.show_without(found.without, [group.name for group in reading.returns.groups])
        self.options.propose(self.context.store.path.parent / f"{period.title}填报表")
        if key != self._shown_for:
            self._shown_for = key
            self.bar.hide()
            self.options.only_changed.setChecked(bool(found.given))
            self._on_all()
        self._count()
        self.print.setEnabled(found.given > 0)
        self.noted.emit(f"{found.given} 份" if found.given else "")

    @Slot()
    def _count(self) -> None:
        """How many would be made; why none."""
        wanted = self._wanted()
        why = self._why_not(wanted)
        self.make.setText(f"生成 {wanted} 份" if wanted else "生成")
        self.make.setEnabled(not why)
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _wanted(self) -> int:
        checked = set(self.model.checked())
        only_changed = self.options.only_changed.isChecked()
        lines: tuple[UnitSending, ...] = self.model.all_rows()
        return sum(one.unit in checked and not (only_changed and one.sending is Sending.SAME) for one in lines)

    def _why_not(self, wanted: int) -> str:
        if self.context.read_only:
            return READ_ONLY
        if wanted:
            return ""
        return "所选单位的填报表都与上次相同" if self.model.checked() else "请选择单位"

    def take_keyboard(self) -> None:
        """Into the list."""
        target = self.table if self.model.rowCount() else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- making ----------------------------------------------------------------------------------

    @Slot()
    def generate(self) -> None:
        """Make the sheets of the chosen units in the background."""
        if self._reading is None or self.options.folder is None or self.work.is_working:
            return
        options = DispatchOptions(
            units=frozenset(self.model.checked()),
            only_changed=self.options.only_changed.isChecked(),
            packing=self.options.chosen_packing(),
            with_drafts=self.options.with_drafts.isChecked(),
        )
        store, period = self.context.store, self._reading.returns.period
        work = partial(_dispatch, store, self.context.plan_key, period.key, self.options.folder, options)
        task = self.context.jobs.start(
            "正在生成填报表",
            work,
            partial(self._on_made, store),
            on_error=self._on_error,
            on_cancelled=self._on_cancelled,
        )
        self.work.follow(task)
        self.buttons.hide()

    def _rest(self) -> None:
        self.work.rest()
        self.buttons.show()

    def _on_made(self, store: Store, made: Dispatched) -> None:
        self._rest()
        if not self.context.has_store or self.context.store is not store:
            return
        self._made = made
        self.changed.emit(made.changes, "")
        items = [(f"已生成 {len(made.files)} 份填报表和下发清单", "打开所在文件夹", _FOLDER)]
        items.append(("请单位签收", "打印下发清单", _PRINT))
        items.append(("填报表收回后", "去回收", _NEXT))
        if made.aside:
            items.append((f"{len(made.aside)} 个原有文件已移到“原有文件”", "查看", _ASIDE))
        self.bar.set_items(items)
        self.dispatched.emit(made)

    def _on_cancelled(self) -> None:
        self._rest()
        self.told.emit("已取消，没有登记下发")

    def _on_error(self, error: BaseException) -> None:
        self._rest()
        if isinstance(error, KnownError):
            messages.show_error(self, error, consequence="没有登记下发，可以再生成一次。")
            return
        from gui import crash

        crash.report(error)

    @Slot(str)
    def _on_bar(self, key: str) -> None:
        if self._made is None:
            return
        if key == _PRINT:
            self.print_cover()
        elif key == _NEXT:
            self.go.emit(COLLECT)
        elif key == _ASIDE and self._made.aside:
            open_path(self._made.aside[0].parent)
        elif self._made.cover is not None:
            open_path(self._made.cover.parent)

    @Slot()
    def print_cover(self) -> None:
        """下发清单 of all that were given a sheet, on paper."""
        if self._reading is None:
            return
        plan, period = self.context.plan_key, self._reading.returns.period.key

        def make(store: Store) -> Listing:
            return cover_of(store, plan, period)

        printing.print_listing(self.context, self, make, told=self.told.emit)

    # --- 签收 ------------------------------------------------------------------------------------

    @Slot(object)
    def ask_sign(self, line: UnitSending) -> None:
        """Ask who signed for the sheet of a unit."""
        if self._reading is None:
            return
        if self.context.read_only:
            self.told.emit(READ_ONLY)
            return
        if line.last is None:
            self.told.emit(f"还没有向“{line.unit}”下发填报表，不能登记签收")
            return
        self.dialog = SignDialog(line, self._reading.returns.period.title, self)
        self.dialog.said.connect(partial(self._on_signed, line.unit))
        self.dialog.open()

    def _on_signed(self, unit: str, by: str | None, on: date | None) -> None:
        assert self._reading is not None
        period = self._reading.returns.period.key
        try:
            changes: Changes = sign_for(self.context.store, self.context.plan_key, period, unit, by, on)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self.changed.emit(changes, f"已登记“{unit}”签收" if on else f"“{unit}”改回未签收")

    @Slot(object, str)
    def _on_link(self, line: UnitSending, title: str) -> None:
        if title == SIGNED:
            self.ask_sign(line)

    # --- choosing --------------------------------------------------------------------------------

    @Slot()
    def _on_all(self) -> None:
        self.model.check([line.unit for line in self.model.all_rows()])

    @Slot()
    def _on_none(self) -> None:
        self.model.check(())

    @Slot()
    def _on_changed_only(self) -> None:
        self.model.check([line.unit for line in self.model.all_rows() if line.sending is not Sending.SAME])

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._shown_for = ()
        self._made = None
        self.options.forget()
        self.bar.hide()


def _dispatch(
    store: Store, plan_key: str | None, period_key: str, folder: Path, options: DispatchOptions, job: Job
) -> Dispatched:
    """In the worker: its own connection."""
    own = store.worker()
    try:
        return dispatch(own, plan_key, period_key, folder, job, options)
    finally:
        own.close()
