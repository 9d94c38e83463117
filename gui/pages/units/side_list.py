"""The left pane: which part of the register the table shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.pill import PillKind, paint_pill, pill_size
from gui.widgets.row_painting import FOCUSED, HOVERED, SELECTED, paint_ring, paint_row, rect_of, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from gui.pages.units.reading import Reading

WIDTH, MIN_WIDTH = 216, 168
ROW, HEAD = 36, 32
_PAD, _GAP = 14, 5
INCOMPLETE, TO_VERIFY = "待补全", "待核对"
ALL, ALONE, LEFT, UNRESOLVED, GROUP, SCORES, TITLE = "all", "alone", "left", "unresolved", "group", "scores", "title"
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_ENTRY = Qt.ItemDataRole.UserRole
_VCENTER_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_VCENTER_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the list: what kind of part, its words, how many units; a title (``TITLE``) cannot be chosen."""

    kind: str
    title: str
    count: int | None = None
    mark: str = ""
    """待补全 or 待核对."""

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when the counts change."""
        return self.kind, self.title if self.kind == GROUP else ""


def entries(reading: Reading, *, has_scores: bool) -> list[Part]:
    """The lines for a register; what would be empty and says nothing is left out."""
    made = [
        Part(TITLE, "单位"),
        Part(ALL, "全部单位", len(reading.lines)),
        Part(ALONE, "单独列名的单位", len(reading.alone())),
    ]
    if reading.left:
        made.append(Part(LEFT, "已撤出的单位", len(reading.left)))
    if reading.unresolved:
        made.append(Part(UNRESOLVED, "认不出的名称", len(reading.unresolved)))
    made.append(Part(TITLE, "单位集合"))
    made += [Part(GROUP, g.name, len(reading.members(g)), mark_of(g)) for g in reading.groups]
    if has_scores:
        made += [Part(TITLE, "考核"), Part(SCORES, "考核评分")]
    return made


def mark_of(group: Unit) -> str:
    """What a person must still say of a collective."""
    return INCOMPLETE if group.incomplete else TO_VERIFY if group.to_verify else ""


class SideModel(QAbstractListModel):
    """The lines in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Part] = []

    def load(self, made: Sequence[Part]) -> None:
        """Show other lines; where only counts differ nothing is torn down."""
        made = list(made)
        if [entry.key for entry in made] == [entry.key for entry in self._entries] and made:
            self._entries = made
            self.dataChanged.emit(self.index(0), self.index(len(made) - 1))
            return
        self.beginResetModel()
        self._entries = made
        self.endResetModel()

    def entry(self, line: int) -> Part | None:
        """The entry of a line."""
        return self._entries[line] if 0 <= line < len(self._entries) else None

    def position(self, key: tuple[str, str]) -> int:
        """The line of an entry by its key, -1 when it is not there."""
        return next((i for i, e in enumerate(self._entries) if e.kind != TITLE and e.key == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None or entry.kind == TITLE:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == _ENTRY:
            return entry
        if role == _DISPLAY:
            return entry.title
        if role == _TOOLTIP:
            return _TIPS.get(entry.kind, entry.title)
        if role == _ACCESSIBLE:
            count = f"，{entry.count} 个" if entry.count is not None else ""
            return f"{entry.title}{count}{f'，{entry.mark}' if entry.mark else ''}"
        return None


_TIPS = {
    ALONE: "不属于任何单位集合，只在方案里单独列名",
    UNRESOLVED: "方案的责任分工里写了，名册里没有单位或集合与之对应",
    LEFT: "撤销、划转或并入其他单位的，历史仍在",
    SCORES: "按评分规则给各单位计分，每一分都有依据",
}


class SideDelegate(QStyledItemDelegate):
    """Rows of 36 with a count at the right; titles of 32 in notes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - as Qt has it
        entry = index.data(_ENTRY)
        return QSize(theme.px(120), theme.px(HEAD if entry.kind == TITLE else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Part = index.data(_ENTRY)
        painter.save()
        if entry.kind == TITLE:
            _paint_title(painter, rect_of(option), entry, is_first=index.row() == 0)
        else:
            state = state_of(option)
            is_chosen = bool(state & SELECTED)
            _paint_entry(painter, rect_of(option), entry, is_chosen=is_chosen, is_hot=bool(state & HOVERED))
            if is_chosen and state & FOCUSED:
                paint_ring(painter, rect_of(option))
        painter.restore()


def _paint_title(painter: QPainter, rect: QRect, entry: Part, *, is_first: bool) -> None:
    tokens = theme.tokens()
    painter.fillRect(rect, theme.colour(tokens.table_head))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
    if not is_first:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour(tokens.line))
    painter.setFont(theme.font(12))
    painter.setPen(theme.colour(tokens.second_text))
    painter.drawText(rect.adjusted(theme.px(_PAD), 0, -8, 0), _VCENTER_LEFT, entry.title)


def _paint_entry(painter: QPainter, rect: QRect, entry: Part, *, is_chosen: bool, is_hot: bool) -> None:
    tokens = theme.tokens()
    paint_row(painter, rect.adjusted(0, 0, 0, 1), is_chosen=is_chosen, is_hot=is_hot)
    painter.setFont(theme.font())
    painter.setPen(theme.colour(tokens.accent if is_chosen else tokens.text))
    room = rect.adjusted(theme.px(_PAD), 0, -theme.px(10), 0)
    if entry.count is not None:
        painter.save()
        painter.setPen(theme.colour(tokens.accent if is_chosen else tokens.second_text))
        painter.drawText(room, _VCENTER_RIGHT, str(entry.count))
        painter.restore()
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(str(entry.count)) - _GAP, 0)
    kind = PillKind.INCOMPLETE if entry.mark == INCOMPLETE else PillKind.VERIFY
    pill = pill_size(entry.mark, kind)
    words = room.adjusted(0, 0, -(pill.width() + _GAP if entry.mark else 0), 0)
    text = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, _VCENTER_LEFT, text)
    if entry.mark:
        left = words.left() + painter.fontMetrics().horizontalAdvance(text) + _GAP
        paint_pill(painter, QPoint(left, rect.top() + (rect.height() - pill.height()) // 2), entry.mark, kind)


class SideList(Card):
    """单位 and 单位集合; one entry is always chosen."""

    chosen = Signal(object)
    """Another Part was chosen."""
    menu_asked = Signal(object, QPoint)
    """The right button or the menu key on an Part; with the place on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SideModel(self)
        self._key = (ALL, "")
        self._is_loading = False
        self.setMinimumWidth(theme.px(MIN_WIDTH))
        self.setMaximumWidth(theme.px(WIDTH))
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(SideDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName("单位和单位集合")
        self.new_group = button.secondary("新建单位集合", "plus", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(labels.rule(self))
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 12, 12, 12)
        self.new_group.setSizePolicy(
            self.new_group.sizePolicy().Policy.Expanding, self.new_group.sizePolicy().Policy.Fixed
        )
        foot.addWidget(self.new_group)
        layout.addLayout(foot)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.customContextMenuRequested.connect(self._on_menu)

    def sizeHint(self) -> QSize:
        """As wide as the look says, where there is room."""
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    def load(self, made: Sequence[Part]) -> None:
        """Show other lines; what was chosen stays where it is still there, else 全部单位."""
        wanted = self._key
        self._is_loading = True
        self.model.load(made)
        if self.model.position(wanted) < 0:
            wanted = (ALL, "")
        self._key = wanted
        self.view.setCurrentIndex(self.model.index(self.model.position(wanted)))
        self._is_loading = False

    def choose(self, kind: str, name: str = "") -> None:
        """Choose an entry; one that is not there is left alone until the next load."""
        line = self.model.position((kind, name))
        if line < 0:
            self._key = (kind, name)
        else:
            self.view.setCurrentIndex(self.model.index(line))

    def current(self) -> Part | None:
        """The entry that is chosen."""
        return self.model.entry(self.view.currentIndex().row())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = self.model.entry(current.row())
        if entry is not None and entry.key != self._key and not self._is_loading:
            self._key = entry.key
            self.chosen.emit(entry)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        entry = self.model.entry((index if index.isValid() else self.view.currentIndex()).row())
        if entry is not None and entry.kind == GROUP:
            self.menu_asked.emit(entry, self.view.viewport().mapToGlobal(place))
