"""What cannot be read: one Chinese sentence and what to do, the file untouched, no traceback, no hang, bounded memory."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.job import Job
from core.recognise.blocks import Table
from core.recognise.sources import UnreadableError, limits, read_pasted, read_source
from core.recognise.sources.reading import read_here
from tests.core.recognise.sources.documents import (
    ROWS,
    Pdf,
    body_docx,
    changed_package,
    merged_rows,
    printed,
    read,
    run,
    save_docx,
)
from tests.core.recognise.sources.test_sheet import plan
from tests.examples import examples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def container(*streams: tuple[str, bytes]) -> bytes:
    """An OLE container of 512-byte sectors whose streams are all large ones."""
    sectors: list[bytes] = []
    chains: list[tuple[int, int]] = []
    for _, stream in streams:
        data = stream.ljust(4096, b"\0")
        first = len(sectors) + 2
        sectors += [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        chains.append((first, len(data)))
    entries = [
        ("Root Entry", 5, 0xFFFFFFFE, 0),
        *((name, 2, *chain) for (name, _), chain in zip(streams, chains, strict=True)),
    ]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF) + bytes(36) + struct.pack("<II", start, size) + bytes(4)
        for name, kind, start, size in entries
    )  # fmt: skip
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    for first, size in chains:
        count = size // 512
        fat += [first + at + 1 for at in range(count - 1)] + [0xFFFFFFFE]
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10) + struct.pack(
        "<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )  # fmt: skip
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return head.ljust(512, b"\xff") + table + directory.ljust(512, b"\0") + b"".join(sectors)


def docx_bytes(tmp_path: Path) -> bytes:
    return save_docx(tmp_path / "made.docx", lambda document: document.add_paragraph("正文")).read_bytes()


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
BAD = {
    "零字节.docx": (b"", "空文件"),
    "截断.docx": (None, "损坏"),
    "台账.db": (b"SQLite format 3\0" + bytes(100), "数据库"),
    "图片.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(100), "是图片"),
    "程序.docx": (b"MZ\x90" + bytes(100), "是程序"),
    "包.zip": (packed(**{"a.txt": b"a"}), "压缩包"),
    "空包.docx": (b"PK\x05\x06" + bytes(18), "压缩包"),
    "坏.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 8, "损坏"),
    "版式.ofd": (packed(**{"OFD.xml": b"<a/>"}), "OFD"),
    "演示.pptx": (packed(**{"ppt/presentation.xml": b"<a/>"}), "演示文稿"),
    "网页.doc": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页"),
    "加密.docx": (container(("EncryptedPackage", b"x"), ("EncryptionInfo", b"y")), "设有密码"),
    "加密.doc": (container(("WordDocument", b"\xec\xa5" + bytes(9) + b"\x01")), "设有密码"),
    "加密.xls": (container(("Workbook", struct.pack("<HHHHHH", 0x809, 4, 0x600, 5, 0x2F, 0))), "设有密码"),
    "演示.ppt": (container(("PowerPoint Document", b"x")), "演示文稿"),
    "空壳.doc": (container(("Whatever", b"x")), "损坏"),
    "散开.xls": (
        container(("Workbook", struct.pack("<HHHHHHIIHHH", 0x809, 4, 0x600, 0x10, 0x200, 14, 9, 1, 0, 5, 0))), "损坏",
    ),
    "实体.docx": (packed(**{"word/document.xml": ENTITY}), "外部实体"),
    "实体.xlsx": (packed(**{"xl/workbook.xml": ENTITY}), "外部实体"),
    "实体.ods": (packed(**{"content.xml": ENTITY}), "外部实体"),
    "实体.xml": (ENTITY, "外部实体"),
    "炸弹.docx": (packed(**{"word/document.xml": bytes(64 * 1024 * 1024)}), "内容过大"),
    "炸弹.xlsx": (packed(**{"xl/worksheets/sheet1.xml": bytes(64 * 1024 * 1024)}), "内容过大"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_and_the_file_untouched(tmp_path, name):
    data, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(docx_bytes(tmp_path)[:-400] if data is None else data)
    before = path.read_bytes(), path.stat().st_mtime_ns

    with pytest.raises(UnreadableError, match=words) as caught:
        read(path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert re.fullmatch(r"“[^”]+”[^。]*。", caught.value.message)
    assert caught.value.hint.endswith("。")
    assert name in caught.value.message


def test_a_folder_and_a_missing_file(tmp_path):
    with pytest.raises(UnreadableError, match="是文件夹"):
        read(tmp_path)
    with pytest.raises(UnreadableError, match="没有找到"):
        read(tmp_path / "没有.docx")


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object):
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(UnreadableError, match="没有权限"):
        read(path)


def test_more_than_100_mb(tmp_path):
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        os.truncate(path, limits.FILE + 1)

    with pytest.raises(UnreadableError, match="超过 100 MB"):
        read(path)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.db", "a"])
def test_the_content_tells_the_kind_not_the_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(docx_bytes(tmp_path))

    assert printed(read(path)) == ["正文"]


def test_a_package_that_lies_about_its_sizes(tmp_path):
    data = packed(**{"word/document.xml": b"<a>" + bytes(3 * 1024 * 1024)})
    lying = data.replace(struct.pack("<I", 3 * 1024 * 1024 + 3), struct.pack("<I", 10))
    path = tmp_path / "a.docx"
    path.write_bytes(lying)

    with pytest.raises(UnreadableError):
        read(path)


def test_a_stream_that_inflates_without_end(tmp_path):
    """A PDF page whose content inflates to a gigabyte of nothing."""
    body = zlib.compress(b"0 0 m " * 8_000_000, 9)
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    pdf += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj "
    pdf += (
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(body)
        + body
        + b"\nendstream endobj trailer<</Root 1 0 R>>"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)

    with pytest.raises(UnreadableError):
        read(path)


def test_deep_nesting(tmp_path):
    deep = f"<w:p>{'<w:ins>' * 400}{run('甲')}{'</w:ins>' * 400}</w:p>"
    plain = body_docx(tmp_path / "a.docx", f"<w:p>{run('替')}</w:p>")
    with zipfile.ZipFile(plain) as package:
        data = package.read("word/document.xml")
    changed = re.sub(rb"<w:p>.*?</w:p>", deep.encode(), data, count=1, flags=re.DOTALL)

    with pytest.raises(UnreadableError):
        read(changed_package(plain, tmp_path / "b.docx", {"word/document.xml": changed}))


# --- mutated files -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> dict[str, bytes]:
    """One good document of each kind, packages stored plainly so that changes reach their parts."""
    folder = tmp_path_factory.mktemp("good")
    pdf = Pdf(pageCompression=0)
    pdf.table(60, 90, merged_rows())
    pdf.page()
    pdf.save(folder / "a.pdf")

    def change(document):
        grid = document.add_table(len(ROWS), len(ROWS[0]))
        for at, row in enumerate(ROWS):
            for column, text in enumerate(row):
                grid.cell(at, column).text = text
        document.add_paragraph("一", style="List Number")

    save_docx(folder / "a.docx", change)
    plan(folder / "a.xlsx")
    text = "\n".join("\t".join(row) for row in ROWS) + "\n（一）加强培训。and\n"
    return {
        "docx": (folder / "a.docx").read_bytes(),
        "xlsx": (folder / "a.xlsx").read_bytes(),
        "pdf": (folder / "a.pdf").read_bytes(),
        "txt": text.encode(),
        "gb.txt": text.encode("gb18030"),
        "html": ("<table>" + "".join("<tr>" + "".join(f"<td rowspan=2>{c}" for c in row) for row in ROWS)).encode(),
        "xls": container(
            ("Workbook", struct.pack("<HHHHHHHHHIHH", 0x809, 4, 0x600, 0x10, 0x27E, 10, 0, 0, 0, 6, 10, 0))
        ),
    }


def mutated(data: bytes, how: str, seed: int) -> bytes:
    chance = random.Random(seed)
    out = bytearray(data)
    at, to, size = chance.randrange(len(out)), chance.randrange(len(out)), chance.randrange(1, 300)
    if how == "cut":
        return bytes(out[:at])
    if how == "swap":
        out[at : at + size], out[to : to + size] = out[to : to + size], out[at : at + size]
    elif how == "repeat":
        out[at:at] = out[at : at + size] * chance.randrange(1, 30)
    else:
        for _ in range(chance.randrange(1, 20)):
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def repacked(data: bytes, how: str, seed: int) -> bytes:
    """A package whose one part is mutated and which holds together all the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = names[seed % len(names)]
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, how, seed) if name == chosen else part)
    return stream.getvalue()


