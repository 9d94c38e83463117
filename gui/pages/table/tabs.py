"""The tabs of the detail: words with counts, the chosen one underlined."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from gui import theme
from gui.widgets.paint import KeyboardFocus, box, is_hot

HEIGHT = 40
_GAP = 6
_VCENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _Tab(KeyboardFocus, QAbstractButton):
    """One tab."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._count = 0
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(bold=True))
        width = metrics.horizontalAdvance(self.text()) + _GAP + metrics.horizontalAdvance(str(self._count))
        return QSize(width, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        chosen = self.isChecked()
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(theme.colour(tokens.accent if chosen else tokens.text if is_hot(self) else tokens.second_text))
        painter.drawText(self.rect(), _VCENTER, self.text())
        left = painter.fontMetrics().horizontalAdvance(self.text()) + _GAP
        painter.setFont(theme.font())
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), _VCENTER, str(self._count))
        if chosen:
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), theme.colour(tokens.accent))
        if self.shows_ring:
            box(painter, self.rect().adjusted(0, 4, 0, -4), border=tokens.accent, width=2, radius=4)
        painter.end()


class Tabs(QWidget):
    """A row of tabs; left and right walk."""

    chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(24)
        for index, title in enumerate(titles):
            tab = _Tab(title, self)
            self._group.addButton(tab, index)
            row.addWidget(tab)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)

    def set_counts(self, counts: tuple[int, ...]) -> None:
        """Give every tab its number."""
        for index, count in enumerate(counts):
            tab = self._group.button(index)
            assert isinstance(tab, _Tab)
            tab.set_count(count)

    def current(self) -> int:
        """The chosen tab."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Show a tab."""
        self._group.button(index).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        target = self._group.button(self._group.checkedId() + step) if step else None
        if target is None:
            super().keyPressEvent(event)
            return
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(theme.tokens().line))
        painter.end()

    @Slot(int, bool)
    def _on_toggled(self, index: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(index)
