"""The ways in and the way out: chosen, dropped, pasted; refused; imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from core.job import Job
from core.office import board, files, reading, tables
from core.settings import Settings
from core.store.database import Store
from gui.context import Context
from gui.main_window import MainWindow
from gui.version.dialog import VersionDialog
from tests.gui.fake_pages import FAKE_PAGES
from tests.gui.import_sheet.conftest import HEAD, plan_rows
from tests.gui.recorder import Recorder

COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, dressed, ledger: Path) -> Iterator[MainWindow]:
    made = MainWindow(Context(Settings()), FAKE_PAGES)
    qtbot.addWidget(made)
    made.files.open_first(ledger)
    made.show()
    yield made
    made._may_close = True
    made.importing.close_sheet()
    made.close()
    made.context.set_store(None)


def wait_for_sheet(window: MainWindow, qtbot):
    qtbot.waitUntil(lambda: window.importing.sheet is not None)
    return window.importing.sheet


def dropped(window: MainWindow, *paths: Path) -> bool:
    """Drag files over the window and let them go; whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), COPY, mime, LEFT, NONE)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(50, 50), COPY, mime, LEFT, NONE))
    return enter.isAccepted()


def test_a_chosen_document_opens_the_sheet_over_the_window(
    window: MainWindow, document: Path, recorder: Recorder, qtbot
) -> None:
    window.files.import_asked.emit()
    recorder.give(document)
    sheet = wait_for_sheet(window, qtbot)

    assert sheet.geometry() == window.rect()
    assert not window.frame.isVisible()
    window.resize(1200, 700)
    assert sheet.size() == window.size()


def test_a_dropped_document_is_read(window: MainWindow, document: Path, qtbot) -> None:
    assert dropped(window, document)
    wait_for_sheet(window, qtbot)
    assert not dropped(window, document)


def test_several_documents_at_once_are_told(window: MainWindow, document: Path, recorder: Recorder) -> None:
    assert dropped(window, document, document)
    assert recorder.last.headline == "一次导入一份方案"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.docx", b"", "“空.docx”是空文件（0 字节）"),
        ("照片.png", b"\x89PNG\r\n\x1a\n0000", "“照片.png”是图片，不是文档"),
        ("信.txt", "你好。".encode(), "“信.txt”中没有读到任何措施"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_changes(
    window: MainWindow, tmp_path: Path, recorder: Recorder, qtbot, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    dropped(window, path)
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert recorder.last.headline == sentence
    assert "没有改动" in recorder.last.text
    assert window.importing.sheet is None
    assert path.read_bytes() == content


def test_a_cancelled_reading_says_nothing_and_shows_nothing(
    window: MainWindow, document: Path, recorder: Recorder, qtbot
) -> None:
    """取消 stops the job that runs: what the window does by itself after opening has to be over first."""
    qtbot.waitUntil(lambda: not window.context.jobs.is_busy)
    with qtbot.waitSignal(window.context.jobs.finished):
        window.importing.open_path(document)
        window.context.jobs.cancel()

    assert window.importing.sheet is None
    assert not recorder.messages


def test_the_window_closes_over_an_untouched_sheet(window: MainWindow, document: Path, qtbot) -> None:
    window.importing.open_path(document)
    wait_for_sheet(window, qtbot)
    window.close()

    assert not window.isVisible()
    assert window.importing.sheet is None


def test_a_table_copied_from_a_page_is_pasted(window: MainWindow, qtbot) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, *plan_rows()))
    mime = QMimeData()
    mime.setHtml(f"<table>{cells}</table>")
    mime.setText("\n".join("\t".join(row) for row in (HEAD, *plan_rows())))
    QGuiApplication.clipboard().setMimeData(mime)

    window.files.paste_asked.emit()

    assert len(wait_for_sheet(window, qtbot).session.plan.measures) == 6


def test_an_empty_clipboard_is_told(window: MainWindow, recorder: Recorder) -> None:
    QGuiApplication.clipboard().clear()
    window.files.paste_asked.emit()

    assert recorder.last.headline == "剪贴板里没有文字或表格"


