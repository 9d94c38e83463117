"""Head and foot of the form: what it is about, and how its input stands to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

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

    measure_asked = Signal()
    objection_asked = Signal()
    objections_asked = Signal()
    reopening_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = labels.label("", "head", self)
        self.role = Pill(parent=self)
        self.group = Pill(parent=self)
        self.light = LightPill(parent=self)
        self.review = Pill(parent=self)
        self.measure = QLabel(self)
        self.more = button.icon_button("dots-three", "更多操作", self)
        self._build()
        self._build_menu()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.title, self.role, self.group, self.light):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.review)
        line.addWidget(self.more)
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

    def _build_menu(self) -> None:
        self.menu = QMenu(self)
        self.see_measure = self.menu.addAction("查看措施")
        self.menu.addSeparator()
        self.objection = self.menu.addAction("登记异议")
        self.objections = self.menu.addAction("异议记录")
        self.menu.addSeparator()
        self.reopen = self.menu.addAction("撤回审核结果")
        for action, asked in (
            (self.see_measure, self.measure_asked),
            (self.objection, self.objection_asked),
            (self.objections, self.objections_asked),
            (self.reopen, self.reopening_asked),
        ):
            action.triggered.connect(asked)
        self.more.clicked.connect(self._on_more)

    @Slot()
    def _on_more(self) -> None:
        """Below the button; a menu set on it would bring a caret."""
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_form(self, form: Form, as_of: date, *, is_read_only: bool) -> None:
        """Say what another form is about."""
        row = form.obligation
        self.title.setText(f"{row.measure_label}{row.unit}")
        self.role.set_pill(row.role.title, PillKind.PLAIN)
        self.role.setToolTip(f"由“{'、'.join(row.via)}”展开" if row.via else "")
        self.group.set_pill("待补全" if row.is_group else "", PillKind.INCOMPLETE)
        self.light.set_light(row.status, as_of)
        # Without an entry there is nothing to review.
        review = form.review if form.value is not None else None
        kind = PillKind.INCOMPLETE if review is Review.RETURNED else PillKind.PLAIN
        self.review.set_pill(_review_words(review), kind)
        self.review.setToolTip(_times_words(form.times_returned))
        self.objection.setEnabled(not is_read_only)
        self.objections.setEnabled(bool(form.objections))
        self.objections.setText(f"异议记录（{len(form.objections)}）" if form.objections else "异议记录")
        self.reopen.setEnabled(not is_read_only and review in {Review.ACCEPTED, Review.RETURNED})
        self.measure.setText(form.measure.text)


def _review_words(review: Review | None) -> str:
    return review.value if review is not None else ""


def _times_words(times: int) -> str:
    return f"本期已退回 {times} 次" if times else ""


class FormFoot(QWidget):
    """已自动保存 10:42 and 撤销, 退回 and 通过; what is in no file, or cannot be changed, is said here in words."""

    retried = Signal()
    undone = Signal()
    accepted = Signal()
    returned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(56))
        self.note = Note(self)
        self.note.setAccessibleName("保存情况")
        self.retry = button.secondary("重试保存", "arrow-clockwise", self)
        self.undo = button.ghost("撤销", "arrow-counter-clockwise", self)
        self.back = button.secondary("退回", "arrow-left", self)
        self.accept = button.primary("通过", "check", self)
        self._can_review = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(15, 0, 15, 0)
        layout.setSpacing(8)
        layout.addWidget(self.note)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        layout.addWidget(self.retry)
        layout.addWidget(self.back)
        layout.addWidget(self.accept)
        self._layout = layout
        self.retry.clicked.connect(self.retried)
        self.undo.clicked.connect(self.undone)
        self.back.clicked.connect(self.returned)
        self.accept.clicked.connect(self.accepted)
        self.show_undo(None)

    def show_undo(self, label: str | None) -> None:
        """What 撤销 takes back, in words; None: nothing."""
        self.undo.setEnabled(label is not None)
        self.undo.setToolTip(f"撤销：{label}（Ctrl+Z）" if label else "没有可以撤销的操作")

    def show_review(self, review: Review | None, *, has_entry: bool) -> None:
        """Which reviews an entry can get; what has no entry has nothing to review."""
        self._can_review = has_entry
        had_keyboard = self.accept.hasFocus()
        self.back.setEnabled(has_entry)
        if had_keyboard and has_entry and review is Review.ACCEPTED:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands it on, out of the form
        self.accept.setEnabled(has_entry and review is not Review.ACCEPTED)
        why = "" if has_entry else "本期还没有计入台账的填报，不能审核"
        self.accept.setToolTip(why or ("已审核通过" if review is Review.ACCEPTED else "审核通过，转到下一条待审（F9）"))
        self.back.setToolTip(why or "退回，写明原因（Shift+F9）")

    def show_standing(self, standing: Standing, *, is_read_only: bool) -> None:
        """Say how the input of the form stands to the file."""
        is_failed = standing.saving is Saving.FAILED and not is_read_only
        self._make_room(is_failed=is_failed)
        for widget in (self.back, self.accept):
            widget.setVisible(not is_read_only and not is_failed)
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
        for widget in (self.undo, self.back, self.accept):
            widget.hide()
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
