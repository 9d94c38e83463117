"""考核评分 of the units of a plan on a date, and the table of rules it follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from core.errors import OutputError
from core.job import Job
from core.ledger import scoring as rule
from core.ledger.scoring import DEFAULTS, RULES, Counted, Per, ScoreLine, ScoreRule, lines_of, places
from core.model.ledger import Due, Obligation, Period
from core.model.units import Unit, UnitKind
from core.office.overview import Overview, overview
from core.office.periods import period_of
from core.office.returns import returns
from core.office.score_rules import justice_of, ranks_justice, rules_of, save_score_rules, score_rules
from core.store import entries, evidence
from core.store import units as unit_rows
from core.store.database import Store
from core.store.opening import is_ledger

__all__ = [
    "DEFAULTS",
    "RULES",
    "Per",
    "ScoreLine",
    "ScoreRule",
    "Scored",
    "UnitScore",
    "export_scores",
    "left_out_words",
    "ranks_justice",
    "save_score_rules",
    "score_rules",
    "scores",
]

NOT_RANKED = {
    UnitKind.DISCIPLINE_JUSTICE: "纪委监委、法院、检察院不参加排名",
    UnitKind.GROUP: "单位集合不参加排名",
}
"""Why a unit of a kind has no place, in words."""
NOTHING_DUE = "没有应报（到期）的事项，不参加排名"
"""Why a unit has no place that could not get any points yet."""


_NONE = "—"


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The score of one unit. ``position`` is its place from 1, shared by equals; None when it is not ranked."""

    unit: str
    kind: UnitKind
    points: float
    lines: tuple[ScoreLine, ...]
    ranked: bool = True
    position: int | None = None
    why_not: str = ""
    """Why it is not ranked, in words."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was written."""

    path: Path
    units: int


def scores(store: Store, plan_key: str | None, as_of: date, *, period_key: str | None = None) -> tuple[UnitScore, ...]:
    """The scores of all units that owe something, the best first; those that are not ranked come last.

    A rate with nothing behind it is left out for the unit, and the others are scaled to the same total.

    With a period: what was to be returned in it, what was done in it, what was sent back of it; what is late counts
    as it stands on the date. Without: all periods of the file that are over, and everything up to the date.

    Raises NotFoundError for an unknown plan, InvalidError for a period that means nothing.
    """
    view = overview(store, plan_key, as_of)
    period = period_of(store, view.row.key, period_key) if period_key is not None else None
    with store.reading() as db:
        rules, justice = rules_of(db), justice_of(db)
        register = {unit.name: unit for unit in unit_rows.load(db).units}
        files = evidence.by_obligation(db, view.row.id)
        sent_back = entries.times_returned(db, view.row.id, as_of, period.key if period else None)
    active = {r.key for r in rules if r.active}
    came = _returned(store, view, period) if rule.RETURNED_IN_TIME in active else {}
    by_unit: dict[str, list[Obligation]] = defaultdict(list)
    for item in view.obligations:
        by_unit[item.unit].append(item)
    found = []
    for unit, items in by_unit.items():
        counted = _counted(view, items, period, files, sent_back)
        counted[rule.RETURNED_IN_TIME] = came.get(unit, Counted())
        lines = lines_of(rules, counted)
        known = register.get(unit) or Unit(unit)
        found.append(_score(known, lines, justice=justice, has_ground=rule.has_ground(rules, counted)))
    return _placed(found)


def export_scores(
    store: Store, plan_key: str | None, as_of: date, path: Path, job: Job, *, period_key: str | None = None
) -> Scored:
    """Write the ranking as XLSX: the units with the points of each rule, and the table of rules.

    Raises OutputError, NotFoundError, InvalidError, Cancelled.
    """
    from core.publish.output import put
    from core.publish.register_xlsx import Sheet, workbook_bytes

    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    found = scores(store, plan_key, as_of, period_key=period_key)
    job.step(1, 2, "正在写入")
    rules = tuple(r for r in score_rules(store) if r.active)
    headings = (("名次", 4.0), ("单位", 14.0), *((r.title, 6.0) for r in rules), ("合计", 6.0), ("说明", 16.0))
    rows = tuple(
        (
            _NONE if s.position is None else s.position,
            s.unit,
            *(_NONE if line.left_out else line.points for line in s.lines),
            s.points,
            s.why_not or left_out_words(s),
        )
        for s in found
    )
    told = tuple((r.title, r.per, r.points, "不设" if r.cap is None else r.cap, RULES[r.key]) for r in rules)
    rule_heads = (("规则", 8.0), ("计分", 5.0), ("分值", 5.0), ("上限", 5.0), ("口径", 48.0))
    put(workbook_bytes((Sheet("考核评分", headings, rows), Sheet("评分规则", rule_heads, told))), path)
    return Scored(path, len(found))


