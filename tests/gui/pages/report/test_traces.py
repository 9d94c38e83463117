"""数字来源: from a number of the document to its rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from core.model.ledger import EntryState
from core.office import progress
from core.office.form_value import FormValue
from core.office.overview import overview
from core.publish import page_text
from gui.pages.report.page import ReportPage
from tests.gui.pages.conftest import AS_OF, PERIOD
from tests.gui.pages.report.conftest import show


@pytest.fixture
def report(qtbot: QtBot, wide_page: ReportPage) -> ReportPage:
    """A 进展情况报告 of a ledger in which three obligations of one unit are done."""
    view = overview(wide_page.context.store, None, AS_OF)
    for item in [one for one in view.obligations if one.unit == "财政局"][:3]:
        progress.save(wide_page.context.store, item.id, PERIOD, FormValue(EntryState.DONE, AS_OF, text="已办结"))
    show(qtbot, wide_page, "report")
    return wide_page


def figure_of(page: ReportPage, key: str):
    return next(one for one in page.press.made.exported.figures if one.key == key)


def test_a_number_opens_its_rows(qtbot, report) -> None:
    """Its rule, the obligations behind it, and 任务分解 with just their measures; one unit: with it."""
    report.traces.toggle.click()
    figure = figure_of(report, "obligations.done")
    report.figures.figure_chosen.emit(figure)
    assert figure.value == "3"
    assert report.figures.rule.text() == figure.rule
    assert report.figures.count.text().startswith("3 条")

    shown, opened = [], []
    report.show_filtered.connect(shown.append)
    report.open_obligation.connect(opened.append)
    report.figures.to_table.click()
    assert shown[0].unit == "财政局"
    assert len(shown[0].measures) == 3
    assert "3" in shown[0].title
    report.figures.rows.opened.emit(report.figures.rows.current())
    assert opened == [figure.obligations[0]]

    measures = []
    report.open_measure.connect(measures.append)
    report.figures.figure_chosen.emit(figure_of(report, "measures.total"))
    report.figures.rows.opened.emit(report.figures.rows.current())
    assert report.figures.count.text() == "38 项措施"
    assert measures == [1]


def test_the_list_by_keyboard_and_search(qtbot, report) -> None:
    """Down and Enter; what is typed leaves the numbers that are so or are called so; a document without any says so."""
    report.traces.toggle.click()
    report.figures.search.setText("完成率")
    lines = [line for line in report.figures.view.figures.lines if hasattr(line, "key")]
    assert lines
    assert all("完成率" in line.label for line in lines)

    report.figures.view.setFocus()
    qtbot.keyClick(report.figures.view, Qt.Key.Key_Down)
    qtbot.keyClick(report.figures.view, Qt.Key.Key_Return)
    assert report.figures.figure is not None
    report.figures.search.setText("没有这个数")
    assert "没有找到" in report.figures.nothing.text()

    show(qtbot, report, "table")
    qtbot.waitUntil(lambda: "没有统计得出的数字" in report.figures.nothing.text())


def test_a_press_on_a_number_of_the_page_finds_it(qtbot, report) -> None:
    """Where the number is printed, there it can be asked."""
    import io

    import pdfplumber

    figure = figure_of(report, "obligations.total")
    pdf = report.press.source._pdf
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        digits = [char for char in page.chars if char["text"].isdigit()]
        text = "".join(char["text"] for char in digits)
        first = digits[text.index(figure.value)]
    x, y = (first["x0"] + first["x1"]) / 2, (first["top"] + first["bottom"]) / 2
    assert page_text.number_at(pdf, 0, x, y) == figure.value
    assert page_text.number_at(pdf, 0, 5, 5) == ""

    report.view.pressed_at.emit(0, QPointF(x, y))
    qtbot.waitUntil(lambda: report.figures.search.text() == figure.value)
    assert report.figures.isVisible()


def test_a_press_is_told_in_points_of_the_page(qtbot, wide_page) -> None:
    """Whatever the zoom is."""
    told = []
    report = wide_page
    report.view.pressed_at.connect(lambda page, place: told.append((page, place.x(), place.y())))
    report.view.set_factor(1.0)
    rect = report.view._rect(0)
    place = rect.topLeft() + QPointF(96, 48)
    qtbot.mouseClick(report.view.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())

    page, x, y = told[0]
    assert page == 0
    assert (x, y) == (pytest.approx(72, abs=1), pytest.approx(36, abs=1))
