"""What the clerk did to a draft, step by step: each state is a value, so undoing is going back to one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.model.edit import Edited


@dataclass(frozen=True, slots=True)
class State:
    """The draft with the problems that were dealt with; ``words`` say what led here (拆分（6）)."""

    edited: Edited
    handled: frozenset[str] = frozenset()
    words: str = ""


class History:
    """States in order, and which is in force."""

    def __init__(self, first: State) -> None:
        self._states = [first]
        self._at = 0

    @property
    def state(self) -> State:
        """The state in force."""
        return self._states[self._at]

    @property
    def is_touched(self) -> bool:
        """Whether anything was done that closing would lose."""
        return self._at > 0

    @property
    def undo_words(self) -> str:
        """What would be undone; empty at the beginning."""
        return self.state.words if self._at else ""

    @property
    def redo_words(self) -> str:
        """What would be done again; empty at the end."""
        return self._states[self._at + 1].words if self._at + 1 < len(self._states) else ""

    def push(self, state: State) -> None:
        """A step forward; what was undone before is gone."""
        del self._states[self._at + 1 :]
        self._states.append(state)
        self._at += 1

    def handle(self, key: str, *, is_handled: bool, words: str) -> None:
        """Mark a problem as dealt with, or not."""
        here = self.state
        handled = here.handled | {key} if is_handled else here.handled - {key}
        self.push(replace(here, handled=handled, words=words))

    def undo(self) -> bool:
        """One step back; False at the beginning."""
        if self._at == 0:
            return False
        self._at -= 1
        return True

    def redo(self) -> bool:
        """One step forward again; False at the end."""
        if self._at + 1 >= len(self._states):
            return False
        self._at += 1
        return True
