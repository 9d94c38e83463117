"""The right pane of 核对: one return, its fields beside the ledger's, its problems, its papers, and the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.model.plan import Severity
from core.office.collect_return import column_title
from core.office.collected import CollectedFile, DiffKey, Verdict
from gui import theme
from gui.pages.exchange.diff_lines import lines_of
from gui.pages.exchange.diff_view import DiffView
from gui.pages.exchange.pane_words import (
    advice,
    file_note,
    glyph_ink,
    measure_words,
    nothing_words,
    problems_to_show,
    stamp_tip,
)
from gui.pages.exchange.paper_list import ROW as PAPER_ROW
from gui.pages.exchange.paper_list import PaperLine, PaperList
from gui.pages.exchange.problem_model import shown_problems
from gui.pages.exchange.problem_table import HEAD, ProblemTable
from gui.pages.exchange.step import READ_ONLY
from gui.pages.progress.parts import Card, Glyph
from gui.widgets import button, labels
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gui.pages.exchange.checking import Checking

_SECTION = 44
_MOST_ROWS = 4
_LEAST_DIFF = 110
_LOW = 460
"""Below this height the lists give more of it to the fields."""
_ON_SCREEN = Qt.ShortcutContext.WindowShortcut


class CheckPane(Card):
    """Shows one return; says by signal what is to be done with it."""

    accepted = Signal()
    returned = Signal()
    """退回整份."""
    listed = Signal()
    """Export the list of problems."""
    open_asked = Signal()
    stamp_asked = Signal()
    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: CollectedFile | None = None
        self._is_read_only = False
        self._is_busy = False
        self._had_keyboard = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(self._build_head())
        layout.addWidget(labels.rule(self))
        self.upper = QStackedWidget(self)
        self.diff = DiffView(self.upper)
        self.nothing = labels.label("", "second", self.upper)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(24)
        self.upper.addWidget(self.diff)
        self.upper.addWidget(self.nothing)
        self.upper.setMinimumHeight(theme.px(_LEAST_DIFF))
        layout.addWidget(self.upper, 1)
        layout.addWidget(self._build_below())
        layout.addWidget(labels.rule(self))
        layout.addLayout(self._build_foot())
        self.diff.diff_model.choice_changed.connect(self._on_choice)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, context=_ON_SCREEN).activated.connect(self._on_key)

    # --- building ----------------------------------------------------------------------------------

    def _build_head(self) -> QHBoxLayout:
        self.unit = labels.label("", "head", self)
        self.name = ElidedLabel("", "", self)
        self.note = ElidedLabel("", "note", self)
        self.open = button.secondary("打开文件", "arrow-square-out", self)
        self.stamp = button.secondary("盖章扫描件", "paperclip", self)
        self.open.clicked.connect(self.open_asked)
        self.stamp.clicked.connect(self.stamp_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.note)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.unit)
        row.addLayout(words, 1)
        row.addWidget(self.open)
        row.addWidget(self.stamp)
        return row

    def _build_below(self) -> QWidget:
        """Problems and papers: one of them at a time, chips where there are both."""
        self.below = QWidget(self)
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.glyph = Glyph("warning-fill", ink=theme.tokens().due_soon.text, parent=self.below)
        self.what = labels.label("", "strong", self.below)
        self.advice = ElidedLabel("", "note", self.below)
        self.problem_chip = Chip("问题", "warning-fill", 0, self.below)
        self.paper_chip = Chip("佐证材料", "paperclip", 0, self.below)
        self.export = button.ghost("导出问题清单", "export", self.below, is_small=True)
        self.export.setToolTip("导出 Excel，发回给单位改正")
        self.problem_chip.setAutoExclusive(True)
        self.paper_chip.setAutoExclusive(True)
        self.problem_chip.clicked.connect(self._show_below)
        self.paper_chip.clicked.connect(self._show_below)
        self.export.clicked.connect(self.listed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(8)
        for widget in (self.glyph, self.what, self.problem_chip, self.paper_chip):
            head.addWidget(widget)
        head.addWidget(self.advice, 1)
        head.addWidget(self.export)
        top = QWidget(self.below)
        top.setFixedHeight(theme.px(_SECTION))
        top.setLayout(head)
        self.pages = QStackedWidget(self.below)
        self.problems = ProblemTable(self.pages)
        self.papers = PaperList(self.pages)
        self.pages.addWidget(self.problems)
        self.pages.addWidget(self.papers)
        layout = QVBoxLayout(self.below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(labels.rule(self.below))
        layout.addWidget(top)
        layout.addWidget(labels.rule(self.below))
        layout.addWidget(self.pages)
        return self.below

    def _build_foot(self) -> QHBoxLayout:
        self.foot = ElidedLabel("", "note", self)
        self.back = button.secondary("退回整份", "arrow-left", self)
        self.take = button.primary("接受所选", "check", self)
        self.take.setToolTip("Ctrl+Enter")
        self.back.clicked.connect(self.returned)
        self.take.clicked.connect(self.accepted)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.foot, 1)
        row.addWidget(self.back)
        row.addWidget(self.take)
        return row

    # --- what is shown -----------------------------------------------------------------------------

    def show_file(
        self, file: CollectedFile, checking: Checking, texts: Mapping[int, str], *, is_read_only: bool
    ) -> None:
        """Show a return; ``texts`` are the measures of its plan by number."""
        is_other = self.file is None or self.file.path != file.path
        self.file, self._is_read_only = file, is_read_only
        self.unit.setText(file.unit or "未识别")
        self.name.setText(file.name)
        self.name.setToolTip(file.path)
        self.note.setText(file_note(file))
        has_stamp = bool(checking.stamps(file)) or bool(file.stamps)
        self.stamp.setEnabled(bool(checking.stamps(file)))
        self.stamp.setToolTip(stamp_tip(file, is_here=bool(checking.stamps(file)), has_any=has_stamp))
        is_back = bool(file.sent_back)
        self.diff.show_lines(lines_of(file, texts), checking.choice(file), is_fixed=is_read_only or is_back)
        self.nothing.setText(nothing_words(file, is_back=is_back))
        self.upper.setCurrentWidget(self.diff if file.changes else self.nothing)
        if is_other:
            self.diff.scrollToTop()
        self._load_below(file, checking, texts, is_fixed=is_read_only or is_back, is_other=is_other)
        self._show_steps(file, is_back=is_back)

    def chosen(self) -> frozenset[DiffKey]:
        """The fields that are ticked."""
        return self.diff.diff_model.chosen()

    def reviewed(self) -> int:
        """How many ticked fields belong to records that were 通过."""
        return sum(line.diff.is_reviewed and line.key in self.chosen() for line in self.diff.diff_model.lines)

    def set_busy(self, is_busy: bool) -> None:
        """Nothing can be begun while something is being written; the keyboard comes back to where it was."""
        if is_busy:
            self._had_keyboard = self.take.hasFocus()
        self._is_busy = is_busy
        if self.file is not None:
            self._show_steps(self.file, is_back=bool(self.file.sent_back))
        if not is_busy and self._had_keyboard:
            self._first_usable().setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_below(
        self, file: CollectedFile, checking: Checking, texts: Mapping[int, str], *, is_fixed: bool, is_other: bool
    ) -> None:
        said = problems_to_show(file)
        columns = [column_title(file, problem) for problem in said]
        lines = shown_problems(said, columns, checking.places(file))
        papers = [
            PaperLine(paper, measure_words(paper.measure_no, texts), checking.takes(paper))
            for paper in checking.papers(file)
        ]
        self.problems.load(lines, is_fixed=is_fixed)
        self.papers.load(papers, is_fixed=is_fixed)
        has_both = bool(lines) and bool(papers)
        self.problem_chip.set_count(len(lines))
        self.paper_chip.set_count(len(papers))
        for chip in (self.problem_chip, self.paper_chip):
            chip.setVisible(has_both)
        self.what.setVisible(not has_both)
        self.glyph.setVisible(not has_both)
        if is_other or not (self.problem_chip.isChecked() or self.paper_chip.isChecked()):
            self.problem_chip.setChecked(True)
        self._errors = sum(line.problem.severity is Severity.ERROR for line in lines)
        self._open = checking.open_errors(file)
        self.below.setVisible(bool(lines) or bool(papers))
        self._show_below()

    @Slot()
    def _show_below(self) -> None:
        """The list that is chosen, where there are both; else the one that has something."""
        lines, papers = self.problems.problem_model.lines, self.papers.paper_model.lines
        is_problems = bool(lines) and (not papers or self.problem_chip.isChecked())
        self.pages.setCurrentWidget(self.problems if is_problems else self.papers)
        self.export.setVisible(is_problems and any(line.acts for line in lines))
        if is_problems:
            self.what.setText(f"{self._errors} 处问题" if self._errors else f"{len(lines)} 点说明")
            self.glyph.set_glyph("warning-fill" if self._errors else "info", glyph_ink(self._errors))
            self.advice.setText(advice(self._errors, self._open, self.file.handled if self.file is not None else ""))
        else:
            self.what.setText(f"{len(papers)} 份佐证材料")
            self.glyph.set_glyph("paperclip", theme.tokens().second_text)
            self.advice.setText("接受时一并收下；不收下的放到未识别的文件")
        self._fit_below()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lists take what they need, and leave the fields their part."""
        super().resizeEvent(event)
        self._fit_below()

    def _fit_below(self) -> None:
        if self.pages.currentWidget() is self.problems:
            self.problems.lay_out()
            wanted = self.problems.wanted_height()
        else:
            wanted = theme.px(PAPER_ROW) * len(self.papers.paper_model.lines)
        most = theme.px(HEAD) + _MOST_ROWS * theme.px(PAPER_ROW)
        has_diff = self.upper.currentWidget() is self.diff
        share = self.height() // ((3 if self.height() > theme.px(_LOW) else 4) if has_diff else 2)
        self.pages.setFixedHeight(max(min(wanted, most if has_diff else 2 * most, share), theme.px(PAPER_ROW) * 2))

    def _first_usable(self) -> QWidget:
        """Where the keyboard goes on after a write: accepting, else what is left of this return."""
        if self.take.isEnabled():
            return self.take
        return self.diff if self.diff.diff_model.lines else self.pages.currentWidget()

    def _show_steps(self, file: CollectedFile, *, is_back: bool) -> None:
        count = len(self.diff.diff_model.chosen())
        is_noted = file.verdict is Verdict.OK and not file.changes and file.received_id is None
        self.take.setText("确认收到" if is_noted else f"接受所选 {count} 处" if count else "接受所选")
        can = not (self._is_read_only or self._is_busy or is_back)
        had_keyboard = self.take.hasFocus()
        self.take.setEnabled(can and file.is_usable and (bool(count) or is_noted))
        if had_keyboard and can and not self.take.isEnabled():
            self._first_usable().setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands it on, to the navigation
        can_return = file.whose is not None and file.verdict is not Verdict.DUPLICATE and file.spooled is not None
        self.back.setEnabled(can and can_return)
        self.back.setToolTip("" if can_return else "已接受或没有识别的文件不能整份退回")
        self.foot.setText(self._foot_words(file, count, is_back=is_back, is_noted=is_noted))

    def _foot_words(self, file: CollectedFile, count: int, *, is_back: bool, is_noted: bool) -> str:
        if self._is_read_only:
            return READ_ONLY
        if is_back:
            return "已退回，等该单位重新报送"
        if not file.is_usable:
            return "这份表不能用，请退回或指定单位"
        if is_noted:
            return "没有改动，确认后记为已收到"
        if not file.changes:
            return "已收到，没有要写入的内容"
        return "接受后才写入台账，可撤销" if count else "请先勾选要接受的改动"

    @Slot()
    def _on_choice(self) -> None:
        self.choice_changed.emit()
        if self.file is not None:
            self._show_steps(self.file, is_back=False)

    @Slot()
    def _on_key(self) -> None:
        if self.take.isEnabled():
            self.accepted.emit()
