"""从表格导入: what the sheet would change, old and new, row by row; nothing is written until 确认导入."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.pages.progress.parts import Card, Note
from gui.pages.units.effect_view import sentences
from gui.widgets import button, labels
from gui.widgets.chip import Chip

if TYPE_CHECKING:
    from core.office.register_sheet import RegisterDraft

_WIDTH, _HEIGHT = 860, 560
_PADDING = 24
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Line = tuple[str, ...]
CHANGE_HEADS: Line = ("行", "单位", "变化", "栏目", "原来", "表格里")
PROBLEM_HEADS: Line = ("工作表", "行", "列", "收到的内容", "问题")
_WORDS = {"new": "新增", "changed": "修改", "same": "不变"}


class LineModel(QAbstractTableModel):
    """Lines of text under heads."""

    def __init__(self, heads: Line, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._lines: tuple[Line, ...] = ()

    def load(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(self._heads):
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if index.isValid() and role in {_DISPLAY, _TOOLTIP} and index.row() < len(self._lines):
            return self._lines[index.row()][index.column()]
        return None


def changes_of(draft: RegisterDraft) -> tuple[Line, ...]:
    """A line for each field that would change; of a new unit each field that it has."""
    lines: list[Line] = []
    for row in draft.rows:
        word = _WORDS[row.change]
        if row.change == "same":
            continue
        where = (str(row.row), row.unit.name, word)
        lines += [(*where, f.field, f.have or "没有", f.got or "没有") for f in row.fields]
        if not row.fields:
            lines.append((*where, "", "", ""))
    return tuple(lines)


def problems_of(draft: RegisterDraft) -> tuple[Line, ...]:
    """A line for each row that is not taken in."""
    return tuple((p.sheet, str(p.row), p.column, p.found, p.what) for p in draft.problems)


class ImportDialog(QDialog):
    """Problems first, then the changes; 确认导入 hands the draft back."""

    confirmed = Signal(object)
    """Take the RegisterDraft in."""

    def __init__(self, draft: RegisterDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("从表格导入")
        self.draft = draft
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.changes = _table(LineModel(CHANGE_HEADS, self), (48, 150, 56, 88, 0, 0), "将有的改动", self)
        self.problems = _table(LineModel(PROBLEM_HEADS, self), (110, 48, 48, 170, 0), "问题", self)
        self._build()
        self._load()

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
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in (self.show_problems, self.show_changes):
            chip.setAutoExclusive(True)
            chips.addWidget(chip)
        chips.addStretch(1)
        outer.addLayout(chips)
        card = Card(self)
        self.stack = QStackedWidget(card)
        self.stack.addWidget(self.changes)
        self.stack.addWidget(self.problems)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
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
        self.show_changes.clicked.connect(self._on_chip)
        self.show_problems.clicked.connect(self._on_chip)
        self.cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirmed)

    def _load(self) -> None:
        draft = self.draft
        changes, problems = changes_of(draft), problems_of(draft)
        _model(self.changes).load(changes)
        _model(self.problems).load(problems)
        new = sum(row.change == "new" for row in draft.rows)
        changed = sum(row.change == "changed" for row in draft.rows)
        same = sum(row.change == "same" for row in draft.rows)
        words = f"新增 {new} 个，修改 {changed} 个，不变 {same} 个"
        if problems:
            words += f"；{len(problems)} 行有问题，不会导入"
        effect = getattr(draft, "effect", None)
        self.said.setText(f"{words}。{sentences(effect) if effect is not None else ''}")
        self.show_changes.set_count(new + changed)
        self.show_problems.set_count(len(problems))
        self.show_problems.setEnabled(bool(problems))
        (self.show_problems if problems else self.show_changes).setChecked(True)
        self._on_chip()
        can = bool(changes)
        self.confirm.setEnabled(can)
        self.note.say("" if can else "表格里没有要导入的改动。")
        (self.confirm if can and not problems else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chip(self) -> None:
        self.stack.setCurrentWidget(self.problems if self.show_problems.isChecked() else self.changes)

    def _on_confirmed(self) -> None:
        self.confirmed.emit(self.draft)
        self.accept()


def _model(table: QTableView) -> LineModel:
    model = table.model()
    assert isinstance(model, LineModel)
    return model


def _table(model: LineModel, widths: tuple[int, ...], name: str, parent: QWidget) -> QTableView:
    """A quiet table; a width of 0 shares what is left."""
    made = QTableView(parent)
    made.setModel(model)
    made.setAccessibleName(name)
    made.setFrameShape(QTableView.Shape.NoFrame)
    made.setShowGrid(True)
    made.setWordWrap(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme.px(32))
    head = made.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(widths):
        mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
        head.setSectionResizeMode(column, mode)
        if width:
            made.setColumnWidth(column, theme.px(width))
    return made
