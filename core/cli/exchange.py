"""`dispatch`: sheets out to the units."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.patience import PATIENCE
from core.job import Job

if TYPE_CHECKING:
    import argparse


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add these commands to the parser."""
    _dispatch_command(commands)


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
