"""The process that is watched: walks through the window as a clerk does and notes how long its event loop stood still.

``python -m tests.bench.stall_child LEDGER`` prints one JSON object: step → the longest stall, in seconds of the
clock and of the processor (the window's own thread: what other programs take does not count).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

_TICK_MS = 2
_QUIET_MS = 150
"""After a step: so long nothing may be under way before the next."""
Step = tuple[str, Callable[[], object]]


class Watchdog(QObject):
    """A timer that ought to come every 2 ms; what it is late by, the window stood still."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busiest = 0.0
        self.begin()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def begin(self) -> None:
        """Another step."""
        self.longest = self.busiest = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - _TICK_MS / 1000)
        self.busiest = max(self.busiest, worked - self._worked)
        self._last, self._worked = now, worked


def main() -> None:
    """Walk and print."""
    from core.office import files
    from core.settings import Settings
    from gui import app
    from gui.main_window import MainWindow

    application = app.make_app()
    app.dress(application, Settings())
    window = MainWindow.made_with(Settings())
    window.files.open_first(Path(sys.argv[1]))
    window.resize(1366, 768)
    window.show()
    window.after_first_paint()
    for entry in window.entries:
        entry.load()  # as gui.warming does in the background
    files.prepare_writing()
    _wait(window)
    watchdog = Watchdog()
    found: dict[str, tuple[float, float]] = {}
    for name, act in _steps(window):
        watchdog.begin()
        QTimer.singleShot(0, act)
        _wait(window)
        clock, processor = found.get(name, (0.0, 0.0))
        found[name] = max(clock, watchdog.longest), max(processor, watchdog.busiest)
    window.close()
    window.context.jobs.close()
    print(json.dumps(found, ensure_ascii=False))


def _steps(window: Any) -> list[Step]:
    """A clerk's walk: every page for the first time, then the things done all day."""
    numbers = range(1, 13)
    steps: list[Step] = [
        (f"{title}，第一次打开", lambda key=key: window.show_page(key))
        for key, title in (
            ("home", "首页"),
            ("table", "任务分解"),
            ("progress", "进展填报"),
            ("exchange", "下发回收"),
            ("report", "报告"),
            ("units", "单位"),
            ("archive", "档案"),
        )
    ]
    for key, title in (("home", "首页"), ("table", "任务分解"), ("progress", "进展填报"), ("units", "单位")):
        steps.append((f"{title}，再打开", lambda key=key: window.show_page(key)))
    steps += [("打开措施", lambda no=no: window.ways.open_measure(no)) for no in numbers]
    steps += [("搜索", lambda word=word: _search(window, word)) for word in ("培", "培训", "pxsq", "")]
    steps += [("换统计截止日期", lambda day=day: _as_of(window, day)) for day in (1, 2)]
    steps.append(("进展填报，打开", lambda: window.show_page("progress")))
    steps += [("下一项（F8）", partial(_go_on, window))] * 5
    steps += [("填写并保存", partial(_type, window))] * 3
    steps.append(("回到首页", lambda: window.show_page("home")))
    return steps + _dialogs(window)


def _dialogs(window: Any) -> list[Step]:
    """What opens over the window and reads much for it; each closed again."""
    from core.office import units
    from gui.periods.dialog import open_periods

    name, other = [unit.name for unit in units.units(window.context.store) if not unit.is_group][:2]
    asked: list[Step] = [
        ("报送期，打开", lambda: open_periods(window.context, window)),
        ("单位，选一个单位", lambda: window.ways.open_register(name)),
        ("单位，撤出", lambda: window.page("units").desk.leave(name)),
        ("单位，合并", lambda: window.page("units").desk.merge(name, other)),
    ]
    return [step for name, act in asked for step in ((name, act), ("关闭对话框", partial(_close_all, window)))]


def _close_all(window: Any) -> None:
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and top is not window:
            top.close()


def _search(window: Any, word: str) -> None:
    window.frame.top_bar.search.setFocus()
    window.frame.top_bar.search.setText(word)


def _as_of(window: Any, day: int) -> None:
    from datetime import timedelta

    window.show_page("table")
    window.context.set_scope(as_of=window.context.as_of - timedelta(days=day))


def _go_on(window: Any) -> None:
    window.page("progress").keys.go_on()


def _type(window: Any) -> None:
    page = window.page("progress")
    page.form.fields.text.edit.insertPlainText("（样例）")
    page.flush()


def _wait(window: Any) -> None:
    """Until nothing is under way for a while; at most half a minute."""
    end = time.monotonic() + 30
    while True:
        loop = QEventLoop()
        QTimer.singleShot(_QUIET_MS, loop.quit)
        loop.exec()
        if not window.context.jobs.is_busy or time.monotonic() > end:
            return


if __name__ == "__main__":
    main()
