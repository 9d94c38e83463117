"""Shows a chapter: headings, tables, pictures as wide as there is room."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from core import paths
from gui import theme

_MARGIN = 24
_LEAST_PICTURE = 320
_LINE_HEIGHT, _PARAGRAPH = 135.0, 10
_HEADINGS = {1: (20, 0), 2: (16, 14)}
"""By level: size of the text, room above; logical pixels."""
_PICTURE = "\ufffc"
"""What stands in the text for a picture."""
_IMAGE = 2
"""QTextDocument.ImageResource: PySide hands the kind over as a number."""


class ManualBrowser(QTextBrowser):
    """Reads only; a picture is made as wide as the page, never wider than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._width = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("手册正文")
        self.setStyleSheet("QTextBrowser { border: 0; background: transparent; }")

    def show_text(self, text: str) -> None:
        """Show a chapter from its beginning."""
        self._text = text
        self._set()
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - as Qt has it
        """A picture of the manual, scaled to the room; nothing else is ever loaded."""
        if int(kind) != _IMAGE:
            return None
        path = (paths.MANUAL / (name.toString() if isinstance(name, QUrl) else name)).resolve()
        if not path.is_relative_to(paths.MANUAL) or not path.is_file():
            return None
        return _scaled(path, self._room(), self.devicePixelRatioF())

    def find_words(self, words: str) -> None:
        """Mark every place of some words and go to the first."""
        marks = []
        if words:
            cursor = self.document().find(words)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(cursor)  # type: ignore[attr-defined]
                mark.format.setBackground(theme.colour(theme.tokens().due_soon.ground))  # type: ignore[attr-defined]
                marks.append(mark)
                cursor = self.document().find(words, cursor)
        self.setExtraSelections(marks)
        if marks:
            start = QTextCursor(marks[0].cursor)  # type: ignore[attr-defined]
            start.clearSelection()
            self.setTextCursor(start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are fitted anew; the place is kept."""
        super().resizeEvent(event)
        if self._text and self._room() != self._width:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self._set()
            bar.setValue(round(share * bar.maximum()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(720), theme.px(560))

    def _room(self) -> int:
        return max(_LEAST_PICTURE, self.viewport().width() - 2 * _MARGIN - 8)

    def _set(self) -> None:
        """A document of its own for every chapter: Qt lets the look of the last one's headings run on."""
        self._width = self._room()
        document = QTextDocument(self)
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(self._text)
        _dress(document)
        self.setDocument(document)  # the one before, a child of this, goes with it; the cursor stands at the top


def _dress(document: QTextDocument) -> None:
    """Room between lines and paragraphs, sizes of headings, lines of tables: Markdown says nothing of them."""
    block = document.begin()
    tables = []
    while block.isValid():
        cursor = QTextCursor(block)
        table = cursor.currentTable()
        _dress_block(cursor, is_cell=table is not None)
        if table is not None and table not in tables:
            tables.append(table)
        block = block.next()
    for table in tables:
        _dress_table(table)


def _dress_table(table: QTextTable) -> None:
    """A line below every row, as in the window's own tables."""
    look = QTextTableFormat()
    look.setBorder(0)
    look.setCellSpacing(0)
    look.setBottomMargin(_PARAGRAPH)
    table.setFormat(look)
    cell = QTextTableCellFormat()
    cell.setBottomBorder(1)
    cell.setBottomBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    cell.setBottomBorderBrush(theme.colour(theme.tokens().strong_line))
    for set_padding, room in ((cell.setTopPadding, 5), (cell.setBottomPadding, 5), (cell.setRightPadding, 20)):
        set_padding(room)
    for row in range(table.rows()):
        for column in range(table.columns()):
            table.cellAt(row, column).setFormat(cell)


def _dress_block(cursor: QTextCursor, *, is_cell: bool) -> None:
    level = cursor.blockFormat().headingLevel()
    look = QTextBlockFormat()
    if _PICTURE not in cursor.block().text():
        look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    look.setTopMargin(_HEADINGS[level][1] if level in _HEADINGS else 0)
    look.setBottomMargin(0 if is_cell else 4 if cursor.currentList() is not None else _PARAGRAPH)
    cursor.mergeBlockFormat(look)
    if level in _HEADINGS:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        words = QTextCharFormat()
        words.setFont(theme.font(_HEADINGS[level][0], bold=True))
        cursor.mergeCharFormat(words)


@lru_cache(maxsize=16)
def _scaled(path: Path, room: int, ratio: float) -> QImage:
    """A picture ``room`` logical pixels wide at most, as fine as the screen."""
    image = QImage(str(path))
    wide = min(round(room * ratio), image.width())
    scaled = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    return scaled
