"""The window's part of `self-check`: language, face, icons, and the real window off-screen with 古县's table."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def window_check() -> list[str]:
    """Open the window off-screen on a throw-away ledger; gives what is wrong, a sentence each."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="台账自检 ") as folder:
        os.environ["TAIZHANG_HOME"] = folder
        return list(_checks(Path(folder) / "古县.db"))


def _checks(ledger: Path) -> Iterator[str]:
    from core import settings
    from core.office import files
    from gui import app, fonts, icons

    application = app.make_app()
    if not app.load_translation(application):
        yield "缺少 Qt 的中文翻译"
    app.dress(application, settings.Settings())
    if not fonts.choose():
        yield "没有可用的中文字体"
    if icons.app_icon().isNull():
        yield "缺少程序图标"
    files.create_ledger(ledger).close()
    yield from _window(ledger)


def _window(ledger: Path) -> Iterator[str]:
    from PySide6.QtWidgets import QApplication

    from core import settings
    from gui.main_window import MainWindow

    window = MainWindow.made_with(settings.Settings())
    window.files.open_first(ledger)
    window.show()
    QApplication.processEvents()
    if not window.context.has_store:
        yield "窗口打不开台账"
    for entry in window.entries:
        window.show_page(entry.key)
        QApplication.processEvents()
        if window.grab().isNull():
            yield f"“{entry.title}”页画不出来"
    yield from _manual(window)
    window.context.jobs.close()
    window.context.set_store(None)
    window.close()


def _manual(window: MainWindow) -> Iterator[str]:
    """What F1 brings: every page has its chapter, each picture that a chapter names is there."""
    from gui.manual.chapters import chapter_of, chapters
    from gui.manual.window import ManualWindow

    there = {chapter.key for chapter in chapters()}
    for entry in window.entries:
        if chapter_of(entry.key) not in there:
            yield f"使用手册里没有“{entry.title}”一节"
    manual = ManualWindow(window, window.frame.show_keys)
    if not manual.browser.toPlainText().strip():
        yield "使用手册打不开"
    for chapter in chapters():
        for name in re.findall(r"!\[.*?\]\((.*?)\)", chapter.text):
            if manual.browser.loadResource(2, name) is None:
                yield f"使用手册缺少图片 {name}"
