"""Work in the background: exactly one end a job, told in the GUI thread, in the order of asking."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from core.errors import KnownError
from core.job import Job
from gui.jobs import JobRunner, Progress


@pytest.fixture
def runner(dressed):
    made = JobRunner()
    yield made
    made.close()


def test_result_comes_back_in_the_gui_thread(qtbot, runner):
    """The work runs elsewhere, the answer arrives here."""
    seen = []

    def work(_job: Job) -> str:
        seen.append(threading.current_thread() is threading.main_thread())
        return "做完"

    def done(result: str) -> None:
        seen.append(QThread.currentThread() is QApplication.instance().thread())
        seen.append(result)

    with qtbot.waitSignal(runner.finished):
        runner.start("正在做", work, done)

    assert seen == [False, True, "做完"]
    assert not runner.is_busy


def test_jobs_run_one_after_the_other(qtbot, runner):
    """Two jobs keep their order, and the status line hears both labels."""
    labels, results = [], []
    runner.started.connect(labels.append)

    with qtbot.waitSignal(runner.finished):
        runner.start("一", lambda _job: 1, results.append)
        runner.start("二", lambda _job: 2, results.append)

    assert results == [1, 2]
    assert labels == ["一", "二"]


def test_progress_is_told_and_its_last_step_never_swallowed(qtbot, runner):
    """Steps that come too fast are left out, the last one is not."""
    steps = []
    runner.progressed.connect(steps.append)

    def work(job: Job) -> None:
        for done in range(1001):
            job.step(done, 1000, "写第 x 行")

    with qtbot.waitSignal(runner.finished):
        runner.start("正在导出", work, lambda _result: None)

    assert steps[-1] == Progress(1000, 1000, "写第 x 行")
    assert steps[-1].percent == 100
    assert len(steps) < 1000


def test_cancel_ends_the_job_without_a_result(qtbot, runner):
    """取消 reaches the work at its next step; only the call-back for it is called."""
    ends = []
    begun = threading.Event()

    def work(job: Job) -> None:
        while True:
            job.step(0, 0, "等")
            begun.set()

    with qtbot.waitSignal(runner.finished):
        runner.start("慢", work, lambda _r: ends.append("done"), on_cancelled=lambda: ends.append("cancelled"))
        begun.wait(5)
        runner.cancel()

    assert ends == ["cancelled"]


def test_known_error_becomes_its_sentence(qtbot, runner, recorder):
    """A failure that a person can act on is shown as such."""

    def work(_job: Job) -> None:
        raise KnownError("磁盘空间已满，没有保存。", hint="请腾出空间。")

    with qtbot.waitSignal(runner.finished):
        runner.start("保存", work, lambda _r: None)

    assert recorder.last.headline == "磁盘空间已满，没有保存"


def test_own_error_handler_takes_precedence(qtbot, runner, recorder):
    """Who starts the job may show the failure in its place."""
    errors = []

    def work(_job: Job) -> None:
        raise KnownError("不行。")

    with qtbot.waitSignal(runner.finished):
        runner.start("保存", work, lambda _r: None, on_error=errors.append)

    assert [str(error) for error in errors] == ["不行。"]
    assert not recorder.messages


def test_closing_cancels_waits_and_calls_nobody(qtbot, runner):
    """After the window is gone no result arrives."""
    ends = []
    begun, left = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        begun.set()
        try:
            while True:
                job.step(0, 0, "等")
        finally:
            left.set()

    runner.start("慢", work, lambda _r: ends.append("done"), on_cancelled=lambda: ends.append("cancelled"))
    begun.wait(5)
    runner.close()
    qtbot.wait(30)

    assert left.is_set()
    assert ends == []
    assert not runner.is_busy


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 2, 0), (1, 2, 50), (3, 2, 100), (1, 0, None)])
def test_percent(done, total, percent):
    """Never above 100, and unknown without a total."""
    assert Progress(done, total, "").percent == percent