def test_a_ledger_that_may_only_be_read_takes_no_plan(
    window: MainWindow, ledger: Path, document: Path, recorder: Recorder
) -> None:
    window.context.set_store(None)
    window.context.set_store(files.open_ledger(ledger, read_only=True))
    window.importing.open_path(document)

    assert recorder.last.headline == "台账以只读方式打开，不能导入方案"


def test_the_confirmed_plan_is_in_the_ledger_once_and_shown(window: MainWindow, document: Path, qtbot) -> None:
    window.importing.open_path(document)
    sheet = wait_for_sheet(window, qtbot)
    sheet.session.change_title("新的重点任务")
    sheet.session.handle(sheet.session.issues[0])
    with qtbot.waitSignal(window.importing.imported) as told:
        sheet.confirm()

    imported = told.args[0]
    store: Store = window.context.store
    assert [plan.title for plan in board.plans(store)][-1] == "新的重点任务"
    assert window.context.plan_key == imported.key
    assert [path.read_bytes() for path in reading.originals(store, imported.key)] == [document.read_bytes()]
    assert window.importing.sheet is None
    assert window.frame.isVisible()
    with store.reading() as db:
        entries = db.execute("SELECT count(*) FROM journal WHERE action = '导入方案'").fetchone()
    assert entries[0] == 1


def test_giving_up_writes_nothing(window: MainWindow, document: Path, qtbot) -> None:
    window.importing.open_path(document)
    sheet = wait_for_sheet(window, qtbot)
    before = len(board.plans(window.context.store))
    sheet.ask_to_leave()

    assert window.importing.sheet is None
    assert len(board.plans(window.context.store)) == before


def test_the_word_on_columns_is_remembered(window: MainWindow, make_document: Callable[..., Path], qtbot) -> None:
    window.importing.open_path(make_document())
    sheet = wait_for_sheet(window, qtbot)
    combo = sheet.source.strip.combos[2]
    combo.setCurrentIndex(combo.findData("lead"))
    sheet.source.strip.apply.click()
    qtbot.waitUntil(lambda: bool(sheet.session.plan.measures[0].lead))
    assert window.context.settings.plan_columns == {
        "重点任务|具体措施|责任分工|完成时限": ["section", "text", "lead", "deadline"]
    }

    window.importing.close_sheet()
    window.importing.open_path(make_document("另一份.xlsx"))
    again = wait_for_sheet(window, qtbot)
    assert again.session.plan.measures[0].lead

    again.source.strip.automatic.click()
    qtbot.waitUntil(lambda: not again.session.plan.measures[0].lead)
    assert not window.context.settings.plan_columns


def test_closing_the_window_over_edits_asks(window: MainWindow, document: Path, recorder: Recorder, qtbot) -> None:
    window.importing.open_path(document)
    sheet = wait_for_sheet(window, qtbot)
    sheet.session.handle(sheet.session.issues[0])
    window.close()

    assert window.isVisible()
    assert recorder.last.headline == "方案还没有导入"


def test_a_document_can_be_a_new_version_of_a_plan_that_is_there(window: MainWindow, tmp_path: Path, qtbot) -> None:
    """Reviewed like any other, compared, confirmed, taken; no further plan, the document is the plan's original."""
    store = window.context.store
    document = tmp_path / "修订.docx"
    tables.export_table(store, None, "docx", document, Job())
    window.importing.open_path(document)
    sheet = wait_for_sheet(window, qtbot)
    assert sheet.foot.version.isVisible()
    sheet.foot.version.click()
    (dialog,) = window.findChildren(VersionDialog)
    assert dialog.isVisible()
    dialog.confirm_all.click()
    dialog.basis.setText("古政办发〔2025〕3号")
    with qtbot.waitSignal(window.importing.replaced, timeout=20_000):
        dialog.take.click()

    assert window.importing.sheet is None
    assert len(board.plans(store)) == 1
    plan = board.board(store, "guxian", window.context.as_of).plan
    assert (plan.document.number, len(plan.measures)) == ("古政办发〔2025〕3号", 38)
    assert [path.read_bytes() for path in reading.originals(store, "guxian")] == [document.read_bytes()]
