"""The right pane: one unit, its fields, what it belongs to, its figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.model.units import UnitKind
from core.office.unit_changes import UnitValue
from gui import theme
from gui.pages.progress.parts import Card, Note
from gui.pages.table.flow import FlowLayout
from gui.pages.units.alias_field import AliasField, Tag
from gui.pages.units.pane import READ_ONLY
from gui.pages.units.reading import COUNTING
from gui.pages.units.unit_dialogs import KINDS
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.pill import Pill, PillKind
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from core.errors import InvalidError
    from core.model.units import Unit
    from gui.pages.units.reading import UnitLine

WIDTH, MIN_WIDTH = 312, 264
_LENGTH = 60
_LONG_TITLE = 8
_NONE = "未填"
_LEDGER = "到“报告”页打印、导出这个单位的措施、时限和各期进展"


class UnitForm(Card):
    """Shows a unit and hands its value out; saves nothing itself."""

    left = Signal()
    """A field was left: a good moment to save."""
    group_asked = Signal(str)
    """Show a collective."""
    fill_asked = Signal()
    ledger_asked = Signal()
    menu_asked = Signal(QPoint)
    """⋯ was pressed; with the place on the screen."""
    confirm_asked = Signal()
    """名称无误: a unit that a plan brought along is what its name says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: UnitLine | None = None
        self._is_showing = False
        self._can_edit = True
        self.setMinimumWidth(theme.px(MIN_WIDTH))
        self.setMaximumWidth(theme.px(WIDTH))
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        """As wide as the look says, where there is room."""
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.stack = QStackedWidget(self)
        whole = QWidget(self.stack)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(whole))
        column.addWidget(labels.rule(whole))
        self.area = QScrollArea(whole)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._build_fields(self.area.viewport()))
        clear_ground(self.area)
        column.addWidget(self.area, 1)
        self.empty = EmptyState("buildings", "没有选中的单位", "在中间的表里选一个单位。", parent=self)
        self.empty.text.setMinimumWidth(theme.px(200))
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.addWidget(self.stack)

    def _build_head(self, parent: QWidget) -> QWidget:
        head = QWidget(parent)
        head.setFixedHeight(theme.px(44))
        self.title = ElidedLabel("", "head", head)
        self.kind_pill = Pill("", PillKind.PLAIN, head)
        self.mark = Pill("", PillKind.VERIFY, head)
        self.more = button.icon_button("dots-three", "单位的其他操作", head)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self.title, self.kind_pill, self.mark):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.more)
        return head

    def _build_fields(self, parent: QWidget) -> QWidget:
        inside = QWidget(parent)
        self.name, self.full_name = self._field("名称"), self._field("全称")
        self.contact, self.phone, self.mail = self._field("联络员"), self._field("电话"), self._field("邮箱")
        self.name.setToolTip("改名后，旧名称保留为别名（F2）")
        self.aliases = AliasField(inside)
        self.aliases.setToolTip("第一个是简称")
        self.kind = ComboBox(inside, name="类别")
        for kind in KINDS:
            self.kind.addItem(kind.value, kind)
        self.notes = {key: Note(inside) for key in ("name", "full_name", "aliases", "phone", "mail")}
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 15, 12)
        column.setSpacing(0)
        column.addLayout(self._titled("名称", self.name))
        self._add_note(column, "name")
        column.addLayout(self._titled("全称", self.full_name))
        self._add_note(column, "full_name")
        column.addLayout(self._titled("简称和别名（用来认出方案和填报表里的写法）", self.aliases))
        self._add_note(column, "aliases")
        column.addLayout(_beside((self._titled("联络员", self.contact), 2), (self._titled("电话", self.phone), 3)))
        self._add_note(column, "phone")
        column.addLayout(_beside((self._titled("邮箱", self.mail), 1), (self._titled("类别", self.kind), 0)))
        self._add_note(column, "mail")
        column.addLayout(self._build_groups(inside))
        column.addSpacing(10)
        column.addWidget(labels.rule(inside))
        column.addSpacing(10)
        column.addLayout(self._build_figures(inside))
        column.addStretch(1)
        return inside

    def _build_groups(self, inside: QWidget) -> QVBoxLayout:
        self.groups = FlowLayout(6)
        self._group_tags: list[QWidget] = []
        column = QVBoxLayout()
        column.setSpacing(4)
        self.groups_title = labels.label("属于", "note", inside)
        column.addWidget(self.groups_title)
        column.addLayout(self.groups)
        return column

    def _build_figures(self, inside: QWidget) -> QVBoxLayout:
        self.figures = labels.label("", parent=inside)
        self.returned = labels.label("", parent=inside)
        column = QVBoxLayout()
        column.setSpacing(8)
        for name, label in (("责任事项", self.figures), ("本期报送", self.returned)):
            label.setWordWrap(True)
            row = QHBoxLayout()
            row.setSpacing(12)
            title = labels.label(name, "second", inside)
            title.setFixedWidth(theme.px(64))
            row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            column.addLayout(row)
        self.ledger = button.secondary("单位工作台账", "file-text", inside)
        self.fill = button.secondary("填报", "note-pencil", inside)
        self.confirm = button.secondary("名称无误", "check", inside)
        self.confirm.setToolTip("方案里带来的名称，核对过就是这个单位")
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for widget in (self.fill, self.confirm, self.ledger):
            acts.addWidget(widget)
        acts.addStretch(1)
        column.addLayout(acts)
        return column

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setMaxLength(_LENGTH)
        made.setPlaceholderText(_NONE)
        return made

    def _titled(self, name: str, field: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(3)
        title = labels.label(name, "note", self)
        title.setWordWrap(len(name) > _LONG_TITLE)
        title.setBuddy(field)
        column.addWidget(title)
        column.addWidget(field)
        return column

    def _add_note(self, column: QVBoxLayout, key: str) -> None:
        self.notes[key].hide()
        column.addSpacing(2)
        column.addWidget(self.notes[key])
        column.addSpacing(6)

    def _connect(self) -> None:
        for field in (self.name, self.full_name, self.contact, self.phone, self.mail):
            field.editingFinished.connect(self._on_left)
        self.aliases.changed.connect(self._on_left)
        self.kind.activated.connect(self._on_left)
        self.fill.clicked.connect(self.fill_asked)
        self.ledger.clicked.connect(self.ledger_asked)
        self.confirm.clicked.connect(self.confirm_asked)
        self.more.clicked.connect(self._on_more)

    # --- value in, value out ---------------------------------------------------------------------

    def show_line(self, line: UnitLine | None, returned: str, *, is_read_only: bool) -> None:
        """Show another unit, or the same one anew: a field in which something else was typed keeps it."""
        before = self._line
        is_same = before is not None and line is not None and before.unit.name == line.unit.name
        self._line = line
        self.stack.setCurrentIndex(0 if line is not None else 1)
        if line is None:
            return
        self._is_showing = True
        self._show_fields(line.unit, before.unit if is_same and before is not None else None)
        self._show_head(line.unit)
        self._show_groups(line.groups)
        self._is_showing = False
        if not is_same:
            self.show_problem(None)
            self.area.verticalScrollBar().setValue(0)
        self.figures.setText(_figures(line))
        self.returned.setText(returned)
        self.fill.setEnabled(line.total != 0)
        self.fill.setToolTip("" if line.total != 0 else "这个方案里没有它的责任事项")
        self._set_editable(not is_read_only and line.unit.left_on is None, READ_ONLY if is_read_only else "")
        self.confirm.setVisible(line.unit.to_verify and not is_read_only)
        self.ledger.setEnabled(line.total != 0)
        self.ledger.setToolTip(_LEDGER if line.total != 0 else "这个方案里没有它的责任事项")
        self.ledger.setVisible(not self.confirm.isVisibleTo(self))

    def line(self) -> UnitLine | None:
        """The unit that is shown."""
        return self._line

    def value(self) -> UnitValue:
        """What stands in the fields."""
        return UnitValue(
            name=self.name.text().strip(),
            kind=UnitKind(self.kind.currentData()),  # Qt gives the word back
            full_name=self.full_name.text().strip() or None,
            aliases=self.aliases.names(),
            contact=self.contact.text().strip() or None,
            phone=self.phone.text().strip() or None,
            mail=self.mail.text().strip() or None,
        )

    def reset(self) -> None:
        """Show what the register has, dropping what was typed."""
        if self._line is not None:
            self._is_showing = True
            self._show_fields(self._line.unit, None)
            self._is_showing = False
            self.show_problem(None)

    def show_problem(self, error: InvalidError | None) -> None:
        """Put the sentence below its field; None: all is well."""
        fields: dict[str, QWidget] = {
            "name": self.name,
            "full_name": self.full_name,
            "phone": self.phone,
            "mail": self.mail,
        }
        at = "" if error is None else error.field if error.field in self.notes else "name"
        for key, note in self.notes.items():
            said = str(error) if key == at else ""
            note.say(said, is_wrong=bool(said))
            note.setVisible(bool(said))
        for key, field in fields.items():
            field.setProperty("wrong", key == at)
            field.style().unpolish(field)
            field.style().polish(field)
        self.aliases.set_wrong(at == "aliases")

    def begin_rename(self) -> None:
        """F2: into the name, ready to be typed over."""
        self.area.ensureWidgetVisible(self.name)
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    # --- inside ----------------------------------------------------------------------------------

    def _show_fields(self, unit: Unit, before: Unit | None) -> None:
        """``before``: the same unit as it was shown; a field that differs from it was typed into and is kept."""
        texts = ("name", "full_name", "contact", "phone", "mail")
        for key in texts:
            field: QLineEdit = getattr(self, key)
            now = getattr(unit, key) or ""
            was = None if before is None else getattr(before, key) or ""
            if (was is None or field.text() == was) and field.text() != now:
                field.setText(now)
                field.setCursorPosition(0)
        if before is None or self.aliases.names() == before.aliases:
            self.aliases.set_names(unit.aliases)
        self.kind.setCurrentIndex(self.kind.findData(unit.kind))

    def _show_head(self, unit: Unit) -> None:
        self.title.setText(unit.name)
        self.title.updateGeometry()
        self.kind_pill.set_pill(unit.kind.value, PillKind.PLAIN)
        mark = "待核对" if unit.to_verify else ""
        if unit.left_on is not None:
            mark = "已合并" if unit.merged_into else "已撤出"
        self.mark.set_pill(mark, PillKind.VERIFY)

    def _show_groups(self, groups: tuple[str, ...]) -> None:
        for tag in self._group_tags:
            self.groups.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._group_tags = []
        for name in groups:
            tag = Tag(name, self, has_cross=False)
            tag.setToolTip(f"查看“{name}”")
            tag.clicked.connect(partial(self._on_group, name))
            self._group_tags.append(tag)
        if not groups:
            self._group_tags.append(labels.label("不属于任何单位集合", "second", self))
        for tag in self._group_tags:
            self.groups.addWidget(tag)
            tag.show()

    def _set_editable(self, can_edit: bool, why: str) -> None:
        self._can_edit = can_edit
        for field in (self.name, self.full_name, self.contact, self.phone, self.mail):
            field.setReadOnly(not can_edit)
        self.name.setToolTip(why or ("改名后，旧名称保留为别名（F2）" if can_edit else ""))
        self.kind.setEnabled(can_edit)
        self.aliases.set_enabled(can_edit)

    @Slot()
    def _on_left(self) -> None:
        if not self._is_showing and self._can_edit and self._line is not None:
            self.left.emit()

    def _on_group(self, name: str, _checked: bool = False) -> None:
        self.group_asked.emit(name)

    @Slot()
    def _on_more(self) -> None:
        self.menu_asked.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _figures(line: UnitLine) -> str:
    """责任事项 in words."""
    if line.total is None:
        return COUNTING
    late = f"（其中逾期完成 {line.done_late}）" if line.done_late else ""
    return f"{line.total} 个，已完成 {line.done}{late}" if line.total else "没有"


def _beside(*parts: tuple[QVBoxLayout, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for part, stretch in parts:
        row.addLayout(part, stretch)
    return row
