"""The left pane: which part of the register the table shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.painted_list import DISPLAY, LINE, SPOKEN, TIP, Index, ListModel, PaintedList, RowDelegate
from gui.widgets.painted_list import LEFT as AT_LEFT
from gui.widgets.painted_list import RIGHT as AT_RIGHT
from gui.widgets.pill import PillKind, paint_pill, pill_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from gui.pages.units.reading import Reading

WIDTH, MIN_WIDTH = 216, 168
HEAD = 32
_PAD, _GAP = 14, 5
INCOMPLETE, TO_VERIFY = "待补全", "待核对"
ALL, ALONE, LEFT, UNRESOLVED, GROUP, SCORES, TITLE = "all", "alone", "left", "unresolved", "group", "scores", "title"


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


class SideModel(ListModel[Part]):
    """The lines in order; where only counts differ nothing is torn down."""

    def key(self, line: Part) -> tuple[str, str]:
        return line.key

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.line(index.row()) if index.isValid() else None
        if entry is None or entry.kind == TITLE:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def said(self, line: Part, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if role == DISPLAY:
            return line.title
        if role == TIP:
            return _TIPS.get(line.kind, line.title)
        if role == SPOKEN:
            count = f"，{line.count} 个" if line.count is not None else ""
            return f"{line.title}{count}{f'，{line.mark}' if line.mark else ''}"
        return None


_TIPS = {
    ALONE: "不属于任何单位集合，只在方案里单独列名",
    UNRESOLVED: "方案的责任分工里写了，名册里没有单位或集合与之对应",
    LEFT: "撤销、划转或并入其他单位的，历史仍在",
    SCORES: "按评分规则给各单位计分，每一分都有依据",
}


class SideDelegate(RowDelegate):
    """Rows of 36 with a count at the right; titles of 32 in notes."""

    marks_without_keyboard = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(LINE).kind == TITLE:
            return QSize(theme.px(self.least_width), theme.px(HEAD))
        return super().sizeHint(option, index)

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:
        entry: Part = index.data(LINE)
        if entry.kind == TITLE:
            _paint_title(painter, rect, entry, is_first=index.row() == 0)
        else:
            super().paint_ground(painter, rect.adjusted(0, 0, 0, 1), index, is_chosen=is_chosen, is_hot=is_hot)
            _paint_entry(painter, rect, entry, is_chosen=is_chosen)

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The words take the colour of what is chosen: they are drawn with the ground."""


def _paint_title(painter: QPainter, rect: QRect, entry: Part, *, is_first: bool) -> None:
    tokens = theme.tokens()
    painter.fillRect(rect, theme.colour(tokens.table_head))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
    if not is_first:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour(tokens.line))
    painter.setFont(theme.font(12))
    painter.setPen(theme.colour(tokens.second_text))
    painter.drawText(rect.adjusted(theme.px(_PAD), 0, -8, 0), AT_LEFT, entry.title)


def _paint_entry(painter: QPainter, rect: QRect, entry: Part, *, is_chosen: bool) -> None:
    tokens = theme.tokens()
    painter.setFont(theme.font())
    painter.setPen(theme.colour(tokens.accent if is_chosen else tokens.text))
    room = rect.adjusted(theme.px(_PAD), 0, -theme.px(10), 0)
    if entry.count is not None:
        painter.save()
        painter.setPen(theme.colour(tokens.accent if is_chosen else tokens.second_text))
        painter.drawText(room, AT_RIGHT, str(entry.count))
        painter.restore()
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(str(entry.count)) - _GAP, 0)
    kind = PillKind.INCOMPLETE if entry.mark == INCOMPLETE else PillKind.VERIFY
    pill = pill_size(entry.mark, kind)
    words = room.adjusted(0, 0, -(pill.width() + _GAP if entry.mark else 0), 0)
    text = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, AT_LEFT, text)
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
        self.view = PaintedList("单位和单位集合", self, is_uniform=False)
        self.view.setModel(self.model)
        self.view.setItemDelegate(SideDelegate(self.view))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.new_group = button.secondary("新建单位集合", "plus", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
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
        return self.model.line(self.view.currentIndex().row())

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = self.model.line(current.row())
        if entry is not None and entry.key != self._key and not self._is_loading:
            self._key = entry.key
            self.chosen.emit(entry)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        entry = self.model.line((index if index.isValid() else self.view.currentIndex()).row())
        if entry is not None and entry.kind == GROUP:
            self.menu_asked.emit(entry, self.view.viewport().mapToGlobal(place))
