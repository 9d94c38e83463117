"""A new version of a plan of the file: what it changed, and taking it in so that progress and evidence follow.

Nothing follows by likeness alone: the clerk confirms the pairs, and says which measures went into others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.align import versions
from core.align.versions import Difference, Field, Kept, Pair
from core.errors import InvalidError
from core.model.plan import Plan
from core.office import backups
from core.office.changes import Changes
from core.office.editing import EditKind, apply_edit
from core.office.overview import plan_row
from core.store import plans
from core.store.database import Store

__all__ = ["Difference", "Field", "Kept", "compare_version", "take_version"]


def compare_version(
    store: Store, plan_key: str | None, new: Plan, confirmed: Iterable[Pair] | None = None
) -> Difference:
    """What a new version, as it was read, makes of a plan. ``confirmed`` pairs stand for those the texts tell.

    Raises NotFoundError for an unknown plan, InvalidError for pairs that cannot be.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        old = plans.load(db, row.id)
    if confirmed is None:
        return versions.compare(old, new)
    try:
        return versions.difference(old, new, confirmed)
    except ValueError as error:
        raise _impossible() from error


def take_version(
    store: Store,
    plan_key: str | None,
    new: Plan,
    confirmed: Iterable[Pair],
    *,
    basis: str,
    merged: Mapping[int, int] | None = None,
    reason: str = "",
) -> Changes:
    """Let a new version take the place of a plan: a 调整 on its ``basis`` (the 文号 of the new version).

    Measures of ``confirmed`` pairs go on with all that was said of them; ``merged`` (old number → new number) go on
    in another one; the other old ones leave the plan and stay in the file.

    Raises as ``compare_version`` and ``editing.apply_edit`` do.
    """
    together = tuple(confirmed)
    found = compare_version(store, plan_key, new, together)
    kept = {pair.new for pair in found.kept}
    if any(gone not in found.went or at not in kept for gone, at in (merged or {}).items()):
        raise _impossible()
    backups.before(store, "换新版本")
    return apply_edit(
        store, plan_key, versions.as_edit(new, together, merged), kind=EditKind.ADJUSTMENT, basis=basis, reason=reason
    )


def _impossible() -> InvalidError:
    return InvalidError("新旧措施的对应有重复或已不存在，没有保存。", hint="请重新核对对应关系。")
