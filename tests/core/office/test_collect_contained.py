"""回收: a returned file that ends its reader is refused with a sentence; what came with it is read and written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.contained.run import end
from core.job import Job
from core.office import reading
from core.office.collected import Verdict
from core.recognise.sources import UnreadableError
from core.store.database import Store
from tests.core.office.returned_files import begun, collected, filled, numbers_of, sent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ways to die are those of POSIX")
_BROKEN_PARSER = """
import os
from core.recognise.sources import sheet

def dying(data, plain=sheet.open_workbook):
    return os.abort() if data.endswith(b"!") else plain(data)

sheet.open_workbook = dying
"""


@pytest.fixture
def broken_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Children whose workbook parser dies of a file that ends with an exclamation mark."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_BROKEN_PARSER, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    end()
    yield
    end()


@pytest.mark.usefixtures("broken_parser")
def test_what_kills_the_parser_is_refused_alone(store: Store, tmp_path: Path) -> None:
    paths = sent(store, tmp_path / "收到", "财政局", "司法局", "水利局", "林业局")
    for path in paths.values():
        filled(path, {numbers_of(path)[0]: begun()})
    with paths["司法局"].open("ab") as file:
        file.write(b"!")

    found, accepted = collected(store, tmp_path / "收到")

    verdicts = {Path(file.path).name[:3]: file.verdict for file in found.files if file.path.endswith(".xlsx")}
    assert verdicts.pop("司法局") is Verdict.REJECTED
    assert set(verdicts.values()) == {Verdict.OK}
    (refused,) = [file for file in found.files if file.path == str(paths["司法局"])]
    assert [problem.what for problem in refused.problems] == [
        f"“{paths['司法局'].name}”读取到一半时出错中断，没有读取。请用 WPS 或 Office 打开它，另存后再试；打不开的，请对方重新发送。"
    ]
    assert accepted.rows == 3


@pytest.mark.usefixtures("broken_parser")
def test_a_document_that_kills_its_parser_is_a_sentence(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path / "收到", "财政局")["财政局"]
    with path.open("ab") as file:
        file.write(b"!")
    with pytest.raises(Exception, match="读取到一半时出错中断") as caught:
        reading.read_document(path, Job(), store=store)
    assert not isinstance(caught.value, UnreadableError)
