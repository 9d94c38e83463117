"""The manifest of a county's 上报材料包, read in its city's ledger as one more returned sheet.

The county is a unit of the city's register, under a name that its manifest says of itself (古县司法局, 古县). Its measures
are known by their text, those of another plan too: a county's plan carries out its city's. Nothing is guessed: what
is like two measures, or like none, is a problem that a person looks at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from core.errors import InvalidError
from core.exchange.manifest import MeasureSaid, SubmissionManifest, read_manifest
from core.exchange.returned import (
    Foot,
    Identity,
    Known,
    KnownLedger,
    KnownObligation,
    KnownPlan,
    ReturnedRow,
    ReturnedSheet,
    SheetProblem,
)
from core.exchange.row_match import Match, Matcher, squeezed
from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Severity

_SHEET = "上报清单"
_NEAREST = {
    EntryState.KEPT_UP: (EntryState.IN_PROGRESS, EntryState.DONE),
    EntryState.IN_PROGRESS: (EntryState.KEPT_UP,),
    EntryState.DONE: (EntryState.KEPT_UP,),
    EntryState.NOT_STARTED: (),
    EntryState.NOT_APPLICABLE: (),
}
"""What a state is where the city's obligation does not know it: its 长期坚持 is the county's 2024年底前 done."""


def read_submission(
    data: bytes, name: str, known: KnownLedger, job: Job, *, decided: Identity | None = None
) -> ReturnedSheet:
    """What a county says, row by row; ``decided``: plan, period and unit as a clerk has set them.

    Row numbers are places in the manifest's list of measures, from 1.

    Raises InvalidError for what is no manifest, or one that this very ledger made; Cancelled.
    """
    manifest = read_manifest(data, name)
    if manifest.file_id == known.file_id:
        raise InvalidError(f"“{name}”是本台账自己的上报清单。", hint="请选择下级报来的材料。", where=name)
    job.step(0, 2, f"读取“{name}”")
    unit = decided.unit if decided and decided.unit else _unit(manifest, known)
    plan = _plan(manifest, known, unit, decided.plan_key if decided else None)
    period = decided.period_key if decided and decided.period_key else _period(manifest, known)
    identity = Identity(plan.key if plan else None, period, unit, how=Known.IDENTITY)
    foot = Foot(filled_by=manifest.unit, day=manifest.made_at[:10])
    problems = list(_unknown(manifest, unit, plan))
    if unit is None or plan is None:
        return ReturnedSheet(name, _SHEET, identity, (), frozenset(), tuple(problems), foot)
    job.step(1, 2, f"读取“{name}”")
    rows, seen, more = _rows(manifest, plan, unit)
    return ReturnedSheet(name, _SHEET, identity, rows, seen, (*problems, *more), foot)


def _unit(manifest: SubmissionManifest, known: KnownLedger) -> str | None:
    return next((known.units[one] for one in (manifest.unit, *manifest.names) if one in known.units), None)


def _plan(manifest: SubmissionManifest, known: KnownLedger, unit: str | None, said: str | None) -> KnownPlan | None:
    """The plan said, else the one of that title, else the one that most of the measures belong to."""
    if said is not None:
        return next((plan for plan in known.plans if plan.key == said), None)
    same = [plan for plan in known.plans if squeezed(plan.title) == squeezed(manifest.plan_title)]
    if len(same) == 1:
        return same[0]
    if unit is None:
        return None
    counts = []
    for plan in known.plans:
        matcher = Matcher(plan, unit)
        counts.append((sum(matcher.match("", one.text).obligation is not None for one in manifest.measures), plan))
    best = max((count for count, _ in counts), default=0)
    found = [plan for count, plan in counts if count == best]
    return found[0] if best and len(found) == 1 else None


def _period(manifest: SubmissionManifest, known: KnownLedger) -> str | None:
    """By its title, or by its days; else its key, unless that is one of the county's own."""
    for period in known.periods:
        if period.title == manifest.period_title or (period.first_day, period.last_day) == (
            manifest.first_day,
            manifest.last_day,
        ):
            return period.key
    return manifest.period_key if "@" not in manifest.period_key else None


