"""Documents made from the bundled plans, in every layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core import paths
from core.model import plan_json
from core.model.plan import Plan
from core.publish.table_document import write_table
from tests.scoring import grids, lists, writers
from tests.scoring.compare import Answer, answers_of
from tests.scoring.grids import Look
from tests.scoring.lists import Manner

KEYS = ("guxian", "dingxi", "hongsibu", "suizhou", "qinzhou")
Case = tuple[str, Path, list[Answer]]

_STANDARD = (
    ("section", "重点任务"),
    ("task", "工作任务"),
    ("text", "具体措施"),
    ("division", "责任分工"),
    ("deadline", "完成时限"),
)
_ROLES = (("lead", "牵头单位"), ("responsible", "责任单位"), ("cooperating", "配合单位"))
LOOKS: dict[str, Look] = {
    "standard": Look(_STANDARD),
    "roles": Look((*_STANDARD[:3], *_ROLES, ("deadline", "完成时限")), titles=2),
    "two-rows": Look((("no", "序号"), *_STANDARD[:3], *_ROLES, ("deadline", "完成时间")), two_rows=True, number="column"),
    "renamed": Look(
        (
            ("no", "任务\n序号"), ("section", "类 别"), ("task", "工作\n任务"), ("text", "主 要 措 施"),
            ("lead", "牵头\n部门"), ("responsible", "责任\n部门"), ("cooperating", "协办单位"), ("deadline", "时限要求"), ("note", "备注"),
        ),
        titles=3, number="column", breaks=True,
    ),
    "permuted": Look(
        (("no", "序号"), ("deadline", "完成时限"), ("division", "责任单位"), ("section", "任务类别"), ("task", "任务名称"), ("text", "任务举措")),
        number="column",
    ),
    "date-first": Look((("no", "编号"), ("section", "重点工作"), ("task", "工作事项"), ("deadline", "时间节点"), ("text", "工作措施"), ("division", "责任部门")), number="column"),
    "section-rows": Look(
        (("task", "重点任务"), ("no", "序号"), ("text", "主要措施"), *_ROLES, ("deadline", "完成时限")), sections="rows", number="column"
    ),
    "section-rows-text": Look((("task", "重点任务"), ("text", "工作措施"), ("division", "责任分工"), ("deadline", "完成期限")), sections="rows"),
    "blank": Look((*_STANDARD[:3], *_ROLES, ("deadline", "完成时限")), merged="blank"),
    "blank-numbered": Look((("no", "序号"), *_STANDARD), merged="blank", number="column", titles=1),
    "again": Look((*_STANDARD[:4], ("deadline", "完成时限"), ("note", "进展情况")), merged="again"),
    "header-again": Look(_STANDARD, again_every=9),
    "together": Look(_STANDARD, together=True),
    "together-roles": Look((*_STANDARD[:3], *_ROLES, ("deadline", "完成时限")), together=True, breaks=True),
    "persons": Look((*_STANDARD[:3], ("person", "责任领导"), ("division", "责任单位"), ("deadline", "完成时限"), ("note", "备注")), titles=2),
    "plain": Look((("no", "序号"), ("section", "重点任务"), ("task", "具体任务"), ("text", "具体要求"), ("division", "责任单位"), ("deadline", "完成时间")), merged="again", number="column"),
    "dropped": Look(_STANDARD, merged="dropped"),
    "dropped-numbered": Look((("no", "序号"), *_STANDARD[:3], *_ROLES[:2], ("deadline", "完成时限")), merged="dropped", number="column"),
    "ditto": Look(_STANDARD, merged="ditto"),
    "counted": Look((("no", "序号"), ("text", "工作任务"), *_ROLES, ("deadline", "完成时限")), sections="counted", number="column"),
    "untitled": Look((("no", ""), ("section", "类别"), ("task", "重点工作"), ("text", "任务内容"), ("division", "责任科室"), ("deadline", "完成时间")), number="column"),
    "rows-only": Look((("no", "任务序号"), ("text", "工作任务"), ("lead", "牵头单位"), ("responsible", "责任单位及责任人"), ("cooperating", "参与单位"), ("deadline", "完成时限")), sections="rows", number="column", titles=3),
}  # fmt: skip
MANNERS: dict[str, Manner] = {
    "lines": Manner("lines", ("（一）", "1.", "（1）")),
    "lines-deep": Manner("lines", ("一、", "（一）", "1."), wrapped=False, through=True),
    "bracket": Manner("bracket", ("（一）", "1.", "（1）"), through=True),
    "bracket-line": Manner("bracket", ("一、", "（一）", "1."), wrapped=False, own_line=True),
    "tail": Manner("tail", ("一、", "（一）", "1．"), wrapped=False, through=True),
    "prose": Manner("prose", ("（一）", "1. ", "（1）")),
    "square": Manner("square", ("一、", "（一）", "1、"), wrapped=False),
    "hollow": Manner("hollow", ("一、", "1.", "（1）"), wrapped=False, through=True),
    "automatic": Manner("bracket", ("一、", "（一）", "1."), wrapped=False, through=True, automatic=True),
    "bare": Manner("bare", ("一、", "（一）", "1."), wrapped=False),
    "leader": Manner("leader", ("（一）", "1.", "（1）")),
    "flat": Manner("bracket", ("", "", "一、"), wrapped=False, through=True),
    "styled": Manner("bracket", ("标题", "（一）", "1."), wrapped=False),
    "heads": Manner("prose", ("一、", "（一）", "1."), wrapped=False, heads=True),
    "circles": Manner("lines", ("（一）", "1.", "①")),
}


def plan_of(key: str) -> Plan:
    """A bundled plan."""
    return plan_json.loads((paths.DATA / f"{key}.json").read_text(encoding="utf-8"))


def cases(folder: Path, names: Sequence[str] = (), keys: Sequence[str] = KEYS) -> Iterator[Case]:
    """Every document; with ``names`` those whose name holds one of them."""
    for key in keys:
        if not (paths.DATA / f"{key}.json").is_file():
            continue
        plan = plan_of(key)
        wanted = partial(_is_wanted, names)
        yield from _tables(folder, key, plan, wanted)
        for name, path, answers in (*_lists(folder, key, plan), *_own(folder, key, plan)):
            if wanted(name):
                yield name, path(), answers


def _is_wanted(names: Sequence[str], name: str) -> bool:
    return not names or any(part in name for part in names)


def _tables(folder: Path, key: str, plan: Plan, wanted: Callable[[str], bool]) -> Iterator[Case]:
    for title, look in LOOKS.items():
        for ending, writer in writers.TABLE_WRITERS.items():
            if ending == "txt" and look.merged == "merged" and (look.two_rows or look.together):
                continue
            if look.merged == "dropped" and ending not in ("txt", "html"):
                continue
            if wanted(f"{key}/{title}.{ending}"):
                laid = grids.lay(plan, look)
                path = folder / f"{key}-{title}.{ending}"
                writer(path, laid.before, laid.grid)
                yield f"{key}/{title}.{ending}", path, laid.answers


def _lists(folder: Path, key: str, plan: Plan) -> Iterator[tuple[str, object, list[Answer]]]:
    for title, manner in MANNERS.items():
        lines, answers = lists.write(plan, manner)
        kinds = {
            "docx": writers.docx_list,
            "txt": writers.text_list,
            "pdf": writers.pdf_list,
            "run-on.txt": writers.run_on,
        }
        for ending, writer in kinds.items():
            is_word = manner.automatic or title == "styled"
            no_glyphs = title == "circles" and ending == "pdf"
            if no_glyphs or (is_word and ending != "docx") or (ending == "run-on.txt" and manner.phrase == "lines"):
                continue
            path = folder / f"{key}-{title}.{ending}"

            def make(lines: list[writers.Line] = lines, path: Path = path, writer=writer) -> Path:
                writer(path, lines)
                return path

            yield f"{key}/{title}.{ending}", make, answers


def _own(folder: Path, key: str, plan: Plan) -> Iterator[tuple[str, object, list[Answer]]]:
    """What the program itself exports."""
    yield _by_section(folder, key, plan)
    for ending in ("xlsx", "docx", "pdf"):
        path = folder / f"{key}-own.{ending}"

        def make(path: Path = path, ending=ending) -> Path:
            write_table(plan, ending, path)
            return path

        answers = answers_of(plan)
        yield f"{key}/own.{ending}", make, answers


def _by_section(folder: Path, key: str, plan: Plan) -> tuple[str, object, list[Answer]]:
    """A table for each section under its title."""
    path = folder / f"{key}-by-section.docx"
    look = Look((*_STANDARD[1:3], *_ROLES, ("deadline", "完成时限")))

    def make() -> Path:
        parts: list[tuple[list[str], writers.Grid]] = []
        for section in plan.sections:
            alone = replace(plan, measures=tuple(m for m in plan.measures if m.section == section.no))
            title = [plan.document.title] if not parts else []
            parts.append(([*title, section.label + section.title], grids.lay(alone, look).grid))
        writers.docx_tables(path, parts)
        return path

    return f"{key}/by-section.docx", make, answers_of(plan)


def dump(plan: Plan) -> str:
    """A plan as text, for a closer look."""
    return json.dumps(plan_json.dumps(plan), ensure_ascii=False)
