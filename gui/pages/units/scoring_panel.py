"""考核评分: the ranking, at its right what the chosen unit's score was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import messages
from gui.pages.progress.parts import Card
from gui.pages.units.score_breakdown import Breakdown
from gui.pages.units.score_model import ScoreModel
from gui.pages.units.score_table import ScoreTable
from gui.widgets import button, labels
from gui.widgets.empty_state import EmptyState
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from core.job import Job
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.scoring import Scored, ScoreRule, UnitScore
    from gui.context import Context
    from gui.pages.units.score_rules_dialog import ScoreRulesDialog

PERIOD, WHOLE = "period", "whole"
_OUT = ("Excel 工作簿 (*.xlsx)",)
_NAMED = 6
"""Units named below the table for one reason."""


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """What the panel shows; ``titles`` name the obligations, ``period`` the period in words."""

    scores: tuple[UnitScore, ...] = ()
    rules: tuple[ScoreRule, ...] = ()
    titles: Mapping[int, str] = field(default_factory=dict)
    period: str = ""


class ScorePanel(QWidget):
    """Reads in the background whenever it is on screen and something changed."""

    open_obligation = Signal(int)
    """A link of the breakdown was pressed."""
    exported = Signal(object)
    """A workbook was written; carries core.office.scoring.Scored."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading = ScoreReading()
        self._asked = 0
        self._is_stale = True
        self.dialog: ScoreRulesDialog | None = None
        self._build()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.model = ScoreModel(self)
        self.table = ScoreTable(self.model, self)
        self.breakdown = Breakdown(self)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        inner.setSpacing(0)
        inner.addLayout(self.table.with_foot(), 1)
        inner.addWidget(labels.rule(card))
        self.foot = labels.label("", "note", card)
        self.foot.setWordWrap(True)
        self.foot.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.foot)
        board = QWidget(self)
        row = QHBoxLayout(board)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.breakdown)
        self.empty = EmptyState(
            "list-numbers", "还没有可以评分的单位", "导入方案并核对单位名册后，这里列出各单位的得分。"
        )
        self.rooms = QStackedWidget(self)
        self.rooms.addWidget(board)
        self.rooms.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._build_head())
        layout.addWidget(self.rooms, 1)

    def _build_head(self) -> QHBoxLayout:
        self.span = Segmented(((PERIOD, "本期"), (WHOLE, "累计")), self, name="按本期或累计评分")
        self.span.set_value(PERIOD)
        self.span.button(PERIOD).setToolTip("上方所选的报送期")
        self.span.button(WHOLE).setToolTip("已截止的各报送期合计")
        self.words = labels.label("", "second", self)
        self.rules = button.secondary("评分规则", "sliders-horizontal", self)
        self.export = button.secondary("导出 Excel", "export", self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.span)
        row.addWidget(self.words, 1)
        row.addWidget(self.rules)
        row.addWidget(self.export)
        return row

    def _connect(self) -> None:
        for signal in (self._context.ledger_opened, self._context.scope_changed, self._context.changed):
            signal.connect(self._on_changed)
        self.span.changed.connect(self._on_changed)
        self.table.current_changed.connect(self._on_current)
        self.breakdown.open_obligation.connect(self.open_obligation)
        self.rules.clicked.connect(self._on_rules)
        self.export.clicked.connect(self._on_export)

    # --- reading ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    @Slot()
    def _on_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the scores anew in the background; an answer that is no longer asked for is dropped."""
        self._is_stale = False
        self._asked += 1
        context = self._context
        has_plan = context.has_store and context.plan_key is not None
        for control in (self.span, self.rules, self.export):
            control.setEnabled(has_plan)
        if not has_plan or context.plan_key is None:
            self._show(ScoreReading())
            return
        work = partial(_read, context.store, context.plan_key, self._period_key(), context.as_of)
        context.jobs.start("正在计算考核评分", work, partial(self._on_read, self._asked))

    def _period_key(self) -> str | None:
        return self._context.period_key if self.span.value() == PERIOD else None

    def _on_read(self, asked: int, reading: ScoreReading) -> None:
        if asked == self._asked:
            self._show(reading)

    def _show(self, reading: ScoreReading) -> None:
        unit = self.table.current()
        self._reading = reading
        self.rooms.setCurrentIndex(0 if reading.scores else 1)
        day = self._context.as_of
        until = f"截至{day.year}年{day.month}月{day.day}日"
        self.words.setText(f"{reading.period}，{until}" if reading.scores else "")
        self.foot.setText(foot_words(reading.scores))
        self.model.set_scores(reading.scores, reading.rules)
        self.table.choose(unit)

    @Slot(object)
    def _on_current(self, score: UnitScore | None) -> None:
        self.breakdown.show_score(score, self._reading.rules, self._reading.titles)

    # --- rules, export ---------------------------------------------------------------------------

    @Slot()
    def _on_rules(self) -> None:
        from gui.pages.units.score_rules_dialog import ScoreRulesDialog

        self.dialog = ScoreRulesDialog(self._context.store, self.window(), is_read_only=self._context.read_only)
        self.dialog.saved.connect(self._on_saved)
        self.dialog.open()

    @Slot(object)
    def _on_saved(self, changes: Changes) -> None:
        self._context.announce(changes, "已修改评分规则")

    @Slot()
    def _on_export(self) -> None:
        start = self._context.store.path.parent / f"考核评分{self._reading.period}.xlsx"
        messages.choose_save(self, "导出考核评分", start, _OUT, self.write)

    def write(self, path: Path) -> None:
        """Write the ranking in the background."""
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        context = self._context
        work = partial(_export, context.store, context.plan_key, self._period_key(), context.as_of, path)
        context.jobs.start(f"正在导出 {path.name}", work, self.exported.emit)


def foot_words(scores: tuple[UnitScore, ...]) -> str:
    """How many are ranked, and who is not and why."""
    ranked = sum(score.ranked for score in scores)
    reasons: dict[str, list[str]] = {}
    for score in scores:
        if not score.ranked:
            reasons.setdefault(score.why_not, []).append(score.unit)
    told = [why if all(name in why for name in names) else f"{_names(names)}：{why}" for why, names in reasons.items()]
    return "；".join([f"{ranked} 个单位参加排名，同分并列", *told])


def _names(units: list[str]) -> str:
    """The first of many; the table names them all."""
    first = "、".join(units[:_NAMED])
    return first if len(units) <= _NAMED else f"{first}等 {len(units)} 个单位"


def _read(store: Store, plan_key: str, period_key: str | None, as_of: date, _job: Job) -> ScoreReading:
    from core.office import scoring
    from core.office.overview import overview
    from core.office.periods import period_of

    own = store.worker(read_only=True)
    try:
        view = overview(own, plan_key, as_of)
        numbers = {m.no: f"{m.label}{m.text}" for m in view.plan.measures}
        return ScoreReading(
            scoring.scores(own, plan_key, as_of, period_key=period_key),
            scoring.score_rules(own),
            {item.id: numbers[item.measure] for item in view.obligations},
            period_of(own, plan_key, period_key).title if period_key is not None else "已截止的各报送期",
        )
    finally:
        own.close()


def _export(store: Store, plan_key: str | None, period_key: str | None, as_of: date, path: Path, job: Job) -> Scored:
    from core.office import scoring

    own = store.worker(read_only=True)
    try:
        return scoring.export_scores(own, plan_key, as_of, path, job, period_key=period_key)
    finally:
        own.close()
