"""Dialogs of one unit: a new one, it leaves, it goes on in another."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.model.units import UnitKind
from core.office import unit_changes, unit_merge
from core.office.register_effect import GroupEffect
from core.office.unit_changes import UnitValue
from core.office.unit_merge import MergeEffect
from gui import theme
from gui.pages.units.effect_view import Titles
from gui.pages.units.register_dialog import LargeStepDialog, RegisterDialog
from gui.widgets import labels
from gui.widgets.combo import ComboBox
from gui.widgets.date_field import DateField
from gui.widgets.row_painting import clear_ground
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model.units import Unit
    from core.office.changes import Changes
    from core.office.files import Store
    from core.office.unit_merge import MergeConflict
    from gui.context import Context
    from gui.pages.units.background import Find, Write

KINDS = tuple(kind for kind in UnitKind if kind is not UnitKind.GROUP)
_REASON_LENGTH = 120
_EXCERPT = 72
_CONFLICTS_HEIGHT = 150
_MOST_CONFLICTS = 40
"""Conflicts that somebody would go through one by one; more get one choice together."""


class NewUnitDialog(RegisterDialog):
    """新建单位."""

    def __init__(self, store: Store, titles: Titles, parent: QWidget | None, *, name: str = "") -> None:
        super().__init__(titles, "新建单位", "新建单位", "新建", parent)
        self._store = store
        self.name, self.full_name, self.short = self.line(name), self.line(), self.line()
        self.contact, self.phone, self.mail = self.line(), self.line(), self.line()
        self.kind = ComboBox(self, name="类别")
        for kind in KINDS:
            self.kind.addItem(kind.value, kind)
        self.short.setToolTip("用来认出方案和填报表里的写法，可以不填")
        self.fields(
            [
                ("名称", self.name),
                ("类别", self.kind),
                ("全称", self.full_name),
                ("简称", self.short),
                ("联络员", self.contact),
                ("电话", self.phone),
                ("邮箱", self.mail),
            ]
        )
        self.refresh()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> UnitValue:
        """What stands in the fields."""
        short = self.short.text().strip()
        return UnitValue(
            name=self.name.text().strip(),
            kind=UnitKind(self.kind.currentData()),  # Qt gives the word back
            full_name=self.full_name.text().strip() or None,
            aliases=(short,) if short else (),
            contact=self.contact.text().strip() or None,
            phone=self.phone.text().strip() or None,
            mail=self.mail.text().strip() or None,
        )

    def missing(self) -> str:
        return "" if self.name.text().strip() else "请填写名称。"

    def find_effect(self) -> GroupEffect:
        return unit_changes.unit_effect(self._store, None, self.value())

    def write(self) -> Changes:
        return unit_changes.save_unit(self._store, None, self.value())


class LeaveDialog(LargeStepDialog):
    """撤出: dissolved, or moved to another county; always with a date and a reason."""

    def __init__(self, context: Context, name: str, titles: Titles, parent: QWidget | None) -> None:
        super().__init__(context, titles, "撤出", f"“{name}”撤出名册", "撤出", parent)
        self._name = name
        self.say("撤销、划转的单位撤出后不再承担责任事项，填过的内容和操作日志都保留，以后可以恢复。")
        self.on = DateField(self, name="撤出日期", may_be_empty=False)
        self.on.set_value(date.today())
        self.on.textChanged.connect(self.on_typed)
        self.reason = self.line(length=_REASON_LENGTH)
        self.reason.setPlaceholderText("如 机构改革，职责划入市场监管局")
        self.fields([("撤出日期", self.on), ("理由", self.reason)])
        self.refresh()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def missing(self) -> str:
        if not self.on.is_right():
            return "撤出日期应写作 2024-12-31。"
        return "" if self.reason.text().strip() else "请写明理由。"

    def foresees(self) -> bool:
        """What goes does not hang on the reason: it is told before one is written."""
        return True

    def question(self) -> str:
        return self._name

    def finding(self) -> Find:
        return partial(_leave_effect, self._name)

    def show_found(self, found: object) -> None:
        assert found is None or isinstance(found, GroupEffect)
        self.show_outcome(found)

    def writing(self) -> Write:
        self.on.commit()
        return partial(_leave, self._name, self.on.value() or date.today(), self.reason.text().strip())


def _leave_effect(name: str, store: Store) -> GroupEffect:
    return unit_changes.leave_effect(store, name)


def _leave(name: str, on: date, reason: str, store: Store) -> Changes:
    return unit_changes.leave_unit(store, name, on, reason)


class MergeDialog(LargeStepDialog):
    """合并到另一单位: two entries of the same unit; where both have said something the clerk chooses."""

    way_back = "之前自动备份一次，之后也可以撤销（Ctrl+Z）。"

    def __init__(
        self,
        context: Context,
        name: str,
        units: Sequence[Unit],
        titles: Titles,
        parent: QWidget | None,
        *,
        into: str = "",
    ) -> None:
        super().__init__(context, titles, "合并到另一单位", f"把“{name}”合并到另一单位", "合并", parent)
        self._name = name
        self._effect: MergeEffect | None = None
        self._shown: tuple[MergeConflict, ...] = ()
        self._choices: dict[int, Segmented] = {}
        self.for_all: Segmented | None = None
        """One choice for all conflicts, where they are too many to be gone through."""
        self.into = ComboBox(self, name="合并到", empty="选择单位")
        self.into.addItems([unit.name for unit in units if unit.name != name and not unit.is_group])
        self.into.setCurrentIndex(self.into.findText(into) if into else -1)
        self.into.currentIndexChanged.connect(self.refresh)
        self.say(f"用于名册里重复的同一个单位。“{name}”会成为保留单位的别名，填过的内容和佐证材料都转过去。")
        self.fields([("合并到", self.into)])
        self.moves = labels.label("", "second", self)
        self.moves.setWordWrap(True)
        self.body.addWidget(self.moves)
        self._build_conflicts()
        self.refresh()
        self.into.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_conflicts(self) -> None:
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFixedHeight(theme.px(_CONFLICTS_HEIGHT))
        self._area.hide()
        self.body.addWidget(self._area)

    def choices(self) -> dict[int, str]:
        """By conflict: the name of the unit whose entry counts; only those that were chosen."""
        if self.for_all is not None:
            name = self.for_all.value()
            return {} if name is None else {conflict.id: str(name) for conflict in self._shown}
        return {key: str(field.value()) for key, field in self._choices.items() if field.value() is not None}

    def missing(self) -> str:
        return "" if self.into.currentIndex() >= 0 else "请选择保留哪个单位。"

    def question(self) -> str:
        return self.into.currentText()

    def finding(self) -> Find:
        return partial(_merge_effect, self._name, self.into.currentText())

    def writing(self) -> Write:
        return partial(_merge, self._name, self.into.currentText(), self.choices())

    def show_found(self, found: object) -> None:
        assert found is None or isinstance(found, MergeEffect)
        self._effect = found
        self.show_outcome(found.obligations if found is not None else None)
        self.moves.setText(_moves(found) if found is not None else "")
        if found is not None and not found.obligations.appear and not found.obligations.gone:
            self.effect.sentence.setText("")  # what goes over has been said
        conflicts = found.conflicts if found is not None else ()
        if conflicts != self._shown:
            self._show_conflicts(conflicts)
        self._wait_for_choices()

    @Slot()
    def _wait_for_choices(self) -> None:
        left = len(self._shown) - len(self.choices())
        if left:
            self.save.setEnabled(False)
            self.note.say(f"还有 {left} 处两边都填过，请选择以哪边为准。")
        elif self._effect is not None:
            self.save.setEnabled(True)
            self.note.say("")

    def _show_conflicts(self, conflicts: tuple[MergeConflict, ...]) -> None:
        self._shown = conflicts
        self._choices = {}
        self.for_all = None
        holder = QWidget(self)
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(8)
        if len(conflicts) > _MOST_CONFLICTS:
            self._add_choice_for_all(len(conflicts), holder, lines)
            conflicts = ()
        for conflict in conflicts:
            self._add_conflict(conflict, holder, lines)
        lines.addStretch(1)
        self._area.setWidget(holder)
        clear_ground(self._area)
        self._area.setVisible(bool(self._shown))
        self.adjustSize()

    def _add_choice_for_all(self, count: int, holder: QWidget, lines: QVBoxLayout) -> None:
        into = self.into.currentText()
        title = labels.label(f"两边都填过的有 {count} 处，一并以谁填的为准", parent=holder)
        title.setWordWrap(True)
        self.for_all = Segmented([(into, into), (self._name, self._name)], holder, name=title.text())
        self.for_all.changed.connect(self._wait_for_choices)
        lines.addWidget(title)
        lines.addWidget(self.for_all)

    def _add_conflict(self, conflict: MergeConflict, holder: QWidget, lines: QVBoxLayout) -> None:
        into = self.into.currentText()
        part = f"，{conflict.part}" if conflict.part else ""
        title = labels.label(f"（{conflict.measure}）{conflict.period_title}{part}：以谁填的为准", parent=holder)
        title.setWordWrap(True)
        choice = Segmented([(into, into), (self._name, self._name)], holder, name=title.text())
        choice.button(into).setToolTip(_said(conflict.have))
        choice.button(self._name).setToolTip(_said(conflict.got))
        choice.changed.connect(self._wait_for_choices)
        self._choices[conflict.id] = choice
        lines.addWidget(title)
        for name, said in ((into, conflict.have), (self._name, conflict.got)):
            words = labels.label(f"{name}：{_excerpt(said)}", "note", holder)
            words.setWordWrap(True)
            lines.addWidget(words)
        lines.addWidget(choice)


def _merge_effect(name: str, into: str, store: Store) -> MergeEffect:
    return unit_merge.merge_effect(store, name, into)


def _merge(name: str, into: str, choices: dict[int, str], store: Store) -> Changes:
    return unit_merge.merge_units(store, name, into, choices)


def _said(entry: dict[str, object]) -> str:
    return "，".join(f"{key} {str(value).rstrip('。')}" for key, value in entry.items() if value)


def _excerpt(entry: dict[str, object]) -> str:
    said = _said(entry)
    return said if len(said) <= _EXCERPT else f"{said[: _EXCERPT - 1]}…"


def _moves(found: MergeEffect) -> str:
    parts = []
    if found.moved:
        parts.append(f"转过去 {len(found.moved)} 个责任事项")
    if found.both:
        parts.append(f"{len(found.both)} 个责任事项两边都有，并为一个")
    if found.entries:
        parts.append(f"转过去 {found.entries} 条进展")
    if found.groups:
        parts.append(f"{'、'.join(f'“{name}”' for name in found.groups)}改用保留单位")
    return "，".join(parts) + "。" if parts else ""
