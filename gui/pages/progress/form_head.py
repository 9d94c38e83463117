"""Head and foot of the form: what it is about, and how its input stands to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.model.ledger import Review
from gui import theme
from gui.pages.progress.parts import Note
from gui.pages.progress.saver import Saving, Standing
from gui.widgets import button, labels
from gui.widgets.pill import LightPill, Pill, PillKind

if TYPE_CHECKING:
    from datetime import date

    from core.errors import KnownError
    from core.office.forms import Form

READ_ONLY = "台账以只读方式打开，只能查看，不能填报"


class FormHead(QWidget):
    """（4）石壁乡, role, light and review in one line, the whole measure below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = labels.label("", "head", self)
        self.role = Pill(parent=self)
        self.group = Pill(parent=self)
        self.light = LightPill(parent=self)
        self.review = Pill(parent=self)
        self.measure = QLabel(self)
        self._build()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.title, self.role, self.group, self.light):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.review)
        self.measure.setTextFormat(Qt.TextFormat.PlainText)
        self.measure.setProperty("role", "second")
        self.measure.setWordWrap(True)
        self.measure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.measure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 12, 15, 10)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.measure)

    def show_form(self, form: Form, as_of: date) -> None:
        """Say what another form is about."""
        row = form.obligation
        self.title.setText(f"{row.measure_label}{row.unit}")
        self.role.set_pill(row.role.title, PillKind.PLAIN)
        self.role.setToolTip(f"由“{'、'.join(row.via)}”展开" if row.via else "")
        self.group.set_pill("待补全" if row.is_group else "", PillKind.INCOMPLETE)
        self.light.set_light(row.status, as_of)
        # Without an entry there is nothing to review.
        self.review.set_pill(_review_words(form.review) if form.value is not None else "", PillKind.PLAIN)
        self.measure.setText(form.measure.text)


def _review_words(review: Review | None) -> str:
    return review.value if review is not None else ""


class FormFoot(QWidget):
    """已自动保存 10:42 and 撤销; what is in no file, or cannot be changed, is said here in words."""

    retried = Signal()
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(56))
        self.note = Note(self)
        self.note.setAccessibleName("保存情况")
        self.retry = button.secondary("重试保存", "arrow-clockwise", self)
        self.undo = button.ghost("撤销", "arrow-counter-clockwise", self)
        self.undo.setToolTip("回到上一次保存的内容")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(15, 0, 15, 0)
        layout.setSpacing(8)
        layout.addWidget(self.note)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        layout.addWidget(self.retry)
        self._layout = layout
        self.retry.clicked.connect(self.retried)
        self.undo.clicked.connect(self.undone)

    def show_standing(self, standing: Standing, *, can_undo: bool, is_read_only: bool) -> None:
        """Say how the input of the form stands to the file."""
        is_failed = standing.saving is Saving.FAILED and not is_read_only
        self._make_room(is_failed=is_failed)
        self.undo.setEnabled(can_undo and not is_read_only)
        self.undo.setVisible(not is_read_only and not is_failed)
        if is_read_only:
            self.note.say(READ_ONLY, glyph="lock-simple")
            return
        if standing.saving is Saving.FAILED and standing.error is not None:
            self.note.say(_failure_words(str(standing.error)), is_wrong=True)
            return
        if standing.saving is Saving.DRAFT:
            at = f" {standing.at}" if standing.at else ""
            self.note.say(f"已存为草稿{at}，补全后计入台账", glyph="note-pencil")
            return
        words = {
            Saving.UNTOUCHED: "本期尚未填报",
            Saving.WAITING: "正在填写，停顿时自动保存",
            Saving.SAVED: f"已自动保存 {standing.at}".rstrip(),
        }
        glyph = "check" if standing.saving is Saving.SAVED else ""
        self.note.say(words.get(standing.saving, ""), glyph=glyph, ink=theme.tokens().done.text if glyph else "")

    @Slot(object, object)
    def show_left_behind(self, form: Form, error: KnownError) -> None:
        """Input of another form still cannot be written: say whose, and offer to try again."""
        self._make_room(is_failed=True)
        self.undo.hide()
        whose = f"{form.obligation.measure_label}{form.obligation.unit}（{form.period.title}）"
        self.note.say(f"{whose}：{_failure_words(str(error))}", is_wrong=True)

    def _make_room(self, *, is_failed: bool) -> None:
        """A sentence takes the row and may be two lines; a word leaves 撤销 beside it."""
        self.retry.setVisible(is_failed)
        self.note.set_wraps(is_wrapping=is_failed)
        self._layout.setStretch(0, 1 if is_failed else 0)
        self._layout.setStretch(2, 0 if is_failed else 1)


def _failure_words(sentence: str) -> str:
    """That nothing was saved and nothing is lost, each once."""
    before = "" if "没有保存" in sentence else "没有保存："
    after = "" if "内容" in sentence else "填写的内容还在这里。"
    return f"{before}{sentence}{after}"
