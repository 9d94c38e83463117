"""The application object around the window: language, face, theme, crash net, first start."""

from __future__ import annotations

import gc
import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from core import paths, settings
from gui import crash, fonts, icons, messages, stylesheet, theme

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_LOG = logging.getLogger(__name__)
DESKTOP_FILE = "taizhang"
"""The base name of the .desktop file, by which Wayland finds icon and group."""
_COLLECT_AFTER_MS = 2000
_WARM_AFTER_MS = 1500
"""After menus, counts and the backup's beginning, and before most clerks have chosen another page."""
_ON_SCREEN_MS = 50
"""From the end of the first paint until it is surely on the screen."""
NO_IBUS = "TAIZHANG_KEEP_IM_MODULE"
"""Set to leave QT_IM_MODULE alone."""


def run(path: Path | None) -> int:
    """Show the window with a ledger (the last one, or 古县's on the first start, when None) until it is closed."""
    prepare_environment()
    app = make_app()
    crash.install(app)
    from gui.main_window import MainWindow
    from gui.pages import PAGES
    from gui.warming import Warming

    chosen = settings.load()
    dress(app, chosen)
    messages.use_builtin_file_dialog(chosen.builtin_file_dialog)
    window = MainWindow.made_with(chosen)
    window.waiting.hold()
    window.files.open_first(path)
    painted = _FirstPaint(window)
    painted.seen.connect(window.after_first_paint)
    painted.seen.connect(partial(_set_icon, app))
    warming = Warming(PAGES)
    painted.seen.connect(partial(QTimer.singleShot, _WARM_AFTER_MS, warming.start))
    window.show()
    QTimer.singleShot(_COLLECT_AFTER_MS, _collect_again)
    code = app.exec()
    crash.remove()
    warming.stop()
    return _leave(window, code)


class _FirstPaint(QObject):
    """Tells that a window was painted for the first time, once the paint is done.

    A timer would do with a fast machine; on a slow one it runs out before the first paint, and what it starts is in
    the way of that.
    """

    seen = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(_ON_SCREEN_MS, self, self.seen.emit)
        return False


def _set_icon(app: QApplication) -> None:
    app.setWindowIcon(icons.app_icon())


def _collect_again() -> None:
    """The collector comes back, and leaves alone what will live as long as the program."""
    gc.freeze()
    gc.enable()


def _leave(window: MainWindow, code: int) -> int:
    window.context.jobs.close()
    window.context.set_store(None)
    return code


def prepare_environment() -> None:
    """Before the application object: an input method that this Qt can speak to.

    The wheel has no fcitx plugin; fcitx 5 answers to the ibus protocol
    (https://github.com/fcitx/fcitx5/issues/444), so Chinese can be typed that way.
    """
    if not sys.platform.startswith("linux") or os.environ.get(NO_IBUS) or os.environ.get("QT_IM_MODULES"):
        return
    if os.environ.get("QT_IM_MODULE", "").lower() not in {"fcitx", "fcitx5"}:
        return
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    if not any(plugins.glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"
        _LOG.info("QT_IM_MODULE: fcitx has no plugin here, ibus is used")


def make_app() -> QApplication:
    """The one application object, speaking Chinese."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("taizhang.desktop")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    QApplication.setDesktopFileName(DESKTOP_FILE)
    QApplication.setApplicationName("taizhang")
    QApplication.setApplicationDisplayName("台账")
    QApplication.setStyle("Fusion")  # before the object: else the desktop's own style is made first, and thrown away
    app = QApplication(sys.argv[:1])
    load_translation(app)
    return app


def load_translation(app: QApplication) -> bool:
    """Make Qt's own buttons and menus Chinese; whether the translation was found."""
    translator = QTranslator(app)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder in (qt_folder, str(paths.RESOURCES / "translations")):
        if translator.load("qtbase_zh_CN", folder):
            return app.installTranslator(translator)
    _LOG.error("qtbase_zh_CN.qm is missing: Qt's own buttons will be English")
    return False


def dress(app: QApplication, chosen: settings.Settings) -> None:
    """Put face, size and colours in force; again after a change of these settings."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    tokens = theme.HIGH_CONTRAST if chosen.high_contrast else theme.LIGHT
    theme.use(tokens, base_size=chosen.font_size, families=fonts.choose())
    icons.forget()
    app.setFont(theme.font())
    app.setPalette(stylesheet.palette())
    app.setStyleSheet(stylesheet.build())
