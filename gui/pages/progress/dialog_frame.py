"""The frame of the small dialogs of 进展填报: a head, labelled fields, a sentence, 取消 and the step itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Note, field_label
from gui.widgets import button, labels

_PADDING = 24


class FormDialog(QDialog):
    """Opened with ``open()``; Esc is harmless, Ctrl+Enter presses the step."""

    def __init__(self, title: str, parent: QWidget | None, *, width: int = 552) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setFixedWidth(theme.px(width))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self.body.setSpacing(12)
        self.note = Note(self)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its wrapped lines are at its width: Qt reckons with the width that they would like."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def add_head(self, head: str, text: str = "") -> None:
        """What it is about: a bold line, and a second one in quiet text."""
        for words, role in ((head, "head"), (text, "second")):
            if words:
                line = labels.label(words, role, self)
                line.setWordWrap(True)
                self.body.addWidget(line)

    def add_fields(self, *fields: tuple[str, QWidget]) -> QGridLayout:
        """Fields with their names at the left."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(fields):
            if not field.accessibleName():
                field.setAccessibleName(name)
            grid.addWidget(field_label(name, field, self), row, 0, Qt.AlignmentFlag.AlignTop)
            # A field of a fixed width leaves its column wide: else that of the names takes what is left over.
            is_narrow = field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
            is_narrow = is_narrow or field.minimumWidth() == field.maximumWidth()
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
        self.body.addLayout(grid)
        return grid

    def add_foot(self, step: str, icon: str = "check") -> None:
        """The sentence beside, 取消, and the step."""
        self.cancel = button.secondary("取消", parent=self)
        self.step = button.primary(step, icon, self)
        self.step.setDefault(True)
        self.step.setToolTip(f"{step}（Ctrl+Enter）")
        self.cancel.clicked.connect(self.reject)
        self.step.clicked.connect(self._press)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._press)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.step)
        self.body.addLayout(row)

    def _press(self) -> None:
        if self.step.isEnabled():
            self.take()

    def take(self) -> None:
        """The step was pressed; the heir hands out what was said."""
        raise NotImplementedError
