"""All papers of all plans in LibreOffice: python -m tests.papers FOLDER [--plans …] [--fills …] [--kinds …].

Writes every kind of the five plans, empty, half filled, full and with long texts, as PDF and Word; LibreOffice makes a
PDF of the Word file; told is where it has other pages. Exit code 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from core.errors import InvalidError
from core.job import Job
from core.office import bundled, documents, files
from core.office.overview import Overview
from tests.core.office.filled import AS_OF, PERIOD
from tests.papers.compare import Pair, converted, verdicts
from tests.papers.fills import FILLS, prepare

_FOR_A_UNIT = ("ledger", "reminder", "notice")


def main() -> int:
    """Make, convert, compare, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.papers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", nargs="*", default=list(bundled.TITLES))
    parser.add_argument("--fills", nargs="*", default=list(FILLS))
    parser.add_argument("--kinds", nargs="*", default=list(documents.KINDS))
    parser.add_argument("--all-units", action="store_true", help="单位工作台账、催办函、督办通知单 of every unit")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    for plan in wanted.plans:
        for name in wanted.fills:
            made = list(_made(wanted, plan, name))
            shown = converted([word for _, word, _ in made], wanted.folder / "libreoffice")
            for verdict in verdicts(Pair(*one, theirs) for one, theirs in zip(made, shown, strict=True)):
                print(verdict, flush=True)
                bad += not verdict.is_good
    print(f"{bad}份不一致" if bad else "全部一致")
    return 1 if bad else 0


def _made(wanted: argparse.Namespace, plan: str, name: str) -> Iterator[tuple[str, Path, Path]]:
    """Name, Word file and our PDF of each kind."""
    ledger: Path = wanted.folder / f"{plan}-{name}.db"
    is_there = ledger.exists()
    with closing(files.open_ledger(ledger) if is_there else files.create_ledger(ledger, plan)) as store:
        view = prepare(store, wanted.folder, "empty" if is_there else name)
        for kind in wanted.kinds:
            unit = None if wanted.all_units else _unit(view, kind)
            try:
                document = documents.make(store, kind, documents.Asked(None, AS_OF, _period(kind), unit), Job())
            except InvalidError:  # nobody to write to, nothing to list
                continue
            word, ours = (wanted.folder / f"{plan}-{name}-{kind}.{fmt}" for fmt in ("docx", "pdf"))
            document.write("docx", word, Job())
            document.write("pdf", ours, Job())
            yield f"{plan}-{name}-{kind}", word, ours


def _period(kind: str) -> str | None:
    return None if kind in ("midterm", "final") else PERIOD


def _unit(view: Overview, kind: str) -> str | None:
    """The unit with the most to do, of letters the one with the most that is late."""
    if kind not in _FOR_A_UNIT:
        return None
    found = [one for one in view.obligations if not one.is_group]
    if kind != "ledger":
        found = [one for one in found if view.statuses[one.id].overdue]
    names = [one.unit for one in found]
    return max(dict.fromkeys(names), key=names.count, default=None)


if __name__ == "__main__":
    sys.exit(main())
