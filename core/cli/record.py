"""`record`: what one unit says of one measure."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from core.cli.arguments import day
from core.cli.patience import PATIENCE
from core.errors import InvalidError
from core.model.ledger import EntryState


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own private type
    """Add `record` to the parser."""
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
    parser.add_argument("--done", type=day, metavar="日期", help="完成日期，如 2024-12-31")
    parser.add_argument("--part", metavar="时限项", help="有几个完成时限时，说的是哪一个；不写为全部")
    parser.add_argument("--evidence", type=Path, action="append", default=[], metavar="文件")
    parser.set_defaults(run=_record)


def _record(args: argparse.Namespace) -> int:
    from core.office import files, form_value, marked, progress

    state = EntryState(args.state)
    if args.done is not None and state not in (EntryState.DONE, EntryState.KEPT_UP):
        raise InvalidError(f"状态为“{state}”时不能填完成日期。", hint="请去掉 --done，或把状态改为 已完成。")
    with closing(files.open_ledger(args.file, patience=PATIENCE)) as store:
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
    for name, mark in marked.marks_of(args.evidence):
        print(f"“{name}”带有“{mark}”字样。{marked.ADVICE}", file=sys.stderr)
    return 0
