"""Reading a plan document, and taking the plan into the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import InvalidError
from core.job import Job
from core.model.plan import Plan
from core.model.units import Register
from core.office import backups
from core.office.changes import Changes
from core.office.enter_plan import enter_plan
from core.office.plans import next_key
from core.recognise.draft import Draft, recognise
from core.recognise.sources.reading import read_source
from core.store import evidence_files, journal, plan_sources, plans, units
from core.store.database import Store, read_only_error

__all__ = ["Draft", "Imported", "import_document", "import_plan", "originals", "read_document"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What entered the file: under which key, and the plan with what it was not sure of."""

    key: str
    plan: Plan
    changes: Changes


def read_document(
    path: Path, job: Job, *, store: Store | None = None, columns: Mapping[int, str] | None = None
) -> Draft:
    """Read a document into a draft; nothing is written. ``store``: names are compared with its register.

    Raises UnreadableError for a document that cannot be read, Cancelled.
    """
    register: Register | None = None
    if store is not None:
        with store.reading() as db:
            register = units.load(db)
    return recognise(read_source(path, job), register=register, columns=columns, job=job)


def import_document(store: Store, path: Path, job: Job) -> Imported:
    """Read a document and take its plan into the file.

    Raises UnreadableError, InvalidError when no measure was found, LedgerFileError, EvidenceError, Cancelled.
    """
    return import_plan(store, read_document(path, job, store=store).plan, path, job)


def import_plan(store: Store, plan: Plan, source: Path | None, job: Job) -> Imported:
    """Take a plan, as it was read or as the clerk has put it right, into the file as one more plan.

    One transaction and one journal entry; ``source`` is kept as the plan's original. Units that the register does
    not hold enter it.

    Raises InvalidError for a plan without measures, LedgerFileError, EvidenceError, Cancelled.
    """
    if not plan.measures:
        raise InvalidError("没有读到任何措施，没有导入。", hint="请检查文件中是否有任务分解表。")
    if store.read_only:
        raise read_only_error(store.path)
    backups.before(store, "导入", job)
    file = evidence_files.take(store.path, source, job) if source is not None else None
    with store.transaction() as db:
        key = next_key((row.key for row in plans.listing(db)), first=2)
        plan_id = enter_plan(db, key, plan)
        after: dict[str, str | int] = {"方案": key, "措施": len(plan.measures)}
        if file is not None:
            plan_sources.insert(db, plan_id, file)
            after |= {"原件": file.name, "SHA-256": file.sha256}
        journal.append(db, "导入方案", plan.title, after=after)
    return Imported(key, plan, Changes(units=True, plan=True))


def originals(store: Store, plan_key: str) -> tuple[Path, ...]:
    """Where the documents lie that a plan was read from, the newest last; empty for a bundled one."""
    with store.reading() as db:
        row = next((row for row in plans.listing(db) if row.key == plan_key), None)
        found = plan_sources.of_plan(db, row.id) if row is not None else ()
    return tuple(
        evidence_files.path_of(store.path, source.sha256, source.name) for source in found if not source.is_old_version
    )
