"""Scenes of dialogs and menus, page by page: those that the scenes of the pages leave out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from core.errors import KnownError
from core.job import Job
from core.model import edit
from core.office import (
    board,
    files,
    meetings,
    new_version,
    objections,
    progress,
    register_sheet,
    submit,
    units,
)
from core.office.changes import Changes
from core.office.meetings import DecisionValue, MeetingValue, Member
from gui.pages.exchange.step import COLLECT, SEND, SUBMIT
from gui.pages.table.toolbar import BY_DUE
from gui.pages.units.side_list import SCORES
from gui.periods.dialog import open_periods
from tests.gallery.sample import MEASURE, UNIT, Stage
from tests.gallery.scene import Prepare, Scene, over

if TYPE_CHECKING:
    from gui.context import Context
    from gui.main_window import MainWindow

_GROUP = "各行政执法单位"


def dialogs(stage: Stage) -> tuple[Scene, ...]:
    """In the order of the navigation."""
    return (
        Scene("01-首页-表格", over("home", _turn_cards)),
        Scene("01-文件菜单", lambda window: window.frame.open_menu()),
        Scene("01-示例台账", lambda window: window.files.practise()),
        *_table(),
        *_progress(),
        *_exchange(stage),
        *_units(stage),
        *_archive(),
        Scene("08-空白方案", lambda window: window.files._ask_title()),
    )


def _turn_cards(page: Any) -> None:
    for card in (page.cards.parts, page.cards.units, page.cards.months):
        card.turn()


# --- 任务分解 ------------------------------------------------------------------------------------------


def _table() -> tuple[Scene, ...]:
    return (
        Scene("02-按到期日", over("table", lambda page: page.toolbar.order.button(BY_DUE).click())),
        Scene("02-筛选菜单", over("table", lambda page: page.filters.open_head(3))),
        Scene("02-没有符合的", over("table", _nothing_left)),
        Scene("02-新建报送期", _new_period, 0.8),
        Scene("02-旧版本", _former, 1),
    )


def _nothing_left(page: Any) -> None:
    from gui.pages.filters import TableFilter

    page.show_table_filter(TableFilter(measures=frozenset(), title="2026年3月到期"))


def _new_period(window: MainWindow) -> None:
    open_periods(window.context, window).add.click()


def _former(window: MainWindow) -> None:
    """In a ledger of its own: a new version took the place of the plan."""
    from gui.version.former_dialog import FormerDialog

    context = window.context
    path = context.store.path.parent / "换过版本" / "古县.db"
    context.set_store(None)
    if path.exists():
        context.set_store(files.open_ledger(path))
    else:
        path.parent.mkdir()
        context.set_store(files.create_ledger(path))
        _take_version(context)
    window.show_page("table")
    FormerDialog(context, window).open()


def _take_version(context: Context) -> None:
    plan = board.board(context.store, context.plan_key, context.as_of).plan
    edited = edit.change_measure(edit.begin(plan), MEASURE, text=f"{plan.measures[MEASURE - 1].text}每半年通报一次。")
    pairs = [(no, no) for no in range(1, len(plan.measures) + 1)]
    new_version.take_version(context.store, context.plan_key, edited.plan, pairs, basis="古政办发〔2025〕3号")
    context.announce(Changes(plan=True))


# --- 进展填报 ------------------------------------------------------------------------------------------


def _progress() -> tuple[Scene, ...]:
    return (
        Scene("03-佐证材料", _on_evidence(lambda _page, _row: None), 1),
        Scene("03-修改佐证材料", _on_evidence(lambda page, row: page.desk.edit(row))),
        Scene("03-预览", _on_evidence(lambda page, row: page.desk.preview(row)), 1),
        Scene("03-历次版本", _on_evidence(lambda page, row: page.desk.versions(row))),
        Scene("03-选用已有佐证-有", _reuse),
        Scene("03-答复异议", _objection(answers=True)),
        Scene("03-异议记录", _objection(answers=False)),
        Scene("03-待审一批通过", over("progress", _accept_many), 1),
    )


def _open_form(window: MainWindow, measure: int = MEASURE, unit: str = UNIT) -> Any:
    row = progress.find_obligation(window.context.store, None, measure, unit)
    window.ways.open_form(row.id)
    return window.page("progress")


def _on_evidence(act: Any) -> Prepare:
    def prepare(window: MainWindow) -> None:
        page = _open_form(window)
        rows = page.open_form.evidence
        if rows:
            act(page, next((row for row in rows if row.name.endswith(".pdf")), rows[0]))

    return prepare


def _reuse(window: MainWindow) -> None:
    _open_form(window, measure=MEASURE + 1).desk.reuse()


def _objection(*, answers: bool) -> Prepare:
    def prepare(window: MainWindow) -> None:
        context = window.context
        row = progress.find_obligation(context.store, None, 20, UNIT)
        if not objections.objections_of(context.store, row.id):
            text = "（样例）本局没有这项执法职责，建议由行政审批局负责。"
            context.announce(
                objections.raise_objection(
                    context.store, row.id, kind=objections.KINDS[0], text=text, raised_on=date(2024, 12, 20)
                )
            )
        page = _open_form(window, measure=20)
        desk = page.review._objections
        if answers:
            desk.answer(page.open_form.objections[0])
        else:
            desk.show_all(page.open_form)

    return prepare


def _accept_many(page: Any) -> None:
    page.show_pending()
    rows = [row for row in page.list.rows() if row.review is not None]
    page.review._reviews.accept_rows(rows[:12])


# --- 下发回收 ------------------------------------------------------------------------------------------


def _exchange(stage: Stage) -> tuple[Scene, ...]:
    return (
        Scene("04-登记签收", _step(SEND, lambda step: step.ask_sign(step.model.line(0))), 1),
        Scene("04-催办", _step(COLLECT, lambda step: step.remind_missing()), 1),
        Scene("04-指定各列", _step(SUBMIT, partial(_mapping, stage=stage)), 1.5),
        Scene("04-上报-有模板", _step(SUBMIT, partial(_template, stage=stage)), 2.5),
        Scene("04-登记上报", _step(SUBMIT, partial(_sent, stage=stage)), 1.5),
        Scene("04-留存的文件", _step(SUBMIT, partial(_kept, stage=stage)), 1.5),
    )


def _step(number: int, act: Any) -> Prepare:
    """Acts once the figures of the period are there."""

    def prepare(window: MainWindow) -> None:
        window.show_page("exchange")
        page: Any = window.page("exchange")
        page.show_step(number)

        def go(*_: object) -> None:
            act(page.steps[number])

        page.reader.read.connect(go, Qt.ConnectionType.SingleShotConnection)
        if page.reading is not None:
            go()

    return prepare


def _workbook(stage: Stage) -> Any:
    """A superior's form, as it is filled in by hand."""
    from openpyxl import Workbook

    path = stage.ledger.parent / "市级汇总表.xlsx"
    if not path.exists():
        book = Workbook()
        sheet = book.active
        sheet.append(["2024年第四季度任务落实情况汇总表"])
        sheet.append(["序号", "具体措施", "责任单位", "完成时限", "完成情况", "备注"])
        book.save(path)
    return path


