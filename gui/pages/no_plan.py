"""In the place of a page while the ledger holds no plan: the same words and the same three ways to one, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.paint import box

if TYPE_CHECKING:
    from gui.pages.base import Page

_TITLE = "台账里还没有方案"
_TEXT = "把方案文件拖到这里，程序会读出任务、措施、分工和时限，核对后再写入台账。"
_LOCKED = "台账以只读方式打开，不能导入方案"
_KINDS = (
    ("file-text", "Word、PDF", "自动认出附件里的分解表"),
    ("table", "Excel、WPS 表格", "列的名称和顺序不必固定"),
    ("book-open", "附带的方案", "古县等 5 个已公布的方案"),
)
_KIND_WIDTH = 200


class NoPlan(EmptyState):
    """Dashed all round: a document may be dropped anywhere."""

    def __init__(self, page: Page, icon: str) -> None:
        self.take_in = button.primary("选择方案文件", "file-arrow-down")
        self.paste = button.secondary("粘贴网页文字", "clipboard-text")
        self.new = button.secondary("用附带的方案新建", "book-open")
        self.new.setToolTip("另建一个台账，措施、分工和时限已经录好")
        super().__init__(icon, _TITLE, _TEXT, [self.take_in, self.paste, self.new], page, below=_kinds())
        self._page = page
        self.take_in.clicked.connect(page.import_asked)
        self.paste.clicked.connect(page.paste_asked)
        self.new.clicked.connect(page.new_asked)
        self.settle()

    def settle(self) -> None:
        """Only a ledger that may be written takes a plan in."""
        context = self._page.context
        is_locked = context.has_store and context.read_only
        for way in (self.take_in, self.paste):
            way.setEnabled(not context.read_only)
            way.setToolTip(_LOCKED if is_locked else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.surface, border=tokens.field_border, dashed=True)
        painter.end()


def _kinds() -> QWidget:
    """What can be read, in three columns under a line."""
    below = QWidget()
    outer = QVBoxLayout(below)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(20)
    outer.addWidget(labels.rule(below))
    row = QHBoxLayout()
    row.setSpacing(0)
    for place, (icon, title, note) in enumerate(_KINDS):
        if place:
            row.addWidget(labels.rule(below, vertical=True))
        cell = QWidget(below)
        cell.setFixedWidth(theme.px(_KIND_WIDTH))
        inner = QHBoxLayout(cell)
        inner.setContentsMargins(16, 0, 8, 0)
        inner.setSpacing(12)
        inner.addWidget(labels.IconLabel(icon, 20, parent=cell), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(labels.label(title, "", cell))
        words.addWidget(labels.label(note, "note", cell))
        inner.addLayout(words, 1)
        row.addWidget(cell)
    outer.addLayout(row)
    return below
