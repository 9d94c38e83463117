"""Files, folders and zips: everything is found once, told by its content, and nothing can do harm."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from core.errors import KnownError
from core.exchange.incoming import Incoming, Kind, walk
from core.job import Cancelled, Job

PDF, PNG = b"%PDF-1.4\n%%EOF", b"\x89PNG\r\n\x1a\n1234"


def zipped(*files: tuple[str, bytes], encoding: str = "") -> bytes:
    """A zip of files; with an encoding the names lie in it without a mark, as Chinese programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    raw = stream.getvalue()
    if encoding:
        for name, _ in files:
            utf8, other = name.encode(), name.encode(encoding)
            assert len(other) <= len(utf8)
            stream = io.BytesIO()
            raw = _renamed(raw, utf8, other)
    return raw


def _renamed(raw: bytes, utf8: bytes, other: bytes) -> bytes:
    """Another encoding of a name, filled up to its length by letters before it."""
    name = b"x" * (len(utf8) - len(other)) + other
    out = raw.replace(utf8, name)
    data = bytearray(out)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at + 1] &= 0xF7
            place = data.find(mark, place + 4)
    return bytes(data)


def look(*paths: Path) -> list[tuple[str, str]]:
    return [(one.origin, one.kind.value) for one in walk(paths, Job())]


def only(*paths: Path) -> Incoming:
    (one,) = walk(paths, Job())
    return one


def test_files_and_folders_and_what_the_system_leaves_behind(tmp_path: Path, filled: bytes) -> None:
    folder = tmp_path / "回收"
    (folder / "财政局").mkdir(parents=True)
    for name, data in {
        "财政局/表.xlsx": filled, "财政局/盖章.pdf": PDF, "财政局/4-1 照片.jpg": b"\xff\xd8\xff\xe0", "财政局/说明.txt": b"abc",
        "~$表.xlsx": b"x", ".DS_Store": b"x", "Thumbs.db": b"x", "desktop.ini": b"x",
        "下发清单 2024年第四季度.pdf": PDF, "来信.eml": b"From: a", "古县.db": b"SQLite format 3\0",
    }.items():  # fmt: skip
        (folder / name).write_bytes(data)
    assert look(folder, folder / "财政局" / "表.xlsx") == [
        ("回收/下发清单 2024年第四季度.pdf", "skipped"), ("回收/古县.db", "skipped"), ("回收/来信.eml", "skipped"),
        ("回收/财政局/4-1 照片.jpg", "scan"), ("回收/财政局/盖章.pdf", "scan"), ("回收/财政局/表.xlsx", "workbook"),
        ("回收/财政局/说明.txt", "evidence"),
    ]  # fmt: skip


def test_the_content_tells_the_kind_not_the_name(tmp_path: Path, filled: bytes) -> None:
    for name, data, kind in (
        ("表.pdf", filled, Kind.WORKBOOK), ("表.xlsx", PDF, Kind.SCAN), ("表", filled, Kind.WORKBOOK),
        ("图.xlsx", PNG, Kind.SCAN), ("坏.xlsx", b"PK\x03\x04broken", Kind.WORKBOOK), ("坏.xls", b"abc", Kind.WORKBOOK),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(data)
        found = only(path)
        assert (found.kind, found.read()) == (kind, data), name


def test_a_zip_with_a_folder_and_a_zip_in_it(tmp_path: Path, filled: bytes) -> None:
    inner = zipped(("4-2.png", PNG))
    deepest = zipped(("再深.zip", zipped(("x.png", PNG))))
    path = tmp_path / "财政局.zip"
    path.write_bytes(
        zipped(("材料/表.xlsx", filled), ("材料/佐证.zip", inner), ("深.zip", deepest), ("__MACOSX/._表.xlsx", b"x"))
    )
    found = {one.origin: one for one in walk([path], Job())}
    assert {origin: one.kind for origin, one in found.items()} == {
        "财政局.zip/材料/表.xlsx": Kind.WORKBOOK,
        "财政局.zip/材料/佐证.zip/4-2.png": Kind.SCAN,
        "财政局.zip/深.zip/再深.zip": Kind.UNREADABLE,
    }
    assert found["财政局.zip/材料/表.xlsx"].read() == filled
    assert found["财政局.zip/材料/表.xlsx"].folder == "财政局.zip/材料"
    assert found["财政局.zip/材料/佐证.zip/4-2.png"].read() == PNG


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("财政局填报表.png", PNG), encoding=encoding))
    assert only(path).name.endswith("财政局填报表.png")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\passwd", "..\\..\\passwd", "a/../../passwd", "./passwd"]
)
def test_names_that_lead_out_are_only_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped((name, PNG)))
    found = only(path)
    assert found.name == "passwd"
    assert ".." not in found.origin
    assert found.origin.startswith("a.zip/")
    assert found.read() == PNG


