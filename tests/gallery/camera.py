"""Drives the real window through the scenes and takes it with whatever opened over it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from core.settings import Settings
from gui import app, theme
from gui.main_window import MainWindow
from tests.gallery import sample
from tests.gallery.faults import faults
from tests.gallery.reach import unreachable
from tests.gallery.sample import Stage
from tests.gallery.scene import Scene
from tests.gallery.scenes import scenes

_SHADE = QColor(0, 0, 0, 70)
_FRAME, _FRAME_TEXT = QColor(240, 240, 240), QColor(60, 60, 60)
_TITLE_BAR = 30


def take(
    target: Path,
    size: tuple[int, int],
    wanted: Callable[[Scene], bool],
    make: Callable[[Path], Stage] = sample.small,
    *,
    is_high_contrast: bool = False,
    font_size: int = 14,
) -> list[str]:
    """A PNG a scene in ``target``; returns the faults that were seen, each with its scene.

    ``size``: logical pixels; ``make``: the ledger they stand on.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TAIZHANG_HOME"] = name
        stage = make(folder)
        settings = Settings(high_contrast=is_high_contrast, font_size=font_size)
        qt = app.make_app()
        app.dress(qt, settings)
        found = []
        for scene in scenes(stage):
            if wanted(scene):
                found += _scene(scene, target, stage, settings, size)
        return found


def _scene(scene: Scene, target: Path, stage: Stage, settings: Settings, size: tuple[int, int]) -> list[str]:
    """In a window of its own: no scene stands on what another left behind."""
    window = MainWindow.made_with(settings)
    window.files.open_first(stage.ledger)
    window.showNormal()
    window.resize(*size)
    window.after_first_paint()
    window.context.set_scope(period_key=stage.period, as_of=stage.as_of)
    _settle(0.2)
    scene.prepare(window)
    _settle(scene.wait)
    if not scene.is_busy:
        _wait_idle(window)
    over = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]
    _picture(window, over).save(str(target / f"{scene.name}.png"))
    seen = QApplication.activeModalWidget() or (over[-1] if over else window)  # what the keyboard can reach now
    found = [f"{scene.name}\t{fault}" for fault in (*faults(seen), *unreachable(seen))]
    found += [
        f"{scene.name}\t窗口放不下：{top.windowTitle() or type(top).__name__} {top.width()}×{top.height()}"
        for top in over
        if top.width() > size[0] or top.height() > size[1]
    ]
    for top in over:
        top.close()
    window.close()
    window.context.jobs.close()
    window.context.set_store(None)
    window.deleteLater()
    _settle(0.05)
    return found


def _picture(window: QWidget, over: list[QWidget]) -> QPixmap:
    """The window, darkened, with what lies over it in its middle: off-screen every top level is a surface of its own."""
    picture = window.grab()
    if not over:
        return picture
    painter = QPainter(picture)
    painter.fillRect(window.rect(), _SHADE)
    for top in over:
        is_popup = top.windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
        place = window.mapFromGlobal(top.pos()) if is_popup else _middle(window.rect(), top)
        painter.drawPixmap(place, top.grab())
        if not is_popup:
            _draw_frame(painter, place, top)
    painter.end()
    return picture


def _draw_frame(painter: QPainter, place: QPoint, top: QWidget) -> None:
    """The title bar that the desktop gives a dialog: what stands in it need not stand below once more."""
    bar = QRect(place.x(), place.y() - _TITLE_BAR, top.width(), _TITLE_BAR)
    painter.fillRect(bar, _FRAME)
    painter.setPen(_FRAME_TEXT)
    painter.setFont(theme.font(13))
    painter.drawText(bar.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, top.windowTitle())


def _middle(room: QRect, top: QWidget) -> QPoint:
    return QPoint((room.width() - top.width()) // 2, max(0, (room.height() - top.height()) // 2))


def _wait_idle(window: MainWindow) -> None:
    while window.context.jobs.is_busy:
        _settle(0.05)


def _settle(seconds: float) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
