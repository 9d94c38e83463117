"""退回: why, in words that the unit reads; the reasons used last are offered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.text_field import TextField
from gui.widgets import button, labels

USUAL = ("工作进展不具体，请写明时间、次数和人数。", "缺少佐证材料，请补充。", "填报内容与措施要求不符，请核对后重报。")
"""Offered where few reasons have been used yet."""
_OFFERED = 4


class ReturnDialog(FormDialog):
    """Hands out the reason."""

    said = Signal(str)

    def __init__(self, head: str, text: str, reasons: Sequence[str], parent: QWidget | None) -> None:
        super().__init__("退回", parent)
        self.add_head(head, text)
        self.reason = TextField("退回原因", minimum=96, parent=self)
        self.add_fields(("退回原因", self.reason))
        self.offers: list[button.Button] = []
        offered = list(dict.fromkeys((*reasons, *USUAL)))[:_OFFERED]
        box = QVBoxLayout()
        box.setSpacing(6)
        box.addWidget(labels.label(f"常用原因，按 Alt+1—{len(offered)} 选用", "note", self))
        for number, reason in enumerate(offered, start=1):
            box.addWidget(self._offer(number, reason), 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(box)
        self.add_foot("退回", "arrow-left")
        self.reason.changed.connect(self._on_changed)
        self._on_changed()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, number: int, reason: str) -> button.Button:
        shown = reason if len(reason) <= 32 else f"{reason[:31]}…"
        made = button.link(f"{number}. {shown}", self)
        made.setToolTip(reason)
        made.setShortcut(f"Alt+{number}")
        made.clicked.connect(partial(self._on_offer, reason))
        self.offers.append(made)
        return made

    def _on_offer(self, reason: str, _checked: bool = False) -> None:
        self.reason.set_text("")
        self.reason.add_text(reason)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        has_reason = bool(self.reason.text())
        self.step.setEnabled(has_reason)
        self.note.say("" if has_reason else "请写明退回原因。")

    def take(self) -> None:
        """Hand out the reason."""
        self.said.emit(self.reason.text())
        self.accept()
