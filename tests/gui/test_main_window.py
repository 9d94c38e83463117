"""The frame: first start, files of every kind, pages, scope, search, keys, leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from core import paths, settings
from core.errors import InvalidError
from core.office import board, files, sample_mark
from core.office.changes import Changes
from core.settings import Settings
from core.store import settings as store_settings
from gui.context import Context
from gui.jobs import Progress
from gui.main_window import MainWindow
from gui.new_ledger import NewLedgerDialog
from gui.shortcuts import ShortcutSheet
from tests.gui.fake_pages import FAKE_PAGES, FakePage
from tests.gui.recorder import Recorder

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Start = Callable[[Path | None], MainWindow]


@pytest.fixture
def start(qtbot, dressed) -> Iterator[Start]:
    """Start the window as the program does, with pages that show nothing."""
    made: list[MainWindow] = []

    def started(path: Path | None = None) -> MainWindow:
        window = MainWindow(Context(settings.load()), FAKE_PAGES)
        made.append(window)
        qtbot.addWidget(window)
        window.files.open_first(path)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.files.tell_pending()
        return window

    yield started
    for window in made:
        window._may_close = True
        window.close()
        window.context.set_store(None)


@pytest.fixture
def window(start: Start, ledger: Path) -> MainWindow:
    """The window with 古县's ledger."""
    return start(ledger)


def _page(window: MainWindow, key: str) -> FakePage:
    page = window.page(key)
    assert isinstance(page, FakePage)
    return page


def _ask_for_new(window: MainWindow, key: str = "guxian") -> None:
    """新建; with several plans in the box it asks for one first."""
    window.files.new()
    dialog = window.findChild(NewLedgerDialog)
    dialog.choices[key].click()
    dialog.step.click()


# -- first start and files -----------------------------------------------------------------------------


def test_first_start_asks_nothing(start, recorder):
    """古县's file is made in 文档/任务台账 and open at once, with its 38 measures."""
    window = start(None)

    assert window.context.store.path == paths.documents_folder() / "古县.db"
    assert len(board.board(window.context.store, None, date(2025, 1, 10)).rows) == 38
    assert recorder.messages == []
    assert recorder.questions == []
    assert window.frame.status.file.label.text() == "古县.db"
    assert window.windowTitle() == "古县 - 台账"


def test_second_start_opens_the_last_file(start, ledger):
    """The most recent file that still exists comes back."""
    chosen = Settings(recent=[str(ledger.with_name("没了.db")), str(ledger)])
    settings.save(chosen)

    assert start(None).context.store.path == ledger


def test_file_is_remembered(window, ledger):
    """At once, so that a crash does not lose it."""
    assert settings.load().recent == [str(ledger)]


def test_foreign_file_leaves_an_empty_window(start, recorder, tmp_path):
    """One sentence, and the window offers what to do next."""
    foreign = tmp_path / "别的.db"
    foreign.write_bytes(b"no database at all" * 20)
    window = start(foreign)

    assert "不是台账文件" in recorder.last.headline
    assert recorder.last.text == "原来的文件没有改动。"
    assert window.frame.stack.currentWidget() is window.frame.no_ledger
    assert not window.context.has_store
    assert not window.frame.navigation.item("table").isEnabled()
    assert window.frame.top_bar.plan.isEnabled() is False
    recorder.press("打开其他文件")
    assert recorder.questions[-1].kind == "open"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"\x00" * 200])
def test_broken_file_is_told(start, recorder, tmp_path, content):
    """Empty or cut off: a sentence, no trace."""
    broken = tmp_path / "坏.db"
    broken.write_bytes(content)
    window = start(broken)

    assert len(recorder.messages) == 1
    assert not window.context.has_store


