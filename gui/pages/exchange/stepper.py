"""The five steps in a row: circle, word, note, joined by lines; what is done has a check."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from gui import icons, theme
from gui.pages.progress.parts import Card
from gui.widgets.paint import KeyboardFocus, box, is_hot

HEIGHT = 56
_CIRCLE = 24
_GAP = 8
_PAD = 8
_LINE = 24
"""The least length of a line between two steps."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class StepButton(KeyboardFocus, QAbstractButton):
    """One step; checked while it is on screen."""

    def __init__(self, number: int, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self.is_done = False
        self._note = ""
        self._shows_note = True
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{title}（Ctrl+{number}）")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def note(self) -> str:
        """The words after the name."""
        return self._note

    def say(self, note: str, *, is_done: bool) -> None:
        """Show how far the step is."""
        if (note, is_done) != (self._note, self.is_done):
            self._note, self.is_done = note, is_done
            self._tell()
            self.updateGeometry()
            self.update()

    def show_note(self, shown: bool) -> None:
        """Leave the note out where the row is too narrow."""
        if shown != self._shows_note:
            self._shows_note = shown
            self.updateGeometry()
            self.update()

    def wide(self, *, with_note: bool) -> int:
        """The width it needs; the name is measured bold, so that nothing moves when it is chosen."""
        width = 2 * _PAD + theme.px(_CIRCLE) + _GAP
        width += QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text()) + 2
        if with_note and self._note:
            width += _GAP + QFontMetrics(theme.font(12)).horizontalAdvance(self._note) + 2
        return width

    def sizeHint(self) -> QSize:
        return QSize(self.wide(with_note=self._shows_note), theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like space; left and right are the stepper's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        if self.shows_ring:
            box(painter, self.rect(), border=tokens.accent, width=2)
        elif is_hot(self) and not self.isChecked():
            box(painter, self.rect(), fill=tokens.hover)
        side = theme.px(_CIRCLE)
        circle = QRect(_PAD, (self.height() - side) // 2, side, side)
        self._paint_circle(painter, circle)
        is_now = self.isChecked()
        left = circle.right() + 1 + _GAP
        painter.setFont(theme.font(bold=is_now))
        is_ahead = not is_now and not self.is_done
        painter.setPen(QColor(tokens.accent if is_now else tokens.second_text if is_ahead else tokens.text))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), _LEFT, self.text())
        if self._shows_note and self._note:
            left += painter.fontMetrics().horizontalAdvance(self.text()) + _GAP + 1
            painter.setFont(theme.font(12))
            painter.setPen(QColor(tokens.second_text))
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), _LEFT, self._note)
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRect) -> None:
        tokens = theme.tokens()
        radius = circle.height() / 2 - 1
        if self.isChecked():
            box(painter, circle, fill=tokens.accent, radius=circle.height() / 2 - 0.5)
            ink = tokens.on_accent
        elif self.is_done:
            box(painter, circle, fill=tokens.surface, border=tokens.accent, width=1.5, radius=radius)
            inner = circle.height() // 4
            icons.paint(painter, circle.adjusted(inner, inner, -inner, -inner), "check-bold", tokens.accent)
            return
        else:
            box(painter, circle, fill=tokens.surface, border=tokens.field_border, radius=radius)
            ink = tokens.second_text
        painter.setFont(theme.font(13, bold=self.isChecked()))
        painter.setPen(QColor(ink))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _tell(self) -> None:
        words = (f"第 {self.number} 步 {self.text()}", self._note, "已完成" if self.is_done else "")
        self.setAccessibleName("，".join(word for word in words if word))


class _Line(QWidget):
    """1 px, in accent where the step before it is done."""

    def __init__(self, before: StepButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._before = before
        self.setMinimumWidth(_LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        colour = tokens.accent if self._before.is_done else tokens.strong_line
        painter.fillRect(4, self.height() // 2, self.width() - 8, 1, theme.colour(colour))
        painter.end()


class Stepper(Card):
    """``chosen`` carries the number of the step that was pressed, 1 to n."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setAccessibleName("步骤")
        self.buttons: list[StepButton] = []
        self._lines: list[_Line] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 1, 16, 1)
        layout.setSpacing(0)
        for number, title in enumerate(titles, start=1):
            if self.buttons:
                line = _Line(self.buttons[-1], self)
                self._lines.append(line)
                layout.addWidget(line, 1)
            step = StepButton(number, title, self)
            step.clicked.connect(partial(self._on_clicked, number))
            layout.addWidget(step)
            self.buttons.append(step)
        self.buttons[0].setChecked(True)

    def current(self) -> int:
        """The step on screen."""
        return next(step.number for step in self.buttons if step.isChecked())

    def choose(self, number: int) -> None:
        """Show a step as the one on screen."""
        for step in self.buttons:  # Qt's own exclusiveness would take the others out of the walk with Tab
            step.setChecked(step.number == number)
        self._fit()

    def say(self, number: int, note: str, *, is_done: bool) -> None:
        """Show how far a step is."""
        self.buttons[number - 1].say(note, is_done=is_done)
        for line in self._lines:
            line.update()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk from step to step."""
        at = next((place for place, step in enumerate(self.buttons) if step.hasFocus()), -1)
        there = at + {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if at >= 0 and there != at and 0 <= there < len(self.buttons):
            self.buttons[there].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Without the notes."""
        return QSize(self._needed(with_notes=False), theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _needed(self, *, with_notes: bool) -> int:
        steps = sum(step.wide(with_note=with_notes) for step in self.buttons)
        return steps + _LINE * len(self._lines) + 32

    def _fit(self) -> None:
        """All notes, or only that of the step on screen."""
        has_room = self._needed(with_notes=True) <= self.width()
        for step in self.buttons:
            step.show_note(has_room or step.isChecked())

    def _on_clicked(self, number: int, _checked: bool = False) -> None:
        self.choose(number)
        self.chosen.emit(number)
