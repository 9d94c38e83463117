"""Wild documents: no traceback, every block accounted for, no word of a used table lost."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model import plan_json
from core.recognise.blocks import Cell, Paragraph, Place, Source, Table
from core.recognise.draft import recognise
from tests.examples import examples

WORDS = [
    "一、", "（一）", "1.", "（1）", "①", "2、", "二、", "3.2024年10月底前", "2024年底前", "长期坚持", "司法局", "各乡镇、各行政执法单位",
    "（司法局牵头，财政局落实）", "责任单位：司法局", "完成时限：2024年6月底前", "加强建设，完善制度。", "具体措施：", "附件", "重点任务", "具体措施",
    "责任分工", "完成时限", "序号", "牵头单位", "责任单位", "同上", "（共3项）", "注：说明", " ", "\n", "", "以下均需司法局落实，不再列出",
    "[责任单位:司法局]", "）", "（", "”", "“", "组长：张 三 局长", "12", "合计",
]  # fmt: skip
WHOLE = [
    "各乡镇",
    "各行政执法单位",
    "加强建设",
    "完善制度",
    "长期坚持",
    "司法局",
    "财政局",
    "不再列出",
    "组长",
    "2024年底前",
]
HEADERS = ["序号", "重点任务", "具体措施", "责任分工", "牵头单位", "责任单位", "完成时限", "备注", ""]
TEXT = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
KEYS = st.sampled_from(["section", "task", "no", "text", "division", "lead", "responsible", "deadline", "other"])


@st.composite
def tables(draw: Any, number: int) -> Table:
    """Any grid with any spans, often under a header."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    taken: set[tuple[int, int]] = set()
    for top in range(height):
        for left in range(width):
            if (top, left) in taken:
                continue
            down, right = draw(st.sampled_from([(1, 1), (1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (1, 6)]))
            down, right = min(down, height - top), min(right, width - left)
            area = {(top + y, left + x) for y in range(down) for x in range(right)}
            if area & taken:
                down, right, area = 1, 1, {(top, left)}
            taken |= area
            rows[top][left] = Cell(draw(TEXT), Place(table=number, row=top + 1, column=left + 1), down, right)
    header = tuple(Cell(draw(st.sampled_from(HEADERS)), Place(table=number, row=1, column=n + 1)) for n in range(width))
    grid = tuple(tuple(row) for row in rows)
    return Table((header, *grid) if draw(st.booleans()) else grid, Place(table=number))


@st.composite
def sources(draw: Any) -> Source:
    """Up to eight blocks of any kind."""
    blocks: list[Paragraph | Table] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        if draw(st.booleans()):
            blocks.append(draw(tables(number)))
        else:
            automatic, heading = draw(st.sampled_from(["", "", "1.", "（一）"])), draw(st.sampled_from([None, None, 1]))
            blocks.append(Paragraph(draw(TEXT), Place(paragraph=number), automatic, heading))
    return Source("x", draw(st.sampled_from(["docx", "text", "pdf", "sheet"])), tuple(blocks))


WILD = settings(
    max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@WILD
@given(sources(), st.one_of(st.none(), st.dictionaries(st.integers(0, 8), KEYS, max_size=6)))
def test_every_block_is_used_a_heading_or_unused(source: Source, columns: dict[int, str] | None) -> None:
    draft = recognise(source, columns=columns)

    plan = plan_json.loads(plan_json.dumps(draft.plan))
    known = {id(block) for block in (*draft.used, *draft.headings, *draft.unused)}
    assert all(id(block) in known for block in source.blocks)
    assert set(draft.places) == {measure.no for measure in plan.measures}
    assert all(m.section is None or m.section <= len(plan.sections) for m in plan.measures)
    assert all(m.task is None or m.task <= len(plan.tasks) for m in plan.measures)


@WILD
@given(sources())
def test_no_word_of_a_used_block_is_lost(source: Source) -> None:
    draft = recognise(source)
    blocks = [*draft.unused, *draft.headings]
    said = plan_json.dumps(draft.plan) + "".join(title for _, title in (draft.columns or {}).values())
    said = re.sub(r"\s|\\n", "", said + "".join(text for block in blocks for text in _texts(block)))

    for text in (text for block in draft.used for text in _texts(block)):
        for word in WHOLE:
            assert word not in text or word in said, text


def _texts(block: Paragraph | Table) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows for cell in row if cell is not None]