def test_damaged_pages_are_told(start, recorder, ledger):
    """A file whose pages were overwritten opens with a sentence or is found by the check after the first paint."""
    data = bytearray(ledger.read_bytes())
    data[4096 : len(data) // 2] = b"\xff" * (len(data) // 2 - 4096)
    ledger.write_bytes(bytes(data))
    start(ledger)

    assert recorder.messages
    assert "损坏" in recorder.last.headline


def test_missing_file_is_told(start, recorder, tmp_path):
    """A path given that is not there is not made: it may be a stick that is not plugged in."""
    window = start(tmp_path / "不在.db")

    assert "找不到" in recorder.last.headline
    assert not window.context.has_store
    assert not (tmp_path / "不在.db").exists()


def test_locked_file_can_be_read(start, recorder, ledger):
    """Who holds it and since when; 只读打开 opens it without editing."""
    holder = files.open_ledger(ledger)
    window = start(ledger)
    assert "使用" in recorder.last.headline
    assert {"文件", "使用人", "从"} <= {name for name, _ in recorder.last.facts}
    assert not window.context.has_store

    recorder.press("只读打开")

    assert window.context.read_only
    assert window.frame.status.read_only.isVisible()
    assert window.windowTitle() == "古县（只读） - 台账"
    holder.close()


def test_locked_file_can_be_left(start, recorder, ledger):
    """取消 leaves the window empty."""
    holder = files.open_ledger(ledger)
    window = start(ledger)
    recorder.press("取消")

    assert not window.context.has_store
    holder.close()


def test_file_without_permission_can_be_read(start, recorder, ledger_of_an_ordinary_user):
    """A read-only file offers 只读打开."""
    ledger_of_an_ordinary_user.chmod(0o444)
    window = start(ledger_of_an_ordinary_user)
    recorder.press("只读打开")

    assert window.context.read_only


def test_new_ledger(window, recorder, tmp_path):
    """Ctrl+N asks where; the new file is open, the old one free for others."""
    before = window.context.store.path
    _ask_for_new(window)
    question = recorder.questions[-1]
    assert question.kind == "save"
    assert not question.asks_to_replace
    recorder.give(tmp_path / "新 台账.db")

    assert window.context.store.path == tmp_path / "新 台账.db"
    files.open_ledger(before).close()


def test_new_ledger_never_replaces(window, recorder, tmp_path):
    """A name that is taken is told; the file there and the open one stay."""
    taken = tmp_path / "有.db"
    taken.write_bytes(b"mine")
    before = window.context.store.path
    _ask_for_new(window)
    recorder.give(taken)

    assert "已存在" in recorder.last.headline
    assert taken.read_bytes() == b"mine"
    assert window.context.store.path == before


def test_new_file_starts_in_a_folder_that_exists(start, recorder, tmp_path):
    """Before the first ledger 文档/任务台账 is not there; the nearest folder above it is proposed."""
    window = start(tmp_path / "不在.db")
    window.files.open()

    assert recorder.questions[-1].start.is_dir()
    assert paths.documents_folder().is_relative_to(recorder.questions[-1].start)


def test_open_another_and_the_recent_ones(window, recorder, ledger, tmp_path, qtbot):
    """Both files are in the list, the last one first; a line of it opens its file."""
    other = tmp_path / "另一个.db"
    files.create_ledger(other).close()
    window.files.open()
    recorder.give(other)
    qtbot.waitUntil(lambda: window.context.store.path == other)

    window.frame.menu.aboutToShow.emit()
    lines = window.frame.menu.recent.actions()
    assert ["另一个.db" in lines[0].text(), "古县.db" in lines[1].text()] == [True, True]
    lines[1].trigger()
    qtbot.waitUntil(lambda: window.context.store.path == ledger)


def test_open_failure_keeps_the_open_ledger(window, recorder, ledger, tmp_path):
    """A foreign file does not cost the one that is open."""
    foreign = tmp_path / "x.db"
    foreign.write_bytes(b"x" * 200)
    window.files.open_path(foreign)

    assert "不是台账文件" in recorder.last.headline
    assert window.context.store.path == ledger


def test_same_file_again_is_no_error(window, recorder, ledger):
    """Opening what is open does nothing, not even against its own lock."""
    window.files.open_path(ledger)

    assert recorder.messages == []
    assert window.context.store.path == ledger


def test_move_takes_the_file_along(window, recorder, ledger, tmp_path, qtbot):
    """The ledger goes to its new place and stays open."""
    target = tmp_path / "U盘" / "古县.db"
    window.files.move()
    recorder.give(target)
    qtbot.waitUntil(lambda: window.context.store.path == target)

    assert target.is_file()
    assert not ledger.exists()
    assert window.frame.status.file.toolTip() == str(target)
    assert settings.load().recent[0] == str(target)


def test_move_onto_a_file_is_refused(window, recorder, ledger, tmp_path, qtbot):
    """Nothing is overwritten, nothing is lost."""
    taken = tmp_path / "有.db"
    taken.write_bytes(b"mine")
    window.files.move()
    recorder.give(taken)
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert recorder.last.text == "文件没有移动。"
    assert taken.read_bytes() == b"mine"
    assert window.context.store.path == ledger
    assert board.plans(window.context.store)


def test_move_waits_for_jobs(window, recorder, qtbot):
    """A file that is being backed up does not move away under it."""
    window.context.jobs.start("正在备份", lambda _job: None, lambda _result: None)
    window.files.move()

    assert "正在进行" in recorder.last.headline
    qtbot.waitUntil(lambda: not window.context.jobs.is_busy)


def test_ledger_dropped_onto_the_window(window, qtbot, tmp_path):
    """A single .db file is opened."""
    other = tmp_path / "拖来.db"
    files.create_ledger(other).close()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(other))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    qtbot.waitUntil(lambda: window.context.store.path == other)


