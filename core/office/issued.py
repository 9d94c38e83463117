"""发文登记: what left the office, kept as it left with its figures and the rows behind them; ``issuing`` enters it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.model.issued import Change, Content, Issued
from core.model.ledger import Period
from core.model.typed import typed
from core.office import documents
from core.office.asked import Asked
from core.office.changes import Changes
from core.office.issued_rows import changes_of, content_of
from core.office.overview import overview, plan_row
from core.office.period_choice import chosen_period
from core.office.periods import period_of
from core.office.units import unit_named
from core.store import evidence_files, journal
from core.store import issued as rows
from core.store.database import Store

_BY_NAME = {"midterm": "中期", "final": "终期"}
"""Kinds that are of a period of their own where none is asked for."""
_LATEST = frozenset({"report", "circular", "reminder", "notice"})
"""Kinds that take the newest period where none is asked for."""


def list_issued(store: Store, plan_key: str | None = None, *, kind: str | None = None) -> tuple[Issued, ...]:
    """发文登记 of a plan (None: the whole file), or one kind of it, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    plan_id = None if plan_key is None else plan_row(store, plan_key).id
    with store.reading() as db:
        found = rows.of_plan(db, plan_id)
    return tuple(one for one in found if kind in (None, one.kind.value))


def find(store: Store, issued_id: int) -> Issued:
    """One line.

    Raises NotFoundError.
    """
    with store.reading() as db:
        return in_register(rows.find(db, issued_id))


def content(store: Store, issued_id: int) -> Content:
    """The figures and rows of a document as it was issued.

    Raises NotFoundError.
    """
    find(store, issued_id)
    with store.reading() as db:
        return rows.content(db, issued_id)


def kept_path(store: Store, issued_id: int, place: int = 0) -> Path:
    """Where a file of a document lies as it was issued.

    Raises NotFoundError for a line or a file that is not there.
    """
    found = find(store, issued_id)
    if not 0 <= place < len(found.files):
        raise NotFoundError("这份发文没有保存文件。")
    file = found.files[place]
    return evidence_files.path_of(store.path, file.sha256, file.name)


def already(store: Store, kind: str, asked: Asked) -> tuple[Issued, ...]:
    """What was issued of this kind for the same plan, period and unit and is not withdrawn, the newest first.

    Raises NotFoundError (plan, unit), InvalidError (period).
    """
    row, period = plan_row(store, asked.plan_key), period_of_kind(store, kind, asked)
    unit = unit_named(store, asked.unit).name if asked.unit is not None else None
    return tuple(
        one
        for one in list_issued(store, row.key, kind=kind)
        if one.withdrawn_on is None and one.unit == unit and one.period_key == (period.key if period else None)
    )


def period_of_kind(store: Store, kind: str, asked: Asked) -> Period | None:
    """The period that a kind is made for when it is asked so."""
    if "period" not in documents.KINDS[kind].uses:
        return None
    key = plan_row(store, asked.plan_key).key
    if kind in _LATEST:
        return chosen_period(store, key, asked.period_key, asked.as_of)
    word = asked.period_key or _BY_NAME.get(kind)
    return period_of(store, key, word) if word else None


def in_register(row: Issued | None) -> Issued:
    """The line, which must be there.

    Raises NotFoundError.
    """
    if row is None:
        raise NotFoundError("这份发文不在登记中。", hint="请刷新后再试。")
    return row


def sign_for(store: Store, issued_id: int, on: date | None, by: str = "") -> Changes:
    """签收: when and by whom; None takes it away.

    Raises NotFoundError, InvalidError (on) for a day before it was issued.
    """
    return sign_for_all(store, [issued_id], on, by)


def sign_for_all(store: Store, ids: Sequence[int], on: date | None, by: str = "") -> Changes:
    """签收 of several documents that were handed over together: all of them or none.

    Raises as ``sign_for``.
    """
    by = typed(by) if on else ""
    with store.transaction() as db:
        old = [in_register(rows.find(db, one)) for one in ids]
        late = next((one for one in old if on is not None and on < one.issued_on), None)
        if late is not None:
            hint = f"“{_named(late)}”的发文日期是 {late.issued_on}。"
            raise InvalidError("签收日期早于发文日期。", hint=hint, field="on")
        changed = [one for one in old if (one.signed_on, one.signed_by) != (on, by)]
        for one in changed:
            rows.sign(db, one.id, on, by)
        if changed:
            journal.append(
                db,
                "登记签收" if on else "取消签收",
                told(changed),
                before=_signed(changed[0].signed_on, changed[0].signed_by) if len(changed) == 1 else _signers(changed),
                after=_signed(on, by),
            )
    return Changes(periods=True) if changed else Changes()


def withdraw(store: Store, issued_id: int, on: date | None, reason: str = "") -> Changes:
    """作废: the line stays with its number and its file; None: it is in force again.

    Raises NotFoundError, InvalidError (reason) without one.
    """
    reason = typed(reason)
    if on is not None and not reason:
        raise InvalidError("没有填写作废原因。", field="reason")
    with store.transaction() as db:
        old = in_register(rows.find(db, issued_id))
        if old.withdrawn_on == on:
            return Changes()
        rows.withdraw(db, issued_id, on, f"作废：{reason}" if on else "")
        journal.append(
            db,
            "作废发文" if on else "取消作废",
            _named(old),
            before={"作废日期": str(old.withdrawn_on)} if old.withdrawn_on else None,
            after={"作废日期": str(on) if on else "无"},
            reason=reason or None,
        )
    return Changes(periods=True)


def changed_since(store: Store, issued_id: int, as_of: date | None = None) -> tuple[Change, ...]:
    """Figure by figure, then row by row: what is another on ``as_of`` (None: the document's own date).

    Raises NotFoundError, Cancelled.
    """
    line = find(store, issued_id)
    with store.reading() as db:
        then = rows.content(db, issued_id)
    return changes_of(then, _content_now(store, line, then, as_of or line.as_of))


def _content_now(store: Store, line: Issued, then: Content, as_of: date) -> Content:
    """What a document like it would stand on now; without figures where there is nothing to write any more."""
    kind, section = line.kind.value, then.section
    asked = Asked(line.plan_key, as_of, line.period_key, line.unit, section, superior=then.superior)
    try:
        figures = documents.make(store, kind, asked, Job()).figures
    except InvalidError:
        figures = ()
    view = overview(store, line.plan_key, as_of)
    return content_of(store, view, figures, period_of_kind(store, kind, asked), unit=line.unit, section=section)


# Words of the journal ------------------------------------------------------------------------------------------


def _named(one: Issued) -> str:
    return f"{one.number} {one.title}" if one.number else one.title


def told(found: Sequence[Issued]) -> str:
    """What an entry of the journal is about."""
    return _named(found[0]) if len(found) == 1 else f"{found[0].kind.title} {len(found)} 份"


def _signed(on: date | None, by: str) -> dict[str, str]:
    return {"签收日期": on.isoformat() if on else "无", "签收人": by or "无"}


def _signers(found: Sequence[Issued]) -> dict[str, str | list[str]]:
    """What stood of several before, each by its number or title."""
    return {
        "签收": [
            f"{one.number or one.title}：{'，'.join(_signed(one.signed_on, one.signed_by).values())}" for one in found
        ]
    }
