"""The dialogs behind gui.messages: a message of the look, and the system's file dialogs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.messages import Action, FileQuestion, Message
from gui.widgets import button, labels
from gui.widgets.paint import box

_WIDTH = 552
_PADDING = 24
_ICON = 32


class _FactBox(QWidget):
    """文件, 位置, 怎么办 in a quiet frame."""

    def __init__(self, facts: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(13, 13, 13, 13)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(56))
        grid.setColumnStretch(1, 1)
        for row, (title, text) in enumerate(facts):
            grid.addWidget(labels.label(title, "second", self), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_wrapped(text, "", self), row, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        box(painter, self.rect(), fill=tokens.ground, border=tokens.line, radius=4)
        painter.end()


class MessageDialog(QDialog):
    """What happened, what it means, where, what to do; 复制详情 at the left, the actions at the right.

    Esc and × choose the harmless action; the focus is on the likely one.
    """

    def __init__(self, message: Message, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(message.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._message = message
        self._chosen: Action | None = None
        self.buttons: list[button.Button] = []
        self._build()
        self.finished.connect(self._on_finished)

    def _build(self) -> None:
        message = self._message
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PADDING + 2, _PADDING, _PADDING, _PADDING)
        outer.setSpacing(0)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(labels.IconLabel(message.icon, _ICON, theme.tokens().text, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(_wrapped(message.headline, "head", self))
        if message.text:
            column.addWidget(_wrapped(message.text, "", self))
        if message.facts:
            column.addSpacing(8)
            column.addWidget(_FactBox(message.facts, self))
        body.addLayout(column, 1)
        outer.addLayout(body)
        outer.addSpacing(16)
        outer.addStretch(1)
        footer = self._footer()
        outer.addLayout(footer)
        self.setAccessibleName(message.headline)
        self.setAccessibleDescription(message.text)
        # Many choices stand in one row whole: the dialog grows with them.
        width = max(theme.px(_WIDTH), footer.sizeHint().width() + 2 * _PADDING + 2)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        # Left to itself Qt takes the height that the wrapped words would need in a narrower dialog.
        self.ensurePolished()
        outer.activate()
        self.resize(width, outer.totalHeightForWidth(width))

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._message.details:
            copy = button.ghost("复制详情", "copy", self)
            copy.clicked.connect(self._on_copy)
            row.addWidget(copy)
        row.addStretch(1)
        for action in self._message.actions:
            kind = "primary" if action.is_primary else "secondary"
            made = button.Button(action.text, kind, action.icon, self)
            made.clicked.connect(partial(self._on_action, action))
            row.addWidget(made)
            self.buttons.append(made)
            if action is self._first():
                made.setDefault(True)
                made.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def _first(self) -> Action | None:
        """Where the keyboard begins: on the likely action, before a large one on the harmless."""
        actions = self._message.actions
        if any(action.is_large for action in actions):
            return next((action for action in actions if action.is_escape), None)
        return next((action for action in actions if action.is_primary), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; left and right walk between the buttons."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(self.focusWidget(), button.Button):
            self.focusWidget().click()  # type: ignore[attr-defined]
            return
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
            return
        super().keyPressEvent(event)

    def _on_action(self, action: Action, _checked: bool = False) -> None:
        self._chosen = action
        self.accept()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._message.details)

    @Slot()
    def _on_finished(self) -> None:
        chosen = self._chosen or next((a for a in self._message.actions if a.is_escape), None)
        if chosen is not None and chosen.on_chosen is not None:
            chosen.on_chosen()


def _wrapped(text: str, role: str, parent: QWidget) -> QLabel:
    made = labels.label(text, role, parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class DialogPresenter(QObject):
    """Shows real dialogs; ``builtin_file_dialog`` uses Qt's own file dialog, for desktops that freeze in theirs."""

    def __init__(self, *, builtin_file_dialog: bool = False) -> None:
        super().__init__(QApplication.instance())
        self._is_builtin = builtin_file_dialog

    def show(self, parent: QWidget | None, message: Message) -> None:
        """Show a message over the window."""
        MessageDialog(message, _over(parent)).open()

    def choose(self, parent: QWidget | None, question: FileQuestion) -> None:
        """Ask for files with the system's dialog."""
        dialog = QFileDialog(_over(parent), question.title, str(question.start))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, self._is_builtin)
        dialog.setNameFilters(list(question.filters))
        if question.kind == "folder":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        elif question.kind == "save":
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not question.asks_to_replace)
            dialog.setDefaultSuffix(question.start.suffix.lstrip("."))
            dialog.setDirectory(str(question.start.parent))
            dialog.selectFile(question.start.name)
        else:
            many = question.kind == "open_many"
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(partial(_answer, question))
        dialog.open()


def _answer(question: FileQuestion, names: list[str]) -> None:
    if names:
        question.on_chosen([Path(name) for name in names])


def _over(parent: QWidget | None) -> QWidget | None:
    """The window a dialog belongs to: that of the asker, else the active one, else any that is visible."""
    if parent is not None:
        return parent.window()
    active = QApplication.activeModalWidget() or QApplication.activeWindow()
    if active is not None:
        return active
    return next((w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()), None)
