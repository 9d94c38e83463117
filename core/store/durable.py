"""A file under its final name so that a power cut does not take the name back."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EACCES, errno.EPERM}
"""What shares and sticks answer that know no such call."""


def take_name(part: Path, target: Path) -> None:
    """Rename a file whose content is synced, and sync the folder that holds the new name."""
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's entries through to the disk, where that can be asked for; Windows keeps them in its own journal.

    Raises OSError for a fault of the disk.
    """
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
