"""A document before it is imported: columns, places on PDF pages, what is understood, and the import itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import InvalidError
from core.job import Job
from core.model.plan import Deadline, DeadlineKind, Document, Measure
from core.model.units import Register, Unit, UnitKind
from core.office import board, reading, review, tables
from core.store.database import Store

HEAD = ("序号", "重点任务", "具体措施", "责任分工", "完成时限")
ROWS = [(n, "（一）强化培训", f"第{n}件事情，做到位。", "司法局、财政局", "2025年底前") for n in range(1, 5)]


def sheet(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> Path:
    """A workbook with one table."""
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_columns_are_told_by_number_key_and_title(store: Store, tmp_path: Path) -> None:
    found = review.review_document(store, sheet(tmp_path / "表.xlsx", HEAD, ROWS), Job())

    assert [(c.key, c.title) for c in review.columns_of(found)] == [
        ("no", "序号"),
        ("section", "重点任务"),
        ("text", "具体措施"),
        ("division", "责任分工"),
        ("deadline", "完成时限"),
    ]


def test_the_clerks_word_on_columns_reads_the_document_anew(store: Store, tmp_path: Path) -> None:
    found = review.review_document(store, sheet(tmp_path / "表.xlsx", HEAD, ROWS), Job())

    said = {1: "no", 2: "section", 3: "text", 4: "lead", 5: review.SKIP}
    again = review.review_again(found, said, Job())

    first = again.draft.plan.measures[0]
    assert first.lead == ("司法局", "财政局")
    assert first.deadline_raw is None
    assert again.columns == said


def test_what_was_said_of_columns_holds_for_the_next_document_with_that_header(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "表.xlsx", HEAD, ROWS)
    key = review.header_key(review.columns_of(review.review_document(store, path, Job())))

    found = review.review_document(store, path, Job(), {key: ["no", "section", "text", "lead", "deadline"]})

    assert found.draft.plan.measures[0].lead == ("司法局", "财政局")
    assert found.columns[4] == "lead"


def test_a_text_without_any_measure_is_one_sentence(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "信.txt"
    path.write_text("今天天气很好。\n\n我们去爬山。", encoding="utf-8")

    with pytest.raises(InvalidError, match=r"“信\.txt”中没有读到任何措施。"):
        review.review_document(store, path, Job())


def test_a_table_that_is_no_plan_can_still_be_named_by_its_columns(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path / "名单.xlsx", ("编码", "名字", "电话"), [("X1", "张三", "123"), ("X2", "李四", "456")])

    found = review.review_document(store, path, Job())

    assert not found.draft.plan.measures
    assert [c.title for c in review.columns_of(found)] == ["编码", "名字", "电话"]


def test_every_cell_of_a_measure_has_its_box_on_the_page(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    tables.export_table(store, None, "pdf", path, Job())

    found = review.review_document(store, path, Job())

    for places in found.draft.places.values():
        boxes = {place: review.boxes_of_page(found, place.page or 0).get(place) for place in places}
        assert all(boxes.values()), boxes
        for (box,) in boxes.values():
            assert box.width > 20
            assert box.height > 10


@pytest.mark.parametrize(
    ("roles", "note"),
    [
        ({"responsible": ("司法局",)}, "1 个责任单位"),
        ({"responsible": ("司法局", "财政局")}, "2 个单位，均为责任单位"),
        ({"lead": ("司法局",), "cooperating": ("财政局", "公安局")}, "1 个牵头，2 个配合"),
        ({"responsible": ("各乡镇",)}, "2 个单位，均为责任单位，“各乡镇”名单待补全"),
        ({"responsible": ("有关部门",)}, "“有关部门”名单待补全"),
        ({}, "没有责任单位"),
    ],
)
def test_the_note_of_a_division_counts_units_by_role(roles: dict[str, tuple[str, ...]], note: str) -> None:
    townships = Unit("各乡镇", UnitKind.GROUP, is_group=True, members=("甲乡", "乙镇"), incomplete=True)
    measure = Measure(1, "", None, None, "文字", **roles)  # type: ignore[arg-type]

    assert review.division_note(measure, Document("方案"), Register([townships])) == note


@pytest.mark.parametrize(
    ("deadlines", "raw", "note"),
    [
        ((Deadline(DeadlineKind.BY, date(2024, 12, 31)),), "2024年底前", "2024-12-31"),
        ((Deadline(DeadlineKind.ONGOING),), "长期坚持", "长期坚持"),
        ((Deadline(DeadlineKind.BY_THEN_ONGOING, date(2024, 6, 15)),), "…", "2024-06-15，并长期坚持"),
        ((Deadline(DeadlineKind.RECURRING, recur="yearly-10-31"),), "每年10月底前", "每年 10-31"),
        ((Deadline(DeadlineKind.ON_INSTRUCTION),), "按统一部署", "待部署"),
        ((), "尽快", "没有读懂"),
        ((), None, "没有时限"),
    ],
)
def test_the_note_of_a_deadline_is_its_date(deadlines: tuple[Deadline, ...], raw: str | None, note: str) -> None:
    assert review.deadline_note(deadlines, raw) == note


def test_a_pasted_table_is_kept_as_the_plans_original(store: Store) -> None:
    text = "\n".join("\t".join(str(cell) for cell in row) for row in (HEAD, *ROWS))
    found = review.review_pasted(store, text, None, Job())

    made = review.take_in(store, found, found.draft.plan, Job())

    assert [plan.key for plan in board.plans(store)][-1] == made.key
    (original,) = reading.originals(store, made.key)
    assert "第1件事情" in original.read_text(encoding="utf-8")
