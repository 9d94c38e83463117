"""`export`: official documents."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.arguments import day, today
from core.cli.patience import PATIENCE
from core.errors import InvalidError, UsageError
from core.job import Job
from core.model.document_kind import DocumentKind

if TYPE_CHECKING:
    from core.office.asked import Asked
    from core.store.database import Store

_LETTERS = frozenset({DocumentKind.REMINDER.value, DocumentKind.NOTICE.value})
_KINDS = "，".join(f"{kind.value}（{kind.title}）" for kind in DocumentKind)


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `export` to the parser."""
    parser = commands.add_parser("export", help="导出文件，同名文件被替换")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("kind", choices=[kind.value for kind in DocumentKind], metavar="文种", help=_KINDS)
    parser.add_argument(
        "--format", required=True, choices=["xlsx", "pdf", "docx"], metavar="格式", help="xlsx 只用于表格类文种"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="路径")
    parser.add_argument("--plan", metavar="方案")
    parser.add_argument("--period", metavar="报送期", help="2024Q2 2024H1 2024 2024-06 中期 终期 或名称")
    parser.add_argument("--unit", metavar="单位", help="不写就是全部单位")
    parser.add_argument("--as-of", type=day, metavar="日期", help="统计截止日期，默认今天")
    parser.add_argument("--superior", default="", metavar="方案", help="进展情况报告和评估报告按上级方案编号")
    parser.add_argument("--on-sheets", action="store_true", help="双面打印用：多份函每份从新的一张纸开始")
    parser.add_argument(
        "--own-template",
        action="store_true",
        help="按台账里的本单位模板生成，只用于报告、通报和函；PDF 要装有 LibreOffice",
    )
    parser.add_argument("--charts", action="store_true", help="附图，用于报告和统计表的 PDF、Word")
    parser.add_argument(
        "--brief", action="store_true", help="正文从简，只写数字和措施的状态，不写各单位填报的原文，用于报告"
    )
    parser.add_argument("--compared", action="store_true", help="与上次出具的同类报告相比，用于报告")
    parser.add_argument(
        "--issue",
        action="store_true",
        help="出具：登记发文，留存文件和数字；今天为成文日期；函不写单位的，给各单位各出具一份",
    )
    parser.add_argument("--number", default="", metavar="文号", help="出具时的文号，如 古司〔2025〕3号")
    parser.set_defaults(run=_export)


def _export(args: argparse.Namespace) -> int:
    from core.office import documents, files

    asked = documents.Asked(
        args.plan,
        args.as_of or today(),
        args.period,
        args.unit,
        superior=args.superior,
        own_template=args.own_template,
        on_sheets=args.on_sheets,
        number=args.number,
        charts=args.charts,
        compared=args.compared,
        brief=args.brief,
    )
    if args.number and args.kind in _LETTERS and args.unit is None:
        raise UsageError("一个文号只用于一份函。", hint="请加上 --unit 单位，或不写文号。")
    if args.issue:
        return _issue(args, asked)
    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = documents.export(store, args.kind, asked, args.format, args.output, Job())
    for gap in made.gaps:
        print(f"待补充：{gap}", file=sys.stderr)
    for note in made.notes:
        print(f"说明：{note}", file=sys.stderr)
    print(made.path)
    return 0


def _issue(args: argparse.Namespace, asked: Asked) -> int:
    """Enter it in 发文登记, then hand out what was kept."""
    from core.office import documents, files, issued, issuing
    from core.publish.output import put

    documents.refuse_ledger(args.output)
    with closing(files.open_ledger(args.file, patience=PATIENCE)) as store:
        if args.kind in _LETTERS and args.unit is None:
            return _issue_all(store, args, asked)
        line = issuing.issue(store, args.kind, asked, Job(), formats=(args.format,))
        put(issued.kept_path(store, line.id).read_bytes(), args.output)
    print(args.output)
    return 0


def _issue_all(store: Store, args: argparse.Namespace, asked: Asked) -> int:
    """A letter to each unit that has none yet, numbered one after another; all of them in one file, to be printed."""
    from core.office import documents, issuing, to_issue

    found = to_issue.to_issue(store, args.kind, asked, today())
    units = tuple(unit for unit in found.units if unit not in found.written)
    if not found.units:
        documents.make(store, args.kind, asked, Job())  # says why there is nothing to write
    if not units:
        raise InvalidError("各单位都已出具过。", hint="确有需要再出具的，请在窗口的“报告”里出具。")
    numbers = to_issue.free_numbers(store, found.kind, units, today().year)
    asked = replace(asked, numbers=numbers)
    issuing.issue_letters(store, args.kind, asked, units, Job(), formats=(args.format,))
    whole = replace(asked, units=units, dated=today())
    print(documents.export(store, args.kind, whole, args.format, args.output, Job()).path)
    told = [f"已出具 {len(units)} 份{f'，{numbers[0][1]}至{numbers[-1][1]}' if numbers else ''}"]
    if found.written:
        told.append(f"本期已给{'、'.join(found.written)}出具过，没有再出具")
    for one in told:
        print(f"说明：{one}", file=sys.stderr)
    return 0
