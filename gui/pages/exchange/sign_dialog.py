"""签收: who took the sheet of a unit and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets import button
from gui.widgets.date_field import DateField

if TYPE_CHECKING:
    from core.office.sendings import UnitSending


class SignDialog(FormDialog):
    """Hands out name and day; both None take the note back."""

    said = Signal(object, object)

    def __init__(self, line: UnitSending, period: str, parent: QWidget | None) -> None:
        super().__init__("登记签收", parent)
        assert line.last is not None
        self.add_head(f"{line.unit}签收填报表", f"{period}，第 {line.last.version} 版")
        self.name = QLineEdit(line.last.signed_by or line.contact, self)
        self.name.setToolTip("领取或确认收到填报表的人")
        self.day = DateField(self, name="签收日期", may_be_empty=False)
        self.day.set_value(line.last.signed_on or date.today())
        self.add_fields(("签收人", self.name), ("签收日期", self.day))
        self.add_foot("登记签收")
        is_signed = line.last.signed_by is not None or line.last.signed_on is not None
        self.clear = button.ghost("取消签收", parent=self)
        self.clear.setToolTip("登记错了：改回未签收")
        self.clear.setVisible(is_signed)
        self.clear.clicked.connect(self._on_clear)
        foot = self.body.itemAt(self.body.count() - 1).layout()
        assert isinstance(foot, QHBoxLayout)
        foot.insertWidget(0, self.clear)
        self.name.textChanged.connect(self._check)
        self.day.problem_changed.connect(self._check)
        self._check()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def _check(self) -> None:
        problem = "请填写签收人。" if not self.name.text().strip() else "" if self.day.is_right() else "请改日期。"
        self.step.setEnabled(not problem)
        self.note.say(problem)

    @Slot()
    def _on_clear(self) -> None:
        self.said.emit(None, None)
        self.accept()

    def take(self) -> None:
        """Hand out what was said."""
        self.said.emit(self.name.text().strip(), self.day.value())
        self.accept()
