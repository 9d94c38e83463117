"""A new name is written through; a share that cannot be asked for it is no fault, a dying disk is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.store import durable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were synced."""
    found: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: found.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    return found


def test_the_folder_of_the_new_name_is_synced(tmp_path: Path, synced: list[str]) -> None:
    (tmp_path / "part").write_text("x")
    (tmp_path / "there").mkdir()
    durable.take_name(tmp_path / "part", tmp_path / "there" / "whole")

    assert (tmp_path / "there" / "whole").read_text() == "x"
    assert synced == [str((tmp_path / "there").resolve())]


@pytest.mark.parametrize(("number", "is_told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_only_a_fault_of_the_disk_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_told: bool
) -> None:
    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    if not is_told:
        durable.sync_folder(tmp_path)
        return
    with pytest.raises(OSError, match=os.strerror(number)):
        durable.sync_folder(tmp_path)
