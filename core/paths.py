"""Where things lie: bundled resources, the clerk's documents, the program's own small files.

``TAIZHANG_HOME`` redirects everything that is written outside a ledger file (tests, a program on a USB stick).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _bundle_root() -> Path:
    """The folder that holds resources/, data/ and docs/manual/: the checkout, or PyInstaller's folder when frozen."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


RESOURCES = _bundle_root() / "resources"
DATA = _bundle_root() / "data"
FONTS = RESOURCES / "fonts"
MANUAL = _bundle_root() / "docs" / "manual"


def documents_folder() -> Path:
    """The folder where the first ledger file is made: 文档/任务台账.

    On Linux the documents folder is read from user-dirs.dirs, as the desktops write it.
    """
    home = os.environ.get("TAIZHANG_HOME")
    if home:
        return Path(home) / "文档" / "任务台账"
    return _documents() / "任务台账"


def config_folder() -> Path:
    """The folder for the window's settings and the log; made when it is missing."""
    home = os.environ.get("TAIZHANG_HOME")
    if home:
        folder = Path(home) / "config"
    elif sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", str(Path.home()))) / "taizhang"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config"))) / "taizhang"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def evidence_folder(ledger: Path) -> Path:
    """The content-addressed folder beside a ledger file: 古县.db → 古县.佐证材料."""
    return ledger.with_name(f"{beside(ledger)}.佐证材料")


def beside(ledger: Path) -> str:
    """What the names of the folders beside a ledger begin with; a file of another ending has folders of its own."""
    return ledger.stem if ledger.suffix.lower() == ".db" else ledger.name


def _documents() -> Path:
    """The documents folder; on Windows as the registry has it, because offices often move it to D:."""
    if sys.platform == "win32":
        import winreg

        key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as handle:
            value, _ = winreg.QueryValueEx(handle, "Personal")
        return Path(os.path.expandvars(value))
    return _linux_documents()


def _linux_documents() -> Path:
    dirs = Path(os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config"))) / "user-dirs.dirs"
    if dirs.is_file():
        for line in dirs.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("XDG_DOCUMENTS_DIR="):
                value = line.split("=", 1)[1].strip().strip('"')
                return Path(value.replace("$HOME", str(Path.home())))
    chinese = Path.home() / "文档"
    return chinese if chinese.is_dir() else Path.home() / "Documents"
