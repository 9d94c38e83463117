"""Foot of 修改方案: what kind of edit it is, on what basis and why; what will happen; 取消, 保存修改."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.office.editing import EditEffect, EditKind
from gui import theme
from gui.import_sheet.fitting_label import FittingLabel
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.segmented import Segmented
from gui.widgets.surface import Surface

_HEIGHT = 96
_KINDS = ((EditKind.CORRECTION, "勘误（改正录入错误）"), (EditKind.ADJUSTMENT, "调整（任务有变化）"))
_NO_BASIS = ("调整必须写明依据文号", "调整必填", "必填")
_LENGTH = 120


class EditFoot(Surface):
    """Asks for kind, basis and reason; the button waits until they are there."""

    cancel_asked = Signal()
    save_asked = Signal()
    changed = Signal()
    """Kind, basis or reason is another."""

    def __init__(self, parent: QWidget | None = None, *, is_first: bool) -> None:
        super().__init__("top", parent)
        self._is_first = is_first
        self.kind: EditKind | None = EditKind.CORRECTION if is_first else None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT if not self._is_first else _HEIGHT - 40))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 9, 16, 8)
        outer.setSpacing(8)
        self.choice = QWidget(self)
        self._build_choice(QHBoxLayout(self.choice))
        self.choice.setVisible(not self._is_first)
        outer.addWidget(self.choice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(labels.IconLabel("info", 16, parent=self))
        self.effect = ElidedLabel("", "second", self)
        row.addWidget(self.effect, 1)
        self.cancel = button.secondary("取消", parent=self)
        self.cancel.setToolTip("不保存，关闭（Esc）")
        self.save = button.primary("保存修改", "check", self)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        outer.addLayout(row)

    def _build_choice(self, row: QHBoxLayout) -> None:
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.kinds = Segmented(_KINDS, self.choice, name="这次修改是勘误还是调整")
        self.kinds.button(EditKind.CORRECTION).setToolTip("台账录得与印发件不一样，改成一样；任务本身没有变")
        self.kinds.button(EditKind.ADJUSTMENT).setToolTip("有文件改变了任务、分工或时限；原来的内容留存")
        row.addWidget(self.kinds)
        self.basis = self._field("依据文号", row, 2)
        self.basis_note = FittingLabel("note", self.choice)
        row.addWidget(self.basis_note)
        self.reason = self._field("理由", row, 3)

    def _field(self, name: str, row: QHBoxLayout, stretch: int) -> QLineEdit:
        made = QLineEdit(self.choice)
        made.setAccessibleName(name)
        made.setMaxLength(_LENGTH)
        made.setMinimumWidth(theme.px(120))
        title = labels.label(name, "second", self.choice)
        title.setBuddy(made)
        row.addSpacing(8)
        row.addWidget(title)
        row.addWidget(made, stretch)
        return made

    def _connect(self) -> None:
        self.kinds.changed.connect(self._on_kind)
        self.basis.textChanged.connect(self._on_basis)
        self.reason.textChanged.connect(self.changed)
        self.cancel.clicked.connect(self.cancel_asked)
        self.save.clicked.connect(self.save_asked)
        self._tell_basis()

    def missing(self) -> str:
        """What is still to be said of the edit; empty when nothing is."""
        if self.kind is None:
            return "请选择这次修改是勘误，还是调整。"
        if self.kind is EditKind.ADJUSTMENT and not self.basis.text().strip():
            return "请填写调整的依据文号。"
        return ""

    def say(self, words: str, *, is_ready: bool) -> None:
        """Say what saving would do, or what stands in its way."""
        self.effect.setText(words)
        self.effect.setToolTip(words)
        self.save.setEnabled(is_ready)
        self.save.setToolTip("写入台账（Ctrl+Enter），之后可以撤销" if is_ready else words)

    @Slot(object)
    def _on_kind(self, kind: EditKind) -> None:
        self.kind = kind
        self._tell_basis()
        self.changed.emit()

    @Slot()
    def _on_basis(self) -> None:
        self._tell_basis()
        self.changed.emit()

    def _tell_basis(self) -> None:
        needed = self.kind is EditKind.ADJUSTMENT and not self.basis.text().strip()
        self.basis_note.set_wordings(_NO_BASIS if needed else ("",))
        self.basis_note.setVisible(needed)
        self.basis.setProperty("wrong", needed)
        self.basis.style().unpolish(self.basis)
        self.basis.style().polish(self.basis)
        self.basis.setAccessibleDescription(_NO_BASIS[0] if needed else "")


def effect_words(effect: EditEffect) -> str:
    """责任事项增加 3、减少 1，有填报记录的 1 项将不再显示."""
    parts = [
        f"增加 {len(effect.appear)}" if effect.appear else "",
        f"减少 {len(effect.gone)}" if effect.gone else "",
    ]
    words = "责任事项" + ("、".join(part for part in parts if part) or "不变")
    hidden = sum(len(entry.units) for entry in effect.hidden)
    return f"{words}，有填报记录的 {hidden} 项将不再显示（记录仍留在台账里）。" if hidden else f"{words}。"