def test_backup_after_the_first_paint(window, qtbot):
    """The check and the backup run by themselves; the status line says when."""
    window.look_after()
    qtbot.waitUntil(lambda: not window.context.jobs.is_busy)

    assert window.frame.status.backup.label.text().startswith("备份 今天 ")
    assert files.last_backup(window.context.store.path) is not None


# -- pages, scope, search -------------------------------------------------------------------------------


def test_pages_by_key(qtbot, window):
    """Alt+2 and Alt+1 walk; a page is made when first shown."""
    assert set(window._pages) == {"table"}
    qtbot.keyClick(window, Qt.Key.Key_2, ALT)
    assert window.frame.stack.currentWidget() is window.page("progress")
    assert window.frame.navigation.item("progress").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    assert window.frame.stack.currentWidget() is window.page("table")


def test_pages_by_mouse(qtbot, window):
    """A click on an item of the navigation."""
    qtbot.mouseClick(window.frame.navigation.item("report"), Qt.MouseButton.LeftButton)

    assert window.frame.stack.currentWidget() is window.page("report")


def test_pages_ask_for_each_other(window):
    """A page's signals lead to the other page, which shows what was asked for."""
    _page(window, "table").open_obligation.emit(2**40)
    assert _page(window, "progress").shown == [("obligation", 2**40)]
    assert window.frame.stack.currentWidget() is window.page("progress")
    _page(window, "progress").open_measure.emit(4)
    assert _page(window, "table").shown == [("measure", 4)]
    _page(window, "table").open_page.emit("report")
    assert window.frame.stack.currentWidget() is window.page("report")
    _page(window, "table").open_document.emit("ledger", "财政局")
    _page(window, "table").open_document.emit("progress", "")
    assert _page(window, "report").shown == [("document", "ledger", "财政局"), ("document", "progress", None)]


def test_scope_follows_the_top_bar(window):
    """Another date and another period are told once each."""
    heard = []
    window.context.scope_changed.connect(lambda: heard.append((window.context.period_key, window.context.as_of)))
    bar = window.frame.top_bar
    bar.as_of.setText("2025年1月10日")
    bar.as_of.commit()
    assert window.context.as_of == date(2025, 1, 10)
    bar.period.setCurrentIndex(1)
    bar.period.activated.emit(1)

    assert [as_of for _, as_of in heard] == [date(2025, 1, 10)] * 2
    assert window.context.period_key == bar.period.itemData(1)


