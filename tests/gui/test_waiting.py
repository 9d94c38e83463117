"""What waits for the clerk stands beside the pages; where a file opens; the window's ways between pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import settings
from core.model.ledger import EntryState
from core.office import files, obligations, progress, reviewing
from core.office.changes import Changes
from core.office.form_value import FormValue
from core.store import received
from core.store.evidence_files import Stored
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages import PageEntry
from gui.pages.base import Page
from gui.pages.filters import TableFilter
from tests.gui.fake_pages import FAKE_PAGES, FakePage

DAY = date(2025, 1, 10)


class Remembering(FakePage):
    """Also remembers what the new ways bring."""

    def show_table_filter(self, wanted: TableFilter) -> None:
        self.shown.append(("filter", wanted))

    def show_group(self, name: str) -> None:
        self.shown.append(("group", name))

    def show_pending(self) -> None:
        self.shown.append(("pending",))


def _load() -> type[Page]:
    return Remembering


PAGES = (
    PageEntry("home", "首页", "house", _load),
    *(PageEntry(page.key, page.title, page.icon, _load) for page in FAKE_PAGES),
    PageEntry("exchange", "下发回收", "arrows-left-right", _load),
    PageEntry("units", "单位", "buildings", _load),
)


@pytest.fixture
def window(qtbot: QtBot, dressed: object) -> Iterator[MainWindow]:
    """With 首页 first, and no file yet."""
    made = MainWindow(Context(settings.load()), PAGES)
    qtbot.addWidget(made)
    yield made
    made._may_close = True
    made.close()
    made.context.set_store(None)


def test_what_was_asked_for_while_the_window_was_built_waits_for_the_first_paint(window: MainWindow) -> None:
    window.waiting.soon()
    window.waiting.hold()

    assert not window.waiting._timer.isActive()
    window.waiting.release()
    assert window.waiting._timer.isActive()


def _fill(path: Path) -> list[int]:
    """Two units say something of measure 1."""
    store = files.open_ledger(path)
    rows = [row.id for row in obligations.list_obligations(store, None, DAY, measure=1)[:2]]
    for key in rows:
        progress.save(store, key, "2024Q4", FormValue(EntryState.IN_PROGRESS, text="正在办理。"))
    store.close()
    return rows


def _shown(window: MainWindow) -> str:
    return window._page_key


def test_a_file_with_nothing_filled_in_opens_in_its_table(window: MainWindow, ledger: Path) -> None:
    """First start: the table with what must still be looked at."""
    window.files.open_first(ledger)

    assert _shown(window) == "table"
    assert set(window._pages) == {"table"}


def test_a_file_that_is_worked_in_opens_on_its_first_page(window: MainWindow, ledger: Path) -> None:
    _fill(ledger)
    window.files.open_first(ledger)

    assert _shown(window) == "home"
    assert window.frame.navigation.item("home").isChecked()


def test_what_waits_for_review_is_counted(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    """Two entries; one is passed, one is left; the count is said to those who hear it."""
    rows = _fill(ledger)
    window.files.open_first(ledger)
    item = window.frame.navigation.item("progress")
    qtbot.waitUntil(lambda: item.accessibleName() == "进展填报，2 项待办")

    window.context.announce(reviewing.accept(window.context.store, rows[:1], "2024Q4").changes)

    qtbot.waitUntil(lambda: item.accessibleName() == "进展填报，1 项待办")


def test_what_came_back_and_waits_is_counted(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    """A file that nobody has placed yet."""
    window.files.open_first(ledger)
    with window.context.store.transaction() as db:
        received.add(
            db,
            Stored("0" * 64, 3, "扫描件.pdf"),
            origin="扫描件.pdf",
            received_at="2025-01-09T08:00:00+08:00",
            kind="other",
            plan_id=None,
            period_id=None,
            unit_id=None,
            verdict="",
            outcome={},
            is_settled=False,
        )
    window.context.announce(Changes(periods=True))

    item = window.frame.navigation.item("exchange")
    qtbot.waitUntil(lambda: item.accessibleName() == "下发回收，1 项待办")


def test_the_numbers_of_the_file_before_go_at_once(
    qtbot: QtBot, window: MainWindow, ledger: Path, tmp_path: Path
) -> None:
    """Two wait in the old file, nothing in the new one."""
    _fill(ledger)
    window.files.open_first(ledger)
    item = window.frame.navigation.item("progress")
    qtbot.waitUntil(lambda: item.accessibleName() == "进展填报，2 项待办")
    window.context.set_store(files.create_ledger(tmp_path / "新.db"))

    assert item.accessibleName() == "进展填报"


def test_a_new_frame_gets_its_counts(qtbot: QtBot, window: MainWindow, ledger: Path) -> None:
    """After a change of text size or colours."""
    _fill(ledger)
    window.files.open_first(ledger)
    window.rebuild()

    qtbot.waitUntil(lambda: window.frame.navigation.item("progress").accessibleName() == "进展填报，2 项待办")


def test_a_page_opens_another_with_what_it_counts(window: MainWindow, ledger: Path) -> None:
    """Filtered table, a unit's duties, what waits for review."""
    window.files.open_first(ledger)
    window.show_page("home")
    page = window.page("home")
    wanted = TableFilter(section=2)

    page.show_filtered.emit(wanted)
    assert _shown(window) == "table"
    page.open_unit.emit("财政局")
    page.show_reviews.emit()

    assert _shown(window) == "progress"
    table, forms = window.page("table"), window.page("progress")
    assert isinstance(table, Remembering)
    assert isinstance(forms, Remembering)
    assert table.shown == [("filter", wanted)]
    assert forms.shown == [("unit", "财政局"), ("pending",)]
    page.open_register.emit("财政局")
    register = window.page("units")
    assert _shown(window) == "units"
    assert isinstance(register, Remembering)
    assert register.shown == [("unit", "财政局")]
    page.open_group.emit("各乡镇")
    assert register.shown == [("unit", "财政局"), ("group", "各乡镇")]


def test_a_count_that_was_put_off_asks_no_closed_file(window: MainWindow, ledger: Path) -> None:
    """The file was closed meanwhile: nothing is asked of it, and nothing fails."""
    window.files.open_first(ledger)
    window.context.store.close()
    window.waiting.count()
    assert not window.context.has_store
