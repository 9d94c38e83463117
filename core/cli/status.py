"""`status`: states and figures on a date."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.arguments import day, today
from core.cli.output import print_json

_NAMED = 20


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `status` to the parser."""
    parser = commands.add_parser("status", help="截至某日的状态和数字")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--as-of", type=day, metavar="日期", help="统计截止日期，默认今天")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_status)


def _status(args: argparse.Namespace) -> int:
    from core.office import files, status, warnings

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        on = args.as_of or today()
        result = status.plan_status(store, args.plan, on)
        bare = () if args.json else warnings.done_without_evidence(store, args.plan, on)
    if args.json:
        print_json(result.plain())
        return 0
    print(f"{result.title}\n截至 {result.as_of}")
    for name, figures in (("措施", result.measures), ("责任事项", result.obligations)):
        print(
            f"{name} {figures.total}：已完成 {figures.done}（逾期完成 {figures.done_late}），推进中 {figures.in_progress}，"
            f"未启动 {figures.not_started}，长期坚持 {figures.ongoing}，待部署 {figures.waiting}，"
            f"不涉及 {figures.not_applicable}；逾期 {figures.overdue}，临近 {figures.due_soon}"
        )
    if bare:
        named = "、".join(f"{row.measure_label}{row.unit}" for row in bare[:_NAMED])
        print(f"已完成但没有佐证 {len(bare)} 项：{named}{' 等' if len(bare) > _NAMED else ''}")
    return 0
