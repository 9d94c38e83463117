"""示例台账 for practice: a county that does not exist, in a file of its own, made when it is asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core import paths
from core.errors import KnownError
from gui import messages
from gui.messages import Action

if TYPE_CHECKING:
    from core.job import Job
    from core.office.sample import Sample
    from gui.context import Context
    from gui.file_commands import FileCommands

_TITLE = "示例台账"
_WHAT = (
    "一个虚构的县，40 个单位、一年的填报和报告，供练习。"
    "它是单独的文件，在里面怎么改都不影响自己的台账；回到自己的台账，用“文件”菜单的“最近打开”。"
)


class Practice(QObject):
    """Asks, makes the sample in the background and opens it."""

    def __init__(self, context: Context, commands: FileCommands, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._commands = commands
        self._window = window

    @Slot()
    def start(self) -> None:
        """Go on with the sample that is there, or make one."""
        cancel = Action("取消", is_escape=True)
        there = ledgers(home())
        if not there:
            actions = [cancel, Action("做一份，打开", partial(self._make, home()), "student", is_primary=True)]
            facts = [("文件夹", str(home())), ("用时", "约半分钟，可以取消")]
            messages.ask(self._window, _TITLE, _WHAT, actions, headline="做一份示例台账来练习？", facts=facts)
            return
        actions = [
            cancel,
            Action("重新做一份", partial(self._make, next_folder(home()))),
            Action("接着练习", partial(self._commands.open_path, there[-1]), "student", is_primary=True),
        ]
        facts = [("文件", str(there[-1]))]
        messages.ask(
            self._window, _TITLE, _WHAT, actions, headline="接着用上次的示例台账，还是重新做一份？", facts=facts
        )

    def _make(self, folder: Path) -> None:
        self._context.jobs.start(
            "正在做示例台账",
            partial(_made, folder),
            self._on_made,
            on_error=self._on_error,
            on_cancelled=_nothing,
        )

    def _on_made(self, sample: Sample) -> None:
        self._commands.open_path(sample.ledger)

    def _on_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            messages.show_error(self._window, error, consequence="没有做成示例台账，自己的台账没有改动。")
            return
        from gui import crash

        crash.report(error)


def home() -> Path:
    """The folder of the first sample; further ones are numbered."""
    return paths.documents_folder() / "示例台账"


def ledgers(first: Path) -> list[Path]:
    """The samples that were made, the newest last."""
    found = [folder / "示例台账.db" for folder in first.parent.glob(f"{first.name}*") if folder.is_dir()]
    return sorted((path for path in found if path.is_file()), key=lambda path: path.stat().st_mtime)


def next_folder(first: Path) -> Path:
    """A folder that is not there yet."""
    number = 2
    while (made := first.with_name(f"{first.name} {number}")).exists():
        number += 1
    return made


def _made(folder: Path, job: Job) -> Sample:
    """In the worker."""
    from core.office.sample import make_sample

    return make_sample(folder, job)


def _nothing() -> None:
    """取消 leaves nothing behind."""
