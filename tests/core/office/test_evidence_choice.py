"""选用已有: what is offered of the evidence the ledger holds."""

from __future__ import annotations

from pathlib import Path

from core.job import Job
from core.office import attach, evidence, evidence_choice, evidence_versions, progress
from core.store.database import Store

Q4 = "2024Q4"


def taken_in(store: Store, folder: Path, *names: str) -> list[int]:
    key = progress.find_obligation(store, None, 1, "财政局").id
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    return [row.id for row in attach.add_evidence(store, key, Q4, [folder / name for name in names], Job()).rows]


def titles(found: evidence_choice.Choice) -> list[str]:
    return [row.title for row in found.rows]


def test_every_word_must_be_somewhere_and_the_newest_comes_first(store: Store, tmp_path: Path) -> None:
    """Title, 文号, category, remark and file name count, in any case of letters."""
    first, second = taken_in(store, tmp_path, "培训通知.docx", "签到表.XLSX")
    evidence.describe(
        store,
        first,
        title="培训通知",
        number="古司发〔2024〕9号",
        category="文件",
        proves_on=None,
        pages=None,
        note="盖章件",
    )

    assert titles(evidence_choice.choice(store)) == ["签到表", "培训通知"]
    assert titles(evidence_choice.choice(store, "9号 盖章")) == ["培训通知"]
    assert titles(evidence_choice.choice(store, "xlsx")) == ["签到表"]
    assert evidence_choice.choice(store, "没有").total == 0
    assert titles(evidence_choice.choice(store, without=[second])) == ["培训通知"]


def test_an_older_version_is_not_offered(store: Store, tmp_path: Path) -> None:
    """Only the file that took its place."""
    (old,) = taken_in(store, tmp_path, "名单.txt")
    newer = tmp_path / "新名单.txt"
    newer.write_text("新", encoding="utf-8")
    added = evidence_versions.add_version(store, old, newer, Job())

    assert [row.id for row in evidence_choice.choice(store).rows] == [added.rows[0].id]


def test_more_than_can_be_shown_is_counted(store: Store, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(evidence_choice, "MOST", 2)
    taken_in(store, tmp_path, "甲.txt", "乙.txt", "丙.txt")
    found = evidence_choice.choice(store)

    assert (len(found.rows), found.total) == (2, 3)
