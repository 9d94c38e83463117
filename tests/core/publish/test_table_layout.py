"""Heights, merges and page breaks, whatever the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Cancelled
from core.job import Job
from core.model.plan import Measure, Plan
from core.publish.fonts import machine_fonts
from core.publish.layout import CONTINUED, MM, PAD_Y, ROW_MIN, Layout
from core.publish.setting import lay_out
from core.publish.table import table_document
from tests.core.publish.reading import repeated, small_plan
from tests.examples import examples

BODY = 156 * MM


def laid(plan: Plan) -> Layout:
    """The layout of a plan's table with this machine's faces."""
    return lay_out(table_document(plan), machine_fonts())


def check(layout: Layout) -> None:
    """What holds for every page of every table."""
    for number, page in enumerate(layout.pages):
        head = layout.head_height if number == 0 else 0
        assert sum(page.heights) + layout.header_height + head <= BODY
        assert min(page.heights, default=ROW_MIN) >= ROW_MIN - 0.01
        for cell in page.cells:
            room = sum(page.heights[cell.first_row : cell.last_row + 1])
            assert len(cell.lines) * layout.type.pitch + 2 * PAD_Y <= room + 0.01
        slots = [
            (row, column)
            for cell in page.cells
            for row in range(cell.first_row, cell.last_row + 1)
            for column in range(cell.first_column, cell.last_column + 1)
        ]
        assert len(slots) == len(set(slots)) == len(page.heights) * len(layout.document.columns)


def measures_of(layout: Layout, column: int) -> str:
    """The texts of a column over all pages, torn ones put together again, without the bare numbers of those that ended."""
    return "".join(
        cell.text.removeprefix(CONTINUED)
        for page in layout.pages
        for cell in page.cells
        if cell.first_column == column == cell.last_column and not cell.text.endswith(CONTINUED)
    )


def test_guxian_fills_its_pages_without_a_stray_row(plan: Plan) -> None:
    """Seven pages, each of several rows, and every cell's text fits its rows on its page."""
    layout = laid(plan)

    check(layout)
    assert min(len(page.heights) for page in layout.pages) > 1
    assert sum(len(page.heights) for page in layout.pages) == 38
    assert measures_of(layout, 2) == "".join(f"{m.label}{m.text}" for m in plan.measures)


def test_a_merged_cell_has_its_text_again_on_each_page(plan: Plan) -> None:
    """Every page says in its first row which section and which task it is in."""
    for page in laid(plan).pages:
        first = {cell.first_column: cell.text for cell in page.cells if cell.first_row == 0}

        assert first[0].startswith("（")
        assert first[1][0].isdigit()
        assert set(first) == {0, 1, 2, 3, 4}


def test_five_hundred_measures(plan: Plan) -> None:
    """Long tables keep all rules and all texts."""
    many = repeated(plan, 500)
    layout = laid(many)

    check(layout)
    assert min(len(page.heights) for page in layout.pages) > 1
    assert measures_of(layout, 2) == "".join(f"{m.label}{m.text}" for m in many.measures)


def test_one_measure() -> None:
    """A single row on a single page is no stray."""
    layout = laid(small_plan(Measure(1, "（1）", 1, 1, "措施", division_raw="司法局")))

    check(layout)
    assert [len(page.heights) for page in layout.pages] == [1]


def test_no_measure() -> None:
    """An empty plan is a page with title and header."""
    layout = laid(small_plan())

    assert [page.cells for page in layout.pages] == [()]


def test_a_row_higher_than_half_a_page_goes_on_under_a_mark() -> None:
    """2,000 characters: all are there, the parts on later pages begin with （续）, the task is repeated."""
    text = "认真贯彻落实各项工作部署，" * 154
    layout = laid(small_plan(Measure(1, "（1）", 1, 1, text, division_raw="司法局", deadline_raw="2024年底前")))
    place = [column.key for column in layout.document.columns].index("text")
    parts = [cell for page in layout.pages for cell in page.cells if cell.first_column == place]

    check(layout)
    assert len(layout.pages) > 1
    assert [part.text.startswith(CONTINUED) for part in parts] == [False, *[True] * (len(parts) - 1)]
    assert measures_of(layout, place) == f"（1）{text}"
    for page in layout.pages:
        assert "1.着力提高政治能力" in [cell.text for cell in page.cells]
        assert "司法局" in [cell.text for cell in page.cells]


def test_a_row_lower_than_half_a_page_is_never_torn(plan: Plan) -> None:
    """No cell of 古县's table is marked as continued."""
    assert not any(cell.is_torn for page in laid(plan).pages for cell in page.cells)


def test_a_long_merged_division_makes_its_rows_grow() -> None:
    """Nine units beside two short measures: both rows grow until the names fit."""
    names = "、".join(f"某某局第{n}分局" for n in range(9))
    layout = laid(small_plan(*(Measure(n, f"（{n}）", 1, 1, "措施", division_raw=names) for n in (1, 2))))

    check(layout)
    assert layout.pages[0].heights[0] == pytest.approx(layout.pages[0].heights[1])
    assert layout.pages[0].heights[0] > 3 * ROW_MIN


def test_a_division_longer_than_a_page_is_not_lost() -> None:
    """A thousand names do not fit one page: the merge is given up and each row is torn."""
    names = "、".join(f"某某局第{n}分局" for n in range(200))
    layout = laid(small_plan(*(Measure(n, f"（{n}）", 1, 1, "措施", division_raw=names) for n in (1, 2))))
    place = [column.key for column in layout.document.columns].index("division")

    check(layout)
    assert measures_of(layout, place) == names * 2


def test_a_section_row_is_not_left_alone_at_the_foot_of_a_page(plan: Plan) -> None:
    """A full-width row stands with the first measure of its section."""
    columns = tuple(column for column in plan.document.columns if column.key not in {"section", "task"})
    document = replace(plan.document, columns=columns, section_rows=True)
    layout = laid(replace(repeated(plan, 120), document=document))

    check(layout)
    for page in layout.pages:
        last = max(page.cells, key=lambda cell: (cell.last_row, -cell.first_column))
        assert last.first_column == last.last_column


@settings(max_examples=examples(25), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 400),
            st.sampled_from(["司法局", "各乡镇、各行政执法单位", "财政局、人社局" * 12]),
            st.booleans(),
        ),
        min_size=2,
        max_size=40,
    )
)
def test_any_plan_keeps_the_rules(rows: list[tuple[int, str, bool]]) -> None:
    """Measures of all lengths: pages hold, cells fit, nothing is lost, no low row stands alone."""
    measures, task = [], 1
    for number, (length, division, is_new) in enumerate(rows, 1):
        task += is_new
        measures.append(Measure(number, f"（{number}）", 1, task, "措" * length, division_raw=division))
    base = small_plan(*measures)
    plan = replace(base, tasks=tuple(replace(base.tasks[0], no=n) for n in range(1, task + 1)))
    layout = laid(plan)

    check(layout)
    assert measures_of(layout, 2) == "".join(f"{m.label}{m.text}" for m in measures)


def test_cancelling_stops_the_layout(plan: Plan) -> None:
    """取消 ends the work with Cancelled."""
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        lay_out(table_document(plan), machine_fonts(), job)
