"""What stands in the page's place while no ledger is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.file_commands import FileCommands
from gui.widgets import button
from gui.widgets.empty_state import EmptyState


class NoLedger(QWidget):
    """Offers 打开, 新建 and the recent files; a ledger file may also be dropped anywhere on the window."""

    def __init__(self, commands: FileCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self.open_button = button.primary("打开台账", "folder-open", self)
        self.new_button = button.secondary("新建台账", "file-plus", self)
        self.recent_button = button.secondary("最近打开", "clock-counter-clockwise", self)
        self.restore_button = button.secondary("从备份恢复", "clock-counter-clockwise", self)
        self.restore_button.setToolTip("从备份（.db）或移交包（.zip）恢复")
        self.practice_button = button.secondary("示例台账", "student", self)
        self.practice_button.setToolTip("打开一份供练习的示例，怎么改都不影响自己的台账")
        self._menu = QMenu(self.recent_button)
        self.recent_button.setMenu(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        self._state = EmptyState(
            "folder-open",
            "没有打开的台账",
            "打开一个台账文件，或把它拖到这里。",
            [self.open_button, self.new_button, self.recent_button, self.restore_button, self.practice_button],
            self,
        )
        layout.addWidget(self._state)
        self.open_button.clicked.connect(commands.open)
        self.new_button.clicked.connect(commands.new)
        self.practice_button.clicked.connect(commands.practise)
        self.restore_button.clicked.connect(partial(_ask, commands))
        commands.recent_changed.connect(self._load_recent)
        self._load_recent()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load_recent()
        self.open_button.setFocus()

    @Slot()
    def _load_recent(self) -> None:
        self._menu.clear()
        paths = self._commands.recent()
        for path in paths:
            action = self._menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open, path))
        self.recent_button.setEnabled(bool(paths))

    def _open(self, path: Path, _checked: bool = False) -> None:
        self._commands.open_path(path)


def _ask(commands: FileCommands, _checked: bool = False) -> None:
    commands.restore_asked.emit(None)
