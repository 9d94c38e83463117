"""What was decided about the returns of this session and is not written yet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.model.plan import Severity
from core.office.collected import Collected, CollectedFile, DiffKey, Fate, LooseFile, Verdict

if TYPE_CHECKING:
    from core.exchange.returned import SheetProblem
    from core.office.collect_return import Place


class Stand(StrEnum):
    """How far the checking of a return is; the value is the head of its group."""

    FAULTY = "有问题"
    OPEN = "待核对"
    DONE = "已核对"


class Checking:
    """Choices by the path of a file: they stay when the same files are read anew."""

    def __init__(self) -> None:
        self.collected: Collected | None = None
        self._choices: dict[str, frozenset[DiffKey]] = {}
        self._offered: dict[str, frozenset[DiffKey]] = {}
        self._places: dict[str, set[Place]] = {}
        self._left_out: set[str] = set()

    def show(self, collected: Collected | None) -> None:
        """Files were read, or read anew."""
        self.collected = collected
        for file in self.files:
            self._offer(file)

    def clear(self) -> None:
        """Another ledger: nothing was read."""
        self.__init__()  # type: ignore[misc]

    # --- files -------------------------------------------------------------------------------------

    @property
    def files(self) -> tuple[CollectedFile, ...]:
        """The returns whose unit is known, and what cannot be read at all."""
        found = self.collected.files if self.collected is not None else ()
        return tuple(file for file in found if not _is_unknown(file))

    @property
    def unknown(self) -> tuple[CollectedFile, ...]:
        """Workbooks that somebody must say whose they are."""
        found = self.collected.files if self.collected is not None else ()
        return tuple(file for file in found if _is_unknown(file))

    @property
    def tray(self) -> tuple[LooseFile, ...]:
        """Papers that nobody has placed."""
        return self.collected.tray if self.collected is not None else ()

    def file(self, path: str) -> CollectedFile | None:
        """The return at a path."""
        return next((file for file in self.files if file.path == path), None)

    def stand(self, file: CollectedFile) -> Stand:
        """How far it is."""
        if file.sent_back:
            return Stand.DONE
        if not file.is_usable or self.open_errors(file):
            return Stand.FAULTY
        if file.verdict is Verdict.DUPLICATE:
            return Stand.DONE
        return Stand.FAULTY if file.verdict is Verdict.PARTIAL and not file.errors else Stand.OPEN

    # --- which fields are taken --------------------------------------------------------------------

    def choice(self, file: CollectedFile) -> frozenset[DiffKey]:
        """The fields that are ticked."""
        return self._choices.get(file.path, frozenset()) & {diff.key for diff in file.diffs}

    def choose(self, file: CollectedFile, keys: frozenset[DiffKey]) -> None:
        """The clerk ticked others of the fields that are there."""
        here = {diff.key for diff in file.diffs}
        self._choices[file.path] = (self._choices.get(file.path, frozenset()) - here) | keys

    def _offer(self, file: CollectedFile) -> None:
        """What is new is ticked as usual, what was seen keeps its tick, also when it was gone in between (撤销)."""
        here = frozenset(diff.key for diff in file.diffs)
        seen = self._offered.get(file.path, frozenset())
        self._choices[file.path] = self._choices.get(file.path, frozenset()) | (file.default_choice() - seen)
        self._offered[file.path] = here | seen

    # --- problems ----------------------------------------------------------------------------------

    def places(self, file: CollectedFile) -> frozenset[Place]:
        """The problems that go back to the unit."""
        return frozenset(self._places.get(file.path, ()))

    def turn_place(self, file: CollectedFile, problem: SheetProblem) -> None:
        """Put a problem on the list that goes back, or take it off."""
        places = self._places.setdefault(file.path, set())
        places.symmetric_difference_update({(problem.row, problem.column)})

    def open_errors(self, file: CollectedFile) -> int:
        """Problems that keep something from being written and about which nothing was decided."""
        if file.handled:
            return 0
        done = self.places(file)
        return sum(p.severity is Severity.ERROR and (p.row, p.column) not in done for p in file.problems)

    # --- papers beside a sheet ---------------------------------------------------------------------

    def papers(self, file: CollectedFile) -> tuple[LooseFile, ...]:
        """Evidence that was found for the unit and period of a return."""
        if self.collected is None or file.whose is None:
            return ()
        return tuple(one for one in self.collected.matched if one.fate is Fate.EVIDENCE and one.whose == file.whose)

    def stamps(self, file: CollectedFile) -> tuple[LooseFile, ...]:
        """Stamped scans of a return that came along."""
        if self.collected is None or file.whose is None:
            return ()
        return tuple(one for one in self.collected.matched if one.fate is Fate.STAMP and one.whose == file.whose)

    def takes(self, paper: LooseFile) -> bool:
        """Whether a paper becomes evidence with its return."""
        return paper.path not in self._left_out

    def turn_paper(self, paper: LooseFile) -> None:
        """Take a paper along, or leave it to the tray."""
        self._left_out.symmetric_difference_update({paper.path})


def _is_unknown(file: CollectedFile) -> bool:
    """Read, but not known whose: somebody can say it."""
    return file.whose is None and file.sheet is not None
