"""Whatever stands in the cells and wherever the columns are: nothing raises, nothing goes to a wrong measure or is lost."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exchange.returned import KnownLedger
from core.exchange.row_match import Matcher, squeezed
from core.model.plan import Severity
from tests.core.exchange.returns import UNIT, read, saved
from tests.examples import examples

QUIET = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=25)
WORDS = st.sampled_from(["已完成", "推进中", "完成了", "2024.6.30", "六月底", "100％", "2000万", "不涉及", "/", "#REF!", "=1+1", "-", "见附件", "状态", "（4）", "填报人：张三"])  # fmt: skip
CELLS = st.one_of(
    st.none(), TEXTS, WORDS, st.integers(-5, 50_000), st.floats(-1e6, 1e6), st.booleans(),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
)  # fmt: skip


def table_of(filled: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]
    return [list(cells) for cells in sheet.iter_rows(values_only=True)]


def book_of(filled: bytes, rows: list[list[Any]]) -> bytes:
    """The same workbook with other rows on its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book.worksheets[0]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_rows(1, sheet.max_row)
    for at, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                cell = sheet.cell(at, column)
                cell.value = value
                if isinstance(value, str) and value.startswith("=") and len(value) < 2:
                    cell.data_type = "s"
    return saved(book)


@QUIET
@given(cells=st.lists(st.tuples(st.integers(5, 20), st.integers(6, 11), CELLS), min_size=1, max_size=12))
def test_any_value_in_any_cell_to_fill(cells: list[tuple[int, int, Any]], filled: bytes, known: KnownLedger) -> None:
    """Every row stays its own measure's; what was written is in the row, or a problem names its row."""
    rows = table_of(filled)
    for at, column, value in cells:
        rows[at - 1][column - 1] = value
    found = read(book_of(filled, rows), known)
    ids = {one.number: one.id for one in known.plans[0].obligations[UNIT]}
    for one in found.rows:
        assert ids[int(rows[one.row - 1][0])] == one.obligation_id
    with_entry = {one.row for one in found.rows} | {one.row for one in found.problems}
    strokes = {"", "/", "-", "--", "—", "无"}
    for at, column, value in cells:
        text = "".join(str(rows[at - 1][column - 1] if rows[at - 1][column - 1] is not None else "").split())
        if rows[at - 1][column - 1] is value and any(letter.isalnum() for letter in text) and text not in strokes:
            assert at in with_entry, (at, column, value)


@QUIET
@given(order=st.permutations(range(11)), empty=st.lists(st.integers(0, 11), max_size=3), rows=st.randoms())
def test_any_order_of_columns_and_rows(
    order: list[int], empty: list[int], rows: Any, filled: bytes, known: KnownLedger
) -> None:
    table = table_of(filled)
    body, foot = table[4:-1], table[-1]
    rows.shuffle(body)
    moved = [[cells[at] for at in order] for cells in [table[3], *body]]
    for at in empty:
        for cells in moved:
            cells.insert(at, None)
    found = read(book_of(filled, [*table[:3], *moved, foot]), known)
    plain = {one.number: one for one in read(filled, known).rows}
    assert {one.number for one in found.rows} == set(plain)
    for one in found.rows:
        other = plain[one.number]
        assert (one.state, one.done_on, one.progress, one.problems, one.next_steps, one.reason, one.evidence) == (
            other.state, other.done_on, other.progress, other.problems, other.next_steps, other.reason, other.evidence,
        )  # fmt: skip


@QUIET
@given(data=st.data())
def test_a_number_or_a_text_changed_in_any_way_never_leads_to_another_measure(
    data: st.DataObject, known: KnownLedger
) -> None:
    """The other one of the two always says the truth: the row is that measure's or nobody's."""
    owed = known.plans[0].obligations[UNIT]
    one = data.draw(st.sampled_from(owed))
    matcher = Matcher(known.plans[0], UNIT)
    if data.draw(st.booleans()):
        number: object = data.draw(st.one_of(CELLS, st.sampled_from([float(other.number) for other in owed])))
        match = matcher.match(number, f"{one.label}{one.text}")
        assert match.obligation is not None or match.severity is Severity.ERROR
    else:
        cut = data.draw(st.tuples(st.integers(0, len(one.text)), st.integers(0, len(one.text))))
        text = one.text[: min(cut)] + data.draw(TEXTS) + one.text[max(cut) :]
        match = matcher.match(float(one.number), text)
    assert match.obligation in (None, one)
    assert squeezed(one.text)
