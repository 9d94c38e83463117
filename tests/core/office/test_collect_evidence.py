"""What lies beside a returned sheet: evidence goes to its measure, the stamped scan to the return, the rest to the tray."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from core.job import Job
from core.office import evidence as evidence_use
from core.office import progress, tray, undo
from core.office import received as received_use
from core.office.check import check
from core.office.collected import Collected, Fate
from core.office.evidence_names import number_in
from core.store import evidence, received
from core.store.database import Store
from tests.core.office.returned_files import (
    PERIOD,
    begun,
    collected,
    contents,
    file_of,
    filled,
    looked,
    numbers_of,
    record_of,
    sent,
)

PDF = b"%PDF-1.4\n%%EOF\n"


def put(path: Path) -> Path:
    """A file with content of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "文字".encode() if path.suffix == ".docx" else PDF
    path.write_bytes(data + path.name.encode())
    return path


def returned(store: Store, folder: Path, unit: str = "财政局", rows: int = 3) -> tuple[Path, list[int]]:
    """A sheet whose first rows are filled in."""
    path = sent(store, folder, unit)[unit]
    numbers = numbers_of(path)[:rows]
    filled(path, {number: begun(f"第{number}项办了") for number in numbers})
    return path, numbers


def fates(found: Collected) -> dict[str, tuple[Fate, int | None]]:
    return {one.name: (one.fate, one.measure_no) for one in found.loose if one.fate is not Fate.SKIPPED}


def evidence_of(store: Store, number: int, unit: str = "财政局") -> list[str]:
    row = record_of(store, number, unit)
    assert row is not None
    with store.reading() as db:
        return [item.name for item in evidence.of_progress(db, [row.id])]


@pytest.mark.parametrize(
    ("stem", "number"),
    [
        ("4-1 培训通知", (4, False)),
        ("4－1培训通知", None),
        ("(4)培训通知", (4, True)),
        ("措施4-培训通知", (4, False)),
        ("第4项 培训通知", (4, False)),
        ("第4季度报表", None),
        ("2024年培训", None),
        ("4-1-2 照片", None),
        ("12-25日会议", None),
        ("1、通知", None),
        ("1 通知", None),
        ("培训4-1", None),
    ],
)
def test_a_number_is_read_only_where_it_is_meant_as_one(stem: str, number: tuple[int, bool] | None) -> None:
    """Half-width: the name is put so before."""
    assert number_in(stem) == number


def test_evidence_beside_a_sheet_goes_to_its_measure(store: Store, tmp_path: Path) -> None:
    path, (first, second, third) = returned(store, tmp_path / "财政局")
    put(path.with_name(f"{first}-1 培训通知.pdf"))
    put(path.with_name(f"{first}－2 签到表.jpg"))
    put(path.with_name(f"（{second}）会议纪要.docx"))
    put(path.with_name(f"措施{third}-照片.png"))
    put(path.with_name("随手拍.docx"))

    found, accepted = collected(store, path.parent)

    assert fates(found) == {
        f"{first}-1 培训通知.pdf": (Fate.EVIDENCE, first),
        f"{first}－2 签到表.jpg": (Fate.EVIDENCE, first),
        f"（{second}）会议纪要.docx": (Fate.EVIDENCE, second),
        f"措施{third}-照片.png": (Fate.EVIDENCE, third),
        "随手拍.docx": (Fate.TRAY, None),
    }
    assert (accepted.rows, accepted.evidence) == (3, 4)
    assert evidence_of(store, first) == [f"{first}-1 培训通知.pdf", f"{first}－2 签到表.jpg"]
    assert evidence_of(store, third) == [f"措施{third}-照片.png"]
    assert [item.name for item in tray.tray(store)] == ["随手拍.docx"]
    assert check(store, Job()) == ()
    before = contents(store)
    again, accepted = collected(store, path.parent)
    assert not accepted.written
    assert {fate for fate, _ in fates(again).values()} == {Fate.KNOWN}
    assert contents(store) == before


