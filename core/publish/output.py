"""Putting a finished file in its place: whole or not at all, and problems told in one sentence."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import OutputError

Target = Path | str | BinaryIO
"""Where a document goes: a path, or an open binary file."""

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_WINDOWS_SHARING = {32, 33}
_WINDOWS_FULL = {39, 112}


def put(data: bytes, target: Target) -> None:
    """Write ``data`` to a path or an open file.

    A path gets the whole file or stays as it was: the data goes to a temporary file in the same folder, which then
    takes the place of the old one; where a link stands under the name, of the file it points to. Raises OutputError
    when the folder is missing or not writable, the disk is full, what stands there is no file or may not be written,
    or the old file is open in another program.
    """
    if not isinstance(target, (str, Path)):
        target.write(data)
        return
    path = Path(target)
    if _is_folder(path):
        raise OutputError(f"“{path.name}”是文件夹，不能作为文件保存。", hint="请另起一个文件名。", where=str(path))
    path = _replaceable(path)
    part = path.with_name(f".taizhang-{os.getpid()}.part")
    try:
        _write_part(part, data)
    except OSError as error:
        _forget(part)
        raise told(error, path, is_replacing=False) from error
    try:
        part.replace(path)
    except OSError as error:
        _forget(part)
        raise told(error, path, is_replacing=True) from error


def _write_part(part: Path, data: bytes) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _replaceable(path: Path) -> Path:
    """The file that is to be replaced: the end of a link, no device and nothing that may only be read."""
    try:
        if path.is_symlink():
            path = path.resolve()
        if not path.exists():
            return path
        is_file, is_writable = path.is_file(), os.access(path, os.W_OK)
    except (OSError, RuntimeError):
        return path  # the writing itself says what is wrong
    if not is_file:
        raise OutputError(f"“{path.name}”不是普通文件，不能替换。", hint="请另起一个文件名。", where=str(path))
    if not is_writable:
        raise told(PermissionError(), path, is_replacing=True)
    return path


def _forget(part: Path) -> None:
    """Remove what was written so far; where the folder is gone there is nothing to remove."""
    with suppress(OSError):
        part.unlink()


def told(error: OSError, path: Path, *, is_replacing: bool = False) -> OutputError:
    """The sentence for an error of the system; ``is_replacing``: the new file stands, the old one would not go."""
    code, windows = error.errno, getattr(error, "winerror", None)
    name, where = path.name, str(path)
    if code in _FULL or windows in _WINDOWS_FULL:
        return OutputError(f"磁盘已满，“{name}”没有保存。", hint="请清理磁盘或换一个位置再保存。", where=where)
    if is_replacing and (isinstance(error, PermissionError) or code == errno.EBUSY or windows in _WINDOWS_SHARING):
        return OutputError(
            f"“{name}”正被其他程序打开，或设为只读，无法替换。",
            hint="请在 WPS 或 Office 中关闭它，再保存一次。",
            where=where,
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return OutputError(f"文件夹“{path.parent}”不存在。", hint="请选择已有的文件夹。", where=where)
    if isinstance(error, PermissionError) or code == errno.EROFS:
        return OutputError(f"没有权限在“{path.parent}”中保存文件。", hint="请换一个文件夹，例如“文档”。", where=where)
    if code in {errno.ENAMETOOLONG, errno.EINVAL}:
        return OutputError(f"文件名“{name[:40]}”过长或含有不能用的字符。", hint="请换一个文件名。", where=where)
    return OutputError(f"“{name}”无法保存（{error.strerror or error}）。", hint="请换一个位置再保存。", where=where)
