"""The ranking of 考核评分 as rows and columns; pure order, so that it can be tested without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.office.scoring import ScoreRule, UnitScore

SCORE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NO_PLACE = "—"
"""For a place that a unit has not and a rule that does not count for it."""


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A column: 名次, 单位, 合计 (in a narrow window the last ones are scrolled away), one a rule.

    ``width`` 0: takes what the others leave.
    """

    key: str
    title: str
    width: int = 0
    is_number: bool = True


POSITION, UNIT, TOTAL = "position", "unit", "total"


def columns_of(rules: Sequence[ScoreRule]) -> tuple[ScoreColumn, ...]:
    """The columns for the rules that are on."""
    return (
        ScoreColumn(POSITION, "名次", 48),
        ScoreColumn(UNIT, "单位", 0, is_number=False),
        ScoreColumn(TOTAL, "合计", 64),
        *(ScoreColumn(rule.key, rule.title, 64) for rule in rules if rule.active),
    )


def points_text(points: float) -> str:
    """Points as they are shown: at most two digits, no empty ones."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


class ScoreModel(QAbstractTableModel):
    """Best first; a click on a head sorts by it, those without a place stay below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns_of(())
        self.sorted_by: int | None = None
        self.is_descending = False
        self._scores: tuple[UnitScore, ...] = ()
        self._shown: tuple[UnitScore, ...] = ()

    def set_scores(self, scores: Sequence[UnitScore], rules: Sequence[ScoreRule]) -> None:
        """Show other scores, in the order they come."""
        self.beginResetModel()
        self.columns = columns_of(rules)
        self._scores = tuple(scores)
        self.sorted_by, self.is_descending = None, False
        self._shown = self._scores
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """The next order by a column: most first, least first (a name: the other way), then as ranked."""
        first = self.columns[column].is_number and self.columns[column].key != POSITION
        if self.sorted_by != column:
            self.sorted_by, self.is_descending = column, first
        elif self.is_descending == first:
            self.is_descending = not first
        else:
            self.sorted_by, self.is_descending = None, False
        self.beginResetModel()
        self._shown = self._ordered()
        self.endResetModel()

    def _ordered(self) -> tuple[UnitScore, ...]:
        if self.sorted_by is None:
            return self._scores
        key = self.columns[self.sorted_by].key
        ranked = [score for score in self._scores if score.ranked]
        ranked.sort(key=lambda score: _value(score, key), reverse=self.is_descending)
        return (*ranked, *(score for score in self._scores if not score.ranked))

    def score(self, row: int) -> UnitScore | None:
        """The unit of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def position(self, unit: str) -> int:
        """The row of a unit, −1 when it is not shown."""
        return next((row for row, score in enumerate(self._shown) if score.unit == unit), -1)

    def texts(self, row: int) -> list[str]:
        """A row as it is copied."""
        score = self._shown[row]
        return [_text(score, column.key) for column in self.columns]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        score = self.score(index.row())
        if score is None:
            return None
        if role == SCORE:
            return score
        key = self.columns[index.column()].key
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(score, key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title} {_text(score, key)}"
        if role == Qt.ItemDataRole.ToolTipRole and key in {POSITION, UNIT}:
            return f"{score.unit}：{score.why_not}" if score.why_not else score.unit
        return None


def _value(score: UnitScore, key: str) -> float | str:
    if key == UNIT:
        return score.unit
    if key == POSITION:
        return score.position or 0
    if key == TOTAL:
        return score.points
    return next((line.points for line in score.lines if line.rule_key == key), 0.0)


def _text(score: UnitScore, key: str) -> str:
    if key == POSITION:
        return _NO_PLACE if score.position is None else str(score.position)
    if any(line.left_out and line.rule_key == key for line in score.lines):
        return _NO_PLACE
    value = _value(score, key)
    return value if isinstance(value, str) else points_text(value)
