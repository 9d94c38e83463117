"""Calling a function in a bounded child, for one file or for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from core.contained.batch import Batch, ContainedError, Task, Why
from core.contained.pool import borrowed, end
from core.errors import KnownError
from core.job import Job

__all__ = ["MEGABYTES", "SECONDS", "Ahead", "ContainedError", "Task", "Why", "ahead", "each", "end", "run", "warm_up"]

T = TypeVar("T")

SECONDS = 120.0
"""How long one file may take; a workbook formatted down to its last row takes ten, on an old PC a minute."""
MEGABYTES = 1536
"""How much memory (address space) a child may take."""


def run(
    function: Callable[..., T],
    *args: object,
    job: Job,
    name: str,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> T:
    """Call ``function(*args, job)`` in a child; ``name`` is the file as a person knows it.

    The function stands at the top of its module; it, its arguments and its result are pickled. The steps of the
    child's job are told to ours. Raises the KnownError that the function raises, ContainedError for whatever else
    ends it, Cancelled (the child is ended at once).
    """
    for outcome in each(function, ((name, args),), job=job, seconds=seconds, megabytes=megabytes):
        if isinstance(outcome, KnownError):
            raise outcome
        return outcome
    raise AssertionError


def each(
    function: Callable[..., T],
    tasks: Iterable[Task],
    *,
    job: Job,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Iterator[T | KnownError]:
    """The same for many files, in two children where there are two cores; results come in the order of the tasks.

    Tasks are taken as they are needed. What ends the reading of one file is its result; the others are read all the
    same. Raises Cancelled.
    """
    with borrowed(megabytes) as pool:
        yield from Batch(pool, function, tasks, job, seconds).results()


class Ahead(Generic[T]):
    """Files that are read while more of them come; what became of them is asked in any order."""

    def __init__(self, batch: Batch) -> None:
        """Made by ``ahead``."""
        self._batch = batch

    def begin(self, name: str, args: tuple[object, ...]) -> int:
        """One more file; nothing is waited for. Gives its number. Raises Cancelled."""
        return self._batch.add(name, args)

    def outcome(self, number: int) -> T | KnownError:
        """What became of a file, once. Raises Cancelled."""
        found: T | KnownError = self._batch.answer(number)
        return found


@contextmanager
def ahead(
    function: Callable[..., T], *, job: Job, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Iterator[Ahead[T]]:
    """As ``each``, for files that come one by one."""
    with borrowed(megabytes) as pool:
        yield Ahead(Batch(pool, function, (), job, seconds))


def warm_up() -> None:
    """Start a child where a file is about to come, and do not wait for it; where none starts, the file will say so."""
    with borrowed(MEGABYTES) as pool, suppress(OSError):
        pool.child()
