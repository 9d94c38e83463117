"""The process that is timed: opens a window, says when its table is painted, and ends."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView


class _Watch(QObject):
    """Says "painted" after the first paint of a table that has rows."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._is_done = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._is_done:
            table = watched.parent()
            if isinstance(table, QTableView) and table.model() is not None and table.model().rowCount():
                self._is_done = True
                QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        print("painted", flush=True)
        QApplication.quit()


def _bare() -> QObject:
    """Thirty-eight rows of nine columns with texts as long as ours."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    model = QStandardItemModel(38, 9, window)
    for row in range(38):
        for column in range(9):
            model.setItem(
                row, column, QStandardItem("按照分类分级分层培训要求，组织开展专业法律知识和行政执法技能培训")
            )
    table = QTableView(window)
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    return window


def _run_ours(ledger: Path) -> None:
    """The program as it starts, with the watch slipped in beside its application object."""
    from gui import app

    made = app.make_app

    def watched() -> QApplication:
        application = made()
        application.installEventFilter(_Watch(application))
        return application

    app.make_app = watched
    app.run(ledger)


def _run_bare() -> None:
    application = QApplication([])
    application.installEventFilter(_Watch(application))
    window = _bare()
    application.exec()
    del window


def main() -> None:
    """``bare`` or ``ours`` and the ledger file."""
    mode, ledger = sys.argv[1:]
    if mode == "bare":
        _run_bare()
    else:
        _run_ours(Path(ledger))


if __name__ == "__main__":
    main()
