"""The file menu. Its keys are the window's: the menu only shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons, theme
from gui.context import Context
from gui.file_commands import FileCommands

_MOST = 36
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
        self, commands: FileCommands, context: Context, displayed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__("文件", parent)
        self._commands = commands
        self._context = context
        self._settings = context.settings
        self._displayed = displayed
        self._by_need: list[tuple[QAction, str]] = []
        self._build(parent.window())
        self.aboutToShow.connect(self._on_about_to_show)

    def _build(self, window: QWidget) -> None:
        commands = self._commands
        self._add(Entry("新建台账", "file-plus", "Ctrl+N", commands.new))
        self._add(Entry("打开台账", "folder-open", "Ctrl+O", commands.open))
        self.recent = QMenu("最近打开", self)
        self.recent.setIcon(icons.icon("clock-counter-clockwise"))
        self.addMenu(self.recent)
        self._add(Entry("示例台账（练习）", "student", "Ctrl+Shift+L", commands.practise))
        self.addSeparator()
        self._add(Entry("导入方案", "file-arrow-down", "Ctrl+I", commands.import_asked.emit, "writing"))
        self._add(Entry("粘贴导入", "clipboard-text", "Ctrl+Shift+I", commands.paste_asked.emit, "writing"))
        self.addSeparator()
        self.undo = self._add(Entry("撤销", "arrow-u-up-left", "Ctrl+Z", commands.undo_asked.emit, "writing"))
        self.redo = self._add(Entry("重做", "arrow-u-up-right", "Ctrl+Y", commands.redo_asked.emit, "writing"))
        self.addSeparator()
        self._add(Entry("移动台账文件", "arrow-square-out", "Ctrl+Shift+M", commands.move, "writing"))
        self._add(
            Entry(
                "从备份或移交包恢复",
                "clock-counter-clockwise",
                "Ctrl+Shift+U",
                partial(commands.restore_asked.emit, None),
            )
        )
        self._add(Entry("打开所在文件夹", "folder-simple", "Ctrl+Shift+O", commands.show_folder, "file"))
        self.addSeparator()
        self._build_display()
        self.addSeparator()
        self._add(Entry("退出", "sign-out", "Ctrl+Q", window.close))

    def _build_display(self) -> None:
        sizes = QMenu("字号", self)
        sizes.setIcon(icons.icon("text-aa"))
        for size, title in FONT_SIZES:
            # A check mark of our own: with a style sheet Qt draws none beside an icon.
            is_chosen = size == self._settings.font_size
            action = QAction(f"{title}（{size}）", sizes)
            if is_chosen:
                action.setIcon(icons.icon("check", theme.tokens().accent))
                action.setStatusTip("已选")
            action.triggered.connect(partial(self._set_font_size, size))
            sizes.addAction(action)
        self.addMenu(sizes)
        is_on = self._settings.high_contrast
        words = "恢复普通颜色" if is_on else "高对比度"
        self._add(Entry(words, "circle-half", "Ctrl+Shift+H", self._toggle_contrast))

    def _add(self, entry: Entry) -> QAction:
        action = QAction(icons.icon(entry.icon), entry.text, self)
        action.setShortcut(QKeySequence(entry.key))
        action.triggered.connect(partial(_call, entry.do))
        self._by_need.append((action, entry.needs))
        self.addAction(action)
        return action

    def _set_font_size(self, size: int, _checked: bool = False) -> None:
        self._settings.font_size = size
        self._displayed()

    def _toggle_contrast(self) -> None:
        self._settings.high_contrast = not self._settings.high_contrast
        self._displayed()

    @Slot()
    def _on_about_to_show(self) -> None:
        has = {"": True, "file": self._context.has_store, "writing": not self._context.read_only}
        for action, needs in self._by_need:
            action.setEnabled(has[needs])
        self._name_undo()
        self.recent.clear()
        paths = self._commands.recent()
        for number, path in enumerate(paths, start=1):
            action = QAction(f"&{number}  {path.name}    {_short(path.parent)}", self.recent)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open_recent, path))
            self.recent.addAction(action)
        self.recent.setEnabled(bool(paths))

    def _name_undo(self) -> None:
        """Say what 撤销 and 重做 would do."""
        from core.office import undo

        store = None if self._context.read_only else self._context.store
        for action, word, label in ((self.undo, "撤销", undo.undo_label), (self.redo, "重做", undo.redo_label)):
            what = label(store) if store is not None else None
            action.setText(f"{word}：{_cut(what)}".replace("&", "&&") if what else word)
            action.setEnabled(what is not None)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self._commands.open_path(path)


def _call(do: Callable[[], object], _checked: bool = False) -> None:
    do()


def _cut(text: str) -> str:
    """A menu line does not cross the screen."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _short(folder: Path) -> str:
    """The end of a folder's path, for a menu line."""
    parts = folder.parts[-2:]
    return str(Path(*parts)) if parts else ""