def test_a_number_that_the_sheet_itself_names_goes_first(store: Store, tmp_path: Path) -> None:
    """Whatever its form: 附件一 under 佐证材料编号 is the file that begins so."""
    path, (first, _, _) = returned(store, tmp_path / "财政局")
    filled(path, {first: {"佐证材料编号": "附件一"}})
    put(path.with_name("附件一 方案.pdf"))
    assert fates(looked(store, path.parent))["附件一 方案.pdf"] == (Fate.EVIDENCE, first)


def test_nothing_is_attributed_on_a_guess(store: Store, tmp_path: Path) -> None:
    """Several units in one folder; a measure the unit does not owe; a name that contradicts its folder."""
    folder = tmp_path / "收到"
    money, (first, _, _) = returned(store, folder)
    justice, _ = returned(store, folder, "司法局")
    put(folder / f"{first}-1 通知.pdf")
    put(folder / f"财政局{first}-1 通知.pdf")
    put(folder / f"{first}-3 财政局关于培训的通知.pdf")
    put(folder / "财政局 999-1 照片.jpg")
    alone = tmp_path / "单独" / "财政局"
    shutil.copytree(folder, tmp_path / "备份")
    alone.mkdir(parents=True)
    shutil.copy(money, alone)
    put(alone / f"司法局{first}-1 照片.jpg")

    found = looked(store, folder)
    said = fates(found)
    assert said[f"{first}-1 通知.pdf"][0] is Fate.TRAY
    assert said[f"财政局{first}-1 通知.pdf"] == (Fate.EVIDENCE, first)
    assert said[f"{first}-3 财政局关于培训的通知.pdf"][0] is Fate.TRAY
    assert said["财政局 999-1 照片.jpg"][0] is Fate.TRAY
    assert justice.exists()
    assert fates(looked(store, alone))[f"司法局{first}-1 照片.jpg"][0] is Fate.TRAY


def test_evidence_in_the_units_own_folder_or_zip(store: Store, tmp_path: Path) -> None:
    """The sheet lies above, the evidence in folders of the units; or all in a zip."""
    top = tmp_path / "回收"
    money, (first, _, _) = returned(store, top)
    justice, (other, _, _) = returned(store, top, "司法局")
    put(top / "财政局佐证材料" / f"{first}-1 通知.pdf")
    put(top / "司法局" / f"{other}-1 方案.pdf")
    found = looked(store, top)
    assert {one.name: one.unit for one in found.loose if one.fate is Fate.EVIDENCE} == {
        f"{first}-1 通知.pdf": "财政局",
        f"{other}-1 方案.pdf": "司法局",
    }
    pack = tmp_path / "财政局.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.write(money, "报送/表.xlsx")
        archive.writestr(f"报送/佐证/{first}-1 通知.pdf", PDF + b"zip")
    (one,) = looked(store, pack).loose
    assert (one.fate, one.unit, one.measure_no) == (Fate.EVIDENCE, "财政局", first)
    assert justice.exists()


def test_the_stamped_scan_goes_to_the_return(store: Store, tmp_path: Path) -> None:
    """By the name of the sheet, by the word, or as the only scan; who returned without one is listed."""
    tops = {}
    for unit, scan in (
        ("财政局", "{stem}.pdf"),
        ("司法局", "盖章扫描件.jpg"),
        ("水利局", "IMG_0001.jpg"),
        ("林业局", ""),
    ):
        path, _ = returned(store, tmp_path / unit, unit)
        tops[unit] = path
        if scan:
            put(path.with_name(scan.format(stem=path.stem)))
    found, _ = collected(store, *(path.parent for path in tops.values()))
    assert {one.unit for one in found.loose if one.fate is Fate.STAMP} == {"财政局", "司法局", "水利局"}
    assert file_of(found, "水利局").stamps == ("IMG_0001.jpg",)
    state = received_use.received(store, None, PERIOD)
    assert state.without_stamp == ("林业局",)
    assert not tray.tray(store)
    late = put(tmp_path / "后来" / f"{tops['林业局'].stem}（盖章）.pdf")
    collected(store, late)
    assert received_use.received(store, None, PERIOD).without_stamp == ()


