"""The children of one batch after the other: a child stays warm for the next file; two batches at once have their own."""

from __future__ import annotations

import atexit
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue

from core.contained.child import Message
from core.contained.process import Process

MOST_CHILDREN = 2
DEPTH = 3
"""Tasks that lie with a child, the one it does included: it need not wait while we look at its last answer."""


@dataclass(slots=True)
class Given:
    """A task on its way; ``is_again`` once its reading has ended a child that had read other files before."""

    at: int
    name: str
    args: tuple[object, ...]
    is_again: bool = False


@dataclass(slots=True)
class Child:
    """A child with what lies with it."""

    process: Process
    tasks: deque[Given] = field(default_factory=deque)
    since: float = 0.0
    """When it began with its first task."""
    served: int = 0
    is_ready: bool = False


class Pool:
    """The children of one batch after the other."""

    def __init__(self, megabytes: int) -> None:
        """No child yet; each may take so many ``megabytes``."""
        self.megabytes = megabytes
        self.children: list[Child] = []
        self.inbox: SimpleQueue[tuple[Process, Message]] = SimpleQueue()

    def child(self) -> Child:
        """The least busy child, a new one where all are busy and one more is allowed; OSError where none starts."""
        for one in [one for one in self.children if not one.tasks and one.process.has_ended]:
            self.drop(one)
        least = min(self.children, key=lambda one: len(one.tasks), default=None)
        if least is None:
            return self._new()
        many = len(self.children)
        if len(least.tasks) >= DEPTH and many < MOST_CHILDREN and many < (os.cpu_count() or 1):
            with suppress(OSError):
                return self._new()
        return least

    def _new(self) -> Child:
        child = Child(Process(self.inbox, self.megabytes))
        self.children.append(child)
        return child

    def of(self, process: Process) -> Child | None:
        """The child of a process, None where it was ended."""
        return next((one for one in self.children if one.process is process), None)

    def drop(self, child: Child) -> int:
        """End a child; gives its exit code."""
        self.children.remove(child)
        return child.process.kill()

    def stop(self) -> None:
        """End the children that still do something nobody waits for."""
        for child in [child for child in self.children if child.tasks]:
            self.drop(child)

    def close(self) -> None:
        """Let the children go, none of which has anything to do."""
        for child in self.children:
            child.process.close()
        self.children.clear()


resting: list[Pool] = []
"""Pools without a batch."""
_lock = threading.Lock()


def end() -> None:
    """End all children that wait for work."""
    with _lock:
        pools = [*resting]
        resting.clear()
    for pool in pools:
        pool.close()


atexit.register(end)


@contextmanager
def borrowed(megabytes: int) -> Iterator[Pool]:
    """A pool for one batch; what still does something at its end is ended."""
    with _lock:
        at = next((at for at, pool in enumerate(resting) if pool.megabytes == megabytes), None)
        pool = resting.pop(at) if at is not None else Pool(megabytes)
    try:
        yield pool
    finally:
        pool.stop()
        with _lock:
            resting.append(pool)
