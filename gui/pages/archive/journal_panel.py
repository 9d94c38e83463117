"""操作日志: filters, the table, and the chosen act whole at the right."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import history
from core.office import units as register
from core.office.history import JournalFilter
from core.office.measure_choice import measures_of
from gui import messages, theme
from gui.pages.archive.journal_detail import NARROW, WIDTH, JournalDetail
from gui.pages.archive.journal_filters import JournalFilters
from gui.pages.archive.journal_model import JournalModel
from gui.pages.archive.journal_table import JournalTable
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.job import Job
    from core.office.files import Store
    from core.office.history import JournalPlace
    from core.office.journal_sheet import JournalFile
    from gui.context import Context

Known = tuple[tuple[str, ...], tuple[str, ...]]
"""Actions and persons."""
_AT_ONCE = 20_000
"""A longer journal is searched in the background."""
_WIDE = 1040
_OUT = ("Excel 工作簿 (*.xlsx)",)


class JournalPanel(QWidget):
    """Reads when it is on screen and something changed."""

    open_place = Signal(object, bool)
    """A JournalPlace, and whether its form (else its measure) is wanted."""
    exported = Signal(object)
    """A workbook was written; carries core.office.journal_sheet.JournalFile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_stale = True
        self._asked = 0
        self._known_to = 0
        """Actions and persons are known up to this number of the journal."""
        self._total = 0
        self._place: JournalPlace | None = None
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(0)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filters = JournalFilters(self)
        self.model = JournalModel(self)
        self.rooms = QStackedWidget(self)
        card = Card(self.rooms)
        self.table = JournalTable(self.model, card)
        self.detail = JournalDetail(self)
        self.count = labels.label("", "second", self)
        self.note = Note(self)
        self.note.set_wraps(is_wrapping=False)
        self.clear = button.link("清除筛选", self)
        self.export = button.secondary("导出 Excel", "export", self)
        self.export.setToolTip("把筛选出的记录导出为 Excel 工作簿")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        inner.setSpacing(0)
        inner.addWidget(self.table)
        self.none_left = EmptyState("magnifying-glass", "没有符合条件的记录", "请换一个词，或清除筛选。")
        self.rooms.addWidget(card)
        self.rooms.addWidget(self.none_left)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.rooms, 1)
        body.addWidget(self.detail)
        line = QHBoxLayout()
        line.setSpacing(12)
        for widget in (self.count, self.clear, self.note):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.export)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.filters)
        outer.addLayout(line)
        outer.addLayout(body, 1)
        order = [self.filters.until, self.clear, self.export, self.table, self.detail.body]
        for before, then in pairwise(order):
            QWidget.setTabOrder(before, then)

    def _connect(self) -> None:
        self._refresher.timeout.connect(self._catch_up)
        for signal in (self._context.ledger_opened, self._context.scope_changed, self._context.changed):
            signal.connect(self._on_changed)
        self._context.ledger_opened.connect(self._on_ledger_opened)
        self.filters.changed.connect(self.search)
        self.clear.clicked.connect(self.filters.clear)
        self.model.failed.connect(self._on_failed)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.too_many_copied.connect(self._on_too_many)
        self.detail.measure_asked.connect(self._on_measure)
        self.detail.form_asked.connect(self._on_form)
        self.detail.history_asked.connect(self._on_history)
        self.export.clicked.connect(self._on_export)

    @Slot(int, int)
    def _on_too_many(self, lines: int, most: int) -> None:
        self.note.say(f"选中了 {lines} 条，一次最多复制 {most} 条；要全部，请用“导出 Excel”。")

    # --- reading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done while another part was on screen."""
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table needs the width more than the detail."""
        super().resizeEvent(event)
        self.detail.setFixedWidth(theme.px(WIDTH if self.width() >= theme.px(_WIDE) else NARROW))

    def focus_words(self) -> None:
        """Ctrl+F."""
        self.filters.words.focus_all()

    @Slot()
    def _on_changed(self) -> None:
        self._is_stale = True
        self._refresher.start()

    @Slot()
    def _on_ledger_opened(self) -> None:
        """The lines of the file before must not be read from the new one."""
        self._known_to = 0
        self.filters.load_known((), ())
        self._asked += 1
        self.model.show(None, ())
        self.detail.show_line(None)

    @Slot()
    def _catch_up(self) -> None:
        if self._is_stale and self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read choices and lines anew; filter and cursor stay."""
        self._is_stale = False
        context = self._context
        self.note.say("")
        self.filters.setEnabled(context.has_store)
        self.export.setEnabled(context.has_store)
        if not context.has_store:
            self._show((), None)
            return
        store = context.store
        try:
            everything = history.journal_numbers(store, JournalFilter())
            self._total = len(everything)
            plan = measures_of(store, context.plan_key) if context.plan_key is not None else ()
            self.filters.load(context.plan_key, plan, [unit.name for unit in register.all_units(store)])
            self._load_known(store, everything[0] if everything else 0)
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        if self.filters.is_empty() and self.isVisible():
            self._asked += 1
            self._show(everything, store)
        else:
            self.search()

    def _load_known(self, store: Store, last: int) -> None:
        """Actions and persons to choose from; of a long journal they are gathered in the background once."""
        after, self._known_to = self._known_to, last
        if last - after > _AT_ONCE:
            work = partial(_known, store, after)
            self._context.jobs.start("正在读取操作日志", work, partial(self._on_known, store))
        else:
            self._on_known(store, _known_in(store, after))

    def _on_known(self, store: Store, known: Known) -> None:
        if self._context.has_store and self._context.store is store:
            self.filters.add_known(*known)

    @Slot()
    def search(self) -> None:
        """Ask for what the filters say; a search for words through a long journal goes on in the background."""
        if not self._context.has_store:
            return
        if not self.isVisible():
            self._is_stale = True
            return
        wanted = self.filters.value()
        self._asked += 1
        self.note.say("")
        store = self._context.store
        if (wanted.words or wanted.unit) and self._total > _AT_ONCE:
            work = partial(_numbers, store, wanted)
            self._context.jobs.start("正在搜索操作日志", work, partial(self._on_found, self._asked, store))
            return
        try:
            self._show(history.journal_numbers(store, wanted), store)
        except KnownError as error:
            self._on_failed(str(error))

    def _on_found(self, asked: int, store: Store, numbers: Sequence[int]) -> None:
        if asked == self._asked and self._context.has_store and self._context.store is store:
            self._show(numbers, store)

    def _show(self, numbers: Sequence[int], store: Store | None) -> None:
        # who stands on the newest wants to see the newest
        at = self.table.currentIndex().row()
        chosen = self.model.number(at) if at > 0 else 0
        self.model.show(store, numbers)
        is_filtered = not self.filters.is_empty()
        self.count.setText(f"{'筛选出' if is_filtered else '共'} {len(numbers):,} 条")
        self.clear.setVisible(is_filtered)
        self.export.setEnabled(bool(numbers))
        self.rooms.setCurrentIndex(0 if numbers or not is_filtered else 1)
        self.table.choose(max(self.model.row_of(chosen), 0))

    # --- acts ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.note.say(sentence, is_wrong=True)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        line = self.model.line(row)
        self._place = None
        try:
            self._place = history.place_of(self._context.store, line) if line is not None else None
        except KnownError as error:
            self._on_failed(str(error))
        self.detail.show_line(line, self._place)

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self._on_chosen(row)
        if self._place is not None:
            self.open_place.emit(self._place, self._place.obligation_id is not None)

    @Slot()
    def _on_measure(self) -> None:
        if self._place is not None:
            self.open_place.emit(self._place, False)

    @Slot()
    def _on_form(self) -> None:
        if self._place is not None:
            self.open_place.emit(self._place, True)

    @Slot(bool)
    def _on_history(self, is_own: bool) -> None:
        place = self._place
        if place is None:
            return
        if place.plan_key != self._context.plan_key:
            self._context.set_scope(plan_key=place.plan_key)
            self.reload()
        self.filters.show_measure(place.measure_no, (place.unit or "") if is_own else "")

    @Slot()
    def _on_export(self) -> None:
        start = self._context.store.path.parent / "操作日志.xlsx"
        messages.choose_save(self, "导出操作日志", start, _OUT, self.write)

    def write(self, path: Path) -> None:
        """Write what the filter leaves, in the background."""
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        work = partial(_export, self._context.store, self.filters.value(), path)
        self._context.jobs.start(f"正在导出 {path.name}", work, self.exported.emit)


def _known_in(store: Store, after: int) -> Known:
    return history.journal_actions(store, after=after), history.journal_people(store, after=after)


def _known(store: Store, after: int, _job: Job) -> Known:
    own = store.worker(read_only=True)
    try:
        return _known_in(own, after)
    finally:
        own.close()


def _numbers(store: Store, wanted: JournalFilter, _job: Job) -> Sequence[int]:
    own = store.worker(read_only=True)
    try:
        return history.journal_numbers(own, wanted)
    finally:
        own.close()


def _export(store: Store, wanted: JournalFilter, path: Path, job: Job) -> JournalFile:
    from core.office import journal_sheet

    own = store.worker(read_only=True)
    try:
        return journal_sheet.export_journal(own, wanted, path, job)
    finally:
        own.close()
