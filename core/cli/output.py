"""What the commands print and write."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from core.errors import OutputError
from core.model.plan import Plan, Severity

SEVERITIES = {Severity.ERROR: "须处理", Severity.WARNING: "请核对", Severity.INFO: "说明"}


def print_json(value: object) -> None:
    """For other programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_problems(plan: Plan) -> None:
    """What a reading was not sure of, one line each, beside the output."""
    for problem in plan.problems:
        print("\t".join((SEVERITIES[problem.severity], problem.where, problem.what)), file=sys.stderr)


def write_text(path: Path, text: str) -> None:
    """Write an output file.

    Raises OutputError.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"“{path.name}”写不进去。", hint="请检查位置和权限。", where=str(path)) from error


def chinese_output() -> None:
    """Print UTF-8 whatever the locale says: a service or a pipe often runs with C or GBK."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
