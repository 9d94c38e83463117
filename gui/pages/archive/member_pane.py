"""会商成员: who belongs to the 会商机制, with 联络员 and telephone; who leaves stays in the list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import meetings
from gui import messages
from gui.pages.archive.meeting_dialogs import LeavingDialog, MemberDialog
from gui.pages.progress.parts import Card, Note
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from datetime import date

    from core.office.meetings import Member
    from gui.context import Context

_PAD = 16
_COLUMNS = (
    Column("单位"),
    Column("姓名", "欧阳小明"),
    Column("职务", "党组成员、副局长副局长"),
    Column("联络员", "欧阳小明"),
    Column("电话", "0357-83200010"),
)
_READ_ONLY = "台账以只读方式打开，不能修改"


class MemberPane(Card):
    """Each change is written at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.members: tuple[Member, ...] = ()
        self.dialog: MemberDialog | LeavingDialog | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(_PAD, 12, _PAD, 12)
        head.setSpacing(8)
        self.add = button.secondary("新增成员", "plus", self)
        self.change = button.secondary("修改", parent=self)
        self.change.setToolTip("修改选中的成员（Enter）")
        self.leave = button.ghost("不再是成员", parent=self)
        self.count = labels.label("", "second", self)
        head.addWidget(labels.label("会商成员", "head", self))
        head.addWidget(self.count)
        head.addStretch(1)
        for step in (self.leave, self.change, self.add):
            head.addWidget(step)
        outer.addLayout(head)
        outer.addWidget(labels.rule(self))
        self.table = PlainTable(_COLUMNS, "会商成员", self)
        first = button.secondary("新增成员", "plus")
        self.nobody = EmptyState(
            "users-three", "还没有会商成员", "方案没有写明成员，请逐个新增，或先修改方案。", [first]
        )
        self.rooms = QStackedWidget(self)
        self.rooms.addWidget(self.table)
        self.rooms.addWidget(self.nobody)
        outer.addWidget(self.rooms, 1)
        self.note = Note(self)
        self.note.setContentsMargins(_PAD, 8, _PAD, 8)
        outer.addWidget(self.note)
        for step in (self.add, first):
            step.clicked.connect(self._on_add)
        self.first = first
        self.change.clicked.connect(self._on_change)
        self.table.opened.connect(self._on_change)
        self.table.removal_asked.connect(self._on_leave)
        self.leave.clicked.connect(self._on_leave)
        self.table.chosen.connect(self._on_chosen)

    def reload(self) -> None:
        """Read the members anew; those that have left stand at the end."""
        context = self._context
        has_plan = context.has_store and context.plan_key is not None
        found = meetings.members(context.store, context.plan_key) if has_plan else ()
        self.members = tuple(sorted(found, key=lambda member: member.left_on is not None))
        self.rooms.setCurrentIndex(0 if self.members else 1)
        self.count.setText(f"{sum(m.left_on is None for m in found)} 人" if found else "")
        self.table.show_rows([_row(member) for member in self.members], self.table.row())
        can_write = has_plan and not context.read_only
        for step in (self.add, self.first):
            step.setEnabled(can_write)
        from_plan = "名单来自方案；第一次修改后记入台账。" if any(m.id is None for m in found) else ""
        self.note.say(_READ_ONLY if has_plan and context.read_only else from_plan)
        self._on_chosen()

    def present_words(self) -> str:
        """The members as they are written under 参加人员, by unit."""
        by_unit: dict[str, list[str]] = {}
        for member in self.members:
            if member.left_on is None:
                by_unit.setdefault(member.unit, []).append(member.person or "")
        return "，".join(f"{unit} {'、'.join(filter(None, names))}".strip() for unit, names in by_unit.items())

    def current(self) -> Member | None:
        """The member the cursor is on."""
        row = self.table.row()
        return self.members[row] if 0 <= row < len(self.members) else None

    @Slot()
    def _on_chosen(self) -> None:
        member = self.current()
        can_write = self._context.has_store and not self._context.read_only
        self.change.setEnabled(member is not None and can_write)
        self.leave.setEnabled(member is not None and can_write)
        self.leave.setText("恢复成员" if member is not None and member.left_on is not None else "不再是成员")

    @Slot()
    def _on_add(self) -> None:
        self._open(MemberDialog(None, self.window()), None)

    @Slot()
    def _on_change(self) -> None:
        member = self.current()
        if member is not None and self.change.isEnabled():
            self._open(MemberDialog(member, self.window()), self.table.row())

    @Slot()
    def _on_leave(self) -> None:
        member = self.current()
        if member is None or not self.leave.isEnabled():
            return
        if member.left_on is not None:
            self._write(self.table.row(), replace(member, left_on=None))
            return
        self.dialog = LeavingDialog(member, self.window())
        self.dialog.said.connect(partial(self._on_left, self.table.row()))
        self.dialog.open()

    def _on_left(self, row: int, day: date) -> None:
        self._write(row, replace(self.members[row], left_on=day))

    def _open(self, dialog: MemberDialog, row: int | None) -> None:
        self.dialog = dialog
        dialog.said.connect(partial(self._write, row))
        dialog.open()

    def _write(self, row: int | None, member: Member) -> None:
        wanted = list(self.members)
        if row is None:
            wanted.append(member)
        else:
            wanted[row] = member
        context = self._context
        try:
            changes = meetings.save_members(context.store, context.plan_key, wanted)
        except KnownError as error:
            messages.show_error(self, error)
            return
        context.announce(changes, f"{'已新增成员' if row is None else '已修改成员'}：{member.unit}")


def _row(member: Member) -> tuple[str, ...]:
    unit = f"{member.unit}（{member.left_on.isoformat()} 起不再是成员）" if member.left_on else member.unit
    return unit, member.person or "", member.post or "", member.liaison or "", member.phone or ""
