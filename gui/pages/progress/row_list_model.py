"""Rows with numbers of their own as a list: what the list of obligations and the cards of evidence share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    """A row of the ledger."""

    @property
    def id(self) -> int:
        """Its number, which stays the same whatever else changes."""


Row = TypeVar("Row", bound=HasId)


class RowListModel(QAbstractListModel, Generic[Row]):
    """Keeps rows in the order they came; the heirs say what a row shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def row_at(self, index: Index) -> Row | None:
        """What stands at an index, None where nothing does."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def position(self, row_id: int) -> int:
        """Where a row stands, -1 when it is not here."""
        return next((i for i, row in enumerate(self._rows) if row.id == row_id), -1)

    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return self._rows

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of the list; none below a row."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def reset_rows(self, rows: Sequence[Row]) -> None:
        """Other rows: views forget what was chosen."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def renew_rows(self, rows: Sequence[Row]) -> bool:
        """The same rows with other contents, told as changed in the order that stands; False for other rows."""
        fresh = {row.id: row for row in rows}
        if fresh.keys() != {row.id for row in self._rows}:
            return False
        self._rows = tuple(fresh[row.id] for row in self._rows)
        self.tell_changed()
        return True

    def tell_changed(self) -> None:
        """All rows are to be drawn anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
