"""Evidence by button, drop and paste; shown, described, removed and brought back."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import LedgerFileError
from core.job import Job
from core.office import attach, files, obligations
from gui.pages.progress import evidence_desk
from gui.pages.progress.evidence_dialog import EvidenceDialog
from gui.pages.progress.evidence_model import EvidenceModel, notes
from gui.pages.progress.preview import PreviewDialog
from gui.pages.progress.thumbnails import draw_thumbnail, type_icon
from tests.gui.pages.conftest import AS_OF, PERIOD, words

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(page, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(300, 300), COPY | Qt.DropAction.MoveAction, data, LEFT, NONE)
    QApplication.sendEvent(page, event)
    return event


def drop(page, data: QMimeData) -> None:
    enter(page, data)
    QApplication.sendEvent(page, QDropEvent(QPointF(300, 300), COPY, data, LEFT, NONE))


def wait_idle(qtbot, page) -> None:
    """Jobs done, thumbnails made."""
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy and page.evidence.thumbnails.is_idle())
    qtbot.wait(5)


def test_dropped_files_become_evidence(qtbot, page, rows, read, picture, pdf) -> None:
    """Several at once, anywhere on the page; the cards stand there when the job is done."""
    drop(page, urls(picture, pdf))
    wait_idle(qtbot, page)

    assert [row.title for row in read(rows[0]).evidence] == ["现场照片", "通知"]
    assert page.evidence.model.rowCount() == 2
    assert page.evidence.count.text() == "2 件"
    assert picture.exists()


def test_a_drag_is_answered_before_it_is_let_go(page, picture) -> None:
    """The zone says 松开即可加入, and a copy is made, never a move."""
    event = enter(page, urls(picture))

    assert event.isAccepted()
    assert event.dropAction() == COPY
    assert page.evidence.zone.is_dragging()


def test_no_field_takes_a_drop_from_the_page(page) -> None:
    """A text or a date would put the path of the file into itself."""
    assert [w for w in page.findChildren(QWidget) if w.acceptDrops()] == []


def test_a_ledger_file_is_left_to_the_window(page, tmp_path) -> None:
    """A .db dropped on the page is no evidence."""
    other = tmp_path / "另一份.db"
    other.write_bytes(b"x")

    assert not enter(page, urls(other)).isAccepted()


def test_what_was_typed_is_saved_before_files_come(qtbot, page, rows, read, picture) -> None:
    """Text and evidence belong to one entry."""
    page.form.fields.text.add_text("附照片。")
    drop(page, urls(picture))
    wait_idle(qtbot, page)

    form = read(rows[0])
    assert (form.value.text, len(form.evidence)) == ("附照片。", 1)


def test_evidence_alone_makes_an_entry_and_the_form_shows_it(qtbot, page, picture) -> None:
    """The ledger notes 推进中; the form follows."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)

    qtbot.waitUntil(lambda: page.form.fields.state.value() is not None)
    assert page.form.fields.state.value() == "推进中"


def test_files_copied_in_the_file_manager_are_pasted(qtbot, page, rows, read, picture) -> None:
    """Also with the keyboard in a text field: the path does not land in the text."""
    QGuiApplication.clipboard().setMimeData(urls(picture))
    page.form.fields.text.edit.setFocus()
    page.form.fields.text.edit.paste()
    wait_idle(qtbot, page)

    assert len(read(rows[0]).evidence) == 1
    assert page.form.fields.text.text() == ""


def test_a_screenshot_is_pasted(qtbot, page, rows, read) -> None:
    """Ctrl+V outside a text field takes the picture of the clipboard."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(image)
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_idle(qtbot, page)

    found = read(rows[0]).evidence[0]
    assert found.name.startswith("截图 ")
    assert found.name.endswith(".png")
    assert found.category == "图片"


def test_a_cell_copied_in_wps_is_pasted_as_text(page) -> None:
    """It brings text and a picture of itself; in a text field the text is meant."""
    data = QMimeData()
    data.setText("县司法局")
    data.setImageData(QImage(10, 10, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    page.form.fields.text.edit.paste()

    assert page.form.fields.text.text() == "县司法局"


def test_files_are_chosen_with_the_button(qtbot, page, rows, read, recorder, picture) -> None:
    page.evidence.zone.choose.click()
    recorder.give(picture)
    wait_idle(qtbot, page)

    assert recorder.questions[0].kind == "open_many"
    assert len(read(rows[0]).evidence) == 1


@pytest.mark.parametrize(
    ("kind", "sentence"), [("gone", "找不到"), ("folder", "文件夹"), ("empty", "0 字节"), ("huge", "GB")]
)
def test_what_cannot_be_evidence_is_told_in_one_sentence(
    qtbot, page, rows, read, recorder, tmp_path, picture, kind, sentence
) -> None:
    """All or none: the good file beside the bad one is not taken in either."""
    bad = tmp_path / "坏.pdf"
    if kind == "folder":
        bad.mkdir()
    elif kind == "empty":
        bad.touch()
    elif kind == "huge":
        bad.touch()
        os.truncate(bad, 3 << 30)
    drop(page, urls(picture, bad))
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert sentence in words(recorder.last)
    assert "没有加入" in words(recorder.last)
    assert read(rows[0]).evidence == ()


def test_the_same_file_twice_is_said(qtbot, page, read, rows, picture) -> None:
    """One file, one card; the sentence says that only the link was made."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    page.list.step(1)
    drop(page, urls(picture))
    wait_idle(qtbot, page)

    assert "“现场照片”已在台账里，只建立关联" in page.evidence.note.text()
    assert "同时用于" in notes(page.evidence.current())[1]


