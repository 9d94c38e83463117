"""A few files of the corpus through the doors they were made for; all of them: `python -m tests.poison.sweep`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.poison.corpus import CORPUS
from tests.poison.doors import DOORS
from tests.poison.sweep import SAMPLE

ROOT = Path(__file__).resolve().parents[2]


def test_the_sample_names_what_there_is() -> None:
    assert {name for name, _ in SAMPLE} <= set(CORPUS)
    assert {door for _, door in SAMPLE} <= set(DOORS)


@pytest.mark.skipif(os.name != "posix", reason="the sweep forks")
def test_poison_is_read_in_bounds_or_refused_in_a_sentence() -> None:
    """In a process of its own: nothing hangs, ends, is fetched, leaks or is written outside."""
    command = [sys.executable, "-m", "tests.poison.sweep", "--sample"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(SAMPLE)} tried" in done.stdout
