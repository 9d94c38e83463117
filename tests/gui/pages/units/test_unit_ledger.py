"""单位工作台账 of the unit that is shown: the button leads to its pages on 报告."""

from __future__ import annotations

from core.model.units import UnitKind
from core.office.unit_changes import UnitValue, save_unit


def test_the_button_asks_for_the_units_own_pages(qtbot, page):
    page.show_unit("财政局")
    with qtbot.waitSignal(page.open_document) as asked:
        page.form.ledger.click()

    assert asked.args == ["ledger", "财政局"]


def test_a_unit_without_obligations_has_none(qtbot, page, context):
    """The reason stands at the button."""
    context.announce(save_unit(context.store, None, UnitValue(name="档案馆", kind=UnitKind.DEPARTMENT)))
    page.show_unit("档案馆")
    qtbot.waitUntil(lambda: page.form.line() is not None and page.form.line().unit.name == "档案馆")

    assert not page.form.ledger.isEnabled()
    assert "没有它的责任事项" in page.form.ledger.toolTip()
