"""Writes the dump of every schema that has none yet: `python -m tests.core.store.schemas`, when a step is released.

A dump that is there is never written again: it is what offices have on their disks.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from core.store import database, journal
from core.store.migrations import STEPS
from core.store.steps import STEP_NAMES

HERE = Path(__file__).parent
FILE, OTHER = "附件".encode(), "新件".encode()
"""What lies beside a file: the contents of its evidence."""
RELEASED = STEP_NAMES[: STEP_NAMES.index("m0014_alignment") + 1]
"""Steps that are on the disks of offices; those after them may still change."""


def rows_of(step: str) -> str:
    """The rows that come with a step."""
    text = (HERE / "rows.sql").read_text("utf-8")
    found = re.search(rf"^-- {step}\n(.*?)(?=^-- m|\Z)", text, re.MULTILINE | re.DOTALL)
    digests = [hashlib.sha256(content).hexdigest() for content in (FILE, OTHER)]
    return found[1].replace("{sha}", digests[0]).replace("{other}", digests[1]) if found else ""


def dump(last: str) -> str:
    """A file of all steps up to ``last`` with a little of everything, as SQL text."""
    with closing(sqlite3.connect(":memory:")) as db:
        after = STEP_NAMES.index(last) + 1
        STEPS.apply(Database(db), stop_before=STEP_NAMES[after] if after < len(STEP_NAMES) else None)
        db.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        for step in STEP_NAMES[:after]:
            db.executescript(rows_of(step))
            if step == "m0005_journal":
                os.environ["LOGNAME"] = "经办人"
                journal.append(db, "新建台账", "旧方案", after={"措施": 2})
                journal.append(db, "保存进展", "（1）财政局：2024年第四季度", measure_id=1, before={"状态": "未启动"})
        db.commit()
        return re.sub(r"\n +", "\n", "\n".join(db.iterdump())) + "\n"


def main() -> None:
    """Write what is lacking."""
    for step in RELEASED:
        path = HERE / f"{step}.sql"
        if not path.exists():
            path.write_text(dump(step), "utf-8")
            print(path.name)


if __name__ == "__main__":
    main()
