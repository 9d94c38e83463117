"""历次版本: a piece of evidence and the files it took the place of, each to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.evidence_model import size_words, trouble
from gui.widgets import button, labels

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow


class VersionsDialog(FormDialog):
    """The newest first."""

    open_asked = Signal(object)

    def __init__(self, versions: Sequence[EvidenceRow], parent: QWidget | None) -> None:
        super().__init__("历次版本", parent)
        self.add_head(versions[0].title, "旧版本仍保存在台账里，只供查看。")
        for number, row in enumerate(versions):
            self.body.addLayout(self._line(row, "现在使用" if number == 0 else "已被替换"))
        self.add_foot("关闭", "")
        self.cancel.hide()

    def _line(self, row: EvidenceRow, standing: str) -> QHBoxLayout:
        words = (row.name, f"收到 {row.received_on.isoformat()}", size_words(row.size), standing, trouble(row))
        text = labels.label("，".join(part for part in words if part), parent=self)
        text.setWordWrap(True)
        link = button.link("打开", self)
        link.setEnabled(not row.missing)
        link.clicked.connect(partial(self._on_open, row))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(text, 1)
        line.addWidget(link)
        return line

    def _on_open(self, row: EvidenceRow, _checked: bool = False) -> None:
        self.open_asked.emit(row)

    def take(self) -> None:
        """Nothing to hand out."""
        self.accept()
