"""佐证材料: versions, what a check finds, what is 已完成 without proof. With real files."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from core.errors import EvidenceError, NotFoundError
from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, check, evidence, evidence_versions, forms, history, progress, search, undo, warnings
from core.office.evidence import EvidenceRow
from core.office.form_value import FormValue
from core.store import plans as plan_rows
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2024, 12, 1)
DONE = FormValue(EntryState.DONE, done_on=date(2024, 11, 2), text="已办结。")


def key_of(store: Store, no: int = 1, unit: str = "财政局") -> int:
    return progress.find_obligation(store, None, no, unit).id


def add(store: Store, file: Path, text: str = "", key: int | None = None) -> EvidenceRow:
    if text:
        file.write_text(text, encoding="utf-8")
    (row,) = attach.add_evidence(store, key or key_of(store), Q4, [file], Job()).rows
    return row


def shown(store: Store, key: int) -> list[str]:
    return [row.path.read_text(encoding="utf-8") for row in forms.form(store, key, Q4, DAY).evidence]


class TestVersions:
    def test_a_newer_file_stands_wherever_the_older_one_stood(self, store: Store, tmp_path: Path) -> None:
        one, two = key_of(store), key_of(store, 2)
        old = add(store, tmp_path / "纪要.txt", "初稿", one)
        attach.reuse_evidence(store, two, Q4, old.id)
        evidence.describe(
            *(store, old.id),
            title="会议纪要",
            number="〔2024〕7号",
            category="会议材料",
            proves_on=DAY,
            pages=2,
            note="盖章",
        )
        newer = tmp_path / "纪要 定稿.txt"
        newer.write_text("定稿", encoding="utf-8")
        added = evidence_versions.add_version(store, old.id, newer, Job())
        (row,) = added.rows

        assert (shown(store, one), shown(store, two)) == (["定稿"], ["定稿"])
        assert added.changes.obligations == {one, two}
        assert added.changes.measures == {1, 2}
        assert (row.title, row.number, row.category, row.proves_on) == ("会议纪要", "〔2024〕7号", "会议材料", DAY)
        assert (row.note, row.replaces, row.received_on) == ("盖章", old.id, date.today())

    def test_the_older_one_stays_readable_and_listed(self, store: Store, tmp_path: Path) -> None:
        first = add(store, tmp_path / "甲.txt", "一")
        for text in ("二", "三"):
            newest = evidence_versions.versions(store, first.id)[0]
            file = tmp_path / f"{text}.txt"
            file.write_text(text, encoding="utf-8")
            evidence_versions.add_version(store, newest.id, file, Job())
        rows = evidence_versions.versions(store, first.id)

        assert [row.path.read_text(encoding="utf-8") for row in rows] == ["三", "二", "一"]
        assert [row.replaced_by for row in rows] == [None, rows[0].id, rows[1].id]
        assert evidence_versions.versions(store, rows[0].id) == rows

    def test_a_file_with_both_versions_keeps_the_new_one_once(self, store: Store, tmp_path: Path) -> None:
        old = add(store, tmp_path / "甲.txt", "一")
        add(store, tmp_path / "乙.txt", "二")
        evidence_versions.add_version(store, old.id, tmp_path / "乙.txt", Job())

        assert shown(store, key_of(store)) == ["二"]

    def test_a_file_that_the_ledger_held_is_said(self, store: Store, tmp_path: Path) -> None:
        old = add(store, tmp_path / "甲.txt", "一")
        add(store, tmp_path / "乙.txt", "二")

        assert evidence_versions.add_version(store, old.id, tmp_path / "乙.txt", Job()).already == ("乙",)

    def test_what_is_no_newer_version_is_refused(self, store: Store, tmp_path: Path) -> None:
        a, b, c = (tmp_path / name for name in ("甲.txt", "乙.txt", "丙.txt"))
        old = add(store, a, "一")
        with pytest.raises(EvidenceError, match="完全一样"):
            evidence_versions.add_version(store, old.id, a, Job())
        b.write_text("二", encoding="utf-8")
        (new,) = evidence_versions.add_version(store, old.id, b, Job()).rows
        with pytest.raises(EvidenceError, match="已有更新的版本"):
            evidence_versions.add_version(store, old.id, b, Job())
        with pytest.raises(EvidenceError, match="旧版本"):
            evidence_versions.add_version(store, new.id, a, Job())
        other = add(store, c, "三", key_of(store, 2))
        with pytest.raises(EvidenceError, match="另一份材料"):
            evidence_versions.add_version(store, other.id, b, Job())
        with pytest.raises(NotFoundError):
            evidence_versions.add_version(store, 999, c, Job())

    def test_an_older_version_is_found_and_leads_to_the_newest(self, store: Store, tmp_path: Path) -> None:
        old = add(store, tmp_path / "旧名字.txt", "一")
        (tmp_path / "新.txt").write_text("二", encoding="utf-8")
        (new,) = evidence_versions.add_version(store, old.id, tmp_path / "新.txt", Job()).rows
        evidence.describe(store, new.id, title="新名字", number=None, category="文件", proves_on=None, pages=None)
        (hit,) = (hit for hit in search.search(store, None, "旧名字") if hit.kind == "evidence")

        assert (hit.evidence_id, hit.note) == (new.id, "旧名字.txt，旧版本")

    def test_it_is_taken_back(self, store: Store, tmp_path: Path) -> None:
        old = add(store, tmp_path / "甲.txt", "一")
        (tmp_path / "乙.txt").write_text("二", encoding="utf-8")
        evidence_versions.add_version(store, old.id, tmp_path / "乙.txt", Job())
        undo.undo(store)

        assert shown(store, key_of(store)) == ["一"]
        assert len(evidence_versions.versions(store, old.id)) == 1


class TestDescription:
    def test_day_received_and_note_are_written_and_told(self, store: Store, tmp_path: Path) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        said = {"title": "甲", "number": None, "category": "文件", "proves_on": None, "pages": None}
        evidence.describe(store, row.id, **said, received_on=date(2024, 11, 5), note=" 传真 ")
        (now,) = evidence.evidence_rows(store, [row.id])
        assert (now.received_on, now.note) == (date(2024, 11, 5), "传真")
        evidence.describe(store, row.id, **said)
        assert evidence.evidence_rows(store, [row.id]) == (now,)
        with store.reading() as db:
            entry = db.execute("SELECT after FROM journal WHERE action = '修改佐证材料'").fetchone()[0]
        assert "2024-11-05" in entry
        assert "传真" in entry

    def test_the_same_file_twice_is_stored_once_and_said(self, store: Store, tmp_path: Path) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        (tmp_path / "副本.txt").write_text("一", encoding="utf-8")
        added = attach.add_evidence(store, key_of(store, 2), Q4, [tmp_path / "副本.txt"], Job())

        assert (added.rows[0].id, added.already) == (row.id, ("甲",))
        assert len([file for file in row.path.parent.parent.rglob("*") if file.is_file()]) == 1


class TestDamage:
    def test_a_missing_file_is_shown_and_found_by_check(self, store: Store, tmp_path: Path) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        row.path.unlink()
        (now,) = evidence.evidence_rows(store, [row.id])

        assert (now.missing, now.altered) == (True, False)
        assert check.check(store, Job()) == ("佐证材料“甲”不见了",)

    def test_another_size_is_seen_at_once(self, store: Store, tmp_path: Path) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        row.path.write_text("一二三", encoding="utf-8")

        assert evidence.evidence_rows(store, [row.id])[0].altered

    def test_other_bytes_of_the_same_size_are_known_after_a_check_until_the_file_changes(
        self, store: Store, tmp_path: Path
    ) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        row.path.write_text("二", encoding="utf-8")
        assert not evidence.evidence_rows(store, [row.id])[0].altered
        assert check.check(store, Job()) == ("佐证材料“甲”内容被改动过",)
        assert evidence.evidence_rows(store, [row.id])[0].altered
        row.path.write_text("一", encoding="utf-8")
        later = row.path.stat().st_mtime + 60
        os.utime(row.path, (later, later))
        assert not evidence.evidence_rows(store, [row.id])[0].altered
        assert check.check(store, Job()) == ()

    def test_what_a_check_remembers_is_no_act(self, store: Store, tmp_path: Path) -> None:
        row = add(store, tmp_path / "甲.txt", "一")
        row.path.write_text("二", encoding="utf-8")
        label = undo.undo_label(store)
        check.check(store, Job())

        assert undo.undo_label(store) == label


class TestDoneWithoutEvidence:
    def test_what_is_done_and_not_proved_is_listed(self, store: Store, tmp_path: Path) -> None:
        for no in (2, 1):
            progress.save(store, key_of(store, no), Q4, DONE)
        progress.save(store, key_of(store, 3), Q4, FormValue(EntryState.IN_PROGRESS, text="在办"))
        found = warnings.done_without_evidence(store, None, DAY)
        assert [(row.measure_no, row.unit) for row in found] == [(1, "财政局"), (2, "财政局")]
        add(store, tmp_path / "甲.txt", "一")
        assert [row.measure_no for row in warnings.done_without_evidence(store, None, DAY)] == [2]

    def test_before_it_was_done_nothing_is_missing(self, store: Store) -> None:
        progress.save(store, key_of(store), Q4, DONE)

        assert warnings.done_without_evidence(store, None, date(2024, 11, 1)) == ()


def test_the_history_of_a_measure_tells_of_the_undoing(store: Store) -> None:
    progress.save(store, key_of(store), Q4, DONE)
    undo.undo(store)
    with store.reading() as db:
        line = history.history_of(db, plan_rows.measure_ids(db, 1)[1])[0]

    assert line.text.startswith("撤销“填报进展”：第1项 财政局，2024年第四季度。状态 已完成 → 无")
