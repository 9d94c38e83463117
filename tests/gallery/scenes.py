"""What is looked at: each scene brings the window to a state, by the ways a clerk has; what opens over it is taken too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from core.job import Job
from core.model import edit
from core.office import backups, board, documents, issued, issuing, obligations, progress, units
from core.office.asked import Asked
from core.office.changes import Changes
from gui.pages.exchange.step import CHECK
from gui.pages.units.side_list import SCORES
from gui.periods.dialog import open_periods
from gui.periods.upward_dialog import open_upward
from gui.version.dialog import VersionDialog
from tests.gallery.dialogs import dialogs
from tests.gallery.sample import MEASURE, UNIT, Stage
from tests.gallery.scene import Prepare, Scene, over, page_of
from tests.gallery.states import states

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def scenes(stage: Stage) -> tuple[Scene, ...]:
    """All scenes in the order of the navigation; ``stage``: what they stand on."""
    return (
        *_home(),
        *_table(),
        *_progress(),
        *_exchange(stage),
        *_report(),
        *_units(),
        *_archive(),
        *_sheets(stage),
        *dialogs(stage),
        *states(stage),
    )


def _home() -> tuple[Scene, ...]:
    return (
        Scene("01-首页", page_of("home"), is_page=True),
        Scene("01-首页-统计口径", over("home", lambda page: page.show_rules())),
        Scene("01-首页-搜索", _search, 1.5),
        Scene("01-使用手册", over("progress", lambda page: page.window().frame.show_manual()), 1),
        Scene("01-按键", lambda window: window.frame.show_keys()),
    )


def _search(window: MainWindow) -> None:
    """As one types."""
    window.show_page("home")
    search = window.frame.top_bar.search
    search.setFocus()
    search.insert("应急")


def _table() -> tuple[Scene, ...]:
    return (
        Scene("02-任务分解", page_of("table"), is_page=True),
        Scene("02-任务分解-详情", lambda window: window.ways.open_measure(MEASURE), 0.6),
        Scene("02-调整时限", over("table", _adjust)),
        Scene("02-单位集合", over("table", lambda page: page.complete_group("各行政执法单位"))),
        Scene("02-报送期", lambda window: open_periods(window.context, window), 0.8),
        Scene("02-上报事项", lambda window: open_upward(window.context, window), 0.8),
        Scene("02-对照上级", over("table", lambda page: page.acts.align()), 2),
        Scene("02-新版本对照", _new_version, 0.8),
    )


def _new_version(window: MainWindow) -> None:
    """The plan with another text, one measure moved, one gone and one come."""
    plan = board.board(window.context.store, window.context.plan_key, window.context.as_of).plan
    edited = edit.change_measure(edit.begin(plan), MEASURE, text=f"{plan.measures[MEASURE - 1].text}每半年通报一次。")
    edited = edit.move_measure(edited, 32, after=9, section=None, task=None)
    edited = edit.add_measure(edited, 20, text="建立涉企行政检查扫码入企制度。")
    edited = edit.delete_measure(edited, 2)
    VersionDialog(window.context, edited.plan, None, window).open()


def _adjust(page: Any) -> None:
    page.show_measure(MEASURE)
    page.acts.adjust()


def _progress() -> tuple[Scene, ...]:
    return (
        Scene("03-进展填报", _form, 1, is_page=True),
        Scene("03-登记异议", _on_form(lambda page, form: page.review._objections.take_down(form))),
        Scene("03-退回", _on_form(lambda page, form: page.review._reviews.send_back(form))),
        Scene("03-批量填报", _on_form(_many)),
        Scene("03-选用已有佐证", _on_form(lambda page, _form: page.desk.reuse())),
    )


def _form(window: MainWindow) -> None:
    row = progress.find_obligation(window.context.store, None, MEASURE, UNIT)
    window.ways.open_form(row.id)


def _on_form(act: Callable[[Any, Any], object]) -> Prepare:
    def prepare(window: MainWindow) -> None:
        _form(window)
        page: Any = window.page("progress")
        act(page, page.open_form)

    return prepare


def _many(page: Any, form: Any) -> None:
    rows = obligations.list_obligations(
        page.context.store, None, page.context.as_of, measure=form.obligation.measure_no
    )
    page.review._many.ask(rows, form)


def _exchange(stage: Stage) -> tuple[Scene, ...]:
    names = ("报送期", "下发", "回收", "核对", "上报")
    steps = tuple(
        Scene(f"04-{name}", over("exchange", partial(_step, number=number)), 1.2, is_page=number == 1)
        for number, name in enumerate(names, start=1)
    )
    if stage.returns is None:
        return steps
    return (*steps, Scene("04-核对新旧", partial(_returns, folder=stage.returns), 3))


def _returns(window: MainWindow, folder: Path) -> None:
    """Sheets that came are read and shown beside what is there."""
    window.show_page("exchange")
    page: Any = window.page("exchange")
    page.take([folder])
    page.returning.looked.connect(lambda _found: page.show_step(CHECK), Qt.ConnectionType.SingleShotConnection)


def _step(page: Any, number: int) -> None:
    page.show_step(number)


def _report() -> tuple[Scene, ...]:
    kinds = tuple(
        Scene(f"05-{kind.title}", partial(_document, kind=kind.key.value), 2, is_page=at == 0)
        for at, kind in enumerate(documents.KINDS.values())
    )
    return (
        *kinds,
        Scene("05-发文登记-空", over("report", lambda page: page.registers.show()), 0.6),
        Scene("05-数字来源", _numbers, 3),
        Scene("05-出具", partial(_issue, kind="report"), 1.5),
        Scene("05-出具函件", partial(_issue, kind="reminder"), 1.5),
        Scene("05-发文登记", _register, 2.5),
        Scene("05-登记签收", over("report", _sign)),
        Scene("05-作废", over("report", lambda page: page.registers.withdraw())),
    )


def _numbers(window: MainWindow) -> None:
    """数字来源 open, the rows of one number below."""
    window.ways.open_document("report", "")
    page: Any = window.page("report")
    page.traces.toggle.setChecked(True)

    def choose(_made: object) -> None:
        page.figures.figure_chosen.emit(page.press.made.exported.figures[3])

    page.press.previewed.connect(choose, Qt.ConnectionType.SingleShotConnection)


def _issue(window: MainWindow, kind: str) -> None:
    """出具 asks as soon as the pages are there."""
    window.ways.open_document(kind, "")
    page: Any = window.page("report")
    page.press.previewed.connect(page.issuing.ask, Qt.ConnectionType.SingleShotConnection)


def _register(window: MainWindow) -> None:
    """A report and two letters that left the office."""
    context = window.context
    asked = Asked(context.plan_key, date(2024, 12, 31), context.period_key, number="古司报〔2025〕1号")
    if not issued.list_issued(context.store):
        issuing.issue(context.store, "report", asked, Job(), formats=("pdf",), issued_on=date(2025, 1, 8))
        letters = replace(asked, as_of=context.as_of, number="", numbers=((UNIT, "古司函〔2025〕1号"),))
        issuing.issue_letters(
            context.store, "reminder", letters, [UNIT, "财政局"], Job(), formats=("docx",), issued_on=date(2025, 1, 12)
        )
        context.announce(Changes(periods=True))
    window.show_page("report")
    page: Any = window.page("report")
    page.registers.show()
    page.register.choose(1)


def _sign(page: Any) -> None:
    page.registers.show()
    page.registers.sign()


def _document(window: MainWindow, kind: str) -> None:
    window.ways.open_document(kind, "")


def _units() -> tuple[Scene, ...]:
    return (
        Scene("06-单位", lambda window: window.ways.open_register(UNIT), 0.8, is_page=True),
        Scene("06-集合", lambda window: window.ways.open_group("各行政执法单位"), 0.8),
        Scene("06-新建单位", over("units", lambda page: page.desk.new_unit())),
        Scene("06-撤出", over("units", lambda page: page.desk.leave(UNIT))),
        Scene("06-合并", over("units", lambda page: page.desk.merge(UNIT))),
        Scene("06-加入单位", over("units", _members)),
        Scene("06-考核评分", over("units", lambda page: page.side.choose(SCORES)), 1),
    )


def _members(page: Any) -> None:
    found = next(unit for unit in units.units(page.context.store) if unit.name == "各行政执法单位")
    page.desk.add_members(found)


def _archive() -> tuple[Scene, ...]:
    parts = (("journal", "操作日志"), ("meetings", "会商会议"), ("backups", "备份与校验"), ("settings", "设置"))
    return (
        *(
            Scene(f"07-{name}", over("archive", partial(_part, key=key)), 0.8, is_page=key == "journal")
            for key, name in parts
        ),
        Scene("07-恢复", over("archive", _restore), 2),
    )


def _restore(page: Any) -> None:
    backups.back_up(page.context.store, Job())
    page.show_part("backups")
    page.parts["backups"].reload()
    page.parts["backups"].restore.click()


def _part(page: Any, key: str) -> None:
    page.show_part(key)


def _sheets(stage: Stage) -> tuple[Scene, ...]:
    return (
        Scene("08-新建台账", lambda window: window.files.new()),
        Scene("08-导入方案", lambda window: window.importing.open_path(stage.document), 3),
        Scene("08-修改方案", lambda window: window.editing.open(), 1),
    )
