"""A board made ready for the table: every cell's text, filter value and sort key, worked out once a reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from core.model.division import printed_division
from core.model.ledger import State
from core.model.plan import Role
from gui.pages.table.arrange import chips_of
from gui.pages.table.columns import (
    DEADLINE,
    DIVISION,
    DONE,
    DUE,
    EVIDENCE,
    NUMBER_KEY,
    SECTION,
    STATUS,
    TASK,
    TEXT,
    TableColumn,
    columns_of,
)
from gui.widgets.pill import PillKind, light_pill

if TYPE_CHECKING:
    from datetime import date

    from core.model.plan import Measure
    from core.office.board import Board, BoardRow

NOTHING = "（空白）"
_ROLE_KEYS = {"lead": Role.LEAD, "responsible": Role.RESPONSIBLE, "cooperating": Role.COOPERATING}
_URGENCY = (
    State.IN_PROGRESS,
    State.NOT_STARTED,
    State.ONGOING,
    State.WAITING,
    State.DONE,
    State.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One measure: texts, filter values and sort keys stand in the order of the columns.

    ``groups`` are the keys by which neighbours merge in print order, None where a cell never merges.
    ``light`` is text and kind of the second pill, None where the light is normal. ``dues`` is how many
    dates its deadlines name, ``due_notes`` the small lines under the date to show. ``chips`` is the sum of the
    bits of the chips that show it.
    """

    no: int
    source: BoardRow
    texts: tuple[str, ...]
    values: tuple[str, ...]
    sort_keys: tuple[Any, ...]
    groups: tuple[object | None, ...]
    light: tuple[str, PillKind] | None
    dues: int
    due_notes: tuple[str, ...]
    chips: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out the chips once: filters ask every row."""
        object.__setattr__(self, "chips", chips_of(self.source))

    @property
    def share(self) -> float:
        """Part of the obligations that is done, 0 to 1."""
        return self.source.done / self.source.total if self.source.total else 0.0


@dataclass(frozen=True, slots=True)
class TableRows:
    """All rows of one plan in print order, with the columns they were prepared for."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    has_section_rows: bool


def prepare(board: Board) -> TableRows:
    """Make a board ready for the table."""
    columns = columns_of(board.plan)
    measures = {measure.no: measure for measure in board.plan.measures}
    rows = tuple(_row(columns, row, measures[row.no], board.as_of) for row in board.rows)
    has_column = any(column.key == SECTION for column in columns)
    return TableRows(columns, rows, board.plan.document.section_rows and not has_column)


def _row(columns: tuple[TableColumn, ...], row: BoardRow, measure: Measure, as_of: date) -> TableRow:
    light = light_pill(row.status, as_of)
    has_number = any(column.key == NUMBER_KEY for column in columns)
    facts = _Facts(row, measure, light[0] if light else "", has_number)
    dues = len({deadline.date for deadline in measure.deadlines if deadline.date})
    return TableRow(
        no=row.no,
        source=row,
        texts=tuple(facts.text(column.key) for column in columns),
        values=tuple(facts.value(column.key) for column in columns),
        sort_keys=tuple(facts.sort_key(column.key) for column in columns),
        groups=tuple(facts.group(column.key) for column in columns),
        light=light,
        dues=dues,
        due_notes=_due_notes(row, dues),
    )


def _due_notes(row: BoardRow, dues: int) -> tuple[str, ...]:
    adjusted = (f"原 {row.adjusted_from.isoformat()}", "已调整") if row.adjusted_from is not None else ()
    return (*adjusted, f"共 {dues} 个时限") if dues > 1 else adjusted


class _Facts(NamedTuple):
    """What the cells of one measure are made from."""

    row: BoardRow
    measure: Measure
    light: str
    has_number_column: bool

    def text(self, key: str) -> str:
        """What stands in the cell, and what 复制 puts on the clipboard."""
        row = self.row
        if key == SECTION:
            return f"{row.section.label}\n{row.section.title}" if row.section else ""
        if key == TASK:
            return f"{row.task.label}{row.task.title}" if row.task else ""
        if key == NUMBER_KEY:
            return row.label
        if key == TEXT:
            return row.text if self.has_number_column else f"{row.label}{row.text}"
        if key == DIVISION:
            return row.division or ""
        if key == DEADLINE:
            return row.deadline or ""
        if key in _ROLE_KEYS:
            return self._role_text(_ROLE_KEYS[key])
        return self._computed_text(key)

    def _computed_text(self, key: str) -> str:
        if key == DUE:
            return self.row.due.isoformat() if self.row.due else ""
        if key == STATUS:
            return f"{self.row.status.state.title}（{self.light}）" if self.light else self.row.status.state.title
        if key == DONE:
            return f"{self.row.done}/{self.row.total}"
        if key == EVIDENCE:
            return str(self.row.evidence)
        if key == "targets":
            return "、".join(target.text for target in self.measure.targets)
        return ""

    def _role_text(self, role: Role) -> str:
        """The phrase as printed where `division_raw` holds the columns apart (牵头单位：…；责任单位：…), else the names."""
        mark = f"{role.title}："
        for part in printed_division(self.measure).split("；"):
            if part.startswith(mark):
                return part.removeprefix(mark)
        return "、".join(self.measure.names(role))

    def value(self, key: str) -> str:
        """What the header's filter lists."""
        if key == STATUS:
            return self._status_value()
        if key == DONE:
            if not self.row.total:
                return "没有责任事项"
            return "全部完成" if self.row.done == self.row.total else "部分完成" if self.row.done else "都未完成"
        if key == EVIDENCE:
            return "有佐证" if self.row.evidence else "没有佐证"
        return self.text(key).replace("\n", "") or NOTHING

    def _status_value(self) -> str:
        status = self.row.status
        light = "逾期" if status.overdue else "临近" if status.due_soon else "逾期完成" if status.done_late else ""
        return f"{status.state.title}，{light}" if light else status.state.title

    def sort_key(self, key: str) -> Any:  # noqa: ANN401 - dates, numbers and texts, each column alike
        """What the header sorts by; None goes last whichever way."""
        row = self.row
        if key in {SECTION, TASK, TEXT, NUMBER_KEY}:
            return row.no
        if key in {DUE, DEADLINE}:
            return self.row.due
        if key == STATUS:
            return (not row.status.overdue, not row.status.due_soon, _URGENCY.index(row.status.state))
        if key == DONE:
            return row.done / row.total if row.total else None
        if key == EVIDENCE:
            return row.evidence
        return self.text(key) or None

    def group(self, key: str) -> object | None:
        """Equal keys of neighbours merge: a section, a task, and equal phrases within one task."""
        row = self.row
        if key == SECTION:
            return row.section.no if row.section else None
        if key == TASK:
            return row.task.no if row.task else None
        if row.task is not None and (key in {DIVISION, DEADLINE} or key in _ROLE_KEYS):
            text = self.text(key)
            return (row.task.no, text) if text else None
        return None
