"""上报事项: the reports that the plan owes its superior; when each is due, to whom, and when it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import InvalidError, KnownError
from core.office import upward
from core.office.changes import Changes
from core.office.upward import UpwardReport
from gui import messages, theme
from gui.context import Context
from gui.pages.progress.parts import Note
from gui.periods.list_dialog import READ_ONLY, ListDialog
from gui.widgets import button, labels
from gui.widgets.date_field import DateField
from gui.widgets.plain_table import Column

_SIZE = (1000, 520)
_FORM = 336
_LENGTH = 120
_COLUMNS = (
    Column("报送内容"),
    Column("时限", "按照任务节点"),
    Column("报送给", "市司法局办公室"),
    Column("上报", "还有 365 天"),
)
_FILL = Qt.AlignmentFlag(0)


def open_upward(context: Context, parent: QWidget) -> UpwardDialog:
    """Open the dialog over the window."""
    made = UpwardDialog(context, parent.window())
    made.open()
    return made


class UpwardDialog(ListDialog):
    """The list at the left, the chosen report at the right; 新增 begins an empty one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "上报事项", _COLUMNS, _SIZE, parent)
        self._reports: tuple[UpwardReport, ...] = ()
        self._is_new = False
        self.table.say_empty("方案没有写明要上报的材料。\n上级另有要求时，在右边填写后保存。")
        self._connect()
        self.reload()

    def head_buttons(self) -> Sequence[button.Button]:
        self.add = button.secondary("新增上报事项", "plus", self)
        return (self.add,)

    def side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(8)
        self.what, self.who, self.to, self.words = (QLineEdit(self) for _ in range(4))
        self.due_on = DateField(self, name="时限")
        self.sent_on = DateField(self, name="上报日期")
        self.words.setToolTip("方案没有写日期时，照原文填写")
        self.words.setPlaceholderText("如 按照任务节点")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        fields = (
            ("报送内容", self.what),
            ("报送单位", self.who),
            ("报送给", self.to),
            ("时限", self.due_on),
            ("时限原文", self.words),
        )
        for row, (name, field) in enumerate(fields):
            self._place(grid, row, name, field)
        side.addLayout(grid)
        self.note = Note(self)
        self.note.setFixedWidth(theme.px(_FORM))
        self.save = button.primary("保存", parent=self)
        side.addWidget(self.note)
        side.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        side.addWidget(labels.rule(self))
        sent = QGridLayout()
        sent.setHorizontalSpacing(12)
        sent.setColumnMinimumWidth(0, theme.px(72))
        sent.setColumnStretch(1, 1)
        self._place(sent, 0, "上报日期", self.sent_on)
        side.addLayout(sent)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.mark = button.secondary("标为已上报", "check", self)
        self.unmark = button.ghost("标为未上报", parent=self)
        acts.addWidget(self.mark)
        acts.addWidget(self.unmark)
        acts.addStretch(1)
        side.addLayout(acts)
        side.addStretch(1)
        return side

    def _place(self, grid: QGridLayout, row: int, name: str, field: QLineEdit) -> None:
        title = labels.label(name, "second", self)
        title.setBuddy(field)
        field.setAccessibleName(name)
        grid.addWidget(title, row, 0)
        grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft if isinstance(field, DateField) else _FILL)
        if not isinstance(field, DateField):
            field.setMaxLength(_LENGTH)
            field.setMinimumWidth(theme.px(_FORM - 84))

    def _connect(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.add.clicked.connect(self._on_add)
        self.save.clicked.connect(self._on_save)
        self.mark.clicked.connect(self._on_mark)
        self.unmark.clicked.connect(self._on_unmark)
        self._context.ledger_opened.connect(self.reject)

    def reload(self, report_id: int | None = None) -> None:
        """Read the list anew and put the cursor on a report."""
        wanted = report_id if report_id is not None else self._id()
        context = self._context
        self._reports = upward.upward_reports(context.store, context.plan_key)
        rows = [
            (one.what, str(one.due_on or one.due_text or ""), one.to or "", _stands(one, context.as_of))
            for one in self._reports
        ]
        at = next((at for at, one in enumerate(self._reports) if one.id == wanted), 0)
        self._is_new = not self._reports
        self.table.show_rows(rows, at)

    def _report(self) -> UpwardReport | None:
        at = self.table.row()
        return self._reports[at] if not self._is_new and 0 <= at < len(self._reports) else None

    def _id(self) -> int | None:
        report = self._report()
        return None if report is None else report.id

    @Slot()
    def _on_chosen(self) -> None:
        self._is_new = not self._reports
        self._show()

    def _show(self) -> None:
        report, read_only = self._report(), self._context.read_only
        self.what.setText(report.what if report else "")
        self.who.setText((report.who or "") if report else "")
        self.to.setText((report.to or "") if report else "")
        self.words.setText((report.due_text or "") if report else "")
        self.due_on.set_value(report.due_on if report else None)
        self.sent_on.set_value((report.sent_on or date.today()) if report else None)
        for field in (self.what, self.who, self.to, self.words, self.due_on, self.sent_on):
            field.setReadOnly(read_only)
            field.setCursorPosition(0)
        self.add.setEnabled(not read_only)
        self.save.setEnabled(not read_only)
        self.mark.setEnabled(report is not None and not read_only)
        self.unmark.setEnabled(report is not None and report.sent_on is not None and not read_only)
        evidence = "要求随附佐证材料。" if report is not None and report.needs_evidence else ""
        self.note.say(READ_ONLY if read_only else evidence)

    @Slot()
    def _on_add(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self._is_new = True
        self._show()
        self.what.setFocus()

    @Slot()
    def _on_save(self) -> None:
        if not self.due_on.commit():
            self.note.say(self.due_on.problem(), is_wrong=True)
            self.due_on.setFocus()
            return
        report, context = self._report(), self._context
        try:
            changes = upward.save_upward(
                context.store,
                context.plan_key,
                report.id if report else None,
                what=self.what.text(),
                who=self.who.text().strip() or None,
                due_on=self.due_on.value(),
                due_text=self.words.text().strip() or None,
                to=self.to.text().strip() or None,
                note=report.note if report else "",
            )
        except InvalidError as error:
            self.note.say(str(error), is_wrong=True)
            self.what.setFocus()
            return
        except KnownError as error:
            messages.show_error(self, error)
            return
        known = {one.id for one in self._reports}
        after = upward.upward_reports(context.store, context.plan_key)
        self._announce(changes, report.id if report else next((o.id for o in after if o.id not in known), None))
        self.note.say("已保存")

    @Slot()
    def _on_mark(self) -> None:
        if not self.sent_on.commit() or self.sent_on.value() is None:
            self.note.say(self.sent_on.problem() or "请填写上报日期。", is_wrong=True)
            self.sent_on.setFocus()
            return
        self._mark(self.sent_on.value())

    @Slot()
    def _on_unmark(self) -> None:
        self._mark(None)

    def _mark(self, day: date | None) -> None:
        report = self._report()
        if report is None or report.id is None:
            return
        try:
            changes = upward.mark_sent(self._context.store, report.id, day)
        except KnownError as error:
            messages.show_error(self, error)
            return
        self._announce(changes, report.id)

    def _announce(self, changes: Changes, report_id: int | None) -> None:
        self.reload(report_id)
        self._context.announce(changes)


def _stands(report: UpwardReport, as_of: date) -> str:
    if report.is_sent(as_of):
        return str(report.sent_on)
    left = report.days_left(as_of)
    if left is None:
        return "未上报"
    return f"还有 {left} 天" if left >= 0 else f"已过 {-left} 天"
