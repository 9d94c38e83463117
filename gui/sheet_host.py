"""A sheet that covers the whole window while it is open: 导入方案, 修改方案."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui import messages

if TYPE_CHECKING:
    from gui.context import Context


class CoveringSheet(QWidget):
    """What the host asks of its sheet."""

    given_up = Signal()
    """Closed without writing anything."""

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose work."""
        raise NotImplementedError

    def close_original(self) -> None:
        """Let go of the document beside what was understood."""

    def bind_keys(self, keys: Mapping[str, Callable[[], None]]) -> None:
        """Keys that work anywhere in the sheet."""
        for key, slot in keys.items():
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)


class LeaveWords(NamedTuple):
    """What is asked when the window is closed over unsaved work."""

    title: str
    headline: str
    leave: str
    """On the button that gives the work up."""


class SheetHost(QObject):
    """One a window and kind. While the sheet is open the window's frame is hidden, so that its keys rest."""

    closed = Signal()
    """The sheet is gone and the frame is back."""
    words: LeaveWords
    sheet: CoveringSheet | None

    def __init__(self, context: Context, window: QWidget, frame: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._frame = frame
        self.sheet = None
        window.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the sheet covers the window."""
        return self.sheet is not None

    def holds_work(self) -> bool:
        """Whether closing the window would lose edits; ``ask_to_close`` then asks."""
        return self.sheet is not None and self.sheet.is_touched

    def ask_to_close(self, close: Callable[[], None]) -> None:
        """The window is being closed: ask what becomes of the edits."""
        messages.ask(
            self._window,
            self.words.title,
            "已做的修改没有写入台账，退出就会丢失。",
            [
                messages.Action(self.words.leave, close),
                messages.Action("回去修改", None, "note-pencil", is_primary=True, is_escape=True),
            ],
            headline=self.words.headline,
        )

    def cover(self, sheet: CoveringSheet) -> None:
        """Lay the sheet over the window."""
        sheet.given_up.connect(self.close_sheet)
        self.sheet = sheet
        sheet.setGeometry(self._window.rect())
        self._frame().hide()
        sheet.show()
        sheet.raise_()

    @Slot()
    def close_sheet(self) -> None:
        """Take the sheet away and bring the frame back."""
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.close_original()
            sheet.hide()
            sheet.deleteLater()
            self._frame().show()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet covers the window at every size."""
        if event.type() == QEvent.Type.Resize and self.sheet is not None:
            self.sheet.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)
