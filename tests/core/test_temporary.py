"""Folders for work in the temporary folder: ours are taken away once their process is dead, nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from core import temporary


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
    return process.pid


def test_what_a_dead_process_left_goes_and_what_a_living_one_has_stays(place: Path):
    dead = place / f"taizhang-{ended_process()}-abc123"
    (dead / "in").mkdir(parents=True)
    (dead / "in" / "副本.xlsx").write_bytes(b"x")
    mine = temporary.made_folder()
    neighbour = place / f"taizhang-{os.getppid()}-abc123"
    neighbour.mkdir()

    temporary.sweep()

    assert not dead.exists()
    assert mine.is_dir()
    assert neighbour.is_dir()


def test_what_only_looks_like_ours_is_left_alone(place: Path):
    number = ended_process()
    others = [
        place / name for name in ("taizhang-备份", "taizhang-1x-abc", f"taizhang-{number}", f"other-{number}-abc")
    ]
    for folder in others:
        folder.mkdir()
    (place / f"taizhang-{number}-file").write_bytes(b"x")
    target = place / "文档"
    target.mkdir()
    (place / f"taizhang-{number}-link").symlink_to(target)

    assert temporary.sweep() == 0
    assert all(folder.is_dir() for folder in (*others, target))
    assert (place / f"taizhang-{number}-file").exists()
