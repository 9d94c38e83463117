"""回收: one workbook as it came back, understood row by row. Nothing is asked of the ledger but what is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.exchange.corrections import Fixes, corrected
from core.exchange.foot import foot_of, is_foot
from core.exchange.header import Header, headers, is_of_its_own, title_of
from core.exchange.identity import Told, told_by
from core.exchange.known_names import key_period
from core.exchange.read_workbook import Book, Page, letter, read_book, shown
from core.exchange.returned import (
    Identity,
    KnownLedger,
    ReturnedSheet,
    SheetProblem,
)
from core.exchange.returned_rows import RowsReading
from core.exchange.row_values import FILLED
from core.exchange.unit_sheet import CHOICE_SHEET, IDENTITY_SHEET, Field
from core.job import Job
from core.model.plan import Severity
from core.recognise.sources.errors import UnreadableError

_IMPORTANT = (Field.STATE, Field.DONE_ON, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS)
_OWN_PAGES = (IDENTITY_SHEET, CHOICE_SHEET)
_SHOWN_TEXT = 60


def read_returned(
    data: bytes,
    name: str,
    known: KnownLedger,
    job: Job,
    *,
    decided: Identity | None = None,
    fixes: Fixes | None = None,
) -> ReturnedSheet:
    """Read a returned workbook.

    Where it cannot be told whose it is, or it says two things at once, the identity has gaps, there is a problem
    that says why, and no row is read; ``decided`` is what a person made of it then. ``fixes`` are cells that a person
    read in the program's place.

    Raises UnreadableError for what is locked, damaged or no sheet of ours, and for the sheet of another ledger file;
    Cancelled.
    """
    book = read_book(data, name, job, (CHOICE_SHEET,))
    page, found = _page(book, name)
    if fixes:
        raw, page = page, corrected(page, fixes)
        book = replace(book, pages=tuple(page if one is raw else one for one in book.pages))
    told = told_by(book, page, found[0].row - 1, name, known)
    if decided is not None:
        told = _decided(told, decided, known)
    problems = [*told.problems, *_other_pages(book, page), *(p for header in found for p in header.problems)]
    foot = foot_of([cells for row, cells in sorted(page.rows.items()) if row > found[0].last_row and is_foot(cells)])
    sheet = ReturnedSheet(name, page.name, told.identity, (), frozenset(), (), foot)
    if told.plan is None or told.period is None or told.unit is None:
        return replace(sheet, problems=tuple(problems))
    problems += _version(told, known)
    problems += _columns(page, found)
    reading = RowsReading(page, found, told.plan, told.unit, told.period, told)
    reading.run(job)
    problems += reading.problems
    if not reading.rows and not any(problem.severity is Severity.ERROR for problem in reading.problems):
        problems.append(SheetProblem(Severity.WARNING, "表中没有填写任何内容"))
    return replace(sheet, rows=tuple(reading.rows), seen=frozenset(reading.seen), problems=_in_order(problems))


def _in_order(problems: Sequence[SheetProblem]) -> tuple[SheetProblem, ...]:
    """Those of the sheet as a whole first, then by row and column; each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda one: (one.row or 0, len(one.column or ""), one.column or "")))


# Which page, whose sheet -------------------------------------------------------------------------------------------


def _page(book: Book, name: str) -> tuple[Page, list[Header]]:
    """The page with the unit's table: a visible one before a hidden one, the fullest, the first of equals."""
    all_found = [(page, headers(page)) for page in book.pages if page.name not in _OWN_PAGES and page.rows]
    possible = [(page, found) for page, found in all_found if found]
    if not possible:
        raise UnreadableError(
            f"“{name}”中没有找到填报表的表头（措施编号、具体措施、状态、工作进展等）。",
            hint="请核对是不是下发的填报表；表头被删去的，请该单位在下发的表上重新填报。",
            where=name,
        )
    if len(possible) == 1:
        return possible[0]
    return max(possible, key=lambda one: (one[0].is_visible, _filled(one[0], one[1][0]), len(one[1][0].columns)))


