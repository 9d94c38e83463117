"""What every test shares: nothing is written outside the test's own folder, nothing is logged in silence."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import settings

from core.contained import run as contained
from core.office import files
from core.store.database import Store
from tests.examples import EXAMPLES

settings.register_profile("everyday", max_examples=EXAMPLES)
settings.load_profile("everyday")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Single tests that take long come first, so that no worker waits for the other at the end."""
    long = ("torture", "poison", "flows", "gui")
    items.sort(key=lambda item: item.path.relative_to(Path(__file__).parent).parts[0] not in long)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder that is filled by the first worker that needs it, and read by all."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder = root / "once" / name
        if not folder.exists():
            folder.parent.mkdir(exist_ok=True)
            part = Path(tempfile.mkdtemp(dir=folder.parent))
            make(part)
            with suppress(OSError):  # the other worker was first
                part.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """The children that read foreign files stay warm over all tests; the coverage of what they did is written at their end."""
    yield
    contained.end()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Redirect documents, settings and log."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TAIZHANG_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_surprises(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """An unexpected warning in the log fails the test; ``expected_log`` marks those that are meant."""
    yield
    if request.node.get_closest_marker("expected_log"):
        return
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]

    assert not loud, loud


@pytest.fixture(scope="session")
def guxian_template(once: Callable[..., Path]) -> Path:
    """A fresh ledger of 古县, made once a run and copied for each test."""
    return once("template", lambda folder: files.create_ledger(folder / "古县.db").close()) / "古县.db"


@pytest.fixture
def ledger(guxian_template: Path, tmp_path: Path) -> Path:
    """A ledger file of 古县 of the test's own."""
    path = tmp_path / "台账 一" / "古县.db"
    path.parent.mkdir()
    shutil.copyfile(guxian_template, path)
    return path


@pytest.fixture
def store(ledger: Path) -> Iterator[Store]:
    """The same, open for writing."""
    with closing(files.open_ledger(ledger)) as opened:
        yield opened


@pytest.fixture
def ledger_of_an_ordinary_user(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy in a folder of its own, for tests of permissions; root, who may write anywhere, is nobody meanwhile."""
    if os.name != "posix":
        pytest.skip("permissions of this kind are those of POSIX")
    nobody, me = 65534, os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        place, home = Path(folder) / "台账" / ledger.name, Path(folder) / "home"
        for made in (place.parent, home):
            made.mkdir()
        monkeypatch.setenv("TAIZHANG_HOME", str(home))
        shutil.copyfile(ledger, place)
        if me == 0:
            Path(folder).chmod(0o755)
            for given in (place.parent, place, home):
                os.chown(given, nobody, nobody)
            os.seteuid(nobody)
        try:
            yield place
        finally:
            os.seteuid(me)
            place.parent.chmod(0o755)


@pytest.fixture
def soffice() -> str:
    """LibreOffice; tests that ask for it carry the marker ``office``."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.fail("LibreOffice is not installed; leave these tests out with -m 'not office'")
    return found
