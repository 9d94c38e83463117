"""States, figures, opening and filtering on ledgers of up to a hundred thousand obligations, in processor time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.bench import big_ledger

THREE_FRAMES = 0.05
"""Seconds."""
SMALL, MIDDLE, LARGE = big_ledger.SIZES
_ROUNDS = {SMALL: 9, MIDDLE: 5, LARGE: 3}
_FLOOR = "SELECT state, count(*) FROM progress GROUP BY state"


def states_pairs(folder: Path, size: int) -> list[tuple[float, float]]:
    """Seconds of (states and figures read from the file, one plain GROUP BY over its progress) after one warm-up."""
    from core.office import status

    with closing(_open(folder, size)) as store:
        status.plan_status(store, None, big_ledger.AS_OF)
        return [
            (
                _seconds(lambda: status.plan_status(store, None, big_ledger.AS_OF)),
                _seconds(lambda: store.db.execute(_FLOOR).fetchall()),
            )
            for _ in range(_ROUNDS[size])
        ]


def growth_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (states and figures of the large file, those of the small one times as many obligations)."""
    from core.office import status

    with closing(_open(folder, LARGE)) as large, closing(_open(folder, SMALL)) as small:
        found = []
        for _ in range(_ROUNDS[LARGE]):
            ours = _seconds(lambda: status.plan_status(large, None, big_ledger.AS_OF))
            few = min(_seconds(lambda: status.plan_status(small, None, big_ledger.AS_OF)) for _ in range(5))
            found.append((ours, few * LARGE / SMALL))
        return found


def opening_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (opening one measure of the large file, three frames)."""
    from core.office import measures

    with closing(_open(folder, LARGE)) as store:
        return _against_frames(
            lambda number: measures.measure_detail(store, None, number + 1, big_ledger.AS_OF), rounds=20
        )


def form_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (opening the form of one obligation of the large file, three frames)."""
    from core.office import forms

    with closing(_open(folder, LARGE)) as store:
        keys = [row[0] for row in store.db.execute("SELECT id FROM obligation WHERE id % 4999 = 0")]
        return _against_frames(
            lambda number: forms.form(store, keys[number], "2025Q4", big_ledger.AS_OF), rounds=len(keys)
        )


def filter_pairs(folder: Path) -> list[tuple[float, float]]:
    """Seconds of (a hundred thousand rows of the table filtered by a chip, then by a column, with all counts)."""
    from core.office import board
    from gui.pages.table import arrange
    from gui.pages.table.columns import STATUS
    from gui.pages.table.rows import TableRows, prepare

    with closing(_open(folder, SMALL)) as store:
        one = prepare(board.board(store, None, big_ledger.AS_OF))
    times = LARGE // len(one.rows)
    table = TableRows(one.columns, one.rows * times, one.has_section_rows)
    status = next(index for index, column in enumerate(one.columns) if column.key == STATUS)
    value = one.rows[0].values[status]
    views = (
        arrange.View(only=arrange.Only.OVERDUE),
        arrange.View(only=arrange.Only.IN_PROGRESS),
        arrange.View(filters={STATUS: frozenset({value})}),
        arrange.View(unit="第7单位"),
    )

    def filtered(number: int) -> None:
        view = views[number % len(views)]
        assert arrange.arrange(table, view).lines
        assert arrange.counts(table, view)

    return _against_frames(filtered, rounds=12)


def _against_frames(work: Callable[[int], object], *, rounds: int) -> list[tuple[float, float]]:
    """Each round does something else; the first, which warms up, is left out."""
    work(0)
    return [(_seconds(lambda number=number: work(number)), THREE_FRAMES) for number in range(rounds)]


def _open(folder: Path, size: int):
    """The file of that size, made when first asked for."""
    from core.office import files

    os.environ.setdefault("TAIZHANG_HOME", str(folder / "home"))
    path = folder / "ledgers" / f"{size}.db"
    if not path.exists():
        big_ledger.make(path, size)
    return files.open_ledger(path)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
