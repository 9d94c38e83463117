"""The lines of the journal, read a page at a time when they come into view: there may be a hundred thousand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Signal

from core.errors import KnownError
from core.office import history
from core.office.history_words import joined
from gui.widgets.arranged_model import DISPLAY, SPOKEN, TIP, ArrangedModel, Index

if TYPE_CHECKING:
    from core.office.files import Store
    from core.office.history import HistoryLine

PAGE = 100
"""Lines that are read at once."""
_KEPT = 30
"""Pages that are kept; the one not seen for longest goes first."""
HEADS = ("时间", "操作人", "操作", "对象", "变动")
_TIME = 0
_ROOT = QModelIndex()
_MOST = 600
"""Letters of a tooltip."""


class JournalModel(ArrangedModel["HistoryLine"]):
    """Knows the numbers of all lines; the lines themselves are read when somebody asks for them.

    A click on 时间 turns the order round; what is shown is chosen above the table.
    """

    failed = Signal(str)
    """Lines could not be read; carries the sentence. They stay empty until the next reading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._newest_first: Sequence[int] = ()
        self._numbers: Sequence[int] = ()
        self._pages: OrderedDict[int, tuple[HistoryLine, ...]] = OrderedDict()
        self.sorted_by, self.is_descending = _TIME, True

    def show(self, store: Store | None, numbers: Sequence[int]) -> None:
        """Show the lines of these numbers, the newest first as they come."""
        self._store, self._newest_first = store, numbers
        self.arrange()

    def arrange(self) -> bool:
        self.beginResetModel()
        self._numbers = self._newest_first if self.is_descending else self._newest_first[::-1]
        self._pages.clear()
        self.endResetModel()
        self.rearranged.emit()
        return True

    def titles(self) -> Sequence[str]:
        return HEADS

    def can_arrange(self, column: int) -> bool:
        return column == _TIME

    def can_filter(self, column: int) -> bool:  # noqa: ARG002 - that is done above the table
        return False

    def next_order(self, column: int) -> None:
        """The oldest first, the newest first."""
        self.order_by(column, is_descending=not self.is_descending)

    @property
    def pages_read(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    def number(self, row: int) -> int:
        """The number of a line, 0 for none."""
        return self._numbers[row] if 0 <= row < len(self._numbers) else 0

    def row_of(self, number: int) -> int:
        """The row of a line by its number, -1 when it is not among those shown."""
        numbers = self._newest_first
        low, high = 0, len(numbers)
        while low < high:
            middle = (low + high) // 2
            if numbers[middle] > number:
                low = middle + 1
            else:
                high = middle
        if low == len(numbers) or numbers[low] != number:
            return -1
        return low if self.is_descending else len(numbers) - 1 - low

    def line(self, row: int) -> HistoryLine | None:
        """A line, read with its neighbours when it is not in memory."""
        if self._store is None or not 0 <= row < len(self._numbers):
            return None
        page = row // PAGE
        if page not in self._pages:
            wanted = self._numbers[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = self._read(wanted)
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        lines = self._pages[page]
        return lines[row % PAGE] if row % PAGE < len(lines) else None

    def _read(self, wanted: Sequence[int]) -> tuple[HistoryLine, ...]:
        """A view asks while it paints: what goes wrong is told beside the table, once a page."""
        assert self._store is not None
        try:
            return history.journal_lines(self._store, wanted)
        except KnownError as error:
            self.failed.emit(str(error))
            return ()

    def texts(self, line: int) -> list[str]:
        found = self.line(line)
        return list(cells(found)) if found is not None else [""] * len(HEADS)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid() or role not in {DISPLAY, TIP, SPOKEN}:
            return None
        line = self.line(index.row())
        if line is None:
            return None
        if role == SPOKEN:
            return f"{line.at}，{line.who}，{line.text}"
        text = cells(line)[index.column()]
        return text if role == DISPLAY else text[:_MOST]


def cells(line: HistoryLine) -> tuple[str, ...]:
    """The words of a line, a column each; breaks would not be seen in one line."""
    told = joined(line.changes)
    if line.reason:
        told = f"{told}（{line.reason}）" if told else f"（{line.reason}）"
    return line.at, line.who, line.action, line.subject, told.replace("\n", " ")
