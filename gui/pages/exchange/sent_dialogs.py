"""What was kept of a package as it was sent, and the day on which it went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets import button, labels
from gui.widgets.date_field import DateField
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from datetime import date

    from core.office.submit import SentFile, SubmissionRow

_TALLEST = 340


class SentDialog(FormDialog):
    """上报日期 of a package; empty: it has not gone."""

    said = Signal(object)
    """The day, or None."""

    def __init__(self, row: SubmissionRow, today: date, parent: QWidget) -> None:
        super().__init__("登记上报", parent)
        self.add_head(row.name, "报送以后登记日期；清空表示还没有上报。")
        self.day = DateField(self, name="上报日期")
        self.day.set_value(row.sent_on or today)
        self.add_fields(("上报日期", self.day))
        self.add_foot("登记")
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Hand out the day."""
        if not self.day.commit():
            self.note.say(self.day.problem(), is_wrong=True)
            return
        self.said.emit(self.day.value())
        self.accept()


class FilesDialog(FormDialog):
    """The files of a package, each to be opened as it was sent."""

    opened = Signal(object)
    """A SentFile is to be opened."""
    copied = Signal()
    """Put all of them into a folder again."""

    def __init__(self, row: SubmissionRow, parent: QWidget) -> None:
        super().__init__("留存的文件", parent, width=620)
        made = row.made_at[:16].replace("T", " ")
        self.add_head(row.name, f"{made} 生成，{len(row.files)} 个文件，与上报时相同。")
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.links: list[button.Button] = []
        for file in row.files:
            link = button.link(file.path, inner)
            link.setToolTip(f"{file.kind}，{_size(file)}，打开留存的一份")
            link.clicked.connect(partial(self._on_open, file))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.links.append(link)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setAccessibleName("留存的文件")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its links are walked
        area.setFixedHeight(theme.px(min(_TALLEST, 28 * len(row.files) + 12)))
        clear_ground(area)
        self.body.addWidget(area)
        self.body.addWidget(labels.label("要再拷到 U 盘或发一次，可以写入文件夹，写完会核对。", "note", self))
        self.add_foot("写入文件夹", "folder-open")
        self.cancel.setText("关闭")

    def _on_open(self, file: SentFile, _checked: bool = False) -> None:
        self.opened.emit(file)

    def take(self) -> None:
        """Ask for a folder."""
        self.copied.emit()
        self.accept()


def _size(file: SentFile) -> str:
    if file.size < 1 << 20:
        return f"{max(1, file.size >> 10)} KB"
    return f"{file.size / (1 << 20):.1f} MB"
