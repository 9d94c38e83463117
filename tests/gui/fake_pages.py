"""Pages that show nothing and remember what they were asked, for tests of the frame alone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.context import Context
from gui.pages import PageEntry
from gui.pages.base import Page


class FakePage(Page):
    """Remembers; ``can_save`` is what ``flush`` answers."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.can_save = True
        self.flushed = 0
        self.shown: list[object] = []
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)

    def flush(self) -> bool:
        self.flushed += 1
        return self.can_save

    def take_keyboard(self) -> None:
        self.field.setFocus()

    def show_measure(self, no: int) -> None:
        self.shown.append(("measure", no))

    def show_obligation(self, obligation_id: int) -> None:
        self.shown.append(("obligation", obligation_id))

    def show_unit(self, unit: str) -> None:
        self.shown.append(("unit", unit))

    def show_document(self, kind: str, unit: str | None = None) -> None:
        self.shown.append(("document", kind, unit))

    def show_evidence(self, evidence_id: int) -> None:
        self.shown.append(("evidence", evidence_id))


def _load() -> type[Page]:
    return FakePage


FAKE_PAGES = (
    PageEntry("table", "任务分解", "table", _load),
    PageEntry("progress", "进展填报", "note-pencil", _load),
    PageEntry("report", "报告", "file-text", _load),
)
