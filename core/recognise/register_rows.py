"""A sheet of units in whatever shape → its rows with what stands under each heading. Nothing is understood yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.recognise.blocks import Cell, Source, Table


class Field(StrEnum):
    """What a column of the register holds; the value is its heading in our own sheets."""

    NAME = "单位"
    FULL_NAME = "全称"
    ALIASES = "简称和别名"
    KIND = "类别"
    CONTACT = "联络员"
    PHONE = "电话"
    MAIL = "邮箱"
    GROUPS = "属于"
    NOTE = "备注（例外）"
    NUMBER = "序号"
    GROUP = "单位集合"
    MEMBERS = "成员"
    EXCEPTIONS = "例外"
    INCOMPLETE = "待补全"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in one place; ``column`` as the program shows it (C, or 3 where columns have no letters)."""

    text: str
    column: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row under the headings: columns that mean the same are put together.

    ``heading``: the text that fills the whole row instead (一、县直部门).
    """

    sheet: str
    row: int
    found: Mapping[Field, tuple[Found, ...]]
    heading: str = ""

    def text(self, field: Field, between: str = "、") -> str:
        """All that stands under a heading."""
        return between.join(found.text for found in self.found.get(field, ()) if found.text)

    def column(self, field: Field) -> str:
        """The column of a heading, the one with text if there are several; empty without one."""
        columns = self.found.get(field, ())
        return next((found.column for found in columns if found.text), columns[0].column if columns else "")


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The rows of one table. ``is_groups``: of collectives. ``left_out`` are headings that are not known."""

    sheet: str
    is_groups: bool
    rows: tuple[SheetRow, ...]
    left_out: tuple[str, ...]


_HEAD_ROWS = 30
"""Headings stand within so many rows from the top."""
_LONGEST = 14
"""A heading is not longer, in letters."""
_TITLES = ("通讯录", "名单", "名册", "一览表", "登记表", "汇总表", "统计表")
"""What a title ends with, no heading."""
_EXACT = {
    "单位集合": Field.GROUP,
    "集合": Field.GROUP,
    "集合名称": Field.GROUP,
    "待补全": Field.INCOMPLETE,
    "例外": Field.EXCEPTIONS,
    "例外单位": Field.EXCEPTIONS,
    "成员": Field.MEMBERS,
    "单位性质": Field.KIND,
    "姓名": Field.CONTACT,
    "tel": Field.PHONE,
    "座机": Field.PHONE,
    "序号": Field.NUMBER,
    "编号": Field.NUMBER,
    "no": Field.NUMBER,
    "序": Field.NUMBER,
}
_HOLDING = (
    (re.compile(r"邮箱|邮件|mail"), Field.MAIL),
    (re.compile(r"电话|手机|联系方式|号码|phone"), Field.PHONE),
    (re.compile(r"联络|联系人|经办人|对接人"), Field.CONTACT),
    (re.compile(r"全称|全名|规范名称"), Field.FULL_NAME),
    (re.compile(r"简称|别名|曾用名|又名|其他名称|其它名称"), Field.ALIASES),
    (re.compile(r"类别|类型|分类"), Field.KIND),
    (re.compile(r"属于|所属集合"), Field.GROUPS),
    (re.compile(r"备注|说明"), Field.NOTE),
    (re.compile(r"^(?:\w{0,4}单位|\w{0,2}部门|名称|机构|\w{0,2}乡镇|\w{0,4}单位名称|部门名称|机构名称|单位部门|部门单位)$"), Field.NAME),
)  # fmt: skip
_BESIDE = {Field.NUMBER, Field.NOTE}
"""Columns that many tables have."""
_BRACKETED = re.compile(r"[(（\[〔【].*?[)）\]〕】]")
_BETWEEN = re.compile(r"[\s:：*＊、,，/\\.。·]+")


def read_tables(source: Source) -> Iterator[RegisterTable]:
    """The tables of a source that have the headings of a register."""
    for block in source.blocks:
        if isinstance(block, Table):
            table = _register_table(block)
            if table is not None:
                yield table


