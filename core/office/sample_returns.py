"""The last quarter of the sample: sheets out, most of them back, some wrong, some missing, some still to be collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from core.exchange.unit_sheet import SheetRow, UnitSheet
from core.job import Job
from core.model.ledger import EntryState
from core.office import collect, collect_write, dispatch, reminders
from core.office.sample_course import AS_OF, MARK, Said
from core.office.unit_sheets import unit_sheets
from core.store import periods, sample_dates
from core.store.database import Store

SENT, INBOX = "下发", "收件箱（练习用）"
_SENT_ON = date(2025, 12, 1)
_MISSING, _PRACTICE = 6, 5
"""So many units have not sent anything; so many sheets lie in the inbox, not collected yet."""
_DAY = timedelta(days=1)

Words = Mapping[tuple[int, str | None], Said]
"""What was said of an obligation, or of one 时限项 of it."""


def last_quarter(store: Store, period_key: str, words: Words, folder: Path, job: Job, most: int | None) -> None:
    """Make the sheets, collect what came, note who was reminded; the rest of the returns lies in the inbox.

    ``most``: sheets for so many units only, twelve at least.
    """
    sheets = unit_sheets(store, None, period_key).sheets[:most]
    options = dispatch.DispatchOptions(units=[sheet.unit for sheet in sheets])
    made = dispatch.dispatch(store, None, period_key, folder / SENT, job, options)
    names = {file.unit: file.path.name for file in made.files}
    missing, practice = sheets[-_MISSING:], sheets[-_MISSING - _PRACTICE : -_MISSING]
    came = sheets[: -_MISSING - _PRACTICE]
    arrived = folder / INBOX
    arrived.mkdir()
    paths = [_put(arrived, names[sheet.unit], _filled(sheet, words)) for sheet in came]
    job.step(2, 3, "正在回收示例填报表")
    found = collect.look(store, None, paths, job)
    with closing(found.spool) if found.spool is not None else nullcontext():
        collect_write.accept(store, found, job)
    for path in paths:
        path.unlink()
    _inbox(arrived, practice, names, words)
    late = [sheet.unit for sheet in missing]
    reminders.remind(
        store,
        None,
        period_key,
        late,
        way="电话",
        person="示例经办人",
        text=f"{MARK}请于本周内报送。",
        at=AS_OF - 4 * _DAY,
    )
    reminders.remind(store, None, period_key, late[:2], way="函", text=f"{MARK}已发催办函。", at=AS_OF - _DAY)
    _date_back(store, period_key, [sheet.unit for sheet in came])


def _inbox(folder: Path, practice: Sequence[UnitSheet], names: Mapping[str, str], words: Words) -> None:
    """What waits to be collected: whole, renamed, with a mistake in it, half filled in, sent twice; and no sheet."""
    whole, renamed, wrong, half, twice = practice
    _put(folder, names[whole.unit], _filled(whole, words))
    _put(folder, "新建 Microsoft Excel 工作表(1).xlsx", _filled(renamed, words))
    _put(folder, names[wrong.unit], _without_date(_filled(wrong, words)))
    _put(folder, names[half.unit], replace(_filled(half, words), rows=(*_filled(half, words).rows[:3], *half.rows[3:])))
    _put(folder, names[twice.unit], _filled(twice, words))
    _put(folder, f"副本{names[twice.unit]}", _filled(twice, words))
    (folder / "联系方式.txt").write_text(f"{MARK}这不是填报表，用来练习：回收时会说明它没有用上。", encoding="utf-8")


def _put(folder: Path, name: str, sheet: UnitSheet) -> Path:
    from core.exchange.write_sheet import sheet_bytes

    path = folder / name
    path.write_bytes(sheet_bytes(sheet))
    return path


def _filled(sheet: UnitSheet, words: Words) -> UnitSheet:
    """A sheet as its unit sends it back."""
    return replace(sheet, rows=tuple(_row(row, words.get((row.obligation_id, row.part))) for row in sheet.rows))


def _row(row: SheetRow, said: Said | None) -> SheetRow:
    if said is None:
        return replace(row, state=EntryState.NOT_STARTED, progress=f"{MARK}已列入下一步计划。", next_steps="尽快启动。")
    value = said.value
    return replace(
        row,
        state=value.state,
        done_on=value.done_on,
        progress=value.text,
        problems=value.problems,
        next_steps=value.next_steps,
    )


def _without_date(sheet: UnitSheet) -> UnitSheet:
    """已完成 without a day, as it happens."""
    first, *others = sheet.rows
    return replace(sheet, rows=(replace(first, state=EntryState.DONE, done_on=None), *others))


def _date_back(store: Store, period_key: str, came: Sequence[str]) -> None:
    with store.transaction() as db:
        period = periods.row_id(db, period_key)
        assert period is not None
        sample_dates.date_sheets(db, period, _SENT_ON)
        for at, unit in enumerate(came):
            sample_dates.date_return(db, period, unit, _SENT_ON + _DAY * (4 + at % 14))
