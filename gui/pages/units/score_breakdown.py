"""What one unit's score was made of: each rule with its count, its points and the obligations behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.ledger.scoring import EVIDENCE, LEFT_OUT, REST_SCALED, RETURNED_IN_TIME, RULES, Per
from gui import theme
from gui.pages.progress.parts import Card
from gui.pages.units.score_model import points_text
from gui.widgets import button, labels
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from core.office.scoring import ScoreLine, ScoreRule, UnitScore

WIDTH = 268
_PAD = 15
_SHOWN = 3
"""Links of a rule before 其余 is pressed."""
_LACKING = {RETURNED_IN_TIME: "未报", EVIDENCE: "缺佐证"}
"""Rules whose list is of what is missing."""


def line_words(line: ScoreLine, rule: ScoreRule, *, is_scaled: bool) -> str:
    """How the points came about: 12/15，按比率，满分 30. ``is_scaled``: other rules of the unit count."""
    if line.left_out:
        return f"{LEFT_OUT}，{REST_SCALED}" if is_scaled else LEFT_OUT
    cap = "" if rule.cap is None else f"，上限 {points_text(rule.cap)}"
    if rule.per == Per.RATE.value:
        times = "" if line.factor == 1 else f"，折算乘以 {points_text(line.factor)}"
        return f"{line.count}/{line.base}，按比率，满分 {points_text(rule.points)}{cap}{times}"
    return f"{line.count} 项，每项 {points_text(rule.points)} 分{cap}"


class Breakdown(Card):
    """A card at the right of the ranking."""

    open_obligation = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("评分明细")
        self.links: list[button.Button] = []
        self._score: UnitScore | None = None
        self._rules: Mapping[str, ScoreRule] = {}
        self._titles: Mapping[int, str] = {}
        self._open: set[str] = set()
        self.area = QScrollArea(self)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the link the keyboard is in
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.addWidget(self.area)

    def show_score(self, score: UnitScore | None, rules: Sequence[ScoreRule], titles: Mapping[int, str]) -> None:
        """Show a unit; ``titles`` name the obligations."""
        if self._score is None or score is None or self._score.unit != score.unit:
            self._open = set()
        self._score, self._rules, self._titles = score, {rule.key: rule for rule in rules}, titles
        self._fill()

    def _fill(self) -> None:
        self.links = []
        body = QWidget(self.area)
        column = QVBoxLayout(body)
        column.setContentsMargins(_PAD, 12, _PAD, 12)
        column.setSpacing(4)
        if self._score is None:
            column.addWidget(labels.label("选一个单位查看评分明细", "second", body))
        else:
            self._fill_score(body, column, self._score)
        column.addStretch(1)
        self.area.setWidget(body)
        clear_ground(self.area)

    def _fill_score(self, body: QWidget, column: QVBoxLayout, score: UnitScore) -> None:
        name = labels.label(score.unit, "head", body)
        name.setWordWrap(True)
        column.addWidget(name)
        place = f"第 {score.position} 名" if score.position is not None else score.why_not
        told = labels.label(f"{place}，合计 {points_text(score.points)} 分", "second", body)
        told.setWordWrap(True)
        column.addWidget(told)
        for line in score.lines:
            rule = self._rules.get(line.rule_key)
            if rule is None:
                continue
            column.addSpacing(8)
            column.addWidget(labels.rule(body))
            column.addSpacing(4)
            self._fill_line(body, column, line, rule)

    def _fill_line(self, body: QWidget, column: QVBoxLayout, line: ScoreLine, rule: ScoreRule) -> None:
        head = QHBoxLayout()
        title = labels.label(line.title, "strong", body)
        title.setToolTip(RULES[line.rule_key])
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(labels.label("不计" if line.left_out else f"{points_text(line.points)} 分", "strong", body))
        column.addLayout(head)
        is_scaled = self._score is not None and any(one.base for one in self._score.lines)
        note = labels.label(line_words(line, rule, is_scaled=is_scaled), "note", body)
        note.setWordWrap(True)
        note.setToolTip(RULES[line.rule_key])
        column.addWidget(note)
        self._fill_links(body, column, line)

    def _fill_links(self, body: QWidget, column: QVBoxLayout, line: ScoreLine) -> None:
        found = [key for key in line.obligations if key in self._titles]
        if not found:
            return
        lacking = _LACKING.get(line.rule_key)
        if lacking:
            column.addWidget(labels.label(f"{lacking} {len(found)} 项：", "note", body))
        shown = found if line.rule_key in self._open else found[:_SHOWN]
        metrics = QFontMetrics(theme.font())
        room = theme.px(WIDTH) - 2 * _PAD - theme.px(16)
        for key in shown:
            text = self._titles[key]
            link = button.Button(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room), "link", "", body)
            link.setToolTip(text)
            link.setAccessibleName(f"打开 {text}")
            link.clicked.connect(partial(self._on_link, key))
            column.addWidget(link)
            self.links.append(link)
        if len(found) > len(shown):
            more = button.ghost(f"其余 {len(found) - len(shown)} 项", "caret-down", body)
            more.clicked.connect(partial(self._on_more, line.rule_key))
            column.addWidget(more)

    def _on_link(self, obligation_id: int, _checked: bool = False) -> None:
        self.open_obligation.emit(obligation_id)

    def _on_more(self, key: str, _checked: bool = False) -> None:
        self._open.add(key)
        self._fill()
