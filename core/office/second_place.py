"""另一处: the newest backup with its evidence also on a stick or a share, and how old what lies there is.

What goes there is the backup that was made and tried beside the ledger, so a slow stick never holds the open file.
"""

from __future__ import annotations

import os
import threading
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from core.errors import LedgerFileError, OutputError
from core.job import Job
from core.model.ledger import Light
from core.office.backups import is_due
from core.office.first_words import first_of
from core.settings import Settings
from core.store import backup, kept_copy, kept_files, trial
from core.store.durable import take_name
from core.store.evidence_files import SHARED
from core.store.faults import sentences, unlink_unfinished

OLD, VERY_OLD = timedelta(days=7), timedelta(days=30)
"""From so long ago on the light is 临近, 逾期."""
_ANSWER_SECONDS = 8.0
"""A share that is gone can keep whoever asks for it waiting for minutes."""


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """Where the second copies go, what the newest is from and what was wrong at the last try (empty: nothing)."""

    folder: Path
    at: datetime | None = None
    problem: str = ""


def place_of(settings: Settings, ledger: Path) -> SecondPlace | None:
    """The second place of a ledger as this computer remembers it; None where there is none, or what stands there is none."""
    raw = settings.second_places.get(str(ledger))
    if not isinstance(raw, dict) or not raw.get("folder"):
        return None
    try:
        at = datetime.fromisoformat(raw["at"]) if raw.get("at") else None
    except ValueError:
        at = None
    return SecondPlace(Path(raw["folder"]), at, raw.get("problem", ""))


def remember(settings: Settings, ledger: Path, place: SecondPlace | None) -> None:
    """Keep a place, or give it up; a drive letter is this computer's own, so it does not go into the ledger."""
    if place is None:
        settings.second_places.pop(str(ledger), None)
        return
    at = place.at.isoformat(timespec="seconds") if place.at else ""
    settings.second_places[str(ledger)] = {"folder": str(place.folder), "at": at, "problem": place.problem}


def follow(settings: Settings, source: Path, target: Path) -> None:
    """A ledger was moved: its second place is still its own."""
    found = settings.second_places.pop(str(source), None)
    if found is not None:
        settings.second_places[str(target)] = found


def light_of(place: SecondPlace | None, now: datetime) -> tuple[Light | None, str]:
    """The light of the second place and what it says; no light where there is no such place."""
    if place is None:
        return None, "硬盘坏了，台账和旁边的备份会一起丢失"
    if place.at is None:
        said = "还没有复制过去"
        return Light.OVERDUE, f"{said}：{place.problem}" if place.problem else said
    age = now - place.at
    days = (now.date() - place.at.date()).days
    said = f"最近一份是{'今天' if days <= 0 else '昨天' if days == 1 else f' {days} 天前'}的"
    light = Light.OVERDUE if age >= VERY_OLD else Light.DUE_SOON if age >= OLD else Light.NORMAL
    if place.problem:
        return (Light.DUE_SOON if light is Light.NORMAL else light), f"{said}；上次没有成功：{place.problem}"
    return light, said


def warning(place: SecondPlace | None, now: datetime) -> str:
    """What the status line says of it: empty where all is well, or where there is no such place."""
    light, said = light_of(place, now)
    return f"另一处{said}" if light in (Light.DUE_SOON, Light.OVERDUE) else ""


def copy_there(ledger: Path, made: Path, place: SecondPlace, job: Job) -> SecondPlace:
    """Bring a backup to the second place: evidence that is new there, then the file, opened and compared.

    Gives the place as it is now, with what was wrong in ``problem`` instead of an error: it is tried again next time.

    Raises Cancelled.
    """
    try:
        problems = _copied(ledger, made, place.folder, job)
    except (LedgerFileError, OutputError) as error:
        return replace(place, problem=error.message.replace("，没有保存", "").rstrip("。"))
    return SecondPlace(place.folder, datetime.now().astimezone(), first_of(problems, "份佐证材料"))


def is_same_disk(ledger: Path, folder: Path) -> bool:
    """Whether both would be lost with one disk."""
    try:
        return ledger.stat().st_dev == folder.stat().st_dev
    except OSError:
        return False


def _copied(ledger: Path, made: Path, folder: Path, job: Job) -> tuple[str, ...]:
    job.step(0, 0, f"正在连接“{folder.name}”")
    if not _answers(folder, job):
        # never made: on a stick that is not plugged in it would be a folder of the wrong disk
        raise OutputError(f"找不到“{folder}”", hint="请插上 U 盘或连上网络后再试。", where=str(folder))
    with sentences(made), closing(trial.reader(made)) as db:
        content = trial.content_of(db)
        files = kept_files.everything(db)
    with sentences(folder):
        there = _own_folder(folder, ledger, content.file_id)
        there.mkdir(exist_ok=True)
        backup.sweep(there)
    today = datetime.now().astimezone().date()
    copied = kept_copy.copy_into(
        there / SHARED,
        files,
        kept_copy.from_ledger(ledger),
        job,
        is_known=lambda file: not is_due(file.sha256, today),
    )
    target = there / made.name
    part = there / f"{os.getpid()}-{made.stem}.part"
    with sentences(folder):
        try:
            _copy(made, part, job)
            trial.require_whole(part, content, job)
            take_name(part, target)
        finally:
            unlink_unfinished(part)
        backup.rotate(there, content.file_id)
    return copied.problems


def _copy(source: Path, target: Path, job: Job) -> None:
    total = source.stat().st_size
    with source.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(1 << 20):
            job.step(write.tell(), total, "正在复制到另一处")
            write.write(chunk)
        write.flush()
        os.fsync(write.fileno())


def _own_folder(folder: Path, ledger: Path, record: str) -> Path:
    """古县.备份 there, with a number where another ledger of that name has its backups."""
    number, name = 1, backup.folder(ledger).name
    while True:
        found = folder / (name if number == 1 else f"{name}({number})")
        newest = next(iter(backup.listing_in(found)), None)
        if newest is None or backup.record_of(newest.path) in (record, None):
            return found
        number += 1


def _answers(folder: Path, job: Job) -> bool:
    """Whether the folder is there and says so in time."""
    found: list[bool] = []
    asking = threading.Thread(target=lambda: found.append(folder.is_dir()), daemon=True)
    asking.start()
    waited = 0.0
    while asking.is_alive() and waited < _ANSWER_SECONDS:
        job.step(0, 0, f"正在连接“{folder.name}”")
        asking.join(0.1)
        waited += 0.1
    return bool(found and found[0])
