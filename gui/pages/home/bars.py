"""Bars of states and the rows that carry them: 各部分进展 and 单位进展. Drawn anew at every size, so sharp at any scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from gui import theme
from gui.pages.home.row_list import RowDelegate
from gui.widgets.paint import box

if TYPE_CHECKING:
    from core.ledger.figures import Figures

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_MARGIN, _SHARE, _LATE, _GAP = 16, 56, 64, 12
PARTS = ("已完成", "推进中", "长期·待部署", "未启动")
"""The parts of a bar from the left, in the words of the screen."""
LATE = "逾期"


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line: name, counts by state, how many are late; ``place`` before the name where there is a ranking.

    ``key`` is what the page opens: the part or the unit itself.
    """

    key: object
    name: str
    figures: Figures
    place: str | None = None

    @property
    def whole(self) -> int:
        """What the bar stands for: everything but 不涉及."""
        return self.figures.total - self.figures.not_applicable

    @property
    def share(self) -> str:
        """Done of all."""
        return f"{self.figures.done}/{self.whole}"

    def parts(self) -> tuple[tuple[str, int], ...]:
        """Colour and count of each part of the bar, from the left."""
        return state_parts(self.figures)

    def counted(self) -> tuple[tuple[str, int], ...]:
        """What of it can be asked for by itself: word and count, those that are none left out."""
        figures = self.figures
        found = (
            (PARTS[0], figures.done),
            (PARTS[1], figures.in_progress),
            (PARTS[2], figures.ongoing + figures.waiting),
            (PARTS[3], figures.not_started),
            (LATE, figures.overdue),
        )
        return tuple((word, count) for word, count in found if count)

    def words(self) -> str:
        """The line as it is read aloud, and as its tooltip says it."""
        figures = self.figures
        late = f"（其中逾期完成 {figures.done_late}）" if figures.done_late else ""
        counts = (
            ("推进中", figures.in_progress),
            ("未启动", figures.not_started),
            ("长期坚持", figures.ongoing),
            ("待部署", figures.waiting),
            ("不涉及", figures.not_applicable),
            ("逾期", figures.overdue),
            ("临近", figures.due_soon),
        )
        rest = "".join(f"，{word} {count}" for word, count in counts if count)
        return f"{self.name}，已完成 {self.share}{late}{rest}"


def state_parts(figures: Figures) -> tuple[tuple[str, int], ...]:
    """已完成, 推进中, 长期·待部署, 未启动 as (colour, count)."""
    tokens = theme.tokens()
    return (
        (tokens.bar_done, figures.done),
        (tokens.bar_in_progress, figures.in_progress),
        (tokens.ongoing.text, figures.ongoing + figures.waiting),
        (tokens.bar_not_started, figures.not_started),
    )


def paint_bar(painter: QPainter, rect: QRectF, parts: tuple[tuple[str, int], ...]) -> None:
    """Parts side by side, 1 px of ground between them; nothing to count gives an empty track."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    inner = QRectF(rect)
    if tokens.is_high_contrast:
        painter.fillRect(inner, theme.colour(tokens.text))
        inner.adjust(1, 1, -1, -1)
        painter.fillRect(inner, theme.colour(tokens.surface))
    whole = sum(count for _, count in parts)
    if not whole:
        painter.fillRect(inner, theme.colour(tokens.bar_not_started))
    left, counted = inner.left(), 0
    for colour, count in parts:
        if not count:
            continue
        counted += count
        right = inner.left() + inner.width() * counted / whole
        is_last = counted == whole
        width = max(right - left - (0 if is_last else 1), 1.0)
        painter.fillRect(QRectF(left, inner.top(), width, inner.height()), theme.colour(colour))
        left = right
    painter.restore()


def part_at(rect: QRectF, parts: tuple[tuple[str, int], ...], x: float) -> int | None:
    """Which part of a bar lies under ``x``; None beside the bar, or where there is nothing to count."""
    whole = sum(count for _, count in parts)
    if not whole or not rect.left() <= x < rect.right():
        return None
    counted = 0
    for place, (_, count) in enumerate(parts):
        counted += count
        if count and x < rect.left() + rect.width() * counted / whole:
            return place
    return None


class BarDelegate(RowDelegate):
    """Name, bar, share, 逾期 n; each part of the bar, and 逾期, can be pressed by itself."""

    def __init__(self, parent: Any, *, height: int, bar: int, name_share: float, has_place: bool = False) -> None:  # noqa: ANN401
        super().__init__(parent)
        self.height = height
        self._bar = bar
        self._name_share = name_share
        self._has_place = has_place

    def _bar_rect(self, rect: QRect) -> QRectF:
        left, right = rect.left() + theme.px(_MARGIN), rect.right() - theme.px(_MARGIN)
        bar_left = left + round((right - left) * self._name_share)
        bar_right = right - theme.px(_LATE) - theme.px(_SHARE) - theme.px(_GAP)
        height = theme.px(self._bar)
        return QRectF(bar_left, rect.top() + (rect.height() - height) // 2, max(bar_right - bar_left, 8), height)

    def part_at(self, rect: QRect, row: BarRow, place: QPoint) -> tuple[str, int] | None:
        """Word and count of the part under the pointer; None: the row as a whole."""
        late_left = rect.right() - theme.px(_MARGIN) - theme.px(_LATE)
        if row.figures.overdue and place.x() >= late_left:
            return LATE, row.figures.overdue
        at = part_at(self._bar_rect(rect), row.parts(), place.x())
        return None if at is None else (PARTS[at], row.parts()[at][1])

    def paint_row(self, painter: QPainter, rect: QRect, row: BarRow) -> None:
        """From left to right."""
        tokens = theme.tokens()
        left, right = rect.left() + theme.px(_MARGIN), rect.right() - theme.px(_MARGIN)
        late, share, gap = theme.px(_LATE), theme.px(_SHARE), theme.px(_GAP)
        bar = self._bar_rect(rect)
        name_left = left
        if self._has_place:
            side = theme.px(24)
            painter.setFont(theme.font())
            painter.setPen(theme.colour(tokens.second_text))
            painter.drawText(QRect(left, rect.top(), side, rect.height()), _RIGHT, row.place or "—")
            name_left = left + side + gap
        bar_left, bar_right = round(bar.left()), right - late - share - gap
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        room = bar_left - name_left - gap
        name = QFontMetrics(theme.font()).elidedText(row.name, _ELIDE, room)
        painter.drawText(QRect(name_left, rect.top(), room, rect.height()), _LEFT, name)
        paint_bar(painter, bar, row.parts())
        painter.drawText(QRect(bar_right, rect.top(), share + gap, rect.height()), _RIGHT, row.share)
        if row.figures.overdue:
            painter.setPen(theme.colour(tokens.overdue.text))
            painter.drawText(
                QRect(right - late, rect.top(), late, rect.height()), _RIGHT, f"逾期 {row.figures.overdue}"
            )


def paint_legend(painter: QPainter, right: int, rect: QRect, entries: tuple[tuple[str, str], ...]) -> None:
    """(colour, word) with small squares, ending at ``right``."""
    tokens = theme.tokens()
    painter.setFont(theme.font(12))
    metrics = painter.fontMetrics()
    side = theme.px(10)
    for colour, word in reversed(entries):
        width = metrics.horizontalAdvance(word)
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), _LEFT, word)
        square = QRect(right - width - 6 - side, rect.top() + (rect.height() - side) // 2, side, side)
        box(painter, square, fill=colour, border=tokens.text if tokens.is_high_contrast else "", radius=2)
        right = square.left() - 12
