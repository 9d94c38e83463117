"""How the rows of the list and the cards of the evidence are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import icons, theme
from gui.pages.progress import evidence_model, obligation_model
from gui.pages.progress.thumbnails import Thumbnails, type_icon
from gui.widgets.paint import box, ring_within
from gui.widgets.pill import paint_pill, pill_size

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow

ROW_HEIGHT = 60
CARD_HEIGHT = 90
CARD_GAP = 8
_FRAME = 72
_ELIDE = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver
_FOCUSED = QStyle.StateFlag.State_HasFocus
Index = QModelIndex | QPersistentModelIndex


class ObligationDelegate(QStyledItemDelegate):
    """A row of 60: what it is about, below it the date and one pill."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Every row is as high, so the list need not ask for all."""
        return QSize(theme.px(200), theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, accent bar, two lines, pill."""
        tokens = theme.tokens()
        rect = rect_of(option)
        state = state_of(option)
        is_selected = bool(state & _SELECTED)
        painter.save()
        painter.fillRect(rect, theme.colour(_ground(state)))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(tokens.line))
        if is_selected and tokens.is_high_contrast:
            for top in (rect.top(), rect.bottom() - 1):
                painter.fillRect(QRect(rect.left(), top, rect.width(), 2), theme.colour(tokens.accent))
        is_current = index == self._view.currentIndex()
        if is_current and not tokens.is_high_contrast:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour(tokens.accent))
        # The words end where they would without a scroll bar: it takes part of the same margin.
        bar = self._view.width() - self._view.viewport().width()
        self._paint_words(painter, rect.adjusted(0, 0, -max(theme.px(20) - bar, theme.px(8)), 0), index)
        if is_current and state & _FOCUSED:
            # Inside the row: a frame on its edge would be cut by the next one.
            box(painter, rect.adjusted(0, 0, 0, -1), border=tokens.accent, width=2, radius=0)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = theme.tokens()
        text, kind = index.data(obligation_model.PILL)
        size = pill_size(text, kind)
        below = rect.adjusted(theme.px(15), theme.px(30), 0, -theme.px(8))
        pill = QPoint(below.right() + 1 - size.width(), below.top() + (below.height() - size.height()) // 2)
        paint_pill(painter, pill, text, kind)
        note = str(index.data(obligation_model.NOTE))
        mark = index.data(obligation_model.MARK)
        note = f"{mark}，{note}" if mark else note
        room = QRect(below.left(), below.top(), pill.x() - below.left() - 8, below.height())
        font = theme.font(12)
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(note) > room.width():
            note = note.removesuffix(" 到期")  # the date says more than the word
        if mark and metrics.horizontalAdvance(note) > room.width():
            note = str(mark)  # half a date says nothing, and the pill has its days
        _line(painter, room, note, font, tokens.second_text)
        above = rect.adjusted(theme.px(15), theme.px(6), 0, -theme.px(30))
        _line(painter, above, str(index.data(obligation_model.TITLE)), theme.font(), tokens.text)


class EvidenceDelegate(QStyledItemDelegate):
    """A card of 90 with a thumbnail of 72 × 72, the title on two lines and two notes."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """The card and the gap below it."""
        return QSize(theme.px(200), theme.px(CARD_HEIGHT + CARD_GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Card, thumbnail, words."""
        tokens = theme.tokens()
        rect = rect_of(option).adjusted(0, 0, 0, -theme.px(CARD_GAP))
        state = state_of(option)
        is_selected = bool(state & _SELECTED)
        is_ringed = is_selected and (bool(state & _FOCUSED) or tokens.is_high_contrast)
        row = cast("EvidenceRow", index.data(evidence_model.ROW))
        painter.save()
        box(
            painter,
            rect,
            fill=_ground(state),
            border=tokens.accent if is_selected else tokens.line,
            width=2 if is_ringed else 1,
        )
        if is_selected and state & _FOCUSED:
            ring_within(painter, rect, 6)
        side = theme.px(_FRAME)
        frame = QRect(rect.left() + theme.px(9), rect.top() + (rect.height() - side) // 2, side, side)
        self._paint_thumbnail(painter, frame, row)
        words = QRect(frame.right() + theme.px(13), rect.top() + theme.px(8), 0, rect.height() - theme.px(14))
        words.setRight(rect.right() - theme.px(10))
        _paint_card_words(painter, words, index, row)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, frame: QRect, row: EvidenceRow) -> None:
        tokens = theme.tokens()
        box(painter, frame, fill=tokens.ground, border=tokens.line, radius=3)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._thumbnails.get(row, ratio)
        if pixmap is None:
            side = theme.px(32)
            icon = QRect(0, 0, side, side)
            icon.moveCenter(frame.center())
            icons.paint(painter, icon, "file-x" if row.missing else type_icon(row.name), tokens.second_text)
            return
        target = QRectF(0, 0, pixmap.width() / ratio, pixmap.height() / ratio)
        target.moveCenter(QRectF(frame).center())
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Where the item lies; Qt's type hints leave the fields of style options out."""
    return cast("QRect", cast("Any", option).rect)


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Whether the item is chosen, hovered, focused."""
    return cast("QStyle.StateFlag", cast("Any", option).state)


def _ground(state: QStyle.StateFlag) -> str:
    """White, hovered or chosen; in high contrast the chosen row is told by its lines."""
    tokens = theme.tokens()
    if state & _SELECTED:
        return tokens.chosen if not tokens.is_high_contrast else tokens.surface
    return tokens.hover if state & _HOVERED else tokens.surface


def _line(painter: QPainter, rect: QRect, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(rect, _LEFT, QFontMetrics(font).elidedText(text, _ELIDE, rect.width()))


def _paint_card_words(painter: QPainter, rect: QRect, index: Index, row: EvidenceRow) -> None:
    tokens = theme.tokens()
    title = theme.font(13)
    height = QFontMetrics(title).height()
    top = rect.top()
    for text in two_lines(str(index.data()), title, rect.width()):
        _line(painter, QRect(rect.left(), top, rect.width(), height), text, title, tokens.text)
        top += height
    note = theme.font(12)
    height = theme.px(16)
    top += theme.px(3)
    for number, text in enumerate(index.data(evidence_model.NOTES)):
        is_trouble = number == 1 and bool(evidence_model.trouble(row))
        ink = tokens.text if is_trouble else tokens.second_text
        left = rect.left()
        if is_trouble:
            icons.paint(painter, QRect(left, top, height, height), "warning-octagon-fill", tokens.text)
            left += height + 4
        _line(painter, QRect(left, top, rect.right() - left + 1, height), text, note, ink)
        top += height


def two_lines(text: str, font: QFont, width: int) -> list[str]:
    """A text broken at most once, its second line shortened where it is too long."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    length = line.textLength()
    layout.endLayout()
    if length >= len(text):
        return [text]
    return [text[:length].rstrip(), QFontMetrics(font).elidedText(text[length:].lstrip(), _ELIDE, width)]
