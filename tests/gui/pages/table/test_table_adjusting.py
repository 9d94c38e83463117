"""调整时限: for a whole measure what is typed is understood at once; one unit alone can get a later date."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from core.office import files
from gui.pages.table.adjust_dialog import UNIT, AdjustDialog

KEY = Qt.Key
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
BASIS = "古办发〔2025〕2号"


def opened(page, no: int) -> AdjustDialog:
    page.view.go_to(no)
    page.acts.adjust()
    return page.findChild(AdjustDialog)


def row_of(page, no: int):
    return next(row.source for row in page.table.rows if row.no == no)


def test_nothing_can_be_saved_without_a_basis(page):
    dialog = opened(page, 6)
    assert dialog.note.text().endswith("请填写新的时限。")

    dialog.phrase.setText("2025年1月底前")

    assert dialog.note.text().startswith("读作：2025-01-31。请填写依据文号")
    assert not dialog.save.isEnabled()
    dialog.basis.setText(BASIS)
    assert dialog.save.isEnabled()


def test_the_whole_measure_gets_the_new_deadline(page):
    dialog = opened(page, 6)
    dialog.phrase.setText("2025年1月底前")
    dialog.basis.setText(BASIS)
    dialog.reason.setText("推后一个月")

    dialog.save.click()

    row = row_of(page, 6)
    assert (row.due, row.adjusted_from) == (date(2025, 1, 31), date(2024, 12, 31))


def test_one_unit_alone_gets_a_later_date(page):
    page.host.open(6)
    unit = page.host.detail.detail.obligations[2]
    page.host.detail.units.setCurrentIndex(page.host.detail.units.detail_model.index(3))
    page.host.detail.adjust.click()
    dialog = page.findChild(AdjustDialog)
    dialog.scope.button(UNIT).click()
    assert dialog.unit.currentText() == unit.unit
    assert dialog.note.text().startswith("请填写延到哪一天")
    dialog.to.setText("2025-03-31")
    dialog.basis.setText(BASIS)

    dialog.save.click()

    found = page.host.detail.detail
    assert [(a.unit, a.new.deadlines[0].date) for a in found.adjustments] == [(unit.unit, date(2025, 3, 31))]
    assert row_of(page, 6).due == date(2024, 12, 31)


def test_a_measure_with_several_dates_asks_which_one(page, context, qtbot):
    first = opened(page, 7)
    assert first.note.text().endswith("请填写新的时限。")
    first.phrase.setText("应急领域2025年3月底前完成，其余事项2025年底前完成")
    first.basis.setText(BASIS)
    with qtbot.waitSignal(context.changed):
        first.save.click()
    page.acts.adjust()
    dialog = page.findChildren(AdjustDialog)[-1]
    assert not dialog.part.isVisible()

    dialog.scope.button(UNIT).click()

    assert dialog.part.isVisible()
    assert [dialog.part.itemText(at) for at in range(dialog.part.count())] == ["应急领域", "其余事项"]


def test_the_date_it_has_already_is_refused_in_words(page):
    dialog = opened(page, 6)
    dialog.scope.button(UNIT).click()
    dialog.to.setText("2024-12-31")
    dialog.basis.setText(BASIS)

    dialog.save.click()

    assert dialog.note.text().startswith("完成时限已经是 2024-12-31")
    assert dialog.isVisible()


def test_a_wrong_date_is_told(page):
    dialog = opened(page, 6)
    dialog.scope.button(UNIT).click()

    dialog.to.setText("明天")

    assert "日期应写作" in dialog.note.text()
    assert not dialog.save.isEnabled()


def test_the_key_opens_it(page, qtbot):
    page.view.go_to(6)

    qtbot.keyClick(page, KEY.Key_D, KEYS)

    assert page.findChild(AdjustDialog) is not None


@pytest.mark.parametrize("chosen", [True, False])
def test_a_ledger_that_may_only_be_read_is_not_adjusted(page, context, chosen):
    context.set_store(files.open_ledger(context.store.path, read_only=True))
    if chosen:
        page.view.go_to(6)

    page.acts.adjust()

    assert page.findChild(AdjustDialog) is None
    assert not page.toolbar.adjust.isEnabled()
    assert "只读" in page.toolbar.adjust.toolTip()
