"""Bars of states and the rows that carry them: 各部分进展 and 单位进展. Drawn anew at every size, so sharp at any scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, Qt
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


class BarDelegate(RowDelegate):
    """Name, bar, share, 逾期 n."""

    def __init__(self, parent: Any, *, height: int, bar: int, name_share: float, has_place: bool = False) -> None:  # noqa: ANN401
        super().__init__(parent)
        self.height = height
        self._bar = bar
        self._name_share = name_share
        self._has_place = has_place

    def paint_row(self, painter: QPainter, rect: QRect, row: BarRow) -> None:
        """From left to right."""
        tokens = theme.tokens()
        left, right = rect.left() + theme.px(_MARGIN), rect.right() - theme.px(_MARGIN)
        late, share, gap = theme.px(_LATE), theme.px(_SHARE), theme.px(_GAP)
        name_left = left
        if self._has_place:
            side = theme.px(24)
            painter.setFont(theme.font())
            painter.setPen(theme.colour(tokens.second_text))
            painter.drawText(QRect(left, rect.top(), side, rect.height()), _RIGHT, row.place or "—")
            name_left = left + side + gap
        bar_left = left + round((right - left) * self._name_share)
        bar_right = right - late - share - gap
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        room = bar_left - name_left - gap
        name = QFontMetrics(theme.font()).elidedText(row.name, _ELIDE, room)
        painter.drawText(QRect(name_left, rect.top(), room, rect.height()), _LEFT, name)
        height = theme.px(self._bar)
        bar = QRectF(bar_left, rect.top() + (rect.height() - height) // 2, max(bar_right - bar_left, 8), height)
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
