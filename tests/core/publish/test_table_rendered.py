"""What LibreOffice makes of the workbook and the Word document: a judge we did not write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core import paths
from core.model.plan import Measure, Plan
from core.model.plan_json import loads
from tests.core.publish.reading import MM, Sheet, bare, read_pdf, repeated, small_plan

pytestmark = pytest.mark.office
LONG = "认真贯彻落实各项工作部署，" * 154


@pytest.fixture(scope="module", name="rendered")
def all_rendered(
    plan: Plan, make: Callable[..., Path], in_office: Callable[[list[Path]], list[Path]]
) -> dict[str, list[Sheet]]:
    """古县's table and a cell of 2,000 characters, in both formats."""
    long = small_plan(Measure(1, "（1）", 1, 1, LONG, division_raw="司法局", deadline_raw="2024年底前"))
    plans = {"guxian": plan, "long": long}
    names = [f"{name}.{fmt}" for name in plans for fmt in ("xlsx", "docx")]
    made = [make(plans[name.split(".")[0]], name.split(".")[1]) for name in names]
    return {name: read_pdf(path) for name, path in zip(names, in_office(made), strict=True)}


def _is_whole(plan: Plan, sheets: list[Sheet]) -> None:
    """Every measure stands inside the borders of its cell, in order; several rows on each page, and its head."""
    shown = [cell.text for sheet in sheets for cell in sheet.column(100 * MM)]

    assert shown == [bare(f"{m.label}{m.text}") for m in plan.measures]
    for sheet in sheets:
        assert [cell.text for cell in sheet.cells[:4]] == ["重点任务", "具体措施", "责任分工", "完成时限"]
        assert len(sheet.column(100 * MM)) > 1
        assert sheet.column(40 * MM)[0].text.startswith("（")
        assert sheet.column(70 * MM)[0].text[0].isdigit()


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_no_text_is_cut_off_and_breaks_fall_where_the_layout_has_them(
    fmt: str, plan: Plan, rendered: dict[str, list[Sheet]]
) -> None:
    """As many pages as in the PDF, header, section and task at every head."""
    assert len(rendered[f"guxian.{fmt}"]) == 7
    _is_whole(plan, rendered[f"guxian.{fmt}"])


@pytest.mark.thorough
@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_a_hundred_measures(
    fmt: str, plan: Plan, make: Callable[..., Path], in_office: Callable[[list[Path]], list[Path]]
) -> None:
    hundred = repeated(plan, 100)
    sheets = read_pdf(in_office([make(hundred, fmt)])[0])

    assert len(sheets) < 25
    _is_whole(hundred, sheets)


@pytest.mark.thorough
def test_no_bundled_plan_runs_over_its_pages(
    make: Callable[..., Path], in_office: Callable[[list[Path]], list[Path]]
) -> None:
    """LibreOffice lacks the faces here and breaks narrow cells earlier: still as many pages as in the PDF."""
    bundled = [loads(file.read_text(encoding="utf-8")) for file in sorted(paths.DATA.glob("*[!s].json"))]
    shown = in_office([make(plan, "docx") for plan in bundled])

    assert len(bundled) == 5
    for plan, path in zip(bundled, shown, strict=True):
        assert len(read_pdf(path)) == len(read_pdf(make(plan, "pdf"))), plan.document.title


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_divisions_and_deadlines_are_whole_on_each_page(fmt: str, rendered: dict[str, list[Sheet]]) -> None:
    """Nothing in the narrow columns is cut off either."""
    for sheet in rendered[f"guxian.{fmt}"]:
        for cell in sheet.column(220 * MM):
            assert cell.text.endswith(("局", "单位", "落实", "各乡镇", "金融股")), cell.text
        for cell in sheet.column(245 * MM):
            assert cell.text.endswith(("前", "完成")), cell.text


def test_margins_of_the_word_document(rendered: dict[str, list[Sheet]]) -> None:
    """Within 1 mm, the upper edge different on odd and even pages."""
    for number, sheet in enumerate(rendered["guxian.docx"], 1):
        left, right, top, bottom = sheet.margins
        assert left == pytest.approx(35, abs=1)
        assert right == pytest.approx(37, abs=1)
        if number > 1:
            assert top == pytest.approx(28 if number % 2 else 26, abs=1)
        assert bottom >= (26 if number % 2 else 28) - 1


def test_margins_of_the_workbook(rendered: dict[str, list[Sheet]]) -> None:
    """Within 1 mm, those of odd pages throughout."""
    for number, sheet in enumerate(rendered["guxian.xlsx"], 1):
        left, right, top, bottom = sheet.margins
        assert left == pytest.approx(35, abs=1)
        assert right == pytest.approx(37, abs=1)
        if number > 1:
            assert top == pytest.approx(28, abs=1)
        assert bottom >= 25


def test_page_numbers_of_the_word_document_lie_at_the_left(rendered: dict[str, list[Sheet]]) -> None:
    """Odd lower left, even upper left, dashes about 7 mm from the table."""
    for number, sheet in enumerate(rendered["guxian.docx"], 1):
        assert bare("".join(str(char["text"]) for char in sheet.lying)) == f"—{number}—"
        boxes = [(float(c["x0"]), float(c["x1"]), float(c["top"]), float(c["bottom"])) for c in sheet.lying]  # type: ignore[arg-type]
        assert min(x0 for x0, *_ in boxes) < 28 * MM < max(x1 for _, x1, *_ in boxes)
        if number % 2:
            assert max(bottom for *_, bottom in boxes) == pytest.approx((210 - 26) * MM - 14, abs=2)
        else:
            assert min(top for _, _, top, _ in boxes) == pytest.approx(26 * MM + 14, abs=2)


def test_page_numbers_of_the_workbook_are_plain(rendered: dict[str, list[Sheet]]) -> None:
    """— n — in the footer of every page."""
    for number, sheet in enumerate(rendered["guxian.xlsx"], 1):
        assert bare(sheet.text).endswith(f"—{number}—")


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_a_very_long_cell_is_whole_over_its_pages(fmt: str, rendered: dict[str, list[Sheet]]) -> None:
    """2,000 characters: every part stands inside its borders; put together they are the text."""
    parts = [cell.text.removeprefix("（续）") for sheet in rendered[f"long.{fmt}"] for cell in sheet.column(130 * MM)]

    assert "".join(parts) == f"（1）{LONG}"
