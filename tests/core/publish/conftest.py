"""The bundled plan, its documents, and LibreOffice as a judge."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from core import paths
from core.model.plan import Plan
from core.model.plan_json import loads
from core.publish.table_document import write_table


@pytest.fixture(scope="session")
def plan() -> Plan:
    """古县: 38 measures."""
    return loads((paths.DATA / "guxian.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a plan's table in a format to a fresh folder."""

    def write(plan: Plan, fmt: str, options: object = None) -> Path:
        path = tmp_path_factory.mktemp("made") / f"表.{fmt}"
        write_table(plan, fmt, path, options)
        return path

    return write


@pytest.fixture(scope="session")
def in_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path]], list[Path]]:
    """Have LibreOffice turn documents into PDFs, all in one start."""

    def convert(documents: list[Path]) -> list[Path]:
        soffice = shutil.which("soffice") or shutil.which("libreoffice")
        if soffice is None:
            pytest.fail("LibreOffice is not installed; leave these tests out with -m 'not office'")
        folder = tmp_path_factory.mktemp("office")
        sources = []
        for number, document in enumerate(documents):
            sources.append(folder / f"{number}{document.suffix}")
            shutil.copyfile(document, sources[-1])
        command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=400)
        return [source.with_suffix(".pdf") for source in sources]

    return convert
