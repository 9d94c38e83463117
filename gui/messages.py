"""Every message and every file question of the window, behind one door.

Nothing here waits: an answer comes by a call-back, so no nested event loop is ever run. Tests put a recorder in
the presenter's place (``use``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import KnownError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LEDGER_FILTER = "台账文件 (*.db)"


@dataclass(slots=True, eq=False)
class Action:
    """A button of a message. ``is_primary`` takes the focus; Esc and the window's × choose ``is_escape``.

    ``is_large``: Enter alone must not do it, so the keyboard begins on the harmless one.
    """

    text: str
    on_chosen: Callable[[], None] | None = None
    icon: str = ""
    is_primary: bool = False
    is_escape: bool = False
    is_large: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """What a message dialog shows, top to bottom; ``facts`` are pairs (文件, …) in the box."""

    title: str
    headline: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    actions: tuple[Action, ...] = ()
    details: str = ""
    """What 复制详情 puts on the clipboard; without it there is no such button."""
    icon: str = "warning-octagon-fill"


@dataclass(slots=True, eq=False)
class FileQuestion:
    """A question for files. ``kind``: open, open_many, save or folder; ``filters``: 台账文件 (*.db)."""

    kind: str
    title: str
    start: Path
    filters: tuple[str, ...] = ()
    on_chosen: Callable[[list[Path]], None] = field(default=lambda _paths: None)
    asks_to_replace: bool = True
    """Whether a save asks before an existing file is replaced; not where the writer refuses by itself."""


class Presenter(Protocol):
    """Shows messages and asks for files."""

    def show(self, parent: QWidget | None, message: Message) -> None:
        """Show a message; returns at once."""

    def choose(self, parent: QWidget | None, question: FileQuestion) -> None:
        """Ask for files; returns at once, ``on_chosen`` is called unless the clerk cancels."""


class _Active:
    presenter: Presenter | None = None
    is_builtin_file_dialog = False


def use_builtin_file_dialog(is_builtin: bool) -> None:
    """Ask for files with Qt's own dialog: the desktop's own freezes on some Linux desktops."""
    _Active.is_builtin_file_dialog = is_builtin


def use(presenter: Presenter | None) -> None:
    """Put another presenter in force; None: the dialogs."""
    _Active.presenter = presenter


def _presenter() -> Presenter:
    if _Active.presenter is None:
        from gui.widgets.dialogs import DialogPresenter

        _Active.presenter = DialogPresenter(builtin_file_dialog=_Active.is_builtin_file_dialog)
    return _Active.presenter


def show_error(
    parent: QWidget | None,
    error: KnownError,
    *,
    consequence: str = "",
    actions: Sequence[Action] = (),
) -> None:
    """Tell a known error: what happened, what it means for the ledger, where, what to do."""
    facts: list[tuple[str, str]] = []
    if error.where:
        facts.append(("文件" if _is_path(error.where) else "位置", error.where))
    if error.hint:
        facts.append(("怎么办", error.hint))
    lines = [error.message, consequence, *(f"{label}：{text}" for label, text in facts)]
    _presenter().show(
        parent,
        Message(
            title="台账",
            headline=error.message.rstrip("。"),
            text=consequence,
            facts=tuple(facts),
            actions=tuple(actions) or (Action("知道了", is_primary=True, is_escape=True),),
            details="\n".join(line for line in lines if line),
        ),
    )


def show_bug(parent: QWidget | None, details: str) -> None:
    """Tell a fault of the program; ``details`` is what the clerk can copy and send."""
    from core import log

    _presenter().show(
        parent,
        Message(
            title="台账",
            headline="程序出了一个错误",
            text="已写入台账的内容没有受影响，可以继续使用。",
            facts=(
                ("记录", str(log.log_file())),
                ("怎么办", "如果反复出现，请点“复制详情”，连同刚才的操作一起告诉维护人员。"),
            ),
            actions=(Action("继续", is_primary=True, is_escape=True),),
            details=details,
        ),
    )


def show_info(parent: QWidget | None, title: str, headline: str, text: str = "") -> None:
    """Tell something that needs no action."""
    _presenter().show(
        parent,
        Message(title, headline, text, actions=(Action("知道了", is_primary=True, is_escape=True),), icon="info"),
    )


def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    actions: Sequence[Action],
    *,
    headline: str = "",
    facts: Sequence[tuple[str, str]] = (),
) -> None:
    """Ask a question with own verbs as buttons; the chosen action's ``on_chosen`` is called."""
    _presenter().show(
        parent,
        Message(title, headline or title, text, facts=tuple(facts), actions=tuple(actions), icon="question"),
    )


def choose_open(
    parent: QWidget | None, title: str, start: Path, filters: Sequence[str], on_chosen: Callable[[Path], None]
) -> None:
    """Ask for one existing file; ``start`` is the folder shown first."""
    question = FileQuestion("open", title, start, tuple(filters), lambda paths: on_chosen(paths[0]))
    _presenter().choose(parent, question)


def choose_open_many(
    parent: QWidget | None, title: str, start: Path, filters: Sequence[str], on_chosen: Callable[[list[Path]], None]
) -> None:
    """Ask for one or more existing files."""
    _presenter().choose(parent, FileQuestion("open_many", title, start, tuple(filters), on_chosen))


def choose_save(
    parent: QWidget | None,
    title: str,
    start: Path,
    filters: Sequence[str],
    on_chosen: Callable[[Path], None],
    *,
    asks_to_replace: bool = True,
) -> None:
    """Ask where to write; ``start`` is the proposed file.

    The dialog asks before an existing file is replaced, unless told not to.
    """
    question = FileQuestion(
        "save", title, start, tuple(filters), lambda paths: on_chosen(paths[0]), asks_to_replace=asks_to_replace
    )
    _presenter().choose(parent, question)


def choose_folder(parent: QWidget | None, title: str, start: Path, on_chosen: Callable[[Path], None]) -> None:
    """Ask for a folder."""
    question = FileQuestion("folder", title, start, (), lambda paths: on_chosen(paths[0]))
    _presenter().choose(parent, question)


def _is_path(where: str) -> bool:
    return bool(re.search(r"[/\\]|\.\w{1,5}$", where))
