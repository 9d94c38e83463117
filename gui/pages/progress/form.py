"""The middle pane of 进展填报: one obligation in one period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.form_fields import FormFields
from gui.pages.progress.form_head import FormFoot, FormHead
from gui.pages.progress.notices import Notices
from gui.pages.progress.parts import Card
from gui.widgets import labels
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from datetime import date

    from core.office.forms import Form
    from gui.pages.progress.saver import Standing, Typed

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ERASING = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FormCard(Card):
    """Head, fields that scroll where the window is low, foot."""

    edited = Signal()
    left = Signal()
    part_chosen = Signal(object)
    pasted = Signal(object)
    retried = Signal()
    undone = Signal()
    change_asked = Signal()
    """What was 通过 is to be changed: by its link, or by a key typed into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = False
        self._is_locked = False
        self.head = FormHead(self)
        self.notices = Notices(self)
        self._scroll = QScrollArea(self)
        self.fields = FormFields(self._scroll.viewport())
        self.foot = FormFoot(self)
        self._build()
        self._connect()
        self.undo_bar = UndoBar(self)  # over the form, above its foot: nothing moves when it comes and goes

    def _build(self) -> None:
        self._scroll.setWidget(self.fields)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.fields.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.notices)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.foot)

    def offer_undo(self, words: str, step: str) -> None:
        """Say what was done and offer the step back."""
        self.undo_bar.offer(words, step)
        self._place_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar keeps its place."""
        super().resizeEvent(event)
        self._place_bar()

    def _place_bar(self) -> None:
        margin = theme.px(12)
        top = self.foot.y() - self.undo_bar.height() - theme.px(6)
        self.undo_bar.setGeometry(margin, top, self.width() - 2 * margin, self.undo_bar.height())
        self.undo_bar.raise_()

    def sizeHint(self) -> QSize:
        """As narrow as it can be: what is left over comes to it by its stretch."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def _connect(self) -> None:
        self.fields.edited.connect(self.edited)
        self.fields.left.connect(self.left)
        self.fields.part_chosen.connect(self.part_chosen)
        self.fields.pasted.connect(self.pasted)
        self.foot.retried.connect(self.retried)
        self.foot.undone.connect(self.undone)
        self.notices.change_asked.connect(self.change_asked)
        self.fields.installEventFilter(self)
        for field in self.fields.texts():
            field.edit.installEventFilter(self)

    def show_form(self, form: Form, typed: Typed | None, as_of: date, *, is_locked: bool, is_read_only: bool) -> None:
        """Show another form with what is to stand in it; ``is_locked``: 通过, to be changed after a question only."""
        self._is_read_only = is_read_only
        self.fields.show_form(form, typed)
        self.refresh_head(form, as_of, is_locked=is_locked)
        self._scroll.verticalScrollBar().setValue(0)
        self._make_room()

    def take_keyboard(self) -> None:
        """Begin at the state: who opens a form is going to fill it in."""
        if not self._is_read_only:
            self.fields.focus_field("state")

    def _make_room(self) -> None:
        """Never narrower than the fields: the list and the evidence give way first."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(self.fields.minimumSizeHint().width() + bar)

    def refresh_head(self, form: Form, as_of: date, *, is_locked: bool) -> None:
        """The same form after a write: light and review anew, what stands in the fields untouched."""
        self._is_locked = is_locked
        self.head.show_form(form, as_of, is_read_only=self._is_read_only)
        self.notices.show_form(form, is_locked=is_locked, is_read_only=self._is_read_only)
        self.foot.show_review(form.review, has_entry=form.value is not None)
        self.fields.set_enabled(not is_locked and not self._is_read_only)

    def show_standing(self, standing: Standing) -> None:
        """How the input stands to the file, and the sentences beside the fields."""
        self.fields.show_findings(standing.findings)
        self.foot.show_standing(standing, is_read_only=self._is_read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter typed into what was 通过 asks first; fields that come and go change the least width."""
        if watched is self.fields and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        if self._is_locked and not self._is_read_only and isinstance(event, QKeyEvent) and _is_typed(event):
            self.change_asked.emit()
            return True
        return super().eventFilter(watched, event)


def _is_typed(event: QKeyEvent) -> bool:
    """Whether a key press would put a letter into a text or take one away."""
    if event.type() != QEvent.Type.KeyPress or event.modifiers() & _COMMANDS:
        return False
    return (event.text().isprintable() and bool(event.text())) or event.key() in _ERASING
