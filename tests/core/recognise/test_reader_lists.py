"""What the reader makes of running text: levels by use, responsibility as the sign of a measure."""

from __future__ import annotations

from core.model.plan import Role
from core.recognise.blocks import Paragraph, Place
from core.recognise.draft import Draft, recognise
from tests.core.recognise.building import source


def _rows(draft: Draft) -> list[tuple[str | None, str | None, str, str]]:
    sections = {s.no: f"{s.label}{s.title}" for s in draft.plan.sections}
    tasks = {t.no: f"{t.label}{t.title}" for t in draft.plan.tasks}
    return [(sections.get(m.section or 0), tasks.get(m.task or 0), m.label, m.text) for m in draft.plan.measures]


def test_numbers_alone_do_not_make_a_measure() -> None:
    """一、 may be a measure, 1. a paragraph of the closing part."""
    draft = recognise(
        source(
            "某县重点工作方案", "一、完善制度。（财政局负责）", "二、加强培训。（司法局负责）", "三、有关要求", "1.高度重视。各单位要加强领导。", "2.抓好落实。",
        )
    )  # fmt: skip

    assert _rows(draft) == [(None, None, "一、", "完善制度。"), (None, None, "二、", "加强培训。")]


def test_a_head_task_is_a_measure_only_without_measures_below() -> None:
    draft = recognise(
        source(
            "一、放管服",
            "（一）精简审批。（办公室牵头，各部门负责）",
            "具体措施：",
            "1．编制清单。（办公室负责）",
            "2．公布清单。（司法局负责）",
            "（二）提高协同性。（各部门负责）",
            "（三）支持创新。（办公室负责）",
            "具体措施：设立试点城市。（发改委牵头，各部门负责）",
            "各地区要抓好落实。",
        )
    )

    assert _rows(draft) == [
        ("一、放管服", "（一）精简审批。", "1．", "编制清单。"),
        ("一、放管服", "（一）精简审批。", "2．", "公布清单。"),
        ("一、放管服", None, "（二）", "提高协同性。"),
        ("一、放管服", "（三）支持创新。", "", "设立试点城市。"),
    ]
    assert [getattr(block, "text", "") for block in draft.unused] == ["各地区要抓好落实。"]


def test_a_wrapping_part_with_plain_titles_is_no_section() -> None:
    inside = (
        "（一）提升能力",
        "1.完善制度。",
        "责任单位：财政局",
        "（二）规范执法",
        "2.加强监督。",
        "责任单位：司法局",
    )

    wrapped = recognise(source("一、总体要求", "全面提升。", "二、重点任务", *inside))
    plain = recognise(source("一、提升", *inside[:3], "二、规范", *inside[3:]))

    assert [row[:2] for row in _rows(wrapped)] == [("（一）提升能力", None), ("（二）规范执法", None)]
    assert [row[:2] for row in _rows(plain)] == [("一、提升", "（一）提升能力"), ("二、规范", "（二）规范执法")]


def test_an_undivided_item_keeps_its_lead_in_and_is_its_own_task() -> None:
    draft = recognise(
        source(
            "二、重点任务",
            "（一）提升能力",
            "1.提高政治能力。加强学习，锤炼本领。（责任单位：各行政执法部门）",
            "2.提升业务能力",
            "（1）加强指导。上级要指导下级。（责任单位：司法局）",
            "（2）开展培训。每年培训。（责任单位：司法局）",
        )
    )

    assert [row[1] for row in _rows(draft)] == ["1.提高政治能力", "2.提升业务能力", "2.提升业务能力"]
    assert _rows(draft)[0][3] == "提高政治能力。加强学习，锤炼本领。"


def test_an_item_numbered_inside_with_one_responsibility_is_one_measure() -> None:
    draft = recognise(
        source(
            "一、提升能力：",
            "（1）完善制度。",
            "（2）加强培训。",
            "责任单位：财政局",
            "二、规范执法。",
            "责任单位：司法局",
        )
    )

    assert [row[3] for row in _rows(draft)] == ["提升能力：（1）完善制度。（2）加强培训。", "规范执法。"]


