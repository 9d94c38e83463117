"""One batch: gives the tasks to the children and puts their answers in order, whatever becomes of a child."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from queue import Empty
from typing import Any

from core.contained.child import RESTED, Message
from core.contained.pool import DEPTH, MOST_CHILDREN, Child, Given, Pool
from core.contained.process import Process
from core.errors import Cancelled, KnownError
from core.job import Job

Task = tuple[str, tuple[object, ...]]
"""The name of a file, for sentences, and the arguments."""

_AHEAD = 64
"""Answers that wait while files are still coming: as many as two children give while two hundred are copied."""
_TICK, _START_SECONDS = 0.05, 60.0
"""How often we look at the clock; how long a child may take to start, on a PC that scans every program first."""
_SAVE = "请用 WPS 或 Office 打开它，另存后再试；打不开的，请对方重新发送。"


class Why(StrEnum):
    """What ended the reading of a file."""

    DIED = "died"
    HUNG = "hung"
    HUNGRY = "hungry"
    ABSENT = "absent"
    """No child could be started."""
    FAULT = "fault"
    """An exception nobody foresaw; the log has its trace."""


class ContainedError(KnownError):
    """A file whose reading ended badly. The file is untouched, nothing of it was taken, other files go on."""

    def __init__(self, message: str, *, hint: str = "", where: str = "", why: Why = Why.DIED) -> None:
        """As KnownError, with what happened."""
        super().__init__(message, hint=hint, where=where)
        self.why = why


class Batch:
    """Gives the tasks to the children and puts their answers in order."""

    def __init__(
        self, pool: Pool, function: Callable[..., Any], tasks: Iterable[Task], job: Job, seconds: float
    ) -> None:
        """``tasks`` are taken as they are needed; others may be added."""
        self._pool, self._function, self._job, self._seconds = pool, function, job, seconds
        self._coming = (Given(at, name, args) for at, (name, args) in enumerate(tasks))
        self._added: deque[Given] = deque()
        self._again: deque[Given] = deque()
        self._answers: dict[int, Any] = {}
        self._next = 0
        self._looked_at = 0.0

    def results(self) -> Iterator[Any]:
        """The answers in order."""
        while True:
            self._feed()
            while self._next in self._answers:
                yield self._answers.pop(self._next)
                self._next += 1
                self._feed()
            if not any(child.tasks for child in self._pool.children) and not self._again:
                return
            self._wait()

    def add(self, name: str, args: tuple[object, ...]) -> int:
        """One more task at the end."""
        number, self._next = self._next, self._next + 1
        self._added.append(Given(number, name, args))
        self._catch_up()
        return number

    def answer(self, number: int) -> Any:  # noqa: ANN401 - what the function gives
        """That of an added task, waited for."""
        self._catch_up()
        while number not in self._answers:
            self._feed(most=len(self._answers) + 1)  # those that are asked for later may lie before it
            if number not in self._answers:
                self._wait()
        return self._answers.pop(number)

    def _catch_up(self) -> None:
        """Take what the children have said meanwhile, and keep them busy."""
        while not self._pool.inbox.empty():
            self._wait()
        self._feed(most=_AHEAD)

    def _feed(self, most: int = DEPTH * MOST_CHILDREN) -> None:
        """Keep every child busy, but not far ahead of what is asked for: with ``most`` answers that wait."""
        while len(self._answers) < most:
            try:
                child = self._pool.child()
            except OSError:
                child = None
            if child is not None and len(child.tasks) >= DEPTH:
                return
            given = self._due()
            if given is None:
                return
            if child is None:
                self._answers[given.at] = _sentence(given.name, Why.ABSENT, self._seconds)
                continue
            if not child.tasks:
                child.since = time.monotonic()
            child.tasks.append(given)
            child.process.send((self._function, given.args, self._seconds))

    def _due(self) -> Given | None:
        for waiting in (self._again, self._added):
            if waiting:
                return waiting.popleft()
        return next(self._coming, None)

    def _wait(self) -> None:
        """Take the next message; look at the clock and at 取消 now and then, however many come."""
        with suppress(Empty):
            self._take(*self._pool.inbox.get(timeout=_TICK))
        now = time.monotonic()
        if now - self._looked_at >= _TICK:
            self._looked_at = now
            self._look_around(now)

    def _take(self, process: Process, message: Message) -> None:
        child = self._pool.of(process)
        if child is None:  # one that was ended
            return
        if message[0] == "ready":
            child.is_ready = True
            child.since = time.monotonic()
        elif message[0] == "gone":
            self._gone(child)
        elif message[0] == "step":
            if len(self._pool.children) == 1:
                self._job.step(*message[1:])
        else:
            self._answered(child, message)

    def _look_around(self, now: float) -> None:
        if self._job.is_cancelled:
            raise Cancelled
        if not self._pool.inbox.empty():  # we were away for long: an answer may be there already
            return
        for child in [child for child in self._pool.children if child.tasks]:
            if now - child.since > (self._seconds if child.is_ready else max(self._seconds, _START_SECONDS)):
                self._pool.drop(child)
                self._failed(child, Why.HUNG)

    def _answered(self, child: Child, message: Message) -> None:
        given = child.tasks[0]
        child.since = time.monotonic()
        if message[0] == "hungry":
            self._pool.drop(child)
            self._failed(child, Why.HUNGRY)
            return
        child.tasks.popleft()
        child.served += 1
        if message[0] == "fault":
            logging.getLogger(__name__).error("reading failed\n%s", message[1])
            self._answers[given.at] = _sentence(given.name, Why.FAULT, self._seconds)
        else:
            self._answers[given.at] = message[1]

    def _gone(self, child: Child) -> None:
        """A child has ended by itself."""
        has_rested = self._pool.drop(child) == RESTED
        if child.tasks:
            self._failed(child, Why.DIED if child.is_ready else Why.ABSENT, is_blameless=has_rested)

    def _failed(self, child: Child, why: Why, *, is_blameless: bool = False) -> None:
        """The first task of a child that is no more has ended it; what waited behind it is read by another.

        After other files the harm may be theirs, and a child that went to rest did so by itself: then the task is
        done once more, by a fresh child.
        """
        given = child.tasks.popleft()
        self._again.extendleft(reversed(child.tasks))
        if (is_blameless or (child.served and why is not Why.HUNG)) and not given.is_again:
            given.is_again = True
            self._again.appendleft(given)
        else:
            self._answers[given.at] = _sentence(given.name, why, self._seconds)


def _sentence(name: str, why: Why, seconds: float) -> ContainedError:
    said = {
        Why.DIED: f"“{name}”读取到一半时出错中断，没有读取。",
        Why.HUNG: f"“{name}”读了 {seconds:.0f} 秒还没有读完，已停止，没有读取。",
        Why.HUNGRY: f"“{name}”展开后内容过大，内存不够，没有读取。",
        Why.ABSENT: "读取文件用的程序启动不了。",
        Why.FAULT: f"“{name}”的内容与一般文件不同，没有读取。",
    }
    hint = "请重新启动本程序再试；仍然不行的，请重新安装。" if why is Why.ABSENT else _SAVE
    return ContainedError(said[why], hint=hint, where=name, why=why)
