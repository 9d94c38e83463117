"""The problems of a return: 行 列 问题 收到的内容 处理; a cell is put right in place, or its row goes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.model.plan import Severity
from gui import theme
from gui.pages.exchange.marked_text import LINE, MarkedBlocks
from gui.pages.exchange.problem_model import (
    ACT,
    COLUMN_OF,
    CORRECT,
    FOUND,
    ROW_OF,
    TITLES,
    WHAT,
    ProblemLine,
    ProblemModel,
)
from gui.pages.table.delegates import rect_of
from gui.pages.table.ring import frame
from gui.widgets.column_widths import Width
from gui.widgets.dragged_widths import DraggedWidths
from gui.widgets.row_table import RowTable

PAD_X, PAD_Y, RULE, HEAD = 12, 7, 1, 32
_WIDTHS = {ROW_OF: 88, COLUMN_OF: 96, FOUND: 128, ACT: 136}
_NARROW = {ROW_OF: 76, COLUMN_OF: 80, FOUND: 96, ACT: 128}
_LEAST = 200
_MOST_LINES = 3
_BETWEEN = 14
_EDIT = Qt.ItemDataRole.EditRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Text wrapped up to three lines; links in the last column."""

    def __init__(self, view: ProblemTable) -> None:
        super().__init__(view)
        self._view = view
        self._blocks = MarkedBlocks()

    def height(self, line: ProblemLine, widths: Sequence[int]) -> int:
        """What a line needs."""
        blocks = (
            self._blocks.get(line.texts[at], widths[at] - 2 * PAD_X, most=_MOST_LINES)
            for at in (COLUMN_OF, WHAT, FOUND)
        )
        return max(block.height for block in blocks) + 2 * PAD_Y + RULE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.problem_model.line(index.row())
        if line is None:
            return
        rect, column, tokens = rect_of(option), index.column(), theme.tokens()
        painter.save()
        is_hot = index.row() == self._view.hover_line
        painter.fillRect(rect, theme.colour(tokens.hover if is_hot else tokens.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.line))
        if column != ACT:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
            is_quiet = line.is_back or line.problem.severity is Severity.INFO
            painter.setPen(theme.colour(tokens.second_text if is_quiet else tokens.text))
            block = self._blocks.get(line.texts[column], rect.width() - 2 * PAD_X, most=_MOST_LINES)
            block.draw(painter, rect.left() + PAD_X, rect.top() + PAD_Y)
        else:
            self._links(painter, index.row(), rect)
        painter.restore()

    def _links(self, painter: QPainter, row: int, rect: QRect) -> None:
        tokens = theme.tokens()
        font = theme.font()
        for text, box in self._view.links(row, rect):
            if tokens.is_high_contrast or self._view.hot_link == (row, text):
                font = type(font)(theme.font())
                font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(theme.colour(tokens.accent))
            painter.drawText(box, _LEFT, text)
        line = self._view.problem_model.line(row)
        if line is not None and line.problem.severity is Severity.INFO:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour(tokens.second_text))
            painter.drawText(rect.adjusted(PAD_X, PAD_Y, 0, 0), Qt.AlignmentFlag.AlignTop, "不必处理")

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(f"改正{self._view.problem_model.lines[index.row()].column}")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(_EDIT) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), _EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = rect_of(option)
        width = max(rect.width(), theme.px(160))
        left = min(rect.left(), self._view.viewport().width() - width)
        editor.setGeometry(left, rect.top(), width, max(theme.px(32), min(rect.height(), theme.px(36))))


class _Head(QHeaderView):
    def __init__(self, view: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(theme.px(HEAD))
        self.setMinimumSectionSize(theme.px(40))
        self.setAccessibleName("表头")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.strong_line))
        if logicalIndex < ACT:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=True))
        painter.drawText(rect.adjusted(PAD_X, 0, -PAD_X, 0), _LEFT, TITLES[logicalIndex])


