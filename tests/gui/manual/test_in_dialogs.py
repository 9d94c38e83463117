"""F1 over a dialog, which hears no key of the window below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

from core import settings
from gui.context import Context
from gui.main_window import MainWindow
from gui.manual.chapters import chapter_of
from gui.manual.in_dialogs import page_of
from gui.manual.window import ManualWindow
from tests.gui.fake_pages import FAKE_PAGES


@pytest.fixture
def window(qtbot, dressed: QApplication, ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow(Context(settings.load()), FAKE_PAGES)
    qtbot.addWidget(made)
    made.files.open_first(ledger)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made._may_close = True
    made.close()
    made.context.set_store(None)


def _open(qtbot, window: MainWindow, dialog: QDialog) -> QDialog:
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_f1_over_a_modal_dialog_opens_the_chapter_below(qtbot, window: MainWindow) -> None:
    """The manual belongs to the dialog, so that it can be read while the dialog waits; asked again it is the same."""
    window.show_page("progress")
    dialog = _open(qtbot, window, QDialog(window))
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    manual = dialog.findChild(ManualWindow)

    assert manual is not None
    assert manual.isVisible()
    assert manual.list.currentIndex().data().startswith("填报")
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert dialog.findChildren(ManualWindow) == [manual]


def test_a_dialog_with_the_key_of_its_own_keeps_it(qtbot, window: MainWindow) -> None:
    """Two shortcuts of one key would both be silent."""
    dialog = QDialog(window)
    own = QShortcut(QKeySequence("F1"), dialog)
    with qtbot.waitSignal(own.activated):
        qtbot.keyClick(_open(qtbot, window, dialog), Qt.Key.Key_F1)

    assert dialog.findChildren(QShortcut) == [own]


def test_a_dialog_is_told_of_where_it_belongs(dressed: QApplication) -> None:
    """A dialog of 报送期 over 首页 has the chapter of 下发回收; one without a room that of the page below."""
    from gui.pages.units.score_rules_dialog import ScoreRulesDialog
    from gui.periods.new_period import NewPeriodDialog
    from gui.plan_edit.new_plan import NewPlanDialog

    def told(kind: type) -> str:
        return chapter_of(page_of(kind.__new__(kind), "home"))

    assert (told(NewPeriodDialog), told(NewPlanDialog), told(ScoreRulesDialog)) == ("05", "02", "04")
    assert page_of(QDialog(), "home") == "home"
