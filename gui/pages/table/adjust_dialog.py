"""调整时限: another deadline for a measure, or a later date for one unit alone; always by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.ledger.adjusted import POSTPONABLE
from core.model import edit
from core.office import editing
from core.office.rereading import DEADLINE, reread
from core.office.review import deadline_note
from gui import theme
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from core.model.edit import Edited
    from core.model.plan import Plan
    from core.office.changes import Changes
    from core.office.measures import MeasureDetail
    from core.office.obligations import ObligationRow
    from gui.context import Context

WHOLE, UNIT = "whole", "unit"
_WIDTH = 552
_PADDING = 24
_LENGTH = 120


class AdjustDialog(QDialog):
    """Adjusts one measure; what is understood of a phrase is told while it is typed."""

    adjusted = Signal(object)
    """It was written; carries Changes."""

    def __init__(
        self, context: Context, plan: Plan, detail: MeasureDetail, unit: ObligationRow | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("调整时限")
        self._context = context
        self._plan_key = context.plan_key
        self._plan = plan
        self._detail = detail
        self._parts = [part for part in detail.measure.deadlines if part.kind in POSTPONABLE]
        self._build(unit)
        self._connect()
        self._on_scope()

    def _build(self, unit: ObligationRow | None) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(8)
        measure = self._detail.measure
        outer.addWidget(labels.label(f"调整措施{measure.label or f'（{measure.no}）'}的时限", "head", self))
        now = labels.label(
            f"现在是：{measure.deadline_raw or '未写明'}（{self._detail.deadline_note}）", "second", self
        )
        now.setWordWrap(True)
        outer.addWidget(now)
        self.scope = Segmented([(WHOLE, "整项措施"), (UNIT, "只给一个单位延期")], self, name="调整的范围")
        self.scope.set_value(WHOLE)
        can_postpone = bool(self._parts and self._detail.obligations)
        self.scope.set_value_enabled(UNIT, can_postpone)
        if not can_postpone:
            self.scope.button(UNIT).setToolTip("这项措施没有可以延期的完成日期")
        outer.addWidget(self.scope)
        outer.addLayout(self._fields(unit))
        self.note = labels.label("", "second", self)
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(theme.px(44))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.note)
        outer.addLayout(self._foot())

    def _fields(self, unit: ObligationRow | None) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.px(72))
        grid.setColumnStretch(1, 1)
        self.phrase = QLineEdit(self._detail.measure.deadline_raw or "", self)
        self.unit = ComboBox(self, name="单位")
        for row in self._detail.obligations:
            self.unit.addItem(row.unit, row.id)
        if unit is not None:
            self.unit.setCurrentIndex(self.unit.findData(unit.id))
        self.part = ComboBox(self, name="哪个时限")
        for found in self._parts:
            self.part.addItem(found.scope or (found.date.isoformat() if found.date else "没有日期"), found.scope)
        self.to = DateField(self, name="延至")
        self.basis = QLineEdit(self)
        self.reason = QLineEdit(self)
        rows: list[tuple[str, QWidget]] = [
            ("新的时限", self.phrase),
            ("单位", self.unit),
            ("哪个时限", self.part),
            ("延至", self.to),
            ("依据文号", self.basis),
            ("理由", self.reason),
        ]
        self._titles: dict[QWidget, QWidget] = {}
        for at, (name, field) in enumerate(rows):
            title = labels.label(name, "second", self)
            title.setBuddy(field)
            field.setAccessibleName(name)
            if isinstance(field, QLineEdit) and field is not self.to:
                field.setMaxLength(_LENGTH)
            grid.addWidget(title, at, 0)
            grid.addWidget(field, at, 1)
            self._titles[field] = title
        return grid

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(labels.label("原来的时限留存，之后可以撤销（Ctrl+Z）。", "note", self))
        foot.addStretch(1)
        self.cancel = button.secondary("取消", parent=self)
        self.save = button.primary("保存调整", "check", self)
        self.save.setDefault(True)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        return foot

    def _connect(self) -> None:
        self.scope.changed.connect(self._on_scope)
        for field in (self.phrase, self.to, self.basis):
            field.textChanged.connect(self._tell)
        self.to.problem_changed.connect(self._tell)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)

    # -- what was said ---------------------------------------------------------------------------------

    def edited(self) -> Edited:
        """The plan with the phrase that is typed."""
        no = self._detail.measure.no
        typed = edit.change_measure(edit.begin(self._plan), no, deadline_raw=self.phrase.text().strip() or None)
        read = reread(typed.measure(no), self._plan, fields={DEADLINE})
        return edit.change_measure(typed, no, deadline_raw=read.deadline_raw, deadlines=read.deadlines)

    @Slot()
    def _on_scope(self) -> None:
        is_whole = self.scope.value() == WHOLE
        shown = {self.phrase: is_whole, self.unit: not is_whole, self.to: not is_whole}
        shown[self.part] = not is_whole and len(self._parts) > 1
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
            self._titles[field].setVisible(is_shown)
        self.adjustSize()
        (self.phrase if is_whole else self.to).setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """What is understood, and what is still missing."""
        understood, missing = self._whole() if self.scope.value() == WHOLE else self._postponed()
        if not missing and not self.basis.text().strip():
            missing = "请填写依据文号：调整时限须有文件依据。"
        self.note.setText(understood + missing)
        self.save.setEnabled(not missing)

    def _whole(self) -> tuple[str, str]:
        measure = self.edited().measure(self._detail.measure.no)
        read = f"读作：{deadline_note(measure.deadlines, measure.deadline_raw)}。"
        if measure.deadline_raw == self._detail.measure.deadline_raw:
            return read, "请填写新的时限。"
        return read, ""

    def _postponed(self) -> tuple[str, str]:
        if not self.to.text().strip():
            return "", "请填写延到哪一天。"
        if not self.to.is_right():
            return "", self.to.problem() or "日期应写作 2024-12-31。"
        return "其他单位的时限不变。", ""

    @Slot()
    def _on_save(self) -> None:
        try:
            changes = self._write()
        except KnownError as error:
            self.note.setText(str(error))
            return
        if changes is not None:
            self.adjusted.emit(changes)
            self.accept()

    def _write(self) -> Changes | None:
        store, basis, reason = self._context.store, self.basis.text(), self.reason.text()
        if self.scope.value() == WHOLE:
            kind = editing.EditKind.ADJUSTMENT
            return editing.apply_edit(store, self._plan_key, self.edited(), kind=kind, basis=basis, reason=reason)
        to = self.to.value() if self.to.commit() else None
        if to is None:
            return None
        part = self.part.currentData() if len(self._parts) > 1 else None
        return editing.adjust_obligation(store, self.unit.currentData(), to=to, basis=basis, reason=reason, part=part)
