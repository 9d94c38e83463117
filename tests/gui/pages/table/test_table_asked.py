"""任务分解 as another page asks for it, and the list of what is shown on paper or in a file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.model.ledger import Light, State
from gui import printing as list_printing
from gui.pages.filters import TableFilter
from gui.pages.report import printing
from gui.pages.table import arrange, current_list
from gui.pages.table.arrange import Only, Picked, View
from gui.pages.table.page import TablePage
from gui.pages.table.rows import TableRows
from tests.gui.pages.conftest import words
from tests.gui.recorder import Recorder


def _nos(table: TableRows, view: View) -> list[int]:
    return [line.no for line in arrange.arrange(table, view).lines if not isinstance(line, arrange.Band)]


@pytest.mark.parametrize(
    ("wanted", "only"),
    [
        (TableFilter(), Only.ALL),
        (TableFilter(states=frozenset({State.DONE})), Only.DONE),
        (TableFilter(states=frozenset({State.ONGOING, State.WAITING})), Only.STEADY),
        (TableFilter(lights=frozenset({Light.OVERDUE})), Only.OVERDUE),
        (TableFilter(lights=frozenset({Light.DUE_SOON})), Only.DUE_SOON),
        (TableFilter(to_verify=True), Only.TO_VERIFY),
    ],
)
def test_what_has_a_chip_is_shown_by_its_chip(table: TableRows, wanted: TableFilter, only: Only) -> None:
    assert arrange.asked(table, wanted, None) == View(only=only)


def test_a_section_is_a_choice_of_measures(table: TableRows) -> None:
    view = arrange.asked(table, TableFilter(section=1, title="（一）着力提升"), None)

    assert view.picked == Picked("（一）着力提升", frozenset({1, 2, 3, 4}))
    assert _nos(table, view) == [1, 2, 3, 4]


def test_states_without_a_chip_are_a_choice_too(table: TableRows) -> None:
    """长期、待部署、不涉及 together: no chip says that."""
    states = frozenset({State.ONGOING, State.WAITING, State.NOT_APPLICABLE})
    view = arrange.asked(table, TableFilter(states=states), None)

    assert view.only is Only.ALL
    assert view.picked is not None
    assert view.picked.nos == {row.no for row in table.rows if row.source.status.state in states}


def test_an_empty_choice_shows_nothing(table: TableRows) -> None:
    """Not everything."""
    assert _nos(table, arrange.asked(table, TableFilter(measures=frozenset()), None)) == []


def test_a_choice_holds_together_with_chip_and_unit(table: TableRows) -> None:
    wanted = TableFilter(lights=frozenset({Light.OVERDUE}), measures=frozenset({1, 2, 38}), unit="财政局")
    shown = _nos(table, arrange.asked(table, wanted, None))

    late = {row.no for row in table.rows if row.source.status.overdue and "财政局" in row.source.units}
    assert set(shown) == late & {1, 2, 38}


def test_the_page_shows_the_choice_with_a_way_back(qtbot: QtBot, page: TablePage) -> None:
    """A chip with ×; one press shows everything again."""
    page.show_table_filter(TableFilter(measures=frozenset({6, 22}), title="2024年6月到期"))

    assert page.view.table_model.measures == 2
    assert page.chips.picked.isVisible()
    assert page.chips.picked.text() == "2024年6月到期"
    assert page.chips.chips[Only.ALL].count() == 2
    qtbot.mouseClick(page.chips.picked, Qt.MouseButton.LeftButton)
    assert page.view.table_model.measures == 38
    assert not page.chips.picked.isVisible()


def test_another_question_takes_the_place_of_the_first(page: TablePage) -> None:
    """Filters of before are gone: the figure that was pressed is what is shown."""
    page.show_unit("财政局")
    page.show_table_filter(TableFilter(lights=frozenset({Light.OVERDUE})))

    assert page.filters.view.unit is None
    assert page.view.table_model.measures == 14


# the list -----------------------------------------------------------------------------------------


def test_the_filter_is_told_in_words(table: TableRows) -> None:
    view = View(
        only=Only.OVERDUE,
        unit="财政局",
        picked=Picked("2024年12月到期", frozenset({1})),
        filters={"status": frozenset({"推进中"})},
    )

    assert current_list.words_of(table, view) == "逾期，2024年12月到期，单位为财政局，状态为推进中"
    assert current_list.title_of(view) == "逾期措施清单"
    assert current_list.words_of(table, View()) == ""
    assert current_list.title_of(View()) == "重点任务清单"


def test_what_is_shown_is_exported(qtbot: QtBot, page: TablePage, recorder: Recorder, tmp_path: Path) -> None:
    """The two chosen measures, in the order of the screen; the bar offers the file."""
    page.show_table_filter(TableFilter(measures=frozenset({6, 22}), title="2024年6月到期"))
    page.toolbar.list_export_requested.emit("xlsx")
    assert recorder.questions[-1].start.name == "重点任务清单.xlsx"
    recorder.give(tmp_path / "清单.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "清单.xlsx").is_file() and page.export_bar.isVisible())

    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("范围：2024年6月到期" in text for text in texts)
    assert [text.split("）")[0] for text in texts if text.startswith(("（6）", "（22）"))] == ["（6", "（22"]
    assert "清单.xlsx" in page.export_bar.accessibleName()


def test_nothing_shown_is_told_not_printed(qtbot: QtBot, page: TablePage, recorder: Recorder) -> None:
    page.show_table_filter(TableFilter(measures=frozenset()))
    page.toolbar.list_print_requested.emit()
    qtbot.waitUntil(lambda: bool(recorder.messages))

    assert "列表是空的" in words(recorder.last)


def test_without_a_printer_the_list_is_offered_as_pdf(
    qtbot: QtBot, page: TablePage, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Qt would silently write a file."""
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(recorder.messages))
    assert "没有找到打印机" in words(recorder.last)

    recorder.press("导出 PDF")
    recorder.give(tmp_path / "清单")
    qtbot.waitUntil((tmp_path / "清单.pdf").is_file)


