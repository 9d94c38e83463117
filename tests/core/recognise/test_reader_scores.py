"""The floors of the reader on documents made from the bundled plans; `python -m tests.scoring` has all of them."""

from __future__ import annotations

import pytest

from tests.scoring import made
from tests.scoring.__main__ import read
from tests.scoring.compare import FLOORS, Score, compare

ENDINGS = ("docx", "xlsx", "txt", "html", "pdf")


def _tables(step: int) -> list[str]:
    """Every layout of tables once, plans and kinds of file in turn."""
    return [
        f"{made.KEYS[(number + step) % len(made.KEYS)]}/{look}.{ENDINGS[(number + step) % len(ENDINGS)]}"
        for number, look in enumerate(made.LOOKS)
    ]


def _lists(step: int, ending: str) -> list[str]:
    """Every manner of lists once, plans in turn."""
    return [
        f"{made.KEYS[(number + step) % len(made.KEYS)]}/{manner}.{ending}" for number, manner in enumerate(made.MANNERS)
    ]


EVERYDAY = [
    *(*_tables(0), *_lists(0, "docx"), *_lists(1, "pdf")[::3]),
    *("guxian/bracket.run-on.txt", "suizhou/tail.run-on.txt", "dingxi/own.docx", "suizhou/by-section.docx"),
]
ALL = [*EVERYDAY, *_tables(2), *_lists(1, "pdf"), "qinzhou/own.xlsx"]


@pytest.fixture(scope="module", params=[EVERYDAY, pytest.param(ALL, marks=pytest.mark.thorough)], ids=["", "all"])
def total(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder = tmp_path_factory.mktemp("documents")
    wanted = set(request.param)
    total = Score()
    for name, path, answers in made.cases(folder, sorted(wanted)):
        if name in wanted:
            total.add(compare(read(path), answers))
    return total


def test_enough_was_read(total: Score) -> None:
    """The subset holds every layout."""
    assert total.total["found"] > 1500


@pytest.mark.parametrize("figure", FLOORS)
def test_the_reader_keeps_its_floor(total: Score, figure: str) -> None:
    """Summed over the documents; the misses say where to look."""
    misses = [miss for miss in total.misses if miss.startswith(figure)]
    assert total.rate(figure) >= FLOORS[figure], misses[:20]
