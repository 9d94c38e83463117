"""State and light as pills: shape, word and colour together, so that print in grey loses nothing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.model.ledger import Light, State, Status
from gui import icons, theme
from gui.widgets.paint import PILL_RADIUS, box


class PillKind(StrEnum):
    """What a pill says; the states have the values of ``State``."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ONGOING = "ongoing"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    DONE_LATE = "done_late"
    VERIFY = "verify"
    """待核对: smaller, dashed."""
    INCOMPLETE = "incomplete"
    """待补全 and other small amber words (还差 4%)."""
    PLAIN = "plain"
    """A grey word: 责任单位, 待审."""


STATE_ICONS = {
    PillKind.NOT_STARTED: "circle",
    PillKind.IN_PROGRESS: "circle-half",
    PillKind.DONE: "check-circle-fill",
    PillKind.ONGOING: "infinity",
    PillKind.WAITING: "hourglass-medium",
    PillKind.NOT_APPLICABLE: "minus-circle",
    PillKind.OVERDUE: "warning-circle-fill",
    PillKind.DUE_SOON: "clock-fill",
}
"""The icon of each kind that has one; chips and segments use the same."""

_SMALL = {PillKind.VERIFY, PillKind.INCOMPLETE, PillKind.PLAIN}
_INK_OF = {PillKind.NOT_APPLICABLE: "waiting"}


def pill_ink(kind: str) -> theme.Ink:
    """The colours of a kind in the theme in force."""
    found: theme.Ink = getattr(theme.tokens(), _INK_OF.get(PillKind(kind), str(kind)))
    return found


def state_pill(state: State) -> tuple[str, PillKind]:
    """Text and kind for a state."""
    return state.title, PillKind(state.value)


def light_pill(status: Status, as_of: date) -> tuple[str, PillKind] | None:
    """Text and kind for the light, None when there is nothing to say: a normal light draws nothing."""
    days = (status.next_due - as_of).days if status.next_due is not None else None
    if status.light is Light.OVERDUE:
        return (f"逾期 {-days} 天" if days is not None and days < 0 else "逾期"), PillKind.OVERDUE
    if status.light is Light.DUE_SOON:
        if days is None or days < 0:
            return "临近", PillKind.DUE_SOON
        return (f"还有 {days} 天" if days else "今天到期"), PillKind.DUE_SOON
    if status.done_late:
        return "逾期完成", PillKind.DONE_LATE
    if status.kept_up:
        return "本期已落实", PillKind.ONGOING
    return None


def pill_size(text: str, kind: str = PillKind.PLAIN) -> QSize:
    """Width and height of a pill in logical pixels."""
    chosen = PillKind(kind)
    small = chosen in _SMALL
    width = QFontMetrics(theme.font(12 if small else 13)).horizontalAdvance(text)
    if chosen in STATE_ICONS:
        width += theme.px(14) + 4 + 7 + 5 + 2
    else:
        width += 12
    return QSize(width, theme.px(18 if small else 22))


def paint_pill(painter: QPainter, top_left: QPoint, text: str, kind: str) -> QRect:
    """Draw a pill; answers the rectangle it took."""
    chosen = PillKind(kind)
    rect = QRect(top_left, pill_size(text, chosen))
    ink = pill_ink(chosen)
    box(
        painter,
        rect,
        fill=ink.ground,
        border=ink.border,
        radius=3 if chosen in _SMALL else PILL_RADIUS,
        dashed=chosen is PillKind.VERIFY,
    )
    painter.save()
    left = rect.left() + 6
    glyph = STATE_ICONS.get(chosen)
    if glyph:
        side = theme.px(14)
        icons.paint(painter, QRect(left, rect.top() + (rect.height() - side) // 2, side, side), glyph, ink.text)
        left += side + 4
    painter.setFont(theme.font(12 if chosen in _SMALL else 13))
    painter.setPen(QColor(ink.text))
    words = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
    return rect


class Pill(QWidget):
    """A pill as a widget; an empty text hides it."""

    def __init__(self, text: str = "", kind: str = PillKind.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._kind = PillKind(kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_pill(text, kind)

    def set_pill(self, text: str, kind: str) -> None:
        """Say something else."""
        self._text = text
        self._kind = PillKind(kind)
        self.setAccessibleName(text)
        self.setVisible(bool(text) and self.parentWidget() is not None)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words."""
        return self._text

    def kind(self) -> PillKind:
        """What it says."""
        return self._kind

    def sizeHint(self) -> QSize:
        return pill_size(self._text, self._kind)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QPoint(0, 0), self._text, self._kind)
        painter.end()


class StatePill(Pill):
    """The state of an obligation or a measure."""

    def __init__(self, state: State = State.NOT_STARTED, parent: QWidget | None = None) -> None:
        super().__init__(*state_pill(state), parent)

    def set_state(self, state: State) -> None:
        """Show another state."""
        self.set_pill(*state_pill(state))


class LightPill(Pill):
    """The light beside the state; hidden while there is nothing to say."""

    def set_light(self, status: Status, as_of: date) -> None:
        """Show the light of a status on a date."""
        said = light_pill(status, as_of)
        self.set_pill(*(said or ("", PillKind.PLAIN)))
