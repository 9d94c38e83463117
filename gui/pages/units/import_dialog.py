"""从表格导入: what the sheet would change, old and new, row by row; nothing is written until 确认导入."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.pages.progress.parts import Card, Note
from gui.pages.units.effect_view import Titles, owed_of, sentences
from gui.widgets import button, labels
from gui.widgets.chip import Chip
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from core.office.register_effect import GroupEffect
    from core.office.register_sheet import RegisterDraft

_WIDTH, _HEIGHT = 860, 560
_PADDING = 24
Line = tuple[str, ...]
_CHANGES = (
    Column("行", "888", is_number=True),
    Column("单位", "应急管理局应急"),
    Column("变化", "新增"),
    Column("栏目", "加入集合"),
    Column("原来", share=1),
    Column("表格里", share=1),
)
_OWED = (Column("变化", "不再负责"), Column("单位", "应急管理局应急管理"), Column("措施", share=1))
_PROBLEMS = (
    Column("工作表", "单位名册表"),
    Column("行", "888", is_number=True),
    Column("列", "简称"),
    Column("收到的内容", share=2),
    Column("问题", share=3),
)
_WORDS = {"new": "新增", "changed": "修改", "same": "不变"}


def changes_of(draft: RegisterDraft) -> tuple[Line, ...]:
    """A line for each field that would change; of a new unit each field that it has."""
    lines: list[Line] = []
    for row in draft.rows:
        word = _WORDS[row.change]
        if row.change == "same":
            continue
        where = (str(row.row), row.unit.name, word)
        lines += [(*where, f.field, f.have or "没有", f.got or "没有") for f in row.fields]
        if row.groups:
            lines.append((*where, "加入集合", "", "、".join(row.groups)))
        if not row.fields and not row.groups:
            lines.append((*where, "", "", ""))
    return tuple(lines)


def problems_of(draft: RegisterDraft) -> tuple[Line, ...]:
    """A line for each row that is not taken in."""
    return tuple((p.sheet, str(p.row), p.column, p.found, p.what) for p in draft.problems)


class ImportDialog(QDialog):
    """Problems first, then the changes; 确认导入 hands the draft back."""

    confirmed = Signal(object)
    """Take the RegisterDraft in."""

    def __init__(
        self, draft: RegisterDraft, effect: GroupEffect, titles: Titles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("从表格导入")
        self.draft = draft
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.changes = PlainTable(_CHANGES, "将有的改动", self)
        self.problems = PlainTable(_PROBLEMS, "问题", self)
        self.owed = PlainTable(_OWED, "责任事项的变化", self)
        self._build()
        self._load(effect, titles)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addWidget(labels.label(f"“{self.draft.name}”里的单位名册", "head", self))
        self.said = labels.label("", parent=self)
        self.said.setWordWrap(True)
        outer.addWidget(self.said)
        self.show_changes = Chip("将有的改动", parent=self)
        self.show_problems = Chip("有问题的行", "warning-octagon-fill", parent=self)
        self.show_owed = Chip("责任事项的变化", parent=self)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in (self.show_problems, self.show_changes, self.show_owed):
            chip.setAutoExclusive(True)
            chips.addWidget(chip)
        chips.addStretch(1)
        outer.addLayout(chips)
        card = Card(self)
        self.stack = QStackedWidget(card)
        self.stack.addWidget(self.changes)
        self.stack.addWidget(self.problems)
        self.stack.addWidget(self.owed)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 1, 0, 1)
        inside.addWidget(self.stack)
        outer.addWidget(card, 1)
        self.note = Note(self)
        self.cancel = button.secondary("取消", parent=self)
        self.confirm = button.primary("确认导入", "check", self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        outer.addLayout(foot)
        for chip in (self.show_problems, self.show_changes, self.show_owed):
            chip.clicked.connect(self._on_chip)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirmed)

    def _load(self, effect: GroupEffect, titles: Titles) -> None:
        draft = self.draft
        changes, problems = changes_of(draft), problems_of(draft)
        self.changes.show_rows(changes)
        self.problems.show_rows(problems)
        owed = owed_of(effect, titles)
        self.owed.show_rows(owed)
        new, changed, same = (draft.count(change) for change in ("new", "changed", "same"))
        words = f"新增 {new} 个，修改 {changed} 个，不变 {same} 个"
        if problems:
            words += f"；{len(problems)} 行有问题，不会导入"
        left_out = f"没有用到{'、'.join(draft.left_out)}。" if draft.left_out else ""
        self.said.setText(f"{words}。{sentences(replace(effect, new_units=()))}{left_out}")
        self.show_owed.set_count(len(owed))
        self.show_owed.setEnabled(bool(owed))
        self.show_changes.set_count(new + changed)
        self.show_problems.set_count(len(problems))
        self.show_problems.setEnabled(bool(problems))
        (self.show_problems if problems else self.show_changes).setChecked(True)
        self._on_chip()
        can = bool(changes)
        self.confirm.setEnabled(can)
        self.note.say("导入前自动备份一次，之后也可以撤销。" if can else "表格里没有要导入的改动。")
        (self.confirm if can and not problems else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chip(self) -> None:
        shown = self.changes
        if self.show_problems.isChecked():
            shown = self.problems
        elif self.show_owed.isChecked():
            shown = self.owed
        self.stack.setCurrentWidget(shown)

    def _on_confirmed(self) -> None:
        self.confirmed.emit(self.draft)
        self.accept()
