"""The navigation at the left: brand, one item a page, file menu and keys at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gui import icons, theme
from gui.pages import PageEntry
from gui.widgets.paint import KeyboardFocus, box, is_hot, key_tag
from gui.widgets.surface import Surface

WIDTH, NARROW = 160, 80
"""With words beside the icons; with words below them, where the window is narrow."""
_ICON = 20
_MANY = 1000
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Brand(QWidget):
    """Mark, name, and under it the office or the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self._is_narrow = False
        self.setFixedHeight(theme.px(56))
        self.setAccessibleName("台账")

    def set_narrow(self, is_narrow: bool) -> None:
        """The mark alone, in the middle; the tooltip says whose it is."""
        self._is_narrow = is_narrow
        self.update()

    def set_note(self, note: str) -> None:
        """The line under the name."""
        self._note = note
        self.setToolTip(note)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        side = theme.px(32)
        mark = QRect((self.width() - side) // 2 if self._is_narrow else 16, (self.height() - side) // 2, side, side)
        box(painter, mark, fill=tokens.accent, radius=5)
        inner = round(side * 0.16)
        icons.paint(painter, mark.adjusted(inner, inner, -inner, -inner), "stack-fill", tokens.on_accent)
        left = mark.right() + 9
        room = self.width() - left - 8
        if self._is_narrow:
            painter.end()
            return
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(QColor(tokens.text))
        middle = self.height() // 2
        if not self._note:
            painter.drawText(QRect(left, 0, room, self.height()), _LEFT, "台账")
            painter.end()
            return
        upper, lower = theme.px(20), theme.px(16)
        top = middle - (upper + lower) // 2
        painter.drawText(QRect(left, top, room, upper), _LEFT, "台账")
        painter.setFont(theme.font(12))
        painter.setPen(QColor(tokens.second_text))
        note = painter.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top + upper, room, lower), _LEFT, note)
        painter.end()


