"""The title of 进展填报 with 同时填报多个单位 and the way to the next and the previous form."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gui.widgets import button, labels


class TitleRow(QWidget):
    """第 1 项，共 20 项, 上一项 F7, 下一项 F8."""

    many_asked = Signal()
    print_asked = Signal()
    export_asked = Signal(str)
    """The list as it is shown; carries xlsx, pdf or docx."""
    previous_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.many = button.secondary("同时填报多个单位", "users-three", self)
        self.more = button.icon_button("dots-three", "打印、导出列表", self, is_small=False)
        self.place = labels.label("", "note", self)
        self.previous = button.Button("上一项", "secondary", "caret-left", self, key="F7")
        self.next = button.Button("下一项", "secondary", "caret-right", self, key="F8", icon_after=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(labels.label("进展填报", "title", self))
        row.addSpacing(8)
        row.addWidget(self.many)
        row.addWidget(self.more)
        row.addStretch(1)
        for widget in (self.place, self.previous, self.next):
            row.addWidget(widget)
        self._build_menu()
        self.many.clicked.connect(self.many_asked)
        self.previous.clicked.connect(self.previous_asked)
        self.next.clicked.connect(self.next_asked)

    def _build_menu(self) -> None:
        self.menu = QMenu(self)
        self.menu.addAction("打印列表").triggered.connect(self.print_asked)
        self.menu.addSeparator()
        for fmt, word in (("xlsx", "导出列表为 Excel"), ("pdf", "导出列表为 PDF"), ("docx", "导出列表为 Word")):
            self.menu.addAction(word).setData(fmt)
        self.menu.triggered.connect(self._on_chosen)
        self.more.clicked.connect(self._on_more)

    @Slot()
    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot(object)
    def _on_chosen(self, action: QAction) -> None:
        if action.data():
            self.export_asked.emit(action.data())

    def show_can_write(self, refusal: str) -> None:
        """Whether several can be filled in; ``refusal`` says why not."""
        self.many.setEnabled(not refusal)
        self.many.setToolTip(refusal or "一次给多个单位填报同一项措施（Ctrl+M）")

    def show_place(self, here: int, total: int) -> None:
        """Say where one is (from 1), and whether there is a way on."""
        self.place.setText(f"第 {here} 项，共 {total} 项" if total else "")
        self.previous.setEnabled(here > 1)
        self.next.setEnabled(0 < here < total)
