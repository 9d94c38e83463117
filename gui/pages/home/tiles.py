"""The tiles at the top of 首页: five that add up, and the two lights beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from gui import icons, theme
from gui.widgets import labels
from gui.widgets.paint import KeyboardFocus, box, is_hot
from gui.widgets.pill import STATE_ICONS, PillKind, pill_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 96
_PADDING = 16
_ICON = 16
_PADDING_NARROW = 10
_GAP, _GAP_LEAST = 24, 14
_WIDTH, _LIGHT_WIDTH = 157, 128
_LEAST, _NARROW = 80, 120
"""A tile is never narrower; below the second its padding is smaller."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TileText:
    """What a tile says. ``notes``: the same remark in full and shorter, the first that fits is shown."""

    figure: int
    notes: tuple[str, ...]
    tip: str = ""


class Tile(KeyboardFocus, QAbstractButton):
    """96 high: word with icon, figure, note. Pressed by click, Enter or space."""

    def __init__(self, title: str, kind: PillKind | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self._kind = kind
        self._said = TileText(0, ("",))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def said(self) -> TileText:
        """What it says now."""
        return self._said

    def say(self, said: TileText) -> None:
        """Show another figure and note."""
        self._said = said
        self.setAccessibleName(f"{self.text()} {said.figure}，{said.notes[0]}" if said.notes[0] else self.text())
        self.setToolTip(said.tip)
        self.update()

    def note_shown(self) -> str:
        """The longest note there is room for."""
        metrics = QFontMetrics(theme.font(12))
        room = self.width() - 2 * self._padding() + 8
        return next(
            (note for note in self._said.notes if metrics.horizontalAdvance(note) <= room), self._said.notes[-1]
        )

    def _padding(self) -> int:
        """Less where the window is narrow."""
        return theme.px(_PADDING if self.width() >= theme.px(_NARROW) else _PADDING_NARROW)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_LIGHT_WIDTH), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_LEAST), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        ring = self.shows_ring
        border = tokens.accent if ring else tokens.strong_line if is_hot(self) else tokens.line
        fill = tokens.hover if self.isDown() else tokens.surface
        box(painter, self.rect(), fill=fill, border=border, width=2 if ring else 1)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        left, width = self._padding() + 1, self.width() - 2 * self._padding() + 8
        line, figure, note = theme.px(22), theme.px(36), theme.px(16)
        top = (self.height() - line - figure - note) // 2
        start = left
        is_light = self._kind in {PillKind.OVERDUE, PillKind.DUE_SOON}
        side = theme.px(_ICON)
        title_width = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        if self._kind is not None and left + side + 7 + title_width <= self.width() - 6:
            glyph = QRect(left, top + (line - side) // 2, side, side)
            coloured = is_light or self._kind is PillKind.DONE
            icons.paint(
                painter, glyph, STATE_ICONS[self._kind], pill_ink(self._kind).text if coloured else tokens.second_text
            )
            start += side + 7
        painter.setFont(theme.font())
        painter.setPen(theme.colour(tokens.text))
        title = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - start - 6)
        painter.drawText(QRect(start, top, self.width() - start, line), _LEFT, title)
        painter.setFont(theme.font(28, bold=True))
        ink = pill_ink(self._kind).text if is_light and self._said.figure and self._kind else tokens.text
        painter.setPen(theme.colour(ink))
        painter.drawText(QRect(left, top + line, width, figure), _LEFT, str(self._said.figure))
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        words = painter.fontMetrics().elidedText(self.note_shown(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top + line + figure, width, note), _LEFT, words)


class _Sign(QWidget):
    """＝ or ＋ between two tiles, drawn as lines so that it is sharp."""

    def __init__(self, lines: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setMinimumWidth(theme.px(_GAP_LEAST))
        self.setMaximumWidth(theme.px(_GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = theme.colour(theme.tokens().second_text)
        middle, centre = self.width() // 2, self.height() // 2
        half = theme.px(6)
        if self._lines == "=":
            painter.fillRect(middle - half, centre - 3, 2 * half, 1, ink)
            painter.fillRect(middle - half, centre + 2, 2 * half, 1, ink)
        else:
            painter.fillRect(middle - half, centre, 2 * half + 1, 1, ink)
            painter.fillRect(middle, centre - half, 1, 2 * half + 1, ink)
        painter.end()


TOTAL, DONE, IN_PROGRESS, NOT_STARTED, STEADY = "total", "done", "in_progress", "not_started", "steady"
OVERDUE, DUE_SOON = "overdue", "due_soon"
_SUM = (
    (TOTAL, "措施总数", None),
    (DONE, "已完成", PillKind.DONE),
    (IN_PROGRESS, "推进中", PillKind.IN_PROGRESS),
    (NOT_STARTED, "未启动", PillKind.NOT_STARTED),
    (STEADY, "长期·待部署", PillKind.ONGOING),
)
_LIGHTS = ((OVERDUE, "逾期", PillKind.OVERDUE), (DUE_SOON, "临近", PillKind.DUE_SOON))


class TileRow(QWidget):
    """措施总数 ＝ 已完成 ＋ 推进中 ＋ 未启动 ＋ 长期·待部署 │ 逾期 临近."""

    pressed = Signal(str)
    """A tile was pressed; carries its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, Tile] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, title, kind) in enumerate(_SUM):
            if place:
                row.addWidget(_Sign("=" if place == 1 else "+", self), _GAP)
            row.addWidget(self._tile(key, title, kind), _WIDTH)
        row.addSpacing(12)
        divider = labels.rule(self, vertical=True)
        divider.setFixedHeight(theme.px(64))
        row.addWidget(divider)
        row.addSpacing(11)
        for place, (key, title, kind) in enumerate(_LIGHTS):
            if place:
                row.addSpacing(12)
            tile = self._tile(key, title, kind)
            tile.setMaximumWidth(theme.px(_LIGHT_WIDTH))
            row.addWidget(tile, _LIGHT_WIDTH)

    def _tile(self, key: str, title: str, kind: PillKind | None) -> Tile:
        made = Tile(title, kind, self)
        made.clicked.connect(partial(self._on_clicked, key))
        self.tiles[key] = made
        return made

    def show_texts(self, texts: dict[str, TileText]) -> None:
        """Give every tile its figure and note."""
        for key, said in texts.items():
            self.tiles[key].say(said)

    def _on_clicked(self, key: str, _checked: bool = False) -> None:
        self.pressed.emit(key)

    def order(self) -> Sequence[Tile]:
        """The tiles from left to right."""
        return list(self.tiles.values())
