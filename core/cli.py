"""The command line: parse, call office, print. Nothing here knows a rule of the ledger.

Exit codes: 0 success, 2 bad use, 1 a problem told in one Chinese line on stderr.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from core import log
from core.errors import InvalidError, KnownError, OutputError, UsageError
from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Plan, Severity

_QUIET = logging.NullHandler()
_PATIENCE = 1.0
"""Seconds a writing command waits for another command that is just writing; a window holds the file for longer."""

WindowCheck = Callable[[], Sequence[str]]
"""Opens the window offscreen and gives what is wrong, a sentence each; handed in by gui.launch."""


def main(argv: Sequence[str], window_check: WindowCheck | None = None) -> int:
    """Run one command; gives the exit code."""
    _chinese_output()
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


class _Parser(argparse.ArgumentParser):
    """argparse that explains itself in Chinese and whose complaints are one line and exit 2."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to argparse
        super().__init__(add_help=False, **kwargs)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """The explanation with its one English word translated."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help."""
        raise UsageError(f"{_in_chinese(message)}。", hint=f"用法见 {self.prog} --help。")


_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)", r"\1 不能是“\2”，可选：\3"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (.+?): invalid int value: '(.*?)'", r"\1 应为数字，不能是“\2”"),
    (r"argument (.+?): (.+)", r"\1：\2"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
)
"""argparse's own sentences; what is not among them is shown as it is."""


def _in_chinese(message: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(chinese).replace("'", "")
    return f"命令写法不对：{message}"


def _parser(window_check: WindowCheck | None) -> argparse.ArgumentParser:
    parser = _Parser(prog="taizhang", description="任务台账。不带参数或只带一个 .db 文件时打开窗口。")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="命令")
    _demo_command(commands)
    _new_command(commands)
    _plans_command(commands)
    _read_command(commands)
    _import_command(commands)
    _units_command(commands)
    _status_command(commands)
    _record_command(commands)
    _export_command(commands)
    _check_command(commands)
    self_check = commands.add_parser("self-check", help="检查字体、翻译、资源、窗口和一次导出")
    self_check.set_defaults(run=lambda _args: _self_check(window_check))
    return parser


def _demo_command(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    parser = commands.add_parser("demo", help="不用屏幕完成主要工作：建台账，导出 Excel 和 PDF")
    parser.add_argument("folder", type=Path, metavar="目录")
    parser.set_defaults(run=_demo)


def _new_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("new", help="新建台账文件")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", default="guxian", metavar="方案", help="随附方案的名称、方案文件 .json 或 blank")
    parser.set_defaults(run=_new)


def _plans_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("plans", help="列出随附方案，或台账中的方案")
    parser.add_argument("file", type=Path, nargs="?", metavar="文件.db")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_plans)


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


def _units_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("units", help="列出单位名册")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_units)


def _status_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("status", help="截至某日的状态和数字")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--as-of", type=_date, metavar="日期", help="统计截止日期，默认今天")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_status)


def _record_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("record", help="填报一个单位在一项措施上的进展")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--measure", type=int, required=True, metavar="N")
    parser.add_argument("--unit", required=True, metavar="单位")
    parser.add_argument("--period", metavar="报送期", help="2024Q2 2024H1 2024 2024-06 中期 终期")
    parser.add_argument(
        "--state",
        required=True,
        choices=[state.value for state in EntryState],
        metavar="状态",
        help="、".join(EntryState),
    )
    parser.add_argument("--text", default="", metavar="工作进展", help="不涉及时为理由")
    parser.add_argument("--done", type=_date, metavar="日期", help="完成日期，如 2024-12-31")
    parser.add_argument("--part", metavar="时限项", help="有几个完成时限时，说的是哪一个；不写为全部")
    parser.add_argument("--evidence", type=Path, action="append", default=[], metavar="文件")
    parser.set_defaults(run=_record)


def _export_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("export", help="导出文件，同名文件被替换")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("kind", choices=["table"], metavar="文种", help="table（任务分解表）")
    parser.add_argument("--format", required=True, choices=["xlsx", "pdf", "docx"], metavar="格式")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="路径")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--period", metavar="报送期")
    parser.add_argument("--unit", metavar="单位")
    parser.add_argument("--as-of", type=_date, metavar="日期")
    parser.set_defaults(run=_export)


def _check_command(commands: Any) -> None:  # noqa: ANN401
    parser = commands.add_parser("check", help="检查台账文件、佐证材料和操作日志是否完好")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.set_defaults(run=_check)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"看不懂日期“{text}”，应写成 2024-12-31") from None


