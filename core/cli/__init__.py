"""The command line: parse, call office, print. Nothing here knows a rule of the ledger.

Exit codes: 0 success, 2 bad use, 1 a problem told in one Chinese line on stderr.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence

from core import log
from core.cli import aligning, exchange, export, files, reading, record, safekeeping, status, units
from core.cli.arguments import Parser
from core.cli.output import chinese_output
from core.errors import KnownError, UsageError

_QUIET = logging.NullHandler()

WindowCheck = Callable[[], Sequence[str]]
"""Opens the window offscreen and gives what is wrong, a sentence each; handed in by gui.launch."""


def main(argv: Sequence[str], window_check: WindowCheck | None = None) -> int:
    """Run one command; gives the exit code."""
    chinese_output()
    # what is only worth a line in the log would else be printed beside the one line a problem has
    logging.getLogger("core").addHandler(_QUIET)
    try:
        args = _parser(window_check).parse_args(list(argv))
        code: int = args.run(args)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except KnownError as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader of a pipe has seen enough
        return 0
    except Exception as error:  # noqa: BLE001 - the last net: a fault of ours is logged and told in one line
        return _fault(error)
    return code


def _fault(error: Exception) -> int:
    """Write a fault of ours to the log and say so; no traceback on the clerk's screen."""
    log.open_log()
    logging.getLogger(__name__).error("command failed", exc_info=error)
    print(f"程序出错了（{type(error).__name__}），详情已写入 {log.log_file()}。", file=sys.stderr)
    return 1


def _parser(window_check: WindowCheck | None) -> argparse.ArgumentParser:
    parser = Parser(prog="taizhang", description="任务台账。不带参数或只带一个 .db 文件时打开窗口。")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, metavar="命令")
    for module in (files, reading, units, status, record, exchange, export, aligning, safekeeping):
        module.add(commands)
    self_check = commands.add_parser("self-check", help="检查字体、翻译、资源、窗口和一次导出")
    self_check.set_defaults(run=lambda _args: _self_check(window_check))
    return parser


def _self_check(window_check: WindowCheck | None) -> int:
    from core.office import self_check

    found = list(self_check.self_check())
    found += window_check() if window_check is not None else ["没有窗口可检查"]
    for line in found:
        print(line, file=sys.stderr)
    if found:
        return 1
    print("自检通过")
    return 0
