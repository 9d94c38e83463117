"""Any damage to a ledger file, a package, a plan file, a list or a PDF: it is used, or refused in a sentence.

A few examples every day; more by TAIZHANG_EXAMPLES (`make torture`). What was found stands as a case of its own.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InvalidError, KnownError
from core.exchange.manifest import FORMAT, read_manifest
from core.job import Job
from core.model import plan_json
from core.office import check, files, hand_over, safekeeping, status
from core.publish import foreign_pages
from tests.poison.packing import page

FEW = settings(
    max_examples=max(6, int(os.environ.get("TAIZHANG_EXAMPLES", "40")) // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEED = st.integers(0, 2**32)


def mutated(data: bytes, seed: int, first: int = 0) -> bytes:
    """Bytes changed, cut, doubled or exchanged behind ``first``."""
    dice = random.Random(seed)
    out = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at, to = (dice.randrange(first, len(out)) for _ in range(2))
        size = dice.choice((1, 2, 4, 16, 400, 5000))
        match dice.randrange(5):
            case 0:
                out[at : at + size] = dice.randbytes(size)
            case 1:
                out[at : at + size] = bytes(size)
            case 2:
                out[at:at] = out[to : to + size]
            case 3:
                del out[at : at + size]
            case _:
                out[at] = dice.choice((0, 1, 0x7F, 0x80, 0xFF))
        if len(out) <= first + 1:
            return bytes(out)
    return bytes(out)


@pytest.fixture(scope="module")
def pack(guxian_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    shutil.copy(guxian_template, folder / "古县.db")
    with closing(files.open_ledger(folder / "古县.db", read_only=True)) as store:
        hand_over.pack(store, folder / "p.zip", Job(), version="1", as_of=date(2025, 1, 1))
    return folder / "p.zip"


def survives(seed: int, tmp_path: Path, data: bytes, name: str, use: Callable[[Path], object]) -> None:
    folder = tmp_path / str(seed)
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    try:
        with suppress(KnownError):
            use(path)
    finally:
        shutil.rmtree(folder)


def used(path: Path) -> None:
    with closing(files.open_ledger(path)) as store:
        check.check(store, Job())
        status.plan_status(store, None, date(2025, 1, 1))


@pytest.mark.expected_log
@FEW
@given(seed=SEED)
def test_a_damaged_ledger(seed: int, guxian_template: Path, tmp_path: Path) -> None:
    survives(seed, tmp_path, mutated(guxian_template.read_bytes(), seed, 100), "坏.db", used)


@pytest.mark.expected_log
@FEW
@given(seed=SEED)
def test_a_damaged_package(seed: int, pack: Path, tmp_path: Path) -> None:
    """Bytes of the zip, or of one part of a sound zip."""
    whole = pack.read_bytes()
    data = mutated(whole, seed) if seed % 2 else _part_mutated(whole, seed)
    survives(seed, tmp_path, data, "坏.zip", lambda path: safekeeping.restore(path, path.with_name("新.db"), Job()))


def _part_mutated(pack: bytes, seed: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as old, zipfile.ZipFile(out, "w") as new:
        parts = [name for name in old.namelist() if name.endswith((".json", ".db", ".txt"))]
        chosen = parts[seed % len(parts)]
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, mutated(data, seed, 100 if name.endswith(".db") else 0) if name == chosen else data)
    return out.getvalue()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["document", "title", "sections", "tasks", "measures", "no", "label", "text", "deadlines", "kind", "date", "recur", "lead",
         "targets", "value", "columns", "required_reports", "problems", "files", "path", "units", "measure"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@FEW
@given(value=st.dictionaries(st.sampled_from(["document", "sections", "tasks", "measures", "problems"]), JSON))
def test_any_plan_file(value: dict[str, object]) -> None:
    with suppress(InvalidError):
        plan_json.loads(json.dumps({"format": plan_json.FORMAT, **value}))


@pytest.fixture(scope="module")
def plan_text() -> str:
    return (Path(__file__).parents[2] / "data" / "guxian.json").read_text("utf-8")


@FEW
@given(seed=SEED, odd=JSON)
def test_a_plan_file_with_one_odd_value(seed: int, odd: object, plan_text: str, tmp_path: Path) -> None:
    """Taken into a new ledger, as `new --plan` does."""
    dice = random.Random(seed)
    value = json.loads(plan_text)
    place = value
    while isinstance(place, dict | list) and place:
        key = dice.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if not isinstance(place[key], dict | list) or not place[key] or dice.random() < 0.3:
            place[key] = odd
            break
        place = place[key]
    survives(seed, tmp_path, json.dumps(value).encode(), "方案.json", _taken)


def _taken(path: Path) -> None:
    with closing(files.create_ledger(path.with_name("新.db"), str(path))) as store:
        status.plan_status(store, None, date(2025, 1, 1))


@FEW
@given(value=st.dictionaries(st.text(max_size=8), JSON))
def test_any_list_of_a_package(value: dict[str, object]) -> None:
    with suppress(InvalidError):
        read_manifest(json.dumps({**value, "format": FORMAT}).encode())


@FEW
@given(seed=SEED)
def test_a_damaged_pdf_is_shown_or_not(seed: int, tmp_path: Path) -> None:
    def shown(path: Path) -> None:
        for at in range(len(foreign_pages.sizes(path))):
            foreign_pages.render(path, at, 0.2, path.name)

    data = page(
        b"BT /F 9 Tf (a) Tj ET q 1 0 0 1 9 9 cm 0 0 9 9 re f Q", more=b"/Font<</F 5 0 R>>", o5=b"<</Type/Font>>"
    )
    survives(seed, tmp_path, mutated(data, seed, 9), "坏.pdf", shown)


FOUND = {
    "a word no version writes": "UPDATE obligation SET role = 're' || char(1) || 'sponsible'",
    "a state no version writes": "UPDATE measure SET source = 'x', no = no; UPDATE deadline SET kind = 'bx'",
    "a list that is none": "UPDATE obligation SET via = '['",
    "a list cut off in SQL": 'UPDATE period SET asks = asks; UPDATE plan SET document = \'{"title": "x"\'',
    "a date that is none": "UPDATE deadline SET date = '2024-1x-31'",
    "a name of the schema": "UPDATE sqlite_master SET sql = replace(sql, 'json_valid', 'json_valil')",
    "a column of the schema": "UPDATE sqlite_master SET sql = replace(sql, 'to_verify', 'to_verifi') WHERE name = 'measure'",
}
"""What the search has found once, as statements."""


@pytest.mark.expected_log
@pytest.mark.parametrize("case", FOUND)
def test_what_was_found(case: str, guxian_template: Path, tmp_path: Path) -> None:
    """Whoever only opens and looks gets a sentence, not a fault of the program."""
    path = tmp_path / "坏.db"
    shutil.copy(guxian_template, path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.executescript(FOUND[case])
    with suppress(KnownError), closing(files.open_ledger(path)) as store:
        status.plan_status(store, None, date(2025, 1, 1))