def test_a_job_that_ends_after_one_went_on_stays_with_its_form(qtbot, page, rows, read, picture) -> None:
    """The next form does not get the file."""
    drop(page, urls(picture))
    page.list.step(1)
    wait_idle(qtbot, page)

    assert len(read(rows[0]).evidence) == 1
    assert page.evidence.model.rowCount() == 0


def test_removed_evidence_can_be_brought_back(qtbot, page, rows, read, picture) -> None:
    """移除 unties at once and offers to undo."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    page.evidence.remove.click()

    assert read(rows[0]).evidence == ()
    assert page.evidence.undo_bar.isVisible()
    qtbot.waitUntil(lambda: page.evidence.model.rowCount() == 0)

    page.evidence.undo_bar.undone.emit()
    assert [row.title for row in read(rows[0]).evidence] == ["现场照片"]
    qtbot.waitUntil(lambda: page.evidence.model.rowCount() == 1)


def test_evidence_is_described(qtbot, page, rows, read, pdf) -> None:
    """Title, 文号, category, date and pages are written and shown."""
    drop(page, urls(pdf))
    wait_idle(qtbot, page)
    page.evidence.edit.click()
    dialog = page.findChild(EvidenceDialog)
    dialog.title.setText("关于举办培训班的通知")
    dialog.number.setText("古司发〔2024〕9号")
    dialog.proves_on.setText("2024年4月15日")
    dialog.pages.setText("3")
    dialog.accept_button.click()

    found = read(rows[0]).evidence[0]
    assert (found.title, found.number, found.pages) == ("关于举办培训班的通知", "古司发〔2024〕9号", 3)
    assert date(2024, 4, 15) == found.proves_on
    assert notes(found) == ("古司发〔2024〕9号，3 页", "2024-04-15")


def test_a_wrong_description_stays_open_with_its_sentence(qtbot, page, pdf) -> None:
    drop(page, urls(pdf))
    wait_idle(qtbot, page)
    page.evidence.edit.click()
    dialog = page.findChild(EvidenceDialog)
    dialog.proves_on.setText("2024-13-1")
    dialog.pages.setText("三")
    dialog.accept_button.click()

    assert dialog.isVisible()
    assert "月份" in dialog.date_note.text()
    assert "页数应为" in dialog.pages_note.text()


def test_a_missing_file_is_said_in_words(qtbot, page, read, rows, picture) -> None:
    """The card says it, preview and open are not offered; removing still is."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    read(rows[0]).evidence[0].path.unlink()
    page.show_obligation(rows[1].id)
    page.show_obligation(rows[0].id)

    assert "文件不在了" in notes(page.evidence.current())[1]
    assert not page.evidence.preview.isEnabled()
    assert not page.evidence.open.isEnabled()
    assert page.evidence.remove.isEnabled()


