"""A unit's sheet as XLSX: only the cells to fill are unlocked, lists and identity lie on hidden sheets.

No password: the lock keeps hands off by mistake, and whoever needs to may take it away. Every text is a text;
no formula is made from data. WPS, Excel and LibreOffice open it without a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from core.exchange.unit_sheet import (
    CHOICE_SHEET,
    IDENTITY_SHEET,
    NAME_PREFIX,
    ROW_HEAD,
    SHEET_FORMAT,
    Field,
    SheetColumn,
    SheetRow,
    UnitSheet,
    text_mark,
)
from core.model.typed import writable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.dimensions import RowDimension
    from openpyxl.worksheet.worksheet import Worksheet

_MM_PER_CHARACTER = 1.95
"""Width of a digit of the standard style (Arial 10) in mm at 96 dpi, blanks counted in."""
_TITLE, _HEAD, _BODY = ("方正小标宋简体", 20.0), ("黑体", 11.0), ("仿宋_GB2312", 11.0)
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "'")
_FILL_IN = "FFF7FAFE"
_GREY = "FFEEF1F5"
_LEAST_LINES, _LINE, _PAD, _SIDE, _HIGHEST = 3, 1.36, 8.0, 1.8, 409.0
"""A row has room for three lines; line pitch in parts of the type, padding in pt, blank beside a text in mm."""
_WIDE_FROM, _NARROW = 0x2000, 0.55
MM_PER_PT = 25.4 / 72
_TABLE_NAME = re.compile(r"(重点|主要|工作|目标)*任务(分解|分工|责任)(表|清单)$")
_CENTRED = {Field.NO, Field.ROLE, Field.DEADLINE, Field.STATE, Field.DONE_ON, Field.PART}
_SHOWN_AS = {Field.DONE_ON: "yyyy-mm-dd", Field.EVIDENCE: "@"}
"""Number formats; as text, or 4-1 becomes the first of April as it is typed."""
_HINT = (
    "填表说明：只填浅色单元格。状态、时限项从下拉列表中选；完成日期写成 2024-12-31；不涉及的，在“工作进展”中写明理由。"
    "佐证材料请与本表一并报送，文件名以“佐证材料编号”开头（如“4-1 培训通知.pdf”）。请勿改动措施编号。"
)
_FOOT = ("填报人：", "审核人：", "单位负责人（签字盖章）：", "联系电话：", "填报日期：")
_FIRST_ROW_HEIGHT, _INFO_HEIGHT, _HINT_HEIGHT, _HEAD_HEIGHT, _FOOT_HEIGHT = 34.0, 20.0, 34.0, 26.0, 30.0


def workbook_of(sheet: UnitSheet) -> Workbook:
    """The whole workbook, ready to be saved. Its first sheet is the unit's."""
    from openpyxl import Workbook as New

    book = New()
    book.properties.creator = None
    book.properties.title = f"{sheet.unit} {sheet.period.title}填报表"
    _Writer(book, sheet).write()
    return book


def sheet_bytes(sheet: UnitSheet) -> bytes:
    """The workbook as it lies in a file."""
    from core.exchange.save_workbook import saved

    return saved(workbook_of(sheet))


