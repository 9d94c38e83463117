"""The model of the problem list, and what can be done about each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.model.plan import Severity
from gui.import_sheet.issues import Issue, flat
from gui.import_sheet.session import Session

FILL, AS_PRINTED, RIGHT, CHANGE, SEEN, OPEN, CLOSE, BACK = (
    "手工补",
    "原件如此",
    "无误",
    "修改",
    "知道了",
    "查看",
    "收起",
    "恢复",
)
TIPS = {
    FILL: "按缺的序号增加空行，逐项填写",
    AS_PRINTED: "原件就是这样，照原样导入",
    RIGHT: "理解得对，不用改",
    CHANGE: "到下面的表里改正",
    SEEN: "已经看过",
    OPEN: "逐条列出",
    CLOSE: "收起",
    BACK: "重新列为待处理",
}
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ProblemModel(QAbstractListModel):
    """One row a problem; a summary that is open is followed by what it holds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._issues: tuple[Issue, ...] = ()
        self._handled: frozenset[str] = frozenset()
        self._opened: frozenset[str] = frozenset()
        self._only: Severity | None = None

    def show(self, session: Session) -> None:
        """Show the problems of a session."""
        self.beginResetModel()
        self._session = session
        self._opened = frozenset()
        self._take()
        self.endResetModel()

    def refresh(self) -> None:
        """Something was dealt with, or taken back."""
        before = self._handled
        self._take()
        for row, issue in enumerate(self._issues):
            if (issue.key in before) != (issue.key in self._handled):
                self.dataChanged.emit(self.index(row), self.index(row))

    def set_only(self, severity: Severity | None) -> None:
        """Show the problems of one kind; None: all."""
        self.beginResetModel()
        self._only = severity
        self._take()
        self.endResetModel()

    def toggle(self, issue: Issue) -> None:
        """Open or close a summary."""
        self.beginResetModel()
        self._opened = self._opened ^ {issue.key}
        self._take()
        self.endResetModel()

    def issue(self, row: int) -> Issue | None:
        """The problem of a row."""
        return self._issues[row] if 0 <= row < len(self._issues) else None

    def row_of(self, key: str) -> int | None:
        """The row of a problem; None when it is not shown."""
        return next((row for row, issue in enumerate(self._issues) if issue.key == key), None)

    def is_handled(self, issue: Issue) -> bool:
        """Whether it is dealt with."""
        return issue.key in self._handled

    def actions(self, issue: Issue) -> tuple[str, ...]:
        """What can be done, the likely one first from the left."""
        if issue.is_child or (self._session is not None and self._session.is_about_nothing(issue)):
            return ()
        looking = ((CLOSE if issue.key in self._opened else OPEN),) if issue.children else ()
        if self.is_handled(issue):
            return looking if self._session is not None and self._session.was_filled(issue) else (*looking, BACK)
        if issue.is_gap:
            return (FILL, AS_PRINTED)
        if issue.severity is Severity.INFO:
            return (*looking, SEEN)
        change = (CHANGE,) if issue.measures and issue.column else ()
        return (*change, AS_PRINTED) if issue.severity is Severity.ERROR else (RIGHT, *change)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._issues)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid():
            return None
        issue = self._issues[index.row()]
        if role == _DISPLAY:
            return issue.text
        if role == _ACCESSIBLE:
            state = "，已处理" if self.is_handled(issue) else ""
            return f"{issue.title}：{issue.text}{state}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return issue.text
        return None

    def _take(self) -> None:
        session = self._session
        if session is None:
            return
        shown = [i for i in session.issues if self._only is None or i.severity is self._only]
        self._issues = tuple(flat(shown, self._opened))
        self._handled = frozenset(i.key for i in session.issues if session.is_handled(i))
