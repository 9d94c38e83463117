"""Scenes of states: the first start, an empty ledger, one that is only read, long work, and what goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from core.errors import KnownError
from core.job import Job
from core.office import files
from core.office.files import Store
from core.store.lock import Holder
from gui import messages, printing
from gui.pages import PAGES
from gui.plan_edit.new_plan import NewPlan, blank_ledger
from tests.gallery.sample import Stage
from tests.gallery.scene import Prepare, Scene, page_of

if TYPE_CHECKING:
    from gui.main_window import MainWindow

FIRST_DAY = date(2024, 4, 26)
"""古县's plan is two weeks old."""


def states(stage: Stage) -> tuple[Scene, ...]:
    """From the first start to the fault of the program."""
    with_ledger = partial(_on_ledger, stage)
    return (
        Scene("09-初次打开", with_ledger("初次", _new, page_of("table")), 1),
        Scene("09-初次打开-首页", with_ledger("初次", _new, page_of("home")), 1),
        *(
            Scene(f"09-没有方案-{entry.title}", with_ledger("没有方案", _without_plan, page_of(entry.key)), 0.8)
            for entry in PAGES
        ),
        *(
            Scene(f"09-没有措施-{entry.title}", with_ledger("没有措施", _without_measures, page_of(entry.key)), 0.8)
            for entry in PAGES
        ),
        Scene("09-没有台账", lambda window: window.context.set_store(None)),
        *(
            Scene(f"09-只读-{entry.title}", partial(_read_only, stage=stage, then=page_of(entry.key)), 0.8)
            for entry in PAGES
        ),
        Scene("09-正在使用", partial(_locked, stage=stage)),
        Scene("09-打不开", partial(_damaged, stage=stage)),
        Scene("09-进度", _long_work, 1, is_busy=True),
        Scene("09-没有打印机", _print, 2),
        Scene("09-程序出错", lambda window: messages.show_bug(window, "Traceback\nValueError: …")),
        Scene("09-撤销条", _undo, 1),
        Scene("09-网络盘", lambda window: window.frame.status.show_place("台账在网络盘上", "")),
    )


def _on_ledger(stage: Stage, name: str, make: Callable[[Path], Store], then: Prepare) -> Prepare:
    """Another ledger in the place of the one that is open."""

    def prepare(window: MainWindow) -> None:
        path = stage.ledger.parent / name / f"{name}.db"
        path.parent.mkdir(exist_ok=True)
        window.context.set_store(None)
        window.context.set_store(files.open_ledger(path) if path.exists() else make(path))
        window.context.set_scope(as_of=FIRST_DAY)
        then(window)

    return prepare


def _new(path: Path) -> Store:
    return files.create_ledger(path)


def _without_plan(path: Path) -> Store:
    return files.create_ledger(path, files.BLANK)


def _without_measures(path: Path) -> Store:
    return blank_ledger(NewPlan("某县行政执法提升行动方案", None, None), path)


def _read_only(window: MainWindow, stage: Stage, then: Prepare) -> None:
    scope = (window.context.period_key, window.context.as_of)
    window.context.set_store(None)
    window.context.set_store(files.open_ledger(stage.ledger, read_only=True))
    window.context.set_scope(period_key=scope[0], as_of=scope[1])
    then(window)


def _locked(window: MainWindow, stage: Stage) -> None:
    held = files.LockedError(stage.ledger, Holder("王建平", "2025-01-10 08:31"))
    window.files._tell_locked(held, stage.ledger)


def _damaged(window: MainWindow, stage: Stage) -> None:
    """A file that was cut short, with backups beside it."""
    path = stage.ledger.parent / "损坏" / "古县.db"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(stage.ledger.read_bytes()[:50_000])
    kept = path.parent / "古县.备份"
    kept.mkdir(exist_ok=True)
    for one in (stage.ledger.parent / f"{stage.ledger.stem}.备份").glob("*.db"):
        shutil.copy(one, kept)
    window.files.open_path(path)


def _long_work(window: MainWindow) -> None:
    """Stands still at two thirds until the window closes."""
    window.show_page("exchange")
    window.context.jobs.start("正在生成填报表", _hold, _nothing)


def _hold(job: Job) -> None:
    job.step(24, 37, "正在生成 财政局")
    pause = Event()
    while not job.is_cancelled:
        pause.wait(0.05)


def _nothing(_result: object) -> None:
    """What came of it does not matter."""


def _print(window: MainWindow) -> None:
    from core.office.sendings import cover_of

    context = window.context
    window.show_page("exchange")
    plan, period = context.plan_key, context.period_key or ""
    printing.print_listing(context, window.page("exchange"), lambda store: cover_of(store, plan, period))


def _undo(window: MainWindow) -> None:
    from core.office import progress
    from tests.gallery.sample import MEASURE, UNIT

    row = progress.find_obligation(window.context.store, None, MEASURE + 1, UNIT)
    window.ways.open_form(row.id)
    page: Any = window.page("progress")
    with suppress(KnownError):
        page.review._reviews.accept(page.open_form)