def test_open_hands_over_a_copy_under_its_own_name(qtbot, page, read, rows, picture, monkeypatch) -> None:
    """What is changed in it by mistake does not reach the ledger's own file."""
    opened: list[str] = []
    monkeypatch.setattr(evidence_desk.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    page.evidence.open.click()
    qtbot.waitUntil(lambda: bool(opened))

    assert Path(opened[0]).name == picture.name
    assert Path(opened[0]) != read(rows[0]).evidence[0].path
    assert Path(opened[0]).read_bytes() == picture.read_bytes()


def test_a_read_only_ledger_takes_no_files(page, context, picture) -> None:
    context.set_store(files.open_ledger(context.store.path, read_only=True))

    assert not enter(page, urls(picture)).isAccepted()
    assert not page.evidence.edit.isEnabled()


# --- thumbnails and preview -------------------------------------------------------------------------


def test_thumbnails_of_picture_and_pdf(picture, pdf) -> None:
    """Both fit the square; the longer edge fills it."""
    for file in (picture, pdf):
        image = draw_thumbnail(file, file.name, 68)
        assert image is not None
        assert max(image.width(), image.height()) == 68


def test_what_has_no_picture_gets_an_icon(tmp_path) -> None:
    sheet = tmp_path / "签到表.xlsx"
    sheet.write_bytes(b"PK")

    assert draw_thumbnail(sheet, sheet.name, 68) is None
    assert type_icon(sheet.name) == "table"
    assert type_icon("没有扩展名") == "file"


def test_thumbnails_come_after_the_window(qtbot, page, picture) -> None:
    """The card is painted at once with an icon, the picture arrives by signal."""
    with qtbot.waitSignal(page.evidence.thumbnails.arrived):
        drop(page, urls(picture))
    row = page.evidence.current()

    assert page.evidence.thumbnails.get(row, page.devicePixelRatioF()) is not None


@pytest.mark.qt_log_ignore("JPEG", extend=True)
def test_a_broken_picture_keeps_its_icon(qtbot, page, tmp_path) -> None:
    """Nothing is shown as an error; the file is kept all the same."""
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"\xff\xd8no picture")
    drop(page, urls(broken))
    wait_idle(qtbot, page)
    page.evidence.view.viewport().repaint()
    wait_idle(qtbot, page)

    assert page.evidence.thumbnails.get(page.evidence.current(), page.devicePixelRatioF()) is None


def _row(store, rows, file):
    return attach.add_evidence(store, rows[0].id, PERIOD, [file], Job()).rows[0]


def test_preview_shows_all_pages_of_a_pdf(qtbot, context, rows, pdf) -> None:
    dialog = PreviewDialog(_row(context.store, rows, pdf))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view.is_drawn(1))

    assert dialog.view.page_count() == 7
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.tools.place.text() == "第 2 页，共 7 页"
    dialog.close()


def test_preview_of_a_picture_zooms(qtbot, context, rows, picture) -> None:
    dialog = PreviewDialog(_row(context.store, rows, picture))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.view.is_drawn(1))
    before = dialog.view.factor()
    dialog.tools.larger.click()

    assert dialog.view.factor() > before
    dialog.close()


@pytest.mark.parametrize("name", ["坏.pdf", "坏.png"])
def test_preview_of_a_broken_file_is_a_sentence(qtbot, context, rows, tmp_path, name) -> None:
    broken = tmp_path / name
    broken.write_bytes(b"%PDF-1.4 nothing")
    dialog = PreviewDialog(_row(context.store, rows, broken))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "无法显示" in dialog.sentence())

    assert "请用“打开”" in dialog.sentence()
    dialog.close()


def test_closing_a_preview_while_it_opens_is_quiet(qtbot, context, rows, pdf) -> None:
    """The late result finds nobody and harms nobody."""
    dialog = PreviewDialog(_row(context.store, rows, pdf))
    dialog.show()
    dialog.close()
    qtbot.wait(50)


def test_the_model_keeps_the_rules_of_models(qtmodeltester, context, rows, picture, pdf) -> None:
    model = EvidenceModel()
    qtmodeltester.check(model)
    model.set_rows(attach.add_evidence(context.store, rows[0].id, PERIOD, [picture, pdf], Job()).rows)
    qtmodeltester.check(model)


def test_evidence_survives_closing_the_program(qtbot, page, rows, ledger, picture) -> None:
    """What the page took in is in the file, readable by another window."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    with closing(files.open_ledger(ledger, read_only=True)) as other:
        row = next(r for r in obligations.list_obligations(other, None, AS_OF, period=PERIOD) if r.id == rows[0].id)

        assert row.evidence == 1


def test_a_drag_that_leaves_puts_the_zone_back(page, picture) -> None:
    enter(page, urls(picture))
    move = QDragMoveEvent(QPoint(310, 310), COPY | Qt.DropAction.MoveAction, urls(picture), LEFT, NONE)
    QApplication.sendEvent(page, move)
    assert move.dropAction() == COPY

    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page.evidence.zone.is_dragging()


def test_text_in_the_clipboard_is_no_evidence(page, rows, read) -> None:
    """Ctrl+V outside a text field does nothing with text."""
    QGuiApplication.clipboard().setText("不是文件")

    assert not page.desk.paste()
    assert read(rows[0]).evidence == ()


def test_a_file_that_goes_while_its_card_is_shown_is_told(qtbot, page, rows, read, recorder, picture) -> None:
    """打开 says what happened and what to do."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    read(rows[0]).evidence[0].path.unlink()
    page.evidence.open.click()

    assert "不在了" in words(recorder.last)
    assert "备份" in words(recorder.last)


