"""`align`: suggested answers of our measures to a superior plan's."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.output import print_json

if TYPE_CHECKING:
    from core.office.aligning import Aligned, Line

_LONGEST = 30


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `align` to the parser."""
    parser = commands.add_parser("align", help="对照上级：本级措施与上级方案的对应建议")
    parser.add_argument("file", type=Path, metavar="文件.db")
    parser.add_argument("--superior", required=True, metavar="方案", help="随附方案的代号，或台账里的方案")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_align)


def _align(args: argparse.Namespace) -> int:
    from core.office import aligning, files

    with closing(files.open_ledger(args.file, read_only=True)) as store:
        found = aligning.aligned(store, args.superior)
    if args.json:
        print_json(_plain(found))
        return 0
    for line in found.lines:
        print(_told(line, found))
    print(f"上级措施无对应：{_numbers(found.unanswered)}")
    print(f"本级措施无对应：{_numbers(found.unanswering)}")
    return 0


def _plain(found: Aligned) -> dict[str, Any]:
    """What the contract says: only measures with answers, best first."""
    return {
        "suggestions": [
            {
                "superior": line.superior.no,
                "answers": [
                    {"own": answer.own, "score": answer.score, "words": list(answer.words)} for answer in line.answers
                ],
            }
            for line in found.lines
            if line.answers
        ],
        "unanswered": list(found.unanswered),
        "unanswering": list(found.unanswering),
    }


def _told(line: Line, found: Aligned) -> str:
    texts = {measure.no: measure.text for measure in found.own_plan.measures}
    told = [f"上级第{line.superior.no}项 {_short(line.superior.text)}"]
    for answer in line.answers:
        words = f"（{'、'.join(answer.words)}）" if answer.words else ""
        sort = answer.decision.title if answer.decision else f"建议 {answer.score:.2f}"
        told.append(f"  {sort} 第{answer.own}项 {_short(texts[answer.own])}{words}")
    told += [f"  {conflict.kind.value}：{conflict.text}" for conflict in line.conflicts]
    if not line.answers:
        told.append("  无对应措施")
    return "\n".join(told)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _numbers(numbers: tuple[int, ...]) -> str:
    return "、".join(map(str, numbers)) or "无"
