"""`make bench-growth`: how the time grows with the work, as tables for docs/benchmarks.md.

In processor time, so that what else the machine does counts little; workbooks, which children read, by the clock. The
last column is the time for each piece against that of the smallest size: 1 is straight growth.
"""

from __future__ import annotations

import io
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.bench import big_ledger

MEASURES = (38, 380, 3_800)
WORKBOOKS = (10, 50, 100, 500)
_MONTHS = tuple(f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13))


def obligations(folder: Path) -> Iterator[tuple[int, float]]:
    """States and figures of a ledger with twelve periods of progress."""
    from core.office import files, status

    for size in big_ledger.SIZES:
        path = big_ledger.make(folder / f"{size}" / "台账.db", size)
        with closing(files.open_ledger(path, read_only=True)) as store:
            yield size, _best(lambda store=store: status.plan_status(store, None, big_ledger.AS_OF))


def table(folder: Path, fmt: str) -> Iterator[tuple[int, float]]:
    """The official table of so many measures in a format."""
    from core.job import Job
    from core.office import bundled
    from core.publish.table import TableOptions
    from core.publish.table_document import write_table

    plan = bundled.load("guxian")
    for size in MEASURES:
        measures = [plan.measures[at % len(plan.measures)] for at in range(size)]
        grown = replace(plan, measures=tuple(replace(one, no=no) for no, one in enumerate(_in_order(measures), 1)))
        yield size, _best(lambda grown=grown: write_table(grown, fmt, io.BytesIO(), TableOptions(), Job()), 2)


def _in_order(measures: Sequence) -> list:
    """By section and task, as a plan has them."""
    return sorted(measures, key=lambda one: (one.section, one.task or 0))


def workbooks(folder: Path) -> Iterator[tuple[int, float]]:
    """Returned workbooks read, checked and compared with the ledger."""
    from core.job import Job
    from core.office import collect, files

    ledger = folder / "回收" / "古县.db"
    files.create_ledger(ledger).close()
    with closing(files.open_ledger(ledger)) as store:
        paths = list(_returned(store, folder / "回收"))
        for size in WORKBOOKS:

            def look(size: int = size) -> None:
                found = collect.look(store, None, paths[:size], Job())
                assert len(found.files) == size
                if found.spool is not None:
                    found.spool.close()

            yield size, _best(look, 3, time.perf_counter)


def _returned(store, folder: Path) -> Iterator[Path]:
    """Sheets of two years of months, filled in; five hundred of them."""
    from core.exchange.write_sheet import sheet_bytes
    from core.model.ledger import EntryState
    from core.office.unit_sheets import unit_sheets

    made = 0
    for month in _MONTHS:
        for sheet in unit_sheets(store, None, month).sheets:
            if made == max(WORKBOOKS):
                return
            rows = tuple(
                replace(row, state=EntryState.IN_PROGRESS, progress=f"{month} 已办 {made} 件。") for row in sheet.rows
            )
            path = folder / f"{sheet.unit}{month}.xlsx"
            path.write_bytes(sheet_bytes(replace(sheet, rows=rows)))
            made += 1
            yield path


def _best(work: Callable[[], object], rounds: int = 3, clock: Callable[[], float] = time.process_time) -> float:
    work()
    return min(_seconds(work, clock) for _ in range(rounds))


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    begin = clock()
    work()
    return clock() - begin


def _print(title: str, what: str, found: Iterator[tuple[int, float]]) -> None:
    print(f"\n**{title}**\n\n| {what} | seconds | ms each | against the smallest |\n|---|---|---|---|")
    first = None
    for size, seconds in found:
        each = seconds / size
        first = first or each
        print(f"| {size:,} | {seconds:.2f} | {each * 1000:.2f} | {each / first:.2f} |", flush=True)


def main() -> None:
    """Print every curve."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, processor time")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _print("States and figures, twelve periods", "obligations", obligations(folder))
        for fmt in ("xlsx", "pdf", "docx"):
            _print(f"The official table to {fmt.upper()}", "measures", table(folder, fmt))
        _print("Returned workbooks looked at", "workbooks", workbooks(folder))


if __name__ == "__main__":
    main()
