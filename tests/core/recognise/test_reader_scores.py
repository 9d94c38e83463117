"""The floors of the reader on documents made from the bundled plans; `python -m tests.scoring` has all of them."""

from __future__ import annotations

import pytest

from tests.scoring import made
from tests.scoring.__main__ import read
from tests.scoring.compare import FLOORS, Score, compare

ENDINGS = ("docx", "xlsx", "txt", "html", "pdf")


def _names() -> list[str]:
    """Every layout once, plans and kinds of file in turn, and what the program exports itself."""
    names = []
    for number, look in enumerate(made.LOOKS):
        for step in (0, 2):
            ending = ENDINGS[(number + step) % len(ENDINGS)]
            names.append(f"{made.KEYS[(number + step) % len(made.KEYS)]}/{look}.{ending}")
    for number, manner in enumerate(made.MANNERS):
        names += [
            f"{made.KEYS[(number + step) % len(made.KEYS)]}/{manner}.{end}" for step, end in ((0, "docx"), (1, "pdf"))
        ]
    return [
        *names,
        "guxian/bracket.run-on.txt",
        "suizhou/tail.run-on.txt",
        "dingxi/own.docx",
        "qinzhou/own.xlsx",
        "suizhou/by-section.docx",
    ]


@pytest.fixture(scope="module")
def total(tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder = tmp_path_factory.mktemp("documents")
    wanted = set(_names())
    total = Score()
    for name, path, answers in made.cases(folder, sorted(wanted)):
        if name in wanted:
            total.add(compare(read(path), answers))
    return total


def test_enough_was_read(total: Score) -> None:
    """The subset holds every layout."""
    assert total.total["found"] > 2500


@pytest.mark.parametrize("figure", FLOORS)
def test_the_reader_keeps_its_floor(total: Score, figure: str) -> None:
    """Summed over the documents; the misses say where to look."""
    misses = [miss for miss in total.misses if miss.startswith(figure)]
    assert total.rate(figure) >= FLOORS[figure], misses[:20]
