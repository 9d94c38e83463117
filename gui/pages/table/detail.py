"""One measure whole: a drawer over the table, or a pane beside it where the window is wide."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.pages.table.detail_info import PAD, DetailInfo
from gui.pages.table.detail_list import DetailList
from gui.pages.table.detail_model import (
    NoteLine,
    UnitLine,
    adjustment_lines,
    evidence_lines,
    first_open,
    history_lines,
    unit_lines,
)
from gui.pages.table.export import open_path
from gui.pages.table.tabs import Tabs
from gui.widgets import button, labels
from gui.widgets.paint import box
from gui.widgets.surface import Surface

if TYPE_CHECKING:
    from core.model.plan import Measure
    from core.office.measures import MeasureDetail
    from core.office.obligations import ObligationRow

HEAD, FOOT = 44, 48


class Detail(QWidget):
    """Shows a MeasureDetail; what is to be read or written is asked for by signal."""

    step_pressed = Signal(int)
    """1 for the next measure, -1 for the previous one."""
    closed = Signal()
    report_requested = Signal(object)
    """The id of an obligation."""
    adjust_requested = Signal()
    """Another deadline for the measure or for the chosen unit."""
    confirm_requested = Signal(int)
    """The number of a measure that was found right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: MeasureDetail | None = None
        self._as_of = date.min
        self._folded: frozenset[str] = frozenset()
        self.is_pane = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAccessibleName("措施详情")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._head())
        outer.addWidget(self._body(), 1)
        outer.addWidget(self._foot())

    def _body(self) -> QWidget:
        """Fields and list in one scroll: on a low screen a long measure would leave the list no room of its own."""
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.info = DetailInfo(body)
        self.tabs = Tabs(("责任事项", "佐证", "调整", "历史"), body)
        self.units = DetailList("责任事项", body)
        self.evidence = DetailList("佐证材料", body)
        self.history = DetailList("历史", body)
        self.adjustments = DetailList("调整", body)
        self.lists = (self.units, self.evidence, self.adjustments, self.history)
        for part in (self.info, self.tabs, *self.lists):
            column.addWidget(part)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self.area.viewport(), body):
            ground.setAutoFillBackground(False)
        self._show_tab(0)
        return self.area

    def _head(self) -> QWidget:
        head = Surface("bottom", self)
        head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(PAD, 0, 8, 1)
        row.setSpacing(4)
        self.title = labels.label("", "head", head)
        self.previous = button.icon_button("caret-up", "上一项措施（F7）", head)
        self.next = button.icon_button("caret-down", "下一项措施（F8）", head)
        self.close_button = button.icon_button("x", "关闭（Esc）", head)
        row.addWidget(self.title)
        row.addStretch(1)
        for made in (self.previous, self.next, self.close_button):
            row.addWidget(made)
        return head

    def _foot(self) -> QWidget:
        foot = Surface("top", self)
        foot.setFixedHeight(theme.px(FOOT))
        row = QHBoxLayout(foot)
        row.setContentsMargins(PAD, 1, PAD, 0)
        row.setSpacing(8)
        self.report = button.primary("填报", "note-pencil", foot)
        self.report_note = labels.label("", "note", foot)
        self.adjust = button.secondary("调整时限", "calendar-check", foot)
        row.addWidget(self.report)
        row.addWidget(self.adjust)
        row.addWidget(self.report_note)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.close_button.clicked.connect(self.closed)
        self.tabs.chosen.connect(self._show_tab)
        self.units.opened.connect(self._on_unit_opened)
        self.units.fold_requested.connect(self._on_fold)
        self.units.chosen_changed.connect(self._tell_target)
        for made in self.lists:
            made.row_reached.connect(self._on_row_reached)
        self.evidence.opened.connect(self._on_evidence_opened)
        self.report.clicked.connect(self.request_report)
        self.adjust.clicked.connect(self.adjust_requested)
        self.info.confirm_pressed.connect(self._on_confirm)

    def show_detail(self, detail: MeasureDetail, as_of: date, *, may_write: bool = True) -> None:
        """Show a measure; the same measure again keeps tab, folds and cursor."""
        is_other = self.detail is None or self.detail.measure.no != detail.measure.no
        if is_other:
            self._folded = frozenset()
            self.area.verticalScrollBar().setValue(0)
            self.units.setCurrentIndex(self.units.detail_model.index(-1))
        self.detail, self._as_of = detail, as_of
        self.title.setText(f"措施{_number(detail.measure)}")
        self.info.show_detail(detail, as_of)
        self.info.verify.confirm.setEnabled(may_write)
        self.adjust.setEnabled(may_write)
        tip = "改这项措施的完成时限，或给一个单位延期（Ctrl+Shift+D）"
        self.adjust.setToolTip(tip if may_write else "台账以只读方式打开，不能调整时限")
        lists = (detail.obligations, detail.evidence, detail.adjustments, detail.history)
        self.tabs.set_counts(tuple(len(rows) for rows in lists))
        self._show_units()
        self.evidence.show_lines(list(evidence_lines(detail)))
        self.adjustments.show_lines(list(adjustment_lines(detail)))
        self.history.show_lines(list(history_lines(detail)))
        self._tell_target()

    def set_ends(self, *, has_previous: bool, has_next: bool) -> None:
        """Whether there is a measure before and after this one in the table."""
        self.previous.setEnabled(has_previous)
        self.next.setEnabled(has_next)

    def target(self) -> ObligationRow | None:
        """The obligation 填报 would open: the chosen one, else the first that is not done."""
        if self.detail is None or not self.detail.obligations:
            return None
        line = self.units.current_line()
        rows = self.detail.obligations
        if isinstance(line, UnitLine):
            return next((row for row in rows if row.id == line.obligation_id), rows[0])
        return first_open(rows)

    @Slot()
    def request_report(self) -> None:
        """Ask for the form of the obligation that is meant."""
        row = self.target()
        if row is not None:
            self.report_requested.emit(row.id)

    def focus_units(self) -> None:
        """Put the keyboard into the list of units; the measure's own text stays in sight."""
        bar = self.area.verticalScrollBar()
        before = bar.value()
        self.lists[self.tabs.current()].setFocus(Qt.FocusReason.OtherFocusReason)
        bar.setValue(before)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        if self.is_pane:
            box(painter, self.rect(), fill=tokens.surface, border=tokens.line)
        else:
            painter.fillRect(self.rect(), theme.colour(tokens.surface))
            painter.fillRect(0, 0, 1, self.height(), theme.colour(tokens.field_border))
        painter.end()

    def _show_units(self) -> None:
        if self.detail is not None:
            self.units.show_lines(list(unit_lines(self.detail, self._as_of, self._folded)))

    @Slot(int)
    def _show_tab(self, index: int) -> None:
        for place, made in enumerate(self.lists):
            made.setVisible(place == index)

    @Slot(QRect)
    def _on_row_reached(self, rect: QRect) -> None:
        """Bring the row under the cursor into sight: the list itself does not scroll."""
        sender = self.lists[self.tabs.current()]
        top_left = sender.viewport().mapTo(self.area.widget(), rect.topLeft())
        self.area.ensureVisible(0, top_left.y() + rect.height(), 0, 0)
        self.area.ensureVisible(0, top_left.y(), 0, 0)

    @Slot()
    def _tell_target(self) -> None:
        row = self.target()
        self.report.setEnabled(row is not None)
        self.report.setAccessibleName(f"填报 {row.unit}" if row else "填报")
        self.report_note.setText(f"所选单位：{row.unit}" if row else "这项措施还没有责任单位")

    @Slot()
    def _on_previous(self) -> None:
        self.step_pressed.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.step_pressed.emit(1)

    @Slot(object)
    def _on_unit_opened(self, line: object) -> None:
        if isinstance(line, UnitLine):
            self.report_requested.emit(line.obligation_id)

    @Slot(object)
    def _on_evidence_opened(self, line: object) -> None:
        if isinstance(line, NoteLine) and not line.is_broken:
            open_path(Path(line.path))

    @Slot(str)
    def _on_fold(self, key: str) -> None:
        self._folded = self._folded ^ {key}
        self._show_units()

    @Slot()
    def _on_confirm(self) -> None:
        if self.detail is not None:
            self.confirm_requested.emit(self.detail.measure.no)


def _number(measure: Measure) -> str:
    """The number as the window writes numbers of measures: （4）."""
    label = measure.label.strip(" .．、") or str(measure.no)
    return f"（{label}）" if label.isdigit() else label
