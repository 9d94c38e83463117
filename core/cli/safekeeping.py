"""`backup`, `restore`, `pack`: copies of the ledger with everything that lies beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.job import Job

if TYPE_CHECKING:
    import argparse


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add these commands to the parser."""
    _command(commands, "backup", "把台账和全部材料备份到一个文件夹", "文件.db", "目录", _backup)
    _command(commands, "restore", "从备份（.db）或移交包（.zip）恢复成新的台账文件", "备份", "文件.db", _restore)
    _command(commands, "pack", "移交打包：台账、材料、目录、校验清单装成一个 zip", "文件.db", "移交包.zip", _pack)


def _command(commands: Any, name: str, words: str, source: str, target: str, run: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser(name, help=words)
    parser.add_argument("file", type=Path, metavar=source)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=target)
    parser.set_defaults(run=run)


def _backup(args: argparse.Namespace) -> int:
    from core.office import files, safekeeping

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = safekeeping.back_up_to(store, args.output, Job())
    return _tell(made.path, made.problems)


def _restore(args: argparse.Namespace) -> int:
    from core.office import safekeeping

    made = safekeeping.restore(args.file, args.output, Job())
    return _tell(made.path, made.problems)


def _pack(args: argparse.Namespace) -> int:
    from core.office import files, hand_over

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = hand_over.pack(store, args.output, Job(), version=hand_over.program_version())
    for label in made.marked:
        print(f"“{label}”名称带有密级字样：涉密材料不得存入台账，请先核实。", file=sys.stderr)
    return _tell(made.path, made.problems)


def _tell(path: Path, problems: Iterable[str]) -> int:
    """The copy stands; what was not whole in the original is said, and the exit code says that too."""
    print(path)
    found = list(problems)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0
