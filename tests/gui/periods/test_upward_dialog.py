"""上报事项 in the window: what the plan wants, what was sent, what the clerk adds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.office import files, upward
from core.settings import Settings
from gui.context import Context
from gui.periods.upward_dialog import UpwardDialog


@pytest.fixture
def qinzhou(qtbot: QtBot, dressed: object, tmp_path: Path) -> Iterator[Context]:
    """钦州's ledger on 2024-07-31."""
    made = Context(Settings())
    made.as_of = date(2024, 7, 31)
    with closing(files.create_ledger(tmp_path / "钦州.db", "qinzhou")) as store:
        made.set_store(store)
        yield made
        made.jobs.close()


def _opened(qtbot: QtBot, context: Context) -> UpwardDialog:
    made = UpwardDialog(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_the_plan_wants_stands_with_the_days_left(qtbot: QtBot, qinzhou: Context) -> None:
    dialog = _opened(qtbot, qinzhou)

    assert [dialog.table.cell(row, 1) for row in range(2)] == ["2024-08-15", "2025-08-15"]
    assert dialog.table.cell(0, 3) == "还有 15 天"
    assert "佐证材料" in dialog.note.text()


def test_sent_and_taken_back(qtbot: QtBot, qinzhou: Context) -> None:
    dialog = _opened(qtbot, qinzhou)
    dialog.sent_on.setText("2024-07-30")
    dialog.mark.click()
    assert dialog.table.cell(0, 3) == "2024-07-30"

    dialog.unmark.click()
    assert upward.upward_reports(qinzhou.store, None)[0].sent_on is None
    assert not dialog.unmark.isEnabled()


def test_one_more_report_is_added_and_stays_chosen(qtbot: QtBot, context: Context) -> None:
    dialog = _opened(qtbot, context)
    assert "没有写明" in dialog.table.accessibleDescription()
    dialog.save.click()
    assert "没有填写报送什么" in dialog.note.text()

    for what, due in (("半年小结", "2025-06-30"), ("年度总结", "2025-12-31"), ("专题材料", "2025-03-31")):
        dialog.add.click()
        dialog.what.setText(what)
        dialog.due_on.setText(due)
        dialog.save.click()
        assert dialog.what.text() == what
    assert [one.what for one in upward.upward_reports(context.store, None)] == ["专题材料", "半年小结", "年度总结"]


def test_a_file_that_is_only_read_says_so(qtbot: QtBot, context: Context) -> None:
    path = context.store.path
    context.set_store(None)
    with closing(files.open_ledger(path, read_only=True)) as store:
        context.set_store(store)
        dialog = _opened(qtbot, context)

        assert not any(one.isEnabled() for one in (dialog.add, dialog.save, dialog.mark, dialog.unmark))
        assert "只读" in dialog.note.text()
        context.set_store(None)