class ProblemTable(RowTable):
    """Enter or F2 puts a cell right, Delete sends the chosen rows back; both are links too."""

    copies_rows = True

    sent_back = Signal(object)
    """Put a ProblemLine on the list that goes back, or take it off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem_model = ProblemModel(self)
        self.hot_link: tuple[int, str] | None = None
        self.setModel(self.problem_model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(_Head(self))
        self._widths = DraggedWidths(self, lambda: "问题清单", self._wanted)
        self._widths.changed.connect(self.lay_out)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("问题，回车改正，Delete 退回此行")
        self.customContextMenuRequested.connect(self._on_menu)

    def load(self, lines: Sequence[ProblemLine], *, is_fixed: bool) -> None:
        """Show other problems; the cursor keeps its row."""
        row = self.currentIndex().row()
        self.problem_model.load(lines, is_fixed=is_fixed)
        if lines:
            self.setCurrentIndex(self.problem_model.index(min(max(row, 0), len(lines) - 1), WHAT))
        self.lay_out()

    def wanted_height(self) -> int:
        """The head and all its rows."""
        return theme.px(HEAD) + self.verticalHeader().length()

    def _look(self) -> list[int]:
        """Widths of the look for the room there is."""
        room = self.viewport().width()
        fixed = {column: theme.px(width) for column, width in _WIDTHS.items()}
        if room - sum(fixed.values()) < theme.px(_LEAST):
            fixed = {column: theme.px(width) for column, width in _NARROW.items()}
        fixed[WHAT] = max(room - sum(fixed.values()), theme.px(100))
        return [fixed[column] for column in range(len(TITLES))]

    def _wanted(self) -> list[Width]:
        """The same where edges were dragged: the words of the problem take the rest."""
        look = self._look()
        return [Width(theme.px(100), share=1) if at == WHAT else Width(width) for at, width in enumerate(look)]

    @Slot()
    def lay_out(self) -> None:
        """Widths and heights for the room there is."""
        widths = self._widths.fitted() if self._widths.is_dragged() else self._look()
        self._widths.apply(widths)
        for row, line in enumerate(self.problem_model.lines):
            self.setRowHeight(row, self._delegate.height(line, widths))

    def links(self, row: int, rect: QRect) -> list[tuple[str, QRect]]:
        """The links of a row and where they stand in its last cell."""
        metrics = QFontMetrics(theme.font())
        left, found = rect.left() + PAD_X, []
        for text in self.problem_model.acts(row):
            width = metrics.horizontalAdvance(text) + 2
            found.append((text, QRect(left, rect.top() + PAD_Y, width, theme.px(LINE))))
            left += width + _BETWEEN
        return found

    def act(self, row: int, text: str) -> None:
        """What a link does."""
        line = self.problem_model.line(row)
        if line is None or text not in self.problem_model.acts(row):
            return
        if text == CORRECT:
            index = self.problem_model.index(row, FOUND)
            self.setCurrentIndex(index)
            if self.indexWidget(index) is None:  # Qt warns where the editor is open already, as after a double click
                self.edit(index)
        else:
            self.sent_back.emit(line)

    # --- events ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        acts = self.problem_model.acts(row)
        if event.key() in _ENTER | {Qt.Key.Key_F2} and acts:
            self.act(row, acts[0])
        elif event.key() == Qt.Key.Key_Delete and acts:
            # reading anew after the first one may change the rows, not their order
            for line in self.chosen_lines() or [row]:
                if acts[-1] in self.problem_model.acts(line):
                    self.act(line, acts[-1])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = self._link_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and link is not None:
            self.act(*link)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.column() == FOUND:
            self.act(index.row(), CORRECT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        link = self._link_at(event.position().toPoint())
        if link != self.hot_link:
            self.hot_link = link
            self.viewport().update()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.shows_ring:
            return
        painter = QPainter(self.viewport())
        row = self.currentIndex().row()
        box = self.visualRect(self.problem_model.index(row, 0)).united(
            self.visualRect(self.problem_model.index(row, ACT))
        )
        for side in frame(box):
            painter.fillRect(side, theme.colour(theme.tokens().accent))
        painter.end()

    def _link_at(self, place: QPoint) -> tuple[int, str] | None:
        index = self.indexAt(place)
        if not index.isValid() or index.column() != ACT:
            return None
        links = self.links(index.row(), self.visualRect(index))
        return next(((index.row(), text) for text, box in links if box.contains(place)), None)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = (index if index.isValid() else self.currentIndex()).row()
        acts = self.problem_model.acts(row)
        if not acts:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text in acts:
            menu.addAction(text).triggered.connect(partial(self._on_act, row, text))
        menu.popup(self.viewport().mapToGlobal(place))

    def _on_act(self, row: int, text: str, _checked: bool = False) -> None:
        self.act(row, text)