def test_lines_that_a_page_end_has_cut_are_joined() -> None:
    draft = recognise(
        source(
            "1.加强行政执法标准",
            "化建设，完善制度。（牵头单位：司",
            "法局；责任单位：财政局）",
            "2.落实责任。",
            "责任单位：司法局",
            "完成时限：2024年",
            "底前",
        )
    )

    assert [row[3] for row in _rows(draft)] == ["加强行政执法标准化建设，完善制度。", "落实责任。"]
    assert draft.plan.measures[0].lead == ("司法局",)


def test_run_on_text_is_cut_at_its_numbers() -> None:
    text = (
        "现制定方案。一、提升能力（一）完善“一、二级”制度。（财政局负责）（二）加强培训，按照第（三）项办理。（司法局负责）"
        "二、规范执法（三）加强监督。（司法局牵头，各乡镇负责）各地要抓好落实。"
    )

    draft = recognise(source("某县方案", text))

    assert [row[3] for row in _rows(draft)] == ["完善“一、二级”制度。", "加强培训，按照第（三）项办理。", "加强监督。"]
    assert [row[0] for row in _rows(draft)] == ["一、提升能力", "一、提升能力", "二、规范执法"]


def test_rules_said_once_hold_from_there_on() -> None:
    """列第一位的为牵头单位，下同; 以下均需…落实，不再列出; in a remark over the list too."""
    said = recognise(
        source(
            "1.甲事。（财政局、司法局负责。列第一位者为牵头单位，下同）",
            "2.乙事。（司法局、财政局负责）",
            "3.丙事。（各乡镇、财政局负责）",
        )
    )
    above = recognise(
        source(
            "重点任务分工", "（牵头部门为排在第一位的部门）", "1.甲事。（财政局、司法局负责）", "2.乙事。（司法局负责）"
        )
    )
    standing = recognise(
        source("1.甲事。（责任单位：司法局，各乡镇。以下均需各乡镇落实，不再列出）", "2.乙事。（责任单位：财政局）")
    )

    assert [m.lead for m in said.plan.measures] == [("财政局",), ("司法局",), ()]
    assert [m.lead for m in above.plan.measures] == [("财政局",), ("司法局",)]
    assert [(s.unit, s.role) for s in standing.plan.document.standing] == [("各乡镇", Role.RESPONSIBLE)]
    assert [m.responsible for m in standing.plan.measures] == [("司法局", "各乡镇"), ("财政局",)]


def test_automatic_numbers_of_word_count() -> None:
    def line(number: str, text: str, at: int) -> Paragraph:
        return Paragraph(text, Place(paragraph=at), number)

    draft = recognise(
        source(
            line("一、", "提升能力", 1),
            line("1.", "完善制度。（财政局负责）", 2),
            line("2.", "加强培训。（司法局负责）", 3),
        )
    )

    assert _rows(draft) == [("一、提升能力", None, "1.", "完善制度。"), ("一、提升能力", None, "2.", "加强培训。")]


def test_a_date_inside_the_text_is_a_deadline_only_without_a_field() -> None:
    inside = recognise(source("1.2024年底前完善制度。（财政局负责）", "2.加强培训。（司法局负责）"))
    field = recognise(
        source(
            "1.2024年底前完善制度。", "责任单位：财政局", "完成时限：长期坚持", "2.2025年底前培训。", "责任单位：司法局"
        )
    )

    assert [str(m.deadlines[0].date) for m in inside.plan.measures if m.deadlines] == ["2024-12-31"]
    assert [len(m.deadlines) for m in field.plan.measures] == [1, 0]
    assert [m.deadline_raw for m in field.plan.measures] == ["长期坚持", None]


def test_a_title_with_the_responsibility_hands_it_down() -> None:
    """Said once over items that have none; a sentence with items below is one measure."""
    draft = recognise(
        source(
            "一、提升",
            "（一）规范执法（牵头单位：司法局；完成时限：2024年底）",
            "1.完善制度。",
            "2.加强培训。",
            "（二）完善机制，提升能力。（牵头单位：财政局；完成时限：2025年底）",
        )
    )

    assert _rows(draft) == [
        ("一、提升", "（一）规范执法", "1.", "完善制度。"),
        ("一、提升", "（一）规范执法", "2.", "加强培训。"),
        ("一、提升", None, "（二）", "完善机制，提升能力。"),
    ]
    assert [(m.lead, m.deadline_raw) for m in draft.plan.measures] == [
        (("司法局",), "2024年底"),
        (("司法局",), "2024年底"),
        (("财政局",), "2025年底"),
    ]
