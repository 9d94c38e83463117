"""The manifest that a city's program reads, checksums, and parts for mail."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidError
from core.exchange.manifest import (
    EvidenceSent,
    MeasureSaid,
    SubmissionManifest,
    UnitSaid,
    is_manifest,
    manifest_bytes,
    plain,
    read_manifest,
)
from core.exchange.package import CHECKSUM_NAME, PackageFile, checksum_bytes, parts, verify, write_zip
from core.job import Job

SAID = MeasureSaid(
    1,
    "（1）",
    "加强培训。",
    "推进中",
    "推进中",
    progress="财政局：=1+1；\n公安局：已部署。",
    done_on=date(2024, 6, 1),
    evidence=("1-1",),
    units=(UnitSaid("财政局", "牵头单位", "已完成", date(2024, 6, 1), "=1+1"),),
)
MANIFEST = SubmissionManifest(
    file_id="ab" * 16,
    unit="古县司法局",
    names=("古县司法局", "古县"),
    made_at="2024-07-01T09:00:00+08:00",
    as_of=date(2024, 6, 30),
    plan_key="guxian",
    plan_title="任务分解表",
    plan_number=None,
    period_key="2024Q2",
    period_title="2024年第二季度",
    first_day=date(2024, 4, 1),
    last_day=date(2024, 6, 30),
    measures=(SAID, replace(SAID, number=2, units=(), evidence=(), done_on=None)),
    evidence=(EvidenceSent("1-1", "佐证材料/1-1-财政局-通知.pdf", "通知", "cd" * 32, (1,), ("财政局",)),),
    files=(("表.xlsx", "ef" * 32, 10, "上报表"),),
    figures={"measures": {"total": 2}},
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    data = manifest_bytes(MANIFEST)
    assert is_manifest(data)
    assert read_manifest(data) == MANIFEST
    assert read_manifest(b"\xef\xbb\xbf" + data) == MANIFEST


def broken(**changes: Any) -> bytes:
    return json.dumps({**plain(MANIFEST), **changes}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 1}',
        b'{"format": "taizhang-plan/1"}',
        b'{"format": "taizhang-submission/1"}',
        b"\xff\xfe",
        b"[" * 100_000,
        broken(measures=[{"no": "1"}]),
        broken(measures={}),
        broken(as_of="昨天"),
        broken(plan=None),
        broken(files=[{"path": "../../etc", "sha256": "", "size": 1, "kind": ""}]),
        broken(files=[{"path": "C:\\x", "sha256": "", "size": 1, "kind": ""}]),
        broken(files=[{"path": "/x", "sha256": "", "size": 1, "kind": ""}]),
        broken(files=[{"path": "x", "sha256": "", "size": True, "kind": ""}]),
        broken(names="古县"),
    ],
)
def test_what_is_no_whole_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidError, match="不是完整的上报清单"):
        read_manifest(data)


def test_one_of_a_newer_program_says_so() -> None:
    with pytest.raises(InvalidError, match="更新版本"):
        read_manifest(broken(format="taizhang-submission/2"))


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(InvalidError):
        read_manifest(data)


def test_a_package_is_checked_by_its_list(tmp_path: Path) -> None:
    files = [PackageFile.of_bytes("佐证材料/一.txt", "佐证材料", b"one"), PackageFile.of_bytes("二.txt", "x", b"two")]
    for one in files:
        target = tmp_path / one.path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"".join(one.pieces()))
    (tmp_path / CHECKSUM_NAME).write_bytes(checksum_bytes(files))
    assert verify(tmp_path, Job()) == ()
    (tmp_path / "二.txt").write_bytes(b"three")
    assert verify(tmp_path, Job()) == ("“二.txt”内容被改动过",)
    with pytest.raises(InvalidError, match="校验清单"):
        verify(tmp_path / "佐证材料", Job())


def test_a_list_that_leads_out_of_the_package_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "秘密.txt").write_bytes(b"x")
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / CHECKSUM_NAME).write_text(f"{'0' * 64}  ../秘密.txt\n", encoding="utf-8")
    assert verify(tmp_path / "包", Job()) == ("“../秘密.txt”读不出来",)


@given(st.lists(st.integers(0, 400_000), max_size=30))
def test_parts_hold_every_file_once_and_stay_below_the_limit(sizes: list[int]) -> None:
    files = [PackageFile(f"{at}.bin", "佐证材料", f"{at:064x}", size, data=b"") for at, size in enumerate(sizes)]
    dealt, too_large = parts(files, 300_000)
    names = sorted(one.path for part in (*dealt, too_large) for one in part)
    assert names == sorted(one.path for one in files)
    assert all(sum(one.size for one in part) <= 300_000 for part in dealt)
    assert all(one.size > 250_000 for one in too_large)


def test_a_zip_of_ours_keeps_chinese_names_and_opens_alone() -> None:
    buffer = io.BytesIO()
    write_zip([PackageFile.of_bytes("佐证材料/培训通知.pdf", "佐证材料", b"pdf")], buffer, Job(), "材料")
    with zipfile.ZipFile(buffer) as archive:
        assert archive.namelist() == ["材料/佐证材料/培训通知.pdf"]
        assert archive.read("材料/佐证材料/培训通知.pdf") == b"pdf"
        assert archive.infolist()[0].flag_bits & 0x800, "the names are marked as UTF-8"
