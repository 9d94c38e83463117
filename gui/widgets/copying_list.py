"""Lists whose chosen lines go to WPS and Excel by Ctrl+C: cells where the model has some, else what is read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListView

from gui.widgets.clipboard import copy_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

CELLS = Qt.ItemDataRole.UserRole + 40
"""What a line is copied as: a sequence of texts; a model that has it has ``copied_titles`` too."""


class CopyingList(QListView):
    """Ctrl+C copies the chosen lines, where lines are not chosen that of the cursor; several bring their titles along."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_lines()
            return
        super().keyPressEvent(event)

    def copy_lines(self) -> None:
        """Put the chosen lines on the clipboard."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        if not indexes and self.currentIndex().isValid():
            indexes = [self.currentIndex()]
        found = [(index, index.data(CELLS)) for index in indexes]
        if found and all(cells is not None for _, cells in found):
            titles: Sequence[str] = getattr(self.model(), "copied_titles", ())
            rows = [[str(cell) for cell in cells] for _, cells in found]
        else:
            titles, rows = (), [[_words(index)] for index, _ in found]
        copy_rows(titles, rows)


def _words(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
