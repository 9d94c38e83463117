"""Notes between title and table: on the first page of all three formats, and nowhere in a table without any."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from docx import Document

from core.model.plan import Plan
from core.publish.description import TableDocument
from core.publish.fonts import machine_fonts
from core.publish.layout import NOTE_PITCH
from core.publish.setting import lay_out
from core.publish.table import table_document
from core.publish.table_document import Format, write_document
from tests.core.publish.reading import bare, read_pdf

NOTES = ("方案：古县三年行动计划", "统计截止日期：2025年1月10日　　共38项措施")


@pytest.fixture(scope="module")
def noted(plan: Plan) -> TableDocument:
    """古县's table with two lines above it."""
    return replace(table_document(plan), notes=NOTES, sheet="清单")


def _bytes(document: TableDocument, fmt: Format) -> bytes:
    buffer = io.BytesIO()
    write_document(document, fmt, buffer)
    return buffer.getvalue()


def test_notes_stand_on_the_first_page_alone(noted: TableDocument) -> None:
    sheets = read_pdf(_bytes(noted, "pdf"))

    for note in NOTES:
        assert bare(note) in bare(sheets[0].text)
        assert all(bare(note) not in bare(sheet.text) for sheet in sheets[1:])


def test_notes_take_room_from_the_first_page(plan: Plan, noted: TableDocument) -> None:
    """Two lines and a little blank: nothing is drawn over the head of the table."""
    fonts = machine_fonts()
    with_notes, without = lay_out(noted, fonts), lay_out(table_document(plan), fonts)

    assert without.notes == ()
    assert with_notes.head_height - without.head_height == pytest.approx(with_notes.notes_height)
    assert with_notes.notes_height >= 2 * NOTE_PITCH


def test_a_long_note_is_broken_into_lines(noted: TableDocument) -> None:
    layout = lay_out(replace(noted, notes=("范围：" + "责任单位为财政局" * 20,)), machine_fonts())

    assert len(layout.notes) > 1
    assert bare("".join(layout.notes)) == "范围：" + "责任单位为财政局" * 20


def test_notes_stand_above_the_head_in_a_workbook(noted: TableDocument) -> None:
    """Between title and head; the head is still the row that is repeated."""
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes(noted, "xlsx"))).worksheets[0]
    first = [sheet.cell(row, 1).value for row in range(1, 8)]
    place = first.index(NOTES[0])

    assert sheet.title == "清单"
    assert first[place + 1] == NOTES[1]
    assert sheet.print_title_rows == f"${place + 3}:${place + 3}"


def test_notes_are_paragraphs_in_a_text_document(noted: TableDocument) -> None:
    document = Document(io.BytesIO(_bytes(noted, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]

    assert [note for note in NOTES if note in texts] == list(NOTES)