class NavigationItem(KeyboardFocus, QAbstractButton):
    """Icon and word, 40 high; ``count`` is what waits for the clerk, ``key`` a shortcut shown in a frame.

    Narrow: the word below the icon, 52 high; the shortcut is in the tooltip.
    """

    def __init__(self, title: str, icon: str, parent: QWidget | None = None, *, key: str = "", tip: str = "") -> None:
        super().__init__(parent)
        self.setText(title)
        self.setAccessibleName(title)
        self._glyph = icon
        self._key = key
        self._count = 0
        self._tip = tip or f"{title}（{key}）"
        self.setToolTip(self._tip)
        self._is_narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Say how many wait; zero shows nothing."""
        self._count = count
        self.setToolTip(f"{self._tip}，{count} 项待办" if count else self._tip)
        self.setAccessibleName(f"{self.text()}，{count} 项待办" if count else self.text())
        self.update()

    def set_narrow(self, is_narrow: bool) -> None:
        """The word below the icon, or beside it."""
        self._is_narrow = is_narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide, high = (NARROW, 52) if self._is_narrow else (WIDTH, 40)
        return QSize(theme.px(wide) - 16, theme.px(high))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        chosen = self.isChecked() and self.isEnabled()
        if chosen:
            box(
                painter,
                self.rect(),
                fill=tokens.chosen,
                border=tokens.accent if tokens.is_high_contrast else "",
                width=2,
            )
            bar = QRect(0, (self.height() - 24) // 2, 3, 24)
            painter.fillRect(bar, QColor(tokens.accent))
        elif is_hot(self) or self.isDown():
            box(painter, self.rect(), fill=tokens.pressed if self.isDown() else tokens.hover)
        if self.shows_ring:
            box(painter, self.rect(), border=tokens.accent, width=2)
        if self._is_narrow:
            self._paint_narrow(painter, chosen=chosen)
        else:
            self._paint_content(painter, chosen=chosen)
        painter.end()

    def _paint_narrow(self, painter: QPainter, *, chosen: bool) -> None:
        tokens = theme.tokens()
        side, word = theme.px(_ICON), theme.px(16)
        top = (self.height() - side - word - 4) // 2
        quiet = tokens.second_text if self.isEnabled() else tokens.disabled_text
        glyph = QRect((self.width() - side) // 2, top, side, side)
        icons.paint(painter, glyph, self._glyph, tokens.accent if chosen else quiet)
        painter.setFont(theme.font(12, bold=chosen))
        painter.setPen(QColor(tokens.accent if chosen else tokens.text if self.isEnabled() else quiet))
        below = QRect(0, top + side + 4, self.width(), word)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_badge(painter, glyph)

    def _paint_badge(self, painter: QPainter, glyph: QRect) -> None:
        """How many wait, at the corner of the icon; the exact number of many is in the tooltip."""
        tokens = theme.tokens()
        said = str(self._count) if self._count < _MANY else f"{_MANY - 1}+"
        painter.setFont(theme.font(11))
        tall = theme.px(16)
        width = max(QFontMetrics(painter.font()).horizontalAdvance(said) + 8, tall)
        rect = QRect(min(glyph.center().x() + 4, self.width() - width), max(glyph.top() - 6, 1), width, tall)
        box(painter, rect, fill=tokens.surface, border=tokens.strong_line, radius=tall / 2 - 1)
        painter.setPen(QColor(tokens.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, said)

    def _paint_content(self, painter: QPainter, *, chosen: bool) -> None:
        tokens = theme.tokens()
        side = theme.px(_ICON)
        left = 12
        glyph = QRect(left, (self.height() - side) // 2, side, side)
        quiet = tokens.second_text if self.isEnabled() else tokens.disabled_text
        icons.paint(painter, glyph, self._glyph, tokens.accent if chosen else quiet)
        left += side + 12
        painter.setFont(theme.font(bold=chosen))
        ink = tokens.accent if chosen else quiet if self._key or not self.isEnabled() else tokens.text
        painter.setPen(QColor(ink))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), _LEFT, self.text())
        painter.setFont(theme.font(12))
        if self._key:
            rect = self._tag(painter, self._key, 18)
            key_tag(painter, rect, self._key, ink=tokens.second_text, border=tokens.line)
        elif self._count:
            rect = self._tag(painter, str(self._count), 20)
            box(painter, rect, border=tokens.strong_line, radius=rect.height() / 2 - 1)
            painter.setPen(QColor(tokens.second_text))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self._count))

    def _tag(self, painter: QPainter, text: str, height: int) -> QRect:
        tall = theme.px(height)
        width = max(QFontMetrics(painter.font()).horizontalAdvance(text) + 10, tall)
        return QRect(self.width() - width - 8, (self.height() - tall) // 2, width, tall)


class Navigation(Surface):
    """160 wide, 80 in a narrow window. ``page_chosen`` carries a page's key; the foot items tell by their own signals."""

    page_chosen = Signal(str)
    file_menu_asked = Signal()
    manual_asked = Signal()

    def __init__(self, pages: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__("right", parent)
        self.setAccessibleName("导航")
        self._is_narrow = False
        self.setFixedWidth(theme.px(WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        self.brand = Brand(self)
        layout.addWidget(self.brand)
        layout.addSpacing(8)
        items = QVBoxLayout()
        items.setContentsMargins(8, 0, 8, 0)
        items.setSpacing(4)
        layout.addLayout(items)
        self._items: dict[str, NavigationItem] = {}
        for number, page in enumerate(pages, start=1):
            item = NavigationItem(page.title, page.icon, self, tip=f"{page.title}（Alt+{number}）")
            item.setCheckable(True)
            item.setAutoExclusive(True)
            item.clicked.connect(partial(self._on_item, page.key))
            items.addWidget(item)
            self._items[page.key] = item
        items.addStretch(1)
        layout.addStretch(1)
        self.file_item = NavigationItem("文件", "folder-open", self, key="Alt+F")
        self.manual_item = NavigationItem("使用手册", "book-open", self, key="F1")
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 0, 8, 0)
        foot.setSpacing(4)
        foot.addWidget(self.file_item)
        foot.addWidget(self.manual_item)
        layout.addLayout(foot)
        self.file_item.clicked.connect(self.file_menu_asked)
        self.manual_item.clicked.connect(self.manual_asked)

    def choose(self, key: str) -> None:
        """Mark a page as the one on screen."""
        self._items[key].setChecked(True)

    def current(self) -> str:
        """The key of the page that is marked; empty for none."""
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the width to the page: words below the icons."""
        if self._is_narrow == is_narrow:
            return
        self._is_narrow = is_narrow
        self.setFixedWidth(theme.px(NARROW if is_narrow else WIDTH))
        self.brand.set_narrow(is_narrow)
        for item in (*self._items.values(), self.file_item, self.manual_item):
            item.set_narrow(is_narrow)

    def set_pages_enabled(self, is_enabled: bool) -> None:
        """Without a ledger there is no page to go to."""
        for item in self._items.values():
            item.setEnabled(is_enabled)

    def item(self, key: str) -> NavigationItem:
        """The item of a page."""
        return self._items[key]

    def has_item(self, key: str) -> bool:
        """Whether there is such a page."""
        return key in self._items

    def _on_item(self, key: str, _checked: bool = False) -> None:
        self.page_chosen.emit(key)
