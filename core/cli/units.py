"""`units`: the register."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.output import print_json


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `units` to the parser."""
    parser = commands.add_parser("units", help="列出单位名册")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_units)


def _units(args: argparse.Namespace) -> int:
    from core.model import units_json
    from core.office import files, units

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        rows = units_json.plain(units.units(store))
    if args.json:
        print_json(rows)
    else:
        for row in rows:
            note = f"\t{'、'.join(row['members'])}{'（待补全）' if row['incomplete'] else ''}" if row["group"] else ""
            print(f"{row['name']}\t{row['kind']}{note}")
    return 0
