"""附图: drawn once, in PDF by ReportLab and in Word as a picture of the same drawing, told apart without colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest
from PIL import Image

from core.job import Job
from core.office import charts, documents, files
from core.office.asked import Asked
from core.office.statistics import statistics
from core.publish import pages
from core.publish.chart import Bars, Columns, Pattern, Series, in_words
from core.publish.chart_drawing import png_bytes
from core.publish.chart_layout import Box, Stroke, Words, lay_out_chart
from core.publish.fonts import machine_fonts
from core.publish.text_document import Graph
from core.publish.text_layout import HEIGHT, WIDTH
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD, fill

RARE = "㛃镕翀喆镇"
_BARS = Bars(
    ("（一）着力提升行政执法人员能力素质", RARE),
    tuple(Series(f"状态{at}", pattern, (at, at + 1)) for at, pattern in enumerate(Pattern)),
    (("合计", (15, 21)), ("逾期", (4, 0))),
)
_COLUMNS = Columns(
    tuple(f"{month}月" for month in range(1, 13)),
    (Series("已完成", Pattern.SOLID, (1, 0, 2, *[0] * 9)), Series("逾期", Pattern.SLANT, (*[0] * 11, 30))),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("附图")
    with closing(files.create_ledger(folder / "随州.db", "suizhou")) as store:
        fill(store, folder, most=15, long=False)
        yield store


@pytest.mark.parametrize("chart", [_BARS, _COLUMNS])
def test_everything_stands_on_the_sheet_and_every_value_is_printed(chart) -> None:
    """No box, line or word leaves the text area; what a bar is worth stands in figures, also nothing."""
    laid = lay_out_chart(chart, machine_fonts())
    fonts = machine_fonts()
    printed = [shape.text for shape in laid.shapes if isinstance(shape, Words)]
    for shape in laid.shapes:
        if isinstance(shape, Box):
            assert 0 <= shape.x <= shape.x + shape.width <= WIDTH + 0.1
            assert 0 <= shape.y <= shape.y + shape.height <= laid.height
        elif isinstance(shape, Words):
            assert shape.x + fonts.chain(shape.face).width(shape.text, shape.size) <= WIDTH + 0.1
            assert shape.base <= laid.height
        else:
            assert isinstance(shape, Stroke)
            assert max(shape.y1, shape.y2) <= laid.height
    for series in chart.series:
        assert all(str(value) in printed for value in series.values)


def test_bars_are_as_long_as_they_are_worth() -> None:
    """On one scale, also where two charts share it; what counts nothing has no bar."""
    laid = lay_out_chart(replace(_BARS, most=42), machine_fonts())
    height = 13.0
    wide = [shape.width for shape in laid.shapes if isinstance(shape, Box) and shape.height == height]

    assert len(wide) == 2 * len(Pattern) - 1
    per_one = wide[0]
    assert all(abs(width / per_one - round(width / per_one)) < 0.01 for width in wide)
    alone = lay_out_chart(_BARS, machine_fonts())
    longest = [shape.width for shape in alone.shapes if isinstance(shape, Box) and shape.height == height]
    assert longest[0] == pytest.approx(2 * wide[0])


def test_patterns_differ_without_colours() -> None:
    """The picture is grey; no two patterns have the same ink."""
    one = Bars(("行",), tuple(Series(str(at), pattern, (1,)) for at, pattern in enumerate(Pattern)))
    laid = lay_out_chart(one, machine_fonts())
    image = Image.open(io.BytesIO(png_bytes(laid, machine_fonts())))
    scale = image.width / laid.width
    prints = []
    for box in [shape for shape in laid.shapes if isinstance(shape, Box)][-len(Pattern) :]:
        area = (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1)
        prints.append(image.crop(tuple(round(edge * scale) for edge in area)).tobytes())

    assert image.mode == "L"
    assert len(set(prints)) == len(Pattern)
    assert png_bytes(laid, machine_fonts()) == png_bytes(laid, machine_fonts())


def test_a_chart_is_told_in_words_too() -> None:
    assert in_words(_COLUMNS) == "1月：已完成1；3月：已完成2；12月：逾期30"


def test_the_charts_are_those_of_the_statistics(filled) -> None:
    """By part, by unit, by month of each year in which something is due; none is higher than a page."""
    found = statistics(filled, None, AS_OF)
    graphs = [block.chart for block in charts.chart_part(found, "附件4", whole=True).blocks if isinstance(block, Graph)]
    bars = [one for one in graphs if isinstance(one, Bars)]

    assert bars[0].more[0][1] == tuple(one.measures.total for one in found.sections)
    units = [label for one in bars[1:] for label in one.labels]
    assert units == [one.unit for one in found.units]
    for chart in bars:
        for row in range(len(chart.labels)):
            assert sum(one.values[row] for one in chart.series) == chart.more[0][1][row]
    months = [one for one in graphs if isinstance(one, Columns)]
    assert len(months) == len({one.year for one in found.months if one.figures.total})
    due = sum(value for one in months for series in one.series for value in series.values)
    assert due == sum(one.figures.total for one in found.months)
    assert all(lay_out_chart(one, machine_fonts()).height < HEIGHT for one in graphs)


def test_many_units_with_long_names_are_shared_out_over_charts(filled) -> None:
    found = statistics(filled, None, AS_OF)
    named = [replace(found.units[0], unit=f"某某市某某区某某镇人民政府综合行政执法办公室第{at}") for at in range(60)]
    part = charts.chart_part(replace(found, units=tuple(named)), "附件", whole=False)
    bars = [block.chart for block in part.blocks if isinstance(block, Graph) and isinstance(block.chart, Bars)][1:]

    assert sum(len(one.labels) for one in bars) == 60
    assert max(len(one.labels) for one in bars) - min(len(one.labels) for one in bars) <= 1
    assert len({one.most for one in bars}) == 1
    assert all(lay_out_chart(one, machine_fonts()).height < HEIGHT for one in bars)


def test_charts_stand_in_the_annex_of_both_formats(filled, tmp_path) -> None:
    """PDF as drawing with text, Word as one picture a chart with its words; only where they are asked for."""
    plain, with_charts = Asked(None, AS_OF, PERIOD), Asked(None, AS_OF, PERIOD, charts=True)
    for fmt in ("pdf", "docx"):
        documents.export(filled, "report", with_charts, fmt, tmp_path / f"报告.{fmt}", Job())
    documents.export(filled, "report", plain, "pdf", tmp_path / "无图.pdf", Job())

    with pdfplumber.open(tmp_path / "报告.pdf") as pdf:
        last = [page.extract_text() for page in pdf.pages[-3:]]
        assert not any(page.images for page in pdf.pages)
    assert any("进展情况附图" in text for text in last)
    assert any("各单位责任事项进展" in text for text in last)
    document = docx.Document(tmp_path / "报告.docx")
    assert any("进展情况附图" in paragraph.text for paragraph in document.paragraphs)
    assert len(document.inline_shapes) == sum(p.text[:1] == "图" for p in document.paragraphs)
    assert all(shape.width.pt == pytest.approx(WIDTH, abs=1) for shape in document.inline_shapes)
    assert pages.page_count((tmp_path / "无图.pdf").read_bytes()) < pages.page_count(
        (tmp_path / "报告.pdf").read_bytes()
    )
