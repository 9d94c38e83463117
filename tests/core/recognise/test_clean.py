"""Cleaning: what is certain is put right and told, what is not stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recognise.blocks import Cell, Paragraph, Place, Source, Table
from core.recognise.clean import clean_cell, clean_text, joined, tidy


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        # blanks
        ("2024 年 6 月底前", "2024年6月底前"),
        ("不少于 60 学时的培训，每 年一次。", "不少于60学时的培训，每年一次。"),
        ("工 作 内 容", "工作内容"),
        ("工　作　内　容", "工作内容"),
        ("使用 APP 办理", "使用APP办理"),
        ("the plan of 2024", "the plan of 2024"),
        ("1. 加强培训", "1.加强培训"),
        ("（一） 加强培训", "（一）加强培训"),
        ("17 聚焦问题，开展整治。", "17 聚焦问题，开展整治。"),
        ("3 月底前完成，并上报。", "3月底前完成，并上报。"),
        # blanks that may part names
        ("市司法局 市财政局", "市司法局 市财政局"),
        ("加强培训，提高 能力。责任单位：司法局 财政局", "加强培训，提高能力。责任单位：司法局 财政局"),
        # punctuation
        ("加强培训,提高能力;规范执法:三项", "加强培训，提高能力；规范执法：三项"),
        ("上午9:30,共1,000人", "上午9:30，共1,000人"),
        ("方案(2023-2025年)", "方案（2023-2025年）"),
        ("(1) 加强培训", "（1）加强培训"),
        ("见 f(x) 与 (a)", "见f(x) 与（a）"),
        ("（试行)", "（试行）"),
        ('所谓"一刀切"执法', "所谓“一刀切”执法"),
        ("《关于印发<办法>的通知》", "《关于印发〈办法〉的通知》"),
        ("1 < 2 且 3 > 2", "1 < 2且3 > 2"),
        ("做好总结.", "做好总结。"),
        ("第3.5条", "第3.5条"),
        ("http://a.cn:80/", "http://a.cn:80/"),
        # stray words
        ("专业知识 and 执法技能培训", "专业知识和执法技能培训"),
        ("追究 responsibility。", "追究责任。"),
        ("Word and Excel", "Word and Excel"),
        ("使用Word and Excel办公", "使用Word and Excel办公"),
        # signs
        ("⼯作⽅案", "工作方案"),
        ("方\u200b案\ufeff", "方案"),
    ],
)
def test_running_text(text, clean):
    assert clean_text(text)[0] == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("各乡镇、各行政执 法单位", "各乡镇、各行政执 法单位"),
        ("2024 年底 前", "2024年底 前"),
        ("市司法局\n市财政局", "市司法局\n市财政局"),
        ("备 注", "备注"),
    ],
)
def test_cells_keep_what_may_part_names(text, clean):
    assert clean_cell(text)[0] == clean


def test_a_cell_as_one_sentence():
    assert joined("加强 培训，\n提高能力") == "加强培训，提高能力"
    assert joined("use\nWord") == "use Word"


def test_each_repair_is_told():
    _, repairs = clean_text("知识 and 技能,每 年一次。")

    assert [str(repair) for repair in repairs] == ["“知识 and 技能”改为“知识和技能”", "改为全角标点", "去掉空格"]


def source(*texts: str) -> Source:
    return Source("a.txt", "text", tuple(Paragraph(text, Place(paragraph=at + 1)) for at, text in enumerate(texts)))


def found(*texts: str) -> list[str]:
    return [block.text for block in tidy(source(*texts)).blocks]


HEAD = "推行检查计划备案制度。合理安排检查频次，减少重复检查，并将检查"


def test_a_sentence_cut_by_a_page_end_is_joined():
    tidied = tidy(source(HEAD, "结果向社会公示。", "另一段。"))

    assert [block.text for block in tidied.blocks] == [HEAD + "结果向社会公示。", "另一段。"]
    assert tidied.repairs == ("第2段：接到上一段，中间的断行去掉。",)


@pytest.mark.parametrize(
    "after",
    [
        "（一）另一项。",
        "2.另一项。",
        "责任单位：司法局，财政局。",
        "（责任单位：司法局）。",
        "二、规范检查",
        "附件：名单。",
        "《办法》另行印发。",
    ],
)
def test_what_begins_something_new_is_not_joined(after):
    assert found(HEAD, after) == [HEAD, after]


def test_titles_are_not_joined():
    assert found("某县工作方案", "为加强培训，制定本方案。") == ["某县工作方案", "为加强培训，制定本方案。"]


def test_cells_are_cleaned_with_their_places():
    place = Place(table=1, row=1, column=1)
    tidied = tidy(Source("a", "docx", (Table(((Cell("(一)培训", place), None),), Place(table=1)),)))

    assert tidied.repairs == ("表1 第1行 第1列：改为全角标点 2 处。",)


@given(st.text(st.sampled_from('甲乙1a （）),.;:"<>《》\n　。')))
def test_only_blanks_and_marks_change(text):
    for clean in (clean_text, clean_cell):
        assert [sign for sign in clean(text)[0] if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