def test_two_files_of_one_name_in_a_zip_are_two(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate"):
        path.write_bytes(zipped(("a.png", PNG), ("a.png", PNG + b"2")))
    assert [one.read() for one in walk([path], Job())] == [PNG, PNG + b"2"]


def test_a_locked_zip_is_said(tmp_path: Path) -> None:
    data = bytearray(zipped(("表.xlsx", b"x" * 50)))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    found = only(path)
    assert (found.kind, found.name) == (Kind.UNREADABLE, "表.xlsx")
    assert "密码" in found.why


def test_bombs_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.png", bytes(60 * 1024 * 1024)), ("b.png", PNG)))
    assert [one.kind for one in walk([path], Job())] == [Kind.UNREADABLE, Kind.SCAN]
    path.write_bytes(zipped(*((f"{at}.txt", b"1") for at in range(5001))))
    assert only(path).kind is Kind.UNREADABLE


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "空文件"), (b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"PK\x05\x06" + bytes(18), "空的压缩包"), (b"PK\x03\x04abc", "损坏")],
)  # fmt: skip
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = only(path)
    assert found.kind is Kind.UNREADABLE
    assert why in found.why


def test_a_workbook_is_one_however_its_list_of_parts_looks(tmp_path: Path, filled: bytes) -> None:
    """The list at the end is read at once where it is plain, by zipfile where it is not; a zip of one is no workbook."""
    marked = io.BytesIO(filled)
    with zipfile.ZipFile(marked, "a") as package:
        package.comment = b"WPS"
    for at, data in enumerate((filled, marked.getvalue())):
        path = tmp_path / f"{at}.zip"
        path.write_bytes(data)
        assert (only(path).kind, only(path).read()) == (Kind.WORKBOOK, data)
    (tmp_path / "outer.xlsx").write_bytes(zipped(("财政局.xlsx", filled), ("说明/xl/注.txt", b"1")))
    assert look(tmp_path / "outer.xlsx")[0][0].endswith("财政局.xlsx")


def test_a_file_that_is_gone(tmp_path: Path, filled: bytes) -> None:
    assert "没有找到" in only(tmp_path / "没有.xlsx").why
    path = tmp_path / "表.xlsx"
    path.write_bytes(filled)
    found = only(path)
    path.unlink()
    with pytest.raises(KnownError):
        found.read()


def test_three_hundred_files_step_by_step_until_cancelled(tmp_path: Path) -> None:
    for at in range(300):
        (tmp_path / f"{at:03}.png").write_bytes(PNG)
    steps: list[tuple[int, int]] = []
    job = Job(lambda done, total, _: steps.append((done, total)))
    assert len(list(walk([tmp_path], job))) == 300
    assert steps[-1] == (299, 300)
    found = walk([tmp_path], job)
    next(found)
    job.cancel()
    with pytest.raises(Cancelled):
        list(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "表.xlsx")
    one = only(tmp_path)
    assert (one.kind, one.why) == (Kind.SKIPPED, "不是普通文件")
