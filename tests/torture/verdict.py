"""After a round: is the ledger whole, and is everything there that was said to be done?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from core import paths
from core.job import Job
from core.model.ledger import EntryState
from core.office import check, files, progress, safekeeping
from core.office.form_value import FormValue
from core.store import backup
from core.store.database import Store

Fact = tuple[str, Any]


def findings(folder: Path, act: str, facts: Sequence[Fact], *, may_lack_evidence: bool = False) -> list[str]:
    """What is wrong, a line each; empty: nothing was lost.

    ``may_lack_evidence``: a backup made on a failing disk stands without its evidence, and that is said.
    """
    try:
        found = list(_all(folder, act, facts))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return [f"{type(error).__name__}: {error}"]
    return [one for one in found if not (may_lack_evidence and one.startswith("备份 ") and one.endswith("不见了"))]


def _all(folder: Path, act: str, facts: Sequence[Fact]) -> Iterator[str]:
    ledger = folder / "古县.db"
    if not ledger.exists():
        ledger = folder / "搬到" / "古县.db"
    with closing(files.open_ledger(ledger)) as store:
        yield from check.check(store, Job())
        yield from _missing(store, facts)
        yield from _halves(store, facts)
        yield from _drafts_and_saves(store, facts)
        # and it goes on: the next save works
        key = progress.find_obligation(store, None, 1, "司法局").id
        progress.save(store, key, "2025Q1", FormValue(EntryState.IN_PROGRESS, text="接着填"))
    if act == "旧文件升级":
        yield from _older(folder)
    for place in (backup.folder(ledger), folder / "U盘" / "古县.备份"):
        yield from _backups(place)
    for name in ("新一.db", "新二.db"):
        if (folder / name).exists():
            yield from (f"{name}: {one}" for one in _opened(folder / name))
    for made in (folder / "另存").glob("*.db"):
        yield from (f"{made.name}: {one}" for one in _opened(made))
    if act == "移交打包":
        yield from _package(folder)
    yield from _said_files(folder, ledger, facts)


def _missing(store: Store, facts: Sequence[Fact]) -> Iterator[str]:
    """Evidence that was said to be in."""
    names = {name for (name,) in store.db.execute("SELECT name FROM evidence")}
    for fact, value in facts:
        if fact == "evidence" and value not in names:
            yield f"佐证材料 {value} 不在"


def _drafts_and_saves(store: Store, facts: Sequence[Fact]) -> Iterator[str]:
    """The last text confirmed of each record, unless a newer one was on its way when the end came."""
    said = {(value[0], value[1]): (fact, value[2]) for fact, value in facts if fact in ("saved", "draft")}
    last = facts[-1] if facts else ("", None)
    on_its_way = tuple(last[1]) if last[0] == "begins" else None
    for (key, period), (fact, text) in said.items():
        found = store.db.execute(
            "SELECT text FROM progress JOIN period ON period.id = period_id WHERE obligation_id = ? AND period.key = ?"
            " UNION ALL SELECT json_extract(value, '$.text') FROM draft WHERE obligation_id = ? AND period_key = ?",
            [key, period, key, period],
        ).fetchall()
        if (text,) not in found and on_its_way != (key, period):
            yield f"已确认的{'填报' if fact == 'saved' else '草稿'}（{key}，{period}）不在"


def _halves(store: Store, facts: Sequence[Fact]) -> Iterator[str]:
    """What is all or nothing; said to be done means all."""
    said = dict(facts)
    counts = {
        "plan": ("SELECT count(*) FROM measure JOIN plan ON plan.id = plan_id WHERE plan.key != 'guxian'", (0, 29)),
        "many": ("SELECT count(*) FROM progress WHERE text = '一次填完'", (0, 60)),
        "merged": ("SELECT count(*) FROM journal WHERE action = '合并单位'", (0, 1)),
    }
    for fact, (query, allowed) in counts.items():
        found = store.db.execute(query).fetchone()[0]
        if found not in allowed or (fact in said and found == 0):
            yield f"{fact}: {found}"
    rows = store.db.execute("SELECT count(*) FROM progress WHERE text LIKE '%局第%项'").fetchone()[0]
    taken = store.db.execute("SELECT count(*) FROM received_file").fetchone()[0]
    if "rows" in said and rows != said["rows"]:
        yield f"回收的 {said['rows']} 行只有 {rows} 行"
    if (rows == 0) != (taken == 0):
        yield f"回收只写了一半：{rows} 行，{taken} 份文件"


def _older(folder: Path) -> Iterator[str]:
    with closing(files.open_ledger(folder / "旧.db")) as store:
        yield from check.check(store, Job())
        if store.db.execute("SELECT count(*) FROM measure").fetchone() != (199,):
            yield "旧文件少了措施"


def _backups(place: Path) -> Iterator[str]:
    """Whatever lies under a backup's name is one."""
    for one in backup.listing_in(place):
        if one.kind != backup.BEFORE_RESTORE:
            yield from (f"备份 {one.path.name}: {found}" for found in _opened(one.path))
    names = {path.name for path in place.glob("*.db")} - {one.path.name for one in backup.listing_in(place)}
    yield from (f"多出的文件 {name}" for name in names)


def _opened(path: Path) -> Iterator[str]:
    with closing(files.open_ledger(path, read_only=True)) as store:
        yield from check.check(store, Job())


def _package(folder: Path) -> Iterator[str]:
    """The package under its name is a whole one, the earlier or the later."""
    package = folder / "移交.zip"
    with zipfile.ZipFile(package) as archive:
        if archive.testzip() is not None:
            yield "移交包不完整"
    made = safekeeping.restore(package, folder / "验证" / "包.db", Job())
    yield from made.problems
    yield from _opened(made.path)


def _said_files(folder: Path, ledger: Path, facts: Sequence[Fact]) -> Iterator[str]:
    """Files that were said to be there."""
    for fact, value in facts:
        place = {
            "backup": backup.folder(ledger),
            "second": folder / "U盘" / "古县.备份",
            "made": folder,
            "swapped": backup.folder(ledger),
            "moved": folder,
        }.get(fact)
        if place is not None and not (place / value).exists():
            yield f"{fact}: {value} 不在"
    if not paths.evidence_folder(ledger).is_dir():
        yield "佐证材料文件夹不在"