def test_wrong_date_computes_nothing(window):
    """The scope stays what it was."""
    before = window.context.as_of
    window.frame.top_bar.as_of.setText("2025-13-01")

    assert window.frame.top_bar.as_of.commit() is False
    assert window.context.as_of == before


def test_fields_of_the_top_bar_are_named(window):
    """Each has a label that is its buddy, an accessible name and a tooltip."""
    bar = window.frame.top_bar
    for field in (bar.plan, bar.period, bar.as_of, bar.search):
        assert field.accessibleName()
    assert all(field.toolTip() for field in (bar.plan, bar.period, bar.as_of))


def test_a_start_leaves_the_keyboard_in_the_page(window):
    """Not in the navigation, where an arrow key would turn the page."""
    window.after_first_paint()

    assert _page(window, "table").field.hasFocus()


def test_search_by_keyboard(qtbot, window):
    """Ctrl+K, words, arrow, Enter: the measure is on screen."""
    window.after_first_paint()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    field = window.frame.top_bar.search
    assert field.hasFocus()
    field.insert("培训")
    popup = window.frame.search_popup
    qtbot.waitUntil(popup.isVisible)
    assert popup.model.rowCount() > 1
    qtbot.keyClick(field, Qt.Key.Key_Down)
    hit = popup.list.currentIndex().data(Qt.ItemDataRole.UserRole)
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert not popup.isVisible()
    assert field.text() == ""
    assert _page(window, "table").shown == [("measure", hit.measure_no)]


def test_search_finds_units_and_nothing(qtbot, window):
    """A unit leads to its form list; no hit is said in words; Esc closes."""
    window.after_first_paint()
    window.frame.top_bar.search.focus_all()
    field, popup = window.frame.top_bar.search, window.frame.search_popup
    field.insert("司法局")
    qtbot.waitUntil(popup.isVisible)
    rows = [popup.model.index(row).data(Qt.ItemDataRole.UserRole) for row in range(popup.model.rowCount())]
    unit = next(row for row, hit in enumerate(rows) if hit.kind == "unit")
    popup.list.clicked.emit(popup.model.index(unit))
    assert _page(window, "progress").shown[0][0] == "unit"

    field.focus_all()
    field.insert("没有这样的词")
    qtbot.waitUntil(popup.nothing.isVisible)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_search_model(qtmodeltester, window):
    """The list of hits keeps the rules of models."""
    from core.office import search

    model = window.frame.search_popup.model
    model.set_hits(search.search(window.context.store, None, "培训"))

    qtmodeltester.check(model)


# -- status line ----------------------------------------------------------------------------------------


def test_status_line_follows_a_job(window, qtbot):
    """Label, percent, 取消; gone when nothing is left."""
    status = window.frame.status
    status.show_job("正在导出 任务分解表.xlsx")
    status.show_progress(Progress(64, 100, "第 3 页"))
    assert not status.job.isVisible()
    qtbot.waitUntil(status.job.isVisible)
    assert status.job_percent.text() == "64%"
    status.show_progress(Progress(1, 0, ""))
    assert status.job_percent.text() == ""
    status.job_cancel.click()
    assert status.job_label.text() == "正在取消"
    status.hide_job()
    assert not status.job.isVisible()


def test_saved_is_told(window):
    """A write shows its time."""
    window.context.announce(Changes())

    assert window.frame.status.saved.label.text().startswith("已保存 ")


# -- display, keys, menu --------------------------------------------------------------------------------


