"""发文登记: every document of the plan that left the office, with 签收, its kept files and what is another since."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.model.document_kind import DocumentKind
from gui import theme
from gui.pages.exchange.line_model import LineModel
from gui.pages.exchange.line_table import LineTable
from gui.pages.progress.parts import Card
from gui.pages.report import issued_lines
from gui.pages.report.issued_lines import IssuedLine
from gui.pages.report.issued_pane import IssuedPane
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.model.issued import Change, Issued
    from core.office.files import Store
    from gui.context import Context
    from gui.jobs import Task

_PAUSE = 200
"""Milliseconds a line is looked at until it is compared with now."""


class Register(QWidget):
    """In the place of kinds and pages; the desk does what its buttons ask."""

    closed = Signal()
    print_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: tuple[Issued, ...] = ()
        self._plan_title = ""
        self._comparing: Task | None = None
        self._turn = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._build()
        self.table.chosen.connect(self._on_chosen)
        self.kind.activated.connect(self._show)
        self.back.clicked.connect(self.closed)
        self.print.clicked.connect(self.print_asked)
        self.export.clicked.connect(partial(self._on_export, "xlsx"))
        self._pause.timeout.connect(self._compare)

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.model = LineModel(issued_lines.COLUMNS, self)
        self.pages = QStackedWidget(self)
        body = QWidget(self.pages)
        card = Card(body)
        self.table = LineTable(self.model, "发文登记，回车打开留存的文件", card)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 1, 0, 1)
        inside.addLayout(self.table.with_foot())
        self.pane = IssuedPane(body)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.pane)
        self.back_here = button.primary("返回文种", "arrow-left", self)
        self.back_here.clicked.connect(self.closed)
        self.empty = EmptyState(
            "notebook",
            "还没有出具过文件",
            "选一个文种，看过页面后点“出具”：文件、文号和文中数字都留存在这里，可以登记签收，也可以与现在相比。",
            [self.back_here],
            parent=self,
        )
        self.pages.addWidget(body)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        layout.addWidget(self.pages, 1)

    def _build_head(self) -> QHBoxLayout:
        self.back = button.ghost("返回文种", "arrow-left", self)
        self.back.setToolTip("回到文种和页面（Esc）")
        self.kind = ComboBox(self, name="文种")
        self.kind.setToolTip("只看一种文件")
        self.count = labels.label("", "note", self)
        self.print = button.secondary("打印登记表", "printer", self)
        self.export = button.secondary("导出 Excel", "export", self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addSpacing(8)
        row.addWidget(labels.label("文种", "second", self))
        row.addWidget(self.kind)
        row.addSpacing(8)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.print)
        row.addWidget(self.export)
        return row

    # --- what is shown ---------------------------------------------------------------------------

    def load(self, rows: tuple[Issued, ...], plan_title: str) -> None:
        """Show the register of a plan; what was chosen stays chosen."""
        self._rows, self._plan_title = rows, plan_title
        before = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem("全部文种", None)
        for kind in DocumentKind:
            count = sum(one.kind is kind for one in rows)
            if count:
                self.kind.addItem(f"{kind.title}（{count}）", kind.value)
        self.kind.setCurrentIndex(max(self.kind.findData(before), 0))
        self._show()

    def kind_shown(self) -> str | None:
        """The key of the only kind that is shown, None for all."""
        return self.kind.currentData()

    def current(self) -> Issued | None:
        """The line under the cursor."""
        line = self.table.current()
        return line.row if line is not None else None

    def choose(self, issued_id: int) -> None:
        """Put the cursor on a line, whatever kind was shown."""
        if not self.table.choose(str(issued_id)):
            self.kind.setCurrentIndex(0)
            self._show()
            self.table.choose(str(issued_id))

    @Slot()
    def _show(self) -> None:
        kind = self.kind_shown()
        shown = [one for one in self._rows if kind in (None, one.kind.value)]
        unsigned = sum(one.awaits_signature for one in shown)
        self.count.setText(f"共 {len(shown)} 份" + (f"，应签收未签收 {unsigned} 份" if unsigned else ""))
        self.pages.setCurrentIndex(0 if self._rows else 1)
        for widget in (self.print, self.export, self.kind):
            widget.setEnabled(bool(self._rows))
        self.table.load([IssuedLine(one, issued_lines.short_title(one, self._plan_title)) for one in shown])
        self.table.fit()

    @Slot(object)
    def _on_chosen(self, line: IssuedLine | None) -> None:
        self._give_up()
        row = line.row if line is not None else None
        title = line.title if line is not None else ""
        self.pane.show_row(row, title, read_only=self._context.read_only)
        if row is not None:
            self.pane.say("正在与现在的台账比较")
            self._pause.start()

    def _on_export(self, fmt: str, _checked: bool = False) -> None:
        self.export_asked.emit(fmt)

    # --- compared with now -----------------------------------------------------------------------

    def compare_again(self) -> None:
        """The ledger is another, or its date."""
        if self.current() is not None:
            self._give_up()
            self._pause.start()

    def _give_up(self) -> None:
        self._pause.stop()
        self._turn += 1
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None

    @Slot()
    def _compare(self) -> None:
        row = self.current()
        if row is None or not self.isVisible() or not self._context.has_store:
            return
        self._give_up()
        as_of = self._context.as_of
        self._comparing = self._context.jobs.start(
            "正在与现在相比",
            partial(_compare, self._context.store, row.id, as_of),
            partial(self._on_compared, self._turn, row, as_of),
            on_error=partial(self._on_error, self._turn),
            on_cancelled=lambda: None,
        )

    def _on_compared(self, turn: int, row: Issued, as_of: date, changes: tuple[Change, ...]) -> None:
        if not isValid(self) or turn != self._turn:
            return
        self._comparing = None
        dates = f"出具时截至 {row.as_of}，现在截至 {as_of}"
        if changes:
            figures = sum(one.is_figure for one in changes)
            words = f"{dates}：{figures} 个数字、{len(changes) - figures} 条责任事项不同"
            self.pane.show_changes(changes, words)
        else:
            self.pane.say(f"{dates}：文中的数字和责任事项都没有变")

    def _on_error(self, turn: int, error: BaseException) -> None:
        if not isValid(self) or turn != self._turn:
            return
        self._comparing = None
        if isinstance(error, KnownError):
            self.pane.say(f"现在不能比较：{error}")
            return
        from gui import crash

        crash.report(error)

    def hideEvent(self, event: object) -> None:
        """Nobody looks at it any more."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._give_up()

    def showEvent(self, event: object) -> None:
        """Looked at again: compare what is chosen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.pane.setFixedWidth(theme.px(320 if self.width() < theme.px(960) else 360))
        self.compare_again()


def _compare(store: Store, issued_id: int, as_of: date, _job: Job) -> tuple[Change, ...]:
    """In the worker, on its own connection."""
    from core.office import issued

    with closing(store.worker(read_only=True)) as own:
        return issued.changed_since(own, issued_id, as_of)