def test_two_scans_without_a_number_are_not_guessed(store: Store, tmp_path: Path) -> None:
    path, _ = returned(store, tmp_path / "财政局")
    put(path.with_name("IMG_0001.jpg"))
    put(path.with_name("IMG_0002.jpg"))
    assert {fate for fate, _ in fates(looked(store, path.parent)).values()} == {Fate.TRAY}


def test_a_workbook_may_be_evidence(store: Store, tmp_path: Path) -> None:
    import openpyxl

    path, (first, _, _) = returned(store, tmp_path / "财政局")
    book = openpyxl.Workbook()
    book.active.append(["姓名", "学时"])
    book.save(path.with_name(f"{first}-1 培训名单.xlsx"))
    found, accepted = collected(store, path.parent)
    assert [file.unit for file in found.files] == ["财政局"]
    assert accepted.evidence == 1
    assert evidence_of(store, first) == [f"{first}-1 培训名单.xlsx"]


def test_evidence_of_a_row_that_is_not_written_waits(store: Store, tmp_path: Path) -> None:
    """An entry is not made out of a file: the row was wrong, nobody knows what it says."""
    path = sent(store, tmp_path / "财政局", "财政局")["财政局"]
    good, bad, *_ = numbers_of(path)
    filled(path, {good: begun(), bad: {"状态": "看情况"}})
    put(path.with_name(f"{bad}-1 照片.jpg"))
    found, accepted = collected(store, path.parent)
    (one,) = found.tray
    assert (one.unit, one.measure_no) == ("财政局", bad)
    assert accepted.evidence == 0
    assert record_of(store, bad, "财政局") is None
    (item,) = tray.tray(store)
    assert item.suggested == progress.find_obligation(store, None, bad, "财政局").id


def test_what_waits_is_assigned_by_hand(store: Store, tmp_path: Path) -> None:
    path, (first, *_) = returned(store, tmp_path / "财政局")
    for name in ("甲.docx", "乙.jpg", "丙.jpg"):
        put(path.with_name(name))
    collected(store, path.parent)
    by_name = {item.name: item.id for item in tray.tray(store)}
    obligation = progress.find_obligation(store, None, first, "财政局").id

    tray.assign_to_obligation(store, by_name["甲.docx"], obligation, PERIOD)
    tray.assign_as_stamp(store, by_name["乙.jpg"], None, PERIOD, "财政局")
    tray.ignore(store, by_name["丙.jpg"], "与工作无关")

    assert evidence_of(store, first) == ["甲.docx"]
    assert not tray.tray(store)
    assert received_use.received(store, None, PERIOD).without_stamp == ()
    undo.undo(store)
    assert [item.name for item in tray.tray(store)] == ["丙.jpg"]


def test_the_same_content_twice_is_stored_once(store: Store, tmp_path: Path) -> None:
    path, (first, second, _) = returned(store, tmp_path / "财政局")
    for name in (f"{first}-1 通知.pdf", f"{first}-2 通知副本.pdf", f"{second}-1 通知.pdf"):
        path.with_name(name).write_bytes(PDF)
    found, accepted = collected(store, path.parent)
    assert sorted(fate for fate, _ in fates(found).values()) == [Fate.EVIDENCE, Fate.EVIDENCE, Fate.KNOWN]
    assert accepted.evidence == 2
    with store.reading() as db:
        assert len(evidence.everything(db)) == 1
        assert len(received.everything(db)) == 3
    assert len(evidence_use.evidence_rows(store, [1])[0].also) == 2
