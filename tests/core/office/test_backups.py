"""Backups with their evidence: tried when made, linked or copied once, before every large change."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core import paths
from core.errors import Cancelled, LedgerFileError
from core.job import Job
from core.model.ledger import Light
from core.office import attach, backups, bundled, check, files, progress, reading, second_place, unit_merge
from core.office.second_place import SecondPlace
from core.settings import Settings
from core.store import backup, trial
from core.store.database import Store
from core.store.evidence_files import SHARED

NOW = datetime(2026, 11, 21, 18, 0).astimezone()


@pytest.fixture
def filled(store: Store) -> Store:
    """A ledger with two files of evidence."""
    key = progress.find_obligation(store, None, 4, "财政局").id
    for name in ("通知.pdf", "签到表.png"):
        attach.add_pasted(store, key, "2024Q4", name, f"内容 {name}".encode())
    return store


def kept_in(place: Path) -> dict[str, int]:
    """The evidence in a folder of backups, each with its inode."""
    return {file.name: file.stat().st_ino for file in (place / SHARED).glob("??/*")}


def test_a_backup_holds_its_evidence_and_takes_no_room_for_it(filled: Store) -> None:
    """Linked to the ledger's own files; the second one finds them there."""
    first = backups.back_up(filled, Job())
    second = backups.back_up(filled, Job())

    assert (first.new, second.new, second.problems) == (2, 0, ())
    own = {file.name: file.stat().st_ino for file in paths.evidence_folder(filled.path).glob("??/*")}
    assert kept_in(backups.folder(filled)) == own
    with closing(files.open_ledger(second.path, read_only=True)) as opened:
        assert check.check(opened, Job()) == ()  # opened where it lies it finds its evidence
    assert [one.kind for one in backups.backups(filled)] == ["手动", "手动"]
    assert all(one.is_tried for one in backups.backups(filled))


def test_on_a_disk_without_links_only_what_is_new_is_copied(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert backups.back_up(filled, Job()).new == 2
    copies = kept_in(backups.folder(filled))
    key = progress.find_obligation(filled, None, 5, "财政局").id
    attach.add_pasted(filled, key, "2024Q4", "新.pdf", b"new")

    assert backups.back_up(filled, Job()).new == 1
    assert copies.items() <= kept_in(backups.folder(filled)).items()


def test_evidence_that_was_altered_is_said_and_does_not_reach_the_backup(filled: Store) -> None:
    altered = next(paths.evidence_folder(filled.path).rglob("*.pdf"))
    altered.write_bytes(b"something else")
    made = backups.back_up(filled, Job())

    assert made.problems == ("“通知”内容被改动过",)
    assert altered.name not in kept_in(backups.folder(filled))


def test_damage_in_the_backups_is_found_within_a_month_and_mended(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "")))
    backups.back_up(filled, Job())
    copy = next((backups.folder(filled) / SHARED).rglob("*.pdf"))
    whole = copy.read_bytes()
    copy.write_bytes(b"rot")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(32)]
    assert sum(backups.is_due(copy.stem, day) for day in days) == 1

    monkeypatch.setattr(backups, "is_due", lambda _sha, _day: True)
    assert backups.back_up(filled, Job()).new == 1
    assert copy.read_bytes() == whole


