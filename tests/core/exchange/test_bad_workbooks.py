"""Workbooks that are locked, broken or made to do harm: one sentence and what to do, bounded time and memory."""

from __future__ import annotations

import io
import random
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import KnownError
from core.exchange.read_workbook import read_book
from core.exchange.returned import KnownLedger
from core.job import Cancelled, Job
from tests.core.exchange.returns import errors, read
from tests.core.recognise.sources.test_bad_input import container
from tests.examples import examples

SHEET = "xl/worksheets/sheet1.xml"
MEMORY = 60 * 1024 * 1024


def changed(data: bytes, part: str, change: Callable[[bytes], bytes], **more: bytes) -> bytes:
    """The package with a part changed and parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == part else content)
        for name, content in more.items():
            target.writestr(name, content)
    return stream.getvalue()


def refused(data: bytes, known: KnownLedger, name: str = "财政局.xlsx") -> KnownError:
    with pytest.raises(KnownError) as caught:
        read(data, known, name)
    error = caught.value
    assert name in error.message
    assert error.message.endswith("。")
    assert error.hint
    return error


def test_a_password_in_either_format(known: KnownLedger) -> None:
    packed = container(("EncryptionInfo", b"x"), ("EncryptedPackage", b"y" * 5000))
    assert "设有密码" in refused(packed, known).message
    book = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x06\x00" + bytes(6) + b"\x0a\x00\x00\x00"
    assert "设有密码" in refused(container(("Workbook", book)), known).message


def test_a_locked_opendocument_sheet(known: KnownLedger) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", random.Random(1).randbytes(500))
        package.writestr("META-INF/manifest.xml", "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>")
    assert "设有密码" in refused(stream.getvalue(), known).message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"hello",
        "姓名,电话".encode(),
        b"%PDF-1.4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    ],
)
def test_what_is_no_workbook(data: bytes, known: KnownLedger) -> None:
    refused(data, known)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_cut_off(share: float, filled: bytes, known: KnownLedger) -> None:
    assert "损坏" in refused(filled[: int(len(filled) * share)], known).message


def test_a_document_type_is_not_followed(filled: bytes, known: KnownLedger) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for part in (SHEET, "xl/workbook.xml"):
        data = changed(filled, part, lambda content: entity + content.removeprefix(b"<?xml version='1.0'?>"))
        assert "实体" in refused(data, known).message


def test_macros_are_not_run(filled: bytes, known: KnownLedger) -> None:
    data = changed(filled, "", bytes, **{"xl/vbaProject.bin": container(("VBA", b"Sub Auto_Open()"))})
    assert read(data, known, "财政局.xlsm").rows == read(filled, known).rows


def test_cells_at_the_far_corners(filled: bytes, known: KnownLedger) -> None:
    """However the corner is written: with the place first, last, or told by the row alone."""
    for cell in (
        b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
        b'<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 16384 + b"</row>",
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ):
        data = changed(
            filled, SHEET, lambda content, cell=cell: content.replace(b"</sheetData>", cell + b"</sheetData>")
        )  # type: ignore[misc]
        tracemalloc.start()
        refused(data, known)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY


def test_a_million_blank_formatted_rows(filled: bytes, known: KnownLedger) -> None:
    blank = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>'
        % (at, at, at, at)
        for at in range(50, 1_000_050)
    )
    data = changed(filled, SHEET, lambda content: content.replace(b"</sheetData>", blank + b"</sheetData>"))
    tracemalloc.start()
    found = read(data, known)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.rows == read(filled, known).rows
    assert peak < MEMORY


def test_blank_rows_that_are_all_alike(filled: bytes, known: KnownLedger) -> None:
    """They pack hundreds to one, as a bomb does, and are read all the same."""
    blank = (b'<row s="1" customFormat="1">' + b'<c s="1"/>' * 11 + b"</row>") * 300_000
    data = changed(filled, SHEET, lambda content: content.replace(b"</sheetData>", blank + b"</sheetData>"))
    assert packed_to_one(data, SHEET) > 200
    tracemalloc.start()
    found = read(data, known)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.rows == read(filled, known).rows
    assert peak < MEMORY


def packed_to_one(data: bytes, part: str) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entry = package.getinfo(part)
        return entry.file_size // entry.compress_size


_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)


def opendocument(after: bytes) -> bytes:
    """A sheet of two rows with something ``after`` them."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{cell.format(word)}</table:table-row>" for word in ("措施编号", "1"))
    head = f'<office:document-content {_NAMES}><office:body><office:spreadsheet><table:table table:name="填报表">{rows}'
    tail = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", head.encode() + after + tail)
    return stream.getvalue()


