"""The rows of the list in 进展填报: obligations of one unit, of one measure or of all units, in a period."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from core.model.ledger import State
from gui.pages.progress.row_list_model import Index, RowListModel
from gui.widgets.copying_list import CELLS
from gui.widgets.pill import PillKind, light_pill, state_pill

if TYPE_CHECKING:
    from datetime import date

    from core.office.obligations import ObligationRow

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
ROW = Qt.ItemDataRole.UserRole
"""The ObligationRow itself."""
TITLE = Qt.ItemDataRole.UserRole + 1
"""First line of the row: the measure, the unit, or both."""
NOTE = Qt.ItemDataRole.UserRole + 2
"""Second line: the date it is due."""
MARK = Qt.ItemDataRole.UserRole + 3
"""What is to be said of its input: 未保存, 草稿, else its review, or nothing."""
PILL = Qt.ItemDataRole.UserRole + 4
"""Words and kind of the one pill."""


class Naming(Enum):
    """What the first line of a row says: whatever is not the same in all rows."""

    MEASURE = auto()
    UNIT = auto()
    BOTH = auto()


class ObligationModel(RowListModel["ObligationRow"]):
    """Rows in the order they came; their order stays while one fills them in, so that F8 walks on."""

    copied_titles = ("单位", "措施", "到期日", "状态", "提醒", "审核")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._as_of: date | None = None
        self._naming = Naming.MEASURE
        self._marks: dict[int, str] = {}

    def set_rows(self, rows: Sequence[ObligationRow], as_of: date, naming: Naming = Naming.MEASURE) -> None:
        """Show other rows. The same obligations with other states are told as changed, not as new."""
        if naming is self._naming and as_of == self._as_of and self.renew_rows(rows):
            return
        self._as_of = as_of
        self._naming = naming
        self.reset_rows(rows)

    def set_marks(self, marks: dict[int, str]) -> None:
        """Say of obligations how their input stands to the file."""
        if marks != self._marks:
            self._marks = marks
            self.tell_changed()

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a row says, in words; the delegate draws from ROW."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in {_DISPLAY, TITLE}:
            return self._title(row)
        if role == NOTE:
            return due_note(row)
        if role == PILL:
            return self.pill(row)
        if role == CELLS:
            due = row.due.isoformat() if row.due is not None else ""
            light = light_pill(row.status, self._as_of) if self._as_of is not None else None
            measure = f"{row.measure_label}{row.measure_text}"
            return row.unit, measure, due, row.status.state.title, light[0] if light else "", self._mark(row)
        if role == MARK:
            return self._mark(row)
        if role == _TOOLTIP:
            lines = (row.unit, f"{row.measure_label}{row.measure_text}", _objection_words(row))
            return "\n".join(line for line in lines if line)
        if role == _ACCESSIBLE:
            said = (self._title(row), due_note(row), self.pill(row)[0], _objection_words(row), self._mark(row))
            return "，".join(part for part in said if part)
        return None

    def pill(self, row: ObligationRow) -> tuple[str, PillKind]:
        """The one pill of a row, words and kind: its light if it has one, else its state."""
        light = light_pill(row.status, self._as_of) if self._as_of is not None else None
        return light or state_pill(row.status.state)

    def _title(self, row: ObligationRow) -> str:
        measure = f"{row.measure_label}{row.measure_text}"
        return {Naming.MEASURE: measure, Naming.UNIT: row.unit, Naming.BOTH: f"{row.unit}{measure}"}[self._naming]

    def _mark(self, row: ObligationRow) -> str:
        review = row.period_review.value if row.period_review is not None else ""
        return self._marks.get(row.id, review)


def _objection_words(row: ObligationRow) -> str:
    return f"{row.objections} 条异议未答复" if row.objections else ""


def due_note(row: ObligationRow) -> str:
    """When the row is due, in words."""
    if row.due is not None:
        return f"{row.due.isoformat()} 到期"
    return "没有到期日" if row.status.state not in _LASTING else row.status.state.title


_LASTING = {State.ONGOING, State.WAITING}
