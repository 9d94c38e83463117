"""旧版本: a plan as it stood before a new version took its place, kept whole and readable.

It lies beside the ledger like the plan's originals, as the JSON that `read` prints, so that it can be read without this
program too; the row that names it is written with the new version and goes with it when that is taken back.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from core.errors import EvidenceError, NotFoundError, OutputError
from core.job import Job
from core.model import plan_json
from core.model.plan import Plan
from core.office.asked import Exported, file_name
from core.office.overview import plan_row
from core.publish.table import TableOptions
from core.publish.table_document import Format, write_table
from core.store import evidence_files, plan_sources
from core.store.database import Store
from core.store.evidence_files import Stored
from core.store.opening import is_ledger

_TITLE = 40


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A version that was replaced on a day; ``name`` as it is kept and called."""

    sha256: str
    name: str
    replaced_on: date


def put_aside(store: Store, plan: Plan, day: date, job: Job) -> Stored:
    """Write a plan into the folder; ``keep`` ties it to its plan."""
    number = plan.document.number or "无文号"
    name = f"{file_name(plan.title)[:_TITLE]}（{file_name(number)}，至{day.isoformat()}）{plan_sources.OLD_VERSION}"
    data = plan_json.dumps(plan).encode()
    return evidence_files.take_stream(store.path, name, io.BytesIO(data), len(data), job)


def keep(db: Connection, plan_id: int, file: Stored) -> None:
    """The row of a plan that was put aside, inside a running transaction."""
    plan_sources.insert(db, plan_id, file)


def former_versions(store: Store, plan_key: str | None) -> tuple[FormerVersion, ...]:
    """The versions of a plan before this one, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        found = [one for one in plan_sources.of_plan(db, row.id) if one.is_old_version]
    return tuple(
        FormerVersion(one.sha256, one.name.removesuffix(plan_sources.OLD_VERSION), date.fromisoformat(one.read_at[:10]))
        for one in reversed(found)
    )


def former_plan(store: Store, plan_key: str | None, sha256: str) -> Plan:
    """A former version whole.

    Raises NotFoundError for one the plan does not have, EvidenceError when its file is gone or damaged.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        file = next((one for one in plan_sources.of_plan(db, row.id) if one.sha256 == sha256), None)
    if file is None or not file.is_old_version:
        raise NotFoundError("这个旧版本不在台账里。", hint="请刷新后再试。")
    path = evidence_files.path_of(store.path, file.sha256, file.name)
    problem = evidence_files.damage(path, file.sha256, file.name)
    if problem:
        raise EvidenceError(f"{problem.replace('佐证材料', '旧版本')}，不能查看。", hint="请从备份中找回这个文件。")
    return plan_json.loads(path.read_text(encoding="utf-8"))


def export_former(
    store: Store,
    plan_key: str | None,
    sha256: str,
    fmt: Format,
    path: Path,
    job: Job,
    options: TableOptions | None = None,
) -> Exported:
    """Write the table of a former version; an existing file is replaced only when the new one is whole.

    Raises as ``former_plan``, OutputError (also for a ledger file), Cancelled.
    """
    if is_ledger(path):
        raise OutputError(
            f"“{path.name}”是台账文件，不能用导出的文件替换。", hint="请另起一个文件名。", where=str(path)
        )
    plan = former_plan(store, plan_key, sha256)
    made = write_table(plan, fmt, path, options or TableOptions(annex_no=None), job)
    return Exported(path, made.pages, made.substituted)
