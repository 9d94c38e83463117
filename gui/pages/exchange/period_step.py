"""选报送期: which periods there are, what the chosen one expects, who owes how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.exchange.step import SEND, Step
from gui.pages.exchange.words import cut_off_words, day_words
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from core.office.returns import Returns
    from gui.context import Context
    from gui.pages.exchange.reading import ExchangeReading

_SIDE = 328
_PERIODS = (Column("报送期"), Column("截止日期", "2024-12-31"))
_UNITS = (
    Column("单位"),
    Column("应报", "应报", is_number=True, tip="本期第一天之前尚未完成、也未说明不涉及的责任事项"),
    Column("已报", "已报", is_number=True),
    Column("未报", "未报", is_number=True),
    Column("最近收到", "2024-12-31"),
)


class PeriodStep(Step):
    """The list at the left is the top bar's 报送期 with its dates."""

    periods_asked = Signal()
    """管理报送期 was pressed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._keys: list[str] = []
        self._units: list[str] = []
        self._build()
        self.table.chosen.connect(self._on_period)
        self.table.opened.connect(self._on_next)
        self.units.opened.connect(self._on_unit)
        self.manage.clicked.connect(self.periods_asked)
        self.next.clicked.connect(self._on_next)
        self.group.clicked.connect(self._on_group)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._build_side())
        layout.addWidget(self._build_main(), 1)

    def _build_side(self) -> QWidget:
        card = Card(self)
        card.setFixedWidth(theme.px(_SIDE))
        self.manage = button.secondary("管理报送期", "calendar-check", card, is_small=True)
        self.manage.setToolTip("新建、修改、固定报送期，登记上报事项")
        head = QHBoxLayout()
        head.setContentsMargins(15, 0, 11, 0)
        head.addWidget(labels.label("报送期", "strong", card))
        head.addStretch(1)
        head.addWidget(self.manage)
        self.table = PlainTable(_PERIODS, "报送期", card)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 9, 1, 1)
        layout.setSpacing(9)
        layout.addLayout(head)
        layout.addLayout(self.table.with_foot(), 1)
        return card

    def _build_main(self) -> QWidget:
        card = Card(self)
        self.title = labels.label("", "head", card)
        self.days = ElidedLabel("", "second", card)
        self.owed = labels.label("", "", card)
        self.asks = ElidedLabel("", "second", card)
        self.group_words = labels.label("", "second", card)
        self.group = button.link("补全名单", card)
        self.group.setToolTip("到“单位”页写明这个集合指哪些单位")
        groups = QHBoxLayout()
        groups.setSpacing(8)
        groups.addWidget(self.group_words)
        groups.addWidget(self.group)
        groups.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(4)
        for widget in (self.title, self.days, self.owed, self.asks):
            head.addWidget(widget)
        head.addLayout(groups)
        self.units = PlainTable(_UNITS, "各单位应报、已报、未报", card)
        self.none = labels.label("", "second", card)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note = ElidedLabel("", "note", card)
        self.next = button.primary("下一步", "arrow-right", card)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 11, 16, 11)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(labels.rule(card))
        layout.addLayout(self.units.with_foot(), 1)
        layout.addWidget(self.none, 1)
        layout.addWidget(labels.rule(card))
        layout.addLayout(foot)
        return card

    # --- showing ---------------------------------------------------------------------------------

    def show_reading(self, reading: ExchangeReading) -> None:
        """Show the period in force and all others."""
        found = reading.returns
        self._keys = [line.period.key for line in reading.lines]
        here = self._keys.index(found.period.key) if found.period.key in self._keys else -1
        rows = [(line.period.title, str(line.cut_off)) for line in reading.lines]
        self.table.blockSignals(True)
        self.table.show_rows(rows, here)
        self.table.blockSignals(False)
        self._show_owed(found)
        given = reading.sendings.given
        self.note.setText(f"已向 {given} 个单位下发填报表" if given else "下一步按单位生成填报表")
        self.next.setEnabled(bool(found.units))
        self.noted.emit(_short(found.period.title))

    def _show_owed(self, found: Returns) -> None:
        period = found.period
        self.title.setText(period.title)
        self.days.setText(
            f"{day_words(period.first_day)}至{day_words(period.last_day)}，{cut_off_words(found.cut_off, found.as_of)}"
        )
        missing = found.expected - found.returned
        self.owed.setText(
            f"应报 {len(found.units)} 个单位、{found.expected} 个责任事项，已报 {found.returned}，未报 {missing}"
        )
        self.asks.setText(f"本期要求填写{'、'.join(period.asks)}" if period.asks else "本期没有指定必须填写的项目")
        names = "、".join(f"“{group.name}”" for group in found.groups)
        self.group_words.setText(f"{names}名单待补全，不下发" if names else "")
        self.group_words.setVisible(bool(names))
        self.group.setVisible(bool(names))
        self.group.setAccessibleDescription(found.groups[0].name if found.groups else "")
        units = sorted(found.units, key=lambda one: one.returned - one.expected)
        self._units = [one.unit for one in units]
        rows = [
            (
                one.unit,
                str(one.expected),
                str(one.returned),
                str(one.expected - one.returned),
                str(one.received_on or ""),
            )
            for one in units
        ]
        self.units.show_rows(rows)
        figures = (found.expected, found.returned, found.expected - found.returned)
        self.units.foot.show_totals({at: str(figure) for at, figure in enumerate(figures, start=1)})
        self.units.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.setText("本期没有应报的责任事项，请选另一个报送期")

    def take_keyboard(self) -> None:
        """Into the list of periods."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- pressed ---------------------------------------------------------------------------------

    @Slot(int)
    def _on_period(self, row: int) -> None:
        if 0 <= row < len(self._keys):
            self.context.set_scope(period_key=self._keys[row])

    @Slot(int)
    def _on_unit(self, row: int) -> None:
        self.open_unit.emit(self._units[row])

    @Slot()
    def _on_group(self) -> None:
        self.open_group.emit(self.group.accessibleDescription())

    @Slot()
    def _on_next(self) -> None:
        if self.next.isEnabled():
            self.go.emit(SEND)


def _short(title: str) -> str:
    """Without the year: 第四季度."""
    _, year, rest = title.partition("年")
    return rest if year and rest else title
