"""Units to be reminded, with check boxes: who has not returned, and who was reminded a moment ago."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from gui.pages.exchange.line_model import LineColumn, LineModel
from gui.pages.exchange.return_columns import reminded

if TYPE_CHECKING:
    from core.office.return_lines import ReturnLine


class ReminderLines(LineModel):
    """The units that may be chosen; ``resting`` are those whose last reminder is too near, with its day."""

    def __init__(self, resting: Mapping[str, date], parent: object = None) -> None:
        self.resting = dict(resting)
        columns = (
            LineColumn("单位", lambda line: line.unit),
            LineColumn("联络员", lambda line: line.contact, "欧阳一二", tip=lambda line: line.phone),
            LineColumn("电话", lambda line: line.phone, "13800000000"),
            LineColumn("已催办", self._reminded, "10 次，12-31 间隔太短"),
        )
        super().__init__(columns, parent, has_checks=True)  # type: ignore[arg-type]

    def _reminded(self, line: ReturnLine) -> str:
        words = reminded(line) if line.reminders else "没有"
        return f"{words}，间隔太短" if line.unit in self.resting else words

    def resting_of(self, units: Collection[str]) -> list[str]:
        """Those of the units whose last reminder is too near."""
        return [unit for unit in units if unit in self.resting]
