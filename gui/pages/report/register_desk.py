"""What is done with 发文登记: shown and left, opened, signed for, declared void, compared, printed and exported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from core.errors import KnownError
from gui import icons, messages
from gui.file_commands import show_in_folder
from gui.pages.exchange.opening import Opener
from gui.pages.report import issued_lines
from gui.pages.report.issued_dialogs import SignIssuedDialog, WithdrawDialog
from gui.pages.report.issued_lines import IssuedLine
from gui.pages.report.kept_printing import KeptPrinting
from gui.printing import ListingPress, export_listing, print_listing

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPoint

    from core.model.issued import Change, Issued, IssuedFile
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.listing import Listing
    from core.office.tables import Exported
    from gui.pages.report.page import ReportPage


class RegisterDesk(QObject):
    """Works with the page's register and with 已出具 below the kinds."""

    def __init__(self, page: ReportPage) -> None:
        super().__init__(page)
        self._page = page
        self._register = page.register
        self._box = page.kinds.issued
        self._opener = Opener(page)
        self._printing = KeptPrinting(page)
        self._press: ListingPress | None = None
        self._issued: Issued | None = None
        self._batch: tuple[Issued, ...] = ()
        self._connect()

    def _connect(self) -> None:
        register, pane = self._register, self._register.pane
        self._page.issuing.issued.connect(self._on_issued)
        self._page.bar.action_chosen.connect(self._on_bar_action)
        self._box.all_asked.connect(self.show)
        self._box.opened.connect(self.show_one)
        register.closed.connect(self.leave)
        register.print_asked.connect(self.print)
        register.export_asked.connect(self.export)
        register.table.opened.connect(self._on_line_opened)
        register.table.pressed_link.connect(self._on_link)
        register.table.customContextMenuRequested.connect(self._on_menu)
        pane.file_asked.connect(self.open_file)
        pane.folder_asked.connect(self.show_folder)
        pane.print_asked.connect(self.print_kept)
        pane.sign_asked.connect(self.sign)
        pane.withdraw_asked.connect(self.withdraw)
        pane.rows_asked.connect(self.show_rows)

    # --- just issued -----------------------------------------------------------------------------

    @Slot(object)
    def _on_issued(self, found: tuple[Issued, ...]) -> None:
        """Say so, and where it is."""
        self._issued, self._batch = found[0], found
        if len(found) > 1:
            numbers = f"，{found[0].number}至{found[-1].number}" if found[0].number else ""
            words = f"已出具 {len(found)} 份{numbers}"
            self._page.bar.set_items([(words, "打印", "print_issued"), ("", "查看发文登记", "issued")])
            return
        self._page.bar.set_items(
            [
                (f"已出具 {found[0].number or found[0].kind.title}", "打开", "open_issued"),
                ("", "查看发文登记", "issued"),
            ]
        )

    @Slot(str)
    def _on_bar_action(self, key: str) -> None:
        if key == "print_issued":
            self._printing.print(self._batch, is_batch=True)
            return
        if self._issued is None or key not in ("issued", "open_issued"):
            return
        self.show_one(self._issued)
        if key == "open_issued":
            self.open_file(self._issued.files[0])

    # --- shown and left --------------------------------------------------------------------------

    def load(self) -> None:
        """Read the register of the plan in force."""
        context = self._page.context
        rows: tuple[Issued, ...] = ()
        title = ""
        if context.has_store and context.plan_key is not None:
            from core.office import board, issued

            title = next((one.title for one in board.plans(context.store) if one.key == context.plan_key), "")
            rows = issued.list_issued(context.store, context.plan_key)
        self._box.show_issued([(one, issued_lines.short_title(one, title)) for one in rows])
        self._register.load(rows, title)

    @Slot()
    def show(self) -> None:
        """发文登记 in the place of the pages."""
        self._page.show_register(is_shown=True)
        self._register.table.setFocus()

    @Slot(object)
    def show_one(self, row: Issued) -> None:
        """With the cursor on one document."""
        self.show()
        self._register.choose(row.id)

    @Slot()
    def leave(self) -> None:
        """Back to kinds and pages."""
        self._page.show_register(is_shown=False)
        self._page.kinds.view.setFocus()

    # --- one document ----------------------------------------------------------------------------

    @Slot(object)
    def _on_line_opened(self, line: IssuedLine) -> None:
        if line.row.files:
            self.open_file(line.row.files[0])

    @Slot(object)
    def open_file(self, file: IssuedFile) -> None:
        """A copy of the kept file: what is changed in it does not reach the kept one."""
        kept = self._kept(file)
        if kept is not None:
            self._opener.open(file.name, "", kept)

    @Slot()
    def show_folder(self) -> None:
        """Where the kept file lies."""
        row = self._register.current()
        kept = self._kept(row.files[0]) if row is not None and row.files else None
        if kept is not None:
            show_in_folder(kept)

    @Slot()
    def print_kept(self) -> None:
        """The kept pages of all lines that are selected, in one job."""
        self._printing.print(tuple(line.row for line in self._register.table.selected()))

    def _kept(self, file: IssuedFile, row: Issued | None = None) -> Path | None:
        """A kept file of a line (None: the chosen one); one that is gone is told."""
        from core.office import issued

        row = row or self._register.current()
        if row is None or file not in row.files:
            return None
        path = issued.kept_path(self._page.context.store, row.id, row.files.index(file))
        if path.is_file():
            return path
        from core.office.issued_files import gone

        messages.show_error(self._page, gone(file, path))
        return None

    @Slot(object, str)
    def _on_link(self, line: IssuedLine, _title: str) -> None:
        if not line.row.withdrawn_on:
            self._sign(line.row)

    @Slot()
    def sign(self) -> None:
        """签收 of all lines that are selected and in force."""
        rows = [line.row for line in self._register.table.selected() if not line.row.withdrawn_on]
        if rows:
            self._sign(*rows)

    def _sign(self, *rows: Issued) -> None:
        from datetime import date

        from core.office import issued

        if self._page.context.read_only:
            self._page.bar.set_items([("台账以只读方式打开，不能登记签收", "", "")])
            return
        dialog = SignIssuedDialog(rows, date.today(), self._page.window())
        ids = [row.id for row in rows]
        short = rows[0].number or rows[0].kind.title
        if len(rows) > 1:
            short = f"{len(rows)} 份"
        dialog.said.connect(
            lambda on, by: self._write(
                partial(issued.sign_for_all, ids=ids, on=on, by=by),
                f"已登记签收：{short}" if on else f"已取消签收：{short}",
            )
        )
        dialog.open()

    @Slot()
    def withdraw(self) -> None:
        """作废, or in force again."""
        from datetime import date

        from core.office import issued

        row = self._register.current()
        if row is None or self._page.context.read_only:
            return
        short = row.number or row.kind.title
        if row.withdrawn_on:
            self._write(partial(issued.withdraw, issued_id=row.id, on=None), f"已取消作废：{short}")
            return
        dialog = WithdrawDialog(row, self._page.window())
        dialog.said.connect(
            lambda reason: self._write(
                partial(issued.withdraw, issued_id=row.id, on=date.today(), reason=reason), f"已作废：{short}"
            )
        )
        dialog.open()

    def _write(self, do: partial[Changes], done: str) -> None:
        try:
            changes = do(self._page.context.store)
        except KnownError as error:
            messages.show_error(self._page, error, consequence="登记没有改动。")
            return
        self._page.context.announce(changes, done)

    @Slot(object)
    def show_rows(self, change: Change) -> None:
        """The rows behind a difference, on 任务分解."""
        self._page.traces.show_rows(change.rows, (), change.label)

    def _on_menu(self, place: QPoint) -> None:
        table = self._register.table
        line = table.current()
        if line is None:
            return
        menu = QMenu(table)
        row = line.row
        for file in row.files:
            words = f"打开 {issued_lines.format_word(file.name)}"
            menu.addAction(icons.icon("file-text"), words, partial(self.open_file, file))
        menu.addAction(icons.icon("printer"), "打印所选", self.print_kept)
        menu.addAction(icons.icon("folder-open"), "打开所在文件夹", self.show_folder)
        menu.addSeparator()
        menu.addAction(
            icons.icon("check"), "所选登记签收" if len(table.selected()) > 1 else "登记签收", self.sign
        ).setEnabled(not row.withdrawn_on)
        menu.addAction("取消作废" if row.withdrawn_on else "作废", self.withdraw)
        menu.addSeparator()
        menu.addAction(icons.icon("copy"), "复制所选", table.copy_rows)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(table.viewport().mapToGlobal(place))

    # --- the list on paper -----------------------------------------------------------------------

    @Slot()
    def print(self) -> None:
        """发文登记表 onto paper."""
        self._press = print_listing(self._page.context, self._page, self._make(), told=self._say)

    @Slot(str)
    def export(self, fmt: str) -> None:
        """发文登记表 as a file."""
        self._press = export_listing(
            self._page.context, self._page, self._make(), fmt, "发文登记表", exported=self._on_exported
        )

    def _make(self) -> partial[Listing]:
        return partial(_listing, plan_key=self._page.context.plan_key, kind=self._register.kind_shown())

    def _say(self, text: str) -> None:
        self._page.bar.set_items([(text, "", "")])

    def _on_exported(self, exported: Exported) -> None:
        self._page.handing_out.tell_exported(exported)


def _listing(store: Store, plan_key: str | None, kind: str | None) -> Listing:
    """In the worker: its own connection."""
    from core.office.issued_register import register_table

    return register_table(store, plan_key, kind=kind)
