"""The row of chips: which measures are shown, by state and by unit, with counts that stay in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui import icons, theme
from gui.pages.table.arrange import Only
from gui.pages.table.flow import FlowLayout
from gui.widgets import labels
from gui.widgets.chip import Chip
from gui.widgets.pill import STATE_ICONS, PillKind, pill_ink

if TYPE_CHECKING:
    from gui.pages.table.arrange import Picked, View

_KINDS = {
    Only.OVERDUE: PillKind.OVERDUE,
    Only.DUE_SOON: PillKind.DUE_SOON,
    Only.DONE: PillKind.DONE,
    Only.IN_PROGRESS: PillKind.IN_PROGRESS,
    Only.NOT_STARTED: PillKind.NOT_STARTED,
    Only.STEADY: PillKind.ONGOING,
}
_COLOURED = {Only.OVERDUE, Only.DUE_SOON, Only.DONE}
_TIPS = {
    Only.OVERDUE: "有责任事项过了时限还没有完成的措施",
    Only.DUE_SOON: "有责任事项快到时限的措施",
    Only.STEADY: "长期坚持的措施，和等上级统一部署的措施",
    Only.TO_VERIFY: "录入时有疑问、需要与印发件核对的措施",
}
_CARET = 12
_NOTE_GAP = 16
_NAME_MAX = 8
_PICKED_MAX = 16


class UnitChip(Chip):
    """A chip with a caret: it opens a list."""

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + theme.px(_CARET) + 6, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = theme.tokens()
        side = theme.px(_CARET)
        place = QRect(self.width() - side - 12, (self.height() - side) // 2, side, side)
        icons.paint(painter, place, "caret-down", tokens.accent if self.isChecked() else tokens.second_text)
        painter.end()

    def nextCheckState(self) -> None:
        """A click opens the list; what is chosen there decides the look."""


class PickedChip(Chip):
    """What another page asked for, with × : a click shows everything again."""

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + theme.px(_CARET) + 6, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.px(_CARET)
        place = QRect(self.width() - side - 12, (self.height() - side) // 2, side, side)
        icons.paint(painter, place, "x", theme.tokens().accent)
        painter.end()

    def nextCheckState(self) -> None:
        """A click takes the filter away, and the chip with it."""


class ChipRow(QWidget):
    """Chips at the left, wrapped where the window is narrow; at the right how many are chosen and shown."""

    only_chosen = Signal(object)
    unit_pressed = Signal()
    picked_dropped = Signal()
    """What another page asked for is to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.chips: dict[Only, Chip] = {}
        self._notes = ("", "")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(_NOTE_GAP)
        flow = self._flow = FlowLayout(8)
        group = QButtonGroup(self)
        for only in Only:
            chip = self._chip(only)
            group.addButton(chip)
            flow.addWidget(chip)
            self.chips[only] = chip
        divider = labels.rule(self, vertical=True)
        divider.setFixedHeight(theme.px(20))
        flow.addWidget(divider)
        self.unit = UnitChip("单位：全部", parent=self)
        self.unit.clicked.connect(self.unit_pressed)
        flow.addWidget(self.unit)
        self.picked = PickedChip("", parent=self)
        self.picked.setChecked(True)
        self.picked.clicked.connect(self.picked_dropped)
        self.picked.hide()
        flow.addWidget(self.picked)
        outer.addLayout(flow, 1)
        self.note = labels.label("", "note", self)
        outer.addWidget(self.note, 0, Qt.AlignmentFlag.AlignVCenter)
        group.idClicked.connect(self._on_clicked)
        self._group = group
        self.chips[Only.ALL].setChecked(True)

    def _chip(self, only: Only) -> Chip:
        kind = _KINDS.get(only)
        icon = STATE_ICONS[kind] if kind else ""
        colour = pill_ink(kind).text if kind and only in _COLOURED else ""
        chip = Chip(only.value, icon, 0, self, icon_colour=colour)
        chip.setToolTip(_TIPS.get(only, ""))
        return chip

    def show_note(self, chosen: int, shown: int, total: int) -> None:
        """已选 1 项，共 38 项措施; shorter where the chips need the room, so that they stay in one line."""
        picked = f"已选 {chosen} 项，" if chosen else ""
        if not total:
            self._notes = ("", "")
        elif shown == total:
            self._notes = (f"{picked}共 {total} 项措施", picked.rstrip("，") or f"共 {total} 项")
        else:
            self._notes = (f"{picked}显示 {shown}/{total} 项措施", f"{shown}/{total} 项")
        self._fit_note()

    def _fit_note(self) -> None:
        full, short = self._notes
        room = self.width() - self._flow.sizeHint().width() - _NOTE_GAP
        fits = QFontMetrics(theme.font(12)).horizontalAdvance(full) <= room
        self.note.setText(full if fits else short)
        self.note.setToolTip("" if fits else full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_note()

    def show_counts(self, counts: dict[Only, int]) -> None:
        """Give every chip its number."""
        for only, chip in self.chips.items():
            chip.set_count(counts[only])

    def show_view(self, view: View) -> None:
        """Show which chip and unit are chosen."""
        self.chips[view.only].setChecked(True)
        name = view.unit or "全部"
        self.unit.setText(f"单位：{name if len(name) <= _NAME_MAX else name[: _NAME_MAX - 1] + '…'}")
        self.unit.setAccessibleName(f"单位：{name}")
        self.unit.setToolTip(f"只看{view.unit}的措施" if view.unit else "只看一个单位的措施")
        self.unit.setChecked(view.unit is not None)
        self.unit.updateGeometry()
        self._show_picked(view.picked)

    def _show_picked(self, picked: Picked | None) -> None:
        if picked is not None:
            title = picked.title
            self.picked.setText(title if len(title) <= _PICKED_MAX else title[: _PICKED_MAX - 1] + "…")
            self.picked.setAccessibleName(f"只看：{title}，按下取消")
            self.picked.setToolTip(f"只看：{title}（点一下取消）")
            self.picked.updateGeometry()
        self.picked.setVisible(picked is not None)

    @Slot(int)
    def _on_clicked(self, chip_id: int) -> None:
        chip = self._group.button(chip_id)
        self.only_chosen.emit(next(only for only, known in self.chips.items() if known is chip))
