"""Segmented choice: two to four exclusive values in one frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui import icons, theme
from gui.widgets.paint import RADIUS, KeyboardFocus, is_hot, ring_within

_CENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ICON = 16
_GAP = 6
_PADDING = 13
_TAB = Qt.FocusReason.TabFocusReason


class _Segment(KeyboardFocus, QAbstractButton):
    """One value; draws its share of the frame."""

    def __init__(self, text: str, icon: str, ends: tuple[bool, bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self._glyph = icon
        self._is_first, self._is_last = ends
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 2 * _PADDING - (0 if self._is_last else 1), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right belong to the whole: a button would move the focus without choosing."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens()
        chosen = self.isChecked()
        fill = tokens.chosen if chosen else tokens.hover if is_hot(self) else tokens.surface
        if not self.isEnabled():
            fill = tokens.chosen if chosen else tokens.ground
        painter.fillPath(self._shape(0), QColor(fill))
        if self.shows_ring or (chosen and tokens.is_high_contrast):
            painter.strokePath(self._shape(1, closed=True), QPen(QColor(tokens.accent), 2))
        else:
            border = tokens.strong_line if self.isEnabled() else tokens.line
            painter.strokePath(self._shape(0.5), QPen(QColor(border), 1))
        self._paint_content(painter, chosen=chosen)
        if chosen and self.shows_ring:
            ring_within(painter, self.rect(), RADIUS)
        painter.end()

    def _content_width(self) -> int:
        width = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        return width + (theme.px(_ICON) + _GAP if self._glyph else 0)

    def _paint_content(self, painter: QPainter, *, chosen: bool) -> None:
        tokens = theme.tokens()
        ink = tokens.accent if chosen else tokens.text
        if not self.isEnabled():
            ink = tokens.disabled_text
        left = (self.width() - self._content_width()) // 2
        if self._glyph:
            side = theme.px(_ICON)
            rect = QRect(left, (self.height() - side) // 2, side, side)
            icons.paint(painter, rect, self._glyph, ink if chosen or not self.isEnabled() else tokens.second_text)
            left += side + _GAP
        painter.setFont(theme.font())
        painter.setPen(QColor(ink))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), _CENTER, self.text())

    def _shape(self, inset: float, *, closed: bool = False) -> QPainterPath:
        """The segment's outline: round where the frame ends. A segment that is not the last leaves its right
        edge to the next one, so that there is one rule between two.
        """
        right = 0.0 if self._is_last or closed else -1.0
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset - right, -inset)
        radius = RADIUS - inset
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, radius, radius)
        if not self._is_first:
            path.addRect(QRectF(rect.left(), rect.top(), radius * 2, rect.height()))
        if not self._is_last:
            path.addRect(QRectF(rect.right() - radius * 2, rect.top(), radius * 2, rect.height()))
        return path.simplified()


class Segmented(QWidget):
    """Options are (value, text) or (value, text, icon); the values may be anything that compares."""

    changed = Signal(object)
    """The clerk chose another value (not sent by ``set_value``)."""

    def __init__(self, options: Sequence[tuple[Any, ...]], parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [option[0] for option in options]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        last = len(options) - 1
        for index, option in enumerate(options):
            glyph = option[2] if len(option) > 2 and option[2] else ""
            segment = _Segment(option[1], glyph, (index == 0, index == last), self)
            self._group.addButton(segment, index)
            layout.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self._on_clicked)
        self._group.idToggled.connect(self._on_toggled)

    def value(self) -> Any:  # noqa: ANN401 - whatever the options hold
        """The chosen value, None while nothing is chosen."""
        index = self._group.checkedId()
        return self._values[index] if index >= 0 else None

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Choose without a signal; None or an unknown value leaves nothing chosen. The keyboard goes along."""
        if value in self._values:
            target = self._group.button(self._values.index(value))
            before = next((segment for segment in self._group.buttons() if segment.hasFocus()), None)
            with_ring = isinstance(before, _Segment) and before.shows_ring
            target.setChecked(True)
            if before is not None and before is not target:
                target.setFocus(_TAB if with_ring else Qt.FocusReason.MouseFocusReason)
            return
        checked = self._group.checkedButton()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def button(self, value: Any) -> QAbstractButton:  # noqa: ANN401
        """The segment of a value, for a tooltip or the focus."""
        return self._group.button(self._values.index(value))

    def set_value_enabled(self, value: Any, is_enabled: bool) -> None:  # noqa: ANN401
        """Let one value be chosen or not."""
        self.button(value).setEnabled(is_enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk and choose, as radio buttons do."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = self._group.checkedId() + step
        if 0 <= index < len(self._values):
            target = self._group.button(index)
            target.setFocus(_TAB)
            target.click()

    @Slot(int, bool)
    def _on_toggled(self, _index: int, _is_chosen: bool) -> None:
        """Tab comes to what is chosen, as with radio buttons; a blank there must not choose something else."""
        nothing = self._group.checkedId() < 0
        for segment in self._group.buttons():
            reached = nothing or segment.isChecked()
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reached else Qt.FocusPolicy.ClickFocus)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.changed.emit(self._values[index])