def left_out_words(score: UnitScore) -> str:
    """Which rules do not count for a unit, empty when all do."""
    titles = "、".join(line.title for line in score.lines if line.left_out)
    return f"{titles}：{rule.LEFT_OUT}，{rule.REST_SCALED}" if titles else ""


# -- what is counted -------------------------------------------------------------------------------------------


def _counted(
    view: Overview,
    items: Sequence[Obligation],
    period: Period | None,
    files: Mapping[int, Sequence[int]],
    sent_back: Mapping[int, int],
) -> dict[str, Counted]:
    """What the rules count of one unit's obligations."""
    in_time: list[int] = []
    late: list[int] = []
    open_late: list[int] = []
    done: list[int] = []
    for item in items:
        dues = view.dues(item)
        finished = [due for due in dues if due.done_on is not None and _is_inside(due, period)]
        in_time += [item.id for due in finished if not due.done_late]
        late += [item.id for due in finished if due.done_late]
        open_late += [item.id for due in dues if due.overdue]
        if finished:
            done.append(item.id)
    base = len(in_time) + len(late) + len(open_late)
    returned = [item.id for item in items if sent_back.get(item.id)]
    asked = _once((*done, *open_late))
    proved = [key for key in done if files.get(key)]
    return {
        rule.DONE_IN_TIME: Counted(len(in_time), base, _once(in_time)),
        rule.DONE_LATE: Counted(len(late), base, _once(late)),
        rule.OVERDUE: Counted(len(open_late), base, _once(open_late)),
        rule.EVIDENCE: Counted(len(proved), len(asked), tuple(key for key in asked if key not in proved)),
        rule.SENT_BACK: Counted(sum(sent_back[key] for key in returned), len(items), tuple(returned)),
    }


def _is_inside(due: Due, period: Period | None) -> bool:
    return period is None or (due.done_on is not None and period.first_day <= due.done_on <= period.last_day)


def _once(keys: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(keys))


def _returned(store: Store, view: Overview, period: Period | None) -> dict[str, Counted]:
    """By unit: returned in time out of expected, and the obligations that are missing."""
    over = [p.key for p in view.clock.periods if p.cut_off <= view.clock.as_of]
    found: dict[str, Counted] = {}
    for key in [period.key] if period else over:
        for one in returns(store, view.row.key, key, view.clock.as_of, view=view).units:
            before = found.get(one.unit, Counted())
            missing = _once((*before.obligations, *one.missing))
            found[one.unit] = Counted(before.count + one.in_time, before.base + one.expected, missing)
    return found


# -- places ----------------------------------------------------------------------------------------------------


def _score(unit: Unit, lines: tuple[ScoreLine, ...], *, justice: bool, has_ground: bool) -> UnitScore:
    why = NOT_RANKED.get(UnitKind.GROUP if unit.is_group else unit.kind, "")
    if unit.kind is UnitKind.DISCIPLINE_JUSTICE and justice:
        why = ""
    if not why and not has_ground:
        why = NOTHING_DUE
    points = round(sum(line.points for line in lines), 2)
    return UnitScore(unit.name, unit.kind, points, lines, ranked=not why, why_not=why)


def _placed(found: Sequence[UnitScore]) -> tuple[UnitScore, ...]:
    ranked = sorted((s for s in found if s.ranked), key=lambda s: -s.points)
    positions = places([s.points for s in ranked])
    rest = sorted((s for s in found if not s.ranked), key=lambda s: s.kind is UnitKind.GROUP)
    return (*(replace(s, position=place) for s, place in zip(ranked, positions, strict=True)), *rest)
