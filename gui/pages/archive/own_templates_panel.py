"""本单位模板: an office's own Word file for each kind of text; chosen, left, and a sample to begin with."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import KnownError
from core.model.document_kind import DocumentKind
from gui import messages
from gui.pages.progress.parts import Note
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from core.job import Job
    from core.office.changes import Changes
    from core.office.own_templates import Added
    from core.store.database import Store
    from gui.context import Context

KINDS = (
    DocumentKind.CIRCULAR,
    DocumentKind.REMINDER,
    DocumentKind.NOTICE,
    DocumentKind.REPORT,
    DocumentKind.MIDTERM,
    DocumentKind.FINAL,
)
_NONE = "未选择，按程序的版式"
_FILTERS = ["Word 文档 (*.docx)"]
_HOW = (
    "把本单位带红头、版记的 Word 文件做成模板：在要填写的地方写 {{标题}}、{{文号}}、{{主送}} 等，正文处写 {{正文}}，"
    "独占一段。可以先存一份样例，换成本单位的红头再选回来。"
)


class TemplateRow(QWidget):
    """A kind with the file that is used for it."""

    def __init__(self, kind: DocumentKind, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.name = ElidedLabel("", "note", self)
        self.choose = button.link("选择", self)
        self.leave = button.link("停用", self)
        self.sample = button.link("样例", self)
        self.choose.setAccessibleName(f"选择{kind.title}的模板")
        self.leave.setAccessibleName(f"停用{kind.title}的模板")
        self.sample.setAccessibleName(f"保存{kind.title}的样例模板")
        self.leave.setToolTip("改回程序的版式，模板仍留在台账里")
        self.sample.setToolTip("保存一份写好全部可填位置的 Word 文件")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(labels.label(kind.title, "second", self))
        head.addStretch(1)
        for one in (self.sample, self.leave, self.choose):
            head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.name)


class OwnTemplatesPanel(QWidget):
    """A line a kind; what is wrong with a file is said before it is used."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows = {kind: TemplateRow(kind, self) for kind in KINDS}
        self.how = labels.label(_HOW, "note", self)
        self.how.setWordWrap(True)
        self.places = button.link("可以填写的位置", self)
        self.note = Note(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.how)
        column.addWidget(self.places, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self.rows.values():
            column.addWidget(row)
            row.choose.clicked.connect(partial(self._on_choose, row.kind))
            row.leave.clicked.connect(partial(self._on_leave, row.kind))
            row.sample.clicked.connect(partial(self._on_sample, row.kind))
        column.addWidget(self.note)
        column.addStretch(1)
        self.places.clicked.connect(self._on_places)
        context.ledger_opened.connect(self.reload)
        context.changed.connect(self._on_changed)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what the open file has."""
        from core.office import own_templates

        has_store, read_only = self._context.has_store, self._context.read_only
        self.setEnabled(has_store)
        for kind, row in self.rows.items():
            used = own_templates.used_for(self._context.store, kind) if has_store else None
            row.name.setText(f"{used.name}，{used.added_on.isoformat()} 选用" if used is not None else _NONE)
            row.choose.setText("更换" if used is not None else "选择")
            row.choose.setEnabled(not read_only)
            row.leave.setVisible(used is not None)
            row.leave.setEnabled(not read_only)
        self._say("台账以只读方式打开，不能修改" if has_store and read_only else "")

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self.note.say(text, is_wrong=is_wrong)
        self.note.setVisible(bool(text))

    def _on_choose(self, kind: DocumentKind) -> None:
        start = self._context.store.path.parent
        messages.choose_open(self, f"{kind.title}的模板", start, _FILTERS, partial(self.add, kind))

    def add(self, kind: DocumentKind, path: Path) -> None:
        """Look at a file and use it; the answer comes when it is kept."""
        work = partial(_add, self._context.store, kind, path)
        self._context.jobs.start(f"正在查看 {path.name}", work, self._on_added)

    def _on_added(self, added: Added) -> None:
        self._context.announce(added.changes)
        remarks = added.checked.remarks
        if remarks:
            listed = "\n".join(f"{place}. {one}" for place, one in enumerate(remarks, start=1))
            messages.show_info(
                self, "本单位模板", f"“{added.template.name}”可以使用，有 {len(remarks)} 处请看一下", listed
            )

    def _on_leave(self, kind: DocumentKind) -> None:
        from core.office import own_templates

        try:
            changes = own_templates.leave_template(self._context.store, kind)
            self._context.announce(changes, f"{kind.title}已改用程序版式")
        except KnownError as error:
            self._say(str(error), is_wrong=True)

    def _on_sample(self, kind: DocumentKind) -> None:
        start = self._context.store.path.parent / f"{kind.title}模板.docx"
        messages.choose_save(self, "保存样例模板", start, _FILTERS, partial(self._save_sample, kind))

    def _save_sample(self, kind: DocumentKind, path: Path) -> None:
        target = path if path.suffix.lower() == ".docx" else path.with_name(f"{path.name}.docx")
        work = partial(_sample, kind, target)
        self._context.jobs.start(f"正在保存 {target.name}", work, self._on_sampled)

    def _on_sampled(self, path: Path) -> None:
        self._say(f"已保存 {path.name}")

    @Slot()
    def _on_places(self) -> None:
        from core.office.own_templates import MEANING

        listed = "\n".join(f"{{{{{place}}}}}　{meaning}" for place, meaning in MEANING.items())
        messages.show_info(self, "本单位模板", "可以写在模板里的位置", listed)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.periods:
            self.reload()


def _add(store: Store, kind: DocumentKind, path: Path, job: Job) -> Added:
    from core.office import own_templates

    with closing(store.worker()) as own:
        return own_templates.add_template(own, kind, path, job)


def _sample(kind: DocumentKind, path: Path, job: Job) -> Path:
    from core.office import own_templates

    own_templates.save_sample(kind, path, job)
    return path
