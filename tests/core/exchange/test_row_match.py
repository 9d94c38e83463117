"""A row is given to a measure only where number and text agree, or one of them is beyond doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.exchange.returned import KnownLedger, KnownObligation, ReturnedSheet
from core.exchange.row_match import likeness, number_of, squeezed
from core.model.plan import Severity
from tests.core.exchange.returns import UNIT, column_of, edited, errors, fill, read, row, row_of, said


def label_of(known: KnownLedger, number: int) -> str:
    return known.plans[0].texts[number][0]


def text_of(known: KnownLedger, number: int) -> str:
    return known.plans[0].texts[number][1]


def only_problem(found: ReturnedSheet) -> tuple[Severity, str]:
    (one,) = found.problems
    return one.severity, one.what


@pytest.mark.parametrize("number", [None, "", "四十", 99, "（九十九）"])
def test_with_its_number_lost_a_row_is_known_by_its_text(number: object, filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 措施编号=number)), known)
    assert row(found, 4) == row(read(filled, known), 4)
    severity, what = only_problem(found)
    assert severity is Severity.INFO
    assert "按措施文字认作第 4 项" in what


@pytest.mark.parametrize("number", ["4", "（4）", "4.", "第4项", " 4 ", "４"])
def test_a_number_may_be_dressed(number: str, filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 措施编号=number)), known)
    assert (row(found, 4), found.problems) == (row(read(filled, known), 4), ())


def test_another_measure_s_number_does_not_take_the_row_there(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 措施编号=6)), known)
    assert row(found, 4).progress == "已全部完成"
    assert not [one for one in found.rows if one.number == 6]
    assert only_problem(found) == (Severity.WARNING, "措施编号与措施文字不符，按文字认作第 4 项")


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text[:12],
        lambda text: text + "（牵头）",
        lambda text: text.replace("，", "、").replace("。", ""),
        " ".join,
        lambda text: "按照要求，" + text[4:],
        lambda text: "\n" + text + "\n\n",
    ],
)
def test_with_its_text_edited_a_row_is_known_by_its_number(edit: Any, filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 具体措施=edit(text_of(known, 4)))), known)
    assert row(found, 4) == row(read(filled, known), 4)
    assert not errors(found)


def test_a_number_beside_an_empty_text_is_believed_and_warned_of(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 具体措施=None)), known)
    assert row(found, 4) == row(read(filled, known), 4)
    assert only_problem(found) == (Severity.WARNING, "措施文字空着，按编号认")


@pytest.mark.parametrize(
    ("number", "text"),
    [(99, "完全不相干的一句话"), (6, "完全不相干的一句话"), (None, "见附件"), (None, None), ("？", "同上")],
)
def test_with_both_wrong_it_is_a_problem_and_no_measure_s(
    number: object, text: object, filled: bytes, known: KnownLedger
) -> None:
    found = read(edited(filled, fill(4, 措施编号=number, 具体措施=text)), known)
    assert [one.number for one in found.rows] == [2, 5, 7]
    (one,) = errors(found)
    assert one.row == row(read(filled, known), 4).row


def test_an_edited_text_under_another_number_is_nobody_s(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 措施编号=6, 具体措施=text_of(known, 4)[:-4] + "等工作")), known)
    assert [one.number for one in found.rows] == [2, 5, 7]
    assert said(found, Severity.ERROR) == ["措施编号与措施文字都对不上，没有认出是哪一项"]


def test_an_edited_text_without_a_number_is_known_if_it_is_like_no_other(filled: bytes, known: KnownLedger) -> None:
    found = read(edited(filled, fill(4, 措施编号=None, 具体措施=text_of(known, 4)[:-4] + "等工作")), known)
    assert row(found, 4) == row(read(filled, known), 4)
    assert only_problem(found)[0] is Severity.WARNING


def test_a_measure_that_is_not_the_unit_s_is_a_problem(filled: bytes, known: KnownLedger) -> None:
    owed = {one.number for one in known.plans[0].obligations[UNIT]}
    foreign = next(number for number in known.plans[0].texts if number not in owed)
    found = read(edited(filled, fill(4, 措施编号=foreign, 具体措施=text_of(known, foreign))), known)
    assert [one.number for one in found.rows] == [2, 5, 7]
    assert "不是本单位的责任事项" in said(found, Severity.ERROR)[0]


def test_one_column_sorted_by_itself_is_a_problem_for_every_row_out_of_place(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        column = column_of(sheet, "具体措施")
        one, other = row_of(sheet, 4), row_of(sheet, 5)
        texts = sheet.cell(one, column).value, sheet.cell(other, column).value
        sheet.cell(other, column).value, sheet.cell(one, column).value = texts

    found = read(edited(filled, edit), known)
    assert [one.number for one in found.rows] == [2, 7]
    assert len(errors(found)) == 2
    assert "错位" in errors(found)[0].what


def test_rows_numbered_anew_are_known_by_their_texts(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        sheet.delete_rows(5)
        for at in range(5, sheet.max_row - 1):
            sheet.cell(at, 1).value = at - 4

    found = read(edited(filled, edit), known)
    assert [one.number for one in found.rows] == [2, 4, 5, 7]
    assert [one.progress for one in found.rows] == [one.progress for one in read(filled, known).rows]


def test_a_line_between_the_rows_is_no_entry(filled: bytes, known: KnownLedger) -> None:
    def edit(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        at = row_of(sheet, 6)
        sheet.insert_rows(at)
        sheet.cell(at, 1).value = "以下为配合事项"

    found = read(edited(filled, edit), known)
    assert told_numbers(found) == [2, 4, 5, 7]
    assert not errors(found)


def told_numbers(found: ReturnedSheet) -> list[int]:
    return [one.number for one in found.rows]


def test_a_second_line_below_a_row_is_not_lost(filled: bytes, known: KnownLedger) -> None:
    """A unit that goes on writing in a row of its own: nobody's row, so it is a problem with its text."""

    def edit(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        at = row_of(sheet, 5)
        sheet.insert_rows(at)
        sheet.cell(at, column_of(sheet, "工作进展")).value = "另外还印发了通知"

    (one,) = errors(read(edited(filled, edit), known))
    assert (one.what, one.found) == ("没有措施编号和措施文字，不知道是哪一项", "另外还印发了通知")


def test_numbers() -> None:
    assert [number_of(value) for value in (4.0, "4", "(4)", "4.5", 4.5, "四", "", "1-2", "40000")] == [
        4, 4, 4, None, None, None, None, None, None,
    ]  # fmt: skip


def test_likeness_of_a_piece_and_of_nothing() -> None:
    whole = squeezed("按照分类分级要求，组织开展行政执法人员培训。")
    assert likeness(whole, whole) == 1
    assert likeness(squeezed("组织开展行政执法人员培训"), whole) > 0.9
    assert likeness(squeezed("见附件"), whole) == 0
    assert likeness("", whole) == 0


@pytest.mark.parametrize(("title", "other"), [("措施编号", "措施文字"), ("具体措施", "措施编号")])
def test_without_the_column_of_one_the_other_is_believed_and_that_is_said_once(
    title: str, other: str, filled: bytes, known: KnownLedger
) -> None:
    def edit(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_cols(column_of(sheet, title))

    found = read(edited(filled, edit), known)
    assert told_numbers(found) == [2, 4, 5, 7]
    assert only_problem(found) == (Severity.WARNING, f"没有找到“{title}”一列，只能按{other}认")


def after_dispatch(known: KnownLedger, change: Any) -> KnownLedger:
    """The ledger after the unit's obligations changed."""
    plan = known.plans[0]
    owed = tuple(filter(None, (change(one) for one in plan.obligations[UNIT])))
    texts = {**plan.texts, **{one.number: (one.label, one.text) for one in owed}}
    return replace(known, plans=(replace(plan, texts=texts, obligations={**plan.obligations, UNIT: owed}),))


def test_a_text_that_was_corrected_in_the_ledger_since_is_still_the_row_s(filled: bytes, known: KnownLedger) -> None:
    def change(one: KnownObligation) -> KnownObligation:
        return replace(one, text="全文改写，与原来毫不相同的一段话。") if one.number == 4 else one

    found = read(filled, after_dispatch(known, change))
    assert row(found, 4).progress == "已全部完成"
    assert only_problem(found) == (Severity.INFO, "措施文字与下发时相同，台账中后来改过")


def test_measures_numbered_anew_in_the_ledger_since_keep_their_rows(filled: bytes, known: KnownLedger) -> None:
    """The hidden sheet knows which obligation a number meant."""
    found = read(filled, after_dispatch(known, lambda one: replace(one, number=one.number + 1)))
    plain = read(filled, known)
    assert [(one.obligation_id, one.progress) for one in found.rows] == [
        (one.obligation_id, one.progress) for one in plain.rows
    ]
    assert not errors(found)


def test_an_obligation_that_is_gone_since_is_a_problem(filled: bytes, known: KnownLedger) -> None:
    found = read(filled, after_dispatch(known, lambda one: None if one.number == 4 else one))
    assert told_numbers(found) == [2, 5, 7]
    assert [one.row for one in errors(found)] == [row(read(filled, known), 4).row]
