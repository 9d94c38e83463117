"""Deadlines inside of sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recognise.deadline import in_text

ISSUED = date(2024, 4, 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "2024年6月底前完成清理，12月底前公布结果。",
            ["by 2024-06-30 2024年6月底前完成清理", "by 2024-12-31 12月底前公布结果"],
        ),
        ("落实《三年行动方案（2023—2025年）》和国办发〔2023〕27号，编制2024年度计划。", []),
        ("2019年1月1日至12月31日，返还失业保险费。", []),
        ("有效期至2025年12月31日。", []),
        ("对2023年底前设立的企业开展检查。", []),
        ("截至2023年底，全县共有120人。", []),
        ("力争到2025年底，基本建成监督体系。", ["by 2025-12-31 力争到2025年底，基本建成监督体系"]),
        ("到2025年，行政执法质量明显提升。", []),
        ("每年12月31日前报送总结。", ["recurring yearly-12-31 每年12月31日前报送总结"]),
        ("每年至少开展1次培训。", []),
        ("每季度末月25日前报送数据。", ["recurring quarterly 每季度末月25日前报送数据"]),
        ("每月5日前报送数据。", ["recurring monthly 每月5日前报送数据"]),
        (
            "各单位要在本方案印发之日起30日内，制定实施细则。",
            ["by 2024-05-12 各单位要在本方案印发之日起30日内，制定实施细则"],
        ),
        ("2025年完成试点，总结经验。", ["by 2025-12-31 2025年完成试点"]),
        ("年底前完成全员轮训。", ["by 2024-12-31 年底前完成全员轮训"]),
        ("明年3月底前完成评估。", ["by 2025-03-31 明年3月底前完成评估"]),
        (
            "2024年10月31日前，县司法局组织评查，并通报结果，强化整改。",
            ["by 2024-10-31 2024年10月31日前，县司法局组织评查，并通报结果"],
        ),
        ("2024年底前完成并长期坚持。", ["by_then_ongoing 2024-12-31 2024年底前完成并长期坚持"]),
        ("2024年第三季度前完成清单编制。", ["by 2024-09-30 2024年第三季度前完成清单编制"]),
        (
            "上半年完成首次评查，下半年完成第二次。",
            ["by 2024-06-30 上半年完成首次评查", "by 2024-12-31 下半年完成第二次"],
        ),
        ("近五年未发生的事项，2024年以前的案件。", []),
        ("推广2023年经验，总结去年年底工作。", []),
        ("自2024年1月1日起施行。", []),
        ("3年内不得再次申请。", []),
        ("15日内办结。", []),
        ("于2024年5月15日前将名单报县司法局。", ["by 2024-05-15 于2024年5月15日前将名单报县司法局"]),
    ],
)
def test_found(text, found):
    deadlines = in_text(text, issued=ISSUED)
    said = [(part.kind.value, part.date.isoformat() if part.date else part.recur, part.scope) for part in deadlines]
    assert [" ".join(map(str, part)) for part in said] == found


def test_year_goes_on_from_the_date_before():
    days = [part.date for part in in_text("2021年6月底前制定政策，12月底前实现结算。", issued=date(2020, 11, 1))]
    assert days == [date(2021, 6, 30), date(2021, 12, 31)]


def test_year_of_the_document():
    assert in_text("12月底前完成。", issued=ISSUED)[0].date == date(2024, 12, 31)


@given(st.text(alphabet="2024年6月底前每季度末，。；并《》“”〔〕至完成有效期印发之日起30内", max_size=60))
def test_any_text(text):
    for part in in_text(text, issued=ISSUED):
        assert part.scope is not None
        assert part.scope in text
