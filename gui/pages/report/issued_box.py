"""已出具, below the kinds: the newest documents that left the office, and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.pages.home.row_list import RowDelegate, RowList
from gui.pages.report import issued_lines
from gui.widgets import button, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.issued import Issued

_ROW = 50
_HEAD = 33
_LINK = 34
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Delegate(RowDelegate):
    """What it is, below it the date and what was kept."""

    height = _ROW

    def paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:  # noqa: ANN401 - an Issued with its title
        tokens = theme.tokens()
        one, title = row
        words = rect.adjusted(theme.px(16), theme.px(5), -8, -theme.px(5))
        upper = QRect(words.left(), words.top(), words.width(), words.height() // 2)
        lower = QRect(words.left(), upper.bottom() + 1, words.width(), words.height() - upper.height())
        for place, size, text, ink in (
            (upper, 14, title, tokens.text),
            (lower, 12, issued_lines.note(one), tokens.second_text),
        ):
            painter.setFont(theme.font(size))
            painter.setPen(theme.colour(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _LEFT, shown)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))


class IssuedBox(QWidget):
    """A head with the count, as many of the newest as there is room for, and 全部已出具."""

    opened = Signal(object)
    """Show this one (core.model.issued.Issued) in the register."""
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[Issued, str], ...] = ()
        self._room = 2
        self.head = labels.label("已出具", "note", self)
        self.head.setFixedHeight(theme.px(_HEAD - 1))
        self.head.setContentsMargins(16, 0, 0, 0)
        self.list = RowList("已出具的文件", self)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.all = button.link("发文登记", self)
        self.all.setToolTip("已出具的全部文件：文号、主送、签收，留存的文件，与现在相比（F8）")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.head)
        self.under_head = labels.rule(self)
        layout.addWidget(self.under_head)
        layout.addWidget(self.list)
        holder = QVBoxLayout()
        holder.setContentsMargins(16, 6, 8, 6)
        holder.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(holder)
        self.list.opened.connect(self._on_opened)
        self.all.clicked.connect(self.all_asked)
        self._show()

    def show_issued(self, rows: Sequence[tuple[Issued, str]]) -> None:
        """Show others: each with its title in short."""
        self._rows = tuple(rows)
        self._show()

    def set_room(self, height: int) -> None:
        """Use so many pixels, or as few as head and link need."""
        room = max(0, (height - theme.px(_HEAD + _LINK)) // theme.px(_ROW))
        if room != self._room:
            self._room = room
            self._show()

    def _show(self) -> None:
        shown = self._rows[: self._room]
        self.head.setText(f"已出具 {len(self._rows)} 份" if self._rows else "还没有出具过文件")
        self.list.show_rows(
            [((one, title), f"{title}，{issued_lines.note(one)}", issued_lines.named(one)) for one, title in shown]
        )
        self.list.setFixedHeight(theme.px(_ROW) * len(shown))
        self.list.setVisible(bool(shown))
        is_low = self._room < 1  # then the link says how many there are
        self.head.setVisible(not is_low)
        self.under_head.setVisible(not is_low)
        self.all.setText(f"发文登记（{len(self._rows)}）" if is_low and self._rows else "发文登记")
        self.all.updateGeometry()

    def _on_opened(self, row: tuple[Issued, str]) -> None:
        self.opened.emit(row[0])
