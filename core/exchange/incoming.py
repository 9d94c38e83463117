"""What was dropped: files, folders and zips, one after the other; what each is, its content says, not its name.

Nothing is unpacked to disk. A name in a zip is only a name: of its path the last part is taken.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.errors import KnownError
from core.job import Job
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large

_HEAD = 4096
_SMALL = 1 << 20
"""A file of so many bytes is looked at whole; of a larger one the head, and what is packed in it, tell what it is."""
_ENTRIES = 5000
"""Most files taken from one zip."""
_RATIO, _RATIO_FROM = 200, 16 * 1024 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DEEPEST = 2
"""A zip, and a zip in it."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIST_END, _LISTED, _LISTED_SIZE = struct.Struct("<4s4H2LH"), b"PK\x01\x02", 46
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_TABLES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".xlt", ".ett", ".csv"}
_PICTURE_NAMES = {".webp", ".heic", ".heif", ".ofd", ".jp2"}
_ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gz"))
_QUIET = {"thumbs.db", "desktop.ini", ".ds_store", "__macosx"}
"""Left behind by the system; nobody misses them."""
_OWN_FOLDERS = {"邮件草稿", "网页邮箱和聊天用"}
_COVER = "下发清单"


class Kind(StrEnum):
    """What came."""

    WORKBOOK = "workbook"
    SCAN = "scan"
    """A picture or a PDF: a stamped scan of the sheet, or evidence."""
    EVIDENCE = "evidence"
    SKIPPED = "skipped"
    """Passed over; ``why`` says so."""
    UNREADABLE = "unreadable"
    """Cannot be read at all; ``why`` says so."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that came. ``origin`` leads to it from what was dropped (回收.zip/财政局/表.xlsx), ``folder`` to its folder.

    ``path`` is the file on disk, that of the zip for what lies in one.
    """

    name: str
    origin: str
    kind: Kind
    path: Path
    size: int = 0
    why: str = ""
    _load: Callable[[], bytes] = field(default=bytes, repr=False, compare=False)

    @property
    def folder(self) -> str:
        """What lies beside it has the same."""
        return self.origin.rpartition("/")[0]

    def read(self) -> bytes:
        """Its content; raises KnownError where it is locked, damaged, too large or gone."""
        return self._load()


def walk(paths: Iterable[Path], job: Job) -> Iterator[Incoming]:
    """Everything in the files, folders and zips, by name within each folder; every file once.

    Raises Cancelled. What cannot be read is no error here but a file of the kind UNREADABLE.
    """
    found: dict[Path, tuple[Path, str]] = {}
    folders: dict[Path, Path] = {}
    for dropped in paths:
        for path, origin in _files(Path(dropped)):
            found.setdefault(_real(path, folders), (path, origin))
    for at, (path, origin) in enumerate(found.values()):
        job.step(at, len(found), f"查看“{path.name}”")
        yield from _of_path(path, origin, job)


def _real(path: Path, folders: dict[Path, Path]) -> Path:
    """Where a path really leads; ``folders``: what is known of those before."""
    try:
        is_link = path.is_symlink()
    except OSError:
        is_link = True
    if is_link:
        return path.resolve()
    folder = folders.get(path.parent)
    if folder is None:
        folder = folders[path.parent] = path.parent.resolve()
    return folder / path.name


def _files(dropped: Path) -> Iterator[tuple[Path, str]]:
    if not dropped.is_dir():
        yield dropped, dropped.name
        return
    for folder, inner, names in os.walk(dropped):
        inner[:] = sorted(name for name in inner if name.casefold() not in _QUIET)
        for name in sorted(names):
            path = Path(folder, name)
            yield path, "/".join((dropped.name, *path.relative_to(dropped).parts))


def _of_path(path: Path, origin: str, job: Job) -> Iterator[Incoming]:
    name = path.name
    if _is_quiet(name):
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, without end
            yield Incoming(name, origin, Kind.SKIPPED, path, 0, "不是普通文件")
            return
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(_SMALL + 1 if size <= _SMALL else _HEAD)
    except FileNotFoundError:
        yield Incoming(name, origin, Kind.UNREADABLE, path, why="没有找到这个文件，可能已被移动或改名")
        return
    except (OSError, ValueError):
        yield Incoming(name, origin, Kind.UNREADABLE, path, why="没有权限读取，或正被其他程序打开")
        return
    why = _why_skipped(name, origin)
    if why:
        yield Incoming(name, origin, Kind.SKIPPED, path, size, why)
        return

    def load() -> bytes:
        return _bytes(path)

    def unpack() -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(head) if len(head) == size else path)

    if len(head) == size and _is_plain_workbook(head):
        yield Incoming(name, origin, Kind.WORKBOOK, path, size, "", load)
        return
    yield from _of_content(name, origin, path, size, head, load, unpack, 1, job)


