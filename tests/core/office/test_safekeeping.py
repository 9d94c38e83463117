"""A backup in a second place can be opened as it lies there; a ledger comes back whole from backup or package."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core import paths
from core.errors import LedgerFileError, OutputError
from core.job import Cancelled, Job
from core.model.ledger import EntryState
from core.office import attach, check, files, hand_over, progress, safekeeping, status
from core.office.form_value import FormValue
from core.store.database import Store

DAY = date(2025, 1, 10)


@pytest.fixture(scope="module")
def made_once(guxian_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger that has an entry and two files, and its package: PDFs take their time."""
    folder = tmp_path_factory.mktemp("台账") / "台账 一"
    folder.mkdir()
    shutil.copyfile(guxian_template, folder / "古县.db")
    with closing(files.open_ledger(folder / "古县.db")) as store:
        key = progress.find_obligation(store, None, 4, "财政局").id
        progress.save(store, key, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 1), text="轮训完成"))
        for name in ("培训通知.pdf", "签到表：一/二.png"):
            attach.add_pasted(store, key, "2024Q4", name.replace("/", "_"), f"内容 {name}".encode())
        hand_over.pack(store, folder / "移交.zip", Job(), version="0.1.0", as_of=DAY)
    return folder


@pytest.fixture
def filled(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    """The ledger, open."""
    shutil.copytree(made_once, tmp_path / "台账 一")
    with closing(files.open_ledger(tmp_path / "台账 一" / "古县.db")) as store:
        yield store


@pytest.fixture
def package(filled: Store) -> Path:
    """Its package."""
    return filled.path.with_name("移交.zip")


def opened(path: Path) -> Store:
    return files.open_ledger(path)


def same(one: Store, other: Path) -> None:
    """Same rows, and everything beside it."""
    with closing(opened(other)) as store:
        assert check.check(store, Job()) == ()
        assert status.plan_status(store, None, DAY).plain() == status.plan_status(one, None, DAY).plain()
        assert store.db.execute("SELECT hash FROM journal ORDER BY id").fetchall()[: len(journal(one))] == journal(one)


def journal(store: Store) -> list[tuple[str]]:
    return store.db.execute("SELECT hash FROM journal ORDER BY id").fetchall()


def test_a_backup_can_be_opened_where_it_lies(filled: Store, tmp_path: Path) -> None:
    made = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    assert (made.files, made.problems) == (2, ())
    same(filled, made.path)


def test_a_second_backup_copies_only_what_is_new(filled: Store, tmp_path: Path) -> None:
    """The files of the first one are linked where the disk can."""
    first = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    second = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    assert first.path != second.path
    files_of = [sorted(p for p in paths.evidence_folder(one.path).rglob("*") if p.is_file()) for one in (first, second)]
    assert [p.stat().st_ino for p in files_of[0]] == [p.stat().st_ino for p in files_of[1]]
    same(filled, second.path)


def test_a_file_that_was_altered_is_said_and_not_copied(filled: Store, tmp_path: Path) -> None:
    altered = next(p for p in paths.evidence_folder(filled.path).rglob("*.pdf"))
    altered.write_bytes(b"something else")
    made = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    assert made.problems == ("“培训通知”内容被改动过",)


def test_a_package_says_what_was_altered_and_what_may_be_secret(filled: Store, tmp_path: Path) -> None:
    altered = next(p for p in paths.evidence_folder(filled.path).rglob("*.pdf"))
    altered.write_bytes(b"something else")
    key = progress.find_obligation(filled, None, 4, "财政局").id
    attach.add_pasted(filled, key, "2024Q4", "机密 专报.pdf", b"x")
    packed = hand_over.pack(filled, tmp_path / "p.zip", Job(), version="1")
    assert packed.problems == ("“培训通知”内容被改动过",)
    assert packed.marked == ("机密 专报",)
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        said = archive.read("说明.txt").decode("utf-8-sig")
    assert "“培训通知”内容被改动过" in said
    assert "机密 专报" in said


def test_a_ledger_comes_back_from_a_backup(filled: Store, tmp_path: Path) -> None:
    made = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    back = safekeeping.restore(made.path, tmp_path / "新 位置" / "古县.db", Job())
    assert back.problems == ()
    same(filled, back.path)


def test_a_ledger_comes_back_from_a_package(filled: Store, package: Path, tmp_path: Path) -> None:
    assert hand_over.verify(package, Job()) == ()
    back = safekeeping.restore(package, tmp_path / "继任" / "古县.db", Job())
    assert (back.files, back.problems) == (2, ())
    same(filled, back.path)


def test_nothing_that_exists_is_replaced(filled: Store, tmp_path: Path) -> None:
    made = safekeeping.back_up_to(filled, tmp_path / "U盘", Job())
    before = filled.path.read_bytes()
    with pytest.raises(LedgerFileError, match="已存在"):
        safekeeping.restore(made.path, filled.path, Job())
    assert filled.path.read_bytes() == before


def test_a_package_is_read_without_the_program(package: Path, tmp_path: Path) -> None:
    """Names a person reads, an index as workbook and PDF, and a checksum for every file."""
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        assert "佐证材料/0001 培训通知.pdf" in names
        assert archive.read("佐证材料/0001 培训通知.pdf") == "内容 培训通知.pdf".encode()
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("校验清单.txt").decode().splitlines())
        for name in set(names) - {"校验清单.txt"}:
            assert sums[name] == hashlib.sha256(archive.read(name)).hexdigest(), name
        index = next(name for name in names if name.endswith("佐证材料目录.xlsx"))
        archive.extract(index, tmp_path)
        assert index.replace(".xlsx", ".pdf") in names
        assert "程序版本：0.1.0" in archive.read("说明.txt").decode("utf-8-sig")
        assert {"目录和一览/单位名册.xlsx", "目录和一览/操作日志.xlsx", "目录和一览/文件一览.pdf"} <= set(names)
        said = next(name for name in names if name.endswith("单位工作台账.xlsx"))
        for name in (said, "目录和一览/文件一览.xlsx"):
            archive.extract(name, tmp_path)
    assert "轮训完成" in words_of(tmp_path / said)
    listed = words_of(tmp_path / "目录和一览/文件一览.xlsx")
    assert {"佐证材料/0001 培训通知.pdf", "第4项 财政局"} <= listed
    assert any("培训通知" in cell for cell in words_of(tmp_path / index))


