"""One round: an act in a child of its own, an end put to it or a fault in its way, and the verdict.

The child is forked from a process that has loaded everything, so that a round costs what its act costs.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import KnownError
from tests.torture import acts, disk, verdict, vfs

CLOCK = "某一时刻 SIGKILL"
KINDS = {
    CLOCK: "",
    "某次读写处 SIGKILL": "kill",
    "写到一半 SIGKILL": "torn",
    "断电（未同步的写入丢失）": "plug",
    "磁盘满": "full",
    "只写入一半": "short",
    "读写错误": "error",
    "变成只读": "readonly",
}
"""What happens, by its name in the table, and the word the layers know."""
LASTING = frozenset({"full", "readonly"})
FILE_SIZE = "文件大小受限（内核短写）"
SMALL_DISK = "小磁盘真的写满"
"""A disk of its own in memory with little room left; only where this process may mount one."""
_LONGEST = 60.0


@dataclass(frozen=True)
class Round:
    """What happened. ``is_hit``: the end or the fault came before the act was over. ``sentence``: told as one."""

    act: str
    kind: str
    is_hit: bool
    sentence: str
    facts: tuple[verdict.Fact, ...]
    findings: tuple[str, ...]


@dataclass
class _Count:
    """Counts calls and says what is to happen at which."""

    at: int
    fault: str
    only: str = ""
    seen: int = 0
    is_over: bool = False

    def __call__(self, call: str) -> str:
        if self.is_over or (self.only and self.only not in call):
            return ""
        self.seen += 1
        if self.seen == self.at or (self.seen > self.at > 0 and self.fault in LASTING):
            return self.fault
        return ""


def measured(place: Path, folder: Path, act: str, seed: int) -> tuple[int, float]:
    """Run an act undisturbed: how many calls it makes and how long it takes; raises AssertionError if it fails."""
    began = time.monotonic()
    facts, _ = _run(place, folder, act, seed, _Count(0, ""), None)
    seconds = time.monotonic() - began
    found = verdict.findings(folder, act, facts)
    shutil.rmtree(folder)
    said = dict(facts)
    assert "over" in said, (act, said.get("bug") or said)
    assert not found, (act, found)
    return int(said["over"]), seconds


def played(place: Path, folder: Path, act: str, kind: str, seed: int, size: tuple[int, float]) -> Round:
    """Play one round in ``folder``, which is gone afterwards unless something is wrong."""
    chance = random.Random(seed)
    calls, seconds = size
    killed_after = chance.uniform(0, seconds) if kind == CLOCK else None
    count = _Count(chance.randint(1, calls), KINDS.get(kind, ""), "write" if kind == "写到一半 SIGKILL" else "")
    if count.only:
        count.at = chance.randint(1, max(1, calls // 3))
    limit = chance.choice((20_000, 200_000, 500_000)) if kind == FILE_SIZE else None
    if kind in (FILE_SIZE, SMALL_DISK):
        count.at = 0
    with _small_disk(place, folder, chance) if kind == SMALL_DISK else contextlib.nullcontext(_nothing) as give_room:
        facts, status = _run(place, folder, act, seed, count, killed_after, limit)
        give_room()
        return _judged(folder, act, kind, facts, status)


def _judged(folder: Path, act: str, kind: str, facts: tuple[verdict.Fact, ...], status: int) -> Round:
    said = dict(facts)
    is_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    found = verdict.findings(folder, act, facts, may_lack_evidence=not is_killed)
    if "bug" in said:
        found.append(f"没有成为一句话：{said['bug']}")
    if "\n" in str(said.get("sentence", "")):
        found.append(f"不是一句话：{said['sentence']}")
    if not is_killed and not {"over", "sentence", "bug"} & set(said):
        found.append(f"进程异常结束（{status}）")
    if not found and kind != SMALL_DISK:
        shutil.rmtree(folder)
    is_hit = is_killed or bool({"sentence", "struck"} & set(said))
    return Round(act, kind, is_hit, str(said.get("sentence", "")), facts, tuple(found))


def may_mount(folder: Path) -> bool:
    """Whether a small disk can be had here."""
    if os.geteuid() != 0:
        return False
    folder.mkdir()
    end = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True)
    if end.returncode == 0:
        subprocess.run(["umount", folder], check=True)
    folder.rmdir()
    return end.returncode == 0


@contextlib.contextmanager
def _small_disk(place: Path, folder: Path, chance: random.Random) -> Iterator[Callable[[], object]]:
    """Gives what makes it larger again, for whoever looks at what is left."""
    pages = sum(-(-file.stat().st_size // 4096) + 1 for file in place.rglob("*"))
    room = pages * 4096 + chance.choice((30_000, 100_000, 300_000, 700_000, 1_500_000))
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", folder], check=True)
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=1g", folder], check=True)
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def _nothing() -> None:
    pass


def _run(
    place: Path, folder: Path, act: str, seed: int, count: _Count, killed_after: float | None, limit: int | None = None
) -> tuple[tuple[verdict.Fact, ...], int]:
    acts.begin(place, folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(folder, act, seed, count, acts.pipe_told(writing), limit)
    os.close(writing)
    timer = threading.Timer(_LONGEST if killed_after is None else killed_after, _kill, [child])
    timer.start()
    with os.fdopen(reading, encoding="utf-8") as said:
        lines = said.readlines()
    _, status = os.waitpid(child, 0)
    timer.cancel()
    timer.join()
    return tuple((fact, value) for fact, value in map(json.loads, lines)), status


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it was faster
        os.kill(child, signal.SIGKILL)


def _child(folder: Path, act: str, seed: int, count: _Count, told: acts.Told, limit: int | None) -> None:
    """Never comes back."""
    try:
        logging.disable(logging.CRITICAL)
        shim = vfs.Shim(folder, count, seed)
        shim.install()
        disk.Layer(folder, shim, count).install()
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        _act(folder, act, seed, count, told)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except BaseException:  # noqa: BLE001 - there is nobody above to see it
        told("bug", traceback.format_exc()[-1500:])
    finally:
        os._exit(0)


def _act(folder: Path, act: str, seed: int, count: _Count, told: acts.Told) -> None:
    try:
        acts.ACTS[act](folder, told, random.Random(seed))
    except KnownError as error:
        told("sentence", str(error))
    except BaseException:  # noqa: BLE001 - a fault of the program: the round tells it
        told("bug", traceback.format_exc()[-1500:])
        return
    else:
        told("over", count.seen)
    finally:
        if 0 < count.at <= count.seen:
            told("struck", count.seen)
        count.is_over = True