def _filled(page: Page, header: Header) -> int:
    """How many rows have something in a column to fill, and a measure beside it."""
    columns = [header.columns[one] for one in FILLED if one in header.columns]
    return sum(
        any(column in cells for column in columns)
        for row, cells in page.rows.items()
        if row > header.last_row and not is_foot(cells)
    )


def _other_pages(book: Book, page: Page) -> list[SheetProblem]:
    """What else has content is said, and what looks like a second table is warned of."""
    found = []
    if not page.is_visible:
        found.append(SheetProblem(Severity.INFO, f"工作表“{page.name}”是隐藏的，照样读取", found=page.name))
    for other in book.pages:
        if other is page or other.name in _OWN_PAGES or not other.rows:
            continue
        other_headers = headers(other)
        if other_headers and _filled(other, other_headers[0]):
            what = f"读取的是工作表“{page.name}”；工作表“{other.name}”也填有内容，没有读取，请核对"
            found.append(SheetProblem(Severity.WARNING, what, found=other.name))
        elif other.is_visible:
            what = f"读取的是工作表“{page.name}”，工作表“{other.name}”没有读取"
            found.append(SheetProblem(Severity.INFO, what, found=other.name))
    return found


def _decided(told: Told, decided: Identity, known: KnownLedger) -> Told:
    """What a person decided goes before what was found; what is settled by it is no problem any more."""
    plan = next((plan for plan in known.plans if plan.key == decided.plan_key), None) or told.plan
    period = key_period(decided.period_key, known.periods) if decided.period_key else told.period
    unit = decided.unit or told.unit
    is_whole = plan is not None and period is not None and unit is not None
    problems = tuple(
        replace(problem, severity=Severity.INFO) if is_whole and problem.severity is Severity.ERROR else problem
        for problem in told.problems
    )
    is_same = (plan, unit) == (told.plan, told.unit)
    return replace(
        told,
        plan=plan,
        period=period,
        unit=unit,
        problems=problems,
        sent=told.sent if is_same or told.unit is None else (),
    )


def _version(told: Told, known: KnownLedger) -> list[SheetProblem]:
    if told.version is None or told.plan is None or told.period is None or told.unit is None:
        return []
    newest = known.versions.get((told.plan.key, told.period.key, told.unit))
    if newest is None or told.version >= newest:
        return []
    what = f"这是第 {told.version} 版填报表，最近下发的是第 {newest} 版，请核对有没有缺项"
    return [SheetProblem(Severity.WARNING, what, found=f"第 {told.version} 版")]


def _columns(page: Page, found: Sequence[Header]) -> list[SheetProblem]:
    """Columns to fill that are gone, and columns of the unit's own that hold something.

    Where both are found the one may stand in the other: then the sheet was not read whole.
    """
    header = found[0]
    extra = _unread(page, header)
    is_lost = any(not is_of_its_own(header.others.get(column, "")) for column in extra)
    problems = [
        SheetProblem(Severity.ERROR if is_lost else Severity.WARNING, f"没有找到“{title_of(one)}”一列", header.last_row)
        for one in _IMPORTANT
        if one not in header.columns
    ]
    for one, other in ((Field.TEXT, "措施编号"), (Field.NO, "措施文字")):
        if one not in header.columns:
            what = f"没有找到“{title_of(one)}”一列，只能按{other}认"
            problems.append(SheetProblem(Severity.WARNING, what, header.last_row))
    for column, text in sorted(extra.items()):
        title = header.others.get(column, "")
        what = f"多出的列“{title}”没有读取" if title else "多出的一列没有读取"
        problems.append(SheetProblem(Severity.INFO, what, header.last_row, letter(column), title or text[:_SHOWN_TEXT]))
    return problems


def _unread(page: Page, header: Header) -> dict[int, str]:
    """Columns of no field that hold something, with the first text in each."""
    known = {*header.columns.values(), *(column for each in header.doubles.values() for column in each)}
    used: dict[int, str] = {}
    for row, cells in sorted(page.rows.items()):
        if cells.keys() <= known:
            continue
        extra = cells.keys() - known
        if len(extra) < len(cells) and row > header.last_row and not is_foot(cells):
            for column in extra:
                used.setdefault(column, shown(cells[column]))
    return used
