"""The card with the source: its page or its blocks, and the strip of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.office.review import Place, Review, boxes_of_page, columns_of
from gui import theme
from gui.import_sheet.block_view import BlockView
from gui.import_sheet.columns_strip import ColumnsStrip
from gui.import_sheet.pdf_view import PdfView
from gui.pages.report.page_source import ImportedPages
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

HEAD = 40


class SourcePanel(QFrame):
    """Shows a review's source; ``light`` frames what the clerk is looking at."""

    place_clicked = Signal(object)
    columns_said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._lit: tuple[Place, ...] = ()
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(labels.label("原件", "head", head))
        self.note = ElidedLabel("", "note", head)
        row.addWidget(self.note, 1)
        self.smaller = button.icon_button("magnifying-glass-minus", "缩小（Ctrl+滚轮）", head)
        self.larger = button.icon_button("magnifying-glass-plus", "放大（Ctrl+滚轮）", head)
        self.columns = button.ghost("各列含义", "columns", head, is_small=True)
        self.columns.setCheckable(True)
        self.columns.setToolTip("看看、改改每一列读成了什么")
        self.before = button.icon_button("caret-left", "上一页", head)
        self.after = button.icon_button("caret-right", "下一页", head)
        for each in (self.smaller, self.larger, self.columns, self.before, self.after):
            row.addWidget(each)
        outer.addWidget(head)
        outer.addWidget(labels.rule(self))
        self.strip = ColumnsStrip(self)
        self.strip.hide()
        outer.addWidget(self.strip)
        self.stack = QStackedWidget(self)
        self.blocks = BlockView(self.stack)
        self.pages = PdfView(self.stack)
        self.stack.addWidget(self.blocks)
        self.stack.addWidget(self.pages)
        outer.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.columns.toggled.connect(self.strip.setVisible)
        self.strip.said.connect(self.columns_said)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.smaller.clicked.connect(self.pages.zoom_out)
        self.larger.clicked.connect(self.pages.zoom_in)
        for view in (self.blocks, self.pages):
            view.place_clicked.connect(self.place_clicked)
        self.blocks.moved.connect(self._on_moved)
        self.pages.page_changed.connect(self._on_page)

    @property
    def is_pdf(self) -> bool:
        """Whether real pages are shown."""
        return self.stack.currentWidget() is self.pages

    def show_review(self, review: Review, gaps: Mapping[Place, str]) -> None:
        """Show a source; the strip opens by itself where no measure was read."""
        if review.pdf is not None:
            self.stack.setCurrentWidget(self.pages)
            self.pages.set_boxes(partial(boxes_of_page, review))
            self.pages.set_source(ImportedPages(review.pdf))
            self.pages.make_readable()
        else:
            self.stack.setCurrentWidget(self.blocks)
            self.blocks.show_review(review, gaps)
        for each in (self.smaller, self.larger):
            each.setVisible(self.is_pdf)
        columns = columns_of(review)
        self.strip.show_columns(columns, review.columns)
        self.columns.setVisible(bool(columns))
        self.columns.setChecked(bool(columns) and (not review.draft.plan.measures or bool(review.columns)))

    def set_gaps(self, gaps: Mapping[Place, str]) -> None:
        """Other gaps: some were filled."""
        if not self.is_pdf:
            self.blocks.set_gaps(gaps)

    def light(self, places: Sequence[Place]) -> None:
        """Frame places and bring the first into view."""
        self._lit = tuple(places)
        (self.pages if self.is_pdf else self.blocks).light(self._lit)

    def close_source(self) -> None:
        """Let go of the pages and of the thread that draws them."""
        self.pages.close_source()

    @Slot()
    def _on_before(self) -> None:
        (self.pages if self.is_pdf else self.blocks).previous_page()

    @Slot()
    def _on_after(self) -> None:
        (self.pages if self.is_pdf else self.blocks).next_page()

    @Slot(object)
    def _on_moved(self, place: Place | None) -> None:
        if not self.is_pdf:
            self.note.setText(str(place) if place is not None else "")

    @Slot(int, int)
    def _on_page(self, page: int, pages: int) -> None:
        if self.is_pdf:
            self.note.setText(f"第 {page} 页，共 {pages} 页" if pages else "")
