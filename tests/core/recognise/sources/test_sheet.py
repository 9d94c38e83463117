"""Workbooks: values as they show, merged areas, hidden sheets, sheets without end."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.recognise.sources import UnreadableError
from core.recognise.sources.sheet import text_of
from core.recognise.sources.sheet_formats import short_code
from tests.core.recognise.sources.documents import changed_package, read, table, texts


def plan(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet.append(["任务分解表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["序号", "任务", "时限", "指标"])
    sheet.append([1, "（一）培训", date(2024, 6, 1), 0.95])
    sheet.append([2, None, datetime(2024, 6, 30), 60])
    sheet.append([3, "（二）检查", "2024年6月", 45473])
    sheet.merge_cells("B3:B4")
    sheet["C3"].number_format = 'yyyy"年"m"月"'
    sheet["D3"].number_format = "0%"
    sheet["D4"].number_format = '0"学时"'
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不要读"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


EXPECTED = [
    ["任务分解表", None, None, None],
    ["序号", "任务", "时限", "指标"],
    ["1", "（一）培训", "2024年6月", "95%"],
    ["2", None, "2024-06-30", "60学时"],
    ["3", "（二）检查", "2024年6月", "45473"],
]


def test_values_as_they_show(tmp_path):
    source = read(plan(tmp_path / "a.xlsx"))

    assert texts(table(source)) == EXPECTED
    assert source.repairs == ("工作表“底稿”是隐藏的，没有读取。",)
    assert str(table(source).rows[2][2].place) == "工作表“任务” 第3行 第3列"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1.0, None, "1"), (1.5, None, "1.5"), (0.1 + 0.2, None, "0.3"), (True, None, "TRUE"), (None, None, ""),
        (datetime(2024, 6, 1, 9, 30), None, "2024-06-01 09:30"), (time(9, 30), None, "09:30"), (0.955, "%", "95.5%"),
        (7, "000", "007"), (date(2024, 1, 1), "y", "2024年"), (" 甲 \r\n乙", None, "甲 \n乙"),
    ],
)  # fmt: skip
def test_single_values(value, code, shown):
    assert text_of(value, code) == shown


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("General", ""), ("0.00", ""), ("0.0%", "%"), ("yyyy-mm-dd", ""), ('yyyy"年"m"月"', "ym"), ('yyyy"年"', "y"),
        ('0"次"', "次"), ('[$-804]yyyy"年"m"月"d"日"', ""), ("000", "000"), ("@", ""), ("h:mm", ""), ("#,##0;-#,##0", ""),
    ],
)  # fmt: skip
def test_number_formats_that_matter(code, short):
    assert short_code(code) == short


def test_a_million_blank_formatted_rows(tmp_path):
    """Rows and cells that only have a look take neither time nor memory."""
    plain = plan(tmp_path / "a.xlsx")
    with zipfile.ZipFile(plain) as package:
        data = package.read("xl/worksheets/sheet1.xml")
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(6, 150_000))
    changed = data.replace(b"</sheetData>", blank + b"</sheetData>")

    assert (
        texts(table(read(changed_package(plain, tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": changed}))))
        == EXPECTED
    )


def test_gaps_between_rows_shrink_to_one(tmp_path):
    book = Workbook()
    book.active["B2"], book.active["B40000"], book.active["C40001"] = "甲", "乙", "丙"
    book.save(tmp_path / "a.xlsx")

    block = table(read(tmp_path / "a.xlsx"))

    assert texts(block) == [["甲", ""], ["", ""], ["乙", ""], ["", "丙"]]
    assert str(block.rows[3][1].place) == "工作表“Sheet” 第40001行 第3列"


def test_cells_at_the_far_ends_are_refused(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "甲", "乙"
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableError, match="散布太广"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_cells_that_do_not_say_their_place_are_counted_by_their_row(tmp_path, quote):
    plain = plan(tmp_path / "a.xlsx")
    with zipfile.ZipFile(plain) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    number = quote + b"1048576" + quote
    far = b"<row r=" + number + b">" + b"<c><v>1</v></c>" * 16_384 + b"</row></sheetData>"
    changed = {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)}

    with pytest.raises(UnreadableError, match="散布太广"):
        read(changed_package(plain, tmp_path / "b.xlsx", changed))


def test_a_workbook_with_macros_is_only_read(tmp_path):
    plain = plan(tmp_path / "a.xlsx")

    assert texts(table(read(changed_package(plain, tmp_path / "b.xlsm", {"xl/vbaProject.bin": b"macro"})))) == EXPECTED


def test_an_empty_workbook_has_no_table(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx").blocks == ()


def ods(path: Path, rows: str, styles: str = "", style: str = "") -> Path:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {namespaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="任务" table:style-name="{style}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return path


def cell(text: str, kind: str = "table-cell", **more: object) -> str:
    """A cell; attributes as number_columns_spanned=2."""
    space = {"value_type": "office", "date_value": "office"}
    attributes = "".join(f' {space.get(key, "table")}:{key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f"<table:{kind}{attributes}>" + (f"<text:p>{text}</text:p>" if text else "") + f"</table:{kind}>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def test_opendocument_with_spans_dates_and_repeats(tmp_path):
    covered = cell("", "covered-table-cell")
    rows = (
        "<table:table-header-rows>" + row(cell("任务", number_columns_spanned=2), covered, cell("时限")),
        "</table:table-header-rows>",
        row(
            cell("甲", number_rows_spanned=2), cell("乙"), cell("2024年6月", value_type="date", date_value="2024-06-01")
        ),
        row(covered, cell("丙<text:s/>丁。"), cell("24-6-30", value_type="date", date_value="2024-06-30T00:00:00")),
        row(cell("", number_columns_repeated=16384), times=1_048_000),
    )

    assert texts(table(read(ods(tmp_path / "a.ods", "".join(rows))))) == [
        ["任务", None, "时限"], ["甲", "乙", "2024年6月"], [None, "丙 丁。", "2024-06-30"],
    ]  # fmt: skip


def test_a_hidden_opendocument_sheet(tmp_path):
    styles = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    source = read(ods(tmp_path / "a.ods", row(cell("甲")), styles, "ta1"))

    assert (source.blocks, source.repairs) == ((), ("工作表“任务”是隐藏的，没有读取。",))


def test_repeats_without_end_are_refused(tmp_path):
    rows = row(cell("甲", number_columns_repeated=16384), times=1_048_576)

    with pytest.raises(UnreadableError, match="内容过大"):
        read(ods(tmp_path / "a.ods", rows))


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_workbooks_that_libreoffice_writes(tmp_path, soffice, kind):
    plan(tmp_path / "a.xlsx")
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
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120)

    found = texts(table(read(tmp_path / f"a.{kind}")))

    assert found == (EXPECTED if kind == "ods" else [*EXPECTED[:2], ["1", "（一）培训", "2024-06-01", "0.95"],
                                                    ["2", None, "2024-06-30", "60"], EXPECTED[4]])  # fmt: skip
