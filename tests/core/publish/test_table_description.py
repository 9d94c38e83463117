"""Plan → description: columns, texts as printed, which neighbours merge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.plan import Measure, Plan, Section, Task
from core.publish.description import HeaderCell, Merge, TableDocument
from core.publish.table import TableOptions, printed, table_document
from tests.core.publish.reading import small_plan

ROLES = (
    ("task", "重点任务"),
    ("text", "主要措施"),
    ("lead", "牵头单位"),
    ("responsible", "责任单位"),
    ("deadline", "完成时限"),
)


def texts(document: TableDocument, key: str) -> list[str]:
    """The texts of a column."""
    place = [column.key for column in document.columns].index(key)
    return [row.cells[place] for row in document.rows if not row.full_width]


def merged(document: TableDocument, key: str) -> list[tuple[int, int]]:
    """The merged rows of a column."""
    place = [column.key for column in document.columns].index(key)
    return [(merge.first, merge.last) for merge in document.merges if merge.column == place]


def test_guxian_has_exactly_the_published_columns(plan: Plan) -> None:
    """重点任务 stands over two columns; the table is as wide as the text area."""
    document = table_document(plan)

    assert document.header == (
        HeaderCell("重点任务", 0, 1),
        HeaderCell("具体措施", 2, 2),
        HeaderCell("责任分工", 3, 3),
        HeaderCell("完成时限", 4, 4),
    )
    assert sum(column.width for column in document.columns) == pytest.approx(225)
    assert document.annex == "附件2"
    assert len(document.rows) == 38


def test_a_measure_is_printed_with_its_number(plan: Plan) -> None:
    """（3）运用…: label and text in one cell, as published."""
    assert texts(table_document(plan), "text") == [f"{m.label}{m.text}" for m in plan.measures]


def test_a_division_is_printed_repaired(plan: Plan) -> None:
    """各行政执单位 is no word: it is printed 各行政执法单位."""
    assert texts(table_document(plan), "division")[0] == "各乡镇、各行政执法单位"


def test_equal_neighbours_merge_within_their_task_only(plan: Plan) -> None:
    """Sections and tasks merge whole; divisions and deadlines only inside one task."""
    document = table_document(plan)
    tasks = [m.task for m in plan.measures]

    assert len(merged(document, "section")) == 6
    for key in ("division", "deadline"):
        for first, last in merged(document, key):
            assert len({tasks[row] for row in range(first, last + 1)}) == 1
            assert len({texts(document, key)[row] for row in range(first, last + 1)}) == 1
    assert Merge(3, 0, 1) in document.merges
    assert Merge(2, 0, 1) not in document.merges


def test_without_tasks_divisions_merge_within_the_section() -> None:
    """红寺堡区 has no task column."""
    columns = (("section", "重点任务"), ("text", "具体措施"), ("division", "责任单位"))
    measures = [Measure(n, f"（{n}）", 1 if n < 4 else 2, None, "措施", division_raw="司法局") for n in range(1, 6)]
    plan = replace(
        small_plan(*measures, columns=columns),
        tasks=(),
        sections=(Section(1, "一、", "甲"), Section(2, "二、", "乙")),
    )

    assert merged(table_document(plan), "division") == [(0, 2), (3, 4)]


def test_lead_and_responsible_have_their_own_columns_as_printed() -> None:
    """牵头单位：…；责任单位：… in the source becomes two cells with the source's own marks."""
    measure = Measure(
        1,
        "（1）",
        1,
        1,
        "措施",
        lead=("市司法局",),
        responsible=("市级行政执法部门", "各县区人民政府"),
        division_raw="牵头单位：市司法局；责任单位：市级行政执法部门，各县区人民政府",
    )
    document = table_document(small_plan(measure, columns=ROLES))

    assert texts(document, "lead") == ["市司法局"]
    assert texts(document, "responsible") == ["市级行政执法部门，各县区人民政府"]


def test_names_stand_in_where_the_phrase_does_not_hold_them() -> None:
    """No phrase, or one with other names: the names themselves, joined by 、."""
    measure = Measure(1, "（1）", 1, 1, "措施", lead=("司法局", "财政局"), division_raw=None)

    assert texts(table_document(small_plan(measure, columns=ROLES)), "lead") == ["司法局、财政局"]


def test_section_rows_run_over_the_whole_width() -> None:
    """钦州市 prints its sections as rows; nothing merges with them."""
    columns = (("no", "序号"), ("text", "任务举措"), ("division", "责任分工"))
    measures = [Measure(n, f"{n}.", 1 if n < 3 else 2, None, "举措", division_raw="司法局") for n in (1, 2, 3)]
    plan = small_plan(*measures, columns=columns, section_rows=True)
    plan = replace(plan, tasks=(), sections=(Section(1, "（一）", "甲"), Section(2, "（二）", "乙")))
    document = table_document(plan)

    assert [row.cells[0] for row in document.rows] == ["（一）甲", "1", "2", "（二）乙", "3"]
    assert [row.full_width for row in document.rows] == [True, False, False, True, False]
    assert merged(document, "division") == [(1, 2)]
    assert texts(document, "text")[0] == "举措"


def test_a_plan_that_was_no_table_gets_the_columns_it_can_fill() -> None:
    """No printed columns: section, task, measure, the roles that occur, the deadline where there is one."""
    measure = Measure(1, "（1）", 1, 1, "措施", lead=("司法局",), cooperating=("财政局",), deadline_raw="2024年底前")
    document = table_document(small_plan(measure))

    assert [column.key for column in document.columns] == [
        "section",
        "task",
        "text",
        "lead",
        "cooperating",
        "deadline",
    ]


@pytest.mark.parametrize(
    "source", ["2023-2025年", "2023—2025年", "2023 - 2025 年", "2023~2025年", "2023–2025年", "2023年—2025年"]
)
def test_year_ranges_are_printed_with_one_dash(source: str) -> None:
    """A 一字线, whatever the source had."""
    assert printed(source).replace(" ", "") == "2023—2025年"


def test_control_characters_do_not_reach_the_page() -> None:
    """They would make XLSX and DOCX unreadable."""
    assert printed("甲\x00乙\x0b丙\r\n丁\ud800") == "甲乙丙\n丁"


def test_annex_mark_and_page_numbers_are_options(plan: Plan) -> None:
    """附件3, or no mark at all; plain numbers."""
    assert table_document(plan, TableOptions(annex_no=3)).annex == "附件3"
    assert table_document(plan, TableOptions(annex_no=None)).annex is None


def test_many_columns_are_squeezed_to_the_width() -> None:
    """Whatever the columns, the table is 225 mm wide and the measures keep 50 mm."""
    columns = [("text", "措施"), *((f"other{n}", f"栏目{n}") for n in range(9))]
    document = table_document(small_plan(Measure(1, "", 1, 1, "措施"), columns=tuple(columns)))

    assert sum(column.width for column in document.columns) == pytest.approx(225)
    assert document.columns[0].width == pytest.approx(50)
    assert texts(document, "other3") == [""]


def test_a_task_without_a_section_and_a_measure_without_both() -> None:
    """Unknown is blank, and blanks do not merge."""
    plan = replace(
        small_plan(Measure(1, "", None, 1, "甲"), Measure(2, "", None, None, "乙"), Measure(3, "", None, None, "丙")),
        tasks=(Task(1, None, "1.", "任务"),),
    )
    document = table_document(plan)

    assert texts(document, "section") == ["", "", ""]
    assert document.merges == ()
