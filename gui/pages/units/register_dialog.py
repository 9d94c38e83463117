"""The dialogs that change the register: fields, what will follow, and only then the step."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from gui import theme
from gui.pages.progress.parts import Note
from gui.pages.units.background import EffectReader, Find, StepWriter, Write
from gui.pages.units.effect_view import EffectView, Titles
from gui.unhurried import Unhurried
from gui.widgets import button, labels

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.register_effect import GroupEffect
    from gui.context import Context

WIDTH = 600
_PADDING = 24
NAME_LENGTH = 60
"""Letters of a name."""


class RegisterDialog(QDialog):
    """Headline, the heirs' fields, the effect, 取消 and the verb; the verb waits until it can be done."""

    written = Signal(object)
    """It was done; carries Changes."""
    way_back = "之后可以撤销（Ctrl+Z）。"
    """How the step is taken back, in words."""
    is_large = False
    """Whether Enter in a field leaves the verb alone, as units go by it."""

    def __init__(self, titles: Titles, title: str, headline: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(headline)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.effect = EffectView(titles, self)
        self.note = Note(self)
        self.typing = Unhurried(self._refresh_typed, self)
        self.cancel = button.secondary("取消", parent=self)
        self.save = button.primary(verb, parent=self)
        self.save.setDefault(not self.is_large)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        self.headline = labels.label(headline, "head", self)
        self.headline.setWordWrap(True)
        outer.addWidget(self.headline)
        outer.addLayout(self.body)
        outer.addWidget(self.effect)
        outer.addWidget(labels.label(self.way_back, "note", self))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        outer.addLayout(foot)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)

    # --- what the heirs say ----------------------------------------------------------------------

    def missing(self) -> str:
        """What must still be said, as a sentence; empty when nothing."""
        return ""

    def foresees(self) -> bool:
        """Whether it can be told already what would follow."""
        return not self.missing()

    def find_effect(self) -> GroupEffect | None:
        """What the step would do to obligations; None where that cannot be said."""
        raise NotImplementedError

    def show_outcome(self, effect: GroupEffect | None, wrong: str = "") -> None:
        """Show what would follow, or why that cannot be done."""
        had_list = self.effect.frame.isVisibleTo(self)
        self.effect.show_effect(effect)
        if had_list != self.effect.frame.isVisibleTo(self):
            self.adjustSize()
        missing = self.missing()
        self.note.say(wrong or missing, is_wrong=bool(wrong))
        self.save.setEnabled(not missing and not wrong)

    def write(self) -> Changes:
        """Do it."""
        raise NotImplementedError

    # --- what they share -------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A paragraph under the headline."""
        made = labels.label(text, "second", self)
        made.setWordWrap(True)
        self.body.addWidget(made)

    def fields(self, rows: list[tuple[str, QWidget]]) -> QGridLayout:
        """Labels at the left of their fields."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        grid.setColumnStretch(1, 1)
        for at, (name, field) in enumerate(rows):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(title, at, 0)
            grid.addWidget(field, at, 1)
        self.body.addLayout(grid)
        return grid

    def line(self, text: str = "", *, length: int = NAME_LENGTH) -> QLineEdit:
        """A field of one line that tells what follows while it is typed."""
        made = QLineEdit(text, self)
        made.setMaxLength(length)
        made.textChanged.connect(self.on_typed)
        return made

    @Slot()
    def on_typed(self) -> None:
        """Something was typed: what is missing is said at once, what would follow when there is time."""
        missing = self.missing()
        if missing:
            self.typing.now()
            return
        self.typing.soon()
        if self.typing.is_waiting:  # the verb looks what follows before it does anything
            self.note.say("")
            self.save.setEnabled(True)

    def _refresh_typed(self) -> None:
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Tell what would follow, or what is still missing."""
        effect = None
        wrong = ""
        if self.foresees():
            try:
                effect = self.find_effect()
            except KnownError as error:
                wrong = str(error)
        self.show_outcome(effect, wrong)

    @Slot()
    def _on_save(self) -> None:
        if self.typing.is_waiting:
            self.typing.now()
            if not self.save.isEnabled():
                return
        try:
            changes = self.write()
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self.written.emit(changes)
        self.accept()