def _today() -> date:
    return datetime.now().astimezone().date()


def _demo(args: argparse.Namespace) -> int:
    from core.office import files, tables

    ledger = args.folder / "古县.db"
    with closing(files.open_or_create(ledger)) as store:
        print(ledger)
        for fmt in ("xlsx", "pdf"):
            path = args.folder / f"{tables.table_name(store, None)}.{fmt}"
            print(tables.export_table(store, None, fmt, path, Job()).path)
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
        _print_json([{"key": row.key, "title": row.title, "measures": row.measures} for row in rows])
    else:
        for row in rows:
            print(f"{row.key}\t{row.title}\t{row.measures} 项措施")
    return 0


def _read(args: argparse.Namespace) -> int:
    from core.model import plan_json
    from core.office import reading

    plan = reading.read_document(args.document, Job()).plan
    text = plan_json.dumps(plan)
    if args.output is None:
        print(text, end="")
    else:
        _write(args.output, text)
    _print_problems(plan)
    return 0 if plan.measures else 1


def _import(args: argparse.Namespace) -> int:
    from core.office import files, reading

    with closing(files.open_ledger(args.file, patience=_PATIENCE)) as store:
        made = reading.import_document(store, args.document, Job())
    print(f"{made.key}\t{made.plan.title}\t{len(made.plan.measures)} 项措施")
    _print_problems(made.plan)
    return 0


def _units(args: argparse.Namespace) -> int:
    from core.model import units_json
    from core.office import files, units

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        rows = units_json.plain(units.units(store))
    if args.json:
        _print_json(rows)
    else:
        for row in rows:
            note = f"\t{'、'.join(row['members'])}{'（待补全）' if row['incomplete'] else ''}" if row["group"] else ""
            print(f"{row['name']}\t{row['kind']}{note}")
    return 0


def _status(args: argparse.Namespace) -> int:
    from core.office import files, status

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        result = status.plan_status(store, args.plan, args.as_of or _today())
    if args.json:
        _print_json(result.plain())
        return 0
    print(f"{result.title}\n截至 {result.as_of}")
    for name, figures in (("措施", result.measures), ("责任事项", result.obligations)):
        print(
            f"{name} {figures.total}：已完成 {figures.done}（逾期完成 {figures.done_late}），推进中 {figures.in_progress}，"
            f"未启动 {figures.not_started}，长期坚持 {figures.ongoing}，待部署 {figures.waiting}，"
            f"不涉及 {figures.not_applicable}；逾期 {figures.overdue}，临近 {figures.due_soon}"
        )
    return 0


def _record(args: argparse.Namespace) -> int:
    from core.office import files, form_value, progress

    state = EntryState(args.state)
    if args.done is not None and state not in (EntryState.DONE, EntryState.KEPT_UP):
        raise InvalidError(f"状态为“{state}”时不能填完成日期。", hint="请去掉 --done，或把状态改为 已完成。")
    with closing(files.open_ledger(args.file, patience=_PATIENCE)) as store:
        row = progress.find_obligation(store, args.plan, args.measure, args.unit)
        value = form_value.FormValue(
            state=state,
            done_on=args.done,
            part=args.part,
            text=args.text,
            reason=args.text if state is EntryState.NOT_APPLICABLE else "",
        )
        added = progress.record(store, row.id, args.period, value, args.evidence)
    note = f"，佐证材料 {len(added.rows)} 份" if added.rows else ""
    print(f"已填报：第{args.measure}项 {row.unit} {state}{note}")
    for title in added.already:
        print(f"“{title}”已在台账中，只建立关联")
    return 0


def _export(args: argparse.Namespace) -> int:
    from core.office import files, tables

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = tables.export_table(store, args.plan, args.format, args.output, Job())
    print(made.path)
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


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"“{path.name}”写不进去。", hint="请检查位置和权限。", where=str(path)) from error


def _print_problems(plan: Plan) -> None:
    """What a reading was not sure of, one line each, beside the output."""
    titles = {Severity.ERROR: "须处理", Severity.WARNING: "请核对", Severity.INFO: "说明"}
    for problem in plan.problems:
        print("\t".join((titles[problem.severity], problem.where, problem.what)), file=sys.stderr)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _chinese_output() -> None:
    """Print UTF-8 whatever the locale says: a service or a pipe often runs with C or GBK."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
