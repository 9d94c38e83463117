"""移交打包: one zip with the ledger, its files under readable names, an index, checksums; `restore` reads it again.

Whoever has no program of ours finds everything by the index; the files lie there once, under names a person reads.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import metadata
from pathlib import Path, PurePath

from core.errors import OutputError
from core.exchange.secrecy import mark_in_name
from core.job import Job
from core.office import pack_file, pack_index
from core.office.pack_file import CHECKSUMS, FORMAT, LEDGER_FOLDER, MANIFEST
from core.office.pack_index import PackedFile
from core.publish.output import told
from core.store import backup, evidence, evidence_files, kept_files, plans, trial
from core.store.database import Store
from core.store.durable import take_name
from core.store.faults import unlink_unfinished
from core.store.kept_files import KeptFile
from core.store.opening import is_ledger

READ_ME, INDEX_FOLDER = "说明.txt", "目录和一览"
_CHUNK = 1 << 20
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Packed:
    """A package. ``files``: how many kept files are in it; ``problems``: what was missing or altered, a sentence each;
    ``marked``: files whose names carry a mark of secrecy.
    """

    path: Path
    files: int
    problems: tuple[str, ...]
    marked: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What a package holds, while it is written."""

    files: list[PackedFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)


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
            found = _write(store, _Zip(archive, {}), day, version, job)
        _sync(part)
        take_name(part, target)
    except OSError as error:
        raise told(error, target, is_replacing=False) from error
    finally:
        unlink_unfinished(part)
    return Packed(target, len(found.files), tuple(found.problems), tuple(found.marked))


def program_version() -> str:
    """The version of this program; a frozen build without its own description says so."""
    try:
        return metadata.version("taizhang")
    except metadata.PackageNotFoundError:
        return "未知"


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _write(store: Store, out: _Zip, day: date, version: str, job: Job) -> _Found:
    ledger = f"{LEDGER_FOLDER}/{store.path.name}"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        with store.reading() as db:
            backup.copy_tried(db, copy, job)
        out.put_file(ledger, copy)
        with closing(trial.reader(copy)) as db:
            files, whose = kept_files.everything(db), evidence.owners(db)
    found = _Found()
    for at, file in enumerate(files):
        job.step(at, len(files) + 4, f"正在打包 {file.label}")
        place = f"{file.room}/{at + 1:04d} {_readable(file)}"
        path = evidence_files.path_of(store.path, file.sha256, file.name)
        if not path.is_file():
            found.problems.append(f"“{file.label}”不见了")
            continue
        if out.put_file(place, path) != file.sha256:
            found.problems.append(f"“{file.label}”内容被改动过")
        if mark_in_name(file.label) or mark_in_name(file.name):
            found.marked.append(file.label)
        label = file.label.removeprefix(f"{file.room} ")
        found.files.append(PackedFile(file.room, label, place, whose.get(file.sha256, ""), file.sha256))
    for name, data in pack_index.entries(store, day, found.files, job):
        out.put(f"{INDEX_FOLDER}/{name}", data)
    out.put(READ_ME, _read_me(store, day, version, found).encode("utf-8-sig"))
    listed = [{"sha256": one.sha256, "path": one.place, "label": one.label, "room": one.room} for one in found.files]
    manifest = {"format": FORMAT, "version": version, "made_on": day.isoformat(), "ledger": ledger, "files": listed}
    out.put(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(out.digests.items()))
    out.archive.writestr(CHECKSUMS, lines.encode())
    return found


def verify(path: Path, job: Job) -> tuple[str, ...]:
    """Read a package as whoever gets it will: every checksum, and the ledger in it opened and tried.

    Gives a sentence a problem. Raises LedgerFileError for what is no package, Cancelled.
    """
    problems = []
    with pack_file.opened(path) as package, tempfile.TemporaryDirectory() as folder:
        sums = pack_file.checksums(package)
        for at, (name, digest) in enumerate(sums.items()):
            job.step(at, len(sums), "正在核对移交包")
            if package.digest_of(name, job) != digest:
                problems.append(f"移交包里的“{name}”读不出来或不一样")
        if not problems:
            trial.require_whole(package.ledger_into(Path(folder), job), job=job)
    return tuple(problems)


def _readable(file: KeptFile) -> str:
    """A name a person and any file system can read."""
    ending = PurePath(file.name).suffix.lower()
    label = file.label.removeprefix(f"{file.room} ")
    stem = "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in label.removesuffix(PurePath(label).suffix))
    return f"{stem.strip(' .')[:_LONGEST] or '未命名'}{ending}"


def _read_me(store: Store, day: date, version: str, found: _Found) -> str:
    with store.reading() as db:
        titles = [row.title for row in plans.listing(db)]
    said = "".join(f"　　{problem}\r\n" for problem in found.problems)
    marked = "".join(f"　　{label}\r\n" for label in found.marked)
    return (
        f"任务台账移交包\r\n\r\n打包日期：{day.isoformat()}　程序版本：{version}\r\n"
        f"方案：{'；'.join(titles) or '（无）'}\r\n"
        f"台账文件：{LEDGER_FOLDER}/{store.path.name}，另有文件 {len(found.files)} 份\r\n\r\n"
        f"不装程序也能看：“{INDEX_FOLDER}”里有落实情况统计表、佐证材料目录、文件一览（Excel、PDF），"
        "各单位工作台账（每个报送期填报的全部内容）、单位名册和操作日志（Excel）；"
        "“佐证材料”“收到的文件”等文件夹里是原件，文件一览里写明每份在哪里、属于哪项措施和单位。\r\n"
        "继续使用：在新电脑上装好程序，在“文件”菜单里点“从备份或移交包恢复”"
        "（或 taizhang restore 移交包.zip -o 新文件.db）。\r\n"
        f"核对完整：{CHECKSUMS} 列出每个文件的 SHA-256；恢复时程序会逐一核对。\r\n"
        "保密：包内有全部佐证材料原件，请按内部资料保管。涉密材料不得存入台账，也不得用普通 U 盘拷贝。\r\n"
        + (f"\r\n打包时发现：\r\n{said}" if said else "")
        + (f"\r\n名称带有密级字样，请先核实：\r\n{marked}" if marked else "")
    )
