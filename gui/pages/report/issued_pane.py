"""One document that left the office: what the register says of it, its kept files, and what is another since."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.pages.home.row_list import ROW, Index, RowDelegate, RowList
from gui.pages.progress.parts import Card
from gui.pages.report import issued_lines
from gui.widgets import button, labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel, QStyleOptionViewItem

    from core.model.issued import Change, Issued, IssuedFile

WIDTH = 360
_PAD = 16
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


def change_words(change: Change) -> str:
    """出具时 … → 现在 …; what there was not or is no more says so."""
    nothing = "未列出" if change.is_figure else "没有"
    return f"{change.then or nothing} → {change.now or nothing}"


class _Delegate(RowDelegate):
    """What changed, and below it from what to what, both as long as they are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        change = index.data(ROW)
        view = self.parent()
        assert isinstance(view, RowList)
        width = max(view.viewport().width() - 2 * theme.px(_PAD), theme.px(120))
        return QSize(width, sum(self._heights(change, width)) + theme.px(14))

    @staticmethod
    def _heights(change: Change, width: int) -> tuple[int, int]:
        room = QRect(0, 0, width, 10_000)
        upper = QFontMetrics(theme.font(12)).boundingRect(room, _WRAP, change.label).height()
        lower = QFontMetrics(theme.font(14)).boundingRect(room, _WRAP, change_words(change)).height()
        return upper, lower

    def paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:  # noqa: ANN401 - a Change
        tokens = theme.tokens()
        words = rect.adjusted(theme.px(_PAD), theme.px(5), -theme.px(_PAD), 0)
        upper, lower = self._heights(row, words.width())
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(tokens.second_text))
        painter.drawText(QRect(words.left(), words.top(), words.width(), upper), _WRAP, row.label)
        painter.setFont(theme.font(14))
        painter.setPen(theme.colour(tokens.text))
        painter.drawText(QRect(words.left(), words.top() + upper + 2, words.width(), lower), _WRAP, change_words(row))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(tokens.line))


class IssuedPane(Card):
    """At the right of the register, 360 wide."""

    file_asked = Signal(object)
    """Open this kept file (core.model.issued.IssuedFile)."""
    folder_asked = Signal()
    print_asked = Signal()
    """Print the kept pages of what is chosen."""
    sign_asked = Signal()
    withdraw_asked = Signal()
    rows_asked = Signal(object)
    """Show the rows behind a core.model.issued.Change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self._facts: list[QWidget] = []
        self._build()

    def _build(self) -> None:
        self.title = labels.label("", "strong", self)
        self.title.setWordWrap(True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(1, 1)
        self.files = QHBoxLayout()
        self.files.setSpacing(8)
        self.sign = button.secondary("登记签收", "check", self, is_small=True)
        self.withdraw = button.ghost("作废", parent=self, is_small=True)
        self.withdraw.setToolTip("发错或不用了：登记和文号保留，注明作废")
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.sign)
        acts.addWidget(self.withdraw)
        acts.addStretch(1)
        self.since = labels.label("与现在相比", "strong", self)
        self.since_note = labels.label("", "note", self)
        self.since_note.setWordWrap(True)
        self.changes = RowList("与现在相比", self)
        self.changes.setItemDelegate(_Delegate(self.changes))
        self.changes.setUniformItemSizes(False)
        self.changes.setResizeMode(RowList.ResizeMode.Adjust)
        upper = QVBoxLayout()
        upper.setContentsMargins(_PAD, 12, _PAD, 12)
        upper.setSpacing(8)
        upper.addWidget(self.title)
        upper.addLayout(self.grid)
        upper.addLayout(self.files)
        upper.addLayout(acts)
        lower = QVBoxLayout()
        lower.setContentsMargins(_PAD, 10, _PAD, 8)
        lower.setSpacing(2)
        lower.addWidget(self.since)
        lower.addWidget(self.since_note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(upper)
        layout.addWidget(labels.rule(self))
        layout.addLayout(lower)
        layout.addWidget(self.changes, 1)
        self.sign.clicked.connect(self.sign_asked)
        self.withdraw.clicked.connect(self.withdraw_asked)
        self.changes.opened.connect(self.rows_asked)

    def show_row(self, row: Issued | None, title: str, *, read_only: bool) -> None:
        """Show a line of the register; None: nothing is chosen."""
        self._clear()
        self.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(title)
        self.title.setToolTip(issued_lines.named(row))
        for place, (name, text) in enumerate(_facts(row)):
            self._add_fact(place, name, text)
        for file in row.files:
            self._add_file(file)
        if any(file.name.lower().endswith(".pdf") for file in row.files):
            paper = button.icon_button("printer", "打印留存的页面，选中几份就一次打印几份", self)
            paper.clicked.connect(self.print_asked)
            self.files.addWidget(paper)
            self._facts.append(paper)
        folder = button.icon_button("folder-open", "打开留存文件所在的文件夹", self)
        folder.clicked.connect(self.folder_asked)
        self.files.addWidget(folder)
        self.files.addStretch(1)
        self._facts.append(folder)
        is_out = row.withdrawn_on is not None
        self.sign.setText("修改签收" if row.signed_on else "登记签收")
        self.sign.setEnabled(not read_only and not is_out)
        self.sign.updateGeometry()
        self.withdraw.setText("取消作废" if is_out else "作废")
        self.withdraw.setEnabled(not read_only)
        self.withdraw.updateGeometry()

    def _clear(self) -> None:
        for widget in self._facts:
            widget.setParent(None)
            widget.deleteLater()
        self._facts.clear()
        while self.files.count():
            self.files.takeAt(0)

    def _add_fact(self, place: int, name: str, text: str) -> None:
        value: QLabel = labels.label(text, "", self)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = labels.label(name, "second", self)
        head.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.grid.addWidget(head, place, 0)
        self.grid.addWidget(value, place, 1)
        self._facts += [head, value]

    def _add_file(self, file: IssuedFile) -> None:
        ending = issued_lines.format_word(file.name)
        made = button.secondary(f"打开 {ending}", "file-text", self, is_small=True)
        made.setToolTip(f"{file.name}\n与出具时相同，打开的是一份副本")
        made.clicked.connect(partial(self._on_file, file))
        self.files.addWidget(made)
        self._facts.append(made)

    def _on_file(self, file: IssuedFile, _checked: bool = False) -> None:
        self.file_asked.emit(file)

    def say(self, note: str) -> None:
        """A sentence in the place of the changes: being compared, the same, or why not."""
        self.since_note.setText(note)
        self.changes.show_rows([])

    def show_changes(self, changes: Sequence[Change], note: str) -> None:
        """What is another now, each line opens its rows."""
        self.since_note.setText(note)
        rows: list[tuple[Any, str, str]] = [
            (one, f"{one.label}，{change_words(one)}", f"点一下查看：{one.label}") for one in changes
        ]
        self.changes.show_rows(rows)


def _facts(row: Issued) -> list[tuple[str, str]]:
    facts = [
        ("文号", row.number or "没有编号"),
        ("主送", issued_lines.recipient(row) or "没有登记"),
        ("发文", f"{row.issued_on}，统计截至 {row.as_of}"),
        ("签收", issued_lines.signed_words(row)),
    ]
    if row.withdrawn_on:
        facts.append(("作废", str(row.withdrawn_on)))
    if row.note:
        facts.append(("备注", row.note))
    return facts
