"""查看历史: what the journal says of one unit or collective, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.office import history
from gui import theme
from gui.widgets import button, labels
from gui.widgets.row_painting import clear_ground

if TYPE_CHECKING:
    from core.office.files import Store
    from core.office.history import HistoryLine

_WIDTH, _HEIGHT = 600, 480
_PADDING = 24


class HistoryDialog(QDialog):
    """Lines with time and who; closed by Esc."""

    def __init__(self, store: Store, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("查看历史")
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.lines = history.history_of_unit(store, name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(12)
        outer.addWidget(labels.label(f"“{name}”的历史", "head", self))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("历史")
        area.setProperty("role", "reading")
        area.setWidget(self._build_lines())
        clear_ground(area)
        outer.addWidget(area, 1)
        self.close_button = button.primary("关闭", parent=self)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_lines(self) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        if not self.lines:
            column.addWidget(labels.label("操作日志里还没有它的记录。", "second", inside))
        for line in self.lines:
            column.addLayout(_entry(line, inside))
        column.addStretch(1)
        return inside


def _entry(line: HistoryLine, parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(labels.label(f"{line.at}　{line.who}", "note", parent))
    words = labels.label(line.text, parent=parent)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(words)
    return column
