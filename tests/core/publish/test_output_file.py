"""Files are written whole or not at all, and problems are told in one sentence."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from core.errors import Cancelled, OutputError
from core.job import Job
from core.model.plan import Plan
from core.publish.output import put
from core.publish.table_document import write_table


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new bytes are there, no temporary file is left."""
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")
    put(b"new", path)

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_open_file_can_be_the_target() -> None:
    """The preview takes bytes, not a path."""
    buffer = io.BytesIO()
    put(b"abc", buffer)

    assert buffer.getvalue() == b"abc"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """The folder is named, and what to do."""
    with pytest.raises(OutputError) as told:
        put(b"x", tmp_path / "没有" / "表.pdf")

    assert "不存在" in told.value.message
    assert told.value.hint


def test_a_folder_as_target_is_told(tmp_path: Path) -> None:
    """A path that is a folder stays one."""
    with pytest.raises(OutputError, match="文件夹"):
        put(b"x", tmp_path)


def test_a_file_as_folder_is_told(tmp_path: Path) -> None:
    """a.txt/表.pdf."""
    (tmp_path / "a.txt").touch()
    with pytest.raises(OutputError, match="不存在"):
        put(b"x", tmp_path / "a.txt" / "表.pdf")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    """The system's limit is no fault of ours; nothing is left behind."""
    with pytest.raises(OutputError):
        put(b"x", tmp_path / ("长" * 200 + ".pdf"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(errno.EACCES, "denied"), "正被其他程序打开"),
        (OSError(errno.EBUSY, "busy"), "正被其他程序打开"),
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
        (OSError(errno.EIO, "broken"), "无法保存"),
    ],
)
def test_an_old_file_that_cannot_be_replaced_stays(
    error: OSError, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open in WPS, or the disk fails: the old file is as it was and nothing lies beside it."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=sentence):
        put(b"new", path)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(errno.EACCES, "denied"), "没有权限"),
        (OSError(errno.EROFS, "read-only"), "没有权限"),
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
    ],
)
def test_a_folder_that_takes_nothing_is_told(
    error: OSError, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not writable, read-only or full while writing: no half file is left."""

    def refuse(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match=sentence):
        put(b"new", tmp_path / "表.xlsx")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fmt", ["xlsx", "pdf", "docx"])
def test_cancelled_work_writes_nothing(fmt: str, plan: Plan, tmp_path: Path) -> None:
    """取消 in the middle of the pages leaves the folder as it was."""

    def stop(done: int, total: int, label: str) -> None:
        if label.startswith("正在生成") and done == 2:
            job.cancel()

    job = Job(stop)
    with pytest.raises(Cancelled):
        write_table(plan, fmt, tmp_path / f"表.{fmt}", None, job)

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_a_fault_of_ours(plan: Plan) -> None:
    """The command line checks the format before."""
    with pytest.raises(ValueError, match="odt"):
        write_table(plan, "odt", io.BytesIO())  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "posix", reason="links and devices of POSIX")
def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    """The file behind it is replaced."""
    (tmp_path / "表.pdf").write_bytes(b"old")
    link = tmp_path / "链接.pdf"
    link.symlink_to(tmp_path / "表.pdf")
    put(b"new", link)

    assert link.is_symlink()
    assert (tmp_path / "表.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="links and devices of POSIX")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe stays a pipe, as would a device."""
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="不是普通文件"):
        put(b"x", pipe)

    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renaming over it would work where its folder can be written; whoever set it read-only meant it."""
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)  # the tests may run as root
    with pytest.raises(OutputError, match="只读"):
        put(b"new", path)

    assert path.read_bytes() == b"old"