def test_display_settings_rebuild_the_frame(qtbot, window, ledger):
    """Another size and high contrast come at once, the ledger and the page stay."""
    window.show_page("progress")
    old = window.centralWidget()
    window.context.settings.font_size = 18
    window.frame.toggle_contrast()
    qtbot.waitUntil(lambda: window.centralWidget() is not old)

    assert settings.load().high_contrast
    assert window.context.store.path == ledger
    assert not window.context.jobs.is_busy
    assert window.frame.stack.currentWidget() is window.page("progress")
    window.context.settings.font_size = 14
    window.frame.toggle_contrast()
    qtbot.waitUntil(lambda: not settings.load().high_contrast)
    qtbot.wait(20)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_file_menu_by_key(qtbot, window):
    """Alt+F opens it over its item; each command shows its key and has an icon."""
    qtbot.keyClick(window, Qt.Key.Key_F, ALT)
    menu = window.frame.menu
    assert menu.isVisible()
    commands = [action for action in menu.actions() if not action.isSeparator() and action.menu() is None]
    assert all(not action.shortcut().isEmpty() and not action.icon().isNull() for action in commands)
    assert [action.text() for action in commands][:2] == ["新建台账", "打开台账"]
    menu.close()


def test_menu_knows_what_makes_sense(window):
    """Without a ledger nothing can be moved."""
    window.context.set_store(None)
    window.frame.menu.aboutToShow.emit()
    enabled = {action.text(): action.isEnabled() for action in window.frame.menu.actions()}

    assert enabled["新建台账"]
    assert not enabled["移动台账文件"]
    assert not enabled["打开所在文件夹"]


def test_sheet_of_keys(qtbot, window):
    """Ctrl+F1 lists the keys; Esc closes."""
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    assert sheet.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_every_button_of_the_frame_has_a_name(window):
    """A screen reader can say all of it."""
    from PySide6.QtWidgets import QAbstractButton

    window.context.set_store(None)
    buttons = [made for made in window.findChildren(QAbstractButton) if made.objectName() != "qt_toolbar_ext_button"]
    nameless = [made for made in buttons if not made.accessibleName() and not made.text() and made.isVisible()]

    assert [made for made in nameless if "clear" not in type(made).__name__.lower() and made.icon().isNull()] == []


@pytest.mark.parametrize("width", [960, 1093, 1366, 1920])
def test_top_bar_fits_every_width(window, width):
    """Nothing overlaps at 125 % on the smallest screen; on a wide one 方案 grows to 480 at most."""
    window.resize(width, 600)
    QApplication.processEvents()
    bar = window.frame.top_bar
    fields = [bar.plan, bar.period, bar.as_of, bar.search]
    rights = [field.mapTo(bar, QPoint(field.width(), 0)).x() for field in fields]
    lefts = [field.mapTo(bar, QPoint(0, 0)).x() for field in fields]

    assert all(right < left for right, left in zip(rights[:-1], lefts[1:], strict=True))
    assert rights[-1] == bar.width() - 16
    assert bar.plan.width() <= 480


# -- leaving --------------------------------------------------------------------------------------------


def test_closing_saves_what_was_typed(window):
    """Every page is asked; the size of the window is kept."""
    page = _page(window, "table")
    window.close()

    assert page.flushed == 1
    assert not window.isVisible()
    assert settings.load().geometry


def test_closing_stops_where_something_cannot_be_saved(window, recorder):
    """The page comes to the front; the clerk decides."""
    page = _page(window, "progress")
    page.can_save = False
    window.close()
    assert window.isVisible()
    assert window.frame.stack.currentWidget() is page
    assert recorder.last.headline == "有内容没有保存"
    recorder.press("回去修改")
    assert window.isVisible()
    recorder.press("不保存，退出")
    assert not window.isVisible()


def test_closing_asks_about_what_was_read_and_not_accepted(window, recorder, monkeypatch):
    """What lies in memory only is named before it is forgotten; the page of it comes by the way back."""
    page = _page(window, "progress")
    monkeypatch.setattr(page, "unfinished", lambda: "3 份收到的填报表已经读取")
    window.close()
    assert window.isVisible()
    assert "3 份" in recorder.last.text
    recorder.press("回去核对")
    assert window.frame.stack.currentWidget() is page
    window.close()
    recorder.press("退出")
    assert not window.isVisible()


