"""The plain table of dialogs: its rows go to WPS as cells."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.widgets.plain_table import Column, PlainTable


def test_copying_puts_the_chosen_row_on_the_clipboard_as_cells(qtbot: QtBot) -> None:
    table = PlainTable([Column("名称", "2024年第四季度"), Column("应报", "9999", is_number=True)], "报送期")
    qtbot.addWidget(table)
    table.show_rows([("2024年第三季度", "907"), ("2024年第四季度", "26")], current=1)

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "2024年第四季度\t26"
    assert "2024年第四季度</td>" in mime.html()
