"""待办: what presses first, each line with the step that settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from core.office.home import TodoKind
from gui import icons, theme
from gui.pages.home.row_list import RowDelegate

if TYPE_CHECKING:
    from core.office.home import HomeTodo

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_MARGIN, _ICON = 16, 16
ICONS = {
    TodoKind.RETURNS: "calendar-check",
    TodoKind.OVERDUE: "warning-circle-fill",
    TodoKind.WEEK: "calendar",
    TodoKind.DUE_SOON: "clock-fill",
    TodoKind.REVIEW: "clipboard-text",
    TodoKind.VERIFY: "magnifying-glass",
    TodoKind.INCOMPLETE: "users-three",
    TodoKind.MEMBERS: "users-three",
    TodoKind.NAMES: "buildings",
    TodoKind.OBJECTIONS: "chat-dots",
    TodoKind.NO_EVIDENCE: "paperclip",
    TodoKind.REPORT: "file-text",
}


class TodoDelegate(RowDelegate):
    """Icon, what, note, and the word of the step at the right."""

    height = 37

    def paint_row(self, painter: QPainter, rect: QRect, row: HomeTodo) -> None:
        """From left to right; the note gives way first."""
        tokens = theme.tokens()
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(tokens.line))
        left, right = rect.left() + theme.px(_MARGIN), rect.right() - theme.px(_MARGIN)
        side = theme.px(_ICON)
        ink = {TodoKind.OVERDUE: tokens.overdue.text, TodoKind.DUE_SOON: tokens.due_soon.text}.get(
            row.kind, tokens.second_text
        )
        icons.paint(painter, QRect(left, rect.top() + (rect.height() - side) // 2, side, side), ICONS[row.kind], ink)
        left += side + theme.px(16)
        metrics = QFontMetrics(theme.font())
        width = metrics.horizontalAdvance(row.action)
        painter.setFont(theme.link_font())
        painter.setPen(theme.colour(tokens.accent))
        painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), _RIGHT, row.action)
        painter.setFont(theme.font())
        right -= width + theme.px(12)
        painter.setPen(theme.colour(tokens.text))
        text = metrics.elidedText(row.text, _ELIDE, right - left)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _LEFT, text)
        left += metrics.horizontalAdvance(text) + theme.px(8)
        if row.note and right - left > theme.px(40):
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour(tokens.second_text))
            note = painter.fontMetrics().elidedText(row.note, _ELIDE, right - left)
            painter.drawText(QRect(left, rect.top() + 1, right - left, rect.height()), _LEFT, note)


def todo_words(row: HomeTodo) -> str:
    """A line as it is read aloud."""
    return "，".join(part for part in (row.text, row.note, row.action) if part)