def test_another_ledger_waits_for_what_was_typed(window, recorder, ledger, tmp_path):
    """Opening another file does not lose input either."""
    other = tmp_path / "另.db"
    files.create_ledger(other).close()
    _page(window, "table").can_save = False
    window.files.open_path(other)
    assert window.context.store.path == ledger
    recorder.press("不保存，离开")
    assert window.context.store.path == other


def test_failing_save_is_told(window, recorder, monkeypatch):
    """A page whose saving fails shows why and keeps the window open."""

    def fail() -> bool:
        raise InvalidError("请填写完成日期。")

    page = _page(window, "table")
    page.flush = fail  # type: ignore[method-assign]
    assert window.flush() is False
    assert recorder.messages[0].headline == "请填写完成日期"


def test_context_without_a_ledger(dressed):
    """Asking for the store is told, and nothing may be written."""
    context = Context(Settings())
    assert context.read_only
    with pytest.raises(Exception, match="没有打开的台账"):
        _ = context.store


def test_recorder_is_a_presenter():
    """The fake has the door's two questions."""
    made = Recorder()

    assert callable(made.show)
    assert callable(made.choose)


def test_an_earlier_date_takes_the_newest_period_up_to_it(window):
    """The period in the top bar is one that exists on the date."""
    window.context.set_scope(as_of=date(2025, 1, 10))

    assert window.context.period_key == "2025Q1"
    assert window.frame.top_bar.period.currentText() == "2025年第一季度"


def test_the_sheet_of_keys_is_no_larger_than_its_screen(qtbot, ledger, dressed):
    """With every page there are more keys than a small screen is high: it scrolls."""
    from gui.pages import PAGES

    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = ShortcutSheet(PAGES, parent)
    sheet.show()
    room = sheet.screen().availableGeometry()
    assert sheet.width() <= room.width()
    assert sheet.height() <= room.height()


def test_a_sample_says_so_and_has_its_own_day(window, tmp_path):
    """Title and sidebar say 示例, the date is the sample's; what is opened after it has neither."""
    office = tmp_path / "办公.db"
    files.create_ledger(office).close()
    store = window.context.store
    with store.transaction() as db:
        store_settings.write(db, {sample_mark.KEY: "2025-12-20"})

    window.context.set_store(store)

    assert window.windowTitle() == "古县（示例） - 台账"
    assert window.frame.navigation.brand.toolTip() == "示例，供练习"
    assert window.frame.top_bar.as_of.value() == date(2025, 12, 20)

    window.context.set_store(files.open_ledger(office))

    assert window.windowTitle() == "办公 - 台账"
    assert window.frame.top_bar.as_of.value() == date.today()


def test_f6_goes_from_the_list_to_the_navigation_and_the_top_bar(window, qtbot):
    """Past all that Tab would visit on the way; a page with parts of its own keeps the key for them."""
    from PySide6.QtGui import QKeySequence, QShortcut
    from PySide6.QtWidgets import QApplication, QListView

    from gui.areas import main_list

    page = window.page(window.entries[0].key)
    window.show_page(window.entries[0].key)
    listed = QListView(page)
    listed.resize(200, 200)
    listed.show()
    assert main_list(page) is listed
    window.frame.top_bar.search.setFocus()
    stops = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())

    navigation, bar = window.frame.navigation, window.frame.top_bar
    assert stops == [page.field, navigation.item(navigation.current()), bar.plan, page.field]
    other = window.page(window.entries[1].key)
    pressed = []
    QShortcut(QKeySequence("F6"), other).activated.connect(lambda: pressed.append(1))
    window.show_page(window.entries[1].key)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert pressed == [1]
