"""`demo`, `new`, `plans`, `check`: the file as a whole."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.output import print_json
from core.errors import OutputError
from core.job import Job


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add these commands to the parser."""
    _demo_command(commands)
    _new_command(commands)
    _plans_command(commands)
    _check_command(commands)


def _demo_command(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    parser = commands.add_parser("demo", help="不用屏幕完成主要工作：建台账，导出 Excel 和 PDF")
    parser.add_argument("folder", type=Path, metavar="目录")
    parser.add_argument("--year", action="store_true", help="示例县四十个单位一年的台账，供练习用")
    parser.set_defaults(run=_demo)


def _new_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("new", help="新建台账文件")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", default="guxian", metavar="方案", help="随附方案的名称、方案文件 .json 或 blank")
    parser.set_defaults(run=_new)


def _plans_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("plans", help="列出附带的方案，或台账中的方案")
    parser.add_argument("file", type=Path, nargs="?", metavar="文件.db")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_plans)


def _check_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("check", help="检查台账文件、佐证材料和操作日志是否完好")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.set_defaults(run=_check)


def _demo(args: argparse.Namespace) -> int:
    from core.office import files, tables

    if args.year:
        return _demo_year(args.folder)
    if args.folder.exists() and not args.folder.is_dir():
        raise OutputError(f"“{args.folder.name}”是文件，不是文件夹。", hint="请换一个目录。", where=str(args.folder))
    ledger = args.folder / "古县.db"
    with closing(files.open_or_create(ledger)) as store:
        print(ledger)
        for fmt in ("xlsx", "pdf"):
            path = args.folder / f"{tables.table_name(store, None)}.{fmt}"
            print(tables.export_table(store, None, fmt, path, Job()).path)
    return 0


def _demo_year(folder: Path) -> int:
    from core.office.sample import make_sample

    made = make_sample(folder, Job())
    print(made.ledger)
    for path in made.papers:
        print(path)
    return 0


def _new(args: argparse.Namespace) -> int:
    from core.office import files

    files.create_ledger(args.file, args.plan).close()
    print(args.file)
    return 0


def _plans(args: argparse.Namespace) -> int:
    from core.office import board, bundled, files

    if args.file is None:
        rows = [board.summary_of(key, bundled.load(key)) for key in bundled.keys()]  # noqa: SIM118 - a function
    else:
        with closing(files.open_ledger(args.file, read_only=True)) as store:
            rows = list(board.plans(store))
    if args.json:
        print_json([{"key": row.key, "title": row.title, "measures": row.measures} for row in rows])
    else:
        for row in rows:
            print(f"{row.key}\t{row.title}\t{row.measures} 项措施")
    return 0


def _check(args: argparse.Namespace) -> int:
    from core.office import check, files

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        found = check.check(store, Job())
    for line in found:
        print(line)
    if found:
        return 1
    print("完好")
    return 0
