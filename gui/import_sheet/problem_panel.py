"""The card with the problems: how many of which kind, one kind alone on a press, the next and the one before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.plan import Severity
from gui import theme
from gui.import_sheet.issues import TITLES, Issue
from gui.import_sheet.problem_model import CLOSE, OPEN
from gui.import_sheet.problem_view import ROW, ProblemView
from gui.import_sheet.session import Session
from gui.import_sheet.source_panel import HEAD
from gui.widgets import button, labels
from gui.widgets.chip import Chip

MOST_ROWS = 5
_SMALL = 560
"""Height in logical pixels of problems and draft together below which the draft needs the room."""


class ProblemPanel(QFrame):
    """Lists what a person must look at."""

    asked = Signal(object, str)
    """(Issue, the words of an action)."""
    issue_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._session: Session | None = None
        self.chips: dict[Severity, Chip] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(labels.label("问题", "head", head))
        for severity in Severity:
            chip = Chip(TITLES[severity], count=0, parent=head)
            chip.setToolTip(f"只看“{TITLES[severity]}”，再按一次看全部")
            chip.clicked.connect(partial(self._on_chip, severity))
            self.chips[severity] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.before = button.ghost("上一处", "caret-up", head, is_small=True)
        self.before.setToolTip("上一处没有处理的问题（F7）")
        self.after = button.ghost("下一处", "caret-down", head, is_small=True)
        self.after.setToolTip("下一处没有处理的问题（F8）")
        row.addWidget(self.before)
        row.addWidget(self.after)
        outer.addWidget(head)
        outer.addWidget(labels.rule(self))
        self.view = ProblemView(self)
        self.nothing = labels.label("没有问题，对照原件看一遍即可导入。", "second", self)
        self.nothing.setContentsMargins(16, 8, 16, 8)
        outer.addWidget(self.nothing)
        outer.addWidget(self.view, 1)
        self.before.clicked.connect(self.view.previous)
        self.after.clicked.connect(self.view.next)
        self.view.issue_chosen.connect(self.issue_chosen)
        self.view.asked.connect(self._on_asked)

    def show_session(self, session: Session) -> None:
        """Show the problems of a session, all kinds."""
        self._session = session
        self._show_only(None)
        self.view.problem_model.show(session)
        is_any = bool(session.issues)
        self.nothing.setVisible(not is_any)
        self.view.setVisible(is_any)
        for each in (self.before, self.after, *self.chips.values()):
            each.setVisible(is_any)
        self.refresh()

    def refresh(self) -> None:
        """Something was dealt with, or taken back."""
        if self._session is None:
            return
        self.view.problem_model.refresh()
        for severity, chip in self.chips.items():
            chip.set_count(self._session.open_issues(severity))

    def wished_height(self, room: int) -> int:
        """Height for the head and the rows, of which a small window shows fewer."""
        most = MOST_ROWS if room > theme.px(_SMALL) else MOST_ROWS - 2
        rows = min(max(len(self._session.issues), 1), most) if self._session is not None else 1
        return theme.px(HEAD) + 3 + rows * theme.px(ROW)

    def _on_chip(self, severity: Severity, checked: bool = False) -> None:
        self._show_only(severity if checked else None)

    def _show_only(self, severity: Severity | None) -> None:
        for each, chip in self.chips.items():
            chip.setChecked(each is severity)
        self.view.problem_model.set_only(severity)

    @Slot(object, str)
    def _on_asked(self, issue: Issue, action: str) -> None:
        if action in {OPEN, CLOSE}:
            self.view.problem_model.toggle(issue)
            self.view.go_to(issue.key)
        else:
            self.asked.emit(issue, action)
