"""The evidence of one form as a list: titles, notes in words, what a screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.pages.progress.row_list_model import Index, RowListModel

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
ROW = Qt.ItemDataRole.UserRole
NOTES = Qt.ItemDataRole.UserRole + 1
"""The notes below the title, a tuple of one or two lines."""

MISSING = "文件不在了，可从备份找回"
ALTERED = "文件被改动过，与收到时不同"


class EvidenceModel(RowListModel["EvidenceRow"]):
    """Cards in the order of the ledger."""

    def set_rows(self, rows: Sequence[EvidenceRow]) -> None:
        """Show other evidence; silent when nothing is different."""
        if tuple(rows) != self._rows:
            self.reset_rows(rows)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a card says."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role == _DISPLAY:
            return row.title
        if role == NOTES:
            return notes(row)
        if role == _TOOLTIP:
            return "\n".join(_tip(row))
        if role == _ACCESSIBLE:
            return "，".join([row.title, *notes(row)])
        return None


def notes(row: EvidenceRow) -> tuple[str, ...]:
    """What it is and how much or of when; then what is missing, where else it serves, or when it came."""
    proves = row.proves_on.isoformat() if row.proves_on else ""
    amount = f"{row.pages} 页" if row.pages else proves
    first = "，".join(part for part in (row.number or row.category, amount) if part)
    if trouble(row):
        return (first, trouble(row))
    if row.also:
        return (first, f"同时用于{'、'.join(row.also)}")
    if row.pages and proves:
        return (first, proves)
    received = f"收到 {row.received_on.isoformat()}"
    return (first, f"{received}，{'新版本' if row.replaces is not None else size_words(row.size)}")


def trouble(row: EvidenceRow) -> str:
    """What is wrong with the file, in words; empty when nothing is."""
    return MISSING if row.missing else ALTERED if row.altered else ""


def _tip(row: EvidenceRow) -> list[str]:
    """Everything about a file, a line each."""
    lines = [row.title, f"文件名：{row.name}", f"大小：{size_words(row.size)}", *notes(row)]
    lines += [f"备注：{row.note}"] if row.note else []
    return [*lines, "替换了旧版本，旧版本见“历次版本”"] if row.replaces is not None else lines


def size_words(size: int) -> str:
    """A number of bytes as a clerk reads it."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