def test_the_list_goes_to_the_printer(
    qtbot: QtBot, page: TablePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is sent are the pages of the PDF; the bar says how many."""
    from PySide6.QtPrintSupport import QPrinter

    from core.publish import pages

    asked: list[tuple[QDialog, int]] = []

    def dialog_of(printer: QPrinter, count: int, parent: QWidget) -> QDialog:
        """The system's own dialog needs a system."""
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        printer.setResolution(100)
        asked.append((QDialog(parent), count))
        return asked[-1][0]

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "make_dialog", dialog_of)
    page.show_table_filter(TableFilter(section=1))
    page.list.print()
    qtbot.waitUntil(lambda: bool(asked))
    dialog, sheets = asked[0]
    with qtbot.waitSignal(page.list.told, timeout=20_000) as told:
        dialog.accept()

    assert told.args == [f"已送打印机 {sheets} 页"]
    assert pages.page_count((tmp_path / "打印.pdf").read_bytes()) == sheets
    assert page.export_bar.accessibleName() == f"已送打印机 {sheets} 页"


def test_a_print_dialog_that_is_left_prints_nothing(
    qtbot: QtBot, page: TablePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the list's own pages to choose from; what was made for it goes away."""
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    page.list.print()
    qtbot.waitUntil(lambda: page.findChild(QPrintDialog) is not None)
    dialog = page.findChild(QPrintDialog)
    press = page.findChild(list_printing.ListingPress)
    assert dialog is not None
    assert press is not None
    assert press.source is not None
    assert dialog.maxPage() == len(press.source.sizes())
    dialog.reject()

    qtbot.waitUntil(lambda: page.findChild(list_printing.ListingPress) is None)
