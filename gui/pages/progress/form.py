"""The middle pane of 进展填报: one obligation in one period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.pages.progress.form_fields import FormFields
from gui.pages.progress.form_head import FormFoot, FormHead
from gui.pages.progress.parts import Card
from gui.widgets import labels

if TYPE_CHECKING:
    from datetime import date

    from core.office.forms import Form
    from gui.pages.progress.saver import Standing, Typed


class FormCard(Card):
    """Head, fields that scroll where the window is low, foot."""

    edited = Signal()
    left = Signal()
    part_chosen = Signal(object)
    pasted = Signal(object)
    retried = Signal()
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = False
        self.head = FormHead(self)
        self.fields = FormFields(self)
        self.foot = FormFoot(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.fields)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.fields.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self._scroll, 1)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.foot)

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

    def show_form(self, form: Form, typed: Typed | None, as_of: date, *, is_read_only: bool) -> None:
        """Show another form with what is to stand in it."""
        self._is_read_only = is_read_only
        self.head.show_form(form, as_of)
        self.fields.show_form(form, typed)
        self.fields.set_enabled(not is_read_only)
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

    def refresh_head(self, form: Form, as_of: date) -> None:
        """The same form after a write: light and review anew, the fields untouched."""
        self.head.show_form(form, as_of)

    def show_standing(self, standing: Standing, *, can_undo: bool) -> None:
        """How the input stands to the file, and the sentences beside the fields."""
        self.fields.show_findings(standing.findings)
        self.foot.show_standing(standing, can_undo=can_undo, is_read_only=self._is_read_only)
