"""The evidence folder: whole or not at all, each content once, and a sentence for every bad file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from core import paths
from core.errors import Cancelled, EvidenceError, LedgerFileError
from core.job import Job
from core.store import evidence_files


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The path of a ledger file; the folder is beside it."""
    return tmp_path / "古县.db"


def _stored(base: Path) -> list[Path]:
    return [file for file in paths.evidence_folder(base).rglob("*") if file.is_file()]


def test_a_file_is_stored_under_its_hash(base: Path, tmp_path: Path) -> None:
    """Content, hash, size and ending."""
    source = tmp_path / "签到表.PDF"
    source.write_bytes(b"%PDF-1.4 test")

    stored = evidence_files.take(base, source, Job())

    assert (stored.sha256, stored.size, stored.name) == (hashlib.sha256(b"%PDF-1.4 test").hexdigest(), 13, "签到表.PDF")
    assert evidence_files.path_of(base, stored.sha256, stored.name).read_bytes() == b"%PDF-1.4 test"
    assert source.exists()


def test_the_same_content_is_stored_once(base: Path, tmp_path: Path) -> None:
    """Two names, one file."""
    for name in ("一.pdf", "二.jpg"):
        (tmp_path / name).write_bytes(b"same")
        evidence_files.take(base, tmp_path / name, Job())

    assert len(_stored(base)) == 1


def test_content_that_came_under_another_ending_is_found(base: Path, tmp_path: Path) -> None:
    """A copy whose entry failed left the file behind as .pdf; the entry that stands says .jpg."""
    for name in ("一.pdf", "二.jpg"):
        (tmp_path / name).write_bytes(b"same")
        stored = evidence_files.take(base, tmp_path / name, Job())

        assert evidence_files.path_of(base, stored.sha256, name).read_bytes() == b"same"


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda _path: None, "找不到文件"),
        (lambda path: path.mkdir(), "是文件夹"),
        (lambda path: path.touch(), "0 字节"),
        (lambda path: _sparse(path, 3 << 30), "3.0 GB"),
    ],
)
def test_a_bad_file_is_told_and_nothing_is_stored(base: Path, tmp_path: Path, make, word: str) -> None:
    """Vanished, a folder, empty, three gigabytes."""
    source = tmp_path / "照片.jpg"
    make(source)

    with pytest.raises(EvidenceError, match=word):
        evidence_files.take(base, source, Job())

    assert _stored(base) == []


def test_cancel_leaves_nothing(base: Path, tmp_path: Path) -> None:
    """取消 in the middle of a copy."""
    source = tmp_path / "录像.mp4"
    source.write_bytes(os.urandom(3 << 20))
    job = Job(lambda done, _total, _label: job.cancel() if done else None)

    with pytest.raises(Cancelled):
        evidence_files.take(base, source, job)

    assert _stored(base) == []


def test_no_room_is_told(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room is looked at before the copy begins."""
    import shutil

    source = tmp_path / "大.pdf"
    source.write_bytes(b"x" * 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))

    with pytest.raises(EvidenceError, match="磁盘空间不够"):
        evidence_files.take(base, source, Job())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the evidence folder should be."""
    base = tmp_path / "古县.db"
    paths.evidence_folder(base).write_text("in the way")
    source = tmp_path / "a.pdf"
    source.write_bytes(b"x")

    with pytest.raises(LedgerFileError):
        evidence_files.take(base, source, Job())


def test_damage_is_named(base: Path, tmp_path: Path) -> None:
    """Missing and altered files."""
    source = tmp_path / "a.pdf"
    source.write_bytes(b"true")
    stored = evidence_files.take(base, source, Job())
    path = evidence_files.path_of(base, stored.sha256, stored.name)

    assert evidence_files.damage(path, stored.sha256, "通知") is None
    path.write_bytes(b"false")
    assert evidence_files.damage(path, stored.sha256, "通知") == "佐证材料“通知”内容被改动过"
    path.unlink()
    assert evidence_files.damage(path, stored.sha256, "通知") == "佐证材料“通知”不见了"


def test_strays_are_set_aside_not_deleted(base: Path, tmp_path: Path) -> None:
    """A file without a row (killed in between) moves out of the way; unfinished copies go."""
    source = tmp_path / "a.pdf"
    source.write_bytes(b"stray")
    stored = evidence_files.take(base, source, Job())
    folder = paths.evidence_folder(base)
    (folder / "1-a.part").write_bytes(b"half")
    (folder / "说明.txt").write_bytes(b"mine")

    evidence_files.set_aside_strays(base, ())

    assert sorted(str(file.relative_to(folder)) for file in _stored(base)) == [
        f"未入账/{stored.sha256}.pdf",
        "说明.txt",
    ]


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)