class _Writer:
    """Fills one workbook; rows and columns count from 1."""

    def __init__(self, book: Workbook, sheet: UnitSheet) -> None:
        from openpyxl.cell.cell import Cell
        from openpyxl.utils import get_column_letter

        self.book = book
        self._new_cell = Cell
        self.content = sheet
        self.columns = sheet.columns
        self.letters = [get_column_letter(at) for at in range(1, len(self.columns) + 1)]
        self.page: Worksheet = book.worksheets[0]
        self.styles: dict[tuple[object, ...], StyleArray] = {}
        self.parts: dict[tuple[str, object], int] = {}
        self.first_row = 0
        self.last_row = 0

    def write(self) -> None:
        self.page.title = "填报表"
        for letter, column in zip(self.letters, self.columns, strict=True):
            self.page.column_dimensions[letter].width = round(column.width / _MM_PER_CHARACTER, 2)
        self._head()
        for at, row in enumerate(self.content.rows):
            self._row(self.first_row + at, row)
        self.last_row = self.first_row + len(self.content.rows) - 1
        self._foot(self.last_row + 2)
        self._lists()
        self._protect()
        self._page_setup()
        self._identity()

    # What is seen ------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        content = self.content
        asker = "，".join(part for part in (content.office, content.phone) if part)
        info = [
            f"填报单位：{content.unit}",
            f"报送期：{content.period.title}",
            f"截止日期：{content.cut_off.year}年{content.cut_off.month}月{content.cut_off.day}日",
            f"联系单位：{asker}" if asker else "",
        ]
        self._line(1, _title(content.plan_title), _TITLE, _FIRST_ROW_HEIGHT, centred=True)
        self._line(2, "　　".join(part for part in info if part), _BODY, _INFO_HEIGHT)
        self._line(3, _HINT, (_BODY[0], 10.0), _HINT_HEIGHT)
        for at, column in enumerate(self.columns, 1):
            self._put(4, at, column.title, self._style(_HEAD, centred=True, ground=_GREY))
        self.page.row_dimensions[4].height = _HEAD_HEIGHT
        self.first_row = 5

    def _line(self, row: int, text: str, font: tuple[str, float], height: float, *, centred: bool = False) -> None:
        self._put(row, 1, text, self._style(font, centred=centred, bordered=False))
        self._merge(row, 1, len(self.columns))
        self.page.row_dimensions[row].height = height

    def _row(self, at: int, row: SheetRow) -> None:
        lines = _LEAST_LINES
        for place, column in enumerate(self.columns, 1):
            is_open = column.is_filled and not (column.field is Field.PART and not row.parts)
            is_open = is_open and not (column.field is Field.REACHED and not row.targets)
            value = _value(row, column)
            self._put(at, place, value, self._body_style(column, is_open=is_open))
            if value is not None and value != "":
                lines = max(lines, _lines(value, column.width))
        self._grow(at, lines)

    def _body_style(self, column: SheetColumn, *, is_open: bool) -> StyleArray:
        key = column.field, is_open
        if key not in self.styles:
            self.styles[key] = self._style(
                _BODY,
                centred=column.field in _CENTRED,
                is_open=is_open,
                shown_as=_SHOWN_AS.get(column.field, ""),
                ground=_FILL_IN if is_open else None,
            )
        return self.styles[key]

    def _grow(self, at: int, lines: int) -> None:
        """As high as its longest text, with room to write; not fixed, so that it grows as the unit writes."""
        height = lines * _BODY[1] * _LINE + _PAD
        self.page.row_dimensions[at] = _growing_row(self.page, at, height)

    def _foot(self, at: int) -> None:
        """What is signed: shared out over the width, each in a cell that can be written on."""
        width = sum(column.width for column in self.columns)
        edges = [0.0, *accumulate(column.width for column in self.columns)]
        style = self._style(_BODY, bordered=False, is_open=True)
        first = 1
        for number, label in enumerate(_FOOT, 1):
            wanted = width * number / len(_FOOT)
            last = max(first, min(range(1, len(edges)), key=lambda place: abs(edges[place] - wanted)))
            last = len(self.columns) if number == len(_FOOT) else min(last, len(self.columns) - len(_FOOT) + number)
            self._put(at, first, label, style)
            if last > first:
                self._merge(at, first, last)
            first = last + 1
        self.page.row_dimensions[at].height = _FOOT_HEIGHT
        self.last_printed = at

    def _merge(self, row: int, first: int, last: int) -> None:
        """Several cells of a row as one; they have no borders to be drawn around, which openpyxl would look for long."""
        self.page.merged_cells.add(f"{self.letters[first - 1]}{row}:{self.letters[last - 1]}{row}")

    def _put(self, row: int, column: int, value: object, style: StyleArray) -> None:
        words = cast("Any", writable(value) or None if isinstance(value, str) else value)
        cell = cast("Any", self._new_cell(self.page, row, column, words))
        cell._style = style  # noqa: SLF001 - setting fonts cell by cell costs more than all else
        cast("Any", self.page)._add_cell(cell)  # noqa: SLF001 - what `page.cell` does, without looking for it first
        if isinstance(value, str) and value.startswith(_LOOKS_LIKE_FORMULA):
            cell.data_type = "s"
            cell.quotePrefix = True

    def _style(
        self,
        font: tuple[str, float],
        *,
        centred: bool = False,
        bordered: bool = True,
        is_open: bool = False,
        shown_as: str = "",
        ground: str | None = None,
    ) -> StyleArray:
        key = (font, centred, bordered, is_open, shown_as, ground)
        if key not in self.styles:
            from openpyxl.cell.cell import Cell
            from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
            from openpyxl.styles.cell_style import StyleArray as New

            made = cast("Any", Cell(self.page, row=1, column=1, style_array=New()))
            self._set(made, "font", font, lambda: Font(name=font[0], size=font[1]))
            across = "center" if centred else "left"
            self._set(
                made, "alignment", across, lambda: Alignment(horizontal=across, vertical="center", wrap_text=True)
            )
            if bordered:
                side = Side(style="thin")
                self._set(made, "border", "thin", lambda: Border(left=side, right=side, top=side, bottom=side))
            if ground:
                self._set(made, "fill", ground, lambda: PatternFill("solid", start_color=ground))
            if shown_as:
                made.number_format = shown_as
            if is_open:
                self._set(made, "protection", "open", lambda: Protection(locked=False))
            self.styles[key] = made._style  # noqa: SLF001 - the only handle openpyxl has
        return self.styles[key]

    def _set(self, cell: Any, name: str, key: object, make: Callable[[], object]) -> None:  # noqa: ANN401
        """One part of a cell's style; what was made before is named by its number: to compare fonts takes openpyxl long."""
        number = f"{name}Id"
        if (name, key) in self.parts:
            setattr(cell._style, number, self.parts[name, key])  # noqa: SLF001
        else:
            setattr(cell, name, make())
            self.parts[name, key] = getattr(cell._style, number)  # noqa: SLF001

    # Lists, lock, paper ------------------------------------------------------------------------------------------

    def _lists(self) -> None:
        """One column of choices for each set of states and of parts; a validation for the rows that have it."""
        choices: dict[tuple[Field, tuple[str, ...]], list[int]] = {}
        for at, row in enumerate(self.content.rows, self.first_row):
            choices.setdefault((Field.STATE, tuple(state.value for state in row.states)), []).append(at)
            if row.parts:
                choices.setdefault((Field.PART, row.parts), []).append(at)
        page = self.book.create_sheet(CHOICE_SHEET)
        page.sheet_state = "hidden"
        for column, ((field, words), rows) in enumerate(choices.items(), 1):
            for at, word in enumerate(words, 1):
                cell = page.cell(at, column, word)
                cell.data_type = "s"
            self._validate(page, column, field, len(words), rows)
        self._validate_dates()

    def _validate(self, page: Worksheet, column: int, field: Field, count: int, rows: Sequence[int]) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        letter = get_column_letter(column)
        check = DataValidation(
            type="list",
            formula1=f"'{page.title}'!${letter}$1:${letter}${count}",
            allow_blank=True,
            showErrorMessage=True,
        )
        check.errorTitle, check.error = "请从列表中选", "请点单元格右边的箭头，从列表中选一项。"
        self._apply(check, field, rows)

    def _validate_dates(self) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        check = DataValidation(
            type="date",
            operator="between",
            formula1="36526",  # 2000-01-01
            formula2="73050",  # 2099-12-31
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
        )
        check.errorTitle, check.error = "完成日期", "请写成 2024-12-31 这样的日期。"
        self._apply(check, Field.DONE_ON, range(self.first_row, self.last_row + 1))

    def _apply(self, check: Any, field: Field, rows: Sequence[int]) -> None:  # noqa: ANN401 - openpyxl is untyped here
        letter = next(
            letter for letter, column in zip(self.letters, self.columns, strict=True) if column.field is field
        )
        for first, last in _stretches(rows):
            check.add(f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}")
        if rows:
            self.page.add_data_validation(check)

    def _protect(self) -> None:
        lock = self.page.protection
        lock.sheet = True
        lock.formatColumns = lock.formatRows = lock.formatCells = False  # False: allowed
        lock.autoFilter = lock.sort = False

    def _page_setup(self) -> None:
        from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
        from openpyxl.worksheet.page import PageMargins
        from openpyxl.worksheet.properties import PageSetupProperties

        page = self.page
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.page_margins = PageMargins(left=0.5, right=0.5, top=0.7, bottom=0.7, header=0.3, footer=0.35)
        page.print_options.horizontalCentered = True
        page.print_title_rows = "4:4"
        page.print_area = f"A1:{self.letters[-1]}{self.last_printed}"
        page.freeze_panes = f"C{self.first_row}"
        page.HeaderFooter = HeaderFooter(
            oddFooter=HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
        )

    # Who it belongs to -------------------------------------------------------------------------------------------

    def _identity(self) -> None:
        from openpyxl.workbook.defined_name import DefinedName

        content = self.content
        page = self.book.create_sheet(IDENTITY_SHEET)
        page.sheet_state = "hidden"
        known = {
            "format": SHEET_FORMAT,
            "file": content.file_id,
            "plan": content.plan_key,
            "plan_title": content.plan_title,
            "period": content.period.key,
            "period_title": content.period.title,
            "unit": content.unit,
            "version": str(content.version),
            "check": content.check,
        }
        for key, word in known.items():
            page.append([key, None])
            cell = page.cell(page.max_row, 2)
            cell.value, cell.data_type = word, "s"
            if '"' not in word:
                self.book.defined_names.add(DefinedName(f"{NAME_PREFIX}{key}", attr_text=f'"{word}"'))
        page.append([])
        page.append(list(ROW_HEAD))
        for at, row in enumerate(content.rows, self.first_row):
            page.append([at, row.number, row.obligation_id, row.part, text_mark(row.text)])


