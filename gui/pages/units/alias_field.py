"""简称和别名: names as tags that can be taken away, and a way to add one."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gui import icons, theme
from gui.pages.table.flow import FlowLayout
from gui.widgets import button
from gui.widgets.paint import KeyboardFocus, box, is_hot

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = 60
_CROSS = 12
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Tag(KeyboardFocus, QAbstractButton):
    """A word in grey; with a cross it is pressed to take it away, without it is a way to somewhere or just a word."""

    def __init__(self, text: str, parent: QWidget, *, has_cross: bool) -> None:
        super().__init__(parent)
        self.setText(text)
        self._has_cross = has_cross
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"去掉{text}" if has_cross else text)
        self.setToolTip(f"{text}，单击或按 Delete 去掉" if has_cross else text)

    def set_removable(self, is_removable: bool) -> None:
        """Show the cross or only the word."""
        self._has_cross = is_removable
        self.setEnabled(is_removable)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(13)).horizontalAdvance(self.text()) + 14
        return QSize(min(width + self._cross_width(), theme.px(240)), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} if self._has_cross else set()
        if event.key() in {*keys, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        ink = tokens.plain
        fill = tokens.pressed if is_hot(self) else ink.ground
        border = tokens.accent if self.shows_ring else ink.border
        box(painter, self.rect(), fill=fill, border=border, width=2 if self.shows_ring else 1, radius=3)
        painter.setFont(theme.font(13))
        painter.setPen(QColor(tokens.text if self._has_cross else ink.text))
        room = self.rect().adjusted(7, 0, -7 - self._cross_width(), 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room.adjusted(0, 0, 2, 0), _LEFT, text)
        if self._has_cross:
            side = theme.px(_CROSS)
            place = QRect(self.width() - side - 6, (self.height() - side) // 2, side, side)
            icons.paint(painter, place, "x", tokens.second_text)
        painter.end()

    def _cross_width(self) -> int:
        return theme.px(_CROSS) + 4 if self._has_cross else 0


class _NewAlias(QLineEdit):
    """Enter takes it, Esc drops it, leaving it takes it too."""

    taken = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("新的简称或别名，回车添加")
        self.setMaxLength(_LENGTH)
        self.setFixedWidth(theme.px(128))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._take()

    def _take(self) -> None:
        text = self.text()
        self.clear()
        if text.strip():
            self.taken.emit(text)
        else:
            self.dropped.emit()


class AliasField(QWidget):
    """The tags in a frame like a field's; the first one is the 简称."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._tags: list[Tag] = []
        self._before: QWidget | None = None
        self._is_enabled = True
        self._is_wrong = False
        self.setAccessibleName("简称和别名")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(theme.px(32))
        self.flow = FlowLayout(6)
        self.add = button.link("添加", self)
        self.add.setAccessibleName("添加简称或别名")
        self.new = _NewAlias(self)
        self.new.hide()
        for widget in (self.add, self.new):
            self.flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 6, 7, 6)
        layout.addLayout(self.flow)
        layout.addStretch(1)
        self.add.clicked.connect(self._on_add)
        self.new.taken.connect(self._on_taken)
        self.new.dropped.connect(self._on_dropped)

    def names(self) -> tuple[str, ...]:
        """The names in order."""
        return tuple(self._names)

    def set_names(self, names: Sequence[str]) -> None:
        """Show other names without a signal; one that is being typed stays."""
        if list(names) == self._names:
            return
        self._names = list(names)
        self._fill()

    def order_keys(self, before: QWidget | None = None) -> None:
        """Tab walks over the tags to 添加, after the widget ``before``; that one is kept for later tags."""
        self._before = before or self._before
        chain = [self._before] if self._before is not None else []
        for first, then in pairwise([*chain, *self._tags, self.add, self.new]):
            QWidget.setTabOrder(first, then)

    def set_enabled(self, is_enabled: bool) -> None:
        """Let the names be changed or only read."""
        self._is_enabled = is_enabled
        self.add.setVisible(is_enabled and not self.new.isVisible())
        for tag in self._tags:
            tag.set_removable(is_enabled)
        self.update()

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the field that a sentence below it speaks of."""
        self._is_wrong = is_wrong
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        fill = tokens.surface if self._is_enabled else tokens.ground
        border = tokens.text if self._is_wrong else tokens.field_border if self._is_enabled else tokens.line
        box(painter, self.rect(), fill=fill, border=border, width=2 if self._is_wrong else 1)
        painter.end()

    def _fill(self) -> None:
        for tag in self._tags:
            self.flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        for widget in (self.add, self.new):
            self.flow.removeWidget(widget)
        self._tags = []
        for name in self._names:
            tag = Tag(name, self, has_cross=self._is_enabled)
            tag.setEnabled(self._is_enabled)
            tag.clicked.connect(partial(self._on_removed, name))
            self.flow.addWidget(tag)
            tag.show()
            self._tags.append(tag)
        for widget in (self.add, self.new):
            self.flow.addWidget(widget)
        self.order_keys()
        self.updateGeometry()

    @Slot()
    def _on_add(self) -> None:
        self.add.hide()
        self.new.show()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    @Slot(str)
    def _on_taken(self, text: str) -> None:
        """Several at once may be pasted, between commas."""
        had_focus = self.new.hasFocus()
        self._on_dropped()
        wanted = [part.strip() for part in re.split(r"[、，,；;\n\t]+", text) if part.strip()]
        names = list(dict.fromkeys([*self._names, *wanted]))
        if names != self._names:
            self._names = names
            self._fill()
            self.changed.emit()
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_dropped(self) -> None:
        had_focus = self.new.hasFocus()
        self.add.setVisible(self._is_enabled)
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.new.hide()
        self.updateGeometry()

    def _on_removed(self, name: str, _checked: bool = False) -> None:
        if self._is_enabled and name in self._names:
            self._names.remove(name)
            self._fill()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()
