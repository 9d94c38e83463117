"""回收: drop what came, see who has returned, who has not and who late, remind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.office.return_lines import Came, periods_elsewhere, with_collected
from gui import icons, messages, printing, theme
from gui.pages.exchange.drop_zone import DropZone
from gui.pages.exchange.file_opener import FileOpener
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.line_table import LineTable
from gui.pages.exchange.missing_paper import MissingPaper
from gui.pages.exchange.reminder_desk import ReminderDesk
from gui.pages.exchange.return_columns import COLUMNS, REMINDED, RETURNED_AT, STAMP
from gui.pages.exchange.return_log import ReturnLog
from gui.pages.exchange.stamp_desk import StampDesk
from gui.pages.exchange.step import CHECK, PERIOD, READ_ONLY, Step
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.infobar import InfoBar
from gui.widgets.working_row import WorkingRow

if TYPE_CHECKING:
    from core.office.collected import Collected
    from core.office.return_lines import CameFile, ReturnLine
    from gui.context import Context
    from gui.pages.exchange.reading import ExchangeReading
    from gui.pages.exchange.returning import Returning

_SIDE = 336
_ALL = "全部"
_IN_TROUBLE = (Came.TROUBLE, Came.REFUSED, Came.SENT_BACK)
_CHIPS = (_ALL, "已回收", "未回收", "有问题")
_MORE_CHIPS = ("迟报", "缺盖章")
_ROOM_FOR_MORE = 1100
"""Width of the step from which on these have room; they are said below the list too."""
_SHEETS = ("填报表和附件 (*.xlsx *.xls *.xlsb *.xlsm *.ods *.et *.zip *.pdf *.jpg *.jpeg *.png)", "所有文件 (*)")


class CollectStep(Step):
    """Reading is the page's Returning; nothing is written here but stamps and reminders."""

    def __init__(self, context: Context, returning: Returning, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._returning = returning
        self._reading: ExchangeReading | None = None
        self._folder: Path | None = None
        self.lines: tuple[ReturnLine, ...] = ()
        self.desk = ReminderDesk(context, self)
        self.opener = FileOpener(context, self)
        self.stamps = StampDesk(context, self)
        self.papers = MissingPaper(context, self)
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.bar = InfoBar(self)
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
        text = "这一期没有应报的责任事项，请换一个报送期。收到的文件仍可拖进来。"
        self.empty = EmptyState("tray", "本期没有要回收的填报表", text, [choose], self.stack)
        self.stack.addWidget(panes)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _build_main(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        self.chips = {name: Chip(name, count=0, parent=card) for name in (*_CHIPS, *_MORE_CHIPS)}
        self.chips[_ALL].setChecked(True)
        self.list = button.secondary("未回收名单", "list-bullets", card, is_small=True)
        self.list.setMenu(self._list_menu())
        head = QHBoxLayout()
        head.setContentsMargins(11, 8, 11, 8)
        head.setSpacing(8)
        for chip in self.chips.values():
            chip.setAutoExclusive(True)
            head.addWidget(chip)
        head.addStretch(1)
        head.addWidget(self.list)
        self.model = LineModel(COLUMNS, self)
        self.table = LineTable(self.model, "回收情况", card)
        self.note = ElidedLabel("", "note", card)
        self.next = button.primary("去核对", "arrow-right", card)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 11, 16, 11)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(self.table.with_foot(), 1)
        layout.addWidget(labels.rule(card))
        layout.addLayout(foot)
        return card

    def _list_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(icons.icon("printer"), "打印", self.papers.print)
        for fmt in ("xlsx", "pdf", "docx"):
            menu.addAction(f"导出 {printing.TITLES[fmt]}", partial(self.papers.export, fmt))
        return menu

    def _build_side(self, parent: QWidget) -> QWidget:
        card = Card(parent)
        card.setFixedWidth(theme.px(_SIDE))
        self.zone = DropZone(card)
        self.work = WorkingRow(card, is_tall=True, takes_keyboard=True)
        self.log = ReturnLog(card)
        top = QVBoxLayout()
        top.setContentsMargins(11, 11, 11, 11)
        top.setSpacing(8)
        top.addWidget(self.zone)
        top.addWidget(self.work)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(labels.rule(card))
        layout.addWidget(self.log, 1)
        return card

    def _connect(self) -> None:
        self._returning.began.connect(self.work.follow)
        self._returning.ended.connect(self.work.rest)
        self._returning.looked.connect(self._on_looked)
        self._returning.cancelled.connect(self._on_cancelled)
        self.zone.files.clicked.connect(self.ask_files)
        self.zone.folder.clicked.connect(self.ask_folder)
        for chip in self.chips.values():
            chip.clicked.connect(self._show_lines)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.table.pressed_link.connect(self._on_link)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.log.open_file.connect(self.open_file)
        self.log.stamp_asked.connect(self.stamps.ask)
        self.log.remind_asked.connect(self.remind_one)
        self.log.answer_asked.connect(self.desk.ask_answer)
        self.log.handled.connect(self.stamps.mark_handled)
        self.log.unit_asked.connect(self.open_unit)
        for desk in (self.desk, self.stamps):
            desk.done.connect(self.changed)
            desk.told.connect(self.told)
        self.papers.told.connect(self.told)
        self.next.clicked.connect(self._on_next)
        self.bar.action_chosen.connect(self._on_bar)
        self.context.ledger_opened.connect(self._on_ledger_opened)

    # --- showing ---------------------------------------------------------------------------------

    def show_reading(self, reading: ExchangeReading) -> None:
        """Show how the units of the period in force stand."""
        self._reading = reading
        self._join()

    def _join(self) -> None:
        """What is kept with what was read in this session."""
        if self._reading is None:
            return
        found, collected = self._reading.returns, self._returning.collected
        self.lines = with_collected(self._reading.kept, collected, found, datetime.now().astimezone())
        self.stack.setCurrentIndex(0 if self.lines else 1)
        groups = self._groups()
        for name, chip in self.chips.items():
            chip.set_count(len(groups[name]))
        back = len(groups["已回收"])
        self.noted.emit(f"{back} 份" if back else "")
        self.stamps.period_key = found.period.key
        self.papers.show(self.lines, found)
        self._show_lines()
        self._tell(collected)

    def _groups(self) -> dict[str, tuple[ReturnLine, ...]]:
        return {
            _ALL: self.lines,
            "已回收": tuple(line for line in self.lines if line.is_back),
            "未回收": self.missing(),
            "有问题": tuple(line for line in self.lines if line.came in _IN_TROUBLE),
            "迟报": tuple(line for line in self.lines if line.days_late > 0),
            "缺盖章": tuple(line for line in self.lines if line.is_back and not line.has_stamp),
        }

    def missing(self) -> tuple[ReturnLine, ...]:
        """The units that have not returned."""
        return tuple(line for line in self.lines if not line.is_back)

    @Slot()
    def _show_lines(self) -> None:
        name = next(name for name, chip in self.chips.items() if chip.isChecked())
        shown = self._groups()[name]
        self.table.load(shown)
        returned, expected = sum(line.returned for line in shown), sum(line.expected for line in shown)
        self.table.foot.show_totals(
            {RETURNED_AT: f"{returned}/{expected}"} if len(shown) > 1 else {}, f"合计 {len(shown)} 个单位"
        )

    def _tell(self, collected: Collected | None) -> None:
        waiting = sum(_is_to_check(line) for line in self.lines)
        groups = self._groups()
        late, stampless = len(groups["迟报"]), len(groups["缺盖章"])
        loose = len(collected.tray) if collected is not None else 0
        lost = (
            sum(one.sheet is not None and one.whose is None for one in collected.files) if collected is not None else 0
        )
        unread = sum(file.sheet is None for file in collected.files) if collected is not None else 0
        parts = [
            f"{waiting} 份待核对" if waiting else "",
            f"{late} 份迟报" if late else "",
            f"{stampless} 份没有盖章扫描件" if stampless else "",
            f"{loose + lost} 个文件未识别" if loose + lost else "",
            f"{unread} 个文件读不出来" if unread else "",
        ]
        words = "，".join(part for part in parts if part)
        self.note.setText(words or ("还没有收到填报表" if self.lines else ""))
        self.next.setEnabled(bool(waiting or loose or lost or unread))
        self.next.setToolTip("" if self.next.isEnabled() else "没有要核对的填报表")
        self.list.setEnabled(bool(self.missing()))
        self.list.setToolTip("打印或导出未回收单位的名单" if self.missing() else "各单位都已回收")
        self.zone.refuse(READ_ONLY if self.context.read_only else "")
        self._tell_elsewhere(collected)

    def _tell_elsewhere(self, collected: Collected | None) -> None:
        """Sheets of another period are there too: they are not lost, they are looked at in theirs."""
        assert self._reading is not None
        others = tuple(periods_elsewhere(collected, self._reading.returns.period.key))
        self.bar.set_items([(f"收到了{one.title}的填报表", "看这一期", one.key) for one in others[:2]])

    @Slot(object)
    def _on_looked(self, _collected: Collected) -> None:
        self._join()

    @Slot()
    def _on_cancelled(self) -> None:
        self.told.emit("已取消读取，台账没有改动")

    @Slot(str)
    def _on_bar(self, key: str) -> None:
        self.context.set_scope(period_key=key)

    @Slot()
    def _on_ledger_opened(self) -> None:
        self._reading = None
        self.lines = ()
        self.chips[_ALL].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        """Without the chips that give way: they go when it gets narrow."""
        size = super().minimumSizeHint()
        chips = [self.chips[name] for name in _MORE_CHIPS]
        giving = sum(chip.sizeHint().width() + 8 for chip in chips if not chip.isHidden())
        return QSize(size.width() - giving, size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two of the chips give way."""
        super().resizeEvent(event)
        has_room = self.width() >= theme.px(_ROOM_FOR_MORE)
        for name in _MORE_CHIPS:
            self.chips[name].setVisible(has_room)
            if not has_room and self.chips[name].isChecked():
                self.chips[_ALL].click()

    def take_keyboard(self) -> None:
        """Into the list."""
        target = self.table if self.model.rowCount() else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- reading files ---------------------------------------------------------------------------

    @Slot()
    def ask_files(self) -> None:
        """Choose files that came."""
        if not self._refuses():
            messages.choose_open_many(self, "收填报表", self._start(), _SHEETS, self.take)

    @Slot()
    def ask_folder(self) -> None:
        """Choose a folder with what came."""
        if not self._refuses():
            messages.choose_folder(self, "选择收到的文件所在的文件夹", self._start(), self._on_folder)

    def _on_folder(self, folder: Path) -> None:
        self.take([folder])

    def take(self, paths: Sequence[Path]) -> None:
        """Read what came, in the background."""
        if paths and not self._refuses():
            self._folder = self.stamps.folder = paths[0].parent
            self._returning.add(paths)

    def _refuses(self) -> bool:
        if self.context.read_only:
            self.told.emit(READ_ONLY)
        return self.context.read_only

    def _start(self) -> Path:
        return self._folder or self.context.store.path.parent

    # --- one unit --------------------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, line: ReturnLine | None) -> None:
        self.log.show_line(line, is_read_only=self.context.read_only)

    @Slot(object)
    def _on_opened(self, line: ReturnLine) -> None:
        """Enter: what is to be checked goes to 核对, a unit that owes is reminded."""
        if line.came is Came.MISSING:
            self.remind_one(line)
        elif _is_to_check(line):
            self.go.emit(CHECK)
        elif line.files:
            self.open_file(line.files[-1])

    @Slot(object, str)
    def _on_link(self, line: ReturnLine, title: str) -> None:
        if title == REMINDED and not line.is_back:
            self.remind_one(line)
        elif title == STAMP and line.has_stamp:
            self.open_file(next(file for file in line.files if file.is_scan))
        elif title == STAMP:
            self.stamps.ask(line)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        line = self.table.current()
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for file in line.files:
            menu.addAction(icons.icon("arrow-square-out"), f"打开 {file.name}", partial(self.open_file, file))
        menu.addAction(icons.icon("bell"), "催办", partial(self.remind_one, line))
        menu.addAction(icons.icon("paperclip"), "登记盖章扫描件", partial(self.stamps.ask, line))
        menu.addAction(icons.icon("note-pencil"), "填报", partial(self.open_unit.emit, line.unit))
        menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot(object)
    def open_file(self, file: CameFile) -> None:
        """Open a copy of a file that came."""
        self.opener.open(file.path, file.name)

    # --- reminding -------------------------------------------------------------------------------

    @Slot()
    def remind_missing(self) -> None:
        """催办: all that have not returned."""
        if self._reading is not None:
            missing = self.missing()
            self.desk.ask(self._reading.returns, missing, [line.unit for line in missing])

    @Slot(object)
    def remind_one(self, line: ReturnLine) -> None:
        """催办 of one unit."""
        if self._reading is not None:
            self.desk.ask(self._reading.returns, [line], [line.unit])

    @Slot()
    def _on_next(self) -> None:
        self.go.emit(CHECK)


def _is_to_check(line: ReturnLine) -> bool:
    """Whether something of it waits on 核对."""
    return line.came in (Came.TROUBLE, Came.REFUSED) or any(file.is_waiting and not file.is_scan for file in line.files)
