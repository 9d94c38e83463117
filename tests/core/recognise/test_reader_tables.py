"""What the reader makes of tables: columns by any name, merges, several measures in a cell, continuations."""

from __future__ import annotations

import pytest

from core.recognise.columns import named
from core.recognise.draft import Draft, recognise
from tests.core.recognise.building import HEADER, source, table


def _texts(draft: Draft) -> list[str]:
    return [measure.text for measure in draft.plan.measures]


def _path(draft: Draft) -> list[tuple[str | None, str | None]]:
    sections = {s.no: s.title for s in draft.plan.sections}
    tasks = {t.no: t.title for t in draft.plan.tasks}
    return [(sections.get(m.section or 0), tasks.get(m.task or 0)) for m in draft.plan.measures]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("序 号", "no"), ("任务\n序号", "no"), ("牵头\n单位", "lead"), ("牵头部门（单位）", "lead"), ("牵头领导", "person"),
        ("责任人", "person"), ("责任单位及责任人", "responsible"), ("责任处室", "responsible"), ("主责单位", "responsible"),
        ("责任分工", "division"), ("牵头及配合单位", "division"), ("协办单位", "cooperating"), ("参与单位", "cooperating"),
        ("完成时限", "deadline"), ("时限要求", "deadline"), ("时间节点", "deadline"), ("开始时间", "other"), ("备注", "other"),
        ("进展情况", "progress"), ("工 作 内 容", "outline"), ("任务举措", "outline"), ("重点任务", "outline"), ("县财政局", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_any_of_its_names(title: str, key: str | None) -> None:
    assert named(title) == key


def test_工作任务_is_section_task_or_text_by_its_neighbours() -> None:
    """The same title over the only column of texts, beside finer ones, under rows of sections."""
    alone = recognise(source(table(("工作任务", "责任单位"), ("完善制度。", "财政局"), ("加强培训。", "司法局"))))
    beside = recognise(
        source(
            table(
                ("工作任务", "具体措施", "责任单位"),
                (("提升能力", 2, 1), "完善制度。", "财政局"),
                (None, "加强培训。", "司法局"),
            )
        )
    )
    under = recognise(
        source(
            table(
                ("工作任务", "具体措施", "责任单位"),
                (("一、全面提升", 1, 3), None, None),
                ("（一）能力", "完善制度。", "财政局"),
                ("（二）纪律", "加强培训。", "司法局"),
            )
        )
    )

    assert _texts(alone) == _texts(beside) == _texts(under) == ["完善制度。", "加强培训。"]
    assert _path(alone) == [(None, None)] * 2
    assert _path(beside) == [("提升能力", None)] * 2
    assert _path(under) == [("全面提升", "能力"), ("全面提升", "纪律")]
    assert under.plan.document.section_rows


def test_the_clerk_says_what_a_column_is() -> None:
    """Columns count from 1; what is said overrides what was read."""
    made = source(
        table(
            ("甲", "乙", "丙"), ("完善制度，加强培训。", "某某", "财政局"), ("建立机制，落实责任。", "某某", "司法局")
        )
    )

    draft = recognise(made, columns={1: "text", 2: "other", 3: "lead"})

    assert [m.lead for m in draft.plan.measures] == [("财政局",), ("司法局",)]
    assert draft.columns is not None
    assert [draft.columns[n][0] for n in (1, 2, 3)] == ["text", "other", "lead"]


def test_several_measures_in_a_cell_share_its_neighbours_or_pair_with_their_lines() -> None:
    draft = recognise(
        source(
            table(
                HEADER,
                (
                    "提升能力",
                    "（1）完善制度。\n（2）加强培训。（3）3.0版上线。",
                    "财政局牵头，司法局落实",
                    "2024年底前",
                ),
                (
                    "1.规范执法\n2.清理事项",
                    "（4）规范行为。\n（5）清理事项。",
                    "财政局、司法局\n司法局牵头，财政局落实",
                    "2024年底前\n2025年底前",
                ),
            )
        )
    )

    assert _texts(draft) == ["完善制度。", "加强培训。", "3.0版上线。", "规范行为。", "清理事项。"]
    assert [m.label for m in draft.plan.measures] == ["（1）", "（2）", "（3）", "（4）", "（5）"]
    assert [m.lead for m in draft.plan.measures] == [("财政局",)] * 3 + [(), ("司法局",)]
    assert [m.deadline_raw for m in draft.plan.measures][3:] == ["2024年底前", "2025年底前"]
    assert _path(draft)[3:] == [("规范执法", None), ("清理事项", None)]


def test_a_row_with_its_own_number_is_one_measure() -> None:
    draft = recognise(
        source(
            table(
                ("序号", *HEADER[1:]),
                ("1", "完善制度：（1）甲。（2）乙。", "财政局", "长期坚持"),
                ("2", "1.丙。2.丁。", "司法局", "年底前"),
            )
        )
    )

    assert _texts(draft) == ["完善制度：（1）甲。（2）乙。", "1.丙。2.丁。"]


def test_a_number_may_run_together_with_a_year() -> None:
    draft = recognise(
        source(table(HEADER, ("（一）整治", "3.2024年10月底前，开展监督。", "司法局", "2024年10月31日前完成")))
    )

    assert [(m.label, m.text) for m in draft.plan.measures] == [("3.", "2024年10月底前，开展监督。")]


def test_a_table_goes_on_over_pages() -> None:
    """Header again or not, a title cut in two, a cell blank at the head of the page, a text cut in two."""
    draft = recognise(
        source(
            table(HEADER, ("（一）全面提升行政执法", "（1）完善制度。", "财政局", "2024年底前")),
            "第 2 页",
            table(("人员能力", "（2）加强培训，", "司法局", "2025年底前"), number=2),
            table(HEADER, ("", "提高能力。", "", ""), ("", "（3）落实责任。", "财政局", "长期坚持"), number=3),
        )
    )

    assert _texts(draft) == ["完善制度。", "加强培训，提高能力。", "落实责任。"]
    assert _path(draft) == [("全面提升行政执法人员能力", None)] * 3
    assert [m.responsible for m in draft.plan.measures] == [("财政局",), ("司法局",), ("财政局",)]


def test_a_blank_cell_says_nothing_where_merges_are_known() -> None:
    draft = recognise(
        source(
            table(
                ("重点任务", "具体措施", "牵头单位", "责任单位", "完成时限"),
                (("提升能力", 3, 1), "完善制度。", "财政局", "司法局", ("2024年底前", 2, 1)),
                (None, "加强培训。", "司法局", "", None),
                (None, "落实责任。", "财政局", "", ""),
            )
        )
    )

    assert [m.responsible for m in draft.plan.measures] == [("司法局",), (), ()]
    assert [m.deadline_raw for m in draft.plan.measures] == ["2024年底前", "2024年底前", None]
    assert draft.plan.measures[0].division_raw == "牵头单位：财政局；责任单位：司法局"


def test_a_task_without_measures_that_has_its_units_is_one_itself() -> None:
    draft = recognise(
        source(
            table(
                ("类别", "重点任务", "具体措施", "责任分工"),
                (("一、提升", 3, 1), "（一）能力", "完善制度。", "财政局"),
                (None, "（一）能力", "加强培训。", "财政局"),
                (None, ("（二）凝聚合力，加强协同。", 1, 2), None, "司法局"),
            )
        )
    )

    assert [(m.label, m.text, m.task) for m in draft.plan.measures][2] == ("（二）", "凝聚合力，加强协同。", None)


def test_every_cell_that_is_no_measure_is_kept() -> None:
    """Remarks and other columns: in the notes or among what was not used."""
    draft = recognise(
        source(
            table(
                (*HEADER, "备注"),
                ("提升", "完善制度。", "财政局", "长期坚持", "新增"),
                (("注：以上任务由县司法局负责解释", 1, 5), None, None, None, None),
            )
        )
    )

    assert draft.plan.measures[0].note == "备注：新增"
    assert [getattr(block, "text", "") for block in draft.unused] == ["注：以上任务由县司法局负责解释"]


def test_a_table_may_say_who_and_when_inside_its_texts() -> None:
    draft = recognise(
        source(
            table(
                ("序号", "工作任务"),
                ("1", "完善制度。（责任单位：司法局；完成时限：2024年底前）"),
                ("2", "加强培训。（财政局牵头，司法局落实）"),
            )
        )
    )

    assert _texts(draft) == ["完善制度。", "加强培训。"]
    assert [(m.lead, m.responsible, m.deadline_raw) for m in draft.plan.measures] == [
        ((), ("司法局",), "2024年底前"),
        (("财政局",), ("司法局",), None),
    ]


def test_pasted_rows_without_their_merged_cells_are_put_under_their_columns() -> None:
    draft = recognise(
        source(
            table(
                HEADER,
                ("（一）提升能力", "（1）完善制度，健全机制，加强管理。", "财政局", "2024年底前"),
                ("（2）加强培训，提高本领，锤炼作风。", "司法局", "2025年底前", ""),
                ("（3）落实责任，强化监督，严肃追责。", "", "", ""),
                ("（二）规范执法", "（4）清理事项，公布目录，动态调整。", "司法局", "长期坚持"),
            ),
            kind="text",
        )
    )

    assert [m.label for m in draft.plan.measures] == ["（1）", "（2）", "（3）", "（4）"]
    assert _path(draft) == [("提升能力", None)] * 3 + [("规范执法", None)]
    assert [m.responsible for m in draft.plan.measures] == [("财政局",), ("司法局",), ("司法局",), ("司法局",)]
    assert [m.deadline_raw for m in draft.plan.measures][:3] == ["2024年底前", "2025年底前", "2025年底前"]
