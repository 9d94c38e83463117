"""The detail of a measure: its tabs, its lists by keyboard, what can be opened; and the menu of the right button."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from core.errors import LedgerFileError
from core.model.ledger import Review
from core.office import measures, plans
from core.office.evidence import EvidenceRow
from gui.pages.table import detail as detail_module
from gui.pages.table.detail import Detail
from gui.pages.table.detail_model import evidence_lines, unit_lines
from tests.gui.pages.conftest import AS_OF

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
KEY = Qt.Key


@pytest.fixture
def measure(context, tmp_path):
    """Measure 7 with two pieces of evidence, one of which has vanished."""
    found = measures.measure_detail(context.store, None, 7, AS_OF)
    row = EvidenceRow(
        id=1,
        title="培训通知",
        name="扫描1.pdf",
        number="古司发〔2024〕6号",
        category="通知方案",
        proves_on=date(2024, 6, 12),
        received_on=date(2024, 6, 14),
        pages=3,
        size=120_000,
        path=tmp_path / "扫描1.pdf",
        missing=False,
        also=("（3）财政局",),
    )
    gone = replace(row, id=2, title="", name="照片.jpg", number=None, proves_on=None, pages=None, missing=True, also=())
    return replace(found, evidence=(row, gone))


@pytest.fixture
def detail(qtbot, dressed, measure):
    made = Detail()
    qtbot.addWidget(made)
    made.resize(476, 560)
    made.show()
    qtbot.waitExposed(made)
    made.show_detail(measure, AS_OF)
    return made


def test_evidence_says_what_it_proves_and_what_is_gone(measure):
    first, gone = evidence_lines(measure)

    assert first.note == "通知方案，古司发〔2024〕6号，2024-06-12，3 页，也用于（3）财政局"
    assert gone.title == "照片.jpg"
    assert gone.note.startswith("文件不见了")


def test_tabs_by_keyboard(qtbot, detail):
    detail.tabs.setFocus()
    qtbot.keyClick(detail.tabs, KEY.Key_Right)

    assert detail.evidence.isVisible()
    assert not detail.units.isVisible()
    for _ in range(3):
        qtbot.keyClick(detail.tabs, KEY.Key_Right)
    assert detail.tabs.current() == 3
    assert not detail.grab().isNull()


def test_enter_opens_evidence_that_is_there(qtbot, detail, measure, monkeypatch):
    opened = []
    monkeypatch.setattr(detail_module, "open_path", opened.append)
    detail.tabs.choose(1)
    detail.focus_units()

    qtbot.keyClick(detail.evidence, KEY.Key_Return)
    qtbot.keyClick(detail.evidence, KEY.Key_Down)
    qtbot.keyClick(detail.evidence, KEY.Key_Return)

    assert opened == [measure.evidence[0].path]


def test_the_list_is_as_high_as_its_rows_and_the_row_reached_comes_into_sight(qtbot, detail):
    detail.focus_units()
    qtbot.keyClick(detail.units, KEY.Key_End)

    place = detail.units.visualRect(detail.units.currentIndex())
    shown = detail.units.viewport().mapTo(detail.area.viewport(), place.center())
    assert detail.area.viewport().rect().contains(shown)


def test_report_speaks_of_the_unit_chosen(qtbot, detail, measure):
    assert detail.report_note.text() == f"所选单位：{measure.obligations[0].unit}"
    detail.focus_units()
    qtbot.keyClick(detail.units, KEY.Key_Down)
    qtbot.keyClick(detail.units, KEY.Key_Down)

    expected = measure.obligations[2]
    assert detail.report_note.text() == f"所选单位：{expected.unit}"
    with qtbot.waitSignal(detail.report_requested, check_params_cb=lambda key: key == expected.id):
        detail.report.click()


def test_a_click_folds_a_group_and_a_double_click_opens_a_unit(qtbot, detail):
    place = detail.units.visualRect(detail.units.detail_model.index(1)).center()
    qtbot.mouseClick(detail.units.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(detail.report_requested):
        qtbot.mouseDClick(detail.units.viewport(), Qt.MouseButton.LeftButton, pos=place)

    head = detail.units.visualRect(detail.units.detail_model.index(0)).center()
    qtbot.mouseClick(detail.units.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert detail.units.detail_model.lines[0].is_folded


def test_a_returned_entry_is_named(measure):
    row = replace(measure.obligations[0], review=Review.RETURNED, via=("各乡镇",))

    line = unit_lines(replace(measure, obligations=(row,)), AS_OF, frozenset())[1]

    assert "已退回" in line.remark
    assert "经“各乡镇”" in line.tip
    assert "审核：退回" in line.tip


def test_dates_of_other_years_show_the_year(measure):
    row = replace(measure.obligations[0], last_entry=date(2022, 3, 4))

    line = unit_lines(replace(measure, obligations=(row,)), AS_OF, frozenset())[1]

    assert line.date_text == "2022-03"


def test_a_measure_without_units_cannot_be_reported_and_says_so(detail, measure):
    detail.show_detail(replace(measure, obligations=(), done=0, total=0), AS_OF)

    assert not detail.report.isEnabled()
    assert detail.report_note.text() == "这项措施还没有责任单位"


def test_a_failed_confirmation_is_told_and_changes_nothing(qtbot, page, recorder, monkeypatch):
    def fail(*_args):
        raise LedgerFileError("磁盘已满，没有写入。")

    monkeypatch.setattr(plans, "confirm_measure", fail)
    page.show_measure(7)

    page.host.detail.info.verify.confirm.click()

    assert recorder.last.headline == "磁盘已满，没有写入"
    assert page.host.detail.info.verify.isVisible()


def test_the_right_buttons_menu_offers_what_works(qtbot, page):
    page.view.choose([1, 2], 2)
    page.view.customContextMenuRequested.emit(QPoint(300, 40))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)

    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == ["查看措施", "填报", "修改这项措施", "调整时限", "复制 2 行"]
    actions["复制 2 行"].trigger()
    assert QGuiApplication.clipboard().text().count("\n") == 2
    actions["查看措施"].trigger()
    assert page.host.is_open
    menu.close()


def test_menus_paint(qtbot, page):
    """Ticks whole, partly and not at all."""
    page.filters.open_head(0)
    menu = QApplication.activePopupWidget()
    menu.list.value_model.toggle(2)
    assert not menu.grab().isNull()
    menu.close()
