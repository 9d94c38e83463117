"""What the reader says it is not sure of, and where."""

from __future__ import annotations

from core.model.plan import Severity
from core.model.units import Register, Unit
from core.recognise.draft import Draft, recognise
from tests.core.recognise.building import HEADER, source, table


def _said(draft: Draft, severity: Severity | None = None) -> str:
    return "\n".join(f"{p.where}|{p.what}" for p in draft.plan.problems if severity in (None, p.severity))


def test_gaps_repeats_and_disorder_of_numbers() -> None:
    draft = recognise(
        source(table(HEADER, *(("提升", f"（{n}）完善制度{n}。", "财政局", "长期坚持") for n in (1, 2, 6, 6, 5))))
    )

    errors = _said(draft, Severity.ERROR)
    assert "（2）后面是（6），缺（3）—（5）。" in errors
    assert "表1 第4行" in errors
    assert "序号（6）重复。" in _said(draft, Severity.WARNING)
    assert "（6）后面是（5），序号次序不对。" in _said(draft, Severity.WARNING)


def test_numbers_may_begin_anew_in_each_section() -> None:
    draft = recognise(
        source("一、甲", "1.甲一。（财政局负责）", "2.甲二。（财政局负责）", "二、乙", "1.乙一。（财政局负责）")
    )

    assert not draft.plan.problems


def test_a_declared_count_is_checked_and_a_missing_section_told() -> None:
    rows = [(f"（{'一二三'[n]}）任务", f"完善制度{n}。", "财政局", "长期坚持") for n in range(3)]
    draft = recognise(
        source(
            table(
                HEADER,
                (("一、提升（共3项）", 1, 4), None, None, None),
                *rows[:2],
                (("三、规范（共 1 项）", 1, 4), None, None, None),
                rows[2],
            )
        )
    )

    assert [(s.title, s.declared_count) for s in draft.plan.sections] == [("提升", 3), ("规范", 1)]
    assert "“一、提升”写明共 3 项，读到 2 项。" in _said(draft, Severity.ERROR)
    assert "部分三、前面缺二、。" in _said(draft, Severity.WARNING)


def test_units_not_in_the_register_and_broken_names() -> None:
    rows = [(f"完善制度{n}。", "各行政执法单位") for n in range(3)]
    draft = recognise(
        source(table(("具体措施", "责任单位"), *rows, ("加强培训。", "各行政执单位、某新局"))),
        register=Register([Unit("各行政执法单位")]),
    )

    assert draft.plan.measures[3].responsible == ("各行政执法单位", "某新局")
    assert draft.plan.measures[3].division_raw == "各行政执单位、某新局"
    assert "“各行政执单位”按“各行政执法单位”理解" in _said(draft, Severity.WARNING)
    assert "单位名册中没有“某新局”" in _said(draft, Severity.INFO)


def test_of_two_plans_the_larger_is_taken_and_the_other_said() -> None:
    first = table(HEADER, *(("甲", f"完善制度{n}，加强管理。", "财政局", "长期坚持") for n in range(2)))
    second = table(HEADER, *(("乙", f"规范执法{n}，加强监督。", "司法局", "长期坚持") for n in range(5)), number=2)

    draft = recognise(source("甲工作任务清单", first, "乙工作任务清单", second))

    assert len(draft.plan.measures) == 5
    assert draft.plan.document.table_title == "乙工作任务清单"
    assert "表1|文件中还有一张表，有 2 项" in _said(draft)
    assert first in draft.unused


def test_a_breakdown_table_goes_before_the_list_it_breaks_down() -> None:
    body = [f"{n}.完善制度{n}。（财政局负责）" for n in range(1, 4)]
    rows = [("提升", f"（{n}）完善制度{n}。", "财政局", "长期坚持") for n in range(1, 4)]

    draft = recognise(source("某县方案", *body, "附件", "某县任务分解表", table(HEADER, *rows)))

    assert {m.source for m in draft.plan.measures} == {"table"}
    assert "还有一份清单，有 3 项" in _said(draft)


def test_a_document_without_a_plan_says_so() -> None:
    draft = recognise(
        source("关于召开会议的通知", "各单位：", "定于明日召开会议。", table(("姓名", "电话"), ("张三", "1")))
    )

    assert draft.plan.measures == ()
    assert _said(draft, Severity.ERROR) == "|没有找到任何措施。"
    assert len(draft.unused) + len(draft.headings) == 4


def test_what_the_document_says_of_itself() -> None:
    draft = recognise(
        source(
            "某县人民政府办公室文件", "某政办发〔2024〕21号", "某县人民政府办公室", "关于印发《某县提升质量工作方案》的通知", "各乡镇人民政府，县直各单位：",
            "现印发给你们，请认真贯彻落实。", "某县人民政府办公室", "2024年4月12日", "某县提升质量工作方案", "为提升质量，制定本方案。", "一、总体要求",
            "工作会商机制由司法局、发改局、公安局、财政局等成员单位组成，成员单位分管负责人担任成员。", "附件 2", "某县提升质量重点任务分解表",
            table(HEADER, ("提升", "完善制度。", "财政局", "长期坚持")),
            "各乡镇于2024年8月15日前形成落实情况报告，报县司法局汇总。",
        )
    ).plan.document  # fmt: skip

    assert (draft.title, draft.number) == ("某县提升质量工作方案", "某政办发〔2024〕21号")
    assert (draft.issuer, str(draft.date), draft.level) == ("某县人民政府办公室", "2024-04-12", "县")
    assert draft.table_title == "某县提升质量重点任务分解表"
    assert [(m.unit, m.post) for m in draft.members][:2] == [("司法局", "分管负责人"), ("发改局", "分管负责人")]
    assert [(r.due, r.to) for r in draft.required_reports] == [("2024-08-15", "县司法局")]
