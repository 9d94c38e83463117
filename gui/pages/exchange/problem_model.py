"""The problems of a return as lines of a table: 行 列 问题 收到的内容 处理."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.exchange.returned import SheetProblem
from core.model.plan import Severity

ROW_OF, COLUMN_OF, WHAT, FOUND, ACT = range(5)
TITLES = ("行", "列", "问题", "收到的内容", "处理")
CORRECT, SEND_BACK, KEEP = "改正", "退回此行", "不退回"
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_EDIT = Qt.ItemDataRole.EditRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem as it is shown. ``column`` is the title of its column, ``is_back`` whether it goes back."""

    problem: SheetProblem
    column: str
    is_back: bool

    @property
    def can_correct(self) -> bool:
        """Whether there is a cell to put right."""
        return self.problem.row is not None and self.problem.column is not None

    @property
    def acts(self) -> tuple[str, ...]:
        """The links of the row; what is only for information has none."""
        if self.problem.severity is Severity.INFO:
            return ()
        if self.is_back:
            return (KEEP,)
        return (CORRECT, SEND_BACK) if self.can_correct else (SEND_BACK,)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the first four columns."""
        row = f"第 {self.problem.row} 行" if self.problem.row else "整份"
        return row, self.column, self.problem.what, self.problem.found


def shown_problems(
    problems: Sequence[SheetProblem], columns: Sequence[str], back: Collection[tuple[int | None, str | None]]
) -> tuple[ProblemLine, ...]:
    """Errors first, then what is to be looked at, then what is only said; each in the order of the file."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    lines = [
        ProblemLine(problem, column, problem.severity is not Severity.INFO and (problem.row, problem.column) in back)
        for problem, column in zip(problems, columns, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: order[line.problem.severity]))


class ProblemModel(QAbstractTableModel):
    """Lines in order; the found text can be edited."""

    corrected = Signal(object, str)
    """(ProblemLine, the text that is to be read in its cell)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ProblemLine, ...] = ()
        self.is_fixed = False

    def load(self, lines: Sequence[ProblemLine], *, is_fixed: bool) -> None:
        """Show other problems."""
        self.beginResetModel()
        self.lines, self.is_fixed = tuple(lines), is_fixed
        self.endResetModel()

    def line(self, row: int) -> ProblemLine | None:
        """The line of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def acts(self, row: int) -> tuple[str, ...]:
        """What can be done about a row now."""
        line = self.line(row)
        return line.acts if line is not None and not self.is_fixed else ()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(TITLES):
            return TITLES[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == FOUND and CORRECT in self.acts(index.row()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: ANN401
        line = self.line(index.row()) if index.isValid() else None
        if role != _EDIT or line is None or index.column() != FOUND or CORRECT not in self.acts(index.row()):
            return False
        text = str(value).strip()
        if text != line.problem.found.strip():
            self.corrected.emit(line, text)
        return True

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = index.column()
        if role == _SPOKEN:
            return "，".join(part for part in (*line.texts, "已列入退回" if line.is_back else "") if part)
        if role == _DISPLAY:
            return line.texts[column] if column < ACT else "、".join(self.acts(index.row()))
        if role == _EDIT and column == FOUND:
            return line.problem.found
        if role == _TIP and column == COLUMN_OF and line.problem.column:
            return f"{line.problem.column} 列"
        return line.texts[column] if role == _TIP and column in {WHAT, FOUND} else None
