"""Every file of the corpus through every door, each in a process of its own: what came of it, how long, how much memory.

Expected is a normal result or a KnownError: no hang, no end of the process, nothing fetched, nothing read that lies
outside, nothing written but beside the ledger.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.poison.corpus import CORPUS, SECRET, Surroundings
from tests.poison.doors import DOORS

SECONDS = 150
MEGABYTES = 3000
_WRITTEN_BY_US = {"上报", "恢复.db", "恢复.佐证材料", "新.db"}
"""What a door writes beside the file because it was asked to."""


SAMPLE = (
    ("路径.zip", "collect"), ("大小说谎.zip", "collect"),
    ("外部实体 藏在后面.xlsx", "template"), ("远角.xlsx", "template"),
    ("五千个表.xlsx", "read"), ("远程模板.docx", "read"), ("页树指自己.pdf", "preview"), ("矢量冒充.png", "preview"),
    ("真的两万见方.png", "preview"), ("很深.json", "new"), ("移交包 指到外面.zip", "restore"),
)  # fmt: skip
"""A few for the everyday tests, each of another kind: those that once went wrong first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``how``: read, refused, or what went wrong. ``seconds``; ``megabytes`` at the most, with those of children."""

    name: str
    door: str
    how: str
    words: str
    seconds: float
    megabytes: int

    @property
    def is_bad(self) -> bool:
        return self.how not in {"read", "refused"}


class Listener:
    """Hears whether anybody fetches anything."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port = self._socket.getsockname()[1]

    def close(self) -> None:
        self._socket.close()

    def was_called(self) -> bool:
        with suppress(BlockingIOError):
            self._socket.accept()[0].close()
            return True
        return False


def sweep(pairs: Iterable[tuple[str, str]], ledger: Path) -> Iterator[Outcome]:
    """One outcome for each (file, door); ``ledger`` is copied for every one."""
    with closing(Listener()) as listener, tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.txt"
        secret.write_text(SECRET, "utf-8")
        around = Surroundings(str(secret), listener.port)
        made = ("", b"")
        for name, door in pairs:
            made = made if made[0] == name else (name, CORPUS[name](around))
            yield _one(name, door, made[1], ledger, Path(folder), listener)


def _one(name: str, door: str, data: bytes, ledger: Path, folder: Path, listener: Listener) -> Outcome:
    place = folder / "案"
    place.mkdir()
    try:
        (place / "来").mkdir()
        path = place / "来" / name.rpartition("/")[2]
        path.write_bytes(data)
        shutil.copy(ledger, place / "古县.db")
        outside = _tree(folder, place)
        begin = time.monotonic()
        how, words, megabytes = _forked(door, place / "古县.db", path)
        seconds = time.monotonic() - begin
        if listener.was_called():
            how = "FETCHED"
        elif SECRET in words:
            how = "LEAKED"
        elif _tree(folder, place) != outside or (path.exists() and path.read_bytes() != data):
            how = "WROTE OUTSIDE"
        else:
            strange = {one.name for one in path.parent.iterdir()} - {path.name} - _WRITTEN_BY_US
            strange = {one for one in strange if not one.startswith(("恢复.", "新."))}
            how = f"LEFT {strange}" if strange else how
        return Outcome(name, door, how, words, seconds, megabytes)
    finally:
        shutil.rmtree(place)


def _tree(folder: Path, left_out: Path) -> set[tuple[str, int]]:
    files = (Path(at, one) for at, _, names in os.walk(folder) for one in names)
    return {(str(one), one.stat().st_size) for one in files if left_out not in one.parents}


def _forked(door: str, ledger: Path, path: Path) -> tuple[str, str, int]:
    """(how, words, megabytes) of a door in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as out:
            out.write(_run(door, ledger, path).encode("utf-8", "replace"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        words = answer.read().decode()
    _, status, used = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return ("HUNG" if name == "SIGALRM" else f"KILLED {name}"), "", used.ru_maxrss >> 10
    how, _, rest = words.partition("\0")
    return how, rest, used.ru_maxrss >> 10


def _run(door: str, ledger: Path, path: Path) -> str:
    """In the child: bounded, with a home of its own."""
    from core.contained import run as contained
    from core.errors import KnownError
    from core.office import files

    home = ledger.parent / "家"
    home.mkdir()
    os.environ |= {"TAIZHANG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    tempfile.tempdir = str(home)
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(SECONDS)
    try:
        with closing(files.open_ledger(ledger)) as store:
            try:
                words = DOORS[door](store, path)
            finally:
                contained.end()
        with closing(files.open_ledger(ledger)) as store:
            assert store.db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return f"read\0{words}"
    except KnownError as error:
        is_sentence = error.message.endswith(("。", "，")) and len(error.message) < 200
        return f"{'refused' if is_sentence else 'NO SENTENCE'}\0{error} {error.where}"
    except BaseException:  # noqa: BLE001 - whatever it is, it is the outcome
        return f"FAULT\0{traceback.format_exc()}"


def main() -> int:
    """`python -m tests.poison.sweep [--sample | part of a name] [door]…`: what is bad, slow or hungry, and the sum."""
    from core.office import files

    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    doors = sys.argv[2:] or [*DOORS]
    pairs = SAMPLE if wanted == "--sample" else [(name, door) for name in CORPUS if wanted in name for door in doors]
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "古县.db"
        files.create_ledger(ledger).close()
        count: dict[str, int] = {}
        slowest = heaviest = 0.0
        for one in sweep(pairs, ledger):
            count[one.how] = count.get(one.how, 0) + 1
            slowest, heaviest = max(slowest, one.seconds), max(heaviest, one.megabytes)
            if one.is_bad or one.seconds > 20 or one.megabytes > 700:
                words = one.words[-1500:] if one.is_bad else one.words[:80]
                print(
                    f"{one.how:12} {one.seconds:6.1f} s {one.megabytes:5} MB  {one.door:9} {one.name}  {words}",
                    flush=True,
                )
        print(f"{sum(count.values())} tried: {count}; slowest {slowest:.0f} s, most {heaviest:.0f} MB")
        return int(any(how not in {"read", "refused"} for how in count))


if __name__ == "__main__":
    sys.exit(main())
