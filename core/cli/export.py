"""`export`: official documents."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.arguments import day, today
from core.job import Job
from core.model.document_kind import DocumentKind

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
    parser.add_argument(
        "--own-template", action="store_true", help="按台账里的本单位模板生成，只用于报告、通报和函；PDF 要装有 LibreOffice"
    )
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
    )
    with closing(files.open_ledger(args.file, read_only=True)) as store:
        made = documents.export(store, args.kind, asked, args.format, args.output, Job())
    for gap in made.gaps:
        print(f"待补充：{gap}", file=sys.stderr)
    for note in made.notes:
        print(f"说明：{note}", file=sys.stderr)
    print(made.path)
    return 0
