"""What opens from a head and from the unit chip: frames that close when the clerk clicks elsewhere or presses Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets import button, labels
from gui.widgets.paint import KeyboardFocus, box, is_hot
from gui.widgets.search_box import SearchBox
from gui.widgets.value_list import ROW, Entry, ValueList, ValueModel

_LINES_MAX = 8
_WIDTH = 232
_PAD = 12


class MenuRow(KeyboardFocus, QAbstractButton):
    """A line of a menu, 32 high: icon, words; accent and checked when it is what is in force."""

    def __init__(self, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self._glyph = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        if is_hot(self) or self.shows_ring:
            painter.fillRect(self.rect(), theme.colour(tokens.hover))
        ink = tokens.accent if self.isChecked() else tokens.text
        side = theme.px(16)
        place = QRect(_PAD, (self.height() - side) // 2, side, side)
        icons.paint(painter, place, self._glyph, ink if self.isChecked() else tokens.second_text)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(ink))
        words = self.rect().adjusted(_PAD + side + 8, 0, -_PAD, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.shows_ring:
            box(painter, self.rect().adjusted(2, 0, -2, 0), border=tokens.accent, width=2, radius=4)
        painter.end()


class ListPopup(QWidget):
    """Search field over a list; the heirs add what stands above and below."""

    def __init__(self, name: str, words: str, model: ValueModel, parent: QWidget, *, width: int = _WIDTH) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._model = model
        model.setParent(self)
        self.search = SearchBox(words, self)
        self.list = ValueList(model, self)
        self.list.setAccessibleName(name)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_searched)
        self.list.left_at_top.connect(self.search.focus_all)
        self.list.chosen.connect(self._on_chosen)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(1, 1, 1, 1)
        self.layout_.setSpacing(0)
        self._build()
        self.setFixedWidth(theme.px(width))
        lines = min(max(model.rowCount(), 2), _LINES_MAX)
        self.list.setFixedHeight(lines * theme.px(ROW))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 8, _PAD, 8)
        row.addWidget(self.search)
        self.layout_.addLayout(row)
        self.layout_.addWidget(self.list)

    def open_below(self, anchor: QWidget, rect: QRect) -> None:
        """Open under a rectangle of a widget, inside the screen."""
        self.adjustSize()
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(rect.bottomLeft() + QPoint(0, 1))
        left = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        top = corner.y()
        if top + self.height() > screen.bottom():
            top = max(screen.top(), anchor.mapToGlobal(rect.topLeft()).y() - self.height())
        self.move(left, top)
        self.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(tokens.surface))
        box(painter, self.rect(), border=tokens.field_border, radius=0)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search field into the list, Enter is 确定."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self._model.rowCount():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self._model.index(max(self.list.currentIndex().row(), 0)))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_chosen()
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep every key: shortcuts of the page reach into a popup that it owns, and Esc would close its drawer."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._model.search(words)

    @Slot()
    def _on_chosen(self) -> None:
        raise NotImplementedError


class FilterMenu(ListPopup):
    """The header's filter: two sorts, search, values with counts, 清除 and 确定."""

    sort_chosen = Signal(bool)
    """Carries whether the order is descending."""
    filter_chosen = Signal(object)
    """Carries the ticked values, None for all."""

    def __init__(
        self,
        title: str,
        sorts: tuple[str, str],
        model: ValueModel,
        parent: QWidget,
        *,
        descending: bool | None = None,
        width: int = _WIDTH,
    ) -> None:
        """``descending`` is the order in force by this column, None where rows are in another order."""
        self._sorts = sorts
        self._descending = descending
        super().__init__(f"筛选 {title}", f"筛选 {title}", model, parent, width=width)

    def _build(self) -> None:
        self.rows = [MenuRow(text, "arrows-down-up", self) for text in self._sorts]
        for descending, row in enumerate(self.rows):
            row.setChecked(self._descending is not None and self._descending == bool(descending))
            self.layout_.addWidget(row)
        self.rows[0].clicked.connect(self._on_ascending)
        self.rows[1].clicked.connect(self._on_descending)
        self.layout_.addWidget(labels.rule(self))
        super()._build()
        self.layout_.addWidget(labels.rule(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(_PAD, 9, _PAD, 9)
        foot.addStretch(1)
        self.clear = button.Button("清除", "ghost", "", self, is_small=True)
        self.accept = button.Button("确定", "primary", "", self, is_small=True)
        self.clear.setToolTip("不再按这一列筛选")
        self.clear.clicked.connect(self._on_cleared)
        self.accept.clicked.connect(self._on_chosen)
        foot.addWidget(self.clear)
        foot.addWidget(self.accept)
        self.layout_.addLayout(foot)
        self._model.dataChanged.connect(self._check)
        self._model.modelReset.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        """Nothing ticked would show nothing: 确定 waits for one tick."""
        has_any = bool(self._model.ticked())
        self.accept.setEnabled(has_any)
        self.accept.setToolTip("" if has_any else "至少选一个值")

    @Slot()
    def _on_ascending(self) -> None:
        self.sort_chosen.emit(False)
        self.close()

    @Slot()
    def _on_descending(self) -> None:
        self.sort_chosen.emit(True)
        self.close()

    @Slot()
    def _on_cleared(self) -> None:
        self.filter_chosen.emit(None)
        self.close()

    @Slot()
    def _on_chosen(self) -> None:
        if not self.accept.isEnabled():
            return
        self.filter_chosen.emit(None if self._model.is_everything() else self._model.ticked())
        self.close()


class UnitMenu(ListPopup):
    """One unit out of the register, or all."""

    unit_chosen = Signal(object)
    """Carries the unit's name, None for all."""

    ALL = ""

    def __init__(self, units: list[tuple[str, int]], total: int, parent: QWidget) -> None:
        entries = [Entry("全部", total, self.ALL), *(Entry(name, count, name) for name, count in units)]
        super().__init__("按单位筛选", "筛选 单位", ValueModel(entries, None), parent)

    @Slot()
    def _on_chosen(self) -> None:
        """The line under the cursor; the only one left by a search needs no cursor."""
        line = self.list.currentIndex().row()
        entry = self._model.entry(max(line, 0))
        if entry is not None and entry.value is not None:
            self.unit_chosen.emit(entry.value or None)
            self.close()


def entries_of(values: list[tuple[str, str, int]], everything: str = "全选") -> list[Entry]:
    """Entries from (group, value, count): a head over all, a head over each group where there are groups."""
    found = [Entry(everything, sum(count for _, _, count in values), members=frozenset(v for _, v, _ in values))]
    group = ""
    for name, value, count in values:
        if name and name != group:
            inside = [(v, c) for g, v, c in values if g == name]
            found.append(Entry(name, sum(c for _, c in inside), members=frozenset(v for v, _ in inside)))
        group = name
        found.append(Entry(value, count, value, group=name))
    return found
