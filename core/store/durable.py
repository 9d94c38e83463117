"""A file under its final name so that a power cut does not take the name back."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def take_name(part: Path, target: Path) -> None:
    """Rename a file whose content is synced, and sync the folder that holds the new name."""
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's entries through to the disk; Windows keeps them in its own journal and offers no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
