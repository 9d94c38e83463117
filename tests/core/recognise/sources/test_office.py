"""Old formats: through LibreOffice where there is one, else a sentence; the program never outlives the job."""

from __future__ import annotations

import stat
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import Cancelled
from core.job import Job
from core.recognise.sources import UnreadableError, office, read_source
from tests.core.recognise.sources.documents import printed, read, save_docx, table, texts
from tests.poison.corpus import CORPUS, Surroundings
from tests.poison.sweep import Listener

RTF = rb"{\rtf1\ansi\ansicpg936 abc\par}"


@pytest.fixture
def rtf(tmp_path: Path) -> Path:
    path = tmp_path / "方案.rtf"
    path.write_bytes(RTF)
    return path


def test_without_libreoffice_the_sentence_says_how_to_save_anew(rtf, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)

    with pytest.raises(UnreadableError, match="旧格式") as caught:
        read(rtf)

    assert "另存为 .docx" in caught.value.hint


def fake(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_one_that_writes_nothing(rtf, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: fake(tmp_path, "exit 0"))

    with pytest.raises(UnreadableError, match="损坏"):
        read(rtf)


def test_one_that_does_not_start(rtf, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: str(tmp_path / "fehlt"))

    with pytest.raises(UnreadableError, match="启动不了"):
        read(rtf)


def is_running(marker: Path) -> bool:
    """Whether the process of that number lives; /proc needs no program, and one that waits to be buried is dead."""
    status = Path("/proc") / marker.read_text().strip() / "status"
    try:
        lines = status.read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return not any(line.startswith("State:\tZ") for line in lines)


def ends(marker: Path) -> bool:
    """Whether it ends: a kill takes effect when the machine finds the time."""
    until = time.monotonic() + 10
    while is_running(marker) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(marker)


def test_one_that_hangs_is_ended_with_its_children(rtf, tmp_path, monkeypatch):
    marker = tmp_path / "kind"
    monkeypatch.setattr(office, "find_office", lambda: fake(tmp_path, f"sleep 60 & echo $! > '{marker}'; wait"))
    monkeypatch.setattr(office, "SECONDS", 0.5)

    with pytest.raises(UnreadableError, match="时间过长"):
        read(rtf)

    assert ends(marker)


def test_cancelling_ends_it(rtf, tmp_path, monkeypatch):
    marker = tmp_path / "kind"
    monkeypatch.setattr(office, "find_office", lambda: fake(tmp_path, f"sleep 60 & echo $! > '{marker}'; wait"))
    job = Job(lambda *_: job.cancel() if marker.exists() and marker.read_text() else None)
    started = time.monotonic()

    with pytest.raises(Cancelled):
        read_source(rtf, job)

    assert ends(marker)
    assert time.monotonic() - started < 20


@pytest.mark.office
@pytest.mark.parametrize(
    "kind", ["doc", pytest.param("rtf", marks=pytest.mark.thorough), pytest.param("odt", marks=pytest.mark.thorough)]
)
def test_documents_that_libreoffice_opens(tmp_path, soffice, kind):
    def change(document):
        document.add_paragraph("加强培训")
        grid = document.add_table(2, 2)
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "任务"
        grid.cell(0, 1).text, grid.cell(1, 1).text = "措施", "时限"
        document.add_paragraph("完")

    save_docx(tmp_path / "a.docx", change)
    profile = (tmp_path / "profile").as_uri()
    command = [
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)

    source = read(tmp_path / f"a.{kind}")

    assert printed(source) == ["加强培训", "完"]
    assert texts(table(source)) == [["任务", "措施"], [None, "时限"]]


@pytest.mark.office
def test_nothing_is_fetched_while_a_document_is_converted(soffice, tmp_path):
    """A picture of an .odt that lies at an address: LibreOffice would ask for it."""
    path = tmp_path / "远程图.odt"
    with closing(Listener()) as listener:
        path.write_bytes(CORPUS["远程图.odt"](Surroundings(str(tmp_path / "secret.txt"), listener.port)))

        assert printed(read(path)) == ["一"]
        assert not listener.was_called()
