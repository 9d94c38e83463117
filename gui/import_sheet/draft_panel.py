"""The card with the draft: its table, and what can be done with it by button, key and menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.office.review import deadline_note, division_note
from gui import theme
from gui.import_sheet.draft_menu import draft_menu
from gui.import_sheet.draft_view import DraftView
from gui.import_sheet.editing import Editing
from gui.import_sheet.fitting_label import FittingLabel
from gui.import_sheet.lines import COLUMNS, DEADLINE, DIVISION, TEXT, Heading, MeasureLine
from gui.import_sheet.source_panel import HEAD
from gui.widgets import button, labels

_CUT_AFTER = "。；"
_NOTHING = "没有读到措施。请在左边指定哪一列是具体措施，再按“按此重读”；也可以按 ＋ 手工增加。"


class DraftPanel(QFrame):
    """Edits a draft: that of a document on its way in, or a plan of the ledger."""

    chosen_changed = Signal()
    gap_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, title: str = "读到的内容", nothing: str = _NOTHING) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title, self._nothing = title, nothing
        self.session: Editing | None = None
        self._build()
        self._build_keys()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(theme.px(HEAD))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(labels.label(self._title, "head", head))
        row.addSpacing(4)
        self.note = FittingLabel("note", head)
        row.addWidget(self.note, 1)
        self.undo = self._tool("arrow-u-up-left", "撤销", "Ctrl+Z", head)
        self.redo = self._tool("arrow-u-up-right", "重做", "Ctrl+Y", head)
        self.add = self._tool("plus", "在下面增加一项措施", "Insert", head)
        self.split = self._tool("scissors", "从光标处拆成两项", "Ctrl+Shift+Enter", head)
        self.merge = self._tool("git-merge", "与下一项合并", "Ctrl+M", head)
        self.up = self._tool("arrow-up", "上移", "Alt+↑", head)
        self.down = self._tool("arrow-down", "下移", "Alt+↓", head)
        self.remove = self._tool("trash", "删除", "Delete", head)
        for each in (self.undo, self.redo, self.add, self.split, self.merge, self.up, self.down, self.remove):
            row.addWidget(each)
        self.tools = row
        outer.addWidget(head)
        outer.addWidget(labels.rule(self))
        self.nothing = labels.label(self._nothing, "second", self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(self.nothing)
        self.view = DraftView(self)
        outer.addWidget(self.view, 1)

    @staticmethod
    def _tool(icon: str, words: str, key: str, parent: QWidget) -> button.Button:
        made = button.icon_button(icon, words, parent)
        made.setToolTip(f"{words}（{key}）")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # an open field must keep its cursor
        return made

    def add_tool(self, icon: str, words: str, key: str) -> button.Button:
        """One more button at the end of the head."""
        made = self._tool(icon, words, key, self)
        self.tools.addWidget(made)
        return made

    def _build_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ins": self._on_add,
            "Del": self._on_remove,
            "Ctrl+M": self._on_merge,
            "Alt+Up": self._on_up,
            "Alt+Down": self._on_down,
            "Ctrl+Shift+Return": self._on_split,
            "Ctrl+V": self._on_paste,
        }
        for key, slot in keys.items():
            made = QShortcut(QKeySequence(key), self.view)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(slot)

    def _connect(self) -> None:
        view = self.view
        view.chosen_changed.connect(self._on_chosen)
        view.gap_activated.connect(self.gap_activated)
        view.split_asked.connect(self._on_split_at)
        view.draft_model.typed.connect(self._on_typed)
        view.customContextMenuRequested.connect(self._on_menu)
        view.cell_delegate.read = self._read
        self.undo.clicked.connect(self._on_undo)
        self.redo.clicked.connect(self._on_redo)
        self.add.clicked.connect(self._on_add)
        self.split.clicked.connect(self._on_split)
        self.merge.clicked.connect(self._on_merge)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)

    # -- what is shown --------------------------------------------------------------------------------

    def show_session(self, session: Editing) -> None:
        """Show the draft of a session."""
        self.session = session
        self.refresh()
        self.view.scrollToTop()

    def refresh(self) -> None:
        """The draft is another."""
        session = self.session
        if session is None:
            return
        self.view.show_lines(session.lines())
        plan = session.plan
        counts = [
            (len(plan.sections), "个部分"),
            (len(plan.tasks), "项任务"),
            (len(plan.measures), "项措施"),
        ]
        words = "，".join(f"{number} {name}" for number, name in counts if number)
        short = [f"{len(plan.measures)} 项措施"] if words else []
        self.note.set_wordings([f"{words}，双击任一格可修改", words, *short] if words else ["还没有措施"])
        self.nothing.setVisible(not plan.measures)
        self._tell_possible()

    def _tell_possible(self) -> None:
        session = self.session
        if session is None:
            return
        chosen = self.view.chosen_nos()
        history = session.history
        self.undo.setEnabled(bool(history.undo_words))
        self.undo.setToolTip(f"撤销：{history.undo_words}（Ctrl+Z）" if history.undo_words else "撤销（Ctrl+Z）")
        self.redo.setEnabled(bool(history.redo_words))
        self.redo.setToolTip(f"重做：{history.redo_words}（Ctrl+Y）" if history.redo_words else "重做（Ctrl+Y）")
        last = len(session.plan.measures)
        self.split.setEnabled(len(chosen) == 1)
        self.merge.setEnabled(len(chosen) == 1 and chosen[0] < last)
        self.up.setEnabled(len(chosen) == 1 and chosen[0] > 1)
        self.down.setEnabled(len(chosen) == 1 and chosen[0] < last)
        self.remove.setEnabled(bool(chosen))

    # -- operations -----------------------------------------------------------------------------------

    @Slot()
    def _on_undo(self) -> None:
        self.view.cell_delegate.finish()
        if self.session is not None:
            self.session.undo()

    @Slot()
    def _on_redo(self) -> None:
        self.view.cell_delegate.finish()
        if self.session is not None:
            self.session.redo()

    @Slot()
    def _on_add(self) -> None:
        self.view.cell_delegate.finish()
        if self.session is None:
            return
        chosen = self.view.chosen_nos()
        plan = self.session.plan
        after = chosen[-1] if chosen else len(plan.measures) or None
        no = self.session.add(after)
        self.view.edit_cell(no, TEXT)

    @Slot()
    def _on_split(self) -> None:
        """With a field open, at its cursor; else open it at the end of a sentence, for the clerk to say where."""
        editor = self.view.editor
        if editor is not None:
            editor.split_asked.emit(editor.field.textCursor().position())
            return
        chosen = self.view.chosen_nos()
        if len(chosen) != 1 or self.session is None:
            return
        self.view.edit_cell(chosen[0], TEXT)
        editor = self.view.editor
        if editor is not None:
            cursor = editor.field.textCursor()
            cursor.setPosition(_middle(editor.field.toPlainText()), QTextCursor.MoveMode.MoveAnchor)
            editor.field.setTextCursor(cursor)
            editor.tell("把光标放在断开的地方，再点一次拆分（Ctrl+Shift+Enter）")

    @Slot(int, int)
    def _on_split_at(self, no: int, at: int) -> None:
        if self.session is not None:
            self.session.split(no, at)
            self.view.choose([no, no + 1])
            self.chosen_changed.emit()

    @Slot()
    def _on_merge(self) -> None:
        self.view.cell_delegate.finish()
        chosen = self.view.chosen_nos()
        if self.session is not None and len(chosen) == 1:
            self.session.merge(chosen[0])

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        self.view.cell_delegate.finish()
        chosen = self.view.chosen_nos()
        if self.session is not None and len(chosen) == 1:
            there = self.session.move(chosen[0], by)
            if there is not None:
                self.view.choose([there])
                self._tell_possible()

    @Slot()
    def _on_remove(self) -> None:
        self.view.cell_delegate.finish()
        if self.session is None:
            return
        chosen = self.view.chosen_nos()
        line = self.view.draft_model.line(self.view.currentIndex().row())
        if chosen:
            self.session.delete(chosen)
            left = len(self.session.plan.measures)
            self.view.choose([min(chosen[0], left)] if left else [])
        elif isinstance(line, Heading):
            self.session.delete_heading(line.no, is_task=line.is_task)

    @Slot(int, str)
    def _on_typed(self, row: int, words: str) -> None:
        line = self.view.draft_model.line(row)
        if self.session is None:
            return
        if isinstance(line, MeasureLine):
            self.session.change_cell(line.no, COLUMNS[self.view.draft_model.typed_column][0], words)
        elif isinstance(line, Heading):
            self.session.change_heading(line.no, words, is_task=line.is_task)

    @Slot()
    def _on_paste(self) -> None:
        """Cells copied in WPS go into the cell under the cursor and those to the right and below."""
        from gui.widgets.clipboard import pasted_table

        here = self.view.currentIndex()
        line, table = self.view.draft_model.line(here.row()), pasted_table()
        if self.session is not None and isinstance(line, MeasureLine) and table:
            self.session.paste(line.no, COLUMNS[here.column()][0], table)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self.session is not None:
            menu = draft_menu(self, self.session)
            if menu is not None:
                menu.popup(self.view.viewport().mapToGlobal(place))

    def menu_actions(self) -> dict[str, Callable[[], None]]:
        """The operations by their words, for the menu."""
        return {
            "修改": partial(self.view.edit, self.view.currentIndex()),
            "拆分": self._on_split,
            "合并": self._on_merge,
            "增加": self._on_add,
            "上移": self._on_up,
            "下移": self._on_down,
            "删除": self._on_remove,
        }

    @Slot()
    def _on_chosen(self) -> None:
        self._tell_possible()
        self.chosen_changed.emit()

    def _read(self, no: int, column: str, words: str) -> str:
        """What is understood of words while they are typed."""
        session = self.session
        if session is None or no > len(session.plan.measures):
            return ""
        measure = session.read_as(no, column, words)
        if column == DIVISION:
            return division_note(measure, session.plan.document, session.register)
        return deadline_note(measure.deadlines, measure.deadline_raw) if column == DEADLINE else ""


def _middle(text: str) -> int:
    """Behind the mark that is nearest to the middle; the middle itself without one."""
    ends = [at + 1 for at, letter in enumerate(text[:-1]) if letter in _CUT_AFTER]
    return min(ends, key=lambda at: abs(at - len(text) / 2), default=len(text) // 2)
