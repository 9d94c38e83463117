"""The manual beside the work: chapters at the left, the chapter at the right; the window below stays usable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from core import paths
from gui import messages, theme
from gui.manual.browser import ManualBrowser
from gui.manual.chapters import FIRST, Chapter, chapters
from gui.widgets import button, labels
from gui.widgets.painted_list import DISPLAY, LEFT, LINE, SPOKEN, Index, ListModel, PaintedList, RowDelegate
from gui.widgets.search_box import SearchBox

_SIZE = (960, 680)
_LIST = 200
_NONE = "没有找到手册文件，请重新安装程序。"


class ChapterModel(ListModel[Chapter]):
    """Chapters in order."""

    def key(self, line: Chapter) -> str:
        return line.key

    def said(self, line: Chapter, role: int) -> Any:  # noqa: ANN401 - as Qt has it
        return line.title if role in {DISPLAY, SPOKEN} else None


class _Delegate(RowDelegate):
    marks_without_keyboard = True

    def paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        chapter: Chapter = index.data(LINE)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(theme.tokens().text))
        room = rect.adjusted(16, 0, -8, 0)
        title = painter.fontMetrics().elidedText(chapter.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFT, title)


class ManualWindow(QDialog):
    """Not modal: it may stand beside the page it tells of. ``show_keys`` opens the sheet of all keys."""

    def __init__(self, parent: QWidget, show_keys: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self._all = chapters()
        self.model = ChapterModel(self)
        self.search = SearchBox("在手册里搜索", self, key="Ctrl+F")
        self.list = PaintedList("手册的章节", self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.browser = ManualBrowser(self)
        self.card = button.secondary("快速上手", "printer", self)
        self.card.setToolTip("打开两页的快速上手卡片（PDF），可以打印出来放在桌边")
        self.keys = button.secondary("快捷键", "keyboard", self)
        self.keys.setToolTip("全部快捷键一览（Ctrl+F1）")
        self._build()
        self.search.textChanged.connect(self._on_search)
        self.list.selectionModel().currentChanged.connect(self._on_chapter)
        self.card.clicked.connect(self._on_card)
        self.keys.clicked.connect(show_keys)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.focus_all)
        self.model.load(self._all)
        self.show_chapter(FIRST)
        if not self._all:
            self.browser.show_text(_NONE)

    def _build(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(12)
        for widget in (self.search, self.list, self.card, self.keys):
            side.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 0, 16)
        row.setSpacing(16)
        row.addLayout(side)
        row.addWidget(labels.rule(self, vertical=True))
        row.addWidget(self.browser, 1)
        self.search.setFixedWidth(theme.px(_LIST))
        self.list.setFixedWidth(theme.px(_LIST))
        room = self.screen().availableGeometry().size()
        wide, high = (theme.px(side) for side in _SIZE)
        self.resize(min(wide, room.width() - 32), min(high, room.height() - 64))

    def show_chapter(self, key: str) -> None:
        """Bring a chapter up, whatever was searched."""
        self.search.clear()
        row = self.model.position(key)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    @Slot(str)
    def _on_search(self, words: str) -> None:
        """Only the chapters that have the words; they are marked in the text."""
        current = self.list.currentIndex().data(LINE)
        found = [chapter for chapter in self._all if words.casefold() in chapter.text.casefold()]
        self.model.load(found)
        if found and current not in found:
            self.list.setCurrentIndex(self.model.index(0))
        elif found:
            self.list.setCurrentIndex(self.model.index(found.index(current)))
        self.browser.find_words(words)

    @Slot()
    def _on_card(self) -> None:
        """Hand the two pages to the program that shows PDF."""
        from core.errors import OutputError

        path = paths.MANUAL / "快速上手.pdf"
        if not path.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            messages.show_error(
                self, OutputError("快速上手卡片打不开。", hint="请用看 PDF 的程序打开它。", where=str(path))
            )

    @Slot(QModelIndex, QModelIndex)
    def _on_chapter(self, current: QModelIndex, _before: QModelIndex) -> None:
        chapter: Chapter | None = current.data(LINE)
        if chapter is not None:
            self.browser.show_text(chapter.text)
            self.browser.find_words(self.search.text())
