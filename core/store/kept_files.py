"""Every file that is kept beside the ledger, whatever it is kept for: what the sweep leaves, `check` reads, a backup
copies and a hand-over packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple


class KeptFile(NamedTuple):
    """One content in the content-addressed folder; ``label`` is what a sentence calls it, ``room`` what it is kept for."""

    sha256: str
    name: str
    label: str
    room: str


EVIDENCE, SOURCE, RECEIVED, SENT, ISSUED = "佐证材料", "方案原件", "收到的文件", "上报材料", "发文"
TEMPLATE = "本单位模板"


def everything(db: Connection) -> tuple[KeptFile, ...]:
    """Each content once, evidence first."""
    found: dict[str, KeptFile] = {}
    for file in _all(db):
        found.setdefault(file.sha256, file)
    return tuple(found.values())


def hashes(db: Connection) -> set[str]:
    """The same as contents only: asked at every opening, so by SQL and without the repositories."""
    rows = db.execute(
        "SELECT sha256 FROM evidence UNION SELECT sha256 FROM plan_source UNION SELECT sha256 FROM received_file"
        " UNION SELECT json_extract(file.value, '$.sha256') FROM submission, json_each(manifest, '$.files') AS file"
        " UNION SELECT json_extract(file.value, '$.sha256') FROM issued, json_each(files) AS file"
        " UNION SELECT sha256 FROM own_template"
    )
    return {row[0] for row in rows}


def _all(db: Connection) -> Iterator[KeptFile]:
    from core.store import evidence, issued, own_templates, plan_sources, received, submissions

    for item in evidence.everything(db):
        yield KeptFile(item.sha256, item.name, item.title, EVIDENCE)
    for source in plan_sources.everything(db):
        yield KeptFile(source.sha256, source.name, f"{SOURCE} {source.name}", SOURCE)
    for file in received.everything(db):
        yield KeptFile(file.sha256, file.name, f"{RECEIVED} {file.name}", RECEIVED)
    for sent in submissions.everything(db):
        yield KeptFile(sent.sha256, sent.name, f"{SENT} {sent.path}", SENT)
    for paper in issued.files(db):
        yield KeptFile(paper.sha256, paper.name, f"{ISSUED} {paper.name}", ISSUED)
    for template in own_templates.everything(db):
        yield KeptFile(template.sha256, template.name, f"{TEMPLATE} {template.name}", TEMPLATE)
