"""The file menu, and the keys of the window that no widget owns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from core.settings import Settings
from gui import icons
from gui.file_commands import FileCommands

FONT_SIZES = ((14, "标准"), (16, "大"), (18, "特大"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; ``needs`` is empty, file (one is open) or writing (it may be written)."""

    text: str
    icon: str
    key: str
    do: Callable[[], object]
    needs: str = ""


class FileMenu(QMenu):
    """新建 打开 最近 移动 打开所在文件夹, the display settings, 退出.

    ``displayed`` is called after a display setting was changed.
    """

    def __init__(
        self, commands: FileCommands, settings: Settings, displayed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__("文件", parent)
        self._commands = commands
        self._settings = settings
        self._displayed = displayed
        self._by_need: list[tuple[QAction, str]] = []
        self._build(parent)
        self.aboutToShow.connect(self._on_about_to_show)

    def set_state(self, *, has_file: bool, may_write: bool) -> None:
        """Enable what makes sense now."""
        for action, needs in self._by_need:
            action.setEnabled({"": True, "file": has_file, "writing": may_write}[needs])

    def _build(self, window: QWidget) -> None:
        commands = self._commands
        self._add(window, Entry("新建台账", "file-plus", "Ctrl+N", commands.new))
        self._add(window, Entry("打开台账", "folder-open", "Ctrl+O", commands.open))
        self.recent = QMenu("最近打开", self)
        self.recent.setIcon(icons.icon("clock-counter-clockwise"))
        self.addMenu(self.recent)
        self.addSeparator()
        self._add(window, Entry("移动台账文件", "arrow-square-out", "Ctrl+Shift+M", commands.move, "writing"))
        self._add(window, Entry("打开所在文件夹", "folder-simple", "Ctrl+Shift+O", commands.show_folder, "file"))
        self.addSeparator()
        self._build_display(window)
        self.addSeparator()
        self._add(window, Entry("退出", "sign-out", "Ctrl+Q", window.close))

    def _build_display(self, window: QWidget) -> None:
        sizes = QMenu("字号", self)
        sizes.setIcon(icons.icon("text-aa"))
        for size, title in FONT_SIZES:
            action = QAction(f"{title}（{size}）", sizes)
            action.setCheckable(True)
            action.setChecked(size == self._settings.font_size)
            action.triggered.connect(partial(self._set_font_size, size))
            sizes.addAction(action)
        self.addMenu(sizes)
        contrast = self._add(window, Entry("高对比度", "circle-half", "Ctrl+Shift+H", self._toggle_contrast))
        contrast.setCheckable(True)
        contrast.setChecked(self._settings.high_contrast)

    def _add(self, window: QWidget, entry: Entry) -> QAction:
        action = QAction(icons.icon(entry.icon), entry.text, self)
        action.setShortcut(QKeySequence(entry.key))
        action.triggered.connect(partial(_call, entry.do))
        self._by_need.append((action, entry.needs))
        self.addAction(action)
        window.addAction(action)
        return action

    def _set_font_size(self, size: int, _checked: bool = False) -> None:
        self._settings.font_size = size
        self._displayed()

    def _toggle_contrast(self) -> None:
        self._settings.high_contrast = not self._settings.high_contrast
        self._displayed()

    @Slot()
    def _on_about_to_show(self) -> None:
        self.recent.clear()
        paths = self._commands.recent()
        for number, path in enumerate(paths, start=1):
            action = QAction(f"&{number}  {path.name}    {_short(path.parent)}", self.recent)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open_recent, path))
            self.recent.addAction(action)
        self.recent.setEnabled(bool(paths))

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._commands.open_path(path)


def _call(do: Callable[[], object], _checked: bool = False) -> None:
    do()


def _short(folder: Path) -> str:
    """The end of a folder's path, for a menu line."""
    parts = folder.parts[-2:]
    return str(Path(*parts)) if parts else ""
