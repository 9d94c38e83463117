"""恢复, 另一处 and 移交打包 in the window: nothing happens before the clerk has seen what would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.job import Job
from core.office import attach, backups, check, files, hand_over, progress, second_place
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages.archive.backup_panel import BackupPanel
from gui.pages.archive.page import BACKUPS, ArchivePage
from tests.gui.recorder import Recorder


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    """With a backup that has one piece of evidence; one more came in since."""
    key = progress.find_obligation(context.store, None, 4, "财政局").id
    attach.add_pasted(context.store, key, "2024Q4", "早.pdf", b"early")
    backups.back_up(context.store, Job())
    attach.add_pasted(context.store, key, "2024Q4", "晚.pdf", b"late")
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show_page("archive")
    yield made
    qtbot.waitUntil(lambda: not context.jobs.is_busy)
    context.set_store(None)


@pytest.fixture
def panel(window: MainWindow) -> BackupPanel:
    page = window.page("archive")
    assert isinstance(page, ArchivePage)
    page.show_part(BACKUPS)
    made = page.parts[BACKUPS]
    assert isinstance(made, BackupPanel)
    made.reload()
    return made


def names(context: Context) -> list[str]:
    return [name for (name,) in context.store.db.execute("SELECT name FROM evidence ORDER BY id")]


def test_what_would_change_is_shown_and_given_up_nothing_has(
    qtbot: QtBot, window: MainWindow, panel: BackupPanel, recorder: Recorder, context: Context
) -> None:
    panel.restore.click()
    qtbot.waitUntil(lambda: bool(recorder.messages))
    said = dict(recorder.last.facts)

    assert said["会变的"] == "佐证材料 2 → 1"
    assert said["会少掉"].endswith("共 1 次操作")
    recorder.press("取消")
    assert names(context) == ["早.pdf", "晚.pdf"]
    assert not list(context.store.path.parent.glob(".taizhang-*"))


def test_the_backup_takes_the_place_of_the_ledger_and_back_again(
    qtbot: QtBot, window: MainWindow, panel: BackupPanel, recorder: Recorder, context: Context
) -> None:
    path = context.store.path
    panel.restore.click()
    qtbot.waitUntil(lambda: bool(recorder.messages))
    with qtbot.waitSignal(window.files.recent_changed):
        recorder.press("换成这一份")

    assert context.store.path == path
    assert names(context) == ["早.pdf"]
    assert check.check(context.store, Job()) == ()
    assert "恢复前" in recorder.last.text
    panel.reload()
    panel.table.selectRow([panel.table.cell(row, 2) for row in (0, 1)].index("恢复前"))
    panel.restore.click()
    qtbot.waitUntil(lambda: recorder.last.headline.startswith("用“"))
    with qtbot.waitSignal(window.files.recent_changed):
        recorder.press("换成这一份")
    assert names(context) == ["早.pdf", "晚.pdf"]
    assert check.check(context.store, Job()) == ()


def test_a_package_of_another_ledger_becomes_a_file_of_its_own(
    qtbot: QtBot, window: MainWindow, recorder: Recorder, context: Context, tmp_path: Path
) -> None:
    other = files.create_ledger(tmp_path / "别县.db", "blank")
    hand_over.pack(other, tmp_path / "别县 移交.zip", Job(), version="1")
    other.close()
    window.files.restore_asked.emit(None)
    recorder.give(tmp_path / "别县 移交.zip")
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert recorder.last.headline == "这是另一个台账的备份"
    assert [action.text for action in recorder.last.actions] == ["取消", "恢复成另一个文件"]
    recorder.press("恢复成另一个文件")
    recorder.give(tmp_path / "恢复好的.db")
    qtbot.waitUntil(lambda: recorder.last.headline == "已恢复成“恢复好的.db”")
    recorder.press("打开它")
    qtbot.waitUntil(lambda: context.store.path == tmp_path / "恢复好的.db")


def test_a_ledger_that_cannot_be_opened_gets_one_of_its_backups(
    qtbot: QtBot, window: MainWindow, recorder: Recorder, context: Context
) -> None:
    path = context.store.path
    made = backups.backups(context.store)[0].path
    context.set_store(None)
    data = bytearray(path.read_bytes())
    data[100:9000] = b"\xa5" * 8900
    path.write_bytes(data)
    window.show()
    window.files.open_path(path)
    recorder.press("从备份恢复")
    recorder.give(made)
    qtbot.waitUntil(lambda: recorder.last.headline.startswith("用“"))
    assert dict(recorder.last.facts)["现在"] == "这份台账读不出来"
    with qtbot.waitSignal(window.files.recent_changed):
        recorder.press("换成这一份")
    assert names(context) == ["早.pdf"]


def test_a_second_place_is_chosen_filled_and_told(
    qtbot: QtBot, window: MainWindow, panel: BackupPanel, recorder: Recorder, context: Context, tmp_path: Path
) -> None:
    card, stick = panel.second, tmp_path / "U盘"
    stick.mkdir()
    assert card.light.text() == "没有设置"
    card.choose.click()
    recorder.give(stick)
    assert "同一块盘" in recorder.last.headline
    recorder.press("仍用这里")
    qtbot.waitUntil(lambda: card.light.text() == "正常")

    assert len(list((stick / "古县.备份").glob("*.db"))) == 1
    stick.rename(tmp_path / "拔掉了")
    card.copy.click()
    qtbot.waitUntil(lambda: card.light.text() == "该更新了")
    assert "找不到" in card.words.text()
    assert window.frame.status.backup.label.text().endswith("需要留意")
    card.give_up.click()
    assert card.place is None
    assert second_place.place_of(context.settings, context.store.path) is None


def test_a_package_is_made_read_back_and_shown(
    qtbot: QtBot, panel: BackupPanel, recorder: Recorder, tmp_path: Path
) -> None:
    card = panel.hand_over
    card.pack.click()
    recorder.give(tmp_path / "移交.zip")
    assert card.working.isVisibleTo(card)
    qtbot.waitUntil(lambda: "核对完好" in card.note.text(), timeout=20_000)

    assert "2 份材料" in card.note.text()
    assert card.show_file.isVisibleTo(card)
    assert not card.working.isVisibleTo(card)
    assert hand_over.verify(tmp_path / "移交.zip", Job()) == ()


def test_a_package_can_be_cancelled(
    qtbot: QtBot, panel: BackupPanel, recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_store: object, _target: Path, job: Job, **_more: object) -> None:
        while True:
            job.step(1, 4, "正在打包 通知")

    monkeypatch.setattr(hand_over, "pack", endless)
    card = panel.hand_over
    card.pack.click()
    recorder.give(tmp_path / "移交.zip")
    qtbot.waitUntil(lambda: card.working.words.text().startswith("正在打包 通知"))
    card.working.cancel.click()
    qtbot.waitUntil(lambda: card.note.text() == "已取消，没有打包")
    assert card.pack.isEnabled()


def test_a_file_that_is_only_read_is_packed_but_not_restored(panel: BackupPanel, context: Context) -> None:
    path = context.store.path
    context.store.close()
    context.set_store(files.open_ledger(path, read_only=True))

    assert not panel.restore.isEnabled()
    assert panel.hand_over.pack.isEnabled()
    assert "只读" in panel.note.text()
