"""The rows of the list in 进展填报: obligations of one unit, or of one measure, in a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.model.ledger import State
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
"""First line of the row: the measure, or the unit."""
NOTE = Qt.ItemDataRole.UserRole + 2
"""Second line: the date it is due."""
PILL = Qt.ItemDataRole.UserRole + 4
"""Words and kind of the one pill."""
MARK = Qt.ItemDataRole.UserRole + 3
"""What is to be said of its input: 未保存, 草稿, or nothing."""

Index = QModelIndex | QPersistentModelIndex


class ObligationModel(QAbstractListModel):
    """Rows in the order they came; their order stays while one fills them in, so that F8 walks on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ObligationRow] = []
        self._as_of: date | None = None
        self._shows_units = False
        self._marks: dict[int, str] = {}

    def set_rows(self, rows: Sequence[ObligationRow], as_of: date, *, shows_units: bool) -> None:
        """Show other rows. The same obligations with other states are told as changed, not as new."""
        known = {row.id: row for row in rows}
        is_same = shows_units == self._shows_units and known.keys() == {row.id for row in self._rows}
        if is_same and as_of == self._as_of:
            self._rows = [known[row.id] for row in self._rows]
            self._tell_changed()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._as_of = as_of
        self._shows_units = shows_units
        self.endResetModel()

    def set_marks(self, marks: dict[int, str]) -> None:
        """Say of obligations how their input stands to the file."""
        if marks != self._marks:
            self._marks = marks
            self._tell_changed()

    def row_at(self, index: Index) -> ObligationRow | None:
        """The obligation of a row."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def position(self, obligation_id: int) -> int:
        """The row of an obligation, -1 when it is not here."""
        return next((i for i, row in enumerate(self._rows) if row.id == obligation_id), -1)

    def rows(self) -> tuple[ObligationRow, ...]:
        """All rows in order."""
        return tuple(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of the list; none below a row."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

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
        if role == MARK:
            return self._marks.get(row.id, "")
        if role == _TOOLTIP:
            return f"{row.measure_label}{row.measure_text}"
        if role == _ACCESSIBLE:
            said = (self._title(row), due_note(row), self.pill(row)[0], self._marks.get(row.id, ""))
            return "，".join(part for part in said if part)
        return None

    def pill(self, row: ObligationRow) -> tuple[str, PillKind]:
        """The one pill of a row, words and kind: its light if it has one, else its state."""
        light = light_pill(row.status, self._as_of) if self._as_of is not None else None
        return light or state_pill(row.status.state)

    def _title(self, row: ObligationRow) -> str:
        return row.unit if self._shows_units else f"{row.measure_label}{row.measure_text}"

    def _tell_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def due_note(row: ObligationRow) -> str:
    """When the row is due, in words."""
    if row.due is not None:
        return f"{row.due.isoformat()} 到期"
    return "没有到期日" if row.status.state not in _LASTING else row.status.state.title


_LASTING = {State.ONGOING, State.WAITING}
