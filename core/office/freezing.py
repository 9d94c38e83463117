"""固定本期数字: the figures of a period as they were issued, and what is another since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.errors import InvalidError
from core.office.changes import Changes
from core.office.overview import plan_row
from core.office.periods import period_of
from core.office.returns import returns
from core.office.status import plan_status
from core.store import frozen as rows
from core.store import journal
from core.store import periods as period_rows
from core.store.database import Store
from core.store.frozen import FrozenRow
from core.store.lock import user_name

_FIGURES = {
    "total": "总数",
    "not_started": "未启动",
    "in_progress": "推进中",
    "done": "已完成",
    "ongoing": "长期坚持",
    "waiting": "待部署",
    "not_applicable": "不涉及",
    "due_soon": "临近",
    "overdue": "逾期",
    "done_late": "逾期完成",
}
_RETURNS = {"expected": "应报", "returned": "已报", "in_time": "按时", "sent_back": "退回"}


@dataclass(frozen=True, slots=True)
class Frozen:
    """Figures as issued: for which date, when (ISO) and by whom; ``statistics`` and ``returns`` as plain values."""

    as_of: date
    frozen_at: str
    who: str
    statistics: dict[str, Any]
    returns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another now than when it was frozen; ``subject`` is 全部措施, 全部责任事项 or a unit."""

    subject: str
    figure: str
    frozen: int
    now: int


def freeze(store: Store, plan_key: str | None, period_key: str, as_of: date, *, again: bool = False) -> Changes:
    """Keep the plan's figures of a period as they are on ``as_of``; ``again`` when they were frozen before.

    An earlier freezing stays in the file; the last one counts.

    Raises InvalidError (period) when it was frozen before and ``again`` is not said.
    """
    row = plan_row(store, plan_key)
    period = period_of(store, row.key, period_key)
    before = frozen(store, row.key, period.key)
    if before is not None and not again:
        raise InvalidError(
            f"“{period.title}”的数字已于 {before.frozen_at[:10]} 固定（统计截至 {before.as_of}）。",
            hint="需要改用现在的数字时，请选择重新固定。",
            field="period",
        )
    figures = _figures(store, row.key, period.key, as_of)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    with store.transaction() as db:
        period_id = period_rows.ensure(db, period)
        rows.append(db, row.id, period_id, FrozenRow(as_of, now, user_name(), figures))
        journal.append(
            db,
            "固定数字" if before is None else "重新固定数字",
            f"{row.title}：{period.title}",
            before=_words(before.as_of, before.statistics, before.returns) if before else None,
            after=_words(as_of, figures["statistics"], figures["returns"]),
        )
    return Changes(periods=True)


def frozen(store: Store, plan_key: str | None, period_key: str) -> Frozen | None:
    """The figures of a period as issued, None when they were not frozen."""
    row = plan_row(store, plan_key)
    period = period_of(store, row.key, period_key)
    with store.reading() as db:
        found = rows.last(db, row.id, period.key)
    if found is None:
        return None
    return Frozen(found.as_of, found.frozen_at, found.who, found.figures["statistics"], found.figures["returns"])


def frozen_difference(store: Store, plan_key: str | None, period_key: str) -> tuple[Difference, ...]:
    """What is another now, computed for the same date; empty when nothing is, or nothing was frozen."""
    row = plan_row(store, plan_key)
    before = frozen(store, row.key, period_key)
    if before is None:
        return ()
    now = _figures(store, row.key, period_key, before.as_of)
    return (
        *_differences("全部措施", _FIGURES, before.statistics["measures"], now["statistics"]["measures"]),
        *_differences("全部责任事项", _FIGURES, before.statistics["obligations"], now["statistics"]["obligations"]),
        *_differences("全部责任事项", _RETURNS, before.returns, now["returns"]),
        *_by_unit(_FIGURES, before.statistics["units"], now["statistics"]["units"]),
        *_by_unit(_RETURNS, before.returns["units"], now["returns"]["units"]),
    )


def _figures(store: Store, plan_key: str, period_key: str, as_of: date) -> dict[str, Any]:
    statistics = plan_status(store, plan_key, as_of).plain()
    kept = ("as_of", "measures", "obligations", "units", "measures_by_no")
    return {
        "statistics": {key: statistics[key] for key in kept},
        "returns": returns(store, plan_key, period_key, as_of).plain(),
    }


def _by_unit(names: dict[str, str], before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Difference]:
    old, new = ({one["unit"]: one for one in found} for found in (before, now))
    for unit in dict.fromkeys([*old, *new]):
        yield from _differences(unit, names, old.get(unit, {}), new.get(unit, {}))


def _differences(
    subject: str, names: dict[str, str], before: dict[str, Any], now: dict[str, Any]
) -> Iterator[Difference]:
    for key, word in names.items():
        was, is_now = before.get(key, 0), now.get(key, 0)
        if was != is_now:
            yield Difference(subject, word, was, is_now)


def _words(as_of: date, statistics: dict[str, Any], returned: dict[str, Any]) -> dict[str, str]:
    measures = statistics["measures"]
    return {
        "统计截止日期": str(as_of),
        "措施": "，".join(f"{word}{measures[key]}" for key, word in _FIGURES.items()),
        "报送": "，".join(f"{word}{returned[key]}" for key, word in _RETURNS.items()),
    }
