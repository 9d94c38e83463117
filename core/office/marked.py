"""涉密: a file that carries a mark of secrecy is not taken in before a person has said that it is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import EvidenceError
from core.exchange.secrecy import mark_in_name, mark_on_page

ADVICE = "涉密材料不得存入台账，也不得在联网的电脑上处理，请按保密规定另行保管。"


class MarkedError(EvidenceError):
    """Files that carry a mark; nothing was taken in. ``marks``: (name of the file, its mark)."""

    def __init__(self, marks: Sequence[tuple[str, str]]) -> None:
        """Name the first; the others are counted."""
        name, mark = marks[0]
        more = f"等 {len(marks)} 个文件" if len(marks) > 1 else ""
        super().__init__(f"“{name}”{more}带有“{mark}”字样，没有加入。", hint=ADVICE, where=name)
        self.marks = tuple(marks)


def marks_of(files: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """(name, mark) of the files that carry one in their name or at the head of their first page."""
    found = ((file.name, mark_in_name(file.stem) or mark_on_page(file)) for file in files)
    return tuple((name, mark) for name, mark in found if mark)


def refuse_marked(files: Sequence[Path]) -> None:
    """Raise MarkedError where one carries a mark."""
    marks = marks_of(files)
    if marks:
        raise MarkedError(marks)
