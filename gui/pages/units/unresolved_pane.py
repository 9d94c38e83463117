"""认不出的名称: what divisions name and nobody answers yet, and the ways to settle it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.pages.progress.parts import Card
from gui.pages.units.pane import READ_ONLY
from gui.widgets import button, labels
from gui.widgets.pill import PillKind, paint_pill, pill_size
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.units import Unresolved

ROW = 56
TO_VERIFY, NOBODY, GONE = "待核对", "没有成员", "已撤出"
_NUMBERS_MAX = 12
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ITEM = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


class UnresolvedModel(QAbstractListModel):
    """The names in the order of the print."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Unresolved, ...] = ()

    def load(self, items: Sequence[Unresolved]) -> None:
        """Show other names."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def item(self, row: int) -> Unresolved | None:
        """The name of a row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        item = self.item(index.row()) if index.isValid() else None
        if item is None:
            return None
        if role == _ITEM:
            return item
        if role == _DISPLAY:
            return item.name
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{item.name}，{item.why}，{note_of(item)}"
        return None


def note_of(item: Unresolved) -> str:
    """Where it is written, and what it may be."""
    numbers = "、".join(str(no) for no in item.measures[:_NUMBERS_MAX])
    more = f"等 {len(item.measures)} 项" if len(item.measures) > _NUMBERS_MAX else " 项"
    like = f"，可能就是{'、'.join(item.like)}" if item.like else ""
    return f"写在第 {numbers}{more}措施里{like}"


class _Delegate(QStyledItemDelegate):
    """Name with its mark, below it where it is written."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - every row is as high
        return QSize(theme.px(200), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        rect, state = rect_of(option), state_of(option)
        item: Unresolved = index.data(_ITEM)
        is_chosen = bool(state & SELECTED)
        painter.save()
        paint_row(painter, rect, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
        room = rect.adjusted(theme.px(16), theme.px(6), -theme.px(16), 0)
        pill = pill_size(item.why, PillKind.VERIFY)
        above = room.adjusted(0, 0, -pill.width() - 8, 0)
        above.setHeight(theme.px(22))
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        text = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, above.width())
        painter.drawText(above, _VCENTER_LEFT, text)
        left = above.left() + painter.fontMetrics().horizontalAdvance(text) + 8
        paint_pill(
            painter, QPoint(left, above.top() + (above.height() - pill.height()) // 2), item.why, PillKind.VERIFY
        )
        below = room.adjusted(0, theme.px(22), 0, 0)
        below.setHeight(theme.px(20))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        note = painter.fontMetrics().elidedText(note_of(item), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, _VCENTER_LEFT, note)
        if is_chosen and state & FOCUSED:
            paint_ring(painter, rect)
        painter.restore()


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
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName("认不出的名称")
        for made in (self.same, self.group, self.look):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
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
        row = max(self.view.currentIndex().row(), 0)
        self.model.load(items)
        if items:
            self.view.setCurrentIndex(self.model.index(min(row, len(items) - 1)))
        self._show_tools()

    def current(self) -> Unresolved | None:
        """The name that is chosen."""
        return self.model.item(self.view.currentIndex().row())

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
