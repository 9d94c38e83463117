"""报送期 in the window: the list, making, changing, freezing, deleting; the top bar's way there."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.ledger.periods import PeriodKind
from core.model.ledger import EntryState
from core.office import board, files, periods, progress
from core.office.form_value import FormValue
from gui.context import Context
from gui.periods.dialog import PeriodsDialog
from gui.periods.difference_dialog import DifferenceDialog
from gui.periods.new_period import NewPeriodDialog
from gui.top_bar import TopBar
from tests.gui.recorder import Recorder

BEGUN = FormValue(EntryState.IN_PROGRESS, text="已部署。", received_on=date(2024, 12, 20))


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> PeriodsDialog:
    """Open over nothing, its figures counted."""
    return _opened(qtbot, context)


def _opened(qtbot: QtBot, context: Context) -> PeriodsDialog:
    made = PeriodsDialog(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    _wait(qtbot, context)
    return made


def _wait(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=10_000)


def _new(dialog: PeriodsDialog) -> NewPeriodDialog:
    dialog.add.click()
    return next(w for w in dialog.findChildren(NewPeriodDialog) if w.isVisible())


def _titles(dialog: PeriodsDialog) -> list[str]:
    return [dialog.table.cell(row, 0) for row in range(dialog.table.model().rowCount())]


def _choose(dialog: PeriodsDialog, title: str) -> None:
    dialog.table.selectRow(_titles(dialog).index(title))


def test_the_list_stands_on_the_period_of_the_top_bar_with_its_figures(
    qtbot: QtBot, context: Context, dialog: PeriodsDialog
) -> None:
    row = dialog.table.row()

    assert dialog.table.cell(row, 0) == "2024年第四季度"
    assert int(dialog.table.cell(row, 3)) > 0
    assert dialog.table.cell(row, 4) == "0"
    assert not dialog.delete.isEnabled()

    progress.save(context.store, progress.find_obligation(context.store, None, 1, "财政局").id, "2024Q4", BEGUN)
    dialog.reload()
    _wait(qtbot, context)
    assert dialog.table.cell(dialog.table.row(), 4) == "1"


def test_another_cut_off_and_what_is_asked_are_saved(context: Context, dialog: PeriodsDialog) -> None:
    heard: list[bool] = []
    context.changed.connect(lambda changes: heard.append(changes.periods))
    dialog.form.cut_off.setText("2024.12.25")
    dialog.form.asks["佐证材料"].click()
    dialog.form.save.click()

    found = periods.period_of(context.store, None, "2024Q4")
    assert (found.cut_off, found.asks) == (date(2024, 12, 25), ("佐证材料",))
    assert dialog.form.note.text() == "已保存"
    assert heard == [True]


def test_what_cannot_be_is_said_beside_the_field(context: Context, dialog: PeriodsDialog) -> None:
    dialog.form.cut_off.setText("2024-09-30")
    dialog.form.save.click()

    assert "早于报送期第一天" in dialog.form.note.text()
    assert dialog.form.cut_off.text() == "2024-09-30"
    assert periods.period_of(context.store, None, "2024Q4").cut_off == date(2024, 12, 31)


def test_the_days_of_a_quarter_are_fixed_and_those_of_a_midterm_are_not(dialog: PeriodsDialog) -> None:
    assert dialog.form.first_day.isReadOnly()

    made = _new(dialog)
    made.kind.setCurrentIndex(made.kind.findData(PeriodKind.MIDTERM))
    made.make.click()

    assert dialog.form.title.text() == "中期"
    assert not dialog.form.first_day.isReadOnly()


def test_a_month_is_made_and_chosen_for_the_window(context: Context, dialog: PeriodsDialog) -> None:
    made = _new(dialog)
    made.kind.setCurrentIndex(made.kind.findData(PeriodKind.MONTH))
    made.year.setValue(2024)
    made.number.setCurrentIndex(1)
    made.make.click()

    assert dialog.form.title.text() == "2024年2月"
    assert dialog.form.last_day.text() == "2024-02-29"
    dialog.use.click()
    assert context.period_key == "2024-02"
    assert not dialog.isVisible()


def test_a_named_one_that_cannot_be_keeps_what_was_typed(context: Context, dialog: PeriodsDialog) -> None:
    made = _new(dialog)
    made.kind.setCurrentIndex(made.kind.findData(PeriodKind.NAMED))
    made.make.click()
    assert made.note.text() == "请填写名称。"

    made.name.setText("督察整改")
    made.first_day.setText("2024-05-31")
    made.last_day.setText("2024-03-01")
    made.make.click()
    assert "早于第一天" in made.note.text()
    assert (made.isVisible(), made.name.text()) == (True, "督察整改")

    made.last_day.setText("2024-06-30")
    made.make.click()
    assert "督察整改" in _titles(dialog)
    assert periods.period_of(context.store, None, "督察整改").first_day == date(2024, 5, 31)


def test_an_empty_one_is_deleted_and_the_window_takes_another(context: Context, dialog: PeriodsDialog) -> None:
    made = _new(dialog)
    made.kind.setCurrentIndex(made.kind.findData(PeriodKind.YEAR))
    made.make.click()
    assert dialog.delete.isEnabled()
    context.set_scope(period_key="2025")

    dialog.delete.click()

    assert "2025年" not in _titles(dialog)
    assert context.period_key == "2025Q1"


def test_figures_are_frozen_and_again_only_after_asking(
    qtbot: QtBot, context: Context, dialog: PeriodsDialog, recorder: Recorder
) -> None:
    dialog.freezing.freeze.click()
    _wait(qtbot, context)
    assert dialog.table.cell(dialog.table.row(), 5) == "2025-01-10"
    assert dialog.freezing.freeze.text() == "重新固定"

    progress.save(context.store, progress.find_obligation(context.store, None, 1, "财政局").id, "2024Q4", BEGUN)
    dialog.freezing.differences.click()
    _wait(qtbot, context)
    shown = next(w for w in dialog.findChildren(DifferenceDialog) if w.isVisible())
    rows = [tuple(shown.table.cell(row, at) for at in range(4)) for row in range(shown.table.model().rowCount())]
    assert ("财政局", "已报", "0", "1") in rows
    shown.shut.click()

    dialog.freezing.freeze.click()
    assert recorder.last.headline == "改用 2025-01-10 的数字吗？"
    recorder.press("重新固定")
    _wait(qtbot, context)
    assert context.store.db.execute("SELECT count(*) FROM frozen_period").fetchone() == (2,)


def test_a_file_that_is_only_read_says_so(qtbot: QtBot, context: Context) -> None:
    path = context.store.path
    context.set_store(None)
    with closing(files.open_ledger(path, read_only=True)) as store:
        context.set_store(store)
        dialog = _opened(qtbot, context)

        assert not any(one.isEnabled() for one in (dialog.add, dialog.freezing.freeze, dialog.delete, dialog.form.save))
        assert "只读" in dialog.form.note.text()
        assert dialog.form.cut_off.isReadOnly()
        dialog.close()
        context.set_store(None)


def test_the_top_bar_opens_it_and_keeps_its_period(qtbot: QtBot, context: Context) -> None:
    bar = TopBar(context)
    qtbot.addWidget(bar)
    bar.load(board.plans(context.store), periods.periods(context.store, None, context.as_of), context.as_of)
    bar.show()
    last = bar.period.count() - 1
    assert bar.period.itemText(last) == "管理报送期"

    bar.period.setFocus()
    for _ in range(last + 2):
        qtbot.keyClick(bar.period, Qt.Key.Key_Down)
    assert bar.period.currentText() == "2024年第二季度"

    bar.period.setCurrentIndex(last)
    bar.period.activated.emit(last)
    opened = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PeriodsDialog) and w.isVisible())
    _wait(qtbot, context)
    assert bar.period.currentText() == "2024年第二季度"
    opened.close()


def test_what_was_typed_is_saved_when_another_is_chosen_or_the_dialog_closes(
    context: Context, dialog: PeriodsDialog
) -> None:
    dialog.form.cut_off.setText("2024-12-25")
    _choose(dialog, "2024年第三季度")
    assert dialog.form.title.text() == "2024年第三季度"
    dialog.form.cut_off.setText("2024-09-25")
    dialog.shut.click()

    cut_offs = [periods.period_of(context.store, None, key).cut_off for key in ("2024Q4", "2024Q3")]
    assert cut_offs == [date(2024, 12, 25), date(2024, 9, 25)]
    assert not dialog.isVisible()


def test_what_cannot_be_saved_is_not_left(context: Context, dialog: PeriodsDialog) -> None:
    dialog.form.cut_off.setText("2024-13-25")
    _choose(dialog, "2024年第三季度")
    dialog.shut.click()

    assert (dialog.form.title.text(), dialog.form.cut_off.text()) == ("2024年第四季度", "2024-13-25")
    assert dialog.table.cell(dialog.table.row(), 0) == "2024年第四季度"
    assert "月份应为" in dialog.form.note.text()
    assert dialog.isVisible()
    dialog.form.forget()
