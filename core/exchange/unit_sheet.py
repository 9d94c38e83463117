"""填报表: what a unit's sheet holds and how it knows itself. Writer and reader share this description."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.model.ledger import EntryState, Period
from core.model.plan import Role

SHEET_FORMAT = "taizhang-sheet/1"
IDENTITY_SHEET, CHOICE_SHEET = "_台账", "_选项"
"""Hidden: who the sheet belongs to; the lists to choose from (an inline list ends at 255 characters)."""
NAME_PREFIX = "taizhang_"
"""Of the defined names that repeat the identity: taizhang_file, taizhang_unit …"""
ROW_HEAD = ("row", "measure", "obligation", "part", "text")
"""Heads of the identity sheet's list of rows; ``text`` is ``text_mark`` of the measure."""


class Field(StrEnum):
    """The columns of a sheet."""

    NO = "no"
    TEXT = "text"
    ROLE = "role"
    DEADLINE = "deadline"
    TARGETS = "targets"
    LAST = "last"
    PART = "part"
    STATE = "state"
    DONE_ON = "done_on"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    REACHED = "reached"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: ``width`` in mm, ``is_filled`` where the unit writes, ``synonyms`` by which a return is known."""

    field: Field
    title: str
    width: float
    is_filled: bool = False
    synonyms: tuple[str, ...] = ()


COLUMNS = (
    SheetColumn(Field.NO, "措施编号", 18, synonyms=("编号", "序号", "措施序号", "措施号", "任务编号")),
    SheetColumn(
        Field.TEXT, "具体措施", 62, synonyms=("主要措施", "任务举措", "措施", "工作措施", "任务内容", "工作任务")
    ),
    SheetColumn(Field.ROLE, "责任", 19, synonyms=("责任类型", "责任分工", "角色")),
    SheetColumn(Field.DEADLINE, "完成时限", 22, synonyms=("时限", "到期日", "办结时限", "要求完成时间")),
    SheetColumn(Field.TARGETS, "量化指标", 28, synonyms=("指标", "指标要求", "目标值")),
    SheetColumn(Field.LAST, "上期进展", 36, synonyms=("上期情况", "上期工作进展")),
    SheetColumn(Field.PART, "时限项", 22, is_filled=True),
    SheetColumn(Field.STATE, "状态", 17, is_filled=True, synonyms=("完成情况", "完成状态", "进展状态", "办理状态")),
    SheetColumn(
        Field.DONE_ON, "完成日期", 22, is_filled=True, synonyms=("完成时间", "办结日期", "办结时间", "实际完成时间")
    ),
    SheetColumn(
        Field.PROGRESS,
        "工作进展",
        62,
        is_filled=True,
        synonyms=("进展情况", "工作进展情况", "落实情况", "进展", "本期进展", "开展情况", "工作开展情况", "推进情况"),
    ),
    SheetColumn(
        Field.PROBLEMS,
        "存在问题",
        34,
        is_filled=True,
        synonyms=(
            *("问题", "存在的问题", "困难和问题", "主要问题", "存在的主要问题", "困难问题", "问题和困难"),
            *("困难", "存在困难", "存在的困难", "存在的困难和问题", "存在的问题和困难", "存在困难和问题"),
        ),
    ),
    SheetColumn(
        Field.NEXT_STEPS,
        "下一步工作",
        34,
        is_filled=True,
        synonyms=(
            *("下一步", "下步工作", "下一步打算", "下一步工作打算", "下步打算", "下步工作打算", "工作打算"),
            *("下一步工作计划", "下一步计划", "下步工作计划", "下步计划", "下一步工作安排", "下一步安排", "下一步措施"),
        ),
    ),
    SheetColumn(Field.REACHED, "指标完成值", 26, is_filled=True, synonyms=("完成值", "实际完成值", "实际值", "指标值")),
    SheetColumn(
        Field.EVIDENCE,
        "佐证材料编号",
        20,
        is_filled=True,
        synonyms=("佐证材料", "佐证编号", "佐证", "证明材料", "附件"),
    ),
)
"""In their order. 时限项 stands only on the sheet of a unit that has a measure of several parts, 量化指标 and
指标完成值 only where a measure has targets."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One obligation, or one 时限项 of it (``part``) where the ledger holds records by part.

    ``number`` is the measure's number in the plan, ``label`` as it is printed; ``deadline`` as it holds now;
    ``targets`` are the requirements in words; ``parts`` the 时限项 to choose from. What stands in the cells to fill
    is what the ledger holds of the period.
    """

    obligation_id: int
    number: int
    label: str
    text: str
    role: Role
    deadline: str
    states: tuple[EntryState, ...]
    targets: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    part: str | None = None
    last: str = ""
    state: EntryState | None = None
    done_on: date | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    reached: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The sheet of one unit for one plan and period; ``version`` counts the sheets sent, from 1."""

    file_id: str
    plan_key: str
    plan_title: str
    period: Period
    unit: str
    version: int
    rows: tuple[SheetRow, ...]
    cut_off: date
    office: str = ""
    phone: str = ""

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """The columns this sheet needs."""
        has_targets = any(row.targets for row in self.rows)
        left_out = set() if has_targets else {Field.TARGETS, Field.REACHED}
        if not any(row.parts for row in self.rows):
            left_out.add(Field.PART)
        return tuple(column for column in COLUMNS if column.field not in left_out)

    @property
    def check(self) -> str:
        """``check_value`` of what the sheet says of itself."""
        return check_value(
            self.file_id,
            self.plan_key,
            self.period.key,
            self.unit,
            self.version,
            [(row.number, row.obligation_id, row.part) for row in self.rows],
        )


def check_value(
    file_id: str,
    plan_key: str,
    period_key: str,
    unit: str,
    version: int,
    rows: Sequence[tuple[int, int, str | None]],
) -> str:
    """Twelve hex digits that tell whether the identity is whole. It is no secret and proves nothing else."""
    plain = [SHEET_FORMAT, file_id, plan_key, period_key, unit, version, sorted([n, o, p or ""] for n, o, p in rows)]
    return _digest(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))[:12]


def text_mark(text: str) -> str:
    """Eight hex digits of a measure's text: tells whether a row's measure is still the same."""
    return _digest(text)[:8]


def content_mark(sheet: UnitSheet) -> str:
    """The digest of everything a unit would see: a sheet is sent again only when it changed."""
    rows = [
        [
            row.number,
            row.label,
            row.text,
            row.role.value,
            row.deadline,
            list(row.states),
            row.targets,
            row.parts,
            row.part,
            row.last,
            row.state,
            row.done_on.isoformat() if row.done_on else None,
            row.progress,
            row.problems,
            row.next_steps,
            row.reached,
            row.evidence,
        ]
        for row in sheet.rows
    ]
    head = [sheet.plan_title, sheet.period.title, sheet.cut_off.isoformat(), sheet.unit, sheet.office, sheet.phone]
    return _digest(json.dumps([head, rows], ensure_ascii=False, separators=(",", ":")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