def test_a_type_no_program_opens_is_told(qtbot, page, recorder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(evidence_desk.QDesktopServices, "openUrl", lambda _url: False)
    odd = tmp_path / "材料.xyz"
    odd.write_bytes(b"x")
    drop(page, urls(odd))
    wait_idle(qtbot, page)
    page.evidence.view.setFocus()
    qtbot.keyClick(page.evidence.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert "没有能打开“.xyz”文件的程序" in words(recorder.last)


def test_evidence_by_keyboard(qtbot, page, rows, read, picture) -> None:
    """Enter previews, F2 edits, Delete removes."""
    drop(page, urls(picture))
    wait_idle(qtbot, page)
    page.evidence.view.setFocus()
    qtbot.keyClick(page.evidence.view, Qt.Key.Key_Return)
    preview = page.findChild(PreviewDialog)
    assert preview.isVisible()
    preview.close()

    page.evidence.view.setFocus()
    qtbot.keyClick(page.evidence.view, Qt.Key.Key_F2)
    dialog = page.findChild(EvidenceDialog)
    assert dialog.isVisible()
    dialog.reject()

    page.evidence.view.setFocus()
    qtbot.keyClick(page.evidence.view, Qt.Key.Key_Delete)
    assert read(rows[0]).evidence == ()


def test_a_refused_removal_is_told(qtbot, page, rows, read, recorder, picture, monkeypatch) -> None:
    """A locked file: the card stays, the sentence says why."""

    def refuse(*_args: object) -> None:
        raise LedgerFileError("台账文件正被另一个程序使用，没有保存。")

    drop(page, urls(picture))
    wait_idle(qtbot, page)
    monkeypatch.setattr(attach, "remove_evidence", refuse)
    page.evidence.remove.click()

    assert "正被另一个程序使用" in words(recorder.last)
    assert page.evidence.model.rowCount() == 1


def test_adding_can_be_cancelled(qtbot, page, context, rows, read, recorder, tmp_path) -> None:
    """取消 in the status line: nothing is taken in, nothing is told as an error."""
    large = tmp_path / "录像.mp4"
    large.write_bytes(os.urandom(1 << 20) * 40)
    context.jobs.progressed.connect(lambda _progress: context.jobs.cancel())
    drop(page, urls(large))
    wait_idle(qtbot, page)

    assert read(rows[0]).evidence == ()
    assert recorder.messages == []


def test_the_whole_dashed_place_can_be_clicked(qtbot, page) -> None:
    """Not its two blue words alone; nothing happens where nothing may be added."""
    zone = page.evidence.zone
    with qtbot.waitSignal(zone.choose.clicked):
        page.evidence.choose_asked.disconnect(page.desk.choose)  # else a file dialog opens
        qtbot.mouseClick(zone, LEFT, pos=zone.rect().bottomLeft() + QPoint(8, -8))

    zone.set_refusal("只读")
    with qtbot.assertNotEmitted(zone.choose.clicked):
        qtbot.mouseClick(zone, LEFT)


def test_a_file_with_a_mark_of_secrecy_waits_for_a_person(qtbot, page, rows, read, recorder, pdf) -> None:
    """Nothing of it is copied before; a word that only looks like a mark is taken in on a yes."""
    marked = pdf.rename(pdf.with_name("机密 通知.pdf"))
    drop(page, urls(marked))
    wait_idle(qtbot, page)

    assert read(rows[0]).evidence == ()
    assert "“机密”字样，没有加入" in recorder.last.headline
    assert "涉密材料不得存入台账" in recorder.last.text
    recorder.press("确认不涉密，加入")
    wait_idle(qtbot, page)
    assert [row.name for row in read(rows[0]).evidence] == ["机密 通知.pdf"]


def test_a_program_is_kept_and_never_run(qtbot, page, rows, read, recorder, tmp_path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(evidence_desk.QDesktopServices, "openUrl", opened.append)
    program = tmp_path / "现场照片.jpg.exe"
    program.write_bytes(b"MZ")
    drop(page, urls(program))
    wait_idle(qtbot, page)
    (row,) = read(rows[0]).evidence

    page.desk.open(row)
    wait_idle(qtbot, page)

    assert opened == []
    assert "是程序" in recorder.last.headline
