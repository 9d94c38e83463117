"""Reading a document and taking its plan into the file: one transaction, one journal entry, the original kept."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import InvalidError, LedgerFileError
from core.job import Job
from core.model.plan import Severity
from core.office import board, check, files, reading
from core.store import journal, plan_sources, plans, units
from core.store.database import Store

TEXT = """某县规范执法工作方案
某政办发〔2024〕3号
一、提升能力
1.完善制度，加强培训。（县司法局牵头，各乡镇落实）
2.落实责任。（责任单位：县新设局；完成时限：2024年6月底前）
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "来文 一.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _count(store: Store, table: str) -> int:
    (number,) = store.db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)


def test_import_adds_one_more_plan_with_its_original(store: Store, document: Path) -> None:
    before = _count(store, "journal")

    made = reading.import_document(store, document, Job())

    assert made.key == "p2"
    assert [row.key for row in board.plans(store)] == ["guxian", "p2"]
    assert _count(store, "journal") == before + 1
    (original,) = reading.originals(store, "p2")
    assert hashlib.sha256(original.read_bytes()).hexdigest() == original.stem
    assert original.read_text(encoding="utf-8") == TEXT
    assert reading.originals(store, "guxian") == ()
    with store.reading() as db:
        plan = plans.load(db, plans.listing(db)[1].id)
        assert plan == made.plan
        assert units.load(db).find("县新设局") is not None
        assert list(journal.broken(db)) == []
    assert check.check(store, Job()) == ()


def test_the_next_one_is_p3_and_the_same_document_may_come_twice(store: Store, document: Path) -> None:
    keys = [reading.import_document(store, document, Job()).key for _ in range(2)]

    assert keys == ["p2", "p3"]
    assert len(plan_sources.everything(store.db)) == 2


def test_the_original_stays_when_the_file_is_opened_again_and_is_checked(ledger: Path, document: Path) -> None:
    with closing(files.open_ledger(ledger)) as store:
        reading.import_document(store, document, Job())
    with closing(files.open_ledger(ledger)) as store:
        (original,) = reading.originals(store, "p2")
        assert original.is_file()
        original.write_text("改动", encoding="utf-8")
        assert check.check(store, Job()) == ("佐证材料“方案原件 来文 一.txt”内容被改动过",)


def test_a_document_without_measures_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于召开会议的通知\n定于明日召开会议。\n", encoding="utf-8")

    with pytest.raises(InvalidError, match="没有读到任何措施"):
        reading.import_document(store, path, Job())

    assert [row.key for row in board.plans(store)] == ["guxian"]
    assert _count(store, "plan_source") == 0


def test_a_fault_in_the_middle_leaves_nothing(store: Store, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _count(store, "unit"), _count(store, "journal")

    def fail(*_args: object, **_kwargs: object) -> None:
        raise LedgerFileError("磁盘已满。")

    monkeypatch.setattr(journal, "append", fail)
    with pytest.raises(LedgerFileError):
        reading.import_document(store, document, Job())

    assert [row.key for row in board.plans(store)] == ["guxian"]
    assert (_count(store, "unit"), _count(store, "journal")) == before


def test_names_are_compared_with_the_register_of_the_file(store: Store, document: Path) -> None:
    with_file = reading.read_document(document, Job(), store=store).plan
    alone = reading.read_document(document, Job()).plan

    said = [problem.what for problem in with_file.problems if problem.severity is Severity.INFO]
    assert any("县新设局" in what for what in said)
    assert not any("县新设局" in problem.what for problem in alone.problems)