def _value(row: SheetRow, column: SheetColumn) -> object:
    """What stands in a cell."""
    match column.field:
        case Field.NO:
            return row.number
        case Field.TEXT:
            return f"{row.label}{row.text}"
        case Field.ROLE:
            return row.role.title
        case Field.TARGETS:
            return _numbered(row.targets)
        case Field.STATE:
            return row.state.value if row.state else None
        case _:
            return getattr(row, column.field.value)


@lru_cache(maxsize=4096)
def _lines(value: object, width: float) -> int:
    """How many lines a text takes in a column of so many mm; a Chinese character is as wide as it is high."""
    room = max((width - 2 * _SIDE) / MM_PER_PT / _BODY[1], 1.0)
    text = str(value or "")
    return sum(ceil(max(_ems(line), 0.5) / room) for line in text.split("\n"))


def _ems(line: str) -> float:
    wide = sum(map(_WIDE_FROM.__le__, map(ord, line)))
    return wide + _NARROW * (len(line) - wide)


def _growing_row(page: Worksheet, at: int, height: float) -> RowDimension:
    """A row with a height that is not the user's own: programs set it anew when the text grows."""
    return _growing_row_class()(page, index=at, ht=min(height, _HIGHEST))


@cache
def _growing_row_class() -> type[RowDimension]:
    """Made once, when openpyxl is first needed."""
    from openpyxl.worksheet.dimensions import RowDimension as Dimension

    class GrowingRow(Dimension):
        customHeight = False  # noqa: N815 - openpyxl's name

        def __iter__(self) -> Iterator[tuple[str, str]]:
            """What is written of it: the height alone."""
            yield "ht", f"{self.ht:.16g}"

    return GrowingRow


def _title(plan_title: str) -> str:
    """The plan's name without the name of its table."""
    return f"{_TABLE_NAME.sub('', plan_title)}填报表"


def _numbered(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{at}. {text}" for at, text in enumerate(texts, 1))


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as first and last of each stretch."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
