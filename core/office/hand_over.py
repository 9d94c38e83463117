"""移交打包: one zip with the ledger, its files under readable names, an index, checksums; `restore` reads it again.

Whoever has no program of ours finds everything by the index; the files lie there once, under names a person reads.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from core.errors import InvalidError, NotFoundError, OutputError
from core.job import Job
from core.office import documents
from core.office.asked import Asked
from core.office.pack_file import FORMAT, LEDGER_FOLDER, MANIFEST
from core.publish.output import told
from core.store import backup, evidence_files, kept_files, plans
from core.store.database import Store, is_ledger
from core.store.faults import unlink_unfinished
from core.store.kept_files import KeptFile

READ_ME, CHECKSUMS, INDEX_FOLDER = "说明.txt", "校验清单.txt", "目录和一览"
_CHUNK = 1 << 20
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Packed:
    """A package. ``files``: how many kept files are in it; ``problems``: what was missing or altered, a sentence each."""

    path: Path
    files: int
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Zip:
    """The package while it is written: every entry with its digest, for the checksum list."""

    archive: zipfile.ZipFile
    digests: dict[str, str]

    def put(self, name: str, data: bytes) -> None:
        self.archive.writestr(name, data)
        self.digests[name] = hashlib.sha256(data).hexdigest()

    def put_file(self, name: str, path: Path) -> str:
        """Give the digest of what was written, whatever the file should have been."""
        digest = hashlib.sha256()
        entry = zipfile.ZipInfo(name, datetime.now().astimezone().timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        with path.open("rb") as source, self.archive.open(entry, "w", force_zip64=True) as out:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        self.digests[name] = digest.hexdigest()
        return self.digests[name]


def pack(store: Store, target: Path, job: Job, *, version: str, as_of: date | None = None) -> Packed:
    """Write the package; it appears under its name only when it is whole, an existing one is replaced.

    Raises OutputError (also for a ledger file, which is never replaced), LedgerFileError, Cancelled.
    """
    if is_ledger(target):
        raise OutputError(
            f"“{target.name}”是台账文件，不能用移交包替换。", hint="请另起一个以 .zip 结尾的文件名。", where=str(target)
        )
    part = target.with_name(f".{target.name}.part")
    day = as_of or datetime.now().astimezone().date()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            packed = _write(store, _Zip(archive, {}), day, version, job)
        part.replace(target)
    except OSError as error:
        raise told(error, target, is_replacing=False) from error
    finally:
        unlink_unfinished(part)
    return Packed(target, *packed)


def _write(store: Store, out: _Zip, day: date, version: str, job: Job) -> tuple[int, tuple[str, ...]]:
    ledger = f"{LEDGER_FOLDER}/{store.path.name}"
    with tempfile.TemporaryDirectory() as folder, store.reading() as db:
        copy = Path(folder) / "copy.db"
        backup.copy_to(db, copy)
        out.put_file(ledger, copy)
        files = kept_files.everything(db)
    listed, problems = [], []
    for at, file in enumerate(files):
        job.step(at, len(files) + 4, f"正在打包 {file.label}")
        place = f"{file.room}/{at + 1:04d} {_readable(file)}"
        path = evidence_files.path_of(store.path, file.sha256, file.name)
        if not path.is_file():
            problems.append(f"“{file.label}”不见了")
            continue
        if out.put_file(place, path) != file.sha256:
            problems.append(f"“{file.label}”内容被改动过")
        listed.append({"sha256": file.sha256, "path": place, "label": file.label, "room": file.room})
    for name, data in _documents(store, day, job):
        out.put(f"{INDEX_FOLDER}/{name}", data)
    out.put(READ_ME, _read_me(store, day, version, len(listed), problems).encode("utf-8-sig"))
    manifest = {"format": FORMAT, "version": version, "made_on": day.isoformat(), "ledger": ledger, "files": listed}
    out.put(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(out.digests.items()))
    out.archive.writestr(CHECKSUMS, lines.encode())
    return len(listed), tuple(problems)


def _documents(store: Store, day: date, job: Job) -> Iterator[tuple[str, bytes]]:
    """For each plan the table with its progress and the index of the evidence, to read without the program."""
    with store.reading() as db:
        rows = plans.listing(db)
    for row in rows:
        asked = Asked(plan_key=row.key, as_of=day)
        for kind in ("progress", "catalogue"):
            job.step(0, 0, f"正在生成 {documents.KINDS[kind].title}")
            try:
                made = documents.make(store, kind, asked, job)
            except (InvalidError, NotFoundError):
                continue  # nothing to list yet
            for fmt in ("xlsx", "pdf"):
                buffer = io.BytesIO()
                made.write(fmt, buffer, job)
                yield f"{made.name}.{fmt}", buffer.getvalue()


def _readable(file: KeptFile) -> str:
    """A name a person and any file system can read."""
    ending = PurePath(file.name).suffix.lower()
    label = file.label.removeprefix(f"{file.room} ")
    stem = "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in label.removesuffix(PurePath(label).suffix))
    return f"{stem.strip(' .')[:_LONGEST] or '未命名'}{ending}"


def _read_me(store: Store, day: date, version: str, count: int, problems: list[str]) -> str:
    with store.reading() as db:
        titles = [row.title for row in plans.listing(db)]
    missing = "".join(f"　　{problem}\r\n" for problem in problems)
    return (
        f"任务台账移交包\r\n\r\n打包日期：{day.isoformat()}　程序版本：{version}\r\n"
        f"方案：{'；'.join(titles) or '（无）'}\r\n台账文件：{LEDGER_FOLDER}/{store.path.name}，另有文件 {count} 份\r\n\r\n"
        "不装程序也能看：“目录和一览”里是任务落实情况统计表和佐证材料目录（Excel、PDF），"
        "“佐证材料”“收到的文件”等文件夹里是原件。\r\n"
        "继续使用：在新电脑上装好程序，用“恢复”（taizhang restore 移交包.zip -o 新文件.db）打开。\r\n"
        f"核对完整：{CHECKSUMS} 列出每个文件的 SHA-256。\r\n" + (f"\r\n打包时发现：\r\n{missing}" if problems else "")
    )
