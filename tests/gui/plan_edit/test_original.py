"""The document a plan was imported from stands beside it while it is edited, the chosen measure lit in it."""

from __future__ import annotations

import openpyxl
import pytest

from core.job import Job
from core.office.reading import import_document

HEAD = ("重点任务", "具体措施", "责任分工", "完成时限")


@pytest.fixture
def sheet(window, tmp_path, qtbot):
    """A plan of three measures that came from a workbook, open for editing, its original read."""
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for no in (1, 2, 3):
        book.active.append(("（一）强化学习", f"（{no}）组织第{no}次培训。", "司法局", "2024年底前"))
    path = tmp_path / "方案.xlsx"
    book.save(path)
    found = import_document(window.context.store, path, Job())
    window.context.announce(found.changes)
    window.context.set_scope(plan_key=found.key)
    window.page("table").edit_plan()
    opened = window.editing.sheet
    qtbot.waitUntil(lambda: opened.source is not None)
    return opened


def test_the_original_stands_beside_the_plan(sheet):
    assert sheet.source.isVisible()
    assert not sheet.source.columns.isVisible()
    assert not sheet.grab().isNull()


def test_the_chosen_measure_is_lit_in_it_also_under_another_number(sheet):
    sheet.session.delete([1])
    sheet.begin(2)

    (place,) = sheet.source._lit
    assert sheet._original._places.text(place) == "（3）组织第3次培训。"


def test_a_click_in_it_chooses_the_measure(sheet):
    sheet.begin(3)
    (place,) = sheet.source._lit
    sheet.begin(1)

    sheet.source.place_clicked.emit(place)

    assert sheet.draft.view.chosen_nos() == [3]


def test_a_bundled_plan_has_none(edit_plan):
    assert edit_plan(6).source is None
