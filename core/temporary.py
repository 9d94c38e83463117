"""Folders for work in the system's temporary folder; what a killed program left there is taken away by the next one.

A folder's name says whose it is: taizhang-<process>-<letters>.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

_OURS = re.compile(r"taizhang-(\d{1,10})-\w+")
_STILL_ACTIVE = 259
_MAY_ASK = 0x1000


def prefix() -> str:
    """What the name of a folder of this process begins with."""
    return f"taizhang-{os.getpid()}-"


def made_folder() -> Path:
    """A new folder of this process, gone when its maker takes it away; leftovers of dead ones go first.

    Raises OSError when there is no room.
    """
    _sweep_once()
    return Path(tempfile.mkdtemp(prefix=prefix()))


def sweep() -> int:
    """Take away what dead processes of this account left; gives how many folders. What does not go stays silently."""
    gone = 0
    for folder in Path(tempfile.gettempdir()).glob("taizhang-*"):
        named = _OURS.fullmatch(folder.name)
        if named is None or not _is_mine(folder) or _is_alive(int(named[1])):
            continue
        shutil.rmtree(folder, ignore_errors=True)
        gone += not folder.exists()
    return gone


@cache
def _sweep_once() -> None:
    """At the first work of a process."""
    sweep()


def _is_mine(folder: Path) -> bool:
    try:
        state = folder.lstat()
    except OSError:
        return False
    is_folder = folder.is_dir() and not folder.is_symlink()
    return is_folder and (sys.platform == "win32" or state.st_uid == os.geteuid())


if sys.platform == "win32":

    def _is_alive(process: int) -> bool:
        """Whether a process of that number runs; ``os.kill`` would end whom it asks there."""
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        found = kernel.OpenProcess(_MAY_ASK, 0, process)
        if not found:
            return False
        handle = wintypes.HANDLE(found)
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE

else:

    def _is_alive(process: int) -> bool:
        """Whether a process of that number runs; one that got the number again keeps a leftover until later."""
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            return True
        return True
