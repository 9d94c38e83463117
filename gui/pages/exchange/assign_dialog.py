"""指定: whose a workbook is, or what a paper proves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.widgets import button
from gui.widgets.combo import ComboBox
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from core.model.ledger import Period

EVIDENCE, STAMP = "evidence", "stamp"


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation of a unit, to choose from."""

    id: int
    words: str


class SheetDialog(FormDialog):
    """Whose a workbook is, and for which period."""

    said = Signal(str, str)
    """(unit, key of the period)."""

    def __init__(
        self, name: str, why: str, units: Sequence[str], periods: Sequence[Period], period_key: str, parent: QWidget
    ) -> None:
        super().__init__("指定单位", parent)
        self.add_head(name, why)
        self.unit = ComboBox(self, name="单位", empty="请选择单位")
        self.unit.addItems(list(units))
        self.unit.setCurrentIndex(next((at for at, unit in enumerate(units) if unit in name), -1))
        self.period = ComboBox(self, name="报送期")
        for period in periods:
            self.period.addItem(period.title, period.key)
        self.period.setCurrentIndex(max(self.period.findData(period_key), 0))
        _widen(self.unit, self.period)
        self.add_fields(("单位", self.unit), ("报送期", self.period))
        self.add_foot("读取")
        self.unit.currentIndexChanged.connect(self._on_changed)
        self._on_changed()
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        self.step.setEnabled(self.unit.currentIndex() >= 0)
        self.note.say("读取后再核对，不会直接写入。" if self.step.isEnabled() else "请选择单位。")

    def take(self) -> None:
        """Hand out whose it is."""
        self.said.emit(self.unit.currentText(), str(self.period.currentData()))
        self.accept()


class PaperDialog(FormDialog):
    """What a paper is: evidence of an obligation, or the stamped scan of a return."""

    said = Signal(str, str, object)
    """(EVIDENCE or STAMP, unit, id of the obligation or None)."""
    ignored = Signal()
    """It needs no place."""

    def __init__(
        self,
        name: str,
        why: str,
        units: Sequence[str],
        owed: Callable[[str], Sequence[Owed]],
        parent: QWidget,
        *,
        unit: str | None = None,
        obligation: int | None = None,
    ) -> None:
        super().__init__("指定措施", parent)
        self._owed = owed
        self.add_head(name, why)
        self.kind = Segmented(((EVIDENCE, "佐证材料"), (STAMP, "盖章扫描件")), self, name="是什么")
        self.kind.set_value(EVIDENCE)
        self.unit = ComboBox(self, name="单位", empty="请选择单位")
        self.unit.addItems(list(units))
        guess = unit or next((one for one in units if one in name), None)
        self.unit.setCurrentIndex(units.index(guess) if guess in units else -1)
        self.measure = ComboBox(self, name="措施", empty="请选择措施")
        self.measure.setMinimumContentsLength(12)
        self.measure.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        _widen(self.unit, self.measure)
        kinds = QWidget(self)
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind)
        row.addStretch(1)
        self.add_fields(("是什么", kinds), ("单位", self.unit), ("措施", self.measure))
        self.ignore = button.ghost("不需要这份文件", parent=self)
        self.ignore.setToolTip("文件仍保存在台账里，不再列在这里")
        self.body.addWidget(self.ignore, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_foot("指定")
        self.kind.changed.connect(self._on_changed)
        self.unit.currentIndexChanged.connect(self._on_unit)
        self.measure.currentIndexChanged.connect(self._on_changed)
        self.ignore.clicked.connect(self._on_ignore)
        self._on_unit()
        self.measure.setCurrentIndex(self.measure.findData(obligation))
        self._on_changed()
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_unit(self) -> None:
        self.measure.clear()
        for one in self._owed(self.unit.currentText()) if self.unit.currentIndex() >= 0 else ():
            self.measure.addItem(one.words, one.id)
        self.measure.setCurrentIndex(-1)
        self._on_changed()

    @Slot()
    @Slot(object)
    def _on_changed(self, _value: object = None) -> None:
        is_evidence = self.kind.value() == EVIDENCE
        has_unit = self.unit.currentIndex() >= 0
        self.measure.setEnabled(is_evidence and has_unit)
        lacks = "请选择单位。" if not has_unit else ""
        if not lacks and is_evidence and self.measure.currentIndex() < 0:
            lacks = "请选择措施。" if self.measure.count() else "这个单位没有责任事项。"
        self.step.setEnabled(not lacks)
        self.note.say(lacks)

    @Slot()
    def _on_ignore(self) -> None:
        self.ignored.emit()
        self.accept()

    def take(self) -> None:
        """Hand out what it is."""
        obligation = self.measure.currentData() if self.kind.value() == EVIDENCE else None
        self.said.emit(str(self.kind.value()), self.unit.currentText(), obligation)
        self.accept()


def _widen(*combos: ComboBox) -> None:
    """Let choices take the width of the dialog."""
    for combo in combos:
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
