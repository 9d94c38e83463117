"""What leaves the office tells nothing of the machine it was made on: no path, no account, no hidden row or sheet.

One run makes everything that leaves: all kinds in all formats, sheets out, the package upward, evidence handed out,
对照上级, lists, the hand-over. Each file is unpacked down to the last part and searched.
"""

from __future__ import annotations

import base64
import email
import io
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.errors import InvalidError
from core.job import Job
from core.model.ledger import EntryState
from core.office import (
    attach,
    coverage,
    dispatch,
    documents,
    evidence_package,
    files,
    hand_over,
    journal_sheet,
    progress,
    register_sheet,
    scoring,
    submit,
)
from core.office.asked import Asked
from core.office.dispatch import DispatchOptions, Packing
from core.office.form_value import FormValue
from core.office.submit import SubmitOptions
from core.publish import pages
from tests.poison.packing import page, workbook

PLACE, ACCOUNT = "探针文件夹", "探针账户"
DAY, PERIOD, UNIT = date(2025, 1, 10), "2024Q4", "财政局"
FORMULAS = ('=HYPERLINK("http://127.0.0.1/探针","点")', "+cmd|'/C calc'!A0", "@SUM(1)", "-1+1|'x'!A1")
HAS_IDENTITY = "下发"
"""The sheets of units carry a hidden sheet that says whose they are; nothing else does."""
NAMES_PEOPLE = ("操作日志.xlsx", ".db")
"""Where the accounts of those who wrote belong."""


