"""The numbers of a document as a list: below what they are about, name at the left, number at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.copying_list import CELLS
from gui.widgets.painted_list import (
    DISPLAY,
    ENTER,
    LEFT,
    LINE,
    RIGHT,
    SPOKEN,
    TIP,
    Index,
    ListModel,
    PaintedList,
    RowDelegate,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from core.model.issued import Figure

PAD = 12
_ROW, _BAND = 34, 28


@dataclass(frozen=True, slots=True)
class Band:
    """What some figures are about: 措施, （一）…"""

    title: str


def _parted(label: str) -> tuple[str, str]:
    """What a figure is about, and its name."""
    about, mark, name = label.partition("：")
    return (about, name) if mark else ("", label)


class _Model(ListModel["Figure | Band"]):
    """Figures and what they are about; only figures can be chosen."""

    copied_titles = ("数字", "值", "口径")

    def said(self, line: Figure | Band, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        if isinstance(line, Band):
            return line.title if role in (DISPLAY, SPOKEN) else None
        if role in (DISPLAY, SPOKEN):
            return f"{line.label} {line.value}"
        if role == CELLS:
            return line.label, line.value, line.rule
        return f"{line.label} {line.value}\n{line.rule}" if role == TIP else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_band = isinstance(self.line(index.row()), Band)
        return Qt.ItemFlag.NoItemFlags if is_band else super().flags(index)


class _Delegate(RowDelegate):
    """Name at the left, number at the right."""

    height = _ROW
    marks_without_keyboard = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme.px(_BAND)) if isinstance(index.data(LINE), Band) else hint

    def paint_ground(self, painter: QPainter, rect: QRect, index: Index, *, is_chosen: bool, is_hot: bool) -> None:
        if isinstance(index.data(LINE), Band):
            painter.fillRect(rect, theme.colour(theme.tokens().table_head))
            return
        super().paint_ground(painter, rect, index, is_chosen=is_chosen, is_hot=is_hot)

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens, line = theme.tokens(), index.data(LINE)
        words = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        if isinstance(line, Band):
            say(painter, words, line.title, 12, tokens.second_text)
            return
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.colour(tokens.text))
        painter.drawText(words, RIGHT, line.value)
        taken = painter.fontMetrics().horizontalAdvance(line.value) + theme.px(8)
        say(painter, words.adjusted(0, 0, -taken, 0), _parted(line.label)[1], 14, tokens.text)


def say(painter: QPainter, words: QRect, text: str, size: int, ink: str) -> None:
    """A text at the left, cut where there is no room."""
    painter.setFont(theme.font(size))
    painter.setPen(theme.colour(ink))
    painter.drawText(words, LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width()))


class FigureList(PaintedList):
    """``figure_chosen`` carries the figure that was pressed, by the mouse or with Enter."""

    figure_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文中的数字", parent, is_uniform=False)
        self.figures = _Model(self)
        self.setModel(self.figures)
        self.setItemDelegate(_Delegate(self))
        self.clicked.connect(self._on_pressed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show others."""
        lines: list[Figure | Band] = []
        about = ""
        for figure in figures:
            now = _parted(figure.label)[0]
            if now and now != about:
                lines.append(Band(now))
            about = now
            lines.append(figure)
        self.figures.load(lines)

    def mark(self, figure: Figure) -> None:
        """Put the cursor on a figure, where it is shown."""
        if figure in self.figures.lines:
            index = self.figures.index(self.figures.lines.index(figure))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def press(self) -> None:
        """As if the figure under the cursor were pressed."""
        self._on_pressed(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the rows of the chosen number, as a click does."""
        if event.key() in ENTER and self.currentIndex().isValid():
            self.press()
            return
        super().keyPressEvent(event)

    def _on_pressed(self, index: Index) -> None:
        line = index.data(LINE)
        if line is not None and not isinstance(line, Band):
            self.figure_chosen.emit(line)
