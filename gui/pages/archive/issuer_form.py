"""Settings of the issuer as a form: one field a setting, each change is saved when its field is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import issuer
from core.office.issuer import TITLES, Issuer
from gui.pages.progress.parts import Note
from gui.widgets import labels

if TYPE_CHECKING:
    from core.office.changes import Changes
    from gui.context import Context

_LENGTH = 120


@dataclass(frozen=True, slots=True)
class TextField:
    """A setting that is a text: its key in ``Issuer``, the word before it, an example, what it is for."""

    key: str
    word: str
    example: str
    tip: str


class IssuerForm(QWidget):
    """Texts in a grid; a panel adds what is no text, and says how it is read and shown."""

    def __init__(self, context: Context, texts: tuple[TextField, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.fields: dict[str, QLineEdit] = {}
        self.saved = labels.label("", "note", self)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(6)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnStretch(1, 1)
        self.outer.addLayout(self.grid)
        for text in texts:
            field = self.fields[text.key] = QLineEdit(self)
            field.setMaxLength(_LENGTH)
            field.setPlaceholderText(text.example)
            self.add_row(text.word, field, text.tip)
            field.setAccessibleName(TITLES[text.key])
            field.editingFinished.connect(self.save)
        self.note = Note(self)
        context.ledger_opened.connect(self.reload)
        context.changed.connect(self._on_changed)

    def add_row(self, word: str, field: QWidget, tip: str, holder: QWidget | None = None) -> None:
        """A line more; ``holder``: what stands there when the field is only a part of it."""
        row = self.grid.rowCount()
        title = labels.label(word, "second", self)
        title.setBuddy(field)
        field.setAccessibleName(word)
        field.setToolTip(tip)
        self.grid.addWidget(title, row, 0)
        self.grid.addWidget(holder or field, row, 1)

    def empty(self, keys: Sequence[str]) -> QWidget | None:
        """The first of these fields that nothing is typed in."""
        return next((self.fields[key] for key in keys if not self.fields[key].text()), None)

    # --- what a panel adds -----------------------------------------------------------------------

    def show_more(self, value: Issuer, *, is_locked: bool) -> None:
        """Show what is no text; ``is_locked``: the file is only read."""

    def more(self) -> dict[str, Any]:
        """What is no text, as it stands in the panel, by its key."""
        return {}

    # --- file and fields -------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what the open file says."""
        has_store, read_only = self._context.has_store, self._context.read_only
        self.setEnabled(has_store)
        value = issuer.load(self._context.store) if has_store else Issuer()
        for key, field in self.fields.items():
            field.setText(getattr(value, key))
            field.setCursorPosition(0)
            field.setReadOnly(read_only)
        self.show_more(value, is_locked=read_only)
        self.say("台账以只读方式打开，不能修改" if has_store and read_only else "")

    def say(self, text: str, *, is_wrong: bool = False) -> None:
        """Under the fields; without a sentence it takes no room, so that all fields are seen at once."""
        self.saved.setText("")
        self.note.say(text, is_wrong=is_wrong)
        self.note.setVisible(bool(text))

    @Slot()
    def save(self) -> None:
        """Keep what the fields say, where it is not what the file says."""
        if not self._context.has_store or self._context.read_only:
            return
        old = issuer.load(self._context.store)
        words: dict[str, Any] = {key: field.text().strip() for key, field in self.fields.items()}
        value = replace(old, **words, **self.more())
        if value == old:
            return
        try:
            changes = issuer.save(self._context.store, value)
        except KnownError as error:
            self.reload()
            self.say(str(error), is_wrong=True)
            return
        self._context.announce(changes)  # shows the file's words anew, which takes away what was said before
        self.saved.setText("已保存")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.periods:
            self.reload()
