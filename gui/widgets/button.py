"""Buttons of the look: primary, secondary, ghost and link; 32 high, 28 in card heads."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QWidget

from gui import icons, theme
from gui.widgets.paint import KeyboardFocus, box, is_hot, key_tag

_CENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ICON = 16
_GAP = 6
_PADDING = 13


class Button(KeyboardFocus, QPushButton):
    """A push button drawn by itself.

    ``kind`` is primary, secondary, ghost or link. ``icon`` and ``key`` (the shortcut shown in a frame) may be
    empty. A menu set with ``setMenu`` brings a caret.
    """

    def __init__(
        self,
        text: str,
        kind: str = "secondary",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        key: str = "",
        is_small: bool = False,
        icon_after: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self._glyph = icon
        self._key = key
        self._is_small = is_small
        self._icon_after = icon_after
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_icon(self, name: str) -> None:
        """Show another icon; empty for none."""
        self._glyph = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = theme.px(20 if self.kind == "link" else 28 if self._is_small else 32)
        width = self._content_width() + 2 * self._padding()
        if self._glyph and not self.text():
            width = max(width - 2 * self._padding() + 2 * 8, height)
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like space; in a dialog it is the dialog's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not isinstance(self.window(), QDialog):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border, width, ink = self._dress()
        if fill or border:
            box(painter, self.rect(), fill=fill, border=border, width=width)
        self._paint_content(painter, ink)
        painter.end()

    def _padding(self) -> int:
        return 0 if self.kind == "link" else _PADDING

    def _plain_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _font_size(self) -> int:
        return 14

    def _content_width(self) -> int:
        parts = []
        if self._glyph:
            parts.append(theme.px(_ICON))
        if self.text():
            font = theme.font(self._font_size(), bold=self.font().bold())
            parts.append(QFontMetrics(font).horizontalAdvance(self._plain_text()))
        if self._key:
            parts.append(self._key_width())
        if self.menu() is not None:
            parts.append(theme.px(12))
        return sum(parts) + _GAP * max(0, len(parts) - 1)

    def _key_width(self) -> int:
        return QFontMetrics(theme.font(12)).horizontalAdvance(self._key) + 10

    def _dress(self) -> tuple[str, str, float, str]:
        """Fill, border, border width and ink for the state the button is in."""
        tokens = theme.tokens()
        if self.kind == "primary":
            return self._dress_primary(tokens)
        if self.kind == "link":
            ring = tokens.accent if self.shows_ring else ""
            return "", ring, 2, tokens.accent if self.isEnabled() else tokens.disabled_text
        is_ghost = self.kind == "ghost"
        if not self.isEnabled():
            return (
                ("", "", 1, tokens.disabled_text) if is_ghost else (tokens.ground, tokens.line, 1, tokens.disabled_text)
            )
        fill = "" if is_ghost else tokens.surface
        if self.isDown() or (self.menu() is not None and self.menu().isVisible()):
            fill = tokens.pressed
        elif is_hot(self):
            fill = tokens.hover
        if self.shows_ring:
            return fill, tokens.accent, 2, tokens.text
        return fill, "" if is_ghost else tokens.strong_line, 1, tokens.text

    def _dress_primary(self, tokens: theme.Tokens) -> tuple[str, str, float, str]:
        if not self.isEnabled():
            return tokens.ground, tokens.line, 1, tokens.disabled_text
        fill = tokens.accent
        if self.isDown():
            fill = tokens.accent_pressed
        elif is_hot(self):
            fill = tokens.accent_hover
        return fill, tokens.primary_ring if self.shows_ring else "", 2, tokens.on_accent

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        left = (self.width() - self._content_width()) // 2
        order = ("text", "key", "icon") if self._icon_after else ("icon", "text", "key")
        for part in order:
            left = self._paint_part(painter, part, left, ink)
        if self.menu() is not None:
            side = theme.px(12)
            icons.paint(painter, QRect(left, (self.height() - side) // 2, side, side), "caret-down", ink)

    def _paint_part(self, painter: QPainter, part: str, left: int, ink: str) -> int:
        """Draw one part; answers where the next begins."""
        if part == "icon" and self._glyph:
            side = theme.px(_ICON)
            icons.paint(painter, QRect(left, (self.height() - side) // 2, side, side), self._glyph, ink)
            return left + side + _GAP
        if part == "text" and self.text():
            is_link = self.kind == "link"
            face = theme.font(self._font_size(), bold=self.font().bold())
            painter.setFont(theme.link_font(self._font_size()) if is_link else face)
            painter.setPen(QColor(ink))
            width = painter.fontMetrics().horizontalAdvance(self._plain_text())
            painter.drawText(QRect(left, 0, width + 2, self.height()), _CENTER, self._plain_text())
            return left + width + _GAP
        if part == "key" and self._key:
            tokens = theme.tokens()
            painter.setFont(theme.font(12))
            height = theme.px(18)
            rect = QRect(left, (self.height() - height) // 2, self._key_width(), height)
            key_tag(painter, rect, self._key, ink=tokens.second_text, border=tokens.line)
            return rect.right() + 1 + _GAP
        return left


def primary(text: str, icon: str = "", parent: QWidget | None = None, *, key: str = "") -> Button:
    """The one next step of a page or a card."""
    return Button(text, "primary", icon, parent, key=key)


def secondary(
    text: str, icon: str = "", parent: QWidget | None = None, *, key: str = "", is_small: bool = False
) -> Button:
    """Any other step."""
    return Button(text, "secondary", icon, parent, key=key, is_small=is_small)


def ghost(text: str, icon: str = "", parent: QWidget | None = None, *, key: str = "", is_small: bool = False) -> Button:
    """A quiet step, without a border."""
    return Button(text, "ghost", icon, parent, key=key, is_small=is_small)


def icon_button(icon: str, accessible: str, parent: QWidget | None = None, *, is_small: bool = True) -> Button:
    """A ghost button of an icon alone; ``accessible`` is its name and its tooltip."""
    made = Button("", "ghost", icon, parent, is_small=is_small)
    made.setAccessibleName(accessible)
    made.setToolTip(accessible)
    return made


def link(text: str, parent: QWidget | None = None) -> Button:
    """A step inside a line of text."""
    return Button(text, "link", "", parent)
