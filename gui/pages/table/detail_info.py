"""The upper part of the detail: the measure whole, its state, what was understood of the printed phrases."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.widgets import button, labels
from gui.widgets.paint import box
from gui.widgets.pill import LightPill, Pill, PillKind, StatePill

if TYPE_CHECKING:
    from datetime import date

    from core.office.measures import MeasureDetail

PAD = 16
_LABEL = 72
_NO_NOTE = "这一项没有取自印发的表，请与印发件核对。"


class _VerifyNote(QWidget):
    """What is doubtful, and the button that says it has been looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = _wrapped(self)
        self.confirm = button.Button("已核对无误", "secondary", "check", self, is_small=True)
        self.confirm.setToolTip("与印发件核对过，内容和数字都对")
        row = QVBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Pill("待核对", PillKind.VERIFY, self))
        head.addStretch(1)
        head.addWidget(self.confirm)
        row.addLayout(head)
        row.addWidget(self.words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        box(painter, self.rect(), fill=tokens.ground, border=tokens.field_border, radius=4, dashed=True)
        painter.end()


class DetailInfo(QWidget):
    """Text and fields of one measure."""

    confirm_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self.verify.confirm.clicked.connect(self.confirm_pressed)

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAD, PAD, PAD, 12)
        outer.setSpacing(4)
        self.path = _wrapped(self, "note")
        self.text = _wrapped(self)
        outer.addWidget(self.path)
        outer.addWidget(self.text)
        outer.addSpacing(2)
        outer.addLayout(self._pills())
        outer.addSpacing(8)
        self.verify = _VerifyNote(self)
        outer.addWidget(self.verify)
        outer.addLayout(self._fields())

    def _pills(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.state = StatePill(parent=self)
        self.light = LightPill(parent=self)
        self.share = labels.label("", "second", self)
        row.addWidget(self.state)
        row.addWidget(self.light)
        row.addStretch(1)
        row.addWidget(self.share)
        return row

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(_LABEL))
        grid.setColumnStretch(1, 1)
        self.fields: dict[str, tuple[QLabel, QLabel]] = {}
        for row, title in enumerate(("责任分工", "完成时限", "量化指标")):
            name, value = labels.label(title, "second", self), _wrapped(self)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.fields[title] = (name, value)
        return grid

    def show_detail(self, detail: MeasureDetail, as_of: date) -> None:
        """Show a measure as it stands on a date."""
        measure = detail.measure
        heads = [f"{part.label}{part.title}" for part in (detail.section, detail.task) if part is not None]
        self.path.setText(" › ".join(heads))
        self.path.setVisible(bool(heads))
        self.text.setText(_rich(measure.text))
        self.state.set_state(detail.status.state)
        self.light.set_light(detail.status, as_of)
        late = f"，其中逾期完成 {detail.done_late} 个" if detail.done_late else ""
        self.share.setText(f"完成 {detail.done}/{detail.total} 个责任事项{late}")
        self._show_field("责任分工", detail.division, detail.division_note)
        self._show_field("完成时限", measure.deadline_raw or "未写明", (detail.deadline_note,))
        self._show_field("量化指标", "；".join(target.text for target in measure.targets), ())
        self.verify.setVisible(measure.to_verify)
        self.verify.words.setText(_rich(measure.note or _NO_NOTE, line=20))

    def _show_field(self, title: str, value: str, notes: tuple[str, ...]) -> None:
        name, words = self.fields[title]
        small = f"font-size:{theme.px(12)}px; color:{theme.tokens().second_text}; line-height:{theme.px(20)}px"
        parts = [_rich(value or "未写明")] + [f'<div style="{small}">{escape(note)}</div>' for note in notes if note]
        words.setText("".join(parts))
        for label in (name, words):
            label.setVisible(bool(value) or title != "量化指标")


def _wrapped(parent: QWidget, role: str = "") -> QLabel:
    made = labels.label("", role, parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if not role:
        made.setTextFormat(Qt.TextFormat.RichText)
    return made


def _rich(text: str, line: int = 22) -> str:
    return f'<div style="line-height:{theme.px(line)}px">{escape(text)}</div>'