def words_of(book: Path) -> set[str]:
    """Every cell of a workbook."""
    sheets = openpyxl.load_workbook(book).worksheets
    return {str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}


def test_a_package_that_was_altered_on_its_way_is_told(package: Path, tmp_path: Path) -> None:
    """One byte of one file: the name is said; restoring it would say so too."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "p.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"x" + old.read(name)[1:] if name.endswith("培训通知.pdf") else old.read(name))
    (problem,) = hand_over.verify(tmp_path / "p.zip", Job())
    assert "佐证材料/0001 培训通知.pdf" in problem


@pytest.mark.parametrize("kind", ["text", "zip", "other database", "folder", "damaged package", "truncated backup"])
def test_what_is_no_backup_is_refused_in_a_sentence(filled: Store, package: Path, tmp_path: Path, kind: str) -> None:
    """And nothing is left where the ledger would have come."""
    source = tmp_path / "source"
    match kind:
        case "text":
            source.write_text("hello")
        case "zip":
            with zipfile.ZipFile(source, "w") as archive:
                archive.writestr("a.txt", "a")
        case "other database":
            with closing(sqlite3.connect(source)) as db:
                db.execute("CREATE TABLE a (b)")
        case "folder":
            source.mkdir()
        case "damaged package":
            data = bytearray(package.read_bytes())
            data[200:4000] = bytes(3800)
            source.write_bytes(data)
        case _:
            made = safekeeping.back_up_to(filled, tmp_path / "U盘", Job()).path
            shutil.copy(made, source)
            with source.open("r+b") as file:
                file.truncate(40_000)
    with pytest.raises(LedgerFileError):
        safekeeping.restore(source, tmp_path / "out" / "x.db", Job())
    assert not list((tmp_path / "out").rglob("*.db"))


def test_a_package_whose_list_leads_outside_takes_nothing_from_there(package: Path, tmp_path: Path) -> None:
    """Places are looked up inside the package only; what is not there is said."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "evil.zip", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "清单.json":
                manifest = json.loads(data)
                manifest["files"][0]["path"] = "../secret.txt"
                data = json.dumps(manifest).encode()
            new.writestr(name, data)
    back = safekeeping.restore(tmp_path / "evil.zip", tmp_path / "out" / "x.db", Job())
    assert back.problems == ("“培训通知”不见了",)


def test_cancelled_nothing_is_left(filled: Store, tmp_path: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        hand_over.pack(filled, tmp_path / "p.zip", job, version="1")
    with pytest.raises(Cancelled):
        safekeeping.back_up_to(filled, tmp_path / "U盘", job)
    assert not (tmp_path / "p.zip").exists()
    assert not list((tmp_path / "U盘").glob("*.db"))


def test_a_package_never_replaces_a_ledger(filled: Store) -> None:
    with pytest.raises(OutputError, match="是台账文件"):
        hand_over.pack(filled, filled.path, Job(), version="1")
