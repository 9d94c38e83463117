"""Saving as one goes: what was typed into a unit's form is written when its field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import InvalidError, KnownError
from core.office import unit_changes
from gui import messages
from gui.pages.units.register_dialog import ConfirmDialog

if TYPE_CHECKING:
    from core.office.changes import Changes
    from core.office.unit_changes import UnitValue
    from gui.context import Context
    from gui.pages.units.effect_view import Titles
    from gui.pages.units.unit_form import UnitForm

_FIELDS = (
    ("name", "名称"),
    ("kind", "类别"),
    ("full_name", "全称"),
    ("aliases", "简称和别名"),
    ("contact", "联络员"),
    ("phone", "电话"),
    ("mail", "邮箱"),
)


class UnitSaver(QObject):
    """Writes the form of one unit; a change that moves obligations is shown before it is made."""

    saved = Signal(object, str, str)
    """Changes, the unit's name now, and what was changed in words."""

    def __init__(self, context: Context, form: UnitForm) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._titles: Titles = {}
        self._dialog: ConfirmDialog | None = None

    def set_titles(self, titles: Titles) -> None:
        """How measures are called where a change moves obligations."""
        self._titles = titles

    @property
    def is_asking(self) -> bool:
        """Whether it waits for the clerk to say that obligations may move."""
        return self._dialog is not None

    def changed(self) -> list[str]:
        """The fields in which something else stands than in the register, in words."""
        line = self._form.line()
        if line is None or self._context.read_only or line.unit.left_on is not None:
            return []
        have, got = unit_changes.unit_value(line.unit), self._form.value()
        return [word for key, word in _FIELDS if (getattr(have, key) or None) != (getattr(got, key) or None)]

    @Slot()
    def save_now(self) -> bool:
        """Write what was typed; False when it cannot be written as it stands, the form then says why."""
        line, words = self._form.line(), self.changed()
        if line is None or not words:
            self._form.show_problem(None)
            return True
        if self._dialog is not None:
            return False
        value = self._form.value()
        try:
            effect = unit_changes.unit_effect(self._context.store, line.unit.name, value)
            if effect.appear or effect.gone:
                self._ask(line.unit.name, value, words)
                return False
            changes = unit_changes.save_unit(self._context.store, line.unit.name, value)
        except InvalidError as error:
            self._form.show_problem(error)
            return False
        except KnownError as error:
            messages.show_error(self._form, error)
            return False
        self._form.show_problem(None)
        self.saved.emit(changes, value.name, "、".join(words))
        return True

    def _ask(self, name: str, value: UnitValue, words: list[str]) -> None:
        store = self._context.store
        what = "、".join(words)
        dialog = ConfirmDialog(
            self._titles,
            ("修改单位", f"修改“{name}”的{what}", "这样改以后，方案里的写法会认到别的单位，责任事项随之变化。", "修改"),
            lambda: unit_changes.unit_effect(store, name, value),
            lambda: unit_changes.save_unit(store, name, value),
            self._form.window(),
        )
        self._dialog = dialog

        def written(changes: Changes) -> None:
            self._form.show_problem(None)
            self.saved.emit(changes, value.name, what)

        dialog.written.connect(written)
        dialog.rejected.connect(self._form.reset)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None
