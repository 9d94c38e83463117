"""Lines above the form: why it was 退回, that it was 通过, an 异议 that waits for an answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.model.ledger import EntryState, Review
from gui import theme
from gui.widgets import button, labels
from gui.widgets.paint import box

if TYPE_CHECKING:
    from core.office.forms import Form
    from core.office.objections import Objection

_NOTHING_TO_SAY = {EntryState.NOT_STARTED, EntryState.NOT_APPLICABLE}
CHANGE = "change"
ANSWER = "answer"
SEE_ALL = "see_all"


class Notice(QWidget):
    """Icon, words on as many lines as they need, links at the right."""

    pressed = Signal(str)
    """The key of a link."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.links: dict[str, button.Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(11, 6, 11, 6)
        self._row.setSpacing(8)
        glyph = labels.IconLabel(icon, 16, theme.tokens().accent, self)
        self._row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def add_link(self, text: str, key: str) -> button.Button:
        """A step beside the words."""
        made = button.link(text, self)
        made.clicked.connect(partial(self._on_pressed, key))
        self._row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.links[key] = made
        return made

    def say(self, text: str) -> None:
        """Other words; none hides the line."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """The words."""
        return self.words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.info_ground, border=tokens.info_border)
        painter.end()

    def _on_pressed(self, key: str, _checked: bool = False) -> None:
        self.pressed.emit(key)


class Notices(QWidget):
    """All lines of one form; takes no room while there is nothing to say."""

    change_asked = Signal()
    """修改: what was 通过 is to be changed."""
    answer_asked = Signal(object)
    """答复: carries the Objection."""
    objections_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: tuple[Objection, ...] = ()
        self.review = Notice("arrow-u-up-left", self)
        self.asked = Notice("clipboard-text", self)
        self.accepted = Notice("check-circle", self)
        self.accepted.add_link("修改", CHANGE).setToolTip("修改已审核通过的填报（F2）")
        self.objection = Notice("chat-text", self)
        self.objection.add_link("全部", SEE_ALL)
        self.objection.add_link("答复", ANSWER)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 10, 15, 0)
        layout.setSpacing(6)
        for notice in self._all():
            layout.addWidget(notice)
            notice.pressed.connect(self._on_pressed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_form(self, form: Form, *, is_locked: bool, is_read_only: bool) -> None:
        """Say what is to be known of a form; ``is_locked``: 通过, and not to be changed without a question."""
        self.review.say(_returned_words(form))
        self.accepted.say(_accepted_words(form, is_locked=is_locked))
        self.accepted.links[CHANGE].setVisible(is_locked and not is_read_only)
        self._open = tuple(item for item in form.objections if item.is_open)
        self.objection.say(_objection_words(self._open))
        self.objection.links[ANSWER].setVisible(not is_read_only)
        self.objection.links[SEE_ALL].setVisible(len(form.objections) > 1)
        self.asked.say(_asked_words(form))
        self.setVisible(any(notice.text() for notice in self._all()))

    def _all(self) -> tuple[Notice, ...]:
        return self.review, self.accepted, self.asked, self.objection

    def _on_pressed(self, key: str) -> None:
        if key == CHANGE:
            self.change_asked.emit()
        elif key == SEE_ALL:
            self.objections_asked.emit()
        elif self._open:
            self.answer_asked.emit(self._open[0])


def _asked_words(form: Form) -> str:
    """What the period asks of everybody and an entry does not say yet."""
    value = form.value
    if value is None or value.state in _NOTHING_TO_SAY:
        return ""
    said = {
        "工作进展": value.text,
        "存在问题": value.problems,
        "下一步工作": value.next_steps,
        "量化指标": value.targets or not form.targets,
        "佐证材料": form.evidence,
    }
    missing = [word for word in form.period.asks if not said.get(word, True)]
    return f"{form.period.title}还应填报：{'、'.join(missing)}。" if missing else ""


def _returned_words(form: Form) -> str:
    """Why it was 退回; kept, in other words, while the correction waits for review."""
    if not form.review_reason or form.review is None:
        return ""
    who = _who(form)
    if form.review is Review.RETURNED:
        return f"退回：{form.review_reason}{who}"
    if form.review is Review.PENDING:
        return f"上次退回：{form.review_reason}{who}，已修改，等待重新审核。"
    return ""


def _accepted_words(form: Form, *, is_locked: bool) -> str:
    if form.value is None or form.review is not Review.ACCEPTED:
        return ""
    return (
        f"已审核通过{_who(form)}，修改后需要重新审核。"
        if is_locked
        else "正在修改已审核通过的填报，修改后需要重新审核。"
    )


def _who(form: Form) -> str:
    said = [part for part in (form.reviewed_by, (form.reviewed_at or "")[:10]) if part]
    return f"（{'，'.join(said)}）" if said else ""


def _objection_words(waiting: tuple[Objection, ...]) -> str:
    if not waiting:
        return ""
    first = waiting[0]
    more = f"另有 {len(waiting) - 1} 条异议未答复。" if len(waiting) > 1 else ""
    return f"异议（{first.kind}，{first.raised_on.isoformat()}）：{' '.join(first.text.split())}{'　' if more else ''}{more}"
