"""`check`: is everything in the file whole and as it was written?"""

from __future__ import annotations

from dataclasses import dataclass

from core.job import Job
from core.office import tampering
from core.office.evidence import damaged
from core.store import backup, journal
from core.store.database import Store

_FROM_BACKUP = "请先把整个文件夹复制一份留存，再用校验完好的最近一份备份代替它。"
_CHAIN = "有人在程序之外改动了日志。请留存这份文件，与备份比对这一条，并向负责人说明。"
_ROWS = "有人用别的工具改动了这份文件。请留存它，与改动之前的备份比对这一处；要恢复原样，请用那份备份。"
_FILE = "请把原件放回“佐证材料”文件夹原处，或从备份、原报送单位找回后用“更新版本”重新加入。"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in one sentence, and what to do about it."""

    what: str
    advice: str


def findings(store: Store, job: Job) -> tuple[Finding, ...]:
    """What is wrong: the file itself, rows changed by other tools, the journal's chain, every piece of evidence. Empty: 完好.

    Raises LedgerFileError, Cancelled.
    """
    job.step(0, 0, "正在校验台账文件")
    with store.reading() as db:
        # SQLite's own words, some of them over several lines, for whoever is asked for help
        found = [
            Finding(f"台账文件已损坏：{' '.join(problem.split())}", _FROM_BACKUP) for problem in backup.problems(db)
        ]
        if not found:
            chain = journal.broken(db, lambda done, total: job.step(done, total, "正在校验操作日志"))
            found += [Finding(problem, _CHAIN) for problem in chain]
            rows = tampering.sentences(db, lambda _, done, total: job.step(done, total, "正在核对台账内容"))
            found += [Finding(problem, _ROWS) for problem in rows]
            found += [Finding(problem, _FILE) for problem in damaged(store, job)]
    return tuple(found)


def check(store: Store, job: Job) -> tuple[str, ...]:
    """One sentence a problem; empty: 完好.

    Raises LedgerFileError, Cancelled.
    """
    return tuple(finding.what for finding in findings(store, job))
