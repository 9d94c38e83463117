"""预览: a PDF or a picture in a window of its own, with pages and zoom; opened and drawn in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.pages.report.drawing import Drawer, Failure
from gui.pages.report.page_source import open_file
from gui.pages.report.page_tools import PageTools
from gui.pages.report.page_view import PageView
from gui.widgets import labels

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow
    from gui.pages.report.page_source import PageSource


class PreviewDialog(QDialog):
    """Shows one file; Esc closes."""

    def __init__(self, row: EvidenceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"预览：{row.title}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)
        self._opener = Drawer(self)
        self._build()
        self._connect()
        self._opener.wish("open", partial(open_file, row.path))

    def _build(self) -> None:
        self.view = PageView(self)
        self.tools = PageTools(self.view, self)
        self.message = labels.label("正在打开", "second", self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.message)
        self.stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tools)
        layout.addWidget(labels.rule(self))
        layout.addWidget(self.stack, 1)
        self._fit_screen()

    def _fit_screen(self) -> None:
        """Nearly as large as the window it stands over."""
        parent = self.parentWidget()
        over = parent.window().size() if parent is not None else QSize(1100, 760)
        self.resize(max(theme.px(480), round(over.width() * 0.8)), max(theme.px(400), round(over.height() * 0.92)))

    def _connect(self) -> None:
        self._opener.drawn.connect(self._on_opened)
        self.view.failed.connect(self.tools.say)
        for key, slot in (("Ctrl++", self.view.zoom_in), ("Ctrl+=", self.view.zoom_in), ("Ctrl+-", self.view.zoom_out)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(slot)

    @Slot(object, object)
    def _on_opened(self, _key: object, result: object) -> None:
        if isinstance(result, Failure):
            self.message.setText(result.sentence)
            return
        source: PageSource = result  # type: ignore[assignment]
        self.stack.setCurrentWidget(self.view)
        self.view.set_source(source)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def sentence(self) -> str:
        """What is said instead of pages; empty while pages are shown."""
        return "" if self.stack.currentWidget() is self.view else self.message.text()

    def done(self, result: int) -> None:
        """Let go of the pages before the window is deleted."""
        self._let_go()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same when the frame's × is pressed."""
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        self._opener.close()
        self.view.close_source()
