"""`dispatch` and `collect`: sheets out to the units, and what came back of them."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.arguments import day
from core.cli.output import SEVERITIES
from core.cli.patience import PATIENCE
from core.job import Job

if TYPE_CHECKING:
    import argparse

    from core.office.collected import Collected, CollectedFile


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add these commands to the parser."""
    _dispatch_command(commands)
    _submit_command(commands)
    _collect_command(commands)


def _dispatch_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("dispatch", help="生成各单位的填报表，每个单位一份")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--period", required=True, metavar="报送期", help="2024Q2 2024H1 2024 2024-06 中期 终期 或名称")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="目录")
    parser.set_defaults(run=_dispatch)


def _dispatch(args: argparse.Namespace) -> int:
    from core.office import dispatch, files

    with closing(files.open_ledger(args.file, patience=PATIENCE)) as store:
        made = dispatch.dispatch(store, args.plan, args.period, args.output, Job())
    for one in made.files:
        print(f"{one.unit}\t{one.rows} 项\t{one.path}")
    for unit, why in made.skipped:
        print(f"{unit}\t不下发：{why}")
    for path in made.aside:
        print(f"原有文件已移到 {path}")
    return 0


def _collect_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("collect", help="回收填报表：文件、文件夹或压缩包，没有问题的写入台账")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("paths", type=Path, nargs="+", metavar="路径")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument("--accept", action="store_true", help="已审核通过、与表中不同的记录也改动")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")
    parser.set_defaults(run=_collect)


def _collect(args: argparse.Namespace) -> int:
    """Exit code 0 when at least one file could be read, whatever it is worth; else 1 with the first reason."""
    from core.cli.output import print_json
    from core.office import collect, collect_write, files

    with closing(files.open_ledger(args.file, read_only=args.dry_run, patience=PATIENCE)) as store:
        found = collect.look(store, args.plan, args.paths, Job())
        written = False
        if not args.dry_run:
            written = collect_write.accept(store, found, Job(), over_review=args.accept).written
    if args.json:
        print_json(_collected_plain(found, written=written, over_review=args.accept))
    else:
        _print_collected(found, written=written, over_review=args.accept)
    if found.is_readable:
        return 0
    print(found.first_reason, file=sys.stderr)
    return 1


def _collected_plain(found: Collected, *, written: bool, over_review: bool) -> dict[str, object]:
    """As the contract says; ``measure`` is the number in the plan."""
    return {
        "written": written,
        "files": [_file_plain(file, over_review=over_review) for file in found.files],
        "missing_units": list(found.missing),
    }


def _file_plain(file: CollectedFile, *, over_review: bool) -> dict[str, object]:
    from core.office.collected import problem_words

    taken = file.taken(over_review=over_review)
    return {
        "path": file.path,
        "unit": file.unit,
        "period": file.whose.period.key if file.whose else None,
        "verdict": file.verdict.value,
        "rows": file.rows,
        "changed": len(taken),
        "unchanged": file.unchanged,
        "conflicts": [
            {"measure": diff.measure_no, "field": diff.title, "have": diff.have, "got": diff.got}
            for diff in file.conflicts
        ],
        "problems": [
            {
                "row": problem.row,
                "column": problem.column,
                "severity": problem.severity.value,
                "what": problem_words(problem),
            }
            for problem in file.problems
        ],
    }


def _print_collected(found: Collected, *, written: bool, over_review: bool) -> None:
    from core.model.plan import Severity
    from core.office.collected import problem_words

    for file in found.files:
        whose = f"{file.whose.unit} {file.whose.period.title}" if file.whose else "不知道是哪个单位的"
        changed = len(file.taken(over_review=over_review))
        print(f"{file.path}\t{whose}\t{file.verdict.word}\t读到 {file.rows} 行，改动 {changed} 行")
        for problem in file.problems:
            if problem.severity is not Severity.INFO:
                place = (
                    f"第 {problem.row} 行{f' {problem.column} 列' if problem.column else ''}：" if problem.row else ""
                )
                print(f"  {place}{problem_words(problem)}")
    for one in found.loose:
        print(f"{one.path}\t{one.unit or ''}\t{one.fate.word}\t{one.why}")
    unstamped = [file.unit for file in found.files if file.is_usable and file.unit and not file.stamps]
    if unstamped:
        print(f"没有盖章扫描件：{'、'.join(dict.fromkeys(unstamped))}")
    if found.missing:
        print(f"未回收：{'、'.join(found.missing)}")
    print("已写入台账" if written else "没有写入台账")


def _submit_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("submit", help="填写上级的模板，生成上报材料包")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--period", required=True, metavar="报送期", help="2024Q2 2024H1 2024 2024-06 中期 终期 或名称")
    parser.add_argument("--template", type=Path, required=True, metavar="模板.xlsx")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="目录")
    parser.add_argument("--as-of", type=day, metavar="日期", help="统计截止日期，默认为报送期最后一天或今天")
    parser.add_argument("--superior", default="", metavar="方案", help="按上级方案编号填写，只填对照上级中已确认的")
    parser.add_argument("--zip", action="store_true", help="材料包做成一个压缩包")
    parser.add_argument(
        "--with", dest="extras", type=Path, action="append", default=[], metavar="文件", help="随附材料"
    )
    parser.add_argument("--mail-limit", type=int, default=20, metavar="MB", help="一封邮件的上限，默认 20")
    parser.set_defaults(run=_submit)


def _submit(args: argparse.Namespace) -> int:
    from core.office import files, submit

    options = submit.SubmitOptions(
        as_of=args.as_of,
        packing=submit.Packing.ZIP if args.zip else submit.Packing.FOLDER,
        mail_limit=max(args.mail_limit, 1) << 20,
        extras=tuple(args.extras),
        superior=args.superior,
    )
    with closing(files.open_ledger(args.file, patience=PATIENCE)) as store:
        made = submit.submit(store, args.plan, args.period, args.template, args.output, Job(), options)
    for path in (*made.files, *made.drafts, *made.parts):
        print(path)
    for path in made.aside:
        print(f"原有文件已移到 {path}")
    for found in made.findings:
        print(f"{SEVERITIES[found.severity]}\t{found.words}")
    return 0
