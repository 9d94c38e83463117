"""The files behind the catalogue: named, checked, whole or not at all."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import Cancelled, InvalidError, OutputError
from core.job import Job
from core.office import attach, evidence, evidence_package
from core.office.documents import Asked
from core.office.evidence_package import write_package
from core.office.overview import overview
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD

ASKED = Asked(None, AS_OF, PERIOD)


def add(store: Store, folder: Path, place: int, *names: str) -> list[int]:
    """Evidence for one obligation of the plan; gives the files' numbers."""
    item = overview(store, None, AS_OF).obligations[place]
    paths = []
    for name in names:
        paths.append(folder / name)
        paths[-1].write_text(f"{place}{name}", encoding="utf-8")
    return [row.id for row in attach.add_evidence(store, item.id, PERIOD, paths, Job()).rows]


def describe(store: Store, evidence_id: int, title: str) -> None:
    evidence.describe(
        store,
        evidence_id,
        title=title,
        number=None,
        category="文件",
        proves_on=date(2024, 11, 5),
        pages=None,
    )


def test_files_are_named_by_measure_unit_title_and_date(store, tmp_path) -> None:
    """By their numbers of the catalogue, which names them so too; signs that no system allows go."""
    first, second = add(store, tmp_path, 0, "a.txt", "b.TXT")
    for key in (first, second):
        describe(store, key, "关于培训/学习的通知：第1次")
    unit = overview(store, None, AS_OF).obligations[0].unit
    made = write_package(store, ASKED, tmp_path / "佐证", Job())
    names = sorted(path.name for path in (tmp_path / "佐证").iterdir())
    sheet = openpyxl.load_workbook(tmp_path / "佐证" / "佐证材料目录.xlsx").worksheets[0]
    listed = {str(cell.value) for row in sheet.iter_rows() for cell in row}

    said = f"{unit}-关于培训学习的通知：第1次-20241105.txt"
    assert names == [f"1-1-{said}", f"1-2-{said}", "佐证材料目录.pdf", "佐证材料目录.xlsx"]
    assert set(names) - {"佐证材料目录.pdf", "佐证材料目录.xlsx"} <= listed
    assert (made.files, made.problems) == (2, ())


def test_a_zip_holds_the_same(store, tmp_path) -> None:
    """It replaces one of the same name; nothing else is left beside it."""
    add(store, tmp_path, 0, "甲.txt")
    add(store, tmp_path, 70, "乙.txt")
    folder = tmp_path / "交"
    folder.mkdir()
    target = folder / "包.zip"
    target.write_bytes(b"old")
    write_package(store, ASKED, target, Job())

    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 4
        assert sum(bool(re.fullmatch(r"\d+-\d+-.+-[甲乙]-\d{8}\.txt", name)) for name in archive.namelist()) == 2
    assert [path.name for path in folder.iterdir()] == ["包.zip"]


def test_missing_and_altered_files_are_named(store, tmp_path) -> None:
    one, two = add(store, tmp_path, 0, "甲.txt", "乙.txt")
    rows = {row.id: row for row in evidence.evidence_rows(store, [one, two])}
    rows[one].path.unlink()
    rows[two].path.write_text("改过", encoding="utf-8")
    made = write_package(store, ASKED, tmp_path / "包.zip", Job())

    assert made.files == 1
    assert "甲”的文件不在" in made.problems[0]
    assert "乙”的内容与收到时不同" in made.problems[1]


def test_what_is_marked_secret_is_left_out(store, tmp_path) -> None:
    """By its name it is in no catalogue, by its first page it is named as left out."""
    with zipfile.ZipFile(tmp_path / "通知.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:p><w:t>秘密★1年</w:t></w:p><w:p><w:t>通知</w:t></w:p>")
    item = overview(store, None, AS_OF).obligations[0]
    attach.add_evidence(store, item.id, PERIOD, [tmp_path / "通知.docx"], Job())
    add(store, tmp_path, 0, "公开.txt", "机密.txt")
    made = write_package(store, ASKED, tmp_path / "包.zip", Job())
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        names = " ".join(archive.namelist())

    assert made.files == 1
    assert "公开" in names
    assert "通知" not in names
    assert "机密" not in names
    assert "没有放入" in made.problems[0]


def test_a_folder_with_something_in_it_stays(store, tmp_path) -> None:
    add(store, tmp_path, 0, "甲.txt")
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "别人的.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="已有内容"):
        write_package(store, ASKED, tmp_path / "满", Job())
    with pytest.raises(OutputError, match="台账文件"):
        write_package(store, ASKED, store.path, Job())

    assert [path.name for path in (tmp_path / "满").iterdir()] == ["别人的.txt"]


def test_a_cancelled_package_leaves_nothing(store, tmp_path) -> None:
    """Not even a part of it; the old zip stays."""
    add(store, tmp_path, 0, *(f"{n}.txt" for n in range(5)))
    folder = tmp_path / "交"
    folder.mkdir()
    (folder / "包.zip").write_bytes(b"old")
    job = Job(lambda done, _total, _label: job.cancel() if done == 3 else None)
    with pytest.raises(Cancelled):
        write_package(store, ASKED, folder / "包.zip", job)

    assert [path.name for path in folder.iterdir()] == ["包.zip"]
    assert (folder / "包.zip").read_bytes() == b"old"


def test_nothing_to_hand_out_is_told(store, tmp_path) -> None:
    with pytest.raises(InvalidError, match="没有可以列入目录"):
        write_package(store, ASKED, tmp_path / "包", Job())


def test_a_zip_lists_its_files_by_number(tmp_path) -> None:
    """As the catalogue does: the seventh before the tenth, the catalogue before both."""
    names = ["10-1-公安局-甲.pdf", "7-10-公安局-乙.pdf", "7-7-公安局-丙.pdf", "佐证材料目录.pdf"]
    ordered = sorted((tmp_path / name for name in names), key=evidence_package._in_order)

    assert [path.name for path in ordered] == names[::-1]
