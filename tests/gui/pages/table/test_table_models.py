"""The models hold to Qt's rules and answer what is asked of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from core.office import measures
from gui.pages.table import arrange
from gui.pages.table.arrange import BY_DUE, View
from gui.pages.table.detail_model import DetailModel, GroupHead, NoteLine, UnitLine, history_lines, unit_lines
from gui.pages.table.model import TableModel
from gui.pages.table.rows import prepare
from gui.widgets.popups import entries_of
from gui.widgets.value_list import ValueModel
from tests.gui.pages.conftest import AS_OF

CHECK = Qt.ItemDataRole.CheckStateRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def test_table_model_keeps_qts_rules_in_both_orders_and_with_bands(qtmodeltester, qtbot, table, two_roles):
    model = TableModel()
    model.show(table.columns, arrange.arrange(table, View()))
    qtmodeltester.check(model, force_py=True)

    for rows, view in ((table, View(sort=BY_DUE)), (prepare(two_roles), View())):
        model.show(rows.columns, arrange.arrange(rows, view))
        assert len(model.arranged.lines) == model.rowCount()


def test_cells_say_their_column_to_a_screen_reader(table):
    model = TableModel()
    model.show(table.columns, arrange.arrange(table, View()))

    assert model.index(0, 4).data(ACCESSIBLE) == "完成时限：2024年底前"
    assert model.index(6, 2).data(Qt.ItemDataRole.ToolTipRole).startswith("待核对：")
    assert model.rowCount(model.index(0, 0)) == 0


def test_a_band_cannot_be_chosen(two_roles):
    model = TableModel()
    rows = prepare(two_roles)
    model.show(rows.columns, arrange.arrange(rows, View()))

    assert Qt.ItemFlag.NoItemFlags == model.flags(model.index(0, 0))
    assert model.row(0) is None
    assert model.line_of(1) == 1
    assert model.measures == 38


def test_refresh_tells_only_changed_lines(qtbot, table):
    model = TableModel()
    model.show(table.columns, arrange.arrange(table, View()))
    other = list(model.arranged.lines)
    other[3] = other[7]
    told = []
    model.dataChanged.connect(lambda first, last, *_: told.append((first.row(), last.row(), last.column())))

    assert model.refresh(arrange.arrange(table, View())) == []
    assert model.refresh(arrange.Arranged(tuple(other), model.arranged.spans)) is None
    assert told == []


def test_value_model_ticks_values_heads_and_what_a_search_leaves(qtmodeltester, qtbot):
    values = [("甲", "a1", 2), ("甲", "a2", 1), ("乙", "b1", 3)]
    model = ValueModel(entries_of(values), frozenset({"a1", "a2", "b1"}))
    qtmodeltester.check(model, force_py=True)

    assert model.is_everything()
    model.toggle(1)
    assert frozenset({"b1"}) == model.ticked()
    assert Qt.CheckState.PartiallyChecked == Qt.CheckState(model.index(0, 0).data(CHECK))
    model.toggle(0)
    assert model.is_everything()
    model.search("a2")
    assert [model.index(i, 0).data() for i in range(model.rowCount())] == ["全选", "甲", "a2"]
    assert frozenset({"a2"}) == model.ticked()
    model.toggle(99)


def test_a_search_finds_values_by_their_head(qtbot):
    model = ValueModel(entries_of([("甲", "a1", 2), ("乙", "b1", 3)]), frozenset({"a1"}))

    model.search("乙")

    assert [model.index(i, 0).data() for i in range(model.rowCount())] == ["全选", "乙", "b1"]


def test_units_of_a_measure_stand_in_groups_with_what_is_late_first(qtmodeltester, qtbot, context, report_done):
    report_done(4)
    detail = measures.measure_detail(context.store, None, 4, AS_OF)

    lines = unit_lines(detail, AS_OF, frozenset())
    folded = unit_lines(detail, AS_OF, frozenset({"逾期"}))
    model = DetailModel()
    model.show(lines)
    qtmodeltester.check(model, force_py=True)

    heads = [line for line in lines if isinstance(line, GroupHead)]
    assert [head.key for head in heads] == ["逾期", "已完成"]
    assert len(detail.obligations) == sum(head.count for head in heads)
    assert [head.date_title for head in heads] == ["最近填报", "完成日期"]
    assert [line for line in lines if isinstance(line, UnitLine)][-1].date_text == "06-03"
    assert isinstance(folded[1], GroupHead)
    assert Qt.ItemFlag.ItemIsSelectable not in model.flags(model.index(0, 0))
    assert Qt.ItemFlag.NoItemFlags == model.flags(QModelIndex())
    assert "已展开" in model.index(0, 0).data(ACCESSIBLE)


def test_history_lines_say_when_and_who(context, report_done):
    report_done(4)
    detail = measures.measure_detail(context.store, None, 4, AS_OF)

    first = history_lines(detail)[0]

    assert isinstance(first, NoteLine)
    assert detail.history[0].at in first.note
