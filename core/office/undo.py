"""撤销 and 重做: every act of this session on the open file is one step, whichever page it was done on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from core.errors import InvalidError
from core.office.changes import Changes
from core.store import journal, row_changes, undo_log
from core.store.database import Store
from core.store.row_changes import RowsDifferError
from core.store.undo_log import Act, RowChange, Step

UNDO = "撤销"
REDO = "重做"
_ENTRY_TABLES = frozenset({"progress", "progress_evidence", "progress_target", "evidence", "objection", "period"})
"""Changes of these tables alone touch the measures whose rows they name, and nothing else of the plan."""
_PERIOD_TABLES = frozenset(
    {
        "frozen_period",
        "holiday",
        "setting",
        "upward_report",
        "dispatch",
        "received_file",
        "reminder",
        "submission",
        "issued",
    }
)
"""With the period itself, where no entry came with it."""


def undo_label(store: Store) -> str | None:
    """What 撤销 would take back, in the words of the journal; None when there is nothing."""
    return _label(store.undo_log.last_done)


def redo_label(store: Store) -> str | None:
    """What 重做 would do again; None when there is nothing."""
    return _label(store.undo_log.last_undone)


def undo(store: Store) -> Changes:
    """Take the last act back, whole, with an entry 撤销 in the journal for each of the act's own.

    Files of evidence stay; only the rows go. A measure that the journal names stays as one that has left its plan.

    Raises InvalidError when there is nothing, when the act was too large to be kept, or when something has changed
    since what it changed; LedgerFileError.
    """
    step = store.undo_log.last_done
    if step is None:
        raise InvalidError("没有可以撤销的操作。", hint="撤销只管本次打开台账以后的操作。")
    if not step.is_whole:
        raise InvalidError(
            f"“{_label(step)}”改动超过 {undo_log.MOST_ROWS} 行，不能撤销。", hint="需要时请用此前的备份恢复。"
        )
    changes = _replay(store, step, UNDO, row_changes.put_back)
    store.undo_log.move_undone(step)
    return changes


def redo(store: Store) -> Changes:
    """Do again what was taken back last, with an entry 重做 in the journal.

    Raises InvalidError as ``undo`` does, LedgerFileError.
    """
    step = store.undo_log.last_undone
    if step is None:
        raise InvalidError("没有可以重做的操作。")
    changes = _replay(store, step, REDO, row_changes.put_again)
    store.undo_log.move_redone(step)
    return changes


def _label(step: Step | None) -> str | None:
    if step is None:
        return None
    first = step.acts[0]
    more = f" 等 {len(step.acts)} 处" if len(step.acts) > 1 else ""
    return f"{first.action}（{first.subject}{more}）"


def _replay(
    store: Store,
    step: Step,
    word: str,
    put: Callable[[sqlite3.Connection, Iterable[RowChange]], None],
) -> Changes:
    try:
        with store.recorder.replaying(), store.transaction() as db:
            before = _touched(db, step)
            put(db, step.changes)
            after = _touched(db, step)
            for act in step.acts:
                _tell(db, act, word)
    except (RowsDifferError, sqlite3.IntegrityError) as error:
        reason = error.reason if isinstance(error, RowsDifferError) else row_changes.CHANGED_SINCE
        raise InvalidError(f"“{_label(step)}”不能{word}：{reason}。", hint="台账没有改动，请直接修改。") from error
    return Changes(
        measures=before.measures | after.measures,
        obligations=before.obligations | after.obligations,
        units=before.units,
        plan=before.plan,
        periods=before.periods,
    )


def _tell(db: sqlite3.Connection, act: Act, word: str) -> None:
    """One entry of the journal, from after to before when an act is taken back."""
    was, now = (act.after, act.before) if word == UNDO else (act.before, act.after)
    measure_id = row_changes.measure_still_there(db, act.measure_id)
    journal.append(db, word, f"{act.action}：{act.subject}", measure_id=measure_id, before=was, after=now)


def _touched(db: sqlite3.Connection, step: Step) -> Changes:
    """What pages must read again: named measures and obligations where only entries changed, else everything."""
    measures, obligations = row_changes.named(db, step)
    tables = {change.table for change in step.changes}
    is_wide = bool(tables - _ENTRY_TABLES - _PERIOD_TABLES)
    periods = bool(tables & _PERIOD_TABLES) or ("period" in tables and "progress" not in tables)
    return Changes(measures, obligations, units=is_wide, plan=is_wide, periods=periods or is_wide)
