"""The superior's template: chosen, read, and what its columns ask for where its titles do not say so."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from core.errors import KnownError
from core.office import templates
from gui import messages
from gui.pages.exchange.mapping_dialog import MappingDialog

if TYPE_CHECKING:
    from core.exchange.template import Template, TemplateMapping
    from gui.context import Context

TEMPLATE_FILTER = "Excel 工作簿 (*.xlsx *.xlsm)"


class TemplateDesk(QObject):
    """One template at a time; it stays chosen over periods, for the same form comes again."""

    changed = Signal()
    """Another template, or read in another way."""
    written = Signal(object, str)
    """What was said of a form is kept: Changes, and what was done."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.template: Template | None = None
        self.path: Path | None = None
        self.mapping: TemplateMapping | None = None
        """Said in this session; None: what was remembered, else its titles."""

    @property
    def is_usable(self) -> bool:
        """Whether something of it can be filled."""
        template = self.template
        return template is not None and any(column.fields for table in template.tables for column in table.columns)

    def forget(self) -> None:
        """Another ledger: nothing is chosen."""
        self.template, self.path, self.mapping = None, None, None

    @Slot()
    def choose(self) -> None:
        """Ask for the superior's workbook."""
        start = self.path.parent if self.path is not None else Path.home()
        messages.choose_open(self._window, "选择上级的模板", start, (TEMPLATE_FILTER,), self.use)

    def use(self, path: Path) -> None:
        """Read a template; what was said of its form before holds again."""
        try:
            self.template = templates.open_template(self._context.store, path)
        except KnownError as error:
            messages.show_error(self._window, error, consequence="仍用原来的模板。" if self.template else "")
            return
        self.path, self.mapping = path, None
        self.changed.emit()

    @Slot()
    def ask_mapping(self) -> MappingDialog | None:
        """指定各列: what the columns ask for."""
        template = self.template
        if template is None:
            return None
        known = self.mapping or templates.mapping_of(self._context.store, template)
        dialog = MappingDialog(
            template,
            known or templates.mapping_from(template),
            partial(templates.with_mapping, template),
            self._window,
            can_forget=known is not None,
        )
        dialog.said.connect(self._on_said)
        dialog.forgotten.connect(self._on_forgotten)
        dialog.open()
        return dialog

    @Slot(object)
    def _on_said(self, mapping: TemplateMapping) -> None:
        template = self.template
        if template is None:
            return
        try:
            if not self._context.read_only:
                changes = templates.remember_mapping(self._context.store, template, mapping)
                self.written.emit(changes, f"已记住“{template.name}”的各列")
            self.template = templates.with_mapping(template, mapping)
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self.mapping = mapping
        self.changed.emit()

    @Slot()
    def _on_forgotten(self) -> None:
        if self.template is None or self.path is None:
            return
        try:
            if not self._context.read_only:
                changes = templates.forget_mapping(self._context.store, self.template)
                self.written.emit(changes, f"“{self.template.name}”改回按表头认")
        except KnownError as error:
            messages.show_error(self._window, error)
            return
        self.use(self.path)
