"""The parent's side of one child: starting it, its two pipes, its end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from core.contained import SWITCH
from core.contained.child import Message, packed, receive, send
from core.contained.windows import Bounds

GONE: Message = ("gone",)
"""The last message of a child."""
_LEAVE_SECONDS = 2.0


class Process:
    """A child. What it says is put into ``inbox`` as (child, message) by a thread of its own; nothing here waits."""

    def __init__(self, inbox: SimpleQueue[tuple[Process, Message]], megabytes: int) -> None:
        """Start it.

        Raises OSError where the system does not allow that.
        """
        self._inbox = inbox
        self._outbox: SimpleQueue[Message | None] = SimpleQueue()
        self._popen = subprocess.Popen(
            _command(megabytes),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._bounds = Bounds(self._popen.pid, megabytes)
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        for work, pipe in ((self._write, self._popen.stdin), (self._read, self._popen.stdout)):
            threading.Thread(target=work, args=(pipe,), daemon=True).start()

    def send(self, message: Message) -> None:
        """Give it a task."""
        self._outbox.put(message)

    @property
    def number(self) -> int:
        """That of the system's process."""
        return self._popen.pid

    @property
    def has_ended(self) -> bool:
        """Whether it is there no more."""
        return self._popen.poll() is not None

    def close(self) -> None:
        """Let it end by itself, which a child without work does at once."""
        self._outbox.put(None)
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(_LEAVE_SECONDS)
        self.kill()

    def kill(self) -> int:
        """End it at once, if it has not ended by itself; gives the exit code."""
        self._outbox.put(None)
        with suppress(OSError):
            self._popen.kill()
        code = self._popen.wait()
        self._bounds.close()
        return code

    def _write(self, pipe: IO[bytes]) -> None:
        with suppress(OSError), pipe:
            while (message := self._outbox.get()) is not None:
                send(pipe, packed(message))

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe, suppress(Exception):  # an end in the middle of a message is an end like any other
            while True:
                self._inbox.put((self, receive(pipe)))
        self._outbox.put(None)
        self._inbox.put((self, GONE))


def _command(megabytes: int) -> list[str]:
    """This program once more; where it is not frozen, its interpreter with the child's module."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "core.contained.child"]
    return [*program, SWITCH, str(megabytes)]


def _environment() -> dict[str, str]:
    """What the child needs to find this very program, wherever it was started from."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in (root, known) if part)}
