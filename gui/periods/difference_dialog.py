"""固定之后的变化: figures as issued beside what they are now, for the same date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.office.freezing import Difference, Frozen
from gui import theme
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.plain_table import Column, PlainTable

_PADDING = 24
_SIZE = (640, 440)
_COLUMNS = (
    Column("范围"),
    Column("数字", "长期坚持"),
    Column("固定时", "00000", is_number=True),
    Column("现在", "00000", is_number=True),
)


class DifferenceDialog(QDialog):
    """Read only; copying goes by the report."""

    def __init__(self, title: str, kept: Frozen, found: tuple[Difference, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("固定之后的变化")
        self.resize(theme.px(_SIZE[0]), theme.px(_SIZE[1]))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        count = f"有{len(found)}处变化" if found else "没有变化"
        outer.addWidget(labels.label(f"{title}：固定之后{count}", "head", self))
        words = f"{kept.frozen_at[:10]} 由 {kept.who} 固定，两列都按统计截止日期 {kept.as_of} 计算。"
        outer.addWidget(labels.label(words, "second", self))
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(_COLUMNS, "变化的数字", card)
        self.table.show_rows([(one.subject, one.figure, str(one.frozen), str(one.now)) for one in found])
        inner.addWidget(self.table)
        outer.addWidget(card, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.shut = button.primary("关闭", parent=self)
        self.shut.setDefault(True)
        self.shut.clicked.connect(self.accept)
        foot.addWidget(self.shut)
        outer.addLayout(foot)
