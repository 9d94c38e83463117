"""The bar above the table: what still needs a person, each with the step that settles it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.infobar import InfoBar

if TYPE_CHECKING:
    from core.office.board import Todo
    from gui.context import Context

_VERIFY = "verify"
_PRACTICE = "practice"
_DISMISSED = "todo_dismissed"
_SHOWN_MAX = 3
"""Links in the bar; when one is settled the next comes up."""
_WORDS = {_VERIFY: "去核对", "members": "去核对", "incomplete": "去补全"}


class TodoBar(InfoBar):
    """Hidden while there is nothing to do, and after × until the program is started again."""

    verify_requested = Signal()
    group_requested = Signal(str)
    """The name of a collective whose members are to be completed or checked."""

    practice_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._items: list[tuple[str, str, str]] = []
        self._is_covered = False
        self.action_chosen.connect(self._on_action)
        self.closed.connect(self._on_dismissed)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # long names must not widen the window
        self.hide()

    def show_todo(self, todo: Sequence[Todo]) -> None:
        """Show what there is to do."""
        self._items = [(item.text, _WORDS[item.kind], _key(item)) for item in todo if item.kind in _WORDS]
        if len(self._items) > _SHOWN_MAX:
            rest = len(self._items) - _SHOWN_MAX
            self._items[_SHOWN_MAX:] = [(f"另有 {rest} 个名单", "", "")]
        if len(self._context.settings.recent) == 1 and not self._context.is_sample:
            self._items.append(("第一次用", "先在示例台账里练习", _PRACTICE))
        self._show()

    def set_covered(self, *, is_covered: bool) -> None:
        """Make room while another bar stands in this one's place: rows are worth more than two bars."""
        self._is_covered = is_covered
        self._show()

    def _show(self) -> None:
        is_hidden = self._is_covered or self._context.property(_DISMISSED)
        self.set_items([] if is_hidden else self._items)

    @Slot(str)
    def _on_action(self, key: str) -> None:
        if key == _PRACTICE:
            self.practice_requested.emit()
        elif key == _VERIFY:
            self.verify_requested.emit()
        else:
            self.group_requested.emit(key.partition(":")[2])

    @Slot()
    def _on_dismissed(self) -> None:
        self._context.setProperty(_DISMISSED, True)  # outlives this widget: a larger text size makes the page anew


def _key(item: Todo) -> str:
    return _VERIFY if item.kind == _VERIFY else f"group:{item.target}"
