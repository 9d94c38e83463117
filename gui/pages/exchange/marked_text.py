"""Wrapped text with marked stretches: struck where it went, underlined where it came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from gui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from gui.pages.exchange.text_diff import Stretch

LINE = 20
_LINE_SEPARATOR = "\u2028"
_MOST = 4000


class Mark(StrEnum):
    """How a stretch is marked."""

    NONE = "none"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Block:
    """A text wrapped into a width; height in logical pixels."""

    layout: QTextLayout
    height: int

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the painter's pen, the upper left corner at x, y."""
        self.layout.draw(painter, QPointF(x, y))


class MarkedBlocks:
    """Wrapped texts, kept: painting asks for the same ones again and again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Block] = {}

    def get(
        self, text: str, width: int, *, mark: Mark = Mark.NONE, stretches: Sequence[Stretch] = (), most: int = 0
    ) -> Block:
        """The text wrapped into a width in logical pixels; ``most`` lines at most, the last one shortened (0: all)."""
        key = (text, width, mark, tuple(stretches), most, theme.tokens().name, theme.base())
        block = self._kept.get(key)
        if block is None:
            if len(self._kept) > _MOST:
                self._kept.clear()
            block = self._kept[key] = _wrap(text, width, _formats(mark, stretches), most)
        return block


def _formats(mark: Mark, stretches: Sequence[Stretch]) -> list[QTextLayout.FormatRange]:
    made = []
    for stretch in stretches:
        one = QTextLayout.FormatRange()
        one.start, one.length = stretch.start, stretch.length  # type: ignore[attr-defined]
        one.format = _format(mark)  # type: ignore[attr-defined]
        made.append(one)
    return made


def _format(mark: Mark) -> QTextCharFormat:
    tokens = theme.tokens()
    made = QTextCharFormat()
    if mark is Mark.GONE:
        made.setFontStrikeOut(True)
        made.setBackground(theme.colour(tokens.waiting.ground))
    elif mark is Mark.COME:
        made.setFontUnderline(True)
        made.setBackground(theme.colour(tokens.chosen))
        made.setForeground(theme.colour(tokens.text))
    return made


def _wrap(text: str, width: int, formats: list[QTextLayout.FormatRange], most: int) -> Block:
    layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), theme.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    step, top = theme.px(LINE), 0
    starts: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        starts.append(line.textStart())
        top += step
    layout.endLayout()
    if most and len(starts) > most:
        return _wrap(_shortened(text, starts, most), width, [], most + 1)
    return Block(layout, max(top, step))


def _shortened(text: str, starts: list[int], most: int) -> str:
    """As much as stands on the first lines, with … at its end."""
    end = starts[most]
    return f"{text[: max(end - 1, 1)].rstrip('，。、；')}…"
