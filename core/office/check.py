"""`check`: is everything in the file whole and as it was written?"""

from __future__ import annotations

from core.job import Job
from core.office.evidence import damaged
from core.store import backup, journal
from core.store.database import Store


def check(store: Store, job: Job) -> tuple[str, ...]:
    """One sentence a problem: the file itself, the journal's chain, every piece of evidence. Empty: 完好."""
    with store.reading() as db:
        # SQLite's own words, some of them over several lines, for whoever is asked for help
        found = [f"台账文件已损坏：{' '.join(problem.split())}" for problem in backup.problems(db)]
        if not found:
            found += journal.broken(db)
            found += damaged(store, job)
    return tuple(found)