def _is_plain_workbook(data: bytes) -> bool:
    """Whether a whole file is a zip with the parts of a workbook, told by the list at its end; unsure: False."""
    end = len(data) - _LIST_END.size
    if end < 0 or not data.startswith(_ZIP):
        return False
    mark, _, _, _, count, size, at, comment = _LIST_END.unpack_from(data, end)
    if mark != _EMPTY_ZIP or comment or at + size != end:
        return False
    names = set()
    for _ in range(count):
        if data[at : at + 4] != _LISTED or at + _LISTED_SIZE > end:
            return False
        lengths = struct.unpack_from("<HHH", data, at + 28)
        names.add(data[at + _LISTED_SIZE : at + _LISTED_SIZE + lengths[0]].lower())
        at += _LISTED_SIZE + sum(lengths)
    is_office = b"[content_types].xml" in names or b"_rels/.rels" in names
    return at == end and is_office and any(one.startswith(b"xl/") for one in names)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(f"“{path.name}”读不出来。", hint="请把它复制到本机，再回收。", where=str(path)) from error
    if len(data) > limits.FILE:
        raise too_large(path.name)
    return data


def _is_quiet(name: str) -> bool:
    return name.casefold() in _QUIET or name.startswith(("~$", ".~", "._")) or name.endswith((".tmp", ".lnk"))


def _why_skipped(name: str, origin: str) -> str:
    suffix = Path(name).suffix.casefold()
    if suffix in {".eml", ".msg"}:
        return "这是邮件，请把其中的附件存出来再回收"
    if name.startswith(_COVER) and suffix == ".pdf":
        return "这是下发时生成的清单"
    if _OWN_FOLDERS & set(origin.split("/")[:-1]):
        return "这是下发时生成的文件"
    return ""


def _of_content(
    name: str,
    origin: str,
    path: Path,
    size: int,
    head: bytes,
    load: Callable[[], bytes],
    unpack: Callable[[], zipfile.ZipFile],
    depth: int,
    job: Job,
) -> Iterator[Incoming]:
    if size == 0:
        yield Incoming(name, origin, Kind.UNREADABLE, path, 0, "是空文件（0 字节）")
        return
    archive = next((kind for mark, kind in _ARCHIVES if head.startswith(mark)), None)
    if archive is not None:
        yield Incoming(name, origin, Kind.UNREADABLE, path, size, f"是 {archive} 压缩包，请先解压，再拖入里面的文件")
        return
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _of_zip(name, origin, path, size, load, unpack, depth, job)
        return
    if size > limits.FILE:
        yield Incoming(name, origin, Kind.UNREADABLE, path, size, "超过 100 MB，没有读取")
        return
    if head.startswith(b"SQLite format 3"):
        yield Incoming(name, origin, Kind.SKIPPED, path, size, "这是台账或数据库文件")
        return
    yield Incoming(name, origin, _kind(name, head, load), path, size, "", load)


def _kind(name: str, head: bytes, load: Callable[[], bytes]) -> Kind:
    suffix = Path(name).suffix.casefold()
    if b"%PDF-" in head[:1024] or head.startswith(_PICTURES) or suffix in _PICTURE_NAMES:
        return Kind.SCAN
    if head.startswith(_OLE):
        return _kind_of_container(suffix, load)
    return Kind.WORKBOOK if suffix in _TABLES else Kind.EVIDENCE


def _kind_of_container(suffix: str, load: Callable[[], bytes]) -> Kind:
    from core.recognise.sources.container import Container

    try:
        names = Container(load(), "").names
    except KnownError:
        names = set()
    if names & {"Workbook", "Book"}:
        return Kind.WORKBOOK
    return Kind.WORKBOOK if suffix in _TABLES and "WordDocument" not in names else Kind.EVIDENCE


# Zips --------------------------------------------------------------------------------------------------------------


