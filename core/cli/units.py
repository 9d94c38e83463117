"""`units`: the register, listed or taken in from a sheet."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.output import print_json
from core.cli.patience import PATIENCE
from core.errors import InvalidError
from core.job import Job

if TYPE_CHECKING:
    from core.office.register_sheet import RegisterDraft


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `units` to the parser."""
    parser = commands.add_parser("units", help="列出单位名册，或从表格导入")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--import", dest="sheet", type=Path, metavar="名册.xlsx", help="导入单位名册，有问题的行不导入")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_units)


def _units(args: argparse.Namespace) -> int:
    from core.model import units_json
    from core.office import files, units

    if args.sheet is not None:
        _import(args.file, args.sheet, is_quiet=args.json)
        if not args.json:
            return 0
    with closing(files.open_ledger(args.file, read_only=True)) as store:
        present = units.units(store)
    names = {unit.name for unit in present}
    rows = units_json.plain(replace(u, members=tuple(m for m in u.members if m in names)) for u in present)
    if args.json:
        print_json(rows)
    else:
        for row in rows:
            note = f"\t{'、'.join(row['members'])}{'（待补全）' if row['incomplete'] else ''}" if row["group"] else ""
            print(f"{row['name']}\t{row['kind']}{note}")
    return 0


def _import(file: Path, sheet: Path, *, is_quiet: bool) -> None:
    """Take in what is clean; problems go to stderr.

    Raises InvalidError when no row could be read.
    """
    from core.office import files, register_sheet

    with closing(files.open_ledger(file, patience=PATIENCE)) as store:
        draft = register_sheet.read_register(store, sheet, Job())
        effect = register_sheet.draft_effect(store, draft)
        register_sheet.import_register(store, draft)
    if not draft.rows:
        for problem in draft.problems if not is_quiet else ():
            print(problem)
        raise InvalidError(_nothing_taken(draft), hint="请改好后再导入。")
    if not is_quiet:
        for line in (_summary(draft), *_changes(draft)):
            print(line)
        if effect.appear or effect.gone:
            print(f"责任事项：新增 {effect.appear} 个，减少 {effect.gone} 个")
    for heading in draft.left_out:
        print(f"没有导入的列：{heading}", file=sys.stderr)
    for problem in draft.problems:
        print(problem, file=sys.stderr)


def _nothing_taken(draft: RegisterDraft) -> str:
    """Why a sheet gave nothing, in one line: the first problem stands for all."""
    if not draft.problems:
        return f"“{draft.name}”只有表头，没有单位。"
    first = str(draft.problems[0]).rstrip("。")
    rest = f"等{len(draft.problems)}处问题" if len(draft.problems) > 1 else ""
    return f"“{draft.name}”中没有能导入的单位：{first}{rest}。"


def _summary(draft: RegisterDraft) -> str:
    new, changed, same = (draft.count(change) for change in ("new", "changed", "same"))
    return f"读到 {len(draft.rows)} 行：新增 {new}，修改 {changed}，相同 {same}；有问题 {len(draft.problems)}"


def _changes(draft: RegisterDraft) -> list[str]:
    """One line for each unit that is new or changed."""
    lines = []
    for row in draft.rows:
        if row.change == "new":
            lines.append(f"新增\t{row.unit.name}")
        elif row.change == "changed":
            said = "，".join(f"{f.field} {f.have or '（空）'} 改为 {f.got}".replace("\n", "；") for f in row.fields)
            lines.append(f"修改\t{row.unit.name}\t{said}")
    return lines
