"""Units as lines of a table, with check boxes where asked; the steps say which columns there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from gui.widgets.arranged_model import DISPLAY, SPOKEN, TIP, ArrangedModel, Index
from gui.widgets.pill import PillKind

_CHECK = Qt.ItemDataRole.CheckStateRole
LINE = Qt.ItemDataRole.UserRole


class HasUnit(Protocol):
    """A line belongs to one unit."""

    @property
    def unit(self) -> str:
        """Its name, which tells the lines apart."""


@dataclass(frozen=True, slots=True, eq=False)
class LineColumn:
    """A column. ``sample`` is the widest usual word, empty for the column that takes the rest.

    ``pill`` says as which pill the text is drawn (None: as text). ``is_link``: pressing it acts. ``gives_way``: left
    out where there is no room, the highest first.
    """

    title: str
    text: Callable[[Any], str]
    sample: str = ""
    is_number: bool = False
    pill: Callable[[Any], PillKind | None] | None = None
    is_link: bool = False
    tip: Callable[[Any], str] | None = None
    gives_way: int = 0
    order: Callable[[Any], Any] | None = None
    """What the lines are sorted by where that is not the text."""


class LineModel(ArrangedModel[Any]):
    """One line a unit (or document); ``has_checks`` puts a column of check boxes before the others."""

    checks_changed = Signal()

    def __init__(
        self, columns: Sequence[LineColumn], parent: QObject | None = None, *, has_checks: bool = False
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.has_checks = has_checks
        self._titles = [*([""] if has_checks else []), *(column.title for column in columns)]
        self._checked: set[str] = set()

    def load(self, lines: Sequence[HasUnit]) -> bool:
        """Show other lines; True when the units are others, so that views forget what was chosen."""
        return self.take(lines)

    def identity(self, row: HasUnit) -> object:
        return row.unit

    def lines(self) -> tuple[Any, ...]:
        """Those that are shown."""
        return self.rows()

    def line(self, row: int) -> Any:  # noqa: ANN401 - whatever the step shows
        """The line of a row, None for none."""
        return self.row_at(row)

    def position(self, unit: str) -> int:
        """The row of a unit, -1 when it is not shown."""
        return next((row for row, line in enumerate(self.rows()) if line.unit == unit), -1)

    # --- columns ---------------------------------------------------------------------------------

    def column(self, section: int) -> LineColumn | None:
        """The column of a section, None for that of the check boxes."""
        at = section - self.has_checks
        return self.columns[at] if 0 <= at < len(self.columns) else None

    def titles(self) -> Sequence[str]:
        return self._titles

    def cell(self, row: HasUnit, column: int) -> str:
        found = self.column(column)
        return found.text(row) if found is not None else ""

    def order(self, row: HasUnit, column: int) -> Any:  # noqa: ANN401 - as the base has it
        found = self.column(column)
        if found is not None and found.order is not None:
            return found.order(row)
        return super().order(row, column)

    def is_number(self, column: int) -> bool:
        found = self.column(column)
        return found is not None and found.is_number

    # --- checks ----------------------------------------------------------------------------------

    def checked(self) -> tuple[str, ...]:
        """The units that are checked, in their order, also those a filter hides."""
        return tuple(line.unit for line in self.all_rows() if line.unit in self._checked)

    def check(self, units: Collection[str]) -> None:
        """Check these and no others."""
        wanted = {line.unit for line in self.all_rows()} & set(units)
        if wanted != self._checked:
            self._checked = wanted
            self._tell()
            self.checks_changed.emit()

    def toggle(self, units: Collection[str]) -> None:
        """Check all of them, or let them go when all are checked."""
        these = set(units)
        self.check(self._checked - these if these <= self._checked else self._checked | these)

    def are_all_checked(self) -> bool:
        """Whether every line that is shown is checked."""
        return bool(self.rows()) and all(line.unit in self._checked for line in self.rows())

    # --- what Qt asks ----------------------------------------------------------------------------

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE:
            return line
        column = self.column(index.column())
        if role == _CHECK and column is None:
            return (Qt.CheckState.Checked if line.unit in self._checked else Qt.CheckState.Unchecked).value
        if role == SPOKEN:
            return self._said(line)
        if column is None:
            return None
        if role == DISPLAY:
            return column.text(line)
        if role == TIP:
            return (column.tip or column.text)(line) or None
        return None

    def _said(self, line: HasUnit) -> str:
        """The whole line: rows are chosen whole."""
        said = [
            f"{column.title} {text}" if at else text
            for at, column in enumerate(self.columns)
            if (text := column.text(line))
        ]
        if self.has_checks:
            said.insert(0, "已选" if line.unit in self._checked else "未选")
        return "，".join(said)

    def _tell(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
