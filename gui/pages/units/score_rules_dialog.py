"""评分规则: the editable table, 恢复默认, and whether 纪检司法 units are ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import KnownError
from core.office import scoring
from core.office.scoring import DEFAULTS, RULES, Per, ScoreRule
from gui import theme
from gui.pages.progress.parts import Note
from gui.pages.units.score_model import points_text
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from core.office.files import Store

_WIDTH, _PADDING, _NUMBER = 640, 24, 88
READ_ONLY = "台账以只读方式打开，不能修改评分规则。"


@dataclass(frozen=True, slots=True)
class _Row:
    rule: ScoreRule
    active: CheckBox
    per: ComboBox
    points: QLineEdit
    cap: QLineEdit


class ScoreRulesDialog(QDialog):
    """Nothing is written before 保存."""

    saved = Signal(object)
    """The table was kept; carries Changes."""

    def __init__(self, store: Store, parent: QWidget | None, *, is_read_only: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("评分规则")
        self._store = store
        self._is_read_only = is_read_only
        self.rows: list[_Row] = []
        self._build(scoring.score_rules(store))
        self.justice.setChecked(scoring.ranks_justice(store))
        self._check()

    def _build(self, rules: tuple[ScoreRule, ...]) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addWidget(labels.label("评分规则", "head", self))
        told = labels.label(
            "按比率：分值乘以比率，没有应报（到期）的事项的单位不计此项，其余按比例折算。每项：分值乘以项数，负数为扣分。",
            "second",
            self,
        )
        told.setWordWrap(True)
        outer.addWidget(told)
        outer.addLayout(self._table(rules))
        self.justice = CheckBox("纪委监委、法院、检察院参加排名", self)
        self.justice.setEnabled(not self._is_read_only)
        outer.addWidget(self.justice)
        self.note = Note(self)
        self.note.setMinimumHeight(theme.px(24))
        outer.addWidget(self.note)
        outer.addLayout(self._foot())

    def _table(self, rules: tuple[ScoreRule, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for column, title in enumerate(("规则", "计分", "分值", "上限")):
            grid.addWidget(labels.label(title, "note", self), 0, column)
        for at, rule in enumerate(rules, 1):
            row = self._row(rule)
            for column, field in enumerate((row.active, row.per, row.points, row.cap)):
                grid.addWidget(field, at, column)
            self.rows.append(row)
            self._put(row, rule)
        return grid

    def _row(self, rule: ScoreRule) -> _Row:
        active = CheckBox(rule.title, self)
        active.setToolTip(RULES[rule.key])
        per = ComboBox(self, name=f"{rule.title} 计分")
        for each in Per:
            per.addItem(each.value, each.value)
        points, cap = QLineEdit(self), QLineEdit(self)
        for field, name in ((points, "分值"), (cap, "上限")):
            field.setFixedWidth(theme.px(_NUMBER))
            field.setMaxLength(8)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setAccessibleName(f"{rule.title} {name}")
            field.textChanged.connect(self._check)
        cap.setPlaceholderText("不设")
        cap.setToolTip("这一项最多加或扣的分，留空为不设上限")
        active.toggled.connect(self._check)
        for widget in (active, per, points, cap):
            widget.setEnabled(not self._is_read_only)
        return _Row(rule, active, per, points, cap)

    def _foot(self) -> QHBoxLayout:
        self.defaults = button.ghost("恢复默认", "arrow-counter-clockwise", self)
        self.cancel = button.secondary("取消", parent=self)
        self.save = button.primary("保存", "check", self)
        self.save.setDefault(True)
        self.defaults.setEnabled(not self._is_read_only)
        self.defaults.clicked.connect(self._on_defaults)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.defaults)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        return foot

    # --- what stands in the fields ---------------------------------------------------------------

    def value(self) -> tuple[ScoreRule, ...]:
        """The table as it stands.

        Raises ValueError for what is no number.
        """
        return tuple(
            replace(
                row.rule,
                active=row.active.isChecked(),
                per=row.per.currentData(),
                points=_number(row.points),
                cap=_number(row.cap) if row.cap.text().strip() else None,
            )
            for row in self.rows
        )

    @staticmethod
    def _put(row: _Row, rule: ScoreRule) -> None:
        row.active.setChecked(rule.active)
        row.per.setCurrentIndex(row.per.findData(rule.per))
        row.points.setText(points_text(rule.points))
        row.cap.setText("" if rule.cap is None else points_text(rule.cap))

    def _missing(self) -> str:
        if self._is_read_only:
            return READ_ONLY
        for row in self.rows:
            for field, name in ((row.points, "分值"), (row.cap, "上限")):
                text = field.text().strip()
                if (text or field is row.points) and not _is_number(text):
                    return f"“{row.rule.title}”的{name}应为数字，如 2 或 -0.5。"
        return ""

    @Slot()
    def _check(self) -> None:
        if not hasattr(self, "save"):
            return  # still being built
        missing = self._missing()
        self.note.say(missing, is_wrong=bool(missing) and not self._is_read_only)
        self.save.setEnabled(not missing)

    @Slot()
    def _on_defaults(self) -> None:
        defaults = {rule.key: rule for rule in DEFAULTS}
        for row in self.rows:
            self._put(row, defaults[row.rule.key])
        self.justice.setChecked(False)

    @Slot()
    def _on_save(self) -> None:
        try:
            changes = scoring.save_score_rules(self._store, self.value(), justice=self.justice.isChecked())
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self.saved.emit(changes)
        self.accept()


def _number(field: QLineEdit) -> float:
    return float(field.text().strip().replace("−", "-").replace("－", "-"))


def _is_number(text: str) -> bool:
    try:
        float(text.replace("−", "-").replace("－", "-"))
    except ValueError:
        return False
    return True
