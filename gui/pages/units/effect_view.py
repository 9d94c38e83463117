"""What a change of the register does to obligations: in one sentence, and each of them in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets import labels
from gui.widgets.painted_list import DISPLAY, LEFT, LINE, TIP, Index, ListModel, PaintedList, RowDelegate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.office.register_effect import GroupEffect, Owed

ROW = 28
_SHOWN_ROWS = 5
_NAMED_MAX = 4
MOST_LINES = 500
"""Of the obligations that appear, and of those that go: nobody reads more, and the sentence counts them all."""
_LESS = "减少"
Titles = dict[tuple[str, int], str]
"""By plan and number of the measure: its label and words."""
OwedLine = tuple[str, str, str]
"""新增 or 减少, unit, measure."""


class OwedModel(ListModel[OwedLine]):
    """Obligations that appear, then those that go."""

    def said(self, line: OwedLine, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        return "，".join(line) if role in {DISPLAY, TIP} else None


class _Delegate(RowDelegate):
    """Sign, unit in bold, measure in second text."""

    height, least_width = ROW, 200

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:
        """None: nothing here can be chosen."""

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        rect = rect.adjusted(theme.px(10), 0, -theme.px(8), 0)
        word, unit, measure = index.data(LINE)
        side = theme.px(14)
        place = rect.adjusted(0, (rect.height() - side) // 2, 0, 0)
        place.setSize(QSize(side, side))
        icons.paint(painter, place, "plus-circle" if word == "新增" else "minus-circle", tokens.second_text)
        rect.adjust(side + 6, 0, 0, 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        words = f"{word} {unit}"
        painter.drawText(rect, LEFT, words)
        rect.adjust(painter.fontMetrics().horizontalAdvance(words) + 12, 0, 0, 0)
        painter.setPen(theme.colour(tokens.second_text))
        text = painter.fontMetrics().elidedText(measure, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, LEFT, text)


class EffectView(QWidget):
    """The sentence and the list, which is there only when an obligation appears or goes."""

    def __init__(self, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self.model = OwedModel(self)
        self.sentence = labels.label("", parent=self)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setMinimumHeight(2 * QFontMetrics(theme.font()).lineSpacing() + 4)
        self.list = PaintedList("将新增和减少的责任事项", self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        frame = QFrame(self)
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 4, 1, 4)
        inside.addWidget(self.list)
        frame.setFixedHeight(theme.px(ROW) * _SHOWN_ROWS + 10)
        self.frame = frame
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sentence)
        layout.addWidget(frame)

    def show_effect(self, effect: GroupEffect | None, note: str = "") -> None:
        """Show what would follow; with None only ``note``."""
        self.model.load(owed_of(effect, self._titles) if effect is not None else ())
        self.sentence.setText((sentences(effect) if effect is not None else "") + note)
        self.frame.setVisible(bool(self.model.rowCount()))

    def takes_away(self) -> bool:
        """Whether an obligation would go."""
        return any(word == _LESS for word, _, _ in self.model.lines)


def sentences(effect: GroupEffect) -> str:
    """New units, obligations that appear and go, and that what was said stays."""
    parts = []
    if effect.new_units:
        named = "、".join(effect.new_units[:_NAMED_MAX])
        more = f"等 {len(effect.new_units)} 个单位" if len(effect.new_units) > _NAMED_MAX else ""
        parts.append(f"单位名册中将新增{named}{more}。")
    if effect.appear:
        parts.append(f"将新增 {effect.appear} 个责任事项。")
    if effect.gone:
        parts.append(f"有 {effect.gone} 个责任事项不再需要")
        said = len(effect.with_entries)
        parts.append(f"，其中 {said} 个已填过，填过的内容仍可查到。" if said else "，都还没有填过。")
    if max(len(effect.appearing), len(effect.going)) > MOST_LINES:
        parts.append(f"下面各列前 {MOST_LINES} 个。")
    if not effect.appear and not effect.gone:
        parts.append("责任事项不变。")
    return "".join(parts)


def owed_of(effect: GroupEffect, titles: Mapping[tuple[str, int], str]) -> tuple[OwedLine, ...]:
    """A line for each obligation that would appear, then for each that would go; the first of either kind."""
    appearing = [_line("新增", owed, titles) for owed in effect.appearing[:MOST_LINES]]
    return (*appearing, *(_line(_LESS, owed, titles) for owed in effect.going[:MOST_LINES]))


def _line(word: str, owed: Owed, titles: Mapping[tuple[str, int], str]) -> OwedLine:
    return word, owed.unit, titles.get((owed.plan, owed.measure), f"（{owed.measure}）")