@pytest.fixture(scope="module")
def out(guxian_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with everything that leaves."""
    folder = tmp_path_factory.mktemp("leaks") / PLACE
    folder.mkdir()
    path = folder / "古县.db"
    shutil.copyfile(guxian_template, path)
    with pytest.MonkeyPatch.context() as patch, closing(files.open_ledger(path)) as store:
        for name in ("LOGNAME", "USER", "USERNAME"):
            patch.setenv(name, ACCOUNT)
        patch.setenv("HOME", str(folder / "家"))
        key = progress.find_obligation(store, None, 4, UNIT).id
        value = FormValue(
            EntryState.DONE, date(2024, 12, 1), text=FORMULAS[0], problems=FORMULAS[1], next_steps=FORMULAS[2]
        )
        progress.save(store, key, PERIOD, value)
        source = folder / "家" / "通知.pdf"
        source.parent.mkdir()
        source.write_bytes(page(b""))
        attach.add_evidence(store, key, PERIOD, [source], Job())
        to = folder / "出"
        to.mkdir()
        _export_all(store, to)
        yield to


def _export_all(store: files.Store, to: Path) -> None:
    asked = Asked(None, DAY, PERIOD, UNIT)
    for kind in documents.KINDS.values():
        for fmt in kind.formats:
            with suppress(InvalidError):  # nothing to say of this unit
                documents.export(store, kind.key.value, asked, fmt, to / f"{kind.title}.{fmt}", Job())
    for fmt in ("xlsx", "pdf", "docx"):
        coverage.export_coverage(store, "dingxi", DAY, fmt, to / f"对照.{fmt}", Job())
    options = DispatchOptions(units={UNIT, "公安局"}, packing=Packing.ZIPS, with_drafts=True)
    dispatch.dispatch(store, None, PERIOD, to / HAS_IDENTITY, Job(), options)
    template = to.parent / "家" / "上级.xlsx"
    template.write_bytes(workbook())
    submit.submit(store, None, PERIOD, template, to / "上报", Job(), SubmitOptions(to="a@example.cn"))
    register_sheet.export_register(store, to / "单位名册.xlsx")
    scoring.export_scores(store, None, DAY, to / "考核.xlsx", Job())
    evidence_package.write_package(store, Asked(None, DAY, PERIOD), to / "佐证.zip", Job())
    journal_sheet.export_journal(store, journal_sheet.JournalFilter(), to / "操作日志.xlsx", Job())
    hand_over.pack(store, to / "移交.zip", Job(), version="1", as_of=DAY)


def parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Everything in a file, down to the last part; a name with each."""
    yield name, data
    if name.endswith(".eml"):
        for part in email.message_from_bytes(data).walk():
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                yield from parts(f"{name}/{part.get_filename() or 'text'}", content)
    elif name.endswith(".pdf"):
        for at, raw in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
            with suppress(zlib.error, ValueError):
                packed = base64.a85decode(raw.strip(), adobe=False) if raw.strip().endswith(b"~>") else raw
                yield f"{name}/{at}", zlib.decompressobj().decompress(packed)
    elif data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in package.infolist():
                yield f"{name}/{entry.filename}#", entry.filename.encode() + entry.comment + (entry.extra or b"")
                yield from parts(f"{name}/{entry.filename}", package.read(entry))


def everything(out: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(out.rglob("*")):
        if path.is_file():
            yield from parts(path.relative_to(out).as_posix(), path.read_bytes())


def needles(out: Path) -> dict[str, set[bytes]]:
    """What may stand nowhere, in the ways a program writes it."""
    words = {PLACE, ACCOUNT, str(out.parents[1]), out.parents[1].name, str(Path.home()) + "/", os.sep + "tmp" + os.sep}
    if len(os.uname().nodename) > 4:
        words.add(os.uname().nodename)
    return {word: {word.encode(how) for how in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")} for word in words}


def test_no_path_no_account_no_machine_in_anything_that_leaves(out: Path) -> None:
    wanted = needles(out)
    seen, found = set(), set()
    for name, data in everything(out):
        seen.add(name.rpartition(".")[2])
        for word, ways in wanted.items():
            may = word == ACCOUNT and any(one in name for one in NAMES_PEOPLE)
            if not may and any(way in data for way in ways):
                found.add((word, name))
    assert found == set()
    assert {"xlsx", "pdf", "docx", "eml", "xml", "db", "zip"} <= seen


def test_properties_name_no_person_and_no_tool(out: Path) -> None:
    """Who made it, who saved it last, in which company: nobody."""
    said = set()
    for name, data in everything(out):
        if name.endswith(("docProps/core.xml", "docProps/app.xml")):
            tags = rb"<(?:\w+:)?(creator|lastModifiedBy|Company|Manager|HyperlinkBase|Template)[^>]*>([^<]+)<"
            said |= {(tag.decode(), text.decode(), name) for tag, text in re.findall(tags, data)}
        elif name.endswith(".pdf") and data.startswith(b"%PDF"):
            properties = pages.properties(data)
            said |= {(tag, properties[tag], name) for tag in ("Author", "Creator") if tag in properties}
    assert {text for _, text, _ in said} <= {"台账"}, said


def test_nothing_is_hidden_but_the_identity_of_a_sheet_sent_out(out: Path) -> None:
    hidden = []
    for name, data in everything(out):
        if not name.endswith(".xlsx"):
            continue
        book = openpyxl.load_workbook(io.BytesIO(data))
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                hidden.append(name)
                continue
            rows = [at for at, one in sheet.row_dimensions.items() if one.hidden]
            columns = [at for at, one in sheet.column_dimensions.items() if one.hidden]
            assert (rows, columns) == ([], []), name
        assert not book.defined_names or name.startswith(HAS_IDENTITY), name
    assert all(name.startswith(HAS_IDENTITY) for name in hidden)
    assert len(hidden) >= 2


def test_what_looks_like_a_formula_stays_a_text(out: Path) -> None:
    """A unit cannot make our tables run anything: its words are texts in every workbook and list."""
    texts = 0
    for name, data in everything(out):
        if re.search(r"xl/worksheets/[^/]+\.xml$", name):
            assert not re.search(rb"<f>[^<]*(HYPERLINK|cmd|SUM\(1)", data), name
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(data))
            cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
            for cell in cells:
                if isinstance(cell.value, str) and "127.0.0.1" in cell.value:
                    texts += 1
                    assert cell.data_type == "s", (name, cell.coordinate)
                    assert cell.hyperlink is None
    assert texts
