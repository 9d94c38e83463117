"""A presenter that shows nothing: it keeps what was to be shown, and answers when the test says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.messages import FileQuestion, Message


class Recorder:
    """Keeps messages and questions in order."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.questions: list[FileQuestion] = []

    def show(self, _parent: QWidget | None, message: Message) -> None:
        self.messages.append(message)

    def choose(self, _parent: QWidget | None, question: FileQuestion) -> None:
        self.questions.append(question)

    @property
    def last(self) -> Message:
        """The message shown last."""
        return self.messages[-1]

    def press(self, text: str) -> None:
        """Choose an action of the last message by its words."""
        action = next(action for action in self.last.actions if action.text == text)
        if action.on_chosen is not None:
            action.on_chosen()

    def give(self, *paths: Path) -> None:
        """Answer the last file question."""
        self.questions[-1].on_chosen(list(paths))
