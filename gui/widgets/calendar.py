"""The month to pick a date from, in the colours of the look: red stays for 逾期, so weekends are not red."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from gui import icons, theme
from gui.widgets.paint import box


class Calendar(QCalendarWidget):
    """Weeks begin on Monday; today has a frame, the chosen day is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        plain = QTextCharFormat()
        plain.setForeground(QColor(theme.tokens().second_text))
        self.setHeaderTextFormat(plain)
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, plain)
        for name, glyph, title in (
            ("qt_calendar_prevmonth", "caret-left", "上个月"),
            ("qt_calendar_nextmonth", "caret-right", "下个月"),
        ):
            turn = self.findChild(QToolButton, name)
            if turn is not None:
                turn.setIcon(icons.icon(glyph))
                turn.setIconSize(QSize(16, 16))
                turn.setToolTip(title)
                turn.setAccessibleName(title)

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """One day; those of the neighbouring months are grey."""
        tokens = theme.tokens()
        shown = QDate(day.year, day.month, day.day) if isinstance(day, date) else day
        painter.fillRect(rect, QColor(tokens.surface))
        cell = rect.adjusted(2, 1, -2, -1)
        ink = tokens.text if shown.month() == self.monthShown() else tokens.disabled_text
        if shown == self.selectedDate():
            box(painter, cell, fill=tokens.accent, radius=4)
            ink = tokens.on_accent
        elif shown == QDate.currentDate():
            box(painter, cell, border=tokens.accent, radius=4)
            ink = tokens.accent
        painter.setFont(theme.font())
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
