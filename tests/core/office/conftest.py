"""Ledgers of the bundled plans with progress in every state: costly to fill, so all files of a run share them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.office import files
from core.store.database import Store
from tests.core.office.filled import fill


@pytest.fixture(scope="session")
def filled_plans(once: Callable[..., Path]) -> Callable[[str], Path]:
    """The filled ledger of a bundled plan, to be read only."""

    def ledger(plan: str) -> Path:
        def make(folder: Path) -> None:
            with closing(files.create_ledger(folder / f"{plan}.db", plan)) as store:
                fill(store, folder, most=30)

        return once(f"filled-{plan}", make) / f"{plan}.db"

    return ledger


@pytest.fixture
def filled(filled_plans: Callable[[str], Path], tmp_path: Path) -> Iterator[Store]:
    """古县's, a copy of the test's own."""
    source = filled_plans("guxian")
    shutil.copytree(source.parent, tmp_path / "填好")
    with closing(files.open_ledger(tmp_path / "填好" / source.name)) as store:
        yield store
