"""Rows of a table that the clerk has sorted and filtered by its head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

DISPLAY = Qt.ItemDataRole.DisplayRole
TIP = Qt.ItemDataRole.ToolTipRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
ALIGNED = Qt.ItemDataRole.TextAlignmentRole
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
BLANK = "（空）"
"""What a filter calls the empty cells."""
Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
_ROOT = QModelIndex()


class ArrangedModel(QAbstractTableModel, Generic[Row]):
    """Rows as they came, or in the order of a column; those that every filter lets through.

    The heirs say what the columns are and what a row says in each.
    """

    rearranged = Signal()
    """Order or filters are others, or the rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Row, ...] = ()
        self._shown: tuple[Row, ...] = ()
        self.sorted_by: int | None = None
        self.is_descending = False
        self.filters: dict[int, frozenset[str]] = {}

    # --- for the heirs ---------------------------------------------------------------------------

    def titles(self) -> Sequence[str]:
        """The head, a title a column."""
        raise NotImplementedError

    def cell(self, row: Row, column: int) -> str:
        """What a row says in a column, as it is copied, filtered and (if nothing else is said) sorted."""
        raise NotImplementedError

    def order(self, row: Row, column: int) -> Any:  # noqa: ANN401 - anything that can be compared within a column
        """What a row is sorted by in a column; None stands last in either direction."""
        from core.office.word_order import order_key

        return order_key(self.cell(row, column)) or None

    def is_number(self, column: int) -> bool:  # noqa: ARG002 - for the heirs
        """Whether a column holds numbers: they stand at the right, and the most comes first."""
        return False

    def comes_descending(self, column: int) -> bool:
        """Whether the first click on a head puts the most first."""
        return self.is_number(column)

    def can_arrange(self, column: int) -> bool:
        """Whether a column can be sorted by."""
        return bool(self.titles()[column])

    def can_filter(self, column: int) -> bool:
        """Whether the words of a column can be chosen from."""
        return self.can_arrange(column)

    def passes(self, row: Row) -> bool:  # noqa: ARG002 - for the heirs
        """Whether a row is shown at all, whatever the filters say; a search may say no."""
        return True

    def identity(self, row: Row) -> object:  # noqa: ARG002 - for the heirs
        """What tells a row from others and stays when its words change; None: every loading is another list."""
        return None

    # --- rows ------------------------------------------------------------------------------------

    def take(self, rows: Iterable[Row]) -> bool:
        """Show other rows, arranged as before; False where they are the same ones with other words."""
        self._all = tuple(rows)
        self._let_go_of_filters()
        return self.arrange()

    def arrange(self) -> bool:
        """Put the rows in order anew; views keep what is chosen where all rows stay where they are."""
        shown = self._arranged()
        keys = [self.identity(row) for row in shown]
        is_same = bool(keys) and None not in keys and keys == [self.identity(row) for row in self._shown]
        if is_same:
            self._shown = shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
        self.rearranged.emit()
        return not is_same

    def rows(self) -> tuple[Row, ...]:
        """Those that are shown, in their order."""
        return self._shown

    def all_rows(self) -> tuple[Row, ...]:
        """Those that are there, as they came."""
        return self._all

    def row_at(self, line: int) -> Row | None:
        """The row of a line, None for none."""
        return self._shown[line] if 0 <= line < len(self._shown) else None

    def texts(self, line: int) -> list[str]:
        """The cells of a line as they are copied."""
        row = self._shown[line]
        return [self.cell(row, column) for column in range(self.columnCount())]

    # --- order and filters -----------------------------------------------------------------------

    def order_by(self, column: int | None, *, is_descending: bool = False) -> None:
        """Sort by a column, None for the order the rows came in."""
        self.sorted_by, self.is_descending = column, is_descending
        self.arrange()

    def next_order(self, column: int) -> None:
        """The order after another click on a head: up, down, as they came; numbers begin with the most."""
        first = self.comes_descending(column)
        if self.sorted_by != column:
            self.order_by(column, is_descending=first)
        elif self.is_descending == first:
            self.order_by(column, is_descending=not first)
        else:
            self.order_by(None)

    def filter_by(self, column: int, values: frozenset[str] | None) -> None:
        """Let through what says one of these words in a column; None all."""
        self.filters.pop(column, None)
        if values is not None:
            self.filters[column] = values
        self.arrange()

    def clear_filters(self) -> None:
        """Show every row again."""
        if self.filters:
            self.filters.clear()
            self.arrange()

    def values(self, column: int) -> list[tuple[str, int]]:
        """What the rows say in a column and how often, in the order of the column, the other filters as they are."""
        rows = [row for row in self._all if self.passes(row) and self._is_let(row, but=column)]
        found = Counter(self.cell(row, column) for row in rows)
        return [
            (text, found[text])
            for text in dict.fromkeys(self.cell(row, column) for row in self._in_order(rows, column))
        ]

    def in_order(self, rows: Sequence[Row], column: int, *, is_descending: bool) -> list[Row]:
        """Rows in the order of a column; equals stay as they came, those that say nothing stand last."""
        return self._in_order(rows, column, is_descending=is_descending)

    def _in_order(self, rows: Sequence[Row], column: int, *, is_descending: bool = False) -> list[Row]:
        keyed = [(self.order(row, column), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=is_descending)
        return [row for _, row in known] + [row for key, row in keyed if key is None]

    def _is_let(self, row: Row, *, but: int | None = None) -> bool:
        return all(self.cell(row, column) in values for column, values in self.filters.items() if column != but)

    def _arranged(self) -> tuple[Row, ...]:
        found = [row for row in self._all if self.passes(row) and self._is_let(row)]
        if self.sorted_by is not None:
            found = self.in_order(found, self.sorted_by, is_descending=self.is_descending)
        return tuple(found)

    def _let_go_of_filters(self) -> None:
        """A filter whose words no row says any more would hide everything without a sign of why."""
        for column, values in list(self.filters.items()):
            if not any(self.cell(row, column) in values for row in self._all):
                del self.filters[column]

    # --- what Qt asks ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == DISPLAY:
            return self.titles()[section]
        return (RIGHT if self.is_number(section) else LEFT) if role == ALIGNED else None
