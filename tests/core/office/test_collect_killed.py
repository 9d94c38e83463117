"""A collect that is killed leaves all or nothing, and the next one works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.cli.patience import PATIENCE
from core.job import Job
from core.office import files
from core.office.check import check
from core.store.database import Store
from tests.core.office.returned_files import begun, collected, contents, filled, numbers_of, sent

UNITS = ("财政局", "司法局", "水利局", "林业局", "住建局", "公安局")
ROWS = 15
_PLAIN = "import sys; from core.cli import main; sys.exit(main(sys.argv[1:]))"
_AT_A_STATEMENT = """
import os, signal, sys
from pathlib import Path
from core.job import Job
from core.office import collect, collect_write, files

store = files.open_ledger(Path(sys.argv[1]))
found = collect.look(store, None, [Path(sys.argv[2])], Job())
seen, last = [], int(sys.argv[3])

def trace(statement):
    seen.append(statement)
    if len(seen) == last:
        os.kill(os.getpid(), signal.SIGKILL)

store.db.set_trace_callback(trace)
collect_write.accept(store, found, Job())
store.db.set_trace_callback(None)
print(len(seen))
"""


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """Six returns with a photograph each."""
    made = sent(store, tmp_path / "收到", *UNITS)
    for unit, path in made.items():
        numbers = numbers_of(path)[:ROWS]
        filled(path, {number: begun(f"{unit}第{number}项") for number in numbers})
        path.with_name(f"{unit}{numbers[0]}-1 照片.jpg").write_bytes(b"\xff\xd8\xff" + unit.encode() * 50_000)
    return tmp_path / "收到"


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_killed_in_the_middle_leaves_all_or_nothing(store: Store, ledger: Path, folder: Path) -> None:
    """At statements and at moments spread over the whole run; a file copied before its row is set aside."""
    before = contents(store)
    store.close()
    clean = ledger.read_bytes()

    def run(code: str, *words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *map(str, words)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    def left() -> int:
        """Records in the ledger as the next start finds it; without any, everything is as it was."""
        # a process that was just being started when its parent was killed still holds the lock for a moment
        with closing(files.open_ledger(ledger, patience=PATIENCE)) as opened:
            now = contents(opened)
            assert check(opened, Job()) == ()
            if not now["progress"]:
                assert now == before
            return len(now["progress"])

    run(_AT_A_STATEMENT, ledger, folder, -1)  # the first of a day makes a backup besides
    ledger.write_bytes(clean)
    statements = int(run(_AT_A_STATEMENT, ledger, folder, -1).stdout)
    whole = left()
    assert whole == len(UNITS) * ROWS
    chance = random.Random(5)
    for last in (1, 2, statements - 1, statements, *(chance.randrange(3, statements) for _ in range(4))):
        ledger.write_bytes(clean)
        assert run(_AT_A_STATEMENT, ledger, folder, last).returncode == -signal.SIGKILL
        assert left() == 0, last
    for _ in range(3):
        ledger.write_bytes(clean)
        running = subprocess.Popen(
            [sys.executable, "-c", _PLAIN, "collect", str(ledger), str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.5, 1.5))
        running.kill()
        running.wait()
        assert left() in (0, whole)
    ledger.write_bytes(clean)
    with closing(files.open_ledger(ledger)) as opened:
        _, accepted = collected(opened, folder)
        assert (accepted.rows, accepted.evidence) == (whole, len(UNITS))
