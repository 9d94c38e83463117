"""旧版本: a plan as it stood before a new version took its place, to read and to export."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import KnownError
from core.model.division import printed_division
from core.office import former_versions
from gui import icons, messages, theme
from gui.pages.progress.parts import Card, Note
from gui.printing import FILTERS, TITLES
from gui.widgets import button, labels
from gui.widgets.combo import ComboBox
from gui.widgets.plain_table import Column, PlainTable

if TYPE_CHECKING:
    from core.job import Job
    from core.model.plan import Plan
    from core.office.files import Store
    from core.office.tables import Exported
    from core.publish.table_document import Format
    from gui.context import Context

_PADDING = 24
_SIZE = (1080, 620)
_MARGIN = 24
"""Left free of a small screen beside the frame of the dialog."""
_COLUMNS = (
    Column("具体措施"),
    Column("责任分工", "各乡镇、各行政执法单位、财政局"),
    Column("完成时限", "2024年6月15日前并长期坚持"),
)
_ICONS = {"xlsx": "table", "pdf": "file-pdf", "docx": "file-text"}


def has_former(context: Context) -> bool:
    """Whether the plan on screen has versions before this one."""
    return context.has_store and context.plan_key is not None and bool(_versions(context))


def _versions(context: Context) -> tuple[former_versions.FormerVersion, ...]:
    return former_versions.former_versions(context.store, context.plan_key)


class FormerDialog(QDialog):
    """Reads only."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("旧版本")
        self._context, self._key = context, context.plan_key
        self._plan: Plan | None = None
        self._build()
        self.version.currentIndexChanged.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.shut.clicked.connect(self.accept)
        context.ledger_opened.connect(self.reject)
        self._fill()

    def _build(self) -> None:
        room = self.screen().availableSize() - QSize(_MARGIN, 2 * _MARGIN)
        self.resize(QSize(theme.px(_SIZE[0]), theme.px(_SIZE[1])).boundedTo(room))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(labels.label("旧版本", "head", self))
        self.version = ComboBox(self, name="旧版本", empty="没有旧版本")
        self.version.setMaximumWidth(theme.px(640))
        head.addWidget(self.version, 1)
        head.addStretch(1)
        self.export = button.secondary("导出", "export", self)
        self.export.setToolTip("把这个旧版本的分解表存成文件")
        menu = QMenu(self)
        for fmt, title in TITLES.items():
            menu.addAction(icons.icon(_ICONS[fmt]), title).triggered.connect(partial(self._on_export, fmt))
        self.export.setMenu(menu)
        head.addWidget(self.export)
        outer.addLayout(head)
        card = Card(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 1, 0, 1)
        self.table = PlainTable(_COLUMNS, "旧版本的措施", card)
        inner.addLayout(self.table.with_foot())
        outer.addWidget(card, 1)
        self.text = labels.label("", "", self)
        self.text.setWordWrap(True)
        self.text.setMinimumHeight(theme.px(66))
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        outer.addWidget(self.text)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.note = Note(self)
        foot.addWidget(self.note, 1)
        self.shut = button.secondary("关闭", parent=self)
        foot.addWidget(self.shut)
        outer.addLayout(foot)

    def _fill(self) -> None:
        try:
            found = _versions(self._context)
        except KnownError as error:
            self.note.say(str(error), is_wrong=True)
            return
        self.version.blockSignals(True)
        for one in found:
            self.version.addItem(f"{one.replaced_on.isoformat()} 换下，{one.name}", one.sha256)
        self.version.blockSignals(False)
        self._show()

    @Slot()
    def _show(self) -> None:
        """The measures of the chosen version."""
        sha256 = self.version.currentData()
        self._plan = None
        if sha256 is not None:
            try:
                self._plan = former_versions.former_plan(self._context.store, self._key, str(sha256))
                self.note.say(f"共 {len(self._plan.measures)} 项措施。填报记录在现在的方案里，跟着措施走。")
            except KnownError as error:
                self.note.say(str(error), is_wrong=True)
        self.export.setEnabled(self._plan is not None)
        measures = self._plan.measures if self._plan is not None else ()
        self.table.show_rows([(f"（{m.no}）{m.text}", printed_division(m), m.deadline_raw or "") for m in measures])

    @Slot()
    def _on_chosen(self) -> None:
        at = self.table.row()
        self.text.setText(self._plan.measures[at].text if self._plan is not None and at >= 0 else "")

    def _on_export(self, fmt: str, _checked: bool = False) -> None:
        start = self._context.store.path.parent / f"{self.version.currentText()}.{fmt}"
        messages.choose_save(self, f"导出 {TITLES[fmt]}", start, [FILTERS[fmt]], partial(self.write, fmt))

    def write(self, fmt: str, path: Path) -> None:
        """Write the table in the background."""
        path = path if path.suffix.lower() == f".{fmt}" else path.with_name(f"{path.name}.{fmt}")
        sha256 = str(self.version.currentData())
        work = partial(_export, self._context.store, self._key, sha256, cast("Format", fmt), path)
        self._context.jobs.start(f"正在导出 {path.name}", work, self._on_exported, on_error=self._on_error)

    def _on_exported(self, exported: Exported) -> None:
        if isValid(self) and exported.path is not None:
            self.note.say(f"已导出“{exported.path.name}”，在“{exported.path.parent.name}”中。")

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self if isValid(self) else None, error)
            return
        from gui import crash

        crash.report(error)


def _export(store: Store, key: str | None, sha256: str, fmt: Format, path: Path, job: Job) -> Exported:
    own = store.worker(read_only=True)
    try:
        return former_versions.export_former(own, key, sha256, fmt, path, job)
    finally:
        own.close()
