"""A returned sheet beside the ledger: which fields would change, and what must be said of it.

Nothing becomes empty by a return: a cell that was left empty leaves what the ledger has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from core.exchange.content import normal
from core.exchange.returned import ReturnedRow, ReturnedSheet, SheetProblem
from core.exchange.unit_sheet import Field
from core.model.ledger import EntryState, Review
from core.model.plan import Severity, Target
from core.office.collected import FieldDiff, RowChange, RowKey, Verdict, Whose
from core.office.entry import meant_part
from core.office.form_value import FormValue, TargetValue, check_value, figure
from core.office.grounds import Grounds, Owed, Standing

CAME_BY = "填报表"
_DATED = (EntryState.DONE, EntryState.KEPT_UP)
_FIELDS = (
    ("state", "状态", Field.STATE.value),
    ("done_on", "完成日期", Field.DONE_ON.value),
    ("text", "工作进展", Field.PROGRESS.value),
    ("reason", "不涉及理由", Field.PROGRESS.value),
    ("problems", "存在问题", Field.PROBLEMS.value),
    ("next_steps", "下一步工作", Field.NEXT_STEPS.value),
    ("targets", "指标完成值", Field.REACHED.value),
)
"""Name in FormValue, word, and the column it is written in."""
_VALUES = attrgetter(*(name for name, _, _ in _FIELDS))
_NOTHING = FormValue()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a sheet would change. ``rows`` of the table, ``unchanged`` of them, what to say, and how it is judged."""

    verdict: Verdict
    rows: int
    changes: tuple[RowChange, ...] = ()
    unchanged: int = 0
    problems: tuple[SheetProblem, ...] = ()


def compare(sheet: ReturnedSheet, whose: Whose, grounds: Grounds) -> Compared:
    """Put each row beside the record it speaks of."""
    found = _Comparing(sheet, whose, grounds)
    found.run()
    filled = {row.obligation_id for row in sheet.rows}
    rows = len(sheet.rows) + len(sheet.seen - filled)
    lacking = found.say_missing()
    problems = (*sheet.problems, *found.problems)
    usable = len(found.changes) + found.unchanged
    if not usable:
        verdict = Verdict.REJECTED
    elif lacking or any(problem.severity is Severity.ERROR for problem in problems):
        verdict = Verdict.PARTIAL
    else:
        verdict = Verdict.OK
    unchanged = found.unchanged + len(sheet.seen - filled)
    return Compared(verdict, rows, tuple(found.changes), unchanged, problems)


def field_words(value: FormValue, name: str, targets: Sequence[Target]) -> str:
    """One field as it is shown; empty for nothing."""
    return _words(getattr(value, name), targets)


def _words(value: EntryState | date | str | Sequence[TargetValue] | None, targets: Sequence[Target]) -> str:
    """A field's value as it is shown."""
    if not value:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return "；".join(_target_words(one, targets) for one in value if one.position < len(targets))


