"""A draft under the clerk's hands: every act is a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from core.errors import InvalidError, KnownError
from core.model import edit
from core.model.edit import Edited
from core.model.plan import Measure, Plan
from core.model.units import Register
from core.office.rereading import reread
from gui.import_sheet import edits
from gui.import_sheet.history import History, State
from gui.import_sheet.lines import COLUMNS, DEADLINE, DIVISION, Line, cut_heading, cut_label, lines_of, shown_label

_FIELDS = {DIVISION: "division_raw", DEADLINE: "deadline_raw"}
_WORDS = {DIVISION: "修改分工", DEADLINE: "修改时限"}
_UNDERSTOOD = ("lead", "responsible", "cooperating", "division_raw", "deadline_raw", "deadlines")


class Editing(QObject):
    """Holds the history of a draft. Numbers are those of the plan as it stands."""

    changed = Signal()
    """The draft, or what was dealt with, is another."""
    refused = Signal(object)
    """An edit that is not possible; carries the KnownError."""

    def __init__(self, plan: Plan, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.register = register
        self.history = History(State(edit.begin(plan)))

    @property
    def edited(self) -> Edited:
        """The draft as it stands."""
        return self.history.state.edited

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self.edited.plan

    def lines(self) -> tuple[Line, ...]:
        """The lines of the draft table."""
        return lines_of(self.edited, self.register, {}, {})

    def change_cell(self, no: int, column: str, text: str) -> None:
        """Other words in a cell; what a division or deadline says is understood anew."""
        before = self.edited.measure(no)
        after = self.read_as(no, column, text)
        if after == before:
            return

        def change(e: Edited) -> Edited:
            if column in _FIELDS:
                return edit.change_measure(e, no, **{name: getattr(after, name) for name in _UNDERSTOOD})
            return edit.change_measure(e, no, label=after.label, text=after.text)

        words = f"{_WORDS.get(column, '修改措施')}{after.label}"
        self._do(words, change, handles=self._settled(no, column))

    def read_as(self, no: int, column: str, text: str) -> Measure:
        """The measure as it would be with other words in a cell; nothing is changed."""
        return _read_as(self.edited, no, column, text)

    def paste(self, no: int, column: str, table: Sequence[Sequence[str]]) -> None:
        """Cells of another program into those from a measure and column on, to the right and downwards; one step."""
        keys = [key for key, _ in COLUMNS]
        columns = keys[keys.index(column) :]
        cells = [(at, key, text) for at, row in enumerate(table, no) for key, text in zip(columns, row, strict=False)]

        def change(e: Edited) -> Edited:
            if any(len(row) > len(columns) for row in table):
                raise InvalidError("剪贴板里的列比这里多。", hint="请从“具体措施”一列粘贴，或只复制要改的列。")
            if no + len(table) - 1 > len(e.plan.measures):
                raise InvalidError(
                    f"剪贴板里有 {len(table)} 行，从这里往下只有 {len(e.plan.measures) - no + 1} 项措施。",
                    hint="请先增加措施，或少复制几行。",
                )
            for at, key, text in cells:
                after = _read_as(e, at, key, text)
                names = _UNDERSTOOD if key in _FIELDS else ("label", "text")
                e = edit.change_measure(e, at, **{name: getattr(after, name) for name in names})
            return e

        handles = tuple(
            key for at, name, _ in cells if at <= len(self.plan.measures) for key in self._settled(at, name)
        )
        self._do(f"粘贴 {len(cells)} 格", change, handles=handles)

    def change_heading(self, no: int, text: str, *, is_task: bool) -> None:
        """Other words for a section or a task."""
        label, title = cut_heading(text)
        headings: Sequence[object] = self.plan.tasks if is_task else self.plan.sections
        here = headings[no - 1]
        if (here.label, here.title) == (label, title) or not (label or title):  # type: ignore[attr-defined]
            return
        change = edit.change_task if is_task else edit.change_section
        self._do("修改标题", lambda e: change(e, no, label, title))

    def split(self, no: int, at: int) -> None:
        """Cut a measure's text before character ``at`` of the cell, its label counted in."""
        label = len(shown_label(self.edited.measure(no).label))
        self._do(f"拆分{self._name(no)}", lambda e: edit.split_measure(e, no, at - label))

    def merge(self, no: int) -> None:
        """Put the next measure into this one."""
        if no < len(self.plan.measures):
            words = f"合并{self._name(no)}和{self._name(no + 1)}"
            self._do(words, lambda e: edit.merge_measures(e, no, no + 1))

    def add(self, after: int | None) -> int:
        """A new measure after another one; its number."""
        self._do("增加措施", lambda e: edit.add_measure(e, after))
        return (after or 0) + 1

    def delete(self, nos: Sequence[int]) -> None:
        """Take measures out of the draft."""
        words = f"删除{self._name(nos[0])}" if len(nos) == 1 else f"删除 {len(nos)} 项措施"
        self._do(words, lambda e: edits.delete_all(e, nos))

    def move(self, no: int, by: int) -> int | None:
        """One place up (-1) or down (1), over the edge of a heading into the next; its number then, None at the end."""
        if not 1 <= no + by <= len(self.plan.measures):
            return None
        there = edits.move_by_one(self.edited, no, by)[1]
        self._do(f"移动{self._name(no)}", lambda e: edits.move_by_one(e, no, by)[0])
        return there

    def move_to(self, nos: Sequence[int], section: int | None, task: int | None) -> None:
        """Put measures at the end of another heading."""
        words = f"移动{self._name(min(nos))}" if len(nos) == 1 else f"移动 {len(nos)} 项措施"
        self._do(words, lambda e: edits.move_to(e, nos, section, task))

    def begin_task(self, no: int) -> None:
        """Begin a new task with this measure and those after it under the same heading."""
        self._do("另起任务", lambda e: edits.begin_task(e, no))

    def begin_section(self, no: int) -> None:
        """Begin a new section with this measure and all that follows in its section."""
        self._do("另起部分", lambda e: edits.begin_section(e, no))

    def delete_heading(self, no: int, *, is_task: bool) -> None:
        """Take a section or task away; its measures go to its neighbour."""
        delete = edit.delete_task if is_task else edit.delete_section
        self._do("删除标题", lambda e: delete(e, no))

    def undo(self) -> None:
        """One step back."""
        if self.history.undo():
            self.changed.emit()

    def redo(self) -> None:
        """One step forward again."""
        if self.history.redo():
            self.changed.emit()

    def change_title(self, title: str) -> None:
        """Another name for the plan; an empty one is refused silently."""
        if title and title != self.plan.title:
            has_own = bool(self.plan.document.table_title)
            self._do(
                "修改方案名称",
                lambda e: (
                    edit.change_document(e, table_title=title) if has_own else edit.change_document(e, title=title)
                ),
            )

    def _do(self, words: str, operation: Callable[[Edited], Edited], *, handles: tuple[str, ...] = ()) -> None:
        state = self.history.state
        try:
            edited = operation(state.edited)
        except KnownError as error:
            self.refused.emit(error)
            return
        self.history.push(State(edited, state.handled | set(handles), words))
        self.changed.emit()

    def _settled(self, no: int, column: str) -> tuple[str, ...]:  # noqa: ARG002 - for the heirs
        """The keys of the problems that an edit of a cell deals with."""
        return ()

    def _name(self, no: int) -> str:
        return self.edited.measure(no).label or f"（{no}）"


def _read_as(edited: Edited, no: int, column: str, text: str) -> Measure:
    measure = edited.measure(no)
    if column not in _FIELDS:
        label, words = cut_label(text, measure.label)
        return replace(measure, label=label, text=words)
    typed = replace(measure, **{_FIELDS[column]: text.strip() or None})  # type: ignore[arg-type]
    return reread(typed, edited.plan, fields={column})
