"""A date as the office writes it: typed in any usual form, shown as 2024-12-31, or picked from a calendar."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget, QWidgetAction
from shiboken6 import isValid

from gui import icons, theme

_FORM = r"^\s*(\d{4})\s*(?:[-./年]|\s)\s*(\d{1,2})\s*(?:[-./月]|\s)\s*(\d{1,2})\s*日?\s*$"
_DIGITS = r"^\s*(\d{4})(\d{2})(\d{2})\s*$"
_WIDE = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


def parse_date(text: str) -> date:
    """Read 2024-6-5, 2024.6.5, 2024/6/5, 2024年6月5日 or 20240605.

    Raises ValueError with a sentence for the clerk.
    """
    plain = text.translate(_WIDE)
    match = re.match(_FORM, plain) or re.match(_DIGITS, plain)
    if match is None:
        raise ValueError("日期应写作 2024-12-31")
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        raise ValueError("月份应为 1—12")
    if not 1900 <= year <= 2199:
        raise ValueError("年份应为四位，如 2024")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{year}年{month}月没有 {day} 日") from None


class _CalendarButton(QToolButton):
    """The small calendar inside the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("打开日历")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        side = theme.px(16)
        rect = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        ink = (
            tokens.disabled_text if not self.isEnabled() else tokens.accent if self.underMouse() else tokens.second_text
        )
        icons.paint(painter, rect, "calendar-blank", ink)
        painter.end()


class DateField(QLineEdit):
    """128 wide, 32 high.

    ``changed`` carries a date or None (emptied) once the clerk has left the field or pressed Enter and what is
    typed is a date; ``problem_changed`` carries the sentence to show beside the field, empty when it is right.
    """

    changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, name: str = "日期", may_be_empty: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip("可写 2024-6-5、2024.6.5 或 2024年6月5日；按 ↓ 打开日历")
        self._may_be_empty = may_be_empty
        self._value: date | None = None
        self._problem = ""
        self._menu: QMenu | None = None
        self._button = _CalendarButton(self)
        self._button.clicked.connect(self._on_calendar_asked)
        self.setTextMargins(0, 0, theme.px(24), 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_edited)
        self.textEdited.connect(self._on_typed)

    def value(self) -> date | None:
        """The last right date, None when the field is empty."""
        return self._value

    def set_value(self, value: date | None) -> None:
        """Show a date without a signal."""
        self._value = value
        self.setText(value.isoformat() if value is not None else "")
        self.set_problem("")

    def is_right(self) -> bool:
        """Whether what stands in the field can be taken."""
        return not self._find_problem()[1]

    def commit(self) -> bool:
        """Take what is typed; whether it was right."""
        self._on_edited()
        return not self._problem

    def problem(self) -> str:
        """The sentence beside the field, empty when it is right."""
        return self._problem

    def set_problem(self, sentence: str) -> None:
        """Mark the field wrong with a sentence (also one of the rules of the ledger), or right with none."""
        if sentence == self._problem:
            return
        self._problem = sentence
        self.setProperty("wrong", bool(sentence))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(sentence)
        self.problem_changed.emit(sentence)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font()).horizontalAdvance("2024-12-31") + 24 + theme.px(28)
        return QSize(max(width, theme.px(128)), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = theme.px(28)
        self._button.setGeometry(self.width() - side - 2, (self.height() - side) // 2, side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ReadOnlyChange, QEvent.Type.EnabledChange}:
            self._button.setEnabled(self.isEnabled() and not self.isReadOnly())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._on_calendar_asked()
            return
        super().keyPressEvent(event)

    def _find_problem(self) -> tuple[date | None, str]:
        text = self.text().strip()
        if not text:
            return (None, "") if self._may_be_empty else (self._value, "请填写日期")
        try:
            return parse_date(text), ""
        except ValueError as error:
            return self._value, str(error)

    @Slot()
    def _on_edited(self) -> None:
        value, sentence = self._find_problem()
        self.set_problem(sentence)
        if sentence:
            return
        self.setText(value.isoformat() if value is not None else "")
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    @Slot()
    def _on_typed(self) -> None:
        if self._problem and self.is_right():
            self.set_problem("")

    @Slot()
    def _on_calendar_asked(self) -> None:
        from gui.widgets.calendar import Calendar  # many classes that the start need not pay for

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = Calendar(menu)
        shown = self._find_problem()[0] or date.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        self._menu = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus()

    @Slot(QDate)
    def _on_picked(self, picked: QDate) -> None:
        if self._menu is not None and isValid(self._menu):  # Escape has deleted it
            self._menu.close()
        self._menu = None
        self.setText(date(picked.year(), picked.month(), picked.day()).isoformat())
        self._on_edited()
