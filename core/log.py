"""The program's log: one file beside the settings, one old one kept."""

from __future__ import annotations

import logging
from pathlib import Path

from core import paths

_MAX_BYTES = 1_000_000


def log_file() -> Path:
    """Where the log lies."""
    return paths.config_folder() / "taizhang.log"


def open_log() -> None:
    """Let everything that is logged go to the file; to stderr when the file cannot be written."""
    # logging.handlers would bring sockets and pickle into the start for a rotation of three lines
    file = log_file()
    try:
        if file.exists() and file.stat().st_size > _MAX_BYTES:
            file.replace(file.with_suffix(".old.log"))
        handler: logging.Handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
