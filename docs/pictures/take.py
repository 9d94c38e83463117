"""Take the pictures of the README from the real window, off-screen: `python docs/pictures/take.py`.

The ledger is 古县's plan with made-up progress, in a folder that is thrown away; nothing of a real office is shown.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_OF = date(2025, 1, 10)
PERIOD = "2024Q4"
SIZE = (1366, 768)
TOWNSHIPS = ("岳阳镇", "北平镇", "古阳镇", "旧县镇", "石壁乡", "永乐乡", "南垣乡")


def main() -> None:
    """Make the sample ledger, walk the pages, write a PNG each."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAIZHANG_HOME"] = folder
        ledger = Path(folder) / "古县.db"
        _sample(ledger)
        _shoot(ledger)


def _sample(ledger: Path) -> None:
    from core.job import Job
    from core.model.ledger import EntryState
    from core.office import attach, files, form_value, obligations, progress, units

    scan = ledger.parent / "轮训签到表（样例）.png"
    with closing(files.create_ledger(ledger)) as store:
        _picture(scan)
        units.complete_group(store, "各乡镇", TOWNSHIPS, whole=True)
        rows = obligations.list_obligations(store, None, AS_OF)
        for row in rows:
            is_whole = row.measure_no in (2, 3, 5, 8, 9, 15)
            if row.measure_no > 16 or ((row.id * 7) % 10 > 7 and not is_whole):
                continue
            due = row.due or AS_OF
            is_done = is_whole or (due < AS_OF and (row.id * 3) % 11 > 1)
            late = row.measure_no == 2 and row.id % 9 == 0
            value = form_value.FormValue(
                state=EntryState.DONE if is_done else EntryState.IN_PROGRESS,
                done_on=(date(2025, 1, 6) if late else min(due, date(2024, 12, 20))) if is_done else None,
                text="（样例）已按要求组织落实，相关材料已归档。",
            )
            progress.save(store, row.id, PERIOD, value)
            if row.id % 5 == 0:
                attach.add_evidence(store, row.id, PERIOD, [scan], Job())
        shown = progress.find_obligation(store, None, 4, "住建局")
        progress.save(
            store,
            shown.id,
            PERIOD,
            form_value.FormValue(
                EntryState.IN_PROGRESS,
                text="（样例）分两批组织行政执法人员参加集中轮训，应训25人，实训24人；结合案卷评查开展裁量基准专题培训2次。",
                problems="（样例）1名执法人员借调县外，未参加集中轮训。",
                next_steps="（样例）1月20日前完成补训和考核。",
            ),
        )
        attach.add_evidence(store, shown.id, PERIOD, [scan], Job())


def _picture(path: Path) -> None:
    """A scan that is plainly none: a sheet with lines."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((60, 60, 560, 110), outline="black")
    for row in range(16):
        pen.line((60, 150 + row * 42, 560, 150 + row * 42), fill="gray")
    for column in range(6):
        pen.line((60 + column * 100, 150, 60 + column * 100, 780), fill="gray")
    sheet.save(path)


def _shoot(ledger: Path) -> None:
    from core import settings
    from gui import app as application
    from gui.main_window import MainWindow

    qt = application.make_app()
    application.dress(qt, settings.load())
    window = MainWindow.made_with(settings.load())
    window.files.open_first(ledger)
    window.showNormal()  # the off-screen platform's own screen is smaller than an office's
    window.resize(*SIZE)
    window.context.set_scope(period_key=PERIOD, as_of=AS_OF)
    window.show_page("home")
    _settle(0.5)
    _grab(window, "home")
    window.show_page("table")
    _settle(0.5)
    _grab(window, "table")
    window.open_measure(4)
    _settle(0.5)
    _grab(window, "drawer")
    _with_form(window)
    _grab(window, "progress")
    window.show_page("exchange")
    _settle(1)
    _grab(window, "exchange")
    window.show_page("report")
    _settle(3)
    _grab(window, "report")
    _with_document(window, ledger.parent / "定西市任务分解表.docx")
    _grab(window, "import")
    window.importing.close_sheet()
    window.close()
    _settle(0.2)
    window.context.jobs.close()
    window.context.set_store(None)


def _with_form(window) -> None:  # noqa: ANN001 - Qt is imported late
    from core.office import progress

    row = progress.find_obligation(window.context.store, None, 4, "住建局")
    window.open_form(row.id)
    _settle(1.5)


def _with_document(window, document: Path) -> None:  # noqa: ANN001
    """A plan as it arrives: another bundled one as a Word document."""
    from core.office import bundled
    from core.publish.table_document import write_table

    write_table(bundled.load("dingxi"), "docx", document)
    window.importing.open_path(document)
    _settle(3)


def _settle(seconds: float) -> None:
    """Let the window work for a while: jobs, thumbnails, pages."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _grab(window, name: str) -> None:  # noqa: ANN001
    path = HERE / f"{name}.png"
    window.grab().save(str(path))
    print(path.name)


if __name__ == "__main__":
    sys.exit(main())