def test_a_copy_that_fails_its_trial_is_no_backup(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that came out wrong, a row too few: nothing gets the name of a backup."""

    def damaged(db: sqlite3.Connection, target: Path, job: Job | None = None) -> None:
        whole(db, target, job)
        with target.open("r+b") as file:
            file.seek(20_000)
            file.write(b"\xa5" * 9_000)

    def poorer(db: sqlite3.Connection, target: Path, job: Job | None = None) -> None:
        whole(db, target, job)
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("DELETE FROM setting WHERE key = 'office'")
            copy.execute("DELETE FROM progress_evidence")
            copy.commit()

    whole = backup.copy_to
    for wrong in (damaged, poorer):
        monkeypatch.setattr(backup, "copy_to", wrong)
        with pytest.raises(LedgerFileError, match=r"不完好|损坏"):
            backups.back_up(filled, Job())
        assert list(backups.folder(filled).iterdir()) == []


def test_a_save_during_the_copy_is_no_fault(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window goes on writing; the copy is taken again and is whole."""
    key = progress.find_obligation(filled, None, 6, "财政局").id
    whole, seen = backup.copy_to, []

    def writes(db: sqlite3.Connection, target: Path, job: Job | None = None) -> None:
        whole(db, target, job)
        if not seen:
            seen.append(attach.add_pasted(filled, key, "2024Q4", "同时.pdf", b"meanwhile"))

    monkeypatch.setattr(backup, "copy_to", writes)
    with closing(filled.worker()) as own:
        made = backups.back_up(own, Job())

    with closing(trial.reader(made.path)) as copy:
        assert trial.content_of(copy) == trial.content_of(filled.db)


def test_cancelled_nothing_is_left_of_it(filled: Store) -> None:
    def cancel(_done: int, _total: int, label: str) -> None:
        if label == "正在备份台账":
            during.cancel()

    during, at_once = Job(cancel), Job()
    at_once.cancel()
    for stopped in (during, at_once):
        with pytest.raises(Cancelled):
            backups.back_up(filled, stopped)
        assert not list(backups.folder(filled).glob("*.part*"))


class TestBeforeALargeChange:
    def test_a_series_of_the_same_act_has_one(self, filled: Store) -> None:
        for act in ("回收", "回收", "导入"):
            backups.before(filled, act)
        assert sorted(one.kind for one in backups.backups(filled)) == ["回收前", "导入前"]

    def test_import_and_merge_make_one(self, filled: Store) -> None:
        reading.import_plan(filled, bundled.load("suizhou"), None, Job())
        assert backups.backups(filled)[0].kind == "导入前"
        unit_merge.merge_units(filled, "水利局", "林业局")
        assert "合并单位前" in {one.kind for one in backups.backups(filled)}

    def test_without_it_nothing_is_begun(self, filled: Store) -> None:
        backups.folder(filled).write_text("in the way", encoding="utf-8")
        with pytest.raises(LedgerFileError, match="合并单位前没有备份成，没有改动"):
            unit_merge.merge_units(filled, "水利局", "林业局")
        assert filled.db.execute("SELECT count(*) FROM unit WHERE name = '水利局'").fetchone() == (1,)


def test_a_long_check_ends_where_it_is_cancelled(filled: Store) -> None:
    """Closing the window does not wait for SQLite to look at every page."""
    job = Job()
    job.cancel()
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"
    with pytest.raises(Cancelled), trial.cancelled_by(filled.db, job):
        filled.db.execute(count)
    assert filled.db.execute("SELECT count(*) FROM plan").fetchone() == (1,)


def test_only_backups_of_this_ledger_are_taken_away(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that was deleted and begun anew under its name leaves its backups behind: they stay."""
    place = backups.folder(filled)
    other = filled.path.with_name("别的.db")
    files.create_ledger(other, "blank").close()
    place.mkdir()
    for day in range(1, 21):
        (place / f"古县 2020-01-{day:02} 080000 打开时.db").write_bytes(other.read_bytes())
    swapped = place / "古县 2020-02-01 080000 恢复前.db"
    swapped.write_bytes(b"what a restored file took the place of, damaged")
    for day in range(1, 15):
        (place / f"古县 2021-01-{day:02} 080000 打开时.db").write_bytes(filled.path.read_bytes())
    backups.back_up(filled, Job())

    left = [one.path.name for one in backups.backups(filled)]
    assert sum("2020-01" in name for name in left) == 20
    assert swapped.exists()
    assert sum("2021-01" in name for name in left) < 14


class TestSecondPlace:
    def test_it_goes_with_a_ledger_that_is_moved(self, tmp_path: Path) -> None:
        settings = Settings()
        place = SecondPlace(tmp_path / "U盘", NOW, "磁盘空间已满")
        second_place.remember(settings, tmp_path / "a.db", place)
        second_place.follow(settings, tmp_path / "a.db", tmp_path / "b.db")
        assert second_place.place_of(settings, tmp_path / "a.db") is None
        assert second_place.place_of(settings, tmp_path / "b.db") == place

    @pytest.mark.parametrize("raw", [None, "text", {}, {"folder": ""}])
    def test_what_was_written_by_hand_is_no_place(self, raw: object) -> None:
        settings = Settings(second_places={str(Path("a.db")): raw})  # type: ignore[dict-item]
        assert second_place.place_of(settings, Path("a.db")) is None

    def test_the_tried_backup_goes_there_with_evidence_and_only_new_files_later(
        self, filled: Store, tmp_path: Path
    ) -> None:
        stick = tmp_path / "U盘"
        stick.mkdir()
        made = backups.back_up(filled, Job())
        place = second_place.copy_there(filled.path, made.path, SecondPlace(stick), Job())

        assert place.problem == ""
        assert place.at is not None
        there = stick / "古县.备份"
        assert (there / made.path.name).read_bytes() == made.path.read_bytes()
        copies = kept_in(there)
        assert len(copies) == 2
        second_place.copy_there(filled.path, backups.back_up(filled, Job(), "打开时").path, place, Job())
        assert kept_in(there) == copies
        with closing(files.open_ledger(there / made.path.name, read_only=True)) as opened:
            assert check.check(opened, Job()) == ()

    def test_another_ledger_of_that_name_has_a_folder_of_its_own(self, filled: Store, tmp_path: Path) -> None:
        other = tmp_path / "另县" / "古县.db"
        other.parent.mkdir()
        stick = tmp_path / "U盘"
        stick.mkdir()
        made = backups.back_up(filled, Job())
        second_place.copy_there(filled.path, made.path, SecondPlace(stick), Job())
        with closing(files.create_ledger(other)) as begun:
            its = backups.back_up(begun, Job())
            second_place.copy_there(other, its.path, SecondPlace(stick), Job())
        assert (stick / "古县.备份" / made.path.name).is_file()
        assert (stick / "古县.备份(2)" / its.path.name).is_file()

    def test_a_stick_that_is_not_there_is_said_and_no_folder_is_made(self, filled: Store, tmp_path: Path) -> None:
        made = backups.back_up(filled, Job())
        before = SecondPlace(tmp_path / "没有插上", NOW)
        place = second_place.copy_there(filled.path, made.path, before, Job())
        assert (place.at, place.problem) == (NOW, f"找不到“{tmp_path / '没有插上'}”")
        assert not before.folder.exists()

    def test_a_share_that_does_not_answer_keeps_nobody_waiting(
        self, filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        held = threading.Event()
        monkeypatch.setattr(second_place, "_ANSWER_SECONDS", 0.2)
        monkeypatch.setattr(Path, "is_dir", lambda _self: held.wait(20))
        place = second_place.copy_there(filled.path, filled.path, SecondPlace(tmp_path), Job())
        held.set()
        assert place.problem.startswith("找不到")

    @pytest.mark.skipif(os.name != "posix", reason="a full disk of POSIX")
    def test_a_full_stick_is_said_and_keeps_no_half_file(
        self, filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_words: object) -> None:
            raise OSError(errno.ENOSPC, "full")

        made = backups.back_up(filled, Job())
        monkeypatch.setattr(second_place, "_copy", full)
        place = second_place.copy_there(filled.path, made.path, SecondPlace(tmp_path), Job())
        assert place.problem == "磁盘空间已满"
        assert not list((tmp_path / "古县.备份").glob("*.*"))

    @pytest.mark.parametrize(
        ("days", "problem", "light", "said"),
        [
            (0, "", Light.NORMAL, "最近一份是今天的"),
            (6, "", Light.NORMAL, "最近一份是 6 天前的"),
            (7, "", Light.DUE_SOON, "最近一份是 7 天前的"),
            (30, "", Light.OVERDUE, "最近一份是 30 天前的"),
            (1, "找不到“E:\\”", Light.DUE_SOON, "最近一份是昨天的；上次没有成功：找不到“E:\\”"),
            (None, "找不到“E:\\”", Light.OVERDUE, "还没有复制过去：找不到“E:\\”"),
        ],
    )
    def test_the_light_tells_how_old_it_is(self, days: int | None, problem: str, light: Light, said: str) -> None:
        at = None if days is None else NOW - timedelta(days=days)
        assert second_place.light_of(SecondPlace(Path("E:/"), at, problem), NOW) == (light, said)

    def test_without_a_place_there_is_no_light_but_a_reason(self) -> None:
        light, said = second_place.light_of(None, NOW)
        assert light is None
        assert "一起丢失" in said


def test_a_link_that_got_no_further_is_never_written_into(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half linked, then copied: the copy must not go into the ledger's own file, which has the same contents."""
    own = {file: file.read_bytes() for file in paths.evidence_folder(filled.path).glob("??/*")}
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if self.stat().st_nlink > 1:
            raise OSError(errno.EIO, "")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    written = Path.open

    def dies(self: Path, mode: str = "r", *words: object, **more: object) -> object:
        if mode == "wb" and self.suffix == ".part":
            written(self, "wb").close()
            raise OSError(errno.EIO, "")
        return written(self, mode, *words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", dies)
    assert backups.back_up(filled, Job()).problems[0].startswith("佐证材料没有备份完")
    monkeypatch.undo()
    assert {file: file.read_bytes() for file in own} == own
