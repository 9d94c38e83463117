"""The ranking of 考核评分 as rows and columns; pure order, so that it can be tested without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from core.office.scoring import ScoreRule, UnitScore
from gui.widgets.arranged_model import DISPLAY, SPOKEN, TIP, ArrangedModel, Index

SCORE = Qt.ItemDataRole.UserRole + 1
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


class ScoreModel(ArrangedModel[UnitScore]):
    """Best first; a click on a head sorts by it, those without a place stay below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns_of(())

    def set_scores(self, scores: Sequence[UnitScore], rules: Sequence[ScoreRule]) -> None:
        """Show other scores, in the order they come."""
        self.beginResetModel()
        self.columns = columns_of(rules)
        self._all = self._shown = ()
        self.endResetModel()
        self.sorted_by, self.is_descending = None, False
        self.filters.clear()
        self.take(scores)

    def in_order(self, rows: Sequence[UnitScore], column: int, *, is_descending: bool) -> list[UnitScore]:
        ranked = [score for score in rows if score.ranked]
        last = [score for score in rows if not score.ranked]
        return [*super().in_order(ranked, column, is_descending=is_descending), *last]

    def titles(self) -> Sequence[str]:
        return [column.title for column in self.columns]

    def cell(self, row: UnitScore, column: int) -> str:
        return _text(row, self.columns[column].key)

    def order(self, row: UnitScore, column: int) -> Any:  # noqa: ANN401 - as the base has it
        key = self.columns[column].key
        return super().order(row, column) if key == UNIT else _value(row, key)

    def is_number(self, column: int) -> bool:
        return self.columns[column].is_number

    def comes_descending(self, column: int) -> bool:
        return self.columns[column].is_number and self.columns[column].key != POSITION

    def score(self, row: int) -> UnitScore | None:
        """The unit of a row."""
        return self.row_at(row)

    def position(self, unit: str) -> int:
        """The row of a unit, −1 when it is not shown."""
        return next((row for row, score in enumerate(self.rows()) if score.unit == unit), -1)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        score = self.score(index.row())
        if score is None:
            return None
        if role == SCORE:
            return score
        key = self.columns[index.column()].key
        if role == DISPLAY:
            return _text(score, key)
        if role == SPOKEN:
            return f"{self.columns[index.column()].title} {_text(score, key)}"
        if role == TIP and key in {POSITION, UNIT}:
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