def _template(step: Any, stage: Stage) -> None:
    step.desk.use(_workbook(stage))


def _mapping(step: Any, stage: Stage) -> None:
    step.desk.use(_workbook(stage))
    step.desk.ask_mapping()


def _submitted(step: Any, stage: Stage) -> Any:
    context = step.context
    found = submit.sent(context.store, context.plan_key, stage.period)
    if not found:
        folder = stage.ledger.parent / "上报"
        with suppress(KnownError):
            submit.submit(context.store, context.plan_key, stage.period, _workbook(stage), folder, Job())
        step.reload()
        found = submit.sent(context.store, context.plan_key, stage.period)
    return found[0]


def _sent(step: Any, stage: Stage) -> None:
    from gui.pages.exchange.submission_lines import SubmissionLine

    step.sent.ask_sent(SubmissionLine(_submitted(step, stage)))


def _kept(step: Any, stage: Stage) -> None:
    from gui.pages.exchange.submission_lines import SubmissionLine

    step.sent.show_files(SubmissionLine(_submitted(step, stage)))


# --- 单位 ----------------------------------------------------------------------------------------------


def _units(stage: Stage) -> tuple[Scene, ...]:
    def on_group(act: Any) -> Prepare:
        def do(page: Any) -> None:
            page.show_group(_GROUP)
            act(page, next(unit for unit in units.units(page.context.store) if unit.name == _GROUP))

        return over("units", do)

    return (
        Scene("06-筛选一列", over("units", lambda page: page.pane.table.open_filter(2)), 0.6),
        Scene("06-新建集合", over("units", lambda page: page.desk.new_group())),
        Scene("06-改名", on_group(lambda page, group: page.desk.rename_group(group))),
        Scene("06-例外", on_group(lambda page, group: page.desk.exceptions(group))),
        Scene("06-移出集合", on_group(lambda page, group: page.desk.remove_members(group, group.members[:2]))),
        Scene("06-名单无误", on_group(lambda page, group: page.desk.declare_whole(group))),
        Scene("06-历史", over("units", lambda page: page.menus.show_history(UNIT))),
        Scene("06-评分规则", over("units", _score_rules), 1),
        Scene("06-从表格导入", partial(_register, stage=stage), 1.5),
    )


