"""档案: its parts, backups and the check, settings; and what reaches the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import Cancelled
from core.job import Job
from core.office import backups, check, files, ledger_settings
from core.office.check import Finding
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages.archive.backup_panel import BackupPanel, size_words
from gui.pages.archive.page import BACKUPS, JOURNAL, MEETINGS, SETTINGS, ArchivePage
from gui.pages.archive.settings_panel import SettingsPanel
from tests.gui.pages.archive.conftest import PARTS
from tests.gui.recorder import Recorder


@pytest.fixture
def panel(page: ArchivePage) -> BackupPanel:
    page.show_part(BACKUPS)
    made = page.parts[BACKUPS]
    assert isinstance(made, BackupPanel)
    return made


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_shown_and_fits_the_smallest_window(page: ArchivePage, part: str) -> None:
    page.show_part(part)

    assert page.choice.value() == part
    assert page.stack.currentWidget() is page.parts[part]
    assert page.parts[part].minimumSizeHint().width() <= 960 - 160 - 32 + 160
    assert page.parts[part].isVisible()


def test_the_part_is_kept_when_the_page_is_made_anew(qtbot: QtBot, page: ArchivePage, context: Context) -> None:
    page.show_part(SETTINGS)
    again = ArchivePage(context)
    qtbot.addWidget(again)

    assert again.choice.value() == SETTINGS


class TestBackups:
    def test_without_one_it_says_what_to_do(self, panel: BackupPanel) -> None:
        assert panel.rooms.currentWidget() is panel.none_yet
        assert not panel.folder.isEnabled()

    def test_one_more_is_listed_with_time_and_size(
        self, qtbot: QtBot, page: ArchivePage, panel: BackupPanel, context: Context
    ) -> None:
        with qtbot.waitSignal(page.backed_up):
            panel.now.click()

        (made,) = backups.backups(context.store)
        assert panel.table.cell(0, 0) == f"{made.made_at:%Y-%m-%d %H:%M}"
        assert panel.table.cell(0, 1) == "今天"
        assert panel.table.cell(0, 2) == "手动"
        assert panel.table.cell(0, 3) == size_words(made.size)
        assert panel.table.cell(0, 4) == "已验证"
        assert made.path.name in panel.note.text()
        assert panel.folder.isEnabled()

    def test_where_none_can_be_written_it_is_said(
        self, qtbot: QtBot, panel: BackupPanel, context: Context, recorder: Recorder
    ) -> None:
        backups.folder(context.store).write_text("im Weg", encoding="utf-8")
        panel.now.click()
        qtbot.waitUntil(lambda: bool(recorder.messages))

        assert "没有备份" in recorder.last.text
        assert panel.now.isEnabled()

    def test_a_file_that_is_only_read_cannot_be_backed_up_and_says_why(
        self, qtbot: QtBot, panel: BackupPanel, context: Context
    ) -> None:
        path = context.store.path
        context.store.close()
        context.set_store(files.open_ledger(path, read_only=True))

        assert not panel.now.isEnabled()
        assert "只读" in panel.note.text()
        assert panel.check.start.isEnabled()
        context.store.close()

    @pytest.mark.parametrize(("size", "said"), [(430_080, "420 KB"), (5 << 20, "5.0 MB"), (0, "0 KB")])
    def test_sizes_are_said_in_words(self, size: int, said: str) -> None:
        assert size_words(size) == said


class TestCheck:
    def test_a_whole_ledger_is_said_to_be_so_with_the_time(self, qtbot: QtBot, panel: BackupPanel) -> None:
        assert panel.check.verdict.text() == "还没有校验"
        panel.check.start.click()
        qtbot.waitUntil(lambda: panel.check.verdict.text().startswith("完好，20"))

        assert panel.check.start.isEnabled()
        assert not panel.check.working.isVisible()

    def test_problems_are_listed_with_what_to_do(
        self, qtbot: QtBot, panel: BackupPanel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = (Finding("佐证材料“通知”不见了", "请找回。"), Finding("操作日志第 2 条被改动过", "请留存。"))
        monkeypatch.setattr(check, "findings", lambda _store, _job: found)
        panel.check.run()
        qtbot.waitUntil(lambda: panel.check.verdict.text().startswith("发现 2 处问题"))

        said = [label.text() for label in panel.check.area.widget().findChildren(type(panel.check.verdict))]
        assert said == [found[0].what, "怎么办：请找回。", found[1].what, "怎么办：请留存。"]

    def test_it_can_be_cancelled(self, qtbot: QtBot, panel: BackupPanel, monkeypatch: pytest.MonkeyPatch) -> None:
        def endless(_store: object, job: Job) -> tuple[Finding, ...]:
            while True:
                job.step(1, 4, "正在校验操作日志")

        monkeypatch.setattr(check, "findings", endless)
        panel.check.run()
        qtbot.waitUntil(lambda: panel.check.step.text().startswith("正在校验操作日志"))
        panel.check.cancel.click()
        qtbot.waitUntil(lambda: panel.check.verdict.text() == "已取消，没有校验完")

        assert panel.check.start.isEnabled()

    def test_another_file_has_not_been_checked(
        self, qtbot: QtBot, panel: BackupPanel, context: Context, tmp_path: Path
    ) -> None:
        panel.check.run()
        qtbot.waitUntil(lambda: panel.check.verdict.text().startswith("完好"))
        context.set_store(files.create_ledger(tmp_path / "别的.db"))

        assert panel.check.verdict.text() == "还没有校验"
        context.store.close()


class TestWindow:
    @pytest.fixture
    def window(self, qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
        made = MainWindow(context)
        qtbot.addWidget(made)
        made.show_page("archive")
        yield made
        context.set_store(None)  # what still waits to be counted must not ask a file that is closed

    def test_it_stands_last_in_the_navigation(self, window: MainWindow) -> None:
        assert (window.entries[-1].key, window.entries[-1].title) == ("archive", "档案")

    def test_a_larger_size_is_dressed_at_once_and_the_settings_stay_open(
        self, qtbot: QtBot, window: MainWindow, dressed: object
    ) -> None:
        page = window.page("archive")
        assert isinstance(page, ArchivePage)
        page.show_part(SETTINGS)
        panel = page.parts[SETTINGS]
        assert isinstance(panel, SettingsPanel)
        panel.contrast.click()
        qtbot.waitUntil(lambda: window.page("archive") is not page)
        again = window.page("archive")

        assert isinstance(again, ArchivePage)
        assert again.choice.value() == SETTINGS
        restored = again.parts[SETTINGS]
        assert isinstance(restored, SettingsPanel)
        assert restored.contrast.isChecked()
        restored.contrast.click()
        qtbot.waitUntil(lambda: window.page("archive") is not again)

    def test_the_status_line_tells_of_a_backup(self, window: MainWindow, context: Context) -> None:
        backups.back_up(context.store, Job())
        window.page("archive").backed_up.emit()

        assert window.frame.status.backup.label.text().startswith("备份 今天")

    def test_settings_of_the_ledger_are_saved(self, window: MainWindow, context: Context) -> None:
        page = window.page("archive")
        assert isinstance(page, ArchivePage)
        page.show_part(SETTINGS)
        panel = page.parts[SETTINGS]
        assert isinstance(panel, SettingsPanel)
        panel.ledger.office.setText("古县司法局")
        panel.ledger.office.editingFinished.emit()

        assert ledger_settings.load(context.store).office == "古县司法局"


def test_a_cancelled_check_leaves_nothing(context: Context) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        check.check(context.store, job)


def test_leaving_for_the_journal_keeps_a_saved_meeting(page: ArchivePage) -> None:
    page.show_part(MEETINGS)
    page.show_part(JOURNAL)

    assert page.choice.value() == JOURNAL
