"""The one border where errors of SQLite and the file system become sentences."""

from __future__ import annotations

import errno
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import LedgerFileError

_LOG = logging.getLogger(__name__)

_SENTENCES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: ("磁盘空间已满，没有保存。", "请腾出空间后再保存，已填内容仍在。"),
    sqlite3.SQLITE_BUSY: ("台账文件正被另一个程序使用，没有保存。", "请关闭另一个窗口后再试。"),
    sqlite3.SQLITE_LOCKED: ("台账文件正被另一个程序使用，没有保存。", "请关闭另一个窗口后再试。"),
    sqlite3.SQLITE_READONLY: ("台账文件是只读的，没有保存。", "请去掉文件的只读属性，或另存到可写的文件夹。"),
    sqlite3.SQLITE_PERM: ("没有打开台账文件的权限。", "请检查文件权限，或把文件复制到自己的文件夹。"),
    sqlite3.SQLITE_CANTOPEN: ("台账文件打不开。", "请检查文件和文件夹是否还在、是否有权限。"),
    sqlite3.SQLITE_IOERR: ("读写台账文件时磁盘出错，没有保存。", "请检查磁盘或 U 盘连接，再试一次。"),
    sqlite3.SQLITE_CORRUPT: ("台账文件已损坏。", "文件没有改动，请用“备份”文件夹里最近的备份。"),
    sqlite3.SQLITE_NOTADB: ("这个文件不是台账文件。", "请选择扩展名为 .db 的台账文件。"),
}
"""Primary result codes of SQLite that a person can do something about."""

_PRIMARY = 0xFF
_NOT_OURS = ("is not a valid", "Invalid isoformat string")
"""What Enum and date say of a word in a row that no version of ours writes."""
_NO_SUCH = ("no such table", "no such column", "no such function", "unknown function")


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn known faults of the file at ``path`` into LedgerFileError; faults of ours pass through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if (code is None and "decode" in str(error)) or "malformed JSON" in str(error):
            code = sqlite3.SQLITE_CORRUPT  # Python's own words for a text whose bytes are no longer one
        if code == sqlite3.SQLITE_ERROR and str(error).startswith(_NO_SUCH):
            _LOG.exception("the schema is not what it should be")  # a damaged name in it, or a fault of ours
            code = sqlite3.SQLITE_CORRUPT
        known = _SENTENCES.get(code & _PRIMARY) if code is not None else None
        if known is None:
            raise
        raise LedgerFileError(known[0], hint=known[1], where=str(path)) from error
    except UnicodeDecodeError as error:  # a name in the schema whose bytes are no text any more
        message, hint = _SENTENCES[sqlite3.SQLITE_CORRUPT]
        raise LedgerFileError(message, hint=hint, where=str(path)) from error
    except ValueError as error:
        if not isinstance(error, json.JSONDecodeError) and not any(words in str(error) for words in _NOT_OURS):
            raise
        _LOG.info("a value that no version of ours writes", exc_info=True)
        raise LedgerFileError(
            "台账里有一处内容认不出，可能在程序之外被改动过。",
            hint="请到“档案”点“校验”，看是哪一处，再用备份恢复。",
            where=str(path),
        ) from error
    except OSError as error:
        raise from_os(error, path) from error


def unlink_unfinished(path: Path) -> None:
    """Take away a half-made file; where even that fails (the disk has become read-only) it stays, under no real name.

    What went wrong before is told, not this.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _LOG.info("%s stays: %s", path.name, error)


def from_os(error: OSError, path: Path) -> LedgerFileError:
    """The sentence for a fault of the file system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        code = sqlite3.SQLITE_FULL
    elif error.errno in (errno.EACCES, errno.EPERM):
        code = sqlite3.SQLITE_PERM
    elif error.errno == errno.EROFS:
        code = sqlite3.SQLITE_READONLY
    elif error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG):
        code = sqlite3.SQLITE_CANTOPEN
    else:
        code = sqlite3.SQLITE_IOERR
    message, hint = _SENTENCES[code]
    return LedgerFileError(message, hint=hint, where=str(path))
