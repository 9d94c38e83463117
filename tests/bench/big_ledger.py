"""Makes a ledger file of any size: so many measures × so many units, each with progress in twelve periods."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from sqlite3 import Connection

AS_OF = date(2026, 1, 15)
PERIODS = tuple(f"{year}Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4))
SIZES = {1_000: (40, 25), 10_000: (100, 100), 100_000: (400, 250)}
"""Measures × units for a number of obligations."""
_KINDS = ("by", "by", "by", "by", "by", "by", "ongoing", "ongoing", "recurring", "by_then_ongoing")
_LASTING = {"ongoing", "recurring"}
_TEXT = "组织开展行政执法人员培训三期，参训二百余人次，完善制度两项，整改问题五个。"


def make(path: Path, size: int) -> Path:
    """Write the file for ``size`` obligations, a key of ``SIZES``; the same one every time."""
    from core.store.opening import create_file

    path.parent.mkdir(parents=True, exist_ok=True)
    create_file(path, partial(_fill, *SIZES[size])).close()
    return path


def _fill(measures: int, members: int, db: Connection) -> None:
    from core.ledger import periods as period_rules
    from core.model.units import Unit
    from core.store import periods, plans, units

    units.insert(db, [Unit(f"第{number}单位") for number in range(1, members + 1)])
    plans.insert(db, "p1", _plan(measures))
    keys = [periods.ensure(db, period_rules.parse(key)) for key in PERIODS]
    db.execute(
        "INSERT INTO obligation (measure_id, unit_id, role, is_group, via, position, active)"
        " SELECT measure.id, unit.id, 'responsible', 0, '[]', unit.position, 1 FROM measure, unit ORDER BY 1, 2"
    )
    rows = db.execute("SELECT obligation.id, no FROM obligation JOIN measure ON measure.id = measure_id").fetchall()
    db.executemany(
        "INSERT INTO progress (obligation_id, period_id, part, state, done_on, text, problems, next_steps, reason,"
        " review, saved_at, received_on) VALUES (?, ?, '', ?, ?, ?, '', '', '', ?, ?, ?)",
        _progress(rows, keys),
    )


def _plan(measures: int):
    from core.model.plan import Deadline, DeadlineKind, Document, Measure, Plan, Section, Task

    def deadline(no: int) -> Deadline:
        kind = DeadlineKind(_KINDS[no % len(_KINDS)])
        if kind is DeadlineKind.RECURRING:
            return Deadline(kind, None, "quarterly" if no % 4 else "yearly-10-31")
        day = date(2023, 6, 30) + timedelta(days=30 * (no % 36))
        return Deadline(kind, None if kind is DeadlineKind.ONGOING else day)

    sections = 10
    return Plan(
        document=Document("测速方案", date=date(2023, 1, 1)),
        sections=tuple(Section(no, f"（{no}）", f"第{no}部分") for no in range(1, sections + 1)),
        tasks=tuple(Task(no, no, f"{no}.", f"第{no}项任务") for no in range(1, sections + 1)),
        measures=tuple(
            Measure(
                no,
                f"（{no}）",
                (no - 1) * sections // measures + 1,
                (no - 1) * sections // measures + 1,
                f"第{no}项措施：{_TEXT}",
                responsible=("各单位",),
                division_raw="各单位",
                deadline_raw="按期完成",
                deadlines=(deadline(no),),
            )
            for no in range(1, measures + 1)
        ),
        problems=(),
    )


def _progress(rows: list[tuple[int, int]], keys: list[int]) -> Iterator[tuple[object, ...]]:
    """Period by period, as they come in: begun, done on some day and said again afterwards; or kept up; or never."""
    dice = random.Random(2844)
    firsts = [date(int(key[:4]), int(key[-1]) * 3 - 2, 1) for key in PERIODS]
    ends = []
    for _, no in rows:
        finish = dice.randrange(len(keys) + 4) if _KINDS[no % len(_KINDS)] not in _LASTING else len(keys)
        done_on = (firsts[finish] + timedelta(days=dice.randrange(90))).isoformat() if finish < len(keys) else None
        ends.append((finish, done_on))
    for index, period in enumerate(keys):
        day = firsts[index].isoformat()
        for (obligation, no), (finish, done_on) in zip(rows, ends, strict=True):
            is_done = index >= finish
            state = "已完成" if is_done else "本期已落实" if _KINDS[no % len(_KINDS)] in _LASTING else "推进中"
            review = "退回" if index == len(keys) - 1 and not dice.randrange(50) else "通过"
            yield (obligation, period, state, done_on if is_done else None, _TEXT, review, f"{day}T09:00:00", day)
