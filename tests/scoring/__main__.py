"""`python -m tests.scoring [FOLDER] [-v]`: how well the reader reads.

Without a folder: documents made from the bundled plans in every layout. With a folder of documents with answers:
those. Exit code 1 when a figure, summed over the documents, is under its floor.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import KnownError
from core.job import Job
from core.model.plan import Document, Plan
from core.recognise.draft import recognise
from core.recognise.sources.reading import read_source
from tests.scoring import folder, made
from tests.scoring.compare import FLOORS, Answer, Score, compare


def read(path: Path) -> Plan:
    """The plan of a document; one that cannot be read has nothing right."""
    try:
        return recognise(read_source(path, Job())).plan
    except KnownError as error:
        return Plan(Document(str(error)))


def score_all(cases: Iterable[tuple[str, Path, list[Answer]]], *, is_loud: bool) -> Score:
    """Score every document, a line each."""
    total = Score()
    for name, path, answers in cases:
        begun = time.perf_counter()
        score = compare(read(path), answers)
        seconds = time.perf_counter() - begun
        total.add(score)
        sign = " " if not score.broken() else "!"
        print(f"{sign} {name:<44} {len(answers):>3}  {score.line()}  {seconds:.2f} s", flush=True)
        for miss in score.misses if is_loud else ():
            print(f"      {miss}")
    return total


def main() -> int:
    """Run; gives the exit code."""
    is_loud = "-v" in sys.argv
    names = [argument for argument in sys.argv[1:] if argument != "-v"]
    with tempfile.TemporaryDirectory(prefix="scoring-") as place:
        cases = _given(Path(names[0])) if names and Path(names[0]).is_dir() else made.cases(Path(place), names)
        total = score_all(cases, is_loud=is_loud)
    print(f"\n{'figure':<14} {'rate':>8} {'floor':>6}")
    for name, floor in FLOORS.items():
        print(f"{name:<14} {total.rate(name):>8.4f} {floor:>6} {'' if total.rate(name) >= floor else 'UNDER'}")
    return 1 if total.broken() else 0


def _given(place: Path) -> Iterator[tuple[str, Path, list[Answer]]]:
    for path, answers in folder.cases(place):
        yield f"{path.parent.name}/{path.name}", path, answers


if __name__ == "__main__":
    sys.exit(main())
