"""认不出的名称: what divisions name and nobody answers yet, and the ways to settle it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card
from gui.pages.units.pane import READ_ONLY
from gui.widgets import button, labels
from gui.widgets.painted_list import (
    DISPLAY,
    LEFT,
    LINE,
    SPOKEN,
    TIP,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)
from gui.widgets.pill import PillKind, paint_pill, pill_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.units import Unresolved

TO_VERIFY, NOBODY, GONE = "待核对", "没有成员", "已撤出"
_NUMBERS_MAX = 12


class UnresolvedModel(ListModel["Unresolved"]):
    """The names in the order of the print."""

    def said(self, line: Unresolved, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.name
        return f"{line.name}，{line.why}，{note_of(line)}" if role in {SPOKEN, TIP} else None


def note_of(item: Unresolved) -> str:
    """Where it is written, and what it may be."""
    numbers = "".join(f"（{no}）" for no in item.measures[:_NUMBERS_MAX])
    more = f"等 {len(item.measures)} 项" if len(item.measures) > _NUMBERS_MAX else ""
    like = f"，可能就是{'、'.join(item.like)}" if item.like else ""
    return f"写在措施{numbers}{more}里{like}"


class _Delegate(RowDelegate):
    """Name with its mark, below it where it is written."""

    height, least_width = 56, 200
    marks_without_keyboard = True

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        item: Unresolved = index.data(LINE)
        room = rect.adjusted(theme.px(16), theme.px(6), -theme.px(16), 0)
        pill = pill_size(item.why, PillKind.VERIFY)
        above = room.adjusted(0, 0, -pill.width() - 8, 0)
        above.setHeight(theme.px(22))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        text = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, above.width())
        painter.drawText(above, LEFT, text)
        left = above.left() + painter.fontMetrics().horizontalAdvance(text) + 8
        top = above.top() + (above.height() - pill.height()) // 2
        paint_pill(painter, QPoint(left, top), item.why, PillKind.VERIFY)
        below = room.adjusted(0, theme.px(22), 0, 0)
        below.setHeight(theme.px(20))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        note = painter.fontMetrics().elidedText(note_of(item), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, LEFT, note)


class UnresolvedPane(Card):
    """The list and what can be done with the chosen name."""

    confirm_asked = Signal(object)
    """It is a unit of that name; carries an Unresolved, as the others."""
    same_asked = Signal(object)
    """It is another way to write a unit of the register."""
    group_asked = Signal(object)
    """It stands for several units."""
    show_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = False
        self.model = UnresolvedModel(self)
        said = labels.label(
            "方案的责任分工里写了下列名称，还不知道是本县的哪个单位。逐个说明后，措施才能分到人。", parent=self
        )
        said.setWordWrap(True)
        said.setContentsMargins(16, 10, 16, 10)
        tools = QWidget(self)
        self.confirm = button.primary("名称无误", "check", tools)
        self.same = button.secondary("是另一单位", "git-merge", tools)
        self.group = button.secondary("指几个单位", "users-three", tools)
        self.look = button.secondary("查看", "eye", tools)
        row = QHBoxLayout(tools)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self.view = PaintedList("认不出的名称", self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        for made in (self.same, self.group, self.look):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        for part in (said, labels.rule(self), tools, labels.rule(self)):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        self._connect()

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._show_tools)
        for made, signal in (
            (self.confirm, self.confirm_asked),
            (self.same, self.same_asked),
            (self.group, self.group_asked),
            (self.look, self.show_asked),
        ):
            made.clicked.connect(partial(self._tell, signal))

    def _tell(self, signal: Any, _checked: bool = False) -> None:  # noqa: ANN401 - a bound signal
        item = self.current()
        if item is not None:
            signal.emit(item)

    def load(self, items: Sequence[Unresolved], *, is_read_only: bool) -> None:
        """Show other names; the cursor stays on its row."""
        self._is_read_only = is_read_only
        row = self.view.currentIndex().row()
        self.model.load(items)
        self.view.keep_row(row)
        self._show_tools()

    def current(self) -> Unresolved | None:
        """The name that is chosen."""
        return self.model.line(self.view.currentIndex().row())

    @Slot()
    def _show_tools(self) -> None:
        item = self.current()
        why = item.why if item is not None else ""
        open_names = why == TO_VERIFY
        for made in (self.confirm, self.same, self.group):
            made.setVisible(open_names or item is None)
            made.setEnabled(open_names and not self._is_read_only)
            made.setToolTip(READ_ONLY if self._is_read_only else "")
        self.look.setVisible(why in {NOBODY, GONE})
