"""How the table 核对 is laid out, walked and ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from gui import icons, theme
from gui.pages.exchange.diff_delegate import RULE, DiffDelegate
from gui.pages.exchange.diff_model import FIELD, GOT, HAVE, MEASURE, TAKE, TITLES, DiffModel
from gui.pages.table.ring import frame
from gui.widgets.column_widths import Width
from gui.widgets.dragged_widths import DraggedWidths
from gui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.office.collected import DiffKey
    from gui.pages.exchange.diff_lines import DiffLine

_HEAD = 32
_PAD = 12
_STEP = 24
_WIDTHS = {MEASURE: 176, FIELD: 98, TAKE: 64}
_NARROW = {MEASURE: 116, FIELD: 98, TAKE: 52}
"""项目 has room for its longest word, 下一步工作."""
_LEAST_TEXT = 180
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class DiffHead(QHeaderView):
    """The titles; that of 接受 has a box that ticks all or none."""

    ticked = Signal()
    """The box was pressed."""

    def __init__(self, view: DiffView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setFixedHeight(theme.px(_HEAD))
        self.setMinimumSectionSize(theme.px(40))
        self.setSectionsClickable(True)
        self.setAccessibleName("表头")
        self.sectionPressed.connect(self._on_pressed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Bold, a line beneath."""
        tokens = theme.tokens()
        painter.fillRect(rect, theme.colour(tokens.table_head))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), RULE, theme.colour(tokens.strong_line))
        if logicalIndex < len(TITLES) - 1:
            painter.fillRect(rect.right(), rect.top(), RULE, rect.height(), theme.colour(tokens.line))
        painter.setPen(theme.colour(tokens.text))
        painter.setFont(theme.font(bold=True))
        align = Qt.AlignmentFlag.AlignCenter if logicalIndex == TAKE else _LEFT
        pad = 0 if logicalIndex == TAKE else _PAD
        painter.drawText(rect.adjusted(pad, 0, -pad, 0), align, TITLES[logicalIndex])

    @Slot(int)
    def _on_pressed(self, section: int) -> None:
        if section == TAKE:
            self.ticked.emit()


