"""The child's side: take a task, do it, tell the result. Whatever ends this process is told by the parent.

Imported before anything else of the program, so it imports little itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
from typing import IO, Any

from core.errors import KnownError
from core.job import Job

Message = tuple[Any, ...]
IDLE_SECONDS = 60.0
"""A child without work ends itself, with this code:"""
RESTED = 77
_STEP_EVERY = 0.04
_HEAD = 8
_YOUNG = 20_000
"""Objects made between two looks for cycles: a file is let go whole, so there are few, and looking took a seventh."""
_GRACE = 10
"""The parent's clock comes first; that of the processor is for a child that has lost its parent."""


def packed(message: Message) -> bytes:
    """A message as it goes through a pipe."""
    return pickle.dumps(message, protocol=5)


def send(pipe: IO[bytes], data: bytes) -> None:
    """Send one packed message."""
    pipe.write(len(data).to_bytes(_HEAD, "little"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """The next message; raises EOFError at the end, also where it is cut off."""
    head = pipe.read(_HEAD)
    size = int.from_bytes(head, "little")
    data = pipe.read(size) if len(head) == _HEAD else b""
    if not data or len(data) < size:
        raise EOFError
    message: Message = pickle.loads(data)  # noqa: S301 - the other side is this program, with the same rights
    return message


def serve(arguments: list[str]) -> int:
    """Do what the parent asks until it ends; ``arguments`` are those the program was started with."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    if sys.platform == "win32":
        import msvcrt

        for pipe in (tasks, answers):
            msvcrt.setmode(pipe.fileno(), os.O_BINARY)
    _be_silent()
    _bound_memory(int(arguments[1]))
    gc.set_threshold(_YOUNG)
    rest = _Rest()
    send(answers, packed(("ready",)))
    while True:
        try:
            task = receive(tasks)
        except EOFError:
            return 0
        with rest:
            send(answers, _answer(task, answers))


def _answer(task: Message, answers: IO[bytes]) -> bytes:
    """What became of a task."""
    function, args, seconds = task
    _bound_time(seconds)
    told = 0.0

    def tell(done: int, total: int, label: str) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _STEP_EVERY:
            told = now
            send(answers, packed(("step", done, total, label)))

    try:
        return packed(("done", function(*args, Job(tell))))
    except KnownError as error:
        return packed(("known", error))
    except MemoryError:
        return packed(("hungry",))
    except Exception:  # noqa: BLE001 - told to the parent, which logs it
        import traceback

        return packed(("fault", traceback.format_exc()))


class _Rest:
    """Ends the process when it has had nothing to do for a while."""

    def __init__(self) -> None:
        self._since: float | None = time.monotonic()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> None:
        self._since = None

    def __exit__(self, *_: object) -> None:
        self._since = time.monotonic()

    def _watch(self) -> None:
        while True:
            time.sleep(IDLE_SECONDS / 10)
            since = self._since
            if since is not None and time.monotonic() - since > IDLE_SECONDS:
                os._exit(RESTED)


def _be_silent() -> None:
    """What a parser prints goes nowhere, least of all between the messages."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound_memory(megabytes: int) -> None:
    """On Windows the parent's job object does it."""
    if sys.platform == "win32":
        return
    import resource

    limit = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would leave the file's content on the disk


def _bound_time(seconds: float) -> None:
    """Processor time, so that a child in an endless loop ends although its parent was killed."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = int(time.process_time() + seconds) + _GRACE
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
