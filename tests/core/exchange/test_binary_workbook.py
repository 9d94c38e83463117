"""A return saved as .xlsb: the packed binary format, written here by hand because no free program writes it."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import openpyxl
import pytest

from core.errors import KnownError
from core.exchange.returned import KnownLedger
from core.exchange.unit_sheet import CHOICE_SHEET
from core.recognise.sources.sheet_formats import binary_cells
from tests.core.exchange.returns import errors, read, row

DIV0 = b"\x07"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: kind and size in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, out = len(body), b""
    while True:
        out += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + out + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def cell(column: int, value: Any) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, bytes):
        return record(3, place + value)
    if isinstance(value, int | float):
        return record(5, place + struct.pack("<d", value))
    return record(6, place + wide(str(value)))


def sheet_of(rows: dict[int, dict[int, Any]]) -> bytes:
    """Rows and columns from 0."""
    last, widest = max(rows), max(max(cells) for cells in rows.values())
    body = b"".join(
        record(0, struct.pack("<II", at, 0) + bytes(9))
        + b"".join(cell(column, cells[column]) for column in sorted(cells))
        for at, cells in sorted(rows.items())
    )
    return (
        record(129)
        + record(148, struct.pack("<IIII", 0, last, 0, widest))
        + record(145)
        + body
        + record(146)
        + record(130)
    )


def binary(pages: list[tuple[str, bool, dict[int, dict[int, Any]]]]) -> bytes:
    """A workbook of pages: name, whether hidden, cells."""
    book = record(131) + record(143)
    relations = ""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for at, (name, is_hidden, rows) in enumerate(pages, 1):
            book += record(156, struct.pack("<II", int(is_hidden), at) + wide(f"rId{at}") + wide(name))
            relations += f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.bin"/>'
            package.writestr(f"xl/worksheets/sheet{at}.bin", sheet_of(rows))
        package.writestr("xl/workbook.bin", book + record(144) + record(132))
        package.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
        )
        package.writestr("[Content_Types].xml", "<Types/>")
    return stream.getvalue()


def pages_of(data: bytes) -> list[tuple[str, bool, dict[int, dict[int, Any]]]]:
    """What openpyxl sees, a date as the number behind it."""
    from openpyxl.utils.datetime import to_excel

    out = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        rows: dict[int, dict[int, Any]] = {}
        for cells in sheet.iter_rows():
            for each in cells:
                if each.value is not None:
                    value = to_excel(each.value) if each.is_date else each.value
                    rows.setdefault(each.row - 1, {})[each.column - 1] = value
        out.append((sheet.title, sheet.sheet_state != "visible", rows))
    return out


def test_a_binary_workbook_is_read_the_same(filled: bytes, known: KnownLedger) -> None:
    found, plain = read(binary(pages_of(filled)), known), read(filled, known)
    assert found.identity == plain.identity
    assert found.rows == plain.rows
    assert found.problems == ()


def test_an_error_in_it_is_a_problem(filled: bytes, known: KnownLedger) -> None:
    pages = pages_of(filled)
    pages[0][2][row(read(filled, known), 2).row - 1][7] = DIV0
    (one,) = errors(read(binary(pages), known))
    assert (one.column, one.found) == ("H", "#DIV/0!")


def test_cells_at_its_far_corners_are_refused(filled: bytes, known: KnownLedger) -> None:
    pages = pages_of(filled)
    pages[0][2][1_048_575] = {16_383: "x"}
    with pytest.raises(KnownError, match="过大"):
        read(binary(pages), known)


def test_its_lists_need_not_be_there(filled: bytes, known: KnownLedger) -> None:
    pages = [page for page in pages_of(filled) if page[0] != CHOICE_SHEET]
    assert read(binary(pages), known).rows == read(filled, known).rows


def head(at: int, spans: int) -> bytes:
    """Head of a row as Excel writes it, with so many stretches of columns."""
    return record(0, struct.pack("<II", at, 0) + bytes(5) + struct.pack("<I", spans) + bytes(8 * spans))


def test_blank_formatted_rows_to_the_last_one_are_passed_over(filled: bytes, known: KnownLedger) -> None:
    """A hundred thousand of them, before, between and behind what was filled in."""
    pages = pages_of(filled)
    blank = b"".join(record(1, struct.pack("<II", column, 3)) for column in range(3))
    rows = sheet_of(pages[0][2])
    end = rows.rindex(record(146))
    data = rows[:end] + b"".join(head(at, at % 4) + blank for at in range(900_000, 1_000_000)) + rows[end:]
    for at in pages[0][2]:
        data = data.replace(record(0, struct.pack("<II", at, 0) + bytes(9)), head(at, 2) + blank, 1)
    source, changed = io.BytesIO(binary(pages)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name.endswith("sheet1.bin") else old.read(name))
    assert read(changed.getvalue(), known).rows == read(filled, known).rows


def test_a_cell_behind_blank_rows_keeps_its_row() -> None:
    blank = b"".join(record(1, struct.pack("<II", column, 3)) for column in range(5))
    data = b"".join(head(at, at % 6) + blank for at in range(10, 90)) + cell(7, b"\x07") + head(90, 1) + cell(2, "x")
    assert [found[:3] for found in binary_cells(data)] == [(3, 89, 7), (6, 90, 2)]
