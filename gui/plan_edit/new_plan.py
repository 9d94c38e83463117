"""空白方案: its name, and what the document says of itself; the measures are typed afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import files
from core.office.files import Store
from core.office.plans import create_plan
from gui import theme
from gui.widgets import button, labels
from gui.widgets.date_field import DateField

_WIDTH = 552
_PADDING = 24
_LENGTH = 120


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a blank plan begins with."""

    title: str
    number: str | None
    issued: date | None


class NewPlanDialog(QDialog):
    """Asks for the name, 文号 and date of a plan that will be typed by hand."""

    named = Signal(object)
    """Carries the NewPlan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("空白方案")
        self._build()
        self._connect()
        self._tell()

    def _build(self) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addWidget(labels.label("方案叫什么", "head", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        grid.setColumnStretch(1, 1)
        self.title = QLineEdit(self)
        self.number = QLineEdit(self)
        self.issued = DateField(self, name="印发日期")
        for row, (name, field) in enumerate(
            (("方案名称", self.title), ("文号", self.number), ("印发日期", self.issued))
        ):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
        self.title.setMaxLength(_LENGTH)
        self.number.setMaxLength(_LENGTH)
        outer.addLayout(grid)
        self.note = labels.label("", "second", self)
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(theme.px(44))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        self.cancel = button.secondary("取消", parent=self)
        self.next = button.primary("选择保存位置", parent=self)
        self.next.setDefault(True)
        foot.addWidget(self.cancel)
        foot.addWidget(self.next)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._tell)
        self.issued.problem_changed.connect(self._tell)
        self.cancel.clicked.connect(self.reject)
        self.next.clicked.connect(self._on_next)

    @Slot()
    def _tell(self) -> None:
        """The name is needed; a date that cannot be read is told at once."""
        has_title = bool(self.title.text().strip())
        words = "没有写年份的时限按印发日期的年份算；文号和日期不知道可以空着。"
        self.note.setText(self.issued.problem() or (words if has_title else f"请填写方案名称。{words}"))
        self.next.setEnabled(has_title and not self.issued.problem())

    @Slot()
    def _on_next(self) -> None:
        if not self.issued.commit():
            return
        self.named.emit(NewPlan(self.title.text().strip(), self.number.text().strip() or None, self.issued.value()))
        self.accept()


def blank_ledger(plan: NewPlan, path: Path) -> Store:
    """Make a ledger whose only plan has no measures yet, and open it.

    Raises LedgerFileError when the file exists or cannot be written, InvalidError for a plan without a name.
    """
    store = files.create_ledger(path, files.BLANK)
    try:
        create_plan(store, plan.title, number=plan.number, issued=plan.issued)
    except KnownError:
        store.close()
        raise
    return store


def file_name(title: str) -> str:
    """A plan's name as a file's: without what no file may be named with, and not too long."""
    return re.sub(r'[\\/:*?"<>|\s]+', "", title)[:40].rstrip(".") or "新台账"
