"""签收 and 作废 of a document that left the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.report.issued_lines import named, recipient
from gui.widgets import button
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.issued import Issued

_SHOWN = 5
"""Documents that are named where several are signed for."""


class SignIssuedDialog(FormDialog):
    """``said`` carries the day and the name; a day of None takes the note back."""

    said = Signal(object, str)

    def __init__(self, rows: Sequence[Issued], today: date, parent: QWidget | None) -> None:
        """``rows``: those that are signed for together."""
        super().__init__("登记签收", parent)
        self._latest = max(row.issued_on for row in rows)
        self.add_head("登记签收", _what(rows))
        self.day = DateField(self, name="签收日期", may_be_empty=False)
        only = rows[0] if len(rows) == 1 else None
        known = only.signed_on if only is not None else None
        self.day.set_value(known or max(today, self._latest))
        self.name = QLineEdit(only.signed_by if only is not None else "", self)
        self.name.setMaxLength(60)
        self.name.setToolTip("在签收单上签字或电话确认收到的人")
        self.add_fields(("签收日期", self.day), ("签收人", self.name))
        self.add_foot("登记签收")
        self.clear = button.ghost("取消签收", parent=self)
        self.clear.setToolTip("登记错了：改回未签收")
        self.clear.setVisible(any(row.signed_on is not None for row in rows))
        self.clear.clicked.connect(self._on_clear)
        foot = self.body.itemAt(self.body.count() - 1).layout()
        assert isinstance(foot, QHBoxLayout)
        foot.insertWidget(0, self.clear)
        self.day.problem_changed.connect(self._check)
        self.day.changed.connect(self._check)
        self._check()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check(self) -> None:
        day = self.day.value()
        problem = "" if self.day.is_right() else "请改日期。"
        if not problem and day is not None and day < self._latest:
            problem = f"签收不早于发文日期 {self._latest}。"
        self.step.setEnabled(not problem)
        self.note.say(problem)

    @Slot()
    def _on_clear(self) -> None:
        self.said.emit(None, "")
        self.accept()

    def take(self) -> None:
        """Hand out what was said."""
        if self.day.commit():
            self.said.emit(self.day.value(), self.name.text().strip())
            self.accept()


def _what(rows: Sequence[Issued]) -> str:
    """To whom and what; of many the first ones."""
    if len(rows) == 1:
        to = recipient(rows[0])
        return f"致{to}：{named(rows[0])}" if to else named(rows[0])
    names = "、".join(row.number or row.unit or row.title for row in rows[:_SHOWN])
    return f"{len(rows)} 份一起登记：{names}{'等' if len(rows) > _SHOWN else ''}"


class WithdrawDialog(FormDialog):
    """``said`` carries the reason."""

    said = Signal(str)

    def __init__(self, row: Issued, parent: QWidget | None) -> None:
        super().__init__("作废", parent)
        self.add_head("作废这份文件", f"{named(row)}\n登记、文号和留存的文件都保留，文号不再使用；以后可以“取消作废”。")
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(200)
        self.add_fields(("作废原因", self.reason))
        self.add_foot("作废")
        self.reason.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check(self) -> None:
        is_empty = not self.reason.text().strip()
        self.step.setEnabled(not is_empty)
        self.note.say("请填写作废原因。" if is_empty else "")

    def take(self) -> None:
        """Hand out the reason."""
        self.said.emit(self.reason.text().strip())
        self.accept()
