"""Whether a file lies on a network share: the one rule for it."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PureWindowsPath
from typing import Any

_REMOTE = re.compile(
    r"cifs|smb\w*|nfs\d?|ncpfs|afs|9p|davfs|fuse\.(sshfs|gvfsd-fuse|rclone|davfs2|smbnetfs|curlftpfs|s3fs)"
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_on_share(path: Path) -> bool:
    """Whether the folder of a file is another machine's. What cannot be told is taken for local."""
    if sys.platform == "win32":
        return _is_unc(str(path)) or _is_remote_drive(str(path))
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return is_remote_mount(path, mounts)


def is_remote_mount(path: Path, mounts: str) -> bool:
    """The same by a list of mounts as the kernel gives it: the longest one that holds the path decides."""
    try:
        place = path.resolve()
    except (OSError, RuntimeError):
        place = path
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[1]))
        if (point == place or point in place.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return _REMOTE.fullmatch(kind) is not None


def _is_unc(path: str) -> bool:
    r"""``\\server\share``, also as ``\\?\UNC\server\share``."""
    drive = PureWindowsPath(path).drive
    return (drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))) or "\\UNC\\" in drive.upper()


def _is_remote_drive(path: str) -> bool:
    """Windows only: a letter that stands for a share."""
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - no such name elsewhere
    drive = PureWindowsPath(path).drive
    return bool(drive) and kernel.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE
