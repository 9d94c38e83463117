"""Small pieces the panes of 进展填报 and 报告 are put together from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui import icons, theme
from gui.widgets import labels

LABEL_WIDTH = 72


class Card(QFrame):
    """A white surface with a thin rounded border; the border keeps its own pixel, and lines run into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")


class Glyph(QWidget):
    """One icon in a colour of the tokens."""

    def __init__(self, name: str = "", *, side: int = 16, ink: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._ink = name, ink
        self.setFixedSize(QSize(theme.px(side), theme.px(side)))

    def set_glyph(self, name: str, ink: str = "") -> None:
        """Another icon; empty for none."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon, second text where no colour is named."""
        if self._name:
            painter = QPainter(self)
            icons.paint(painter, self.rect(), self._name, self._ink or theme.tokens().second_text)
            painter.end()


class Note(QWidget):
    """A sentence beside a field: plain in second text, or with the octagon where something is to mend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(parent=self)
        self._words = labels.label("", "note", self)
        self._words.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._glyph)
        layout.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.say("")

    def say(self, text: str, *, is_wrong: bool = False, glyph: str = "", ink: str = "") -> None:
        """Show a sentence; an empty one shows nothing."""
        name = "warning-octagon-fill" if is_wrong else glyph
        self._glyph.set_glyph(name, theme.tokens().text if is_wrong else ink)
        self._glyph.setVisible(bool(name and text))
        self._words.setText(text)
        set_role(self._words, "" if is_wrong else "note")
        self.setAccessibleName(text)

    def set_wraps(self, *, is_wrapping: bool) -> None:
        """Break the sentence where there is no room, or stay as wide as it is."""
        self._words.setWordWrap(is_wrapping)
        policy = QSizePolicy.Policy.Expanding if is_wrapping else QSizePolicy.Policy.Maximum
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()


def set_role(widget: QWidget, role: str) -> None:
    """Give a label another role of the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def field_label(text: str, field: QWidget, parent: QWidget) -> QLabel:
    """The name of a field at its left, 72 wide, on the height of the field's first line."""
    made = labels.label(text, "second", parent)
    made.setFixedSize(theme.px(LABEL_WIDTH), theme.px(32))
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setBuddy(field)
    return made