def _of_zip(
    name: str,
    origin: str,
    path: Path,
    size: int,
    load: Callable[[], bytes],
    unpack: Callable[[], zipfile.ZipFile],
    depth: int,
    job: Job,
) -> Iterator[Incoming]:
    """A packed document is one file; any other zip is walked through."""
    try:
        package = unpack()
        entries = package.infolist()
    except _BROKEN:
        kind = Kind.WORKBOOK if Path(name).suffix.casefold() in _TABLES else Kind.UNREADABLE
        yield Incoming(name, origin, kind, path, size, "压缩包已损坏或不完整" if kind is Kind.UNREADABLE else "", load)
        return
    with package:
        kind_of_document = _packed_document(package, entries)
        if kind_of_document is not None:
            is_large = size > limits.FILE
            why = "超过 100 MB，没有读取" if is_large else ""
            yield Incoming(name, origin, Kind.UNREADABLE if is_large else kind_of_document, path, size, why, load)
            return
        if depth > _DEEPEST:
            yield Incoming(name, origin, Kind.UNREADABLE, path, size, "压缩包套了太多层，请先解压，再拖入里面的文件")
            return
        files = [entry for entry in entries if not entry.is_dir()]
        if not files:
            yield Incoming(name, origin, Kind.UNREADABLE, path, size, "是空的压缩包")
        elif len(files) > _ENTRIES or sum(entry.file_size for entry in files) > limits.UNPACKED:
            why = "展开后内容过多过大，没有读取，请先解压，再拖入需要的文件"
            yield Incoming(name, origin, Kind.UNREADABLE, path, size, why)
        else:
            for at, entry in enumerate(files):
                job.step(at, len(files), f"查看“{name}”")
                yield from _of_entry(package, entry, origin, path, unpack, depth, job)


def _packed_document(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Kind | None:
    names = {entry.filename.casefold() for entry in entries}
    if "[content_types].xml" in names or "_rels/.rels" in names:
        is_table = any(name.startswith("xl/") for name in names)
        return Kind.WORKBOOK if is_table else Kind.EVIDENCE
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        try:
            kind = package.read("mimetype")[:200] if "mimetype" in names else b""
        except (KeyError, *_BROKEN):
            kind = b""
        return Kind.EVIDENCE if b"opendocument" in kind and b"spreadsheet" not in kind else Kind.WORKBOOK
    return Kind.SCAN if "ofd.xml" in names else None


def _of_entry(
    package: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    origin: str,
    path: Path,
    unpack: Callable[[], zipfile.ZipFile],
    depth: int,
    job: Job,
) -> Iterator[Incoming]:
    parts = _parts(entry)
    name = parts[-1] if parts else "未命名"
    inner = "/".join((origin, *parts))
    if _is_quiet(name) or any(part.casefold() in _QUIET for part in parts):
        return
    size = entry.file_size
    if entry.flag_bits & _ENCRYPTED:
        yield Incoming(name, inner, Kind.UNREADABLE, path, size, "压缩包设有密码，请先解压，再拖入里面的文件")
        return
    if size > limits.FILE or (size > _RATIO_FROM and size > _RATIO * max(entry.compress_size, 1)):
        yield Incoming(name, inner, Kind.UNREADABLE, path, size, "展开后内容过大，没有读取")
        return
    why = _why_skipped(name, inner)
    if why:
        yield Incoming(name, inner, Kind.SKIPPED, path, size, why)
        return
    try:
        with package.open(entry) as file:
            head = file.read(_HEAD)
    except _BROKEN:
        yield Incoming(name, inner, Kind.UNREADABLE, path, size, "在压缩包中已损坏，读不出来")
        return

    def load() -> bytes:
        return _unpacked(unpack, entry, name)

    def unpack_inner() -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(load()))

    yield from _of_content(name, inner, path, size, head, load, unpack_inner, depth + 1, job)


def _unpacked(unpack: Callable[[], zipfile.ZipFile], entry: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of an entry, never more than it may have whatever the zip claims."""
    try:
        with unpack() as package, package.open(entry) as file:
            data = file.read(limits.FILE + 1)
    except _BROKEN as error:
        if entry.flag_bits & _ENCRYPTED:
            raise locked(name) from error
        raise damaged(name) from error
    if len(data) > limits.FILE:
        raise too_large(name)
    return data


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    """The path of an entry without what could lead anywhere: no drive, no root, no ``..``."""
    name = zip_name(entry).replace("\\", "/")
    parts = ["".join(letter for letter in part if letter.isprintable()).strip() for part in name.split("/")]
    return [part for part in parts if part and part not in {".", ".."} and not part.endswith(":")]


def zip_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; without a mark for UTF-8 it is UTF-8 all the same, or GBK as Chinese programs write it."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