class LargeStepDialog(RegisterDialog):
    """撤出, 合并: where there are many obligations what follows is found, and the step done, in the background."""

    is_large = True

    def __init__(
        self, context: Context, titles: Titles, title: str, headline: str, verb: str, parent: QWidget | None
    ) -> None:
        super().__init__(titles, title, headline, verb, parent)
        self._reader = EffectReader(context, self)
        self._writer = StepWriter(context, self)
        self._store = context.store
        self._asked: object = None
        self._found: object = None
        self._reader.read.connect(self._on_found)
        self._reader.failed.connect(self._on_not_found)
        self._reader.cancelled.connect(partial(self._on_not_found, KnownError("已取消，影响没有算出来。", hint="")))
        self._writer.written.connect(self._on_written)
        self._writer.failed.connect(self._on_not_written)

    # --- what the heirs say ----------------------------------------------------------------------

    def question(self) -> Hashable:
        """What the effect hangs on: asked again only when it is another."""
        raise NotImplementedError

    def finding(self) -> Find:
        """How what follows is found; what stands in the fields is taken now."""
        raise NotImplementedError

    def writing(self) -> Write:
        """How the step is done; what stands in the fields is taken now."""
        raise NotImplementedError

    def show_found(self, found: object) -> None:
        """Show what was found; None: nothing yet."""
        raise NotImplementedError

    # --- finding and doing -----------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Tell what would follow: at once where it is known or quickly found."""
        if self._writer.is_busy:
            return
        asked = self.question() if self.foresees() else None
        if asked is not None and asked == self._asked:
            if not self._reader.is_reading:
                self.show_found(self._found)
            return
        self._asked, self._found = asked, None
        if asked is None:
            self._reader.stop()
            self.show_found(None)
            return
        self._reader.look(self.finding())
        if self._reader.is_reading:
            self.show_found(None)
            self.note.say("正在计算影响")
            self.save.setEnabled(False)

    @Slot(object)
    def _on_found(self, found: object) -> None:
        self._found = found
        self.show_found(found)

    @Slot(object)
    def _on_not_found(self, error: KnownError) -> None:
        self._asked = None
        self.show_found(None)
        self.show_outcome(None, str(error))

    @Slot()
    def _on_save(self) -> None:
        self.refresh()
        if not self.save.isEnabled():
            return
        if not self._reader.is_large:
            super()._on_save()
            return
        self.save.setEnabled(False)
        self.cancel.setEnabled(False)
        label = f"正在{self.save.text()}"
        self.note.say(label)
        self._writer.start(label, self.writing())

    def write(self) -> Changes:
        return self.writing()(self._store)

    @Slot(object)
    def _on_written(self, changes: Changes) -> None:
        self.written.emit(changes)
        self.accept()

    @Slot(object)
    def _on_not_written(self, error: KnownError) -> None:
        self.cancel.setEnabled(True)
        self.save.setEnabled(True)
        self.note.say(str(error), is_wrong=True)

    def reject(self) -> None:
        """While the step is done there is nothing to cancel; what is being found nobody waits for."""
        if self._writer.is_busy:
            return
        self._reader.stop()
        super().reject()


class ConfirmDialog(RegisterDialog):
    """A step without fields: 名单已补全, 移出集合, 恢复."""

    def __init__(
        self,
        titles: Titles,
        words: tuple[str, str, str, str],
        find: Callable[[], GroupEffect],
        write: Callable[[], Changes],
        parent: QWidget | None,
    ) -> None:
        """``words``: window title, headline, what it means, verb."""
        super().__init__(titles, words[0], words[1], words[3], parent)
        self._find, self._do = find, write
        if words[2]:
            self.say(words[2])
        self.refresh()
        (self.cancel if self.effect.takes_away() else self.save).setFocus(Qt.FocusReason.OtherFocusReason)

    def find_effect(self) -> GroupEffect:
        return self._find()

    def write(self) -> Changes:
        return self._do()
