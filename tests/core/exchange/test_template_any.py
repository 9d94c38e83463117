"""Whatever a superior's template looks like: no words in a row of another measure, nothing of the superior's lost."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from core.exchange.fill_row import FillRow
from core.exchange.fill_template import fill
from core.exchange.insert_rows import Shift, moved_formula
from core.exchange.read_template import template_of
from core.exchange.template_columns import TemplateField
from core.ledger.periods import parse
from core.office import bundled
from tests.core.exchange import templates
from tests.examples import examples

F = TemplateField
Q2 = parse("2024Q2")
MEASURES = bundled.load("qinzhou").measures
ROWS = [
    FillRow(
        one.no,
        one.label,
        one.text,
        {F.TEXT: one.text, F.PROGRESS: f"进展{one.no}。", F.STATE: "推进中", F.PROBLEMS: f"问题{one.no}。"},
    )
    for one in MEASURES
]
HEADS = {
    "no": ("序号", "编号", "项次"),
    "task": ("重点任务", "任务名称"),
    "text": ("具体措施", "主要举措", "任务举措"),
    "who": ("责任单位", "牵头单位"),
    "when": ("完成时限", "时间节点"),
    "progress": ("工作进展", "进展情况", "落实情况"),
    "problems": ("存在问题", "困难和问题"),
    "other": ("备注", "分管领导", "联系电话"),
}
QUIET = settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def edited(draw: st.DrawFn) -> tuple[int, str]:
    """A measure's number and its text as a superior may print it."""
    one = MEASURES[draw(st.integers(0, len(MEASURES) - 1))]
    text = one.text
    how = draw(st.sampled_from(["as it is", "label", "blanks", "cut", "reworded"]))
    if how == "label":
        text = f"（{draw(st.integers(1, 90))}）{text}"
    elif how == "blanks":
        text = "  ".join((text[: len(text) // 2], text[len(text) // 2 :]))
    elif how == "cut":
        text = text[: max(10, len(text) * 2 // 3)]
    elif how == "reworded":
        at = draw(st.integers(0, len(text) - 1))
        text = f"{text[:at]}认真组织{text[at + draw(st.integers(0, 8)) :]}"
    return one.no, text


@QUIET
@given(st.lists(edited(), min_size=1, max_size=12), st.permutations(sorted(HEADS)), st.randoms(use_true_random=False))
def test_words_stand_in_the_row_of_their_measure_or_nowhere(
    listed: list[tuple[int, str]], order: list[str], random: Any
) -> None:
    heads = [random.choice(HEADS[key]) for key in order]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某市任务台账"])
    sheet.append(heads)
    for _, text in listed:
        cells = {"no": random.randint(1, 99), "text": text, "other": "市里的话", "who": "某局"}
        sheet.append([cells.get(key) for key in order])
    found = fill(template_of(templates.saved(book), "模板.xlsx"), ROWS, Q2)
    after = openpyxl.load_workbook(io.BytesIO(found.data)).active
    texts: dict[str, set[int]] = {}
    for one in MEASURES:
        texts.setdefault(one.text, set()).add(one.no)
    for line, (no, text) in enumerate(listed, 3):
        cells = dict(zip(order, (cell.value for cell in after[line]), strict=True))
        assert cells["text"] == text
        assert (cells["other"], cells["who"]) == ("市里的话", "某局")
        if cells["progress"] is not None:
            assert cells["progress"] == f"进展{no}。"
            assert cells["problems"] == f"问题{no}。"
        elif text in texts and len(texts[text]) == 1:
            pytest.fail(f"the measure's own text was not known: {no}")


@QUIET
@given(st.integers(0, 12), st.integers(1, 25), st.booleans())
def test_every_measure_stands_once_and_what_is_below_stays_below(free: int, count: int, with_formula: bool) -> None:
    rows = [FillRow(no, "", f"措施{no}", {F.TEXT: f"措施{no}", F.PROGRESS: f"进展{no}"}) for no in range(1, count + 1)]
    book = openpyxl.load_workbook(io.BytesIO(templates.city_with_sums(free)))
    if with_formula and free:
        for line in range(4, 4 + free):
            book.worksheets[0].cell(line, 9).value = f"=F{line}"
    found = fill(template_of(templates.saved(book), "模板.xlsx"), rows, Q2)
    sheet = openpyxl.load_workbook(io.BytesIO(found.data)).worksheets[0]
    last = 3 + max(free, count)
    assert [sheet.cell(line, 6).value for line in range(4, 4 + count)] == [f"进展{no}" for no in range(1, count + 1)]
    assert sheet.cell(last + 1, 1).value == "合计"
    if free:
        assert sheet.cell(last + 1, 3).value == f"=COUNTA(C4:C{last})"
    assert str(sheet.cell(last + 2, 1).value).startswith("说明")
    assert sheet.max_row == last + 3
    if with_formula and free:
        assert [sheet.cell(line, 9).value for line in range(4, last + 1)] == [
            f"=F{line}" for line in range(4, last + 1)
        ]


@given(
    st.integers(1, 30),
    st.integers(1, 20),
    st.integers(1, 40),
    st.integers(0, 20),
    st.integers(1, 20),
    st.sampled_from(["", "$"]),
)
def test_a_range_holds_the_cells_it_held(last: int, count: int, top: int, height: int, column: int, fixed: str) -> None:
    """And the new ones if it went on to the row above them."""
    letter, bottom = get_column_letter(column), top + height
    shift = Shift("表 1", last, count)
    text = f"=SUM({letter}{fixed}{top}:{letter}{fixed}{bottom})"
    moved = moved_formula(text, "表 1", shift)
    first, _, second = moved[5:-1].replace("$", "").partition(":")
    new_top, new_bottom = int(first[len(letter) :]), int(second[len(letter) :])
    grown = count if top <= last <= bottom else 0
    assert (new_top, new_bottom - new_top) == (top + (count if top > last else 0), height + grown)
    assert moved_formula(text, "另一张", shift) == text
    away = moved_formula(f"='表 1'!{letter}{top}+A{top}", "另一张", shift)
    assert away == f"='表 1'!{letter}{shift.row(top)}+A{top}"