@pytest.mark.parametrize("repeated", [True, False])
def test_blank_formatted_rows_of_an_opendocument_sheet(*, repeated: bool) -> None:
    """Written once with a number, or each by itself as some programs do."""
    cell = b'<table:table-cell table:style-name="ce1" table:number-columns-repeated="11"/></table:table-row>'
    once = b'<table:table-row table:style-name="ro1" table:number-rows-repeated="1048574">' + cell
    each = b'<table:table-row table:style-name="ro1">' + cell
    data = opendocument(once if repeated else each * 160_000)
    assert repeated or packed_to_one(data, "content.xml") > 200
    (page,) = read_book(data, "x.ods", Job()).pages
    assert page.rows == {1: {1: "措施编号"}, 2: {1: "1"}}


@pytest.mark.thorough
def test_what_is_neither_row_nor_blank_stays_refused(filled: bytes, known: KnownLedger) -> None:
    """Cells without number or rows, by the million, would take all memory."""
    cells = b"<row>" + b"<c><v>1</v></c>" * 4_200_000 + b"</row>"
    data = changed(filled, SHEET, lambda content: content.replace(b"</sheetData>", cells + b"</sheetData>"))
    assert "过大" in refused(data, known).message
    with pytest.raises(KnownError, match="过大"):
        read_book(opendocument(b"<text:p/>" * 2_000_000), "x.ods", Job())


def test_a_bomb(filled: bytes, known: KnownLedger) -> None:
    data = changed(filled, "", bytes, **{"xl/media/a.bin": bytes(200 * 1024 * 1024)})
    assert "过大" in refused(data, known).message


def test_a_long_blank_stretch_does_not_hide_what_comes_after(filled: bytes, known: KnownLedger) -> None:
    blank = b'<row r="900"><c r="A900" s="1"/></row>' * 60_000
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = changed(filled, SHEET, lambda content: content.replace(b"</sheetData>", blank + far + b"</sheetData>"))
    refused(data, known)


def test_cancelled(filled: bytes) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        read_book(filled, "x.xlsx", job)


def damaged_parts(data: bytes, seed: int) -> bytes:
    """Bytes of one part changed, the package sound."""
    dice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        part = dice.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))])

    def change(content: bytes) -> bytes:
        out = bytearray(content)
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(out))
            out[at : at + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        return bytes(out)

    return changed(data, part, change)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), is_whole=st.booleans())
def test_damaged_workbooks_are_read_or_refused(seed: int, is_whole: bool, filled: bytes, known: KnownLedger) -> None:
    dice = random.Random(seed)
    if is_whole:
        data = damaged_parts(filled, seed)
    else:
        raw: Any = bytearray(filled)
        for _ in range(4):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        data = bytes(raw)
    with suppress(KnownError):
        found = read(data, known)
        owed = {one.id for one in known.plans[0].obligations[found.identity.unit]} if found.identity.unit else set()
        assert {one.obligation_id for one in found.rows} <= owed


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_errors_and_formulas_are_seen_however_the_cells_are_written(
    prefix: bytes, filled: bytes, known: KnownLedger
) -> None:
    """Other programs write the place behind other attributes, with single quotes, or a prefix before every name."""
    cells = (
        b"<row r='6'><c s='1' t='e' r='H6'><f>1/0</f><v>#DIV/0!</v></c></row>",
        b'<row r="8"><c t="str" r="I8"><f>A1</f><v></v></c><c r="J8"><f>B1&amp;C1</f></c></row>',
    )

    def change(content: bytes) -> bytes:
        head, rest = content.split(b"<sheetData>")
        body, tail = rest.split(b"</sheetData>")
        for at, more in zip((b"6", b"8"), cells, strict=True):
            inner = more.split(b">", 1)[1].removesuffix(b"</row>")
            found = re.search(rb'<row r="' + at + rb'".*?</row>', body, re.DOTALL)
            assert found is not None
            row = re.sub(rb'<c r="[HIJ]' + at + rb'"[^>]*?(/>|>.*?</c>)', b"", found[0], flags=re.DOTALL)
            body = body.replace(found[0], row.replace(b"</row>", inner + b"</row>"))
        data = b"<sheetData>" + body + b"</sheetData>"
        if prefix:
            data = re.sub(rb"<(/?)(sheetData|row|c|v|f|is|t)(?=[\s/>])", rb"<\1" + prefix + rb"\2", data)
            head = head.replace(
                b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            )
        return head + data + tail

    found = read(changed(filled, SHEET, change), known)
    assert [(one.row, one.column, one.found) for one in errors(found)] == [(6, "H", "#DIV/0!"), (8, "J", "=B1&C1")]