def _score_rules(page: Any) -> None:
    page.side.choose(SCORES)
    page.scores.rules.click()


def _register(window: MainWindow, stage: Stage) -> None:
    """The register as it was given out, with what the units have changed in it."""
    from openpyxl import load_workbook

    path = stage.ledger.parent / "单位通讯录.xlsx"
    register_sheet.export_register(window.context.store, path)
    book = load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows(min_row=2, max_row=5):
        row[-2].value = "0357-5550101"
    sheet.append(["数据局", "部门"])
    book.save(path)
    window.show_page("units")
    page: Any = window.page("units")
    page.files.read(path)


# --- 档案 ----------------------------------------------------------------------------------------------


def _archive() -> tuple[Scene, ...]:
    return (
        Scene("07-会商会议-有", _meeting(lambda _panel: None), 0.8),
        Scene("07-议定事项", _meeting(lambda panel: panel._on_add()), 0.8),
        Scene("07-逾期议题", _meeting(lambda panel: panel._on_late()), 0.8),
        Scene("07-会商成员", _meeting(lambda panel: panel.show_members()), 0.8),
        Scene("07-新增成员", _meeting(_new_member), 0.8),
        Scene("07-版面和文号", over("archive", partial(_settings, part=1)), 0.8),
        Scene("07-本单位模板", over("archive", partial(_settings, part=2)), 0.8),
        Scene("07-校验完好", over("archive", _check), 1),
    )


def _meeting(act: Any) -> Prepare:
    def prepare(window: MainWindow) -> None:
        context = window.context
        if not meetings.meetings(context.store, context.plan_key):
            meetings.save_members(
                context.store,
                context.plan_key,
                [Member(None, "住建局", "李建国", "副局长"), Member(None, "财政局", "王敏", "总会计师")],
            )
            decided = DecisionValue(None, MEASURE, "住建局牵头，一季度前完成合规指导清单。", date(2025, 3, 31))
            value = MeetingValue(
                date(2025, 1, 8),
                "第一次会商会议",
                "县政府二楼会议室",
                "通报进展，研究逾期事项。",
                "各成员单位",
                (decided,),
            )
            context.announce(meetings.save_meeting(context.store, context.plan_key, None, value).changes)
        window.show_page("archive")
        page: Any = window.page("archive")
        page.show_part("meetings")
        act(page.parts["meetings"])

    return prepare


def _new_member(panel: Any) -> None:
    panel.show_members()
    panel.members.add.click()


def _settings(page: Any, part: int) -> None:
    page.show_part("settings")
    panel = page.parts["settings"]
    panel.part.button(part).click()


def _check(page: Any) -> None:
    page.show_part("backups")
    page.parts["backups"].check.run()
