"""`read`, `import`: documents of plans."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.output import print_problems, write_text
from core.cli.patience import PATIENCE
from core.job import Job


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add these commands to the parser."""
    _read_command(commands)
    _import_command(commands)


def _read_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("read", help="读一份方案文件，输出方案 JSON；读不准的地方逐行说明")
    parser.add_argument("document", type=Path, metavar="文件")
    parser.add_argument("-o", "--output", type=Path, metavar="方案.json")
    parser.set_defaults(run=_read)


def _import_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("import", help="读一份方案文件，作为又一个方案存入台账")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("document", type=Path, metavar="文件")
    parser.set_defaults(run=_import)


def _read(args: argparse.Namespace) -> int:
    from core.model import plan_json
    from core.office import reading

    plan = reading.read_document(args.document, Job()).plan
    text = plan_json.dumps(plan)
    if args.output is None:
        print(text, end="")
    else:
        write_text(args.output, text)
    print_problems(plan)
    return 0 if plan.measures else 1


def _import(args: argparse.Namespace) -> int:
    from core.office import files, reading

    with closing(files.open_ledger(args.file, patience=PATIENCE)) as store:
        made = reading.import_document(store, args.document, Job())
    print(f"{made.key}\t{made.plan.title}\t{len(made.plan.measures)} 项措施")
    print_problems(made.plan)
    return 0
