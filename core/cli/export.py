"""`export`: official documents."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.arguments import day
from core.job import Job


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `export` to the parser."""
    parser = commands.add_parser("export", help="导出文件，同名文件被替换")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("kind", choices=["table"], metavar="文种", help="table（任务分解表）")
    parser.add_argument("--format", required=True, choices=["xlsx", "pdf", "docx"], metavar="格式")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="路径")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--period", metavar="报送期")
    parser.add_argument("--unit", metavar="单位")
    parser.add_argument("--as-of", type=day, metavar="日期")
    parser.set_defaults(run=_export)


def _export(args: argparse.Namespace) -> int:
    from core.office import files, tables

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = tables.export_table(store, args.plan, args.format, args.output, Job())
    print(made.path)
    return 0
