"""The problem list: one row a problem, its actions as links at the right end of the row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from core.model.plan import Severity
from gui import icons, theme
from gui.import_sheet.issues import Issue
from gui.import_sheet.problem_model import TIPS, ProblemModel
from gui.pages.table.delegates import rect_of, state_of
from gui.widgets.row_table import KEYBOARD_REASONS

ROW = 36
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ICONS = {Severity.ERROR: "warning-octagon-fill", Severity.WARNING: "warning-fill", Severity.INFO: "info-fill"}
_PAD, _ICON, _TITLE, _WORDS, _BETWEEN = 16, 16, 44, 108, 14
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: ProblemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        issue = self._view.problem_model.issue(index.row())
        if issue is None:
            return
        rect, tokens = rect_of(option), theme.tokens()
        is_chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        fill = tokens.chosen if is_chosen and not tokens.is_high_contrast else tokens.surface
        if not is_chosen and index.row() == self._view.hover_row:
            fill = tokens.hover
        painter.fillRect(rect, theme.colour(fill))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))
        if is_chosen:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour(tokens.accent))
        is_done = self._view.problem_model.is_handled(issue)
        self._words(painter, rect, issue, index.row(), is_done=is_done)
        if self._view.shows_ring and index == self._view.currentIndex():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tokens.accent))
            for edge in (
                QRect(rect.left(), rect.top(), rect.width(), 2),
                QRect(rect.left(), rect.bottom() - 2, rect.width(), 2),
                QRect(rect.left(), rect.top(), 2, rect.height() - 1),
                QRect(rect.right() - 1, rect.top(), 2, rect.height() - 1),
            ):
                painter.drawRect(edge)

    def _words(self, painter: QPainter, rect: QRect, issue: Issue, row: int, *, is_done: bool) -> None:
        tokens = theme.tokens()
        side = theme.px(_ICON)
        left, right = rect.left(), rect.right() - _PAD
        painter.setFont(theme.font())
        if not issue.is_child:
            icon = QRect(left + _PAD, rect.top() + (rect.height() - side) // 2, side, side)
            icons.paint(painter, icon, "check" if is_done else _ICONS[issue.severity], _ink(issue, is_done=is_done))
            painter.setPen(theme.colour(tokens.second_text if is_done else tokens.text))
            title = "已处理" if is_done else issue.title
            painter.drawText(rect.adjusted(theme.px(_TITLE), 0, 0, 0), _LEFT, title)
        links = self._view.links(row)
        if links:
            right = links[0][1].left() - _BETWEEN
        words = QRect(left + theme.px(_WORDS), rect.top(), right - left - theme.px(_WORDS), rect.height())
        shown = painter.fontMetrics().elidedText(issue.text, Qt.TextElideMode.ElideRight, words.width())
        painter.setPen(theme.colour(tokens.second_text if is_done or issue.is_child else tokens.text))
        painter.drawText(words, _LEFT, shown)
        for text, box in links:
            painter.setPen(theme.colour(tokens.accent))
            font = theme.font()
            if tokens.is_high_contrast or (row, text) == self._view.hot_link:
                font = type(font)(font)
                font.setUnderline(True)
            painter.setFont(font)
            painter.drawText(box, _LEFT, text)


def _ink(issue: Issue, *, is_done: bool) -> str:
    tokens = theme.tokens()
    if is_done:
        return tokens.done.text
    inks = {Severity.ERROR: tokens.text, Severity.WARNING: tokens.due_soon.text, Severity.INFO: tokens.second_text}
    return inks[issue.severity]


class ProblemView(QListView):
    """Up and down walk, Enter does the first action, the menu key and the right button offer all."""

    asked = Signal(object, str)
    """(Issue, the words of an action)."""
    issue_chosen = Signal(object)
    """Another problem is the current one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem_model = ProblemModel(self)
        self.hover_row = -1
        self.hot_link: tuple[int, str] | None = None
        self._has_keyboard_focus = False
        self.setModel(self.problem_model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("问题")
        self.customContextMenuRequested.connect(self._on_menu)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def shows_ring(self) -> bool:
        """Whether the current row gets the keyboard's frame."""
        return self._has_keyboard_focus and self.hasFocus()

    def current_issue(self) -> Issue | None:
        """The problem the cursor is on."""
        return self.problem_model.issue(self.currentIndex().row())

    def go_to(self, key: str) -> None:
        """Put the cursor on a problem, if it is shown."""
        row = self.problem_model.row_of(key)
        if row is not None:
            self.setCurrentIndex(self.problem_model.index(row))

    def leave(self) -> None:
        """No problem is the chosen one."""
        self.selectionModel().clear()

    @Slot()
    def previous(self) -> None:
        """上一处."""
        self._step(-1)

    @Slot()
    def next(self) -> None:
        """下一处."""
        self._step(1)

    def links(self, row: int) -> list[tuple[str, QRect]]:
        """The actions of a row with where they are drawn."""
        issue = self.problem_model.issue(row)
        if issue is None:
            return []
        rect = self.visualRect(self.problem_model.index(row))
        metrics = QFontMetrics(theme.font())
        right = rect.right() - _PAD
        found: list[tuple[str, QRect]] = []
        for text in reversed(self.problem_model.actions(issue)):
            width = metrics.horizontalAdvance(text) + 1
            found.insert(0, (text, QRect(right - width, rect.top(), width, rect.height())))
            right -= width + _BETWEEN
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_keyboard_focus = True
        issue = self.current_issue()
        actions = self.problem_model.actions(issue) if issue is not None else ()
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and actions:
            self.asked.emit(issue, actions[0])
        elif event.key() == Qt.Key.Key_F2 and len(actions) > 1:
            self.asked.emit(issue, actions[-1])
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - QFocusEvent
        self._has_keyboard_focus = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._has_keyboard_focus = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = self._link_at(event.position().toPoint())
        if link is not None and event.button() == Qt.MouseButton.LeftButton:
            issue = self.problem_model.issue(link[0])
            self.asked.emit(issue, link[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._set_hot(self.indexAt(place).row(), self._link_at(place))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hot(-1, None)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            link = self._link_at(event.pos())
            if link is not None:
                QToolTip.showText(event.globalPos(), TIPS.get(link[1], ""), self)
                return True
        return super().viewportEvent(event)

    def _step(self, by: int) -> None:
        """The next open problem in a direction; without any, the next one."""
        rows = range(self.problem_model.rowCount())
        here = self.currentIndex().row() if self.selectionModel().hasSelection() else (-1 if by > 0 else len(rows))
        ahead = [row for row in (rows if by > 0 else reversed(rows)) if (row - here) * by > 0]
        shown = [(row, issue) for row in ahead if (issue := self.problem_model.issue(row)) is not None]
        wanted = [row for row, issue in shown if not self.problem_model.is_handled(issue)]
        if wanted or ahead:
            self.setCurrentIndex(self.problem_model.index((wanted or ahead)[0]))

    def _link_at(self, place: QPoint) -> tuple[int, str] | None:
        row = self.indexAt(place).row()
        return next(((row, text) for text, box in self.links(row) if box.contains(place)), None) if row >= 0 else None

    def _set_hot(self, row: int, link: tuple[int, str] | None) -> None:
        if (row, link) != (self.hover_row, self.hot_link):
            self.hover_row, self.hot_link = row, link
            hand = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        issue = self.problem_model.issue(index.row())
        if issue is not None:
            self.issue_chosen.emit(issue)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        row = self.indexAt(place).row()
        issue = self.problem_model.issue(row)
        actions = self.problem_model.actions(issue) if issue is not None else ()
        if not actions:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text in actions:
            action = menu.addAction(text)
            action.setToolTip(TIPS.get(text, ""))
            action.triggered.connect(partial(self._on_action, row, text))
        menu.popup(self.viewport().mapToGlobal(place))

    def _on_action(self, row: int, text: str, _checked: bool = False) -> None:
        issue = self.problem_model.issue(row)
        if issue is not None:
            self.asked.emit(issue, text)
