"""选用已有: evidence the ledger holds already, found by words, one or several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.pages.progress.delegates import EvidenceDelegate
from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.evidence_model import EvidenceModel
from gui.pages.progress.list_views import PickList
from gui.pages.progress.thumbnails import Thumbnails
from gui.widgets import labels
from gui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from core.office.evidence_choice import Choice

_PAUSE = 150
"""Milliseconds after the last key until the list follows."""
_HEIGHT = 420
_NONE_YET, _NOTHING_FOUND = "台账里还没有佐证材料，请先在“进展填报”加入", "没有找到佐证材料，请换几个字"


class ReuseDialog(FormDialog):
    """Asks ``find`` for what the words mean; hands out the numbers of the chosen evidence."""

    chosen = Signal(object)

    def __init__(self, find: Callable[[str], Choice], parent: QWidget | None) -> None:
        super().__init__("选用已有佐证材料", parent)
        self._find = find
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self.thumbnails = Thumbnails(self)
        self.model = EvidenceModel(self)
        self.search = SearchBox("标题、文号、类别或文件名", self)
        self.view = PickList("paperclip", _NONE_YET, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(EvidenceDelegate(self.thumbnails, self.view))
        self.view.setAccessibleName("台账里的佐证材料")
        self.count = labels.label("", "note", self)
        self.body.addWidget(self.search)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.count)
        self.add_foot("选用")
        self._connect()
        self.show_found()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """High enough for four cards."""
        return QSize(super().sizeHint().width(), theme.px(_HEIGHT) + theme.px(140))

    def _connect(self) -> None:
        self._timer.timeout.connect(self.show_found)
        self.search.textEdited.connect(self._timer.start)
        self.thumbnails.arrived.connect(self.view.viewport().update)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.selectionModel().selectionChanged.connect(self._on_picked)

    @Slot()
    def show_found(self) -> None:
        """What the words find."""
        self._timer.stop()
        found = self._find(self.search.text())
        self.model.set_rows(found.rows)
        if found.rows:
            self.view.setCurrentIndex(self.model.index(0))
        self.view.say(_NOTHING_FOUND if self.search.text().strip() else _NONE_YET)
        more = f"，只列出最近的 {len(found.rows)} 件，请再输入几个字" if found.total > len(found.rows) else ""
        self.count.setText(f"共 {found.total} 件{more}" if found.total else "")
        self._on_picked()

    def picked(self) -> tuple[int, ...]:
        """The numbers of the chosen evidence, in their order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self.model.rows()[row].id for row in rows)

    @Slot()
    def _on_picked(self) -> None:
        number = len(self.picked())
        self.step.setEnabled(number > 0)
        self.step.setText(f"选用 {number} 件" if number > 1 else "选用")
        self.note.say("请在列表中选择，可以多选。" if self.model.rowCount() and not number else "")

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.take()

    def take(self) -> None:
        """Hand out what was chosen; while the list has not followed the words yet, only let it follow."""
        if self._timer.isActive():
            self.show_found()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        numbers = self.picked()
        if numbers:
            self.chosen.emit(numbers)
            self.accept()

    def done(self, result: int) -> None:
        """Wait for the drawing thread before the window is deleted."""
        self.thumbnails.close()
        super().done(result)
