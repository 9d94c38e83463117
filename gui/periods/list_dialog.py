"""The frame of 报送期 and 上报事项: a list at the left, what is chosen of it at the right, 关闭 below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.context import Context
from gui.pages.progress.parts import Card
from gui.undo_offer import UndoOffer
from gui.widgets import button, labels
from gui.widgets.plain_table import Column, PlainTable
from gui.widgets.undo_bar import UndoBar

READ_ONLY = "台账以只读方式打开，不能修改"
_PADDING = 24


class ListDialog(QDialog):
    """The heirs say what stands at the head, at the right and before 关闭; made in the order of the tab key."""

    def __init__(
        self,
        context: Context,
        title: str,
        columns: Sequence[Column],
        size: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        """``size``: width and height at 96 dpi."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.resize(theme.px(size[0]), theme.px(size[1]))
        self._context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(labels.label(title, "head", self))
        head.addStretch(1)
        for made in self.head_buttons():
            head.addWidget(made)
        outer.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(16)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(columns, title, card)
        inner.addLayout(self.table.with_foot())
        body.addWidget(card, 1)
        body.addLayout(self.side())
        outer.addLayout(body, 1)
        self.undo_bar = UndoBar(self)
        self.undoing = UndoOffer(context, self.undo_bar, self.undo_bar.show)
        outer.addWidget(self.undo_bar)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for made in self.foot_buttons():
            foot.addWidget(made)
        self.shut = button.secondary("关闭", parent=self)
        self.shut.clicked.connect(self.accept)
        foot.addWidget(self.shut)
        outer.addLayout(foot)

    def head_buttons(self) -> Sequence[button.Button]:
        """From left to right."""
        raise NotImplementedError

    def side(self) -> QVBoxLayout:
        """What is chosen."""
        raise NotImplementedError

    def foot_buttons(self) -> Sequence[button.Button]:
        """Those before 关闭."""
        return ()
