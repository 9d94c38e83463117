"""The side of 上报: what is due, the superior's template, and how the package is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from core.office.submit_package import ASIDE_FOLDER, MAIL_FOLDER, Packing, SubmitOptions
from gui import messages, theme
from gui.pages.progress.parts import Note
from gui.widgets import button, labels
from gui.widgets.check import CheckBox, RadioButton
from gui.widgets.combo import ComboBox
from gui.widgets.elided import ElidedLabel
from gui.widgets.pill import Pill, PillKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.exchange.template import Template
    from core.office.aligning import Superior
    from core.office.upward import UpwardReport

_PACKINGS = ((Packing.FOLDER, "文件夹"), (Packing.ZIP, "压缩包"))
_LIMITS = (5, 10, 20, 50, 100)
_MEGA = 1 << 20
_MOST_REPORTS = 3


class SubmitSide(QWidget):
    """Says by signal what was chosen; the step reads the rest from it."""

    template_asked = Signal()
    mapping_asked = Signal()
    reports_asked = Signal()
    order_chosen = Signal()
    """Whose measures the template lists."""
    changed = Signal()
    """Another way of making the package was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.extras: tuple[Path, ...] = ()
        self._is_folder_chosen = False
        self._build()
        self.choose.clicked.connect(self.template_asked)
        self.columns.clicked.connect(self.mapping_asked)
        self.all_reports.clicked.connect(self.reports_asked)
        self.choose_folder.clicked.connect(self._on_choose_folder)
        self.add_extras.clicked.connect(self._on_add_extras)
        self.drop_extras.clicked.connect(self._on_drop_extras)
        self.with_mail.toggled.connect(self._show_mail)
        for check in (self.with_mail, self.with_evidence):
            check.toggled.connect(self.changed)
        self.order.activated.connect(self.order_chosen)

    # --- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        area = QScrollArea(self)
        inner = QWidget(area.viewport())
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(4)
        self._build_due(inner)
        self._build_template(inner)
        self._build_package(inner)
        self._build_mail(inner)
        self._build_folder(inner)
        self.column.addStretch(1)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field the keyboard is in
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _head(self, title: str, step: QWidget | None, inner: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(labels.label(title, "strong", inner))
        row.addStretch(1)
        if step is not None:
            row.addWidget(step)
        self.column.addLayout(row)

    def _build_due(self, inner: QWidget) -> None:
        self.all_reports = button.link("上报事项", inner)
        self.all_reports.setToolTip("查看和登记应向上级报送的材料")
        self._head("应上报", self.all_reports, inner)
        self.due = [_DueLine(inner) for _ in range(_MOST_REPORTS)]
        for line in self.due:
            self.column.addWidget(line)
        self.nothing_due = _note("方案没有写明要上报的材料。", inner)
        self.column.addWidget(self.nothing_due)
        self.column.addSpacing(8)

    def _build_template(self, inner: QWidget) -> None:
        self.choose = button.secondary("选择", "folder-open", inner, is_small=True)
        self.choose.setAccessibleName("选择上级的模板")
        self._head("上级的模板", self.choose, inner)
        self.template = ElidedLabel("", "", inner)
        self.read = Note(inner)
        self.columns = button.link("指定各列", inner)
        self.columns.setToolTip("表头认不出时，指定每一列填什么，程序会记住")
        row = QHBoxLayout()
        row.addWidget(self.columns)
        row.addStretch(1)
        self.order = ComboBox(inner, name="模板中的措施")
        self.order.addItem("本方案的", "")
        self.order.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setToolTip(
            "模板列的是上级方案的措施时，汇总本级对应措施的进展；对应关系在任务分解的“对照上级”里确认"
        )
        self.ordering = QWidget(inner)
        ordering = QHBoxLayout(self.ordering)
        ordering.setContentsMargins(0, 0, 0, 0)
        ordering.setSpacing(8)
        name = labels.label("措施", "second", self.ordering)
        name.setBuddy(self.order)
        ordering.addWidget(name)
        ordering.addWidget(self.order, 1)
        self.ordering.hide()
        self.column.addWidget(self.template)
        self.column.addWidget(self.read)
        self.column.addLayout(row)
        self.column.addWidget(self.ordering)
        self.column.addSpacing(8)

    def _build_package(self, inner: QWidget) -> None:
        self._head("材料", None, inner)
        self.packing = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(16)
        for at, (_, text) in enumerate(_PACKINGS):
            radio = RadioButton(text, inner)
            radio.setAccessibleName(f"做成{text}")
            self.packing.addButton(radio, at)
            row.addWidget(radio)
        row.addStretch(1)
        self.packing.button(0).setChecked(True)
        self.with_evidence = CheckBox("附佐证材料和目录", inner)
        self.with_evidence.setChecked(True)
        self.add_extras = button.link("加入随附材料", inner)
        self.add_extras.setToolTip("如 盖章的报告扫描件")
        self.drop_extras = button.link("移除", inner)
        self.drop_extras.setAccessibleName("移除随附材料")
        self.extra_words = ElidedLabel("", "note", inner)
        extras = QHBoxLayout()
        extras.setSpacing(12)
        extras.addWidget(self.add_extras)
        extras.addWidget(self.extra_words)
        extras.addWidget(self.drop_extras)
        extras.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.with_evidence)
        self.column.addLayout(extras)
        self.column.addSpacing(8)
        self._show_extras()

    def _build_mail(self, inner: QWidget) -> None:
        self.with_mail = CheckBox("同时写邮件草稿", inner)
        self.with_mail.setChecked(True)
        self.with_mail.setToolTip(f"草稿放在“{MAIL_FOLDER}”，不会自动发送")
        self.limit = ComboBox(inner, name="每封邮件不超过")
        for limit in _LIMITS:
            self.limit.addItem(f"{limit} MB", limit * _MEGA)
        self.limit.setCurrentIndex(_LIMITS.index(20))
        self.to = QLineEdit(inner)
        self.to.setAccessibleName("收件人邮箱")
        self.mail = QWidget(inner)
        rows = QVBoxLayout(self.mail)
        rows.setContentsMargins(24, 0, 0, 0)
        rows.setSpacing(6)
        for name, field in (("每封不超过", self.limit), ("收件人", self.to)):
            row = QHBoxLayout()
            row.setSpacing(8)
            label = labels.label(name, "second", self.mail)
            label.setBuddy(field)
            label.setFixedWidth(theme.px(76))
            row.addWidget(label)
            row.addWidget(field, 1)
            rows.addLayout(row)
        self.column.addWidget(self.with_mail)
        self.column.addWidget(self.mail)
        self.column.addSpacing(8)

    def _build_folder(self, inner: QWidget) -> None:
        self.choose_folder = button.secondary("选择", "folder-open", inner, is_small=True)
        self.choose_folder.setAccessibleName("选择存放上报材料的文件夹")
        self._head("存放位置", self.choose_folder, inner)
        self.where = ElidedLabel("", "", inner)
        self.column.addWidget(self.where)
        self.column.addWidget(_note(f"可选 U 盘。文件夹里同名的其他文件会移到“{ASIDE_FOLDER}”，不会丢失。", inner))

    # --- what is shown -----------------------------------------------------------------------------

    def show_reports(self, reports: Sequence[UpwardReport], as_of: date, soon_days: int) -> None:
        """What is due next; a sent one no longer asks."""
        due = [one for one in reports if not one.is_sent(as_of)]
        for at, line in enumerate(self.due):
            line.setVisible(at < len(due))
            if at < len(due):
                line.show_report(due[at], as_of, soon_days)
        self.nothing_due.setVisible(not due)
        self.nothing_due.setText("方案要求的材料都已上报。" if reports else "方案没有写明要上报的材料。")

    def show_orders(self, superiors: Sequence[Superior]) -> None:
        """Whose measures the template may list: ours, or those of a superior plan that something was decided of."""
        before = self.superior
        self.order.clear()
        self.order.addItem("本方案的", "")
        for one in superiors:
            self.order.addItem(f"上级方案的（{one.title}）".replace("\n", ""), one.key)
        self.order.setCurrentIndex(max(self.order.findData(before), 0))
        self.ordering.setVisible(self.order.count() > 1)

    @property
    def superior(self) -> str:
        """The key of the plan whose measures the template lists, empty for ours."""
        return str(self.order.currentData() or "")

    def show_template(self, template: Template | None) -> None:
        """What was chosen and how much of it was recognised."""
        self.columns.setVisible(template is not None)
        self.template.setVisible(template is not None)
        if template is None:
            self.read.say("还没有选择模板。没有上级模板时，可用“报告”页的表格。")
            return
        self.template.setText(template.name)
        known = [column for table in template.tables for column in table.columns if column.fields]
        if not known:
            self.read.say("没有认出表头，请指定各列", is_wrong=True)
            return
        words = f"认出 {len(known)} 列"
        if template.unknown:
            words += f"，{len(template.unknown)} 列没有认出，不填写"
        self.read.say(words)
        titles = [f"{one.letter} 列 {one.title}：{'、'.join(field.value for field in one.fields)}" for one in known]
        self.read.setToolTip("\n".join(titles))

    def propose(self, folder: Path) -> None:
        """A folder as long as the clerk has chosen none."""
        if not self._is_folder_chosen:
            self._show_folder(folder)

    def forget(self) -> None:
        """Another ledger: nothing that was chosen belongs to it."""
        self._is_folder_chosen = False
        self.extras = ()
        self._show_extras()

    def options(self) -> SubmitOptions:
        """How the package is to be made; the step adds date and mapping."""
        return SubmitOptions(
            packing=_PACKINGS[self.packing.checkedId()][0],
            with_mail=self.with_mail.isChecked(),
            mail_limit=int(self.limit.currentData()),
            to=self.to.text().strip(),
            extras=self.extras,
            with_evidence=self.with_evidence.isChecked(),
            superior=self.superior,
        )

    def use_folder(self, folder: Path) -> None:
        """The clerk chose a folder."""
        self._is_folder_chosen = True
        self._show_folder(folder)

    def use_extras(self, files: Sequence[Path]) -> None:
        """Further files that go along."""
        self.extras = tuple(dict.fromkeys((*self.extras, *files)))
        self._show_extras()

    def _show_folder(self, folder: Path) -> None:
        self.folder = folder
        self.where.setText(folder.name or str(folder))
        self.where.setToolTip(str(folder))

    def _show_extras(self) -> None:
        self.extra_words.setText(f"{len(self.extras)} 个：{'、'.join(file.name for file in self.extras)}")
        self.extra_words.setVisible(bool(self.extras))
        self.drop_extras.setVisible(bool(self.extras))

    @Slot(bool)
    def _show_mail(self, shown: bool) -> None:
        self.mail.setVisible(shown)

    @Slot()
    def _on_choose_folder(self) -> None:
        start = self.folder or Path.home()
        while not start.is_dir() and start != start.parent:
            start = start.parent
        messages.choose_folder(self, "选择存放上报材料的文件夹", start, self.use_folder)

    @Slot()
    def _on_add_extras(self) -> None:
        start = self.extras[-1].parent if self.extras else Path.home()
        messages.choose_open_many(self, "选择随附材料", start, ("所有文件 (*)",), self.use_extras)

    @Slot()
    def _on_drop_extras(self) -> None:
        self.extras = ()
        self._show_extras()


class _DueLine(QWidget):
    """What, and how many days are left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ElidedLabel("", "", self)
        self.pill = Pill("", PillKind.PLAIN, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.pill)

    def show_report(self, report: UpwardReport, as_of: date, soon_days: int) -> None:
        """One report that is due."""
        to = f"，报{report.to}" if report.to else ""
        self.words.setText(f"{report.what}{to}")
        left = report.days_left(as_of)
        if left is None:
            self.pill.set_pill(report.due_text or "", PillKind.PLAIN)
        elif left < 0:
            self.pill.set_pill(f"逾期 {-left} 天", PillKind.OVERDUE)
        else:
            self.pill.set_pill(
                f"还有 {left} 天" if left else "今天到期", PillKind.DUE_SOON if left <= soon_days else PillKind.PLAIN
            )
        self.setAccessibleName(f"{self.words.text()}，{self.pill.text()}")


def _note(text: str, parent: QWidget) -> QLabel:
    made = labels.label(text, "note", parent)
    made.setWordWrap(True)
    made.setMinimumWidth(theme.px(120))
    return made
