"""What is taken of a return: all that is clean, or the fields that a person chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from core.errors import InvalidError
from core.office.collected import CollectedFile, DiffKey, RowChange, RowKey, Verdict
from core.office.form_value import FormValue, check_value

Choices = Mapping[int, Collection[DiffKey]]
"""By ``CollectedFile.at`` the fields that are taken; a file that is not named is kept and looked at later."""


@dataclass(slots=True)
class Due:
    """What is done with one sheet: the rows taken, those left, and whether it is only kept for later."""

    file: CollectedFile
    taken: list[tuple[RowChange, FormValue]]
    is_later: bool

    @property
    def left(self) -> list[RowKey]:
        """Rows that would change the ledger and were not taken, or not wholly."""
        whole = {change.key for change, value in self.taken if value == change.after}
        return [change.key for change in self.file.changes if change.key not in whole]


def due_of(file: CollectedFile, choices: Choices | None, *, over_review: bool) -> Due:
    """What is done with one sheet.

    Raises InvalidError as ``accept`` does.
    """
    if choices is None:
        chosen: Collection[DiffKey] = file.default_choice(over_review=over_review)
    else:
        chosen = choices.get(file.at, ())
    taken = [(change, value) for change in file.changes if (value := _chosen(change, chosen)) is not None]
    is_later = choices is not None and file.at not in choices and bool(file.changes)
    return Due(file, taken, is_later)


def _chosen(change: RowChange, chosen: Collection[DiffKey]) -> FormValue | None:
    """The value with the fields that were taken; None when none was.

    Raises InvalidError when the entry would lack what it needs.
    """
    names = [diff.field for diff in change.diffs if diff.key in chosen]
    if not names:
        return None
    if len(names) == len(change.diffs):
        return change.after
    base = change.before or FormValue(part=change.key.part)
    taken = {name: getattr(change.after, name) for name in names}
    value = replace(base, **taken, said_by=change.after.said_by, came_by=change.after.came_by)
    parts = () if value.part is None else (value.part,)
    for finding in check_value(value, parts=parts):
        raise InvalidError(
            f"第 {change.measure_no} 项不能只接受所选的几处：{finding.message}",
            hint="请把这一项的状态、完成日期等一并接受。",
            field=finding.field,
        )
    return value


def is_new(due: Due) -> bool:
    """Whether the file is to be noted: what the ledger keeps already is not, unless it waited to be looked at."""
    file = due.file
    if file.spooled is None or file.is_untouched or file.verdict is Verdict.DUPLICATE:
        return False
    if file.received_id is None:
        return True
    return file.is_usable and not due.is_later
