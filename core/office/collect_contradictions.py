"""Returns of one unit that contradict each other: neither is taken without a choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.exchange.returned import SheetProblem
from core.model.plan import Severity
from core.office.collected import CollectedFile, RowKey, Verdict


def contradictions(files: Iterable[CollectedFile]) -> list[CollectedFile]:
    """Rows of which two files of a unit say different things: neither is taken without a choice.

    Which one is newer cannot be known: the time of a file is that of its last copying.
    """
    files = list(files)
    saying: dict[tuple[str, str, RowKey], dict[int, tuple[object, ...]]] = defaultdict(dict)
    for file in files:
        if file.whose is None or file.sheet is None or not file.is_usable:
            continue
        changes = {change.key: change for change in file.changes}
        if file.verdict is Verdict.DUPLICATE and not changes:
            continue
        for row in file.sheet.rows:
            key = RowKey(row.obligation_id, row.part)
            if not row.has_error and (file.verdict is not Verdict.DUPLICATE or key in changes):
                said: tuple[object, ...] = (
                    row.state,
                    row.done_on,
                    row.progress,
                    row.problems,
                    row.next_steps,
                    row.reason,
                    row.targets,
                )
                saying[file.whose.plan_key, file.whose.period.key, key][file.at] = said
    against: dict[int, dict[RowKey, str]] = defaultdict(dict)
    for (_, _, key), by_file in saying.items():
        for at, said in by_file.items():
            other = next((one for one, words in by_file.items() if one != at and words != said), None)
            if other is not None:
                against[at][key] = files[other].name
    return [_blocked(file, against[file.at]) if against.get(file.at) else file for file in files]


def _blocked(file: CollectedFile, against: dict[RowKey, str]) -> CollectedFile:
    changes, problems = [], list(file.problems)
    for change in file.changes:
        other = against.get(change.key)
        if other is None:
            changes.append(change)
            continue
        what = f"第 {change.measure_no} 项与该单位另一份表“{other}”内容不同，都没有采用，请确定以哪一份为准"
        problems.append(SheetProblem(Severity.ERROR, what, change.row))
        changes.append(replace(change, blocked=what))
    is_touched = any(change.blocked for change in changes)
    verdict = Verdict.PARTIAL if is_touched and file.verdict is Verdict.OK else file.verdict
    return replace(file, changes=tuple(changes), problems=tuple(problems), verdict=verdict)