SETTINGS = settings(
    max_examples=examples(250),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HOW = st.sampled_from(["cut", "swap", "repeat", "bytes"])
SEED = st.integers(0, 2**32)


@SETTINGS
@given(kind=st.sampled_from(["docx", "xlsx", "pdf", "txt", "gb.txt", "html", "xls"]), how=HOW, seed=SEED)
def test_mutated_files_are_read_or_refused(tmp_path, good, kind, how, seed):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(mutated(good[kind], how, seed))
    with suppress(UnreadableError):
        read_source(path, Job())


@SETTINGS
@given(kind=st.sampled_from(["docx", "xlsx"]), how=HOW, seed=SEED)
def test_mutated_parts_are_read_or_refused(tmp_path, good, kind, how, seed):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(repacked(good[kind], how, seed))
    try:
        source = read_source(path, Job())
    except UnreadableError:
        return
    for block in source.blocks:
        assert not isinstance(block, Table) or len({len(row) for row in block.rows}) == 1


@SETTINGS
@given(
    st.text(st.sampled_from("甲乙（(）),.;:<>|\t\n\"'& -一1、。table/tr d=#*"), max_size=300),
    st.none() | st.text(st.sampled_from("<>/tabledrohspn=1\"' 甲&;!-"), max_size=200),
)
def test_anything_can_be_pasted(text, html):
    read_pasted(text, html)


def test_memory_stays_within_bounds(tmp_path):
    """A table of forty thousand cells takes a kilobyte a cell at most."""
    path = tmp_path / "a.txt"
    path.write_text("甲\t乙\t丙\t丁\n" * 10_000, "utf-8")
    data = path.read_bytes()
    tracemalloc.start()
    read_here(data, path.name, Job())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 40_000 * 1_500