class _Comparing:
    """Goes through the rows of one sheet."""

    def __init__(self, sheet: ReturnedSheet, whose: Whose, grounds: Grounds) -> None:
        self._sheet, self._whose, self._grounds = sheet, whose, grounds
        self._records = grounds.standing(whose.plan_key, whose.period)
        self.changes: list[RowChange] = []
        self.unchanged = 0
        self.problems: list[SheetProblem] = []

    def run(self) -> None:
        for row in self._sheet.rows:
            if not row.has_error:
                self._take(row)
        self._say_left_blank()
        if self._whose.period.key not in {period.key for period in self._grounds.known.periods}:
            what = f"台账中还没有报送期“{self._whose.period.title}”，写入时新建，请核对"
            self.problems.append(SheetProblem(Severity.WARNING, what))

    def _take(self, row: ReturnedRow) -> None:
        owed = self._grounds.owed(row.obligation_id)
        part = meant_part(row.part, owed.only_part)
        key = RowKey(row.obligation_id, part)
        known = self._records.get(key)
        after = taken_over(row, part, known.value if known else None, self._sheet.foot.filled_by)
        findings = check_value(after, parts=owed.parts)
        if findings:
            for finding in findings:
                self.problems.append(SheetProblem(Severity.ERROR, finding.message, row.row))
            return
        self._say_kept(row, known, owed)
        diffs = self._diffs(row, owed, part, known, after)
        if not diffs:
            self.unchanged += 1
            return
        is_reviewed = known is not None and known.review is Review.ACCEPTED
        if is_reviewed:
            what = f"第 {row.number} 项已审核通过，与表中不同，须确认后才改动"
            self.problems.append(SheetProblem(Severity.WARNING, what, row.row))
        if self._grounds.has_draft(row.obligation_id, self._whose.period):
            what = f"第 {row.number} 项在进展填报中有没保存的草稿，草稿保留"
            self.problems.append(SheetProblem(Severity.INFO, what, row.row))
        before = known.value if known else None
        if before is not None and before.state is EntryState.DONE and after.state is not EntryState.DONE:
            what = f"第 {row.number} 项在台账中是已完成，表中改为{after.state}，请核对"
            self.problems.append(SheetProblem(Severity.WARNING, what, row.row, row.columns.get(Field.STATE.value)))
        self.changes.append(RowChange(row.row, row.number, key, before, after, diffs, is_reviewed))

    def _diffs(
        self, row: ReturnedRow, owed: Owed, part: str | None, known: Standing | None, after: FormValue
    ) -> tuple[FieldDiff, ...]:
        before = known.value if known else _NOTHING
        is_reviewed = known is not None and known.review is Review.ACCEPTED
        found = []
        for at, (old, new) in enumerate(zip(_VALUES(before), _VALUES(after), strict=True)):
            if old == new:
                continue
            have, got = _words(old, owed.measure.targets), _words(new, owed.measure.targets)
            if have == got or normal(have) == normal(got):
                continue
            name, title, column = _FIELDS[at]
            found.append(
                FieldDiff(
                    row.obligation_id,
                    row.number,
                    owed.measure.label,
                    part,
                    name,
                    title,
                    have,
                    got,
                    row.row,
                    row.columns.get(column),
                    is_reviewed,
                )
            )
        return tuple(found)

    def _say_kept(self, row: ReturnedRow, known: Standing | None, owed: Owed) -> None:
        """A cell that is empty where the ledger has something: said, and left as it is."""
        if known is None:
            return
        given = {"text": row.progress, "problems": row.problems, "next_steps": row.next_steps}
        given["targets"] = "有" if any(value is not None for value in row.targets) else ""
        for name, title, column in _FIELDS:
            letter = row.columns.get(column)
            if name not in given or given[name] or letter is None:
                continue
            if name == "text" and row.state is EntryState.NOT_APPLICABLE:
                continue
            is_there = name != "targets" or any(one.value is not None for one in known.value.targets)
            if is_there and field_words(known.value, name, owed.measure.targets):
                what = f"{title}空着，台账中原有内容没有清空（清空需在窗口中操作）"
                self.problems.append(SheetProblem(Severity.INFO, what, row.row, letter))

    def _say_left_blank(self) -> None:
        """Rows in which nothing is written, of which the ledger has a record."""
        filled = {row.obligation_id for row in self._sheet.rows}
        blank = {key.obligation_id for key in self._records} & (self._sheet.seen - filled)
        if blank:
            what = f"{self._numbered(blank)}在表中空着，台账中已有填报，没有改动"
            self.problems.append(SheetProblem(Severity.INFO, what))

    def say_missing(self) -> bool:
        """Rows that the period expects and that are not in the sheet."""
        expected = self._grounds.expected(self._whose.plan_key, self._whose.period).get(self._whose.unit, ())
        gone = set(expected) - self._sheet.seen
        if gone and self._sheet.seen:
            what = f"表中没有{self._numbered(gone)}（可能被删去），没有改动"
            self.problems.append(SheetProblem(Severity.WARNING, what))
        return bool(gone)

    def _numbered(self, ids: Iterable[int]) -> str:
        numbers = sorted(self._grounds.measure_of(one).no for one in ids if self._grounds.owns(one))
        return f"第 {'、'.join(map(str, numbers))} 项"


def taken_over(row: ReturnedRow, part: str | None, before: FormValue | None, filled_by: str) -> FormValue:
    """The value after a row: what is written in it goes before what is there, what is empty leaves it."""
    base = before or _NOTHING
    kept_day = base.done_on if row.state in _DATED else None
    reason = normal(row.reason) or base.reason
    return FormValue(
        state=row.state,
        done_on=(row.done_on or kept_day) if row.state in _DATED else None,
        part=part,
        text=normal(row.progress) or base.text,
        problems=normal(row.problems) or base.problems,
        next_steps=normal(row.next_steps) or base.next_steps,
        reason=reason if row.state is EntryState.NOT_APPLICABLE else "",
        targets=_targets(base.targets, row.targets) if row.targets else base.targets,
        said_by=filled_by.strip() or base.said_by,
        came_by=CAME_BY,
        received_on=base.received_on,
    )


def _targets(before: Sequence[TargetValue], given: Sequence[float | None]) -> tuple[TargetValue, ...]:
    """Figures that were given in the place of those that are there; their notes stay."""
    known = {one.position: one for one in before}
    for position, value in enumerate(given):
        if value is not None:
            known[position] = replace(known.get(position, TargetValue(position)), value=value)
    return tuple(known[position] for position in sorted(known))


def _target_words(one: TargetValue, targets: Sequence[Target]) -> str:
    target = targets[one.position]
    number = "" if one.value is None else f"{figure(one.value)}{target.unit or ''}"
    note = f"（{one.note}）" if one.note and number else one.note
    return f"{target.text}：{number}{note}"