def _unknown(manifest: SubmissionManifest, unit: str | None, plan: KnownPlan | None) -> Iterator[SheetProblem]:
    if unit is None:
        names = "、".join(dict.fromkeys(one for one in (manifest.unit, *manifest.names) if one))
        what = "单位名册中没有报送的单位，请在名册中加入，或指定是哪个单位"
        yield SheetProblem(Severity.ERROR, what, found=names)
    elif plan is None:
        yield SheetProblem(Severity.ERROR, "分不清对应台账中的哪个方案，请指定", found=manifest.plan_title)


def _rows(
    manifest: SubmissionManifest, plan: KnownPlan, unit: str
) -> tuple[tuple[ReturnedRow, ...], frozenset[int], list[SheetProblem]]:
    is_same = squeezed(plan.title) == squeezed(manifest.plan_title)
    matcher = Matcher(plan, unit)
    matches = [matcher.match(one.number if is_same else "", one.text) for one in manifest.measures]
    counts = Counter(match.obligation.id for match in matches if match.obligation is not None)
    rows: list[ReturnedRow] = []
    problems: list[SheetProblem] = []
    for place, (said, match) in enumerate(zip(manifest.measures, matches, strict=True), 1):
        obligation = match.obligation
        if obligation is not None and counts[obligation.id] > 1:
            match = Match(None, Severity.ERROR, f"有几项都像第{obligation.number}项，没有写入")  # noqa: PLW2901
            obligation = None
        if not _says_something(said):
            continue
        if match.what and (is_same or match.severity is not Severity.INFO):
            problems.append(SheetProblem(_weight(match, is_same=is_same), match.what, place, None, said.text))
        if obligation is not None:
            row, problem = _row(place, said, obligation)
            rows.append(row)
            problems += [problem] if problem else []
    return tuple(rows), frozenset(counts), problems


def _weight(match: Match, *, is_same: bool) -> Severity:
    """A measure of the county's own plan that the city does not track is no error."""
    return match.severity if is_same or match.obligation is not None else Severity.INFO


def _says_something(said: MeasureSaid) -> bool:
    words = (said.progress, said.problems, said.next_steps)
    return any(words) or said.entry_state != EntryState.NOT_STARTED.value


def _row(place: int, said: MeasureSaid, obligation: KnownObligation) -> tuple[ReturnedRow, SheetProblem | None]:
    state, problem = _state(place, said, obligation.states)
    row = ReturnedRow(
        row=place,
        obligation_id=obligation.id,
        number=obligation.number,
        columns={},
        state=state,
        done_on=_done_on(said, state),
        progress=said.progress,
        problems=said.problems,
        next_steps=said.next_steps,
        has_error=state is None,
    )
    if state is EntryState.NOT_APPLICABLE:
        return row._replace(progress="", reason=said.progress or "县级上报为不涉及"), problem
    return row, problem


def _done_on(said: MeasureSaid, state: EntryState | None) -> date | None:
    return said.done_on if state is EntryState.DONE else None


def _state(
    place: int, said: MeasureSaid, allowed: Sequence[EntryState]
) -> tuple[EntryState | None, SheetProblem | None]:
    try:
        state = EntryState(said.entry_state)
    except ValueError:
        return None, SheetProblem(Severity.ERROR, "看不懂状态", place, None, said.entry_state)
    if state in allowed or not allowed:
        return state, None
    near = next((one for one in _NEAREST[state] if one in allowed), None)
    if near is None:
        return None, SheetProblem(Severity.ERROR, "这项措施没有这个状态", place, None, said.entry_state)
    return near, SheetProblem(Severity.INFO, f"状态“{state.value}”记作“{near.value}”", place, None, said.entry_state)
