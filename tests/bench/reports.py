"""A 终期评估报告 with 500 pieces of evidence; the official table of 2,000 measures against that of 500."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

AS_OF = date(2025, 12, 20)
EVIDENCE = 500
MOST_SECONDS = 5.0
ROUNDS = 3
SMALL, LARGE = 500, 2_000
_CHILD = """
import io, re, sys, time
from pathlib import Path
from core.job import Job
from core.model import plan_json
from core.publish.table import TableOptions
from core.publish.table_document import write_table
plan = plan_json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
write_table(plan, "pdf", io.BytesIO(), TableOptions(), Job())
begin = time.perf_counter()
write_table(plan, "pdf", io.BytesIO(), TableOptions(), Job())
seconds = time.perf_counter() - begin
print(seconds, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


def final_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (a final report of 定西's 71 measures with 500 files, made and set as PDF; five seconds).

    Raises AssertionError where it tells no progress or goes on when it is cancelled.
    """
    from core.errors import Cancelled
    from core.job import Job
    from core.office import documents, files
    from core.office.asked import Asked

    ledger = _with_evidence(folder)
    asked = Asked(None, AS_OF)
    pairs = []
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        for _ in range(ROUNDS):
            told: set[str] = set()
            job = Job(partial(_hear, told))
            begin = time.perf_counter()
            documents.export(store, "final", asked, "pdf", folder / "final.pdf", job)
            pairs.append((time.perf_counter() - begin, MOST_SECONDS))
            assert len(told) > 3, "a long report tells how far it is"
        job = Job()
        job.cancel()
        try:
            documents.export(store, "final", asked, "pdf", folder / "cancelled.pdf", job)
        except Cancelled:
            return pairs
    raise AssertionError("a cancelled report goes on")


def _hear(told: set[str], _done: int, _all: int, label: str) -> None:
    told.add(label)


def _with_evidence(folder: Path) -> Path:
    """定西's ledger: an entry with a file each for 500 obligations."""
    from core.job import Job
    from core.model.ledger import EntryState
    from core.office import attach, files, progress
    from core.office.form_value import FormValue
    from core.office.forms import states_of
    from core.office.overview import overview

    place = folder / "final"
    path = place / "定西.db"
    if path.exists():
        return path
    place.mkdir()
    with closing(files.create_ledger(path, "dingxi")) as store:
        view = overview(store, None, AS_OF)
        for at, item in enumerate(view.obligations[:EVIDENCE]):
            states = states_of(view.measure(item.measure).deadlines)
            state = EntryState.IN_PROGRESS if EntryState.IN_PROGRESS in states else EntryState.KEPT_UP
            text = f"第{at}次：组织开展行政执法人员培训三期，参训二百余人次，完善制度两项，整改问题五个。"
            progress.save(store, item.id, "2025Q4", FormValue(state=state, text=text, next_steps="继续推进。"))
            file = place / f"培训通知{at}.txt"
            file.write_text(f"佐证 {at}", encoding="utf-8")
            attach.add_evidence(store, item.id, "2025Q4", [file], Job())
    return path


def growth_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (2,000 measures to PDF, four times those of 500), each in a process of its own."""
    return [(large[0], small[0] * LARGE / SMALL) for large, small in _rounds(folder)]


def memory_pairs(folder: Path) -> list[tuple[float, float]]:
    """Megabytes at the most of (a process that sets 2,000 measures, one that sets 500)."""
    return [(large[1], small[1]) for large, small in _rounds(folder)]


_MEASURED: list[tuple[tuple[float, float], tuple[float, float]]] = []


def _rounds(folder: Path) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    if not _MEASURED:
        _MEASURED.extend((_measured(folder, LARGE), _measured(folder, SMALL)) for _ in range(ROUNDS))
    return _MEASURED


def _measured(folder: Path, measures: int) -> tuple[float, float]:
    path = _plan(folder, measures)
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def _plan(folder: Path, measures: int) -> Path:
    """定西's measures again and again, in the order of their tasks."""
    from core import paths

    path = folder / f"plan-{measures}.json"
    if not path.exists():
        plan = json.loads((paths.DATA / "dingxi.json").read_text(encoding="utf-8"))
        own = plan["measures"]
        many = sorted((own[at % len(own)] for at in range(measures)), key=lambda one: one["no"])
        plan["measures"] = [one | {"no": no} for no, one in enumerate(many, start=1)]
        path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return path