def field_of(heading: str) -> Field | None:
    """What a heading means: 联系电话（手机） is the telephone; None for one that is not known."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    for text in (plain, _BRACKETED.sub("", plain)):
        short = _BETWEEN.sub("", text).strip("()[]")
        if not short or len(short) > _LONGEST or short.endswith(_TITLES):
            continue
        if short in _EXACT:
            return _EXACT[short]
        for pattern, field in _HOLDING:
            if pattern.search(short):
                return field
    return None


def _register_table(table: Table) -> RegisterTable | None:
    cover = _covering(table)
    head = _find_head(cover)
    if head is None:
        return None
    first, last = head
    texts = _headings(cover, first, last)
    fields = [field_of(text) for text in texts]
    is_groups = Field.GROUP in fields and Field.MEMBERS in fields
    if not is_groups:
        fields = [_of_units(field) for field in fields]
    if Field.NAME not in fields and not is_groups:
        called = Field.FULL_NAME if Field.FULL_NAME in fields else Field.ALIASES
        fields = [Field.NAME if field is called else field for field in fields]
    sheet = table.place.sheet or f"表{table.place.table or 1}"
    rows = tuple(_rows(cover, _row_numbers(table), last + 1, sheet, fields))
    left_out = (text for text, field in zip(texts, fields, strict=True) if text and field is None)
    return RegisterTable(sheet, is_groups, rows, tuple(dict.fromkeys(left_out)))


def _of_units(field: Field | None) -> Field | None:
    """In a list of units a collective is what they belong to, and a member is a unit."""
    return {Field.GROUP: Field.GROUPS, Field.MEMBERS: Field.NAME, Field.EXCEPTIONS: Field.NOTE}.get(
        field or Field.NUMBER, field
    )


def _covering(table: Table) -> list[list[Cell]]:
    """For each place the cell that covers it: the text of a merged cell holds for all of it."""
    height, width = len(table.rows), len(table.rows[0]) if table.rows else 0
    empty = Cell("", table.place)
    cover = [[empty] * width for _ in range(height)]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            for below in range(r, min(r + cell.row_span, height)):
                for right in range(c, min(c + cell.column_span, width)):
                    cover[below][right] = cell
    return cover


def _row_numbers(table: Table) -> list[int]:
    """The rows as the source counts them; one that merged cells cover wholly is the next after the one before."""
    numbers: list[int] = []
    for at, row in enumerate(table.rows):
        own = next((cell.place.row for cell in row if cell is not None and cell.place.row), None)
        numbers.append(own or (numbers[-1] + 1 if numbers else at + 1))
    return numbers


def _find_head(cover: list[list[Cell]]) -> tuple[int, int] | None:
    """First and last row of the headings: the row near the top with most of them, and a second one under it."""
    best, found = 0, None
    for at, row in enumerate(cover[:_HEAD_ROWS]):
        fields = _known(row)
        has_name = fields & {Field.NAME, Field.FULL_NAME, Field.ALIASES, Field.GROUP, Field.MEMBERS}
        if has_name and len(fields) > best and (len(fields - _BESIDE) > 1 or _is_list_of_names(row)):
            best, found = len(fields), at
    if found is None:
        return None
    return found, found + 1 if _is_second(cover, found) else found


def _known(row: list[Cell]) -> set[Field]:
    return {field for cell in row if (field := field_of(cell.text)) is not None}


def _is_list_of_names(row: list[Cell]) -> bool:
    """Whether the row holds nothing but 单位, with 序号 and 备注 beside it: a bare list of names.

    A 重点任务分解表 has 责任单位 too, but beside what is to be done.
    """
    return all(field_of(cell.text) is not None for cell in row if cell.text.strip())


def _is_second(cover: list[list[Cell]], at: int) -> bool:
    """Whether the next row parts headings of this one: 联络员 over 姓名 and 电话."""
    if at + 1 >= len(cover):
        return False
    own = [cell for cell, above in zip(cover[at + 1], cover[at], strict=True) if cell is not above and cell.text]
    spread = any(cell.column_span > 1 for cell in cover[at] if field_of(cell.text) is not None)
    reaches = any(cell is above and cell.text for cell, above in zip(cover[at + 1], cover[at], strict=True))
    return bool(own) and (spread or reaches) and all(field_of(cell.text) is not None for cell in own)


def _headings(cover: list[list[Cell]], first: int, last: int) -> list[str]:
    return [(low.text or high.text).strip() for high, low in zip(cover[first], cover[last], strict=True)]


def _rows(
    cover: list[list[Cell]], numbers: list[int], start: int, sheet: str, fields: list[Field | None]
) -> Iterator[SheetRow]:
    for number, row in zip(numbers[start:], cover[start:], strict=True):
        texts = {cell.text for cell in row if cell.text.strip()}
        if not texts or _is_head_again(row, fields):
            continue
        found: dict[Field, list[Found]] = {}
        for at, (cell, field) in enumerate(zip(row, fields, strict=True)):
            # a cell that is merged over several columns says its text once
            if field is not None and (at == 0 or row[at - 1] is not cell or fields[at - 1] is not field):
                found.setdefault(field, []).append(Found(cell.text.strip(), _column(cell, at)))
        row_found = {field: tuple(places) for field, places in found.items()}
        yield SheetRow(sheet, number, row_found, heading=_over_all(row, fields))


def _over_all(row: list[Cell], fields: list[Field | None]) -> str:
    """The text of the only cell of a row, where it is merged over columns that mean different things."""
    filled = {id(cell): cell for cell in row if cell.text.strip()}
    if len(filled) != 1:
        return ""
    (cell,) = filled.values()
    under = {field for other, field in zip(row, fields, strict=True) if other is cell and field is not None}
    return cell.text.strip() if len(under) > 1 else ""


def _is_head_again(row: list[Cell], fields: list[Field | None]) -> bool:
    """Whether the headings stand here once more, as at the head of a printed page."""
    here = [field_of(cell.text) for cell in row]
    same = sum(field is not None and field is known for field, known in zip(here, fields, strict=True))
    return same > 1 and same == sum(bool(cell.text.strip()) for cell in row)


def _column(cell: Cell, at: int) -> str:
    """The letter of a column in a sheet, else its number."""
    if cell.place.sheet is None:
        return str(cell.place.column or at + 1)
    number, letters = cell.place.column or at + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
