"""佐证材料 in versions: a newer file takes the place of an older one, which stays readable and listed."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from core.errors import EvidenceError, NotFoundError
from core.job import Job
from core.model.evidence import Evidence
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.evidence import Added, EvidenceRow, evidence_rows
from core.office.marked import refuse_marked
from core.store import evidence, journal, reviews
from core.store.database import Store
from core.store.evidence_files import Stored


def add_version(store: Store, evidence_id: int, file: Path, job: Job, *, confirmed: bool = True) -> Added:
    """Take a newer version in: it stands wherever the older one stood, under the same title, 文号 and category.

    ``confirmed`` as in ``attach.add_evidence``.

    Raises NotFoundError, EvidenceError (not to be taken in; the same content; an older version of itself; not the
    newest version), LedgerFileError, Cancelled.
    """
    if not confirmed:
        refuse_marked((file,))
    (stored,) = evidence_use.store_files(store, (file,), job)
    with store.transaction() as db:
        old = _newest(db, evidence_id)
        new_id, known = _row_for(db, old, stored)
        evidence.set_replaces(db, new_id, old.id)
        changed = frozenset(use[0] for use in evidence.uses(db, [old.id])[old.id])
        measures = evidence.measures_of(db, old.id)
        records = evidence.replace_in_links(db, old.id, new_id)
        corrected = reviews.wait_again_with(db, new_id)
        journal.append(
            db,
            "更新佐证材料",
            old.title,
            before={"文件": old.name},
            after={"文件": stored.name, "涉及进展": records} | ({"重新待审": corrected} if corrected else {}),
        )
    changes = Changes(measures=measures, obligations=changed)
    return Added(evidence_rows(store, [new_id]), (known,) if known else (), changes)


def versions(store: Store, evidence_id: int) -> tuple[EvidenceRow, ...]:
    """All versions of a piece of evidence, the newest first; the one alone when there is no other.

    Raises NotFoundError.
    """
    with store.reading() as db:
        found = evidence.find(db, evidence_id)
        if found is None:
            raise _gone()
        newest = evidence.find(db, evidence.newest_version(db, evidence_id))
        chain = _chain(db, newest or found)
    return evidence_rows(store, [item.id for item in chain])


def _newest(db: Connection, evidence_id: int) -> Evidence:
    found = evidence.find(db, evidence_id)
    if found is None:
        raise _gone()
    newer = evidence.replaced_by(db, evidence_id)
    if newer is not None:
        raise EvidenceError(f"“{found.title}”已有更新的版本。", hint="请在最新的那一份上更新。")
    return found


def _row_for(db: Connection, old: Evidence, stored: Stored) -> tuple[int, str]:
    """The row of the new file, and its title where the ledger held it before."""
    known = evidence.find_by_hash(db, stored.sha256)
    if known is None:
        today = evidence_use.today()
        number = evidence.insert(db, stored, title=old.title, category=old.category, received_on=today)
        heir = evidence.find(db, number)
        assert heir is not None
        evidence.describe(db, evidence_use.heir_of(old, heir))
        return number, ""
    if known.id == old.id:
        raise EvidenceError(f"“{stored.name}”和“{old.title}”的内容完全一样，没有更新。", hint="请选择改过的文件。")
    if known.id in {item.id for item in _chain(db, old)}:
        raise EvidenceError(f"“{stored.name}”是“{old.title}”的旧版本，没有更新。", hint="请选择改过的文件。")
    if known.replaces is not None or evidence.replaced_by(db, known.id) is not None:
        raise EvidenceError(f"“{stored.name}”已是另一份材料的一个版本，没有更新。", hint="请先核对选对了文件。")
    return known.id, known.title


def _chain(db: Connection, newest: Evidence) -> tuple[Evidence, ...]:
    """A piece and the versions before it, the newest first."""
    chain = [newest]
    while chain[-1].replaces is not None:
        older = evidence.find(db, chain[-1].replaces)
        if older is None:
            break
        chain.append(older)
    return tuple(chain)


def _gone() -> NotFoundError:
    return NotFoundError("这份佐证材料已不在台账中。")