class DiffView(RowTable):
    """Up and down walk, space ticks, Ctrl+A ticks all, Ctrl+Shift+A none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diff_model = DiffModel(self)
        self._laid_out_for: tuple[object, ...] = ()
        self.setModel(self.diff_model)
        self.diff_delegate = DiffDelegate(self)
        self.setItemDelegate(self.diff_delegate)
        self.head = DiffHead(self)
        self.setHorizontalHeader(self.head)
        self.head.setToolTip("单击“接受”：全部接受或全部不接受（Ctrl+A、Ctrl+Shift+A）")
        self._widths = DraggedWidths(self, lambda: "核对", lambda: _wanted(self.viewport().width()))
        self._widths.changed.connect(self.lay_out)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(theme.px(_STEP))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("改动，空格键决定接受与否")
        self.head.ticked.connect(self.tick_all_or_none)
        self.customContextMenuRequested.connect(self._on_menu)

    def show_lines(self, lines: Sequence[DiffLine], chosen: Iterable[DiffKey], *, is_fixed: bool = False) -> None:
        """Show another return; the same one shown anew keeps its place."""
        row, top = self.currentIndex().row(), self.verticalScrollBar().value()
        is_same = [line.key for line in lines] == [line.key for line in self.diff_model.lines]
        self.diff_model.show(lines, chosen, is_fixed=is_fixed)
        self.clearSpans()
        for at, line in enumerate(self.diff_model.lines):
            if line.span > 1:
                self.setSpan(at, MEASURE, line.span, 1)
        self._laid_out_for = ()
        self.lay_out()
        if lines:
            self.setCurrentIndex(self.diff_model.index(max(row, 0) if is_same else 0, FIELD))
        if is_same:
            self.verticalScrollBar().setValue(top)

    def lay_out(self) -> None:
        """Widths and heights for the room there is, when it is another."""
        if not self.isVisible():
            return
        widths = self._widths.fitted() if self._widths.is_dragged() else _widths(self.viewport().width())
        state = (tuple(widths), theme.base(), self.diff_model.lines)
        if state == self._laid_out_for:
            return
        self._laid_out_for = state
        self._widths.apply(widths)
        header = self.verticalHeader()
        for row, height in enumerate(self.diff_delegate.heights(self.diff_model.lines, widths)):
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)

    @Slot()
    def tick_all_or_none(self) -> None:
        """All, unless all are ticked already."""
        self.diff_model.choose_all([] if self.diff_model.tick() == Qt.CheckState.Checked else None)

    # --- events ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        has_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_A and has_control:
            self.diff_model.choose_all([] if modifiers & Qt.KeyboardModifier.ShiftModifier else None)
        elif event.key() == Qt.Key.Key_C and has_control:
            self._copy()
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Select} and self.currentIndex().isValid():
            self._show_keyboard_focus(True)
            self.diff_model.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == TAKE:
            self.diff_model.toggle(index.row())

    def edit(self, *_args: object) -> bool:  # type: ignore[override]
        """Nothing is edited here; Qt's own ticking would come on top of ours."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.shows_ring:
            return
        painter = QPainter(self.viewport())
        line = self.currentIndex().row()
        for side in frame(self._own_box(line)):
            painter.fillRect(side, theme.colour(theme.tokens().accent))
        painter.end()

    def _own_box(self, line: int) -> QRect:
        """The row without the measure, which belongs to others too."""
        first, last = self.diff_model.index(line, FIELD), self.diff_model.index(line, TAKE)
        return self.visualRect(first).united(self.visualRect(last))

    # --- menu --------------------------------------------------------------------------------------

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
        menu = self.menu()
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))

    def menu(self) -> QMenu | None:
        """What can be done with the current line; None where there is none."""
        line = self.diff_model.line(self.currentIndex().row())
        if line is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can = not self.diff_model.is_fixed
        words = "不接受这一处" if self.diff_model.is_chosen(self.currentIndex().row()) else "接受这一处"
        for text, act in ((words, self._toggle), ("全部接受", self._take_all), ("全部不接受", self._take_none)):
            made = menu.addAction(text)
            made.setEnabled(can)
            made.triggered.connect(act)
        menu.addSeparator()
        menu.addAction(icons.icon("copy"), "复制收到的内容").triggered.connect(self._copy)
        return menu

    @Slot()
    def _toggle(self) -> None:
        self.diff_model.toggle(self.currentIndex().row())

    @Slot()
    def _take_all(self) -> None:
        self.diff_model.choose_all()

    @Slot()
    def _take_none(self) -> None:
        self.diff_model.choose_all([])

    @Slot()
    def _copy(self) -> None:
        line = self.diff_model.line(self.currentIndex().row())
        if line is not None:
            column = self.currentIndex().column()
            QGuiApplication.clipboard().setText(line.diff.have if column == HAVE else line.diff.got)


def _wanted(room: int) -> list[Width]:
    """The same where edges were dragged: old and new words share the rest."""
    look = _widths(room)
    least = theme.px(80)
    return [Width(least, share=1) if at in {HAVE, GOT} else Width(width) for at, width in enumerate(look)]


def _widths(room: int) -> list[int]:
    """Two texts of equal width take what the others leave; the others give way where there is little."""
    fixed = {column: theme.px(width) for column, width in _WIDTHS.items()}
    if room - sum(fixed.values()) < 2 * theme.px(_LEAST_TEXT):
        fixed = {column: theme.px(width) for column, width in _NARROW.items()}
    rest = max(room - sum(fixed.values()), 2 * theme.px(80))
    fixed[HAVE] = rest // 2
    fixed[GOT] = rest - rest // 2
    return [fixed[column] for column in range(len(TITLES))]
