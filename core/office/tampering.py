"""What was changed behind the program's back, in words a clerk can follow: which row, how, since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from sqlite3 import Connection

from core.store import row_names, schema, seals
from core.store.seals import Altered, How

MOST = 50
"""Rows that are named; of more only the number is said."""


def sentences(db: Connection, told: Callable[[str, int, int], None] | None = None) -> Iterator[str]:
    """One sentence an alteration: rows, the end of the journal, the schema. ``told`` as in ``seals.altered``."""
    yield from _journal_end(db)
    for name in schema.differences(db):
        yield f"台账文件的结构被改动过（{name}）"
    rows = 0
    for one in seals.altered(db, told):
        rows += 1
        if rows <= MOST:
            yield _row(db, one)
    if rows > MOST:
        yield f"另有 {rows - MOST} 处内容在程序之外被改动过"


def _journal_end(db: Connection) -> Iterator[str]:
    end = seals.journal_end(db)
    if end is None:
        return
    if end.there < end.written:
        last = f"，最后一条是第 {end.last} 条（{end.last_at[:16].replace('T', ' ')}）" if end.there else ""
        yield f"操作日志少了 {end.written - end.there} 条：程序写过 {end.written} 条，现有 {end.there} 条{last}"
    elif end.there > end.written:
        yield f"操作日志多出 {end.there - end.written} 条，不是程序写的"
    elif not end.is_whole:
        yield "操作日志的最后一条被换过"


def _row(db: Connection, one: Altered) -> str:
    label = row_names.LABELS.get(one.table, one.table)
    name = "" if one.how is How.REMOVED else row_names.named(db, one.table, one.row)
    what = f"{label}第 {one.row} 行" + (f"（{name}）" if name else "")
    if one.how is How.ADDED:
        return f"{what}是在程序之外添加的"
    assert one.written_at is not None
    last = f"{one.written_at:%Y-%m-%d %H:%M}"
    if one.how is How.OVERWRITTEN:
        return f"{what}曾在程序之外被改动，程序又在 {last} 写过它"
    return f"{what}在程序之外被{'删去' if one.how is How.REMOVED else '改动'}，程序最后一次写它是 {last}"
